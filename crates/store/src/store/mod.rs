//! The columnar store: tables joined by offsets, text in one dictionary per [`Domain`].

mod codes;
mod compact;
mod dictionary;
mod entities;
mod guid;
mod memo;
mod merge;
pub mod packed;
mod problem;
mod recent;
pub mod recode;
mod source;
mod writer;

pub use codes::Codes;
pub use dictionary::Dictionary;
pub use entities::{Entities, EntityRow, EntityTable, Item, Items};
pub use guid::{is_guid, write_guid};
pub use problem::{Problem, ProblemKind, Problems};
pub use source::{
    ColumnChoice, DateOrder, Encoding, LogSpan, Mapping, MappingChoice, MappingChoices, Named, SourceInfo, SourceState,
};
pub use writer::EventWriter;

use memo::Memos;

use crate::{
    model::{Column, Domain, TargetColumn},
    vocabulary::is_same_activity,
};

/// The time of an event that has none.
pub const NO_TIME: i64 = i64::MIN;

/// Everything read so far. Append-only, so it can be queried while files load.
pub struct Store {
    dictionaries: Vec<Dictionary>,
    /// When each event happened: ticks of 100 ns since 1970 UTC, [`NO_TIME`] where unknown.
    pub time: Vec<i64>,
    columns: Vec<Codes>,
    /// Whether a guest takes part in the event, see [`EventWriter::commit`].
    pub guest: Vec<bool>,
    /// The source of each event, an index into [`Store::sources`].
    pub source: Codes,
    /// The record number in its source, from 1.
    pub record: Vec<u32>,
    /// First target of each event; one more entry than events.
    pub target_start: Vec<u32>,
    targets: Vec<Codes>,
    /// First change of each target; one more entry than targets.
    pub change_start: Vec<u32>,
    /// Names of the modified properties.
    pub change_name: Codes,
    /// Their old values.
    pub change_old: Codes,
    /// Their new values.
    pub change_new: Codes,
    /// Additional details of each event.
    pub details: Pairs,
    /// Fields of the record that no column knows.
    pub extras: Pairs,
    /// The files read, in the order they were opened.
    pub sources: Vec<SourceInfo>,
    /// Files of rules in Sigma's format: source and text.
    pub rule_files: Vec<(u32, String)>,
    /// What could not be understood.
    pub problems: Problems,
    /// To how many ticks all its times are rounded; 0 where they are as in the files.
    pub rounding: i64,
    /// Whether events that are already there are kept. For measurements only.
    pub keep_duplicates: bool,
    entities: entities::Tables,
    memo: Memos,
    merger: merge::Merger,
    /// How often events were changed or taken out.
    changes: u32,
}

/// Key-value pairs per event.
pub struct Pairs {
    /// First pair of each event; one more entry than events.
    pub start: Vec<u32>,
    /// Keys.
    pub key: Codes,
    /// Values.
    pub value: Codes,
}

impl Default for Pairs {
    fn default() -> Self {
        Self { start: vec![0], key: Codes::default(), value: Codes::default() }
    }
}

impl Pairs {
    /// Indexes of an event's pairs.
    pub fn of(&self, event: usize) -> std::ops::Range<usize> {
        self.start[event] as usize..self.start[event + 1] as usize
    }
}

impl Default for Store {
    fn default() -> Self {
        Self {
            dictionaries: (0..Domain::COUNT).map(|_| Dictionary::default()).collect(),
            time: Vec::new(),
            columns: vec![Codes::default(); Column::COUNT],
            guest: Vec::new(),
            source: Codes::default(),
            record: Vec::new(),
            target_start: vec![0],
            targets: vec![Codes::default(); TargetColumn::COUNT],
            change_start: vec![0],
            change_name: Codes::default(),
            change_old: Codes::default(),
            change_new: Codes::default(),
            details: Pairs::default(),
            extras: Pairs::default(),
            sources: Vec::new(),
            rule_files: Vec::new(),
            problems: Problems::default(),
            rounding: 0,
            keep_duplicates: false,
            entities: entities::Tables::default(),
            memo: Memos::default(),
            merger: merge::Merger::default(),
            changes: 0,
        }
    }
}

impl Store {
    /// How many events there are.
    pub fn len(&self) -> usize {
        self.time.len()
    }

    /// A number that is another after every change of the events.
    pub fn revision(&self) -> u64 {
        (self.changes as u64) << 32 | self.len() as u64
    }

    /// Notes that events are not what they were, though their number may be.
    pub(crate) fn note_change(&mut self) {
        self.changes += 1;
    }

    /// Whether there is no event.
    pub fn is_empty(&self) -> bool {
        self.time.is_empty()
    }

    /// The dictionary of a domain.
    pub fn dictionary(&self, domain: Domain) -> &Dictionary {
        &self.dictionaries[domain as usize]
    }

    /// One code per event.
    pub fn column(&self, column: Column) -> &Codes {
        &self.columns[column as usize]
    }

    /// One code per target.
    pub fn target_column(&self, column: TargetColumn) -> &Codes {
        &self.targets[column as usize]
    }

    /// Indexes of an event's targets.
    pub fn targets_of(&self, event: usize) -> std::ops::Range<usize> {
        self.target_start[event] as usize..self.target_start[event + 1] as usize
    }

    /// Indexes of a target's changes.
    pub fn changes_of(&self, target: usize) -> std::ops::Range<usize> {
        self.change_start[target] as usize..self.change_start[target + 1] as usize
    }

    /// The text of an event's column.
    pub fn text(&self, event: usize, column: Column) -> std::borrow::Cow<'_, str> {
        self.dictionary(column.domain()).get(self.column(column).get(event))
    }

    /// The text of a target's column.
    pub fn target_text(&self, target: usize, column: TargetColumn) -> std::borrow::Cow<'_, str> {
        self.dictionary(column.domain()).get(self.target_column(column).get(target))
    }

    /// Whether an activity has one of these names, or one that means the same:
    /// [`crate::vocabulary::canonical_activity`].
    pub fn is_activity(&self, code: u32, names: &[&str]) -> bool {
        let text = self.dictionary(Domain::Activity).get(code);
        names.iter().any(|name| is_same_activity(&text, name))
    }

    /// For each code of [`Domain::Activity`], the place of its name, or of one that means the same, in
    /// a list of names; for walks over all events.
    pub fn activities_among(&self, names: &[&str]) -> Vec<Option<u8>> {
        let place = |text: &[u8]| {
            let text = std::str::from_utf8(text).ok()?;
            let at = names.iter().position(|name| is_same_activity(text, name))?;
            u8::try_from(at).ok()
        };
        let mut places = vec![None; self.dictionary(Domain::Activity).len()];
        self.dictionary(Domain::Activity).for_each(|code, text| places[code as usize] = place(text));
        places
    }

    /// Bytes held by columns and dictionaries.
    pub fn heap_bytes(&self) -> usize {
        let codes = [&self.source, &self.change_name, &self.change_old, &self.change_new];
        let pairs = [&self.details, &self.extras];
        self.dictionaries.iter().map(Dictionary::heap_bytes).sum::<usize>()
            + self.time.capacity() * 8
            + self.guest.capacity()
            + (self.record.capacity() + self.target_start.capacity() + self.change_start.capacity()) * 4
            + self.columns.iter().chain(&self.targets).chain(codes).map(Codes::heap_bytes).sum::<usize>()
            + pairs.iter().map(|p| p.start.capacity() * 4 + p.key.heap_bytes() + p.value.heap_bytes()).sum::<usize>()
            + self.entities.heap_bytes()
    }

    /// Begins to write an event of a source.
    pub fn writer(&mut self, source: u32) -> EventWriter<'_> {
        EventWriter::new(self, source)
    }
}
