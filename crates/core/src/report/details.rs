//! All of one event, in the order of the portal's details panel.

use crate::model::Field;
use serde::{Deserialize, Serialize};

/// One line of a value that is itself JSON, unpacked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// How deep it is nested, from 0.
    pub depth: u32,
    /// Key or position; empty for a lone value.
    pub key: String,
    /// The value; empty where deeper lines hold it.
    pub value: String,
}

/// One named value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailField {
    /// Stable name for automation: a field's id, `property:<name>`, `detail:<key>` or `extra:<path>`.
    pub id: String,
    /// What the reader sees as its name.
    pub label: String,
    /// The value as the file holds it; of a modified property the new value.
    pub value: String,
    /// The old value of a modified property.
    pub old: Option<String>,
    /// The value unpacked, where it is JSON inside a string.
    pub lines: Vec<Line>,
    /// The old value unpacked.
    pub old_lines: Vec<Line>,
    /// The field by which the value can be included or excluded.
    pub field: Option<Field>,
}

/// A part of the panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailSection {
    /// `Activity`, `Initiated by (actor)`, `Target(s)`, `Modified properties`, `Additional details`,
    /// `Other fields`, `File`. With several targets: `Target 1`, `Modified properties 1` and so on.
    pub title: String,
    /// Its values.
    pub fields: Vec<DetailField>,
}

/// All of one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Position in the table.
    pub index: u32,
    /// Its source and its record there.
    pub record: (u32, u32),
    /// The event in plain words.
    pub sentence: String,
    /// When, ticks.
    pub time: Option<i64>,
    /// The parts, in the portal's order.
    pub sections: Vec<DetailSection>,
}
