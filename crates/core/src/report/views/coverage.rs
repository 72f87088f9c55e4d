//! Which time the files cover, per kind of log; until when the next export has to be taken.

use super::{Made, ViewScope};
use crate::{
    model::Field,
    protocol::Clause,
    report::{
        Coverage, CoverageKind, CoverageSpan, Need, TableOf,
        blocks::{Block, Control, Door, Note, Stat, TableLine, Tone, Value},
        coverage, guide,
    },
    time::{DAY, plain_day, told},
};

/// Days that a free tenant keeps its logs. Source: Microsoft, "Microsoft Entra data retention".
const FREE: i64 = 7;
/// Days that a tenant with Entra ID P1 or P2 keeps them. Source: as for [`FREE`].
const LICENSED: i64 = 30;

pub(super) fn view(scope: &ViewScope) -> Made {
    let days = retention(scope);
    let coverage = coverage(scope.derived.store, days as u32, scope.zone());
    let mut blocks = vec![Block::Controls { controls: controls(scope, days) }];
    if coverage.kinds.is_empty() {
        blocks.push(Block::Note(guide(Need::AuditLogs)));
        return Made { blocks, opened: None };
    }
    blocks.push(Block::Stats { stats: coverage.kinds.iter().map(|kind| next_export(scope, kind)).collect() });
    let cut_off = cut_off(&coverage);
    blocks.push(Block::Coverage(coverage.clone()));
    blocks.extend(cut_off);
    blocks.push(Block::Table(files(scope, &coverage)));
    Made { blocks, opened: None }
}

/// How long the tenant keeps its logs, in days.
fn retention(scope: &ViewScope) -> i64 {
    match scope.param("retention") {
        Some("custom") => scope.number("retention-days", 90, 1, 730),
        _ => scope.number("retention", LICENSED, 1, 730),
    }
}

fn controls(scope: &ViewScope, days: i64) -> Vec<Control> {
    let is_custom = scope.param("retention") == Some("custom") || ![FREE, LICENSED].contains(&days);
    let option = |value: &str, label: &str| (value.to_owned(), label.to_owned());
    let mut controls = vec![Control::Choice {
        name: "retention".into(),
        label: "The tenant keeps its logs for".into(),
        testid: "retention".into(),
        value: if is_custom { "custom".into() } else { days.to_string() },
        options: vec![
            option("7", "7 days (free)"),
            option("30", "30 days (Entra ID P1 or P2)"),
            option("custom", "Another number of days"),
        ],
    }];
    if is_custom {
        controls.push(Control::Number {
            name: "retention-days".into(),
            label: "Days".into(),
            testid: "retention-days".into(),
            data: Vec::new(),
            value: days,
            min: 1,
            max: 730,
            unit: "days".into(),
        });
    }
    controls
}

/// By when to export a kind of log again.
fn next_export(scope: &ViewScope, kind: &CoverageKind) -> Stat {
    let (zone, rounding) = (scope.zone(), scope.derived.store.rounding);
    let by = kind.next_export_by.map(|ticks| plain_day(ticks, zone)).unwrap_or_default();
    let last = kind.covered.last().map(|(_, to)| *to);
    let help = last.zip(kind.next_export_by).map(|(last, by)| {
        format!(
            "Covered up to {}; kept for {} days. From {} on, events that no file holds are lost, day by day.",
            told(last, zone, rounding),
            kind.retention_days,
            told(by, zone, rounding)
        )
    });
    Stat {
        id: format!("next-export-{}", kind.kind),
        label: format!("{}: export again before", kind.label),
        value: None,
        text: by,
        help: help.unwrap_or_default(),
        door: None,
    }
}

/// What to do about files that the portal has probably cut off.
fn cut_off(coverage: &Coverage) -> Option<Block> {
    let files: Vec<_> = coverage.kinds.iter().flat_map(|kind| &kind.cut_off).collect();
    let limit = files.first()?.limit;
    let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    Some(Block::Note(Note {
        id: "cut-off".into(),
        tone: Tone::Attention,
        title: "Probably cut off".into(),
        text: format!(
            "These files hold as many records as the portal puts into one download ({limit} and more), so events \
             before the earliest one are probably missing: {}. Export shorter ranges, or use Microsoft Graph.",
            names.join(", ")
        ),
        ..Note::default()
    }))
}

/// A line a file and log.
fn files(scope: &ViewScope, coverage: &Coverage) -> crate::report::Table {
    let lines: Vec<_> =
        coverage.kinds.iter().flat_map(|kind| kind.spans.iter().map(move |span| (kind, span))).collect();
    let store = scope.derived.store;
    TableOf::new("coverage-files", "Files by kind of log", "coverage-file", "No file holds events")
        .help("From each file's first event to its last, duplicates included; wider where the file's name holds dates.")
        .column("kind", "Kind of log", "", |(kind, _): &(&CoverageKind, &CoverageSpan)| Value::Said(kind.label.clone()))
        .column("file", "File", "", |(_, span)| Value::Text(span.name.clone()))
        .number("records", "Records", "", |(_, span)| Value::Number(span.records))
        .column("from", "From", "", |(_, span)| Value::Time(span.from))
        .column("to", "To", "", |(_, span)| Value::Time(span.to))
        .number("days", "Days", "", |(_, span)| Value::Days((span.to - span.from) / DAY + 1))
        .column("by", "Known by", "", |(_, span)| {
            Value::Said(if span.by_name { "name and events".into() } else { "events".into() })
        })
        .build(&lines, scope.tables, |(kind, span)| {
            let source = store.sources.get(span.source as usize);
            let door = source.map(|source| Door {
                clauses: vec![Clause { field: Field::Source, values: vec![source.key()], exclude: false }],
                ..Door::default()
            });
            TableLine {
                key: format!("{} {}", kind.kind, span.source),
                data: vec![("kind".into(), kind.kind.clone()), ("source".into(), span.source.to_string())],
                door,
                ..TableLine::default()
            }
        })
}
