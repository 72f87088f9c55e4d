//! The integrity sheet and the list of problems as files, without a clock: the same files dropped in
//! the same order give the same bytes.

use super::csv::{cell, end, finish, writer};
use crate::{
    protocol::{Sheet, SheetFormat},
    report::{self, IntegrityFile, ProblemLine},
    store::Store,
};
use serde::Serialize;

/// Writes a sheet.
pub fn sheet(store: &Store, sheet: Sheet, format: SheetFormat) -> Vec<u8> {
    match (sheet, format) {
        (Sheet::Integrity, SheetFormat::Json) => json(&report::integrity(store)),
        (Sheet::Problems, SheetFormat::Json) => json(&report::problem_lines(store)),
        (Sheet::Integrity, SheetFormat::Csv) => integrity(&report::integrity(store).files),
        (Sheet::Problems, SheetFormat::Csv) => problems(&report::problem_lines(store)),
    }
}

fn json(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn table<const N: usize>(head: [&str; N], lines: impl Iterator<Item = [String; N]>) -> Vec<u8> {
    let mut out = writer();
    let head = head.map(str::to_owned);
    for line in std::iter::once(head).chain(lines) {
        for text in &line {
            cell(&mut out, text);
        }
        end(&mut out);
    }
    finish(out)
}

fn integrity(files: &[IntegrityFile]) -> Vec<u8> {
    let head = [
        "Tool",
        "File",
        "Size",
        "SHA-256",
        "State",
        "Format",
        "Format name",
        "Kind",
        "Encoding",
        "Records",
        "Events",
        "Entity records",
        "Duplicates",
        "Problems",
        "First event (UTC)",
        "Last event (UTC)",
        "Date order",
        "Notes",
        "Unknown fields",
    ];
    let line = |file: &IntegrityFile| {
        [
            concat!("Guestlens ", env!("CARGO_PKG_VERSION")).to_owned(),
            file.name.clone(),
            file.size.to_string(),
            file.sha256.clone(),
            file.state.clone(),
            file.format.clone(),
            file.format_label.clone(),
            file.kind.clone(),
            file.encoding.clone(),
            file.records.to_string(),
            file.events.to_string(),
            file.entity_records.to_string(),
            file.duplicates.to_string(),
            file.problems.to_string(),
            file.first.clone().unwrap_or_default(),
            file.last.clone().unwrap_or_default(),
            file.date_order.clone(),
            file.notes.join(" "),
            file.unknown_fields.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", "),
        ]
    };
    table(head, files.iter().map(line))
}

fn problems(lines: &[ProblemLine]) -> Vec<u8> {
    let head = ["File", "Kind", "Problem", "Record", "Byte offset", "More of the kind", "Remedy"];
    let number = |number: Option<u64>| number.map_or_else(String::new, |number| number.to_string());
    let line = |line: &ProblemLine| {
        let kind = serde_json::to_value(line.kind).ok();
        [
            line.file.clone(),
            kind.as_ref().and_then(|kind| kind.as_str()).unwrap_or_default().to_owned(),
            line.what.clone(),
            number(line.record),
            number(line.offset),
            line.more.to_string(),
            line.remedy.clone(),
        ]
    };
    table(head, lines.iter().map(line))
}
