//! Findings and their evidence as tables, which the page exports as CSV and JSON; the second in the columns
//! that Timesketch imports.

use super::{Parts, tone};
use crate::report::Door;
use crate::{
    findings::{
        Finding, rules,
        timeline::{TimelineEvent, place, timeline},
    },
    model::{Column, EntityKind},
    report::{
        TableOf,
        blocks::{Block, Download, DownloadKind, TableLine, Value},
    },
};
use std::rc::Rc;

pub(super) fn blocks(parts: &Parts) -> Vec<Block> {
    if parts.listed.is_empty() {
        return Vec::new();
    }
    let timeline = timesketch(parts);
    let download = |kind, label: &str| Download { kind, key: String::new(), label: label.into() };
    let offers = Block::Downloads {
        title: "Timeline for Timesketch".into(),
        text: "The lines of the table below in Timesketch's import format: message, datetime, timestamp_desc, then \
               what the evidence says."
            .into(),
        downloads: vec![
            download(DownloadKind::TimesketchCsv, "Save as CSV"),
            download(DownloadKind::TimesketchJsonLines, "Save as JSON lines"),
        ],
    };
    vec![Block::Table(findings(parts)), offers, Block::Table(timeline)]
}

/// The rules in Sigma's format, and which of them it cannot express.
pub(super) fn sigma() -> Block {
    let none: Vec<&str> = rules::ALL.iter().filter(|rule| rule.sigma.is_none()).map(|rule| rule.id).collect();
    let text = format!(
        "{} of {} rules as one YAML file, with their default parameters. A detection of single events cannot express \
         the others, because they count, compare events or need other exports: {}.",
        rules::ALL.len() - none.len(),
        rules::ALL.len(),
        none.join(", ")
    );
    let download = Download { kind: DownloadKind::SigmaRules, key: String::new(), label: "Save all as .yml".into() };
    Block::Downloads { title: "Rules as Sigma".into(), text, downloads: vec![download] }
}

fn findings(parts: &Parts) -> crate::report::Table {
    let store = parts.scope.derived.store;
    let evidence = |finding: &Rc<Finding>| {
        let events = finding.events.iter().map(|event| {
            let (file, record) = place(store, *event);
            let id = store.text(*event as usize, Column::EventId);
            format!("{file} record {record} {id}").trim_end().to_owned()
        });
        let rows = finding.rows.iter().map(|(kind, row)| row_place(parts, *kind, *row));
        Value::List(events.chain(rows).collect())
    };
    let used = |finding: &Rc<Finding>| {
        let outcome = parts.found.outcomes.iter().find(|outcome| outcome.rule.id == finding.id);
        let all = outcome.map_or(&[][..], |outcome| &outcome.used);
        Value::List(all.iter().map(|(label, value)| format!("{label}: {value}")).collect())
    };
    TableOf::new("findings", "All findings", "finding-line", "There is no finding.")
        .help("The findings listed above with their evidence, for the export as CSV or JSON.")
        .column("rule", "Rule", "", |finding: &Rc<Finding>| Value::Text(finding.id.to_string()))
        .column("title", "Title", "", |finding| Value::Text(finding.title.to_string()))
        .column("level", "Level", "", |finding| Value::state(finding.level.label(), tone(finding.level)))
        .ordered_by(|finding| Value::Number(finding.level as u64))
        .column("time", "When", "", |finding| Value::time(finding.time, "The evidence has no time"))
        .column("subject", "Whom it is about", "", |finding| Value::Text(finding.subject.name.clone()))
        .column("sentence", "What happened", "", |finding| Value::Text(finding.sentence.clone()))
        .column("caution", "Caution", "", |finding| said(&finding.caution))
        .column("inviter", "Inviter", "", |finding| Value::text(finding.inviter.clone()))
        .column("domain", "Domain", "", |finding| Value::text(finding.subject.domain.clone()))
        .column("expected", "Expected", "The note of the reader's mark", |finding| {
            Value::Text(finding.expected.clone().unwrap_or_default())
        })
        .number("events", "Events", "", |finding| Value::Number(finding.events.len() as u64))
        .column("evidence", "Evidence", "File, record and event ID of each event, and records of exports", evidence)
        .column("parameters", "Parameters used", "", used)
        .build(&parts.listed, parts.scope.tables, |finding| TableLine {
            key: finding.key.clone(),
            data: vec![
                ("rule".into(), finding.id.to_string()),
                ("level".into(), finding.level.id().into()),
                ("subject".into(), finding.subject.name.clone()),
            ],
            door: Door::to_events(parts.scope.derived.store, &finding.subject.name, &finding.events),
            opens: true,
            ..TableLine::default()
        })
}

fn said(text: &str) -> Value {
    Value::Said(text.to_owned())
}

/// Where a record of an export stands.
pub(super) fn row_place(parts: &Parts, kind: EntityKind, row: u32) -> String {
    let store = parts.scope.derived.store;
    let table = store.entities(kind);
    let source = store.sources.get(table.source.get(row as usize) as usize);
    let name = source.map_or("", |source| source.name.as_str());
    format!("{name} record {} ({})", table.record[row as usize], kind.plural())
}

fn timesketch(parts: &Parts) -> crate::report::Table {
    let store = parts.scope.derived.store;
    let all = timeline(store, &parts.listed);
    let event_text = |line: &TimelineEvent, column| {
        Value::Text(line.event.map_or(String::new(), |event| store.text(event as usize, column).into_owned()))
    };
    TableOf::new("findings-timeline", "Timeline of the evidence", "timeline-line", "No evidence has a time.")
        .help("One line per event of evidence, earliest first. Findings without a time are not in it.")
        .column("message", "message", "", |line: &TimelineEvent| Value::Text(line.message.clone()))
        .column("datetime", "datetime", "", |line| Value::Time(line.time))
        .column("timestamp_desc", "timestamp_desc", "", |line| Value::Said(line.timestamp_desc.clone()))
        .column("rule", "rule", "", |line| Value::Text(line.finding.id.to_string()))
        .column("level", "level", "", |line| Value::Said(line.finding.level.id().into()))
        .column("subject", "subject", "", |line| Value::Text(line.finding.subject.name.clone()))
        .column("activity", "activity", "", move |line| event_text(line, Column::Activity))
        .column("actor", "actor", "", move |line| event_text(line, Column::Actor))
        .column("ip", "src_ip", "", move |line| event_text(line, Column::IpAddress))
        .column("file", "file", "", |line| Value::Text(line.event.map_or(String::new(), |event| place(store, event).0)))
        .number("record", "record", "", |line| {
            line.event.map_or(Value::none("No event"), |event| Value::Number(place(store, event).1.into()))
        })
        .column("event-id", "event_id", "", move |line| event_text(line, Column::EventId))
        .build(&all, parts.scope.tables, |line| TableLine {
            key: format!("{}:{}", line.finding.key, line.event.map_or(-1, i64::from)),
            data: vec![("rule".into(), line.finding.id.to_string())],
            door: line
                .event
                .and_then(|event| Door::to_events(parts.scope.derived.store, &line.timestamp_desc, [event])),
            ..TableLine::default()
        })
}
