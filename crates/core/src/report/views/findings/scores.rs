//! The score of each guest: nothing but its listed findings.

use super::{Parts, door};
use crate::arrange::Arrange as _;
use crate::report::Door;
use crate::{
    findings::{Level, Score, scores},
    report::{
        TableOf,
        blocks::{Block, TableLine, Value},
    },
};

pub(super) fn blocks(parts: &Parts) -> Vec<Block> {
    let all: Vec<Score> = scores(&parts.listed);
    if all.is_empty() {
        return Vec::new();
    }
    let identity = parts.scope.derived.get::<crate::identity::Identity>();
    let who = |score: &Score| match score.subject.person {
        Some(person) => {
            let person = identity.person(person);
            Value::Person { name: person.name.clone(), address: score.subject.name.clone() }
        }
        None => Value::Name(score.subject.name.clone()),
    };
    let weights: Vec<String> =
        Level::ALL.iter().map(|level| format!("{} {}", level.label().to_lowercase(), level.weight())).collect();
    let help = format!(
        "The score is the sum of the findings listed above that are not expected: {}. Nothing else goes into it.",
        weights.join(", ")
    );
    let table = TableOf::new("scores", "Scores", "score", "Nothing to score.")
        .help(&help)
        .column("subject", "Whom it is about", "", who)
        .number("score", "Score", &help, |score| Value::Number(score.points))
        .number("high", "High", "", |score| Value::Number(score.levels[0]))
        .number("medium", "Medium", "", |score| Value::Number(score.levels[1]))
        .number("low", "Low", "", |score| Value::Number(score.levels[2]))
        .column("rules", "Rules", "The rules of its findings", |score| {
            let mut rules: Vec<String> = score.findings.iter().map(|finding| finding.id.to_string()).collect();
            rules.arrange();
            rules.dedup();
            Value::Said(rules.join(", "))
        })
        .build(&all, parts.scope.tables, |score| {
            let events: Vec<u32> = score.findings.iter().flat_map(|finding| finding.events.iter().copied()).collect();
            let lines = score.findings.iter().map(|finding| TableLine {
                key: finding.key.clone(),
                cells: vec![
                    Value::Text(finding.sentence.clone()),
                    Value::Number(finding.level.weight()),
                    Value::none(""),
                    Value::none(""),
                    Value::none(""),
                    Value::Text(finding.id.to_string()),
                ],
                door: Door::to_events(parts.scope.derived.store, &finding.subject.name, &finding.events),
                opens: true,
                ..TableLine::default()
            });
            TableLine {
                key: format!("score:{}", score.subject.key),
                data: vec![("subject".into(), score.subject.name.clone()), ("score".into(), score.points.to_string())],
                door: if events.is_empty() { None } else { Some(door(&[("about", score.subject.key.as_str())])) },
                lines: lines.collect(),
                ..TableLine::default()
            }
        });
    vec![Block::Table(table)]
}
