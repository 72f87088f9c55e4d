//! A table of anything: its columns, and the lines in sight.

use super::{Door, Value};
use serde::{Deserialize, Serialize};

/// Which lines of a table are asked for, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TableWindow {
    /// [`Table::id`].
    pub id: String,
    /// First line.
    pub from: u32,
    /// How many lines; 0 for the default.
    pub count: u32,
    /// Id of the column that orders the lines, and whether largest first; `None` for the table's own order.
    pub sort: Option<(String, bool)>,
    /// Text that a line must contain, letter case aside.
    pub find: String,
}

/// A column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableColumn {
    /// Stable kebab-case name.
    pub id: String,
    /// Heading.
    pub label: String,
    /// How it was found, and what it does not cover; may be empty.
    pub help: String,
    /// Whether its values are right-aligned numbers.
    pub is_number: bool,
}

/// A line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TableLine {
    /// Names the line among all of its table; [`super::super::BlocksRequest::open`] opens it.
    pub key: String,
    /// `data-*` attributes by their name without `data-`.
    pub data: Vec<(String, String)>,
    /// One per column.
    pub cells: Vec<Value>,
    /// Where it leads, besides or instead of its details.
    pub door: Option<Door>,
    /// Whether it has details that [`super::super::BlocksRequest::open`] shows.
    pub opens: bool,
    /// Lines below it, shown on demand.
    pub lines: Vec<TableLine>,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Stable kebab-case name, unique in its view.
    pub id: String,
    /// Heading.
    pub title: String,
    /// What its lines are, how they were found.
    pub help: String,
    /// `data-testid` of its lines.
    pub testid: String,
    /// Its columns.
    pub columns: Vec<TableColumn>,
    /// Lines in all.
    pub total: u64,
    /// Lines that contain what is looked for.
    pub matching: u64,
    /// What is looked for.
    pub find: String,
    /// Position of the first line.
    pub from: u32,
    /// The lines in sight.
    pub lines: Vec<TableLine>,
    /// Id of the column that orders the lines, and whether largest first.
    pub sort: Option<(String, bool)>,
    /// What to say where there is no line.
    pub empty: String,
}

impl Table {
    /// How many lines are sent unless asked otherwise.
    pub const LINES: u32 = 60;
}
