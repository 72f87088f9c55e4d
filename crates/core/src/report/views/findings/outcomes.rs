//! How each rule stands: found something, found nothing, or could not look.

use super::{Parts, door, note, status_word, tone};
use crate::{
    findings::{Outcome, Status, sigma::SigmaOutcome},
    report::{
        TableOf,
        blocks::{Block, TableLine, Tone, Value},
    },
};
use std::rc::Rc;

pub(super) fn blocks(parts: &Parts) -> Vec<Block> {
    let remark = |outcome: &Rc<Outcome>| {
        let mut all = Vec::new();
        if let Status::Lacking(what) = &outcome.status {
            all.push(format!("Needs {what}."));
        }
        all.extend(outcome.notes.iter().cloned());
        let short = outcome.findings.iter().filter(|finding| !finding.caution.is_empty()).count();
        if short > 0 {
            all.push(format!("Short baseline or other caution in {short} of its findings."));
        }
        if all.is_empty() { Value::Said(String::new()) } else { Value::Said(all.join(" ")) }
    };
    let table = TableOf::new("rules", "Rules", "rule", "There is no rule.")
        .help(
            "\"Found nothing\" means that the rule has looked at all it needs. \"Lacks data\" means that it could not.",
        )
        .column("rule", "Rule", "", |outcome: &Rc<Outcome>| Value::Said(outcome.rule.id.into()))
        .column("title", "Title", "", |outcome| Value::Said(outcome.rule.title.into()))
        .column("level", "Level", "", |outcome| Value::state(outcome.rule.level.label(), tone(outcome.rule.level)))
        .ordered_by(|outcome| Value::Number(outcome.rule.level as u64))
        .column("status", "Status", "", |outcome| {
            let (word, tone) = status_word(&outcome.status);
            Value::state(word, tone)
        })
        .number("findings", "Findings", "Expected ones among them", |outcome| match &outcome.status {
            Status::Lacking(what) => Value::none(format!("The rule needs {what}")),
            Status::Pending => Value::none("The rule has not looked yet"),
            _ => Value::Number(outcome.findings.len() as u64),
        })
        .column("remark", "What it lacks, or did not judge", "", remark)
        .build(&parts.found.outcomes, parts.scope.tables, |outcome| TableLine {
            key: format!("rule:{}", outcome.rule.id),
            data: vec![("rule".into(), outcome.rule.id.into()), ("status".into(), outcome.status.id().into())],
            door: (!outcome.findings.is_empty()).then(|| door(&[("rule", outcome.rule.id)])),
            opens: true,
            ..TableLine::default()
        });
    vec![Block::Table(table), super::export::sigma(), sigma(parts)]
}

/// The rules of loaded Sigma files; nothing where none is loaded but how to load them.
fn sigma(parts: &Parts) -> Block {
    if parts.found.sigma.is_empty() {
        let text = "Files of Sigma rules (.yml, logsource azure with service auditlogs or signinlogs) can be dropped like \
                    any export. They run beside the rules above, in this page.";
        return note("sigma-none", Tone::Plain, "Sigma", text);
    }
    let file = |outcome: &Rc<SigmaOutcome>| {
        let source = parts.scope.derived.store.sources.get(outcome.source as usize);
        Value::Text(source.map_or(String::new(), |source| source.name.clone()))
    };
    let table = TableOf::new("sigma-rules", "Sigma rules", "rule", "No Sigma rule is loaded.")
        .help("Rules of the loaded Sigma files. One with a part that is not supported does not run, and says which.")
        .column("rule", "Rule", "", |outcome: &Rc<SigmaOutcome>| Value::Id(outcome.rule.id.clone()))
        .column("title", "Title", "", |outcome| Value::Text(outcome.rule.title.clone()))
        .column("level", "Level", "Critical is shown as high", |outcome| {
            Value::state(outcome.rule.level.label(), tone(outcome.rule.level))
        })
        .ordered_by(|outcome| Value::Number(outcome.rule.level as u64))
        .column("status", "Status", "", |outcome| {
            let (word, tone) = status_word(&outcome.status);
            Value::state(word, tone)
        })
        .number("findings", "Findings", "", |outcome| Value::Number(outcome.findings.len() as u64))
        .column("remark", "What it lacks", "Words of the file among them", |outcome| match &outcome.status {
            Status::Lacking(what) => Value::Text(format!("Needs {what}")),
            _ => Value::Said(String::new()),
        })
        .column("file", "File", "", file)
        .build(&parts.found.sigma, parts.scope.tables, |outcome| TableLine {
            key: format!("sigma:{}", outcome.rule.id),
            data: vec![("rule".into(), outcome.rule.id.clone()), ("status".into(), outcome.status.id().into())],
            door: (!outcome.findings.is_empty()).then(|| door(&[("rule", outcome.rule.id.as_str())])),
            ..TableLine::default()
        });
    Block::Table(table)
}
