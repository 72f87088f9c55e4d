//! What is unusual, why, and on which evidence: the arrangement of what [`crate::findings`] has found.

mod cards;
mod export;
mod opened;
mod outcomes;
mod over_time;
mod scores;
mod trends;
mod tuning;

use super::{Made, ViewScope, entitled::to_view};
use crate::{
    findings::{self, Finding, Found, Level, Status, rules},
    report::View,
    report::blocks::{Block, Door, Note, Stat, Tone},
};
use std::rc::Rc;

/// What the parts of the view are made from.
struct Parts<'a> {
    scope: &'a ViewScope<'a>,
    found: Found,
    /// The findings that are listed: all, or those with a matching event, of the level and rule asked for.
    listed: Vec<Rc<Finding>>,
}

pub(super) fn view(scope: &ViewScope) -> Made {
    let found = findings::find(&scope.derived, scope.params, scope.zone());
    let mut listed = found.findings.clone();
    let matches =
        |finding: &Rc<Finding>| finding.events.iter().any(|event| scope.scope.tally.selection.matches(*event as usize));
    let mut left_out = 0;
    if scope.is_filtered() {
        let all = listed.len();
        listed.retain(matches);
        left_out = all - listed.len();
    }
    let total = listed.len();
    if let Some(level) = scope.param("level") {
        listed.retain(|finding| finding.level.id() == level);
    }
    if let Some(rule) = scope.param("rule") {
        listed.retain(|finding| finding.id == rule);
    }
    if let Some(about) = scope.param("about") {
        listed.retain(|finding| finding.subject.key == about);
    }
    let parts = Parts { scope, found, listed };
    let mut blocks = vec![parts.stats()];
    if scope.derived.store.is_empty() && parts.found.findings.is_empty() {
        blocks.push(note("no-events", Tone::Unknown, "", "No event is loaded, so most rules cannot look."));
    }
    if parts.found.pending > 0 {
        let text = format!(
            "{} of {} rules have looked so far. What they find is added as they go on.",
            rules::ALL.len() - parts.found.pending.min(rules::ALL.len()),
            rules::ALL.len()
        );
        blocks.push(note("rules-pending", Tone::Plain, "", &text));
    }
    if left_out > 0 {
        let text = format!(
            "Only findings with an event that matches the filters are listed. {left_out} without one are left out."
        );
        blocks.push(note("filtered", Tone::Attention, "", &text));
    }
    blocks.extend(cards::blocks(&parts, total));
    blocks.extend(scores::blocks(&parts));
    blocks.extend(over_time::blocks(&parts));
    blocks.extend(outcomes::blocks(&parts));
    if parts.found.pending == 0 {
        blocks.extend(trends::blocks(&parts));
    }
    blocks.extend(tuning::blocks(&parts));
    blocks.extend(export::blocks(&parts));
    let opened = scope.open.and_then(|key| opened::opened(&parts, key));
    Made { blocks, opened }
}

fn note(id: &str, tone: Tone, title: &str, text: &str) -> Block {
    Block::Note(Note { id: id.into(), tone, title: title.into(), text: text.into(), ..Note::default() })
}

/// A door within this view that sets parameters.
fn door(params: &[(&str, &str)]) -> Door {
    to_view(View::Findings, params)
}

fn tone(level: Level) -> Tone {
    match level {
        Level::High => Tone::Serious,
        Level::Medium => Tone::Attention,
        Level::Low | Level::Info => Tone::Plain,
    }
}

impl Parts<'_> {
    fn stats(&self) -> Block {
        let open: Vec<&Rc<Finding>> = self.found.findings.iter().filter(|finding| finding.expected.is_none()).collect();
        let stat = |id: &str, label: &str, value: usize, help: &str, door: Option<Door>| Stat {
            id: id.into(),
            label: label.into(),
            value: Some(value as u64),
            text: String::new(),
            help: help.into(),
            door,
        };
        let mut stats: Vec<Stat> = Level::ALL
            .into_iter()
            .map(|level| {
                let count = open.iter().filter(|finding| finding.level == level).count();
                let label = format!("{} findings", level.label());
                let help = "Findings that are not marked as expected, whatever the filters.";
                stat(&format!("findings-{}", level.id()), &label, count, help, Some(door(&[("level", level.id())])))
            })
            .collect();
        let expected = self.found.findings.len() - open.len();
        stats.push(stat("findings-expected", "Expected", expected, "Findings that you have marked as expected.", None));
        let status = |wanted: &str| self.found.outcomes.iter().filter(|outcome| outcome.status.id() == wanted).count();
        let words = [
            ("hit", "Rules with findings", "Rules that have found something."),
            ("clear", "Rules without", "Rules that have looked and found nothing."),
            ("lacking", "Rules that lack data", "Rules that could not look. The list of rules says what they need."),
        ];
        for (id, label, help) in words {
            stats.push(stat(&format!("rules-{id}"), label, status(id), help, None));
        }
        if self.found.pending > 0 {
            let help = "They look while nothing else is asked.";
            stats.push(stat("rules-pending", "Rules to go", status("pending"), help, None));
        }
        Block::Stats { stats }
    }
}

/// How a rule stands, in a word.
fn status_word(status: &Status) -> (&'static str, Tone) {
    match status {
        Status::Hit => ("Found something", Tone::Attention),
        Status::Clear => ("Found nothing", Tone::Good),
        Status::Lacking(_) => ("Lacks data", Tone::Unknown),
        Status::Pending => ("Has not looked yet", Tone::Unknown),
    }
}
