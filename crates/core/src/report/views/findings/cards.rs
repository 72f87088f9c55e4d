//! The findings themselves, in one list or in groups.

use super::{Parts, door, note};
use crate::report::Door;
use crate::{
    findings::{Finding, Level},
    report::blocks::{Block, Control, FindingCard, Tone},
};
use hashbrown::HashMap;
use std::rc::Rc;

/// How many cards are sent to the page; the table of all findings has the rest.
const CARDS: usize = 200;

/// Ways to group.
const GROUPS: [(&str, &str); 5] = [
    ("level", "Level, then guest"),
    ("rule", "Rule"),
    ("guest", "Guest or other subject"),
    ("inviter", "Inviter"),
    ("domain", "Domain"),
];

pub(super) fn blocks(parts: &Parts, total: usize) -> Vec<Block> {
    let scope = parts.scope;
    let group = scope.param("group").unwrap_or("level");
    let choice = |name: &str, label: &str, testid: &str, value: &str, options: Vec<(String, String)>| Control::Choice {
        name: name.into(),
        label: label.into(),
        testid: testid.into(),
        value: value.into(),
        options,
    };
    let pair = |(id, label): (&str, &str)| (id.to_owned(), label.to_owned());
    let mut levels = vec![pair(("", "All levels"))];
    levels.extend(Level::ALL.iter().map(|level| pair((level.id(), level.label()))));
    let mut rules = vec![pair(("", "All rules"))];
    for outcome in parts.found.outcomes.iter().filter(|outcome| !outcome.findings.is_empty()) {
        rules.push((outcome.rule.id.into(), format!("{} {}", outcome.rule.id, outcome.rule.title)));
    }
    for outcome in parts.found.sigma.iter().filter(|outcome| !outcome.findings.is_empty()) {
        rules.push((outcome.rule.id.clone(), format!("Sigma: {}", outcome.rule.title)));
    }
    let level = scope.param("level").unwrap_or_default();
    let rule = scope.param("rule").unwrap_or_default();
    let controls = vec![
        choice("group", "Group by", "findings-group", group, GROUPS.map(pair).to_vec()),
        choice("level", "Level", "findings-level", level, levels),
        choice("rule", "Rule", "findings-rule", rule, rules),
    ];
    let mut blocks = vec![Block::Controls { controls }];
    if let Some(about) = scope.param("about") {
        let name = parts.found.findings.iter().find(|finding| finding.subject.key == about);
        let name = name.map_or(about, |finding| &finding.subject.name);
        let mut block = note("about", Tone::Plain, "", &format!("Only what was found about {name}."));
        if let Block::Note(note) = &mut block {
            note.door = Some(("Show all findings".into(), door(&[("about", "")])));
        }
        blocks.push(block);
    }
    if parts.listed.is_empty() && parts.found.pending == 0 {
        let text = if total > 0 {
            "No finding is of this level and rule."
        } else {
            "No rule has found anything. What the rules lack stands in the list of rules."
        };
        blocks.push(note("no-findings", Tone::Plain, "", text));
    }
    let shown = &parts.listed[..parts.listed.len().min(CARDS)];
    for (title, own) in grouped(shown, group) {
        if !title.is_empty() {
            blocks.push(Block::Heading { title, text: String::new() });
        }
        let findings = own.into_iter().map(|finding| card(parts, finding)).collect::<Vec<_>>();
        if !findings.is_empty() {
            blocks.push(Block::Findings { findings });
        }
    }
    if parts.listed.len() > CARDS {
        let text = format!("{CARDS} of {} are shown here; the table of all findings has the rest.", parts.listed.len());
        blocks.push(note("more-findings", Tone::Plain, "", &text));
    }
    blocks
}

/// Groups in the order of their most serious finding; without a title where there are no groups.
fn grouped<'a>(findings: &'a [Rc<Finding>], group: &str) -> Vec<(String, Vec<&'a Rc<Finding>>)> {
    let of = |finding: &Rc<Finding>| match group {
        "rule" => format!("{} {}", finding.id, finding.title),
        "guest" => finding.subject.name.clone(),
        "inviter" if finding.inviter.is_empty() => "Inviter not in the loaded logs".into(),
        "inviter" => finding.inviter.clone(),
        "domain" if finding.subject.domain.is_empty() => "No domain".into(),
        "domain" => finding.subject.domain.clone(),
        _ => String::new(),
    };
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut all: Vec<(String, Vec<&Rc<Finding>>)> = Vec::new();
    for finding in findings {
        let title = of(finding);
        let at = *known.entry(title.clone()).or_insert_with(|| {
            all.push((title, Vec::new()));
            all.len() - 1
        });
        all[at].1.push(finding);
    }
    all
}

fn card(parts: &Parts, finding: &Rc<Finding>) -> FindingCard {
    let caution = if finding.caution.is_empty() { String::new() } else { format!(" {}", finding.caution) };
    FindingCard {
        key: finding.key.clone(),
        rule: finding.id.to_string(),
        title: finding.title.to_string(),
        level: finding.level,
        subject: finding.subject.name.clone(),
        sentence: format!("{}{caution}", finding.sentence),
        time: finding.time,
        events: finding.events.len() as u32,
        expected: finding.expected.clone(),
        door: Door::to_events(
            parts.scope.derived.store,
            format!("{} {}", finding.id, finding.subject.name),
            &finding.events,
        ),
    }
}
