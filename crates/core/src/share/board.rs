//! Counts for a board: tables whose small counts are suppressed. Nothing in them is about anybody. They count
//! what the views of guests, requests and assignments list.

use super::{
    Counted,
    compose::{Made, Part, words_of},
    suppress::Counts,
};
use crate::arrange;
use crate::{
    derived::{Derived, Memory},
    entitlement::{access::Access, requests::Requests},
    export,
    guests::roster::Roster,
    model::Column,
    protocol::SheetFormat,
    redact::RedactedStore,
    report::{Block, Note, Table, TableColumn, TableLine, Value},
    store::{NO_TIME, Store},
    time::{self, Zone},
};
use std::collections::BTreeMap;

/// What stands where a count is suppressed.
const SUPPRESSED: &str = "suppressed";

/// Counts by two names.
#[derive(Default)]
struct Tallied(BTreeMap<(String, String), u64>);

impl Tallied {
    fn add(&mut self, line: impl Into<String>, column: impl Into<String>) {
        *self.0.entry((line.into(), column.into())).or_default() += 1;
    }

    fn table(&self, id: &str, title: &str, help: &str, by: &str, k: u64) -> Table {
        let lines = arrange::set(self.0.keys().map(|(line, _)| line));
        let columns = arrange::set(self.0.keys().map(|(_, column)| column));
        let count = |line: &String, column: &String| self.0.get(&(line.clone(), column.clone())).copied().unwrap_or(0);
        let cells: Vec<Vec<u64>> =
            lines.iter().map(|line| columns.iter().map(|column| count(line, column)).collect()).collect();
        let shown = if cells.is_empty() { Vec::new() } else { Counts::with_totals(cells).suppressed(k) };
        let total = "All".to_owned();
        let mut heads = vec![TableColumn { id: "name".into(), label: by.into(), ..TableColumn::default() }];
        heads.extend(columns.into_iter().chain([&total]).map(|name| TableColumn {
            id: name.to_lowercase().replace(' ', "-"),
            label: name.clone(),
            is_number: true,
            ..TableColumn::default()
        }));
        let names = lines.into_iter().chain([&total]);
        let value = |count: Option<u64>| count.map_or_else(|| Value::Said(SUPPRESSED.into()), Value::Number);
        let lines: Vec<TableLine> = names
            .zip(shown)
            .map(|(name, counts)| {
                let cells = std::iter::once(Value::Said(name.clone())).chain(counts.into_iter().map(value));
                TableLine { cells: cells.collect(), ..TableLine::default() }
            })
            .collect();
        Table {
            id: id.into(),
            title: title.into(),
            help: help.into(),
            columns: heads,
            total: lines.len() as u64,
            matching: lines.len() as u64,
            lines,
            empty: "The files hold nothing to count here.".into(),
            ..Table::default()
        }
    }
}

/// The tables of a report for a board.
pub(super) fn parts(redacted: &RedactedStore) -> Vec<Part> {
    let store = redacted.store();
    let k = u64::from(redacted.policy().k.max(2));
    let mut memory = Memory::default();
    memory.refresh(store);
    let from = Derived::new(store, &memory);
    let note = Note {
        id: "suppressed".into(),
        text: format!(
            "Counts from 1 to {} are suppressed, and so many others with them that no suppressed count follows from \
             the sums. Each table stands for itself.",
            k - 1
        ),
        ..Note::default()
    };
    let tables = [
        events(store).table("events-by-month", "Events by category and month", "Each event once.", "Category", k),
        guests(&from).table("guests", "Guests by how they are known", "Each guest once.", "User type", k),
        requests(&from).table(
            "requests",
            "Access package requests by state and month",
            "Each request once.",
            "State",
            k,
        ),
        assignments(&from).table(
            "assignments",
            "Access package assignments by state",
            "Each assignment once.",
            "State",
            k,
        ),
    ];
    let blocks = std::iter::once(Block::Note(note)).chain(tables.into_iter().map(Block::Table)).collect();
    vec![Part { title: "Counts".into(), blocks, ..Part::default() }]
}

fn month(ticks: Option<i64>) -> String {
    ticks
        .filter(|ticks| *ticks != NO_TIME)
        .map_or_else(|| "Unknown".to_owned(), |ticks| time::iso(ticks)[..7].to_owned())
}

fn events(store: &Store) -> Tallied {
    let mut tallied = Tallied::default();
    for event in 0..store.len() {
        let category = store.text(event, Column::Category);
        let category = if category.is_empty() || category.starts_with("word-") { "Other".into() } else { category };
        tallied.add(category, month(Some(store.time[event])));
    }
    tallied
}

fn guests(from: &Derived) -> Tallied {
    let mut tallied = Tallied::default();
    let roster = from.get::<Roster>();
    for guest in roster.guests() {
        let person = roster.identity.person(guest.person);
        let seen = if person.seen.is_some() { "Seen in the logs" } else { "Not seen in the logs" };
        tallied.add(person.standing.user_type.label(), seen);
    }
    tallied
}

fn requests(from: &Derived) -> Tallied {
    let mut tallied = Tallied::default();
    for request in &from.get::<Requests>().list {
        tallied.add(request.state.label(), month(request.submitted.or(request.first())));
    }
    tallied
}

fn assignments(from: &Derived) -> Tallied {
    let mut tallied = Tallied::default();
    for assignment in &from.get::<Access>().assignments {
        let state = assignment.state.as_str();
        let state = if state.is_empty() || state.starts_with("word-") { "Unknown" } else { state };
        tallied.add(state, "Assignments");
    }
    tallied
}

/// What a report for a board counts, for its sender to see.
pub fn counted(redacted: &RedactedStore) -> Vec<Counted> {
    let tables = parts(redacted).into_iter().flat_map(|part| part.blocks);
    let lines = |table: &Table| {
        let heads = table.columns.iter().map(|column| column.label.clone()).collect();
        let cells = |line: &TableLine| line.cells.iter().map(|value| words_of(value, &Zone::default())).collect();
        std::iter::once(heads).chain(table.lines.iter().map(cells)).collect()
    };
    let counted = tables.filter_map(|block| match block {
        Block::Table(table) => Some(Counted { lines: lines(&table), title: table.title }),
        _ => None,
    });
    counted.collect()
}

/// All tables, one after the other.
pub(super) fn csv(made: &Made) -> Vec<u8> {
    let mut bytes = Vec::new();
    for block in made.parts.iter().flat_map(|part| &part.blocks) {
        let Block::Table(table) = block else { continue };
        let text = export::table(table, SheetFormat::Csv);
        // One mark of the encoding is enough.
        let text = if bytes.is_empty() { &text[..] } else { text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&text) };
        bytes.extend_from_slice(text);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes
}
