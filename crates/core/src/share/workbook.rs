//! A report as a workbook: what it is first, then a sheet for each of its tables, then all events.

use super::{
    compose::{Made, words_of},
    pin,
};
use crate::{
    export::{
        self,
        xlsx::{self, Cell, Sheet},
    },
    redact::{RedactedStore, ShareLevel},
    report::{self, Block, Table, TableLine, Value},
    time::{self, DAY, Zone},
};
use std::fmt::Write as _;

/// A sheet of the workbook, and what the first one says of it.
struct Part {
    name: String,
    note: String,
    /// Lines that the report has of it, and that there are.
    lines: (u64, u64),
    sheet: Sheet,
}

pub(super) fn workbook(redacted: &RedactedStore, made: &Made, zone: &Zone) -> Vec<u8> {
    let is_board = redacted.policy().level == ShareLevel::Board;
    let (mut parts, mut pinned) = (Vec::new(), 0);
    for part in &made.parts {
        for block in &part.blocks {
            let Block::Table(table) = block else { continue };
            // All events have a sheet of their own.
            if table.id == "events" && !is_board {
                continue;
            }
            let name = if table.title.is_empty() { &part.title } else { &table.title };
            let lines = (table.lines.len() as u64, table.matching);
            parts.push(Part { name: name.clone(), note: part.note.clone(), lines, sheet: sheet_of(table, zone) });
        }
        pinned += usize::from(part.is_pinned);
        let said = if part.is_pinned { pin::lines(&part.blocks, zone) } else { Vec::new() };
        // A pinned table has its sheet already.
        if !said.is_empty() {
            let mut sheet = Sheet::new();
            for line in &said {
                sheet.line(&line.iter().map(|text| Cell::Text(text)).collect::<Vec<_>>());
            }
            let lines = said.len() as u64;
            let name = format!("Pinned {pinned}");
            parts.push(Part { name, note: part.note.clone(), lines: (lines, lines), sheet });
        }
    }
    if !is_board {
        let store = redacted.store();
        let all: Vec<u32> = (0..store.len() as u32).collect();
        let mut sheet = Sheet::new();
        export::fields_to(&mut sheet, store, &all);
        let note = made.parts.iter().find(|part| part.title == report::View::Events.label());
        let note = note.map_or_else(String::new, |part| part.note.clone());
        let lines = (all.len() as u64 - sheet.left_out, all.len() as u64);
        parts.push(Part { name: "All events".into(), note, lines, sheet });
    }
    let first = first(redacted, made, &parts);
    let sheets = std::iter::once(("Report".to_owned(), first));
    xlsx::workbook(sheets.chain(parts.into_iter().map(|part| (part.name, part.sheet))).collect())
}

/// Title, purpose, certificate, what the files cover, and what is on which sheet.
fn first(redacted: &RedactedStore, made: &Made, parts: &[Part]) -> Sheet {
    let mut sheet = Sheet::new();
    let mut said = |name: &str, text: &str| {
        if !text.is_empty() {
            sheet.line(&[Cell::Text(name), Cell::Text(text)]);
        }
    };
    said("Title", &made.title);
    said("Purpose", &made.purpose);
    said("Made", &made.made);
    for line in &made.certificate.lines {
        said("Certificate", line);
    }
    for block in made.parts.iter().flat_map(|part| &part.blocks) {
        if let Block::Story { sentences } = block {
            for sentence in sentences {
                said("Method", sentence);
            }
        }
    }
    if redacted.policy().level != ShareLevel::Board {
        for kind in report::coverage(redacted.store(), 0, &Zone::default()).kinds {
            for (from, to) in kind.covered {
                said("Coverage", &format!("{}: {} to {}", kind.label, day(from), day(to)));
            }
            for gap in kind.gaps {
                let (from, to) = gap.whole_days();
                let days = if gap.days == 1 { "1 day".to_owned() } else { format!("{} days", gap.days) };
                let text = format!("{}: no file covers {} to {} ({days})", kind.label, day(from), day(to - DAY));
                said("Coverage", &text);
            }
        }
    }
    for part in parts {
        let (shown, all) = part.lines;
        let mut text = if shown < all { format!("{shown} of {all} lines") } else { format!("{all} lines") };
        if part.sheet.left_out > 0 {
            text += ": a sheet has no more than 1,048,576";
        }
        if part.sheet.cut > 0 {
            let _ = write!(
                text,
                "; {} cells are cut: a cell has no more than 32,767 letters, a line 16,384 cells",
                part.sheet.cut
            );
        }
        let note = if part.note.is_empty() { String::new() } else { format!(". {}", part.note) };
        said("Sheet", &format!("{}: {text}{note}", part.name));
    }
    said("Charts", "Charts and figures are in the form that is a page.");
    sheet
}

/// A day as it is written in ISO 8601, UTC.
fn day(ticks: i64) -> String {
    time::iso(ticks)[..10].to_owned()
}

/// What the head of a column with such values says of them; the zone of times, else the unit of a number.
fn unit(value: &Value) -> &'static str {
    match value {
        Value::Time(_) | Value::Day(_) => "UTC",
        Value::Duration(_) => "seconds",
        Value::Days(_) => "days",
        Value::Share(_) => "%",
        _ => "",
    }
}

fn sheet_of(table: &Table, zone: &Zone) -> Sheet {
    let mut sheet = Sheet::new();
    let mut units = vec![""; table.columns.len()];
    let lines = || table.lines.iter().flat_map(|line| std::iter::once(line).chain(&line.lines));
    for line in lines() {
        for (own, value) in units.iter_mut().zip(&line.cells) {
            if own.is_empty() {
                *own = unit(value);
            }
        }
    }
    let named =
        |(label, unit): (&String, &&str)| if unit.is_empty() { label.clone() } else { format!("{label} ({unit})") };
    let heads: Vec<String> = table.columns.iter().map(|column| &column.label).zip(&units).map(named).collect();
    sheet.line(&heads.iter().map(|head| Cell::Text(head)).collect::<Vec<_>>());
    lines().for_each(|line| add(&mut sheet, line, &units, zone));
    if table.lines.is_empty() {
        sheet.line(&[Cell::Text(&table.empty)]);
    }
    sheet
}

fn add(sheet: &mut Sheet, line: &TableLine, units: &[&str], zone: &Zone) {
    let units = units.iter().copied().chain(std::iter::repeat(""));
    let texts: Vec<(String, bool)> =
        line.cells.iter().zip(units).map(|(value, unit)| cell(value, unit, zone)).collect();
    let cells: Vec<Cell> =
        texts.iter().map(|(text, is_number)| if *is_number { Cell::Number(text) } else { Cell::Text(text) }).collect();
    sheet.line(&cells);
}

/// A value, and whether it is a number. `column`: the unit that the head says.
fn cell(value: &Value, column: &str, zone: &Zone) -> (String, bool) {
    if unit(value) != column && !matches!(value, Value::Number(_)) {
        return (words_of(value, zone), false);
    }
    match value {
        Value::Number(number) if column.is_empty() => (number.to_string(), true),
        Value::Days(days) => (days.to_string(), true),
        Value::Duration(ticks) => ((ticks / time::SECOND).to_string(), true),
        Value::Share(tenths) => (format!("{}.{}", tenths / 10, tenths % 10), true),
        // Where times are rounded to days or more, a clock would say too much.
        Value::Time(ticks) if zone.step >= DAY => (day(*ticks), false),
        Value::Time(ticks) => (time::iso(*ticks), false),
        Value::Day(ticks) => (day(*ticks), false),
        _ => (words_of(value, zone), false),
    }
}
