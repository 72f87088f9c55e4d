//! What is known of a file that was opened.

use crate::model::Attribute;
use serde::{Deserialize, Serialize};

/// How a file's bytes are text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8 without a byte order mark.
    #[default]
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Bom,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
}

impl Encoding {
    /// The name a reader sees.
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8Bom => "UTF-8 with BOM",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
        }
    }
}

/// How numeric dates of a file were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// No date whose order could be in doubt.
    #[default]
    NotNeeded,
    /// Month first: a date in the file allows nothing else.
    MonthFirst,
    /// Day first: a date in the file allows nothing else.
    DayFirst,
    /// Month first was assumed: every date in the file would allow both.
    AssumedMonthFirst,
}

/// How far a file has been read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceState {
    /// Waiting for its turn.
    #[default]
    Waiting,
    /// Being read.
    Reading,
    /// Read to its end.
    Done,
    /// The reader stopped it; what was read until then is kept.
    Cancelled,
    /// Nothing of it could be understood or read; the problems say why.
    Failed,
}

/// A file that was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceInfo {
    /// Its place in [`Store::sources`](super::Store::sources).
    pub id: u32,
    /// The number of the dropped file it is, or lies in: from 0, in the order of dropping.
    #[serde(default)]
    pub file: u32,
    /// The archive it lies in.
    #[serde(default)]
    pub parent: Option<u32>,
    /// Its number in that archive, from 1; 0 for a dropped file.
    #[serde(default)]
    pub entry: u32,
    /// The file's name; that of an entry begins with the archive's.
    pub name: String,
    /// SHA-256 of the dropped file's bytes in hexadecimal. It is computed after the load, in the background;
    /// empty until then, for entries, and for what was not read to its end.
    #[serde(default)]
    pub sha256: String,
    /// Bytes that came out of its compression; 0 where there is none.
    #[serde(default)]
    pub inflated: u64,
    /// Its size in bytes.
    pub size: u64,
    /// Bytes read so far.
    pub read: u64,
    /// How far it has been read.
    pub state: SourceState,
    /// The stable id of its format, for example `portal-csv`; empty until recognised.
    pub format: String,
    /// The format's name for a reader.
    pub format_label: String,
    /// What its records are about, a stable kebab-case word: `audit`, `sign-ins`, `users` and so on; several
    /// with a space between where it holds several logs, or packages with the resources they give. Empty until recognised.
    #[serde(default)]
    pub kind: String,
    /// How its bytes are text.
    pub encoding: Encoding,
    /// Records found, good or bad.
    pub records: u64,
    /// Events that came of them.
    pub events: u64,
    /// Records that became entities: each the row it is about, and rows of what it mentions.
    #[serde(default)]
    pub entity_records: u64,
    /// Rows of entities that came of them.
    #[serde(default)]
    pub entities: u64,
    /// Records that were already there.
    pub duplicates: u64,
    /// Problems found, each occurrence counted.
    pub problems: u64,
    /// Time of the earliest event, ticks.
    pub first: Option<i64>,
    /// Time of the latest event, ticks.
    pub last: Option<i64>,
    /// Of entities: the latest past moment that they tell of. The export is not older than that.
    #[serde(default)]
    pub snapshot: Option<i64>,
    /// How numeric dates were read.
    pub date_order: DateOrder,
    /// What the format could not hold or how it was guessed, in plain words for the reader.
    pub notes: Vec<String>,
    /// Fields or columns that no column of ours knows, with how many records had a value there.
    pub unknown_fields: Vec<(String, u64)>,
    /// Which logs its records are of and when they happened, records that were already there included.
    #[serde(default)]
    pub logs: Vec<LogSpan>,
    /// Of a CSV of entities: what each column was taken for.
    #[serde(default)]
    pub mapping: Vec<Mapping>,
    /// What its name told, where the name itself is not kept.
    #[serde(default)]
    pub named: Option<Named>,
}

/// What is read from the name of a file. A day is its midnight, in ticks as if UTC.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// First and last day of the range it holds.
    pub days: Option<(i64, i64)>,
    /// The latest day it holds.
    pub day: Option<i64>,
    /// The access package that it is called after.
    pub package: String,
}

/// What a column of a CSV was taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The column's name in the file.
    pub column: String,
    /// The attribute; none if its values are kept as extras.
    pub attribute: Option<Attribute>,
    /// Whether that is a guess: no public source names the column.
    pub guessed: bool,
}

/// What the reader of a file says its columns are, instead of the guess.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingChoice {
    /// Id of the format to read the file as; none: as it is recognised.
    #[serde(default)]
    pub format: Option<String>,
    /// Columns by name; those not named are guessed.
    #[serde(default)]
    pub columns: Vec<ColumnChoice>,
}

/// What the reader says of the columns of a dropped file (under no name), and of files in it by their names
/// there.
pub type MappingChoices = Vec<(String, MappingChoice)>;

/// What one column is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnChoice {
    /// The column's name in the file.
    pub column: String,
    /// The attribute; none to keep its values as extras.
    pub attribute: Option<Attribute>,
}

/// The records of one log in one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogSpan {
    /// The log's name in [`Column::Log`](crate::model::Column::Log).
    pub log: String,
    /// How many records.
    pub records: u64,
    /// How many of them are of the service B2C.
    pub b2c: u64,
    /// Time of the earliest record, ticks.
    pub first: Option<i64>,
    /// Time of the latest record, ticks.
    pub last: Option<i64>,
}

impl LogSpan {
    /// Whether all of it is of B2C.
    pub fn is_b2c(&self) -> bool {
        self.b2c > 0 && self.b2c == self.records
    }
}

impl SourceInfo {
    /// The format id of a ZIP archive, whose entries are sources of their own.
    pub const ZIP: &'static str = "zip";

    /// What stands between the name of an archive and the name of a file in it.
    pub const WITHIN: &'static str = " \u{203a} ";

    /// By which clauses name it: the number of the dropped file, and in an archive a dot and the number
    /// of the entry. The same files dropped in the same order have the same keys.
    pub fn key(&self) -> String {
        if self.entry == 0 { self.file.to_string() } else { format!("{}.{}", self.file, self.entry) }
    }

    /// Whether it is an archive whose entries are sources of their own.
    pub fn is_archive(&self) -> bool {
        self.format == Self::ZIP
    }

    /// Whether it waits or is being read.
    pub fn is_open(&self) -> bool {
        matches!(self.state, SourceState::Waiting | SourceState::Reading)
    }
}
