//! Which events are asked for, and in which order.

use crate::model::Field;
use serde::{Deserialize, Serialize};

/// One condition on one field. Values of a clause are alternatives; clauses all have to hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// The field.
    pub field: Field,
    /// Its values; the empty string stands for "no value". A source is named by its [key](SourceInfo::key).
    pub values: Vec<String>,
    /// Whether events that have one of the values are left out, instead of kept.
    #[serde(default)]
    pub exclude: bool,
}

impl Clause {
    /// Events with any of these values.
    pub fn any(field: Field, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { field, values: values.into_iter().map(Into::into).collect(), exclude: false }
    }
}

/// Order of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// By which field; of several values the first counts.
    pub field: Field,
    /// Largest, last or newest first.
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self { field: Field::Time, descending: true }
    }
}

/// Exactly these events, for example the evidence of a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picked {
    /// What they are, in words of the product; may hold a text of a file.
    pub label: String,
    /// Source id and record number of each.
    pub records: Vec<(u32, u32)>,
}

/// Which events, in which order. The same query gives the same answer on the same store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// Conditions on fields.
    pub clauses: Vec<Clause>,
    /// Text that any field of the event must contain, letter case aside. Empty: no condition.
    pub text: String,
    /// Earliest time, ticks, inclusive.
    pub from: Option<i64>,
    /// Latest time, ticks, exclusive.
    pub to: Option<i64>,
    /// Only events of this hour of the week, in local time: 24 for each weekday from Monday on, and the hour.
    pub hour: Option<u8>,
    /// Only events that a guest takes part in.
    pub guests_only: bool,
    /// Only these.
    pub picked: Option<Picked>,
    /// Order of the table.
    pub sort: Sort,
}
