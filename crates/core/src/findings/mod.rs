//! What is unusual: rules over the events and exports, what they find, and on which evidence.
//!
//! [`facts`] prepares once what all rules look at; a [`Rule`] is one file of [`rules`]; [`Findings`] runs
//! them with the reader's parameters and keeps what came of each, so that only those rules run again whose
//! parameters change.

mod activity;
pub mod expected;
pub mod facts;
mod finding;
mod invitations;
mod level;
mod look;
pub mod page;
mod rule;
pub mod rules;
mod run;
mod score;
pub mod sigma;
mod sigma_text;
pub mod signins;
pub mod text;
pub mod timeline;
pub mod trends;

use crate::arrange::Arrange as _;
pub use activity::{Kind, kind_of, names_of};
pub use finding::{Draft, Finding, Out, Outcome, Status, Subject};
pub use invitations::{Invitation, Invitations};
pub use level::Level;
pub use look::{Doer, Look};
pub use rule::{
    APPROVED_DOMAINS, APPROVED_GROUPS, APPROVED_INVITERS, GOVERNED_GROUPS, Need, Param, ParamKind, Rule, SHARED,
};
pub use run::Run;
pub use score::{Score, scores};
pub use sigma_text::sigma_text;

use crate::{
    derived::{Derive, Derived, Memory},
    entitlement::requests::Requests,
    store::Store,
    time::{self, Zone},
};
use facts::Facts;
use hashbrown::HashMap;
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

/// What the rules have found, for one state of the store. Runs of rules are kept by their parameters.
#[derive(Default)]
pub struct Findings {
    known: RefCell<HashMap<&'static str, Kept>>,
    /// Sentences of Sigma's findings name times, so they are kept with their calendar.
    sigma: RefCell<Option<(Zone, Vec<Rc<sigma::SigmaOutcome>>)>>,
    /// Of a store with rounded times: the same store with exact ones, by which rules judge. What they say is
    /// rounded all the same.
    exact: Option<Box<(Store, Memory)>>,
}

struct Kept {
    set: Vec<Option<String>>,
    zone: Zone,
    outcome: Rc<Outcome>,
}

impl Findings {
    /// Findings about a store with rounded times that are judged by the same store with exact ones, whose
    /// [`Store::rounding`] says how they are told.
    pub fn judged_by(exact: Store) -> Self {
        let mut memory = Memory::default();
        memory.refresh(&exact);
        Self { exact: Some(Box::new((exact, memory))), ..Self::default() }
    }
}

impl Derive for Findings {
    fn derive(_: &Derived) -> Self {
        Self::default()
    }
}

/// All findings, most serious first, and how each rule stands.
pub struct Found {
    /// One per rule, in the order of their ids.
    pub outcomes: Vec<Rc<Outcome>>,
    /// One per rule of the loaded Sigma files.
    pub sigma: Vec<Rc<sigma::SigmaOutcome>>,
    /// Most serious first, then by the score of their subject, then by subject and time. Expected ones last.
    pub findings: Vec<Rc<Finding>>,
}

/// Runs all rules, or takes what is known of them.
pub fn find(derived: &Derived, params: &BTreeMap<String, String>, zone: &Zone) -> Found {
    let kept = derived.get::<Findings>();
    let exact = kept.exact.as_deref().map(|(store, memory)| Derived::new(store, memory));
    let derived = exact.as_ref().unwrap_or(derived);
    let outcomes: Vec<Rc<Outcome>> = rules::ALL.iter().map(|rule| kept.outcome(derived, rule, params, zone)).collect();
    let mut findings: Vec<Rc<Finding>> = Vec::new();
    let sigma = sigma::outcomes(derived, &kept, zone);
    let all = outcomes.iter().flat_map(|outcome| &outcome.findings);
    for finding in all.chain(sigma.iter().flat_map(|outcome| &outcome.findings)) {
        match expected::note(params, &finding.id, &finding.subject) {
            None => findings.push(finding.clone()),
            Some(note) => {
                findings.push(Rc::new(Finding { expected: Some(note.to_owned()), ..Finding::clone(finding) }));
            }
        }
    }
    let of_subject: HashMap<String, u64> =
        scores(&findings).into_iter().map(|score| (score.subject.key.clone(), score.points)).collect();
    findings.arrange_by_cached_key(|finding| {
        let points = of_subject.get(&finding.subject.key).copied().unwrap_or(0);
        let order = (std::cmp::Reverse(finding.level), std::cmp::Reverse(points), finding.subject.name.clone());
        (finding.expected.is_some(), order, finding.time, finding.id.clone(), finding.key.clone())
    });
    Found { outcomes, sigma, findings }
}

impl Findings {
    fn outcome(
        &self,
        derived: &Derived,
        rule: &'static Rule,
        params: &BTreeMap<String, String>,
        zone: &Zone,
    ) -> Rc<Outcome> {
        let set: Vec<_> = rule.params.iter().map(|param| params.get(&param.full_name(rule.id)).cloned()).collect();
        if let Some(kept) = self.known.borrow().get(rule.id).filter(|kept| kept.set == set && kept.zone == *zone) {
            return kept.outcome.clone();
        }
        let coarse = if self.exact.is_some() { 0 } else { derived.store.rounding };
        let outcome = if coarse > rules::finest(rule) {
            let what = "exact times: in this copy they are rounded".into();
            Rc::new(Outcome { rule, status: Status::Lacking(what), notes: vec![], used: vec![], findings: vec![] })
        } else {
            Rc::new(run(derived, rule, params, zone))
        };
        self.known.borrow_mut().insert(rule.id, Kept { set, zone: zone.clone(), outcome: outcome.clone() });
        outcome
    }
}

/// Runs one rule.
pub fn run(derived: &Derived, rule: &'static Rule, params: &BTreeMap<String, String>, zone: &Zone) -> Outcome {
    let (facts, invitations) = (derived.get::<Facts>(), derived.get::<Invitations>());
    let look = Look { store: derived.store, facts: &facts, zone };
    let requests = derived.get::<Requests>();
    let run = Run { look, invitations: &invitations, requests: &requests, params, rule };
    let mut out = Out::default();
    let missing: Vec<&str> =
        rule.needs.iter().filter(|need| !is_met(**need, &facts)).map(|need| need.words()).collect();
    if missing.is_empty() {
        (rule.run)(&run, &mut out);
    } else {
        out.lacking(&missing.join(" and "));
    }
    let mut seen: HashMap<String, u32> = HashMap::new();
    let findings: Vec<Rc<Finding>> = out
        .findings
        .into_iter()
        .map(|mut draft| {
            let time_of = |event: &u32| run.time(*event);
            draft.events.arrange_by_key(|event| (derived.store.time[*event as usize], *event));
            draft.events.dedup();
            let time = draft.time.or_else(|| draft.events.iter().find_map(time_of));
            let time = time.map(|ticks| time::rounded(ticks, derived.store.rounding));
            let name = format!("{}:{}", rule.id, draft.subject.key);
            let number = seen.entry(name.clone()).or_default();
            *number += 1;
            let key = if *number == 1 { name } else { format!("{name}:{number}") };
            Rc::new(Finding {
                rule: Some(rule),
                id: rule.id.into(),
                title: rule.title.into(),
                key,
                level: draft.level.unwrap_or(rule.level),
                inviter: inviter(&run, &draft.subject),
                subject: draft.subject,
                sentence: draft.sentence,
                caution: draft.caution,
                events: draft.events,
                rows: draft.rows,
                time,
                expected: None,
            })
        })
        .collect();
    let status = match out.lacking {
        Some(_) if !findings.is_empty() => Status::Hit,
        Some(what) => Status::Lacking(what),
        None if findings.is_empty() => Status::Clear,
        None => Status::Hit,
    };
    Outcome { rule, status, notes: out.notes, used: run.used(), findings }
}

/// Who invited a guest; an inviter is known under the own name.
fn inviter(run: &Run, subject: &Subject) -> String {
    let Some(person) = subject.person else { return String::new() };
    let newest = run.invitations.of(person).next_back();
    newest.map_or(String::new(), |invitation| run.actor_name(invitation.event))
}

fn is_met(need: Need, facts: &Facts) -> bool {
    match need {
        Need::Audit => facts.has_audit,
        Need::SignIns => !facts.sign_ins.is_empty(),
        Need::Users => facts.has_users,
        Need::Sponsors => facts.has_sponsors,
        Need::Decisions => facts.has_decisions,
        Need::B2c => facts.has_b2c,
    }
}
