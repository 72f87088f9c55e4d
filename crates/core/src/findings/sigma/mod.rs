//! Sigma rules that the reader has loaded, beside our own: logsource azure with service auditlogs or
//! signinlogs. What is not supported is named, and the rule then does not run.
//!
//! Source: the Sigma rules specification 2.0, and the fields of the public rules for Azure (`SigmaHQ/sigma`).

mod condition;
mod fields;
mod matching;
mod parse;

use crate::arrange::Arrange as _;
pub use parse::{SigmaRule, parse};

use super::{Finding, Findings, Invitations, Look, Status, Subject, facts::Facts, text::count};
use crate::{
    derived::Derived,
    model::{Column, Log},
    time::Zone,
};
use hashbrown::HashMap;
use std::rc::Rc;

/// What became of a rule of a loaded file.
#[derive(Clone, Debug)]
pub struct SigmaOutcome {
    /// The rule.
    pub rule: SigmaRule,
    /// The file it is from: an index into the store's sources.
    pub source: u32,
    /// How it stands.
    pub status: Status,
    /// What it has found.
    pub findings: Vec<Rc<Finding>>,
}

/// What is known of the rules of all loaded files.
pub(super) fn known(derived: &Derived, kept: &Findings, zone: &Zone) -> Option<Vec<Rc<SigmaOutcome>>> {
    if derived.store.rule_files.is_empty() {
        return Some(Vec::new());
    }
    let known = kept.sigma.borrow();
    known.as_ref().filter(|(of, _)| of == zone).map(|(_, outcomes)| outcomes.clone())
}

/// Runs the rules of all loaded files.
pub(super) fn outcomes(derived: &Derived, kept: &Findings, zone: &Zone) -> Vec<Rc<SigmaOutcome>> {
    let mut all = Vec::new();
    for (source, text) in &derived.store.rule_files {
        all.extend(parse(text).into_iter().map(|rule| Rc::new(run(derived, zone, *source, rule))));
    }
    *kept.sigma.borrow_mut() = Some((zone.clone(), all.clone()));
    all
}

/// Runs one rule.
fn run(derived: &Derived, zone: &Zone, source: u32, rule: SigmaRule) -> SigmaOutcome {
    let facts = derived.get::<Facts>();
    let look = Look { store: derived.store, facts: &facts, zone };
    let outcome = |rule, status, findings| SigmaOutcome { rule, source, status, findings };
    if !rule.unsupported.is_empty() {
        let what = format!("what is not supported: {}", rule.unsupported.join("; "));
        return outcome(rule, Status::Lacking(what), Vec::new());
    }
    let is_wanted = super::facts::words(derived.store, crate::model::Domain::Log, |label| {
        let is_audit = matches!(Log::from_label(label.as_bytes()), None | Some(Log::Audit | Log::Unified));
        is_audit == rule.of_audit
    });
    let log = derived.store.column(Column::Log);
    let mut events = (0..derived.store.len()).filter(|event| is_wanted[log.get(*event) as usize]).peekable();
    if events.peek().is_none() {
        let what = if rule.of_audit { "audit logs" } else { "sign-in logs" };
        return outcome(rule, Status::Lacking(what.into()), Vec::new());
    }
    let tests = match matching::Matcher::new(derived.store, &rule) {
        Ok(tests) => tests,
        Err(missing) => {
            let what = format!("fields that no loaded event has: {}", missing.join(", "));
            return outcome(rule, Status::Lacking(what), Vec::new());
        }
    };
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<(Subject, Vec<u32>)> = Vec::new();
    for event in events.filter(|event| tests.matches(*event)).map(|event| event as u32) {
        let users = look.users(event);
        let person = users.iter().copied().find(|person| look.is_guest(*person)).or(users.first().copied());
        let subject = person.map_or_else(|| look.actor_subject(event), |person| look.person(person));
        let at = *known.entry(subject.key.clone()).or_insert_with(|| {
            groups.push((subject, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(event);
    }
    let invitations = derived.get::<Invitations>();
    let findings: Vec<Rc<Finding>> = groups
        .into_iter()
        .map(|(subject, mut events)| {
            events.arrange_by_key(|event| derived.store.time[*event as usize]);
            let time = events.iter().find_map(|event| look.time(*event));
            let activity = derived.store.text(events[0] as usize, Column::Activity);
            let sentence = format!(
                "{} of {} match the Sigma rule {}, first {activity} by {} on {}.",
                count(events.len(), "event"),
                subject.name,
                rule.title,
                look.actor_name(events[0]),
                look.when(time)
            );
            let newest = subject.person.and_then(|person| invitations.of(person).next_back());
            Rc::new(Finding {
                rule: None,
                id: rule.id.clone().into(),
                title: rule.title.clone().into(),
                key: format!("{}:{}", rule.id, subject.key),
                level: rule.level,
                inviter: newest.map_or(String::new(), |invitation| look.actor_name(invitation.event)),
                subject,
                sentence,
                caution: String::new(),
                events,
                rows: Vec::new(),
                time,
                expected: None,
            })
        })
        .collect();
    let status = if findings.is_empty() { Status::Clear } else { Status::Hit };
    outcome(rule, status, findings)
}

#[cfg(test)]
mod tests;
