//! What counting gives: events over time, and the values of a field.

use crate::model::Field;
use serde::{Deserialize, Serialize};

/// A calendar unit of time bins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bin {
    /// One second.
    Second,
    /// Ten seconds.
    TenSeconds,
    /// One minute.
    Minute,
    /// Ten minutes.
    TenMinutes,
    /// One hour.
    Hour,
    /// Six hours.
    SixHours,
    /// One day, from midnight of the zone.
    #[default]
    Day,
    /// One week, from Monday.
    Week,
    /// One month.
    Month,
    /// Three months.
    Quarter,
    /// One year.
    Year,
}

impl Bin {
    /// "a bar is ..."
    pub fn label(self) -> &'static str {
        match self {
            Self::Second => "1 second",
            Self::TenSeconds => "10 seconds",
            Self::Minute => "1 minute",
            Self::TenMinutes => "10 minutes",
            Self::Hour => "1 hour",
            Self::SixHours => "6 hours",
            Self::Day => "1 day",
            Self::Week => "1 week",
            Self::Month => "1 month",
            Self::Quarter => "3 months",
            Self::Year => "1 year",
        }
    }
}

/// Counts of one stacked value over the bins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// The value; empty for "no value".
    pub name: String,
    /// Whether this is the sum of all values without a series of their own.
    pub other: bool,
    /// One count per bin.
    pub counts: Vec<u32>,
}

/// Counts over time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeSeries {
    /// Size of a bin.
    pub bin: Bin,
    /// Where each bin begins, ticks UTC, plus where the last one ends.
    pub edges: Vec<i64>,
    /// The field that stacks the bars.
    pub stack: Option<Field>,
    /// One series if not stacked; else up to 8 values, largest first, and "other".
    pub series: Vec<Series>,
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    /// The value; empty for "no value".
    pub value: String,
    /// Events that have it and match every other condition.
    pub count: u64,
    /// Whether a clause asks for it.
    pub included: bool,
    /// Whether a clause leaves it out.
    pub excluded: bool,
}

/// The values of a field, counted for the filter rail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// The field.
    pub field: Field,
    /// Chosen values first, then most frequent first, ties by value; at most [`Facet::LIMIT`].
    pub values: Vec<FacetValue>,
    /// How many values have a count.
    pub distinct: u64,
}

impl Facet {
    /// How many values are sent to the page.
    pub const LIMIT: usize = 60;
}
