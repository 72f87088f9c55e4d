//! The parts a report is made of. Numbers and texts only: no markup, no pixels, no colours.

mod lanes;
mod parts;
mod table;
mod value;

pub use lanes::{Certainty, Lane, Lanes, Mark, Span};
pub use parts::{
    Chart, ChartShape, Control, Download, DownloadKind, Fact, FindingCard, Level, Line as ChartLine, Matrix,
    MatrixCell, Note, Step,
};
pub use table::{Table, TableColumn, TableLine, TableWindow};
pub use value::{Order, Tone, Value};

pub use guestlens_store::counted::{Bin, Facet, FacetValue, Series, TimeSeries};

use super::View;
use crate::{
    model::Field,
    protocol::{Clause, Picked},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a reader has set on a view, by the names of its [`Control`]s.
pub type Params = BTreeMap<String, String>;

/// Where a figure or mark leads: to events, by conditions added to the query, or to another view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Door {
    /// Another view than the events.
    pub view: Option<View>,
    /// Parameters to set on that view; others keep their values.
    pub params: Params,
    /// What to open there.
    pub open: Option<String>,
    /// Exactly these events, instead of what else the query asks for.
    pub picked: Option<Picked>,
    /// Conditions that replace those on the same fields.
    pub clauses: Vec<Clause>,
    /// Also only events that a guest takes part in.
    pub guests_only: bool,
    /// Also a time window: from (inclusive) and to (exclusive), ticks.
    pub window: Option<(i64, i64)>,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stat {
    /// Stable kebab-case name, for example `guests-seen`.
    pub id: String,
    /// What it counts.
    pub label: String,
    /// The number, where it is one.
    pub value: Option<u64>,
    /// Text instead of, or beside, the number.
    pub text: String,
    /// How it was counted, and what it does not cover.
    pub help: String,
    /// The events behind it.
    pub door: Option<Door>,
}

/// One ranked value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// The value; empty for "no value".
    pub value: String,
    /// Matching events that have it.
    pub count: u64,
}

/// The most frequent values of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BarList {
    /// Stable kebab-case name, for example `top-actors`.
    pub id: String,
    /// Heading.
    pub title: String,
    /// The field; a bar leads to its value.
    pub field: Field,
    /// Most frequent first, ties by value.
    pub bars: Vec<Bar>,
    /// How many different values there are in all.
    pub distinct: u64,
}

/// Counts over two ordered scales.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heatmap {
    /// Stable kebab-case name.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Names of the lines (weekdays, Monday first).
    pub rows: Vec<String>,
    /// Names of the columns (hours 0 to 23).
    pub columns: Vec<String>,
    /// Line by line.
    pub counts: Vec<u32>,
}

/// One line of a grouping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The value; empty for "no value".
    pub value: String,
    /// Matching events that have it.
    pub count: u64,
    /// Earliest of them, ticks.
    pub first: Option<i64>,
    /// Latest of them, ticks.
    pub last: Option<i64>,
    /// Counts per column of the pivot.
    pub cells: Vec<u32>,
}

/// Counts by one field, or by two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Groups {
    /// Lines.
    pub by: Field,
    /// Columns of the pivot.
    pub then: Option<Field>,
    /// Names of the pivot's columns, most frequent first; the last may be all others.
    pub columns: Vec<String>,
    /// Whether the last column is "all others".
    pub columns_other: bool,
    /// Most frequent first, ties by value; at most [`Groups::LIMIT`].
    pub groups: Vec<Group>,
    /// How many different values there are in all.
    pub distinct: u64,
}

impl Groups {
    /// How many lines are sent to the page.
    pub const LIMIT: usize = 2_000;
    /// How many columns a pivot has before "all others".
    pub const COLUMNS: usize = 12;
}

/// Part of a view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// A line of figures.
    Stats {
        /// The figures.
        stats: Vec<Stat>,
    },
    /// Ranked bars.
    BarList(BarList),
    /// A heat map.
    Heatmap(Heatmap),
    /// Events over time.
    TimeSeries(TimeSeries),
    /// A heading over what follows.
    Heading {
        /// The words.
        title: String,
        /// A sentence below; may be empty.
        text: String,
    },
    /// A remark.
    Note(Note),
    /// What a reader can set.
    Controls {
        /// In reading order.
        controls: Vec<Control>,
    },
    /// A table.
    Table(Table),
    /// Spans and marks over time.
    Lanes(Lanes),
    /// Numbers over named steps.
    Chart(Chart),
    /// Counts of pairs.
    Matrix(Matrix),
    /// Names and values.
    Facts {
        /// In reading order.
        facts: Vec<Fact>,
    },
    /// Sentences in plain words; they may hold texts of files.
    Story {
        /// In order.
        sentences: Vec<String>,
    },
    /// Findings.
    Findings {
        /// Most serious first.
        findings: Vec<FindingCard>,
    },
    /// Which time the files cover.
    Coverage(super::Coverage),
    /// Files that the page can make.
    Downloads {
        /// Heading.
        title: String,
        /// What they are for.
        text: String,
        /// In reading order.
        downloads: Vec<Download>,
    },
}

/// What a view of blocks is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BlocksRequest {
    /// The view.
    pub of: View,
    /// What is set on it.
    pub params: Params,
    /// Which lines of its tables and lanes are in sight; those not named here begin at their first.
    pub tables: Vec<TableWindow>,
    /// The key of the line, lane or finding whose details are open.
    pub open: Option<String>,
}

/// What is open beside a view.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// The key it was opened by.
    pub key: String,
    /// Heading; a text of a file.
    pub title: String,
    /// Below it; a text of a file.
    pub subtitle: String,
    /// `data-testid`, for example `guest-details`.
    pub testid: String,
    /// The parts.
    pub blocks: Vec<Block>,
}

/// What a view shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Report {
    /// Figures and charts, in reading order.
    Overview {
        /// The parts.
        blocks: Vec<Block>,
    },
    /// Lines of the table.
    Events {
        /// The lines.
        rows: Rows,
    },
    /// Groups, with the charts that go with them (events over time stacked by the field, top values,
    /// heat map weekday x hour).
    Groups {
        /// The table.
        groups: Groups,
        /// The charts.
        blocks: Vec<Block>,
    },
    /// Nothing but the sources that the page already has.
    Sources,
    /// A view of blocks.
    Blocks {
        /// The view.
        of: View,
        /// Its parts.
        blocks: Vec<Block>,
        /// What is open beside it.
        opened: Option<Box<Opened>>,
    },
}

/// One cell of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The first value.
    pub text: String,
    /// How many more values there are.
    #[serde(default)]
    pub more: u32,
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Position in the table.
    pub index: u32,
    /// When, ticks; `None` where unknown.
    pub time: Option<i64>,
    /// Whether a guest takes part.
    pub guest: bool,
    /// One per column asked for.
    pub cells: Vec<Cell>,
}

/// A window of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// Position of the first line.
    pub from: u32,
    /// The columns of the cells.
    pub columns: Vec<Field>,
    /// The lines.
    pub rows: Vec<Row>,
}
