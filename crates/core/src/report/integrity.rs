//! The appendix that an auditor can check again: what each file is, by its hash, and what was read from
//! it; and the list of what could not be read. The same files give the same sheets.

use crate::arrange::Arrange as _;
use crate::{
    store::{DateOrder, ProblemKind, SourceState, Store},
    time,
};
use serde::{Deserialize, Serialize};

/// All files that were read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Integrity {
    /// Name and version of the program.
    pub tool: String,
    /// Events loaded, each counted once.
    pub events: u64,
    /// The files; entries of an archive follow it.
    pub files: Vec<IntegrityFile>,
}

/// What was read from a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntegrityFile {
    /// Its name; that of an entry begins with the archive's.
    pub name: String,
    /// Its size in bytes; of an entry, unpacked.
    pub size: u64,
    /// SHA-256 of a dropped file, in hexadecimal; empty for entries, for what was not read to its end, and
    /// as long as it is being computed.
    pub sha256: String,
    /// How far it was read: `done`, `cancelled`, `failed`.
    pub state: String,
    /// The format's stable name.
    pub format: String,
    /// The format's name for a reader.
    pub format_label: String,
    /// What its records are about, a stable word: `audit`, `sign-ins`, `users`; empty for an archive.
    pub kind: String,
    /// How its bytes are text; empty for an archive.
    pub encoding: String,
    /// Records found, good or bad.
    pub records: u64,
    /// Events that came of them.
    pub events: u64,
    /// Records that became entities.
    pub entity_records: u64,
    /// Records that were already there.
    pub duplicates: u64,
    /// Problems found.
    pub problems: u64,
    /// Time of the earliest event, ISO 8601.
    pub first: Option<String>,
    /// Time of the latest event, ISO 8601.
    pub last: Option<String>,
    /// How numeric dates were read; empty where no date's order was in doubt.
    pub date_order: String,
    /// Remarks.
    pub notes: Vec<String>,
    /// Fields or columns without a column of ours, with how many records have a value there.
    pub unknown_fields: Vec<(String, u64)>,
}

/// One line of the list of problems: where and what, never a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemLine {
    /// The file's name.
    pub file: String,
    /// What is wrong.
    pub kind: ProblemKind,
    /// The same in plain words.
    pub what: String,
    /// Record number, from 1.
    pub record: Option<u64>,
    /// Byte offset in the decoded text.
    pub offset: Option<u64>,
    /// How many more of this kind the file has that are not listed.
    pub more: u64,
    /// What to do about it.
    pub remedy: String,
}

/// What was read from all files.
pub fn integrity(store: &Store) -> Integrity {
    let mut sources: Vec<_> = store.sources.iter().collect();
    sources.arrange_by_key(|source| (source.file, source.entry));
    let files = sources.into_iter().map(|source| IntegrityFile {
        name: source.name.clone(),
        size: source.size,
        sha256: source.sha256.clone(),
        state: state(source.state).into(),
        format: source.format.clone(),
        format_label: source.format_label.clone(),
        kind: source.kind.clone(),
        encoding: if source.is_archive() { String::new() } else { source.encoding.label().into() },
        records: source.records,
        events: source.events,
        entity_records: source.entity_records,
        duplicates: source.duplicates,
        problems: store.problems.count(source.id),
        first: source.first.map(time::iso),
        last: source.last.map(time::iso),
        date_order: date_order(source.date_order).into(),
        notes: source.notes.clone(),
        unknown_fields: source.unknown_fields.clone(),
    });
    let tool = concat!("Guestlens ", env!("CARGO_PKG_VERSION")).into();
    Integrity { tool, events: store.len() as u64, files: files.collect() }
}

/// All listed problems, file by file.
pub fn problem_lines(store: &Store) -> Vec<ProblemLine> {
    let mut problems: Vec<_> = store.problems.list().iter().collect();
    let source = |id: u32| store.sources.get(id as usize);
    problems.arrange_by_key(|problem| source(problem.source).map(|source| (source.file, source.entry)));
    let line = |problem: &crate::store::Problem| ProblemLine {
        file: source(problem.source).map_or_else(String::new, |source| source.name.clone()),
        kind: problem.kind,
        what: problem.kind.label().into(),
        record: problem.record,
        offset: problem.offset,
        more: problem.more,
        remedy: problem.kind.remedy().into(),
    };
    problems.into_iter().map(line).collect()
}

fn state(state: SourceState) -> &'static str {
    match state {
        SourceState::Waiting => "waiting",
        SourceState::Reading => "reading",
        SourceState::Done => "done",
        SourceState::Cancelled => "cancelled",
        SourceState::Failed => "failed",
    }
}

fn date_order(order: DateOrder) -> &'static str {
    match order {
        DateOrder::NotNeeded => "",
        DateOrder::MonthFirst => "month first",
        DateOrder::DayFirst => "day first",
        DateOrder::AssumedMonthFirst => "month first (assumed)",
    }
}
