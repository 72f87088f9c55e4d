//! Spans and marks on one time axis: life lines of guests, swim lanes of requests.

use super::{Door, Tone};
use serde::{Deserialize, Serialize};

/// How sure one is of an end of a span.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// An event or a field says so.
    #[default]
    Known,
    /// It follows from what is known.
    Inferred,
    /// It lies outside of what the files cover.
    Unknown,
}

/// A length of time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// Stable kebab-case word for what it is, for example `group`, `package`, `pending-approval`.
    pub kind: String,
    /// What it is, in words.
    pub label: String,
    /// Begin, ticks.
    pub from: i64,
    /// End, ticks.
    pub to: i64,
    /// How sure the begin is.
    pub from_is: Certainty,
    /// How sure the end is.
    pub to_is: Certainty,
    /// How it stands.
    pub tone: Tone,
    /// The track of its lane it is drawn in, from 0.
    pub track: u32,
    /// `data-*` attributes by their name without `data-`.
    pub data: Vec<(String, String)>,
    /// The events behind it.
    pub door: Option<Door>,
}

/// A moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Stable kebab-case word for what it is, for example `invited`, `redeemed`, `sign-in`.
    pub kind: String,
    /// What it is, in words.
    pub label: String,
    /// When, ticks.
    pub time: i64,
    /// How many of them fall together here.
    pub count: u32,
    /// How it stands.
    pub tone: Tone,
    /// The events behind it.
    pub door: Option<Door>,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lane {
    /// Names it among all lanes; opens its details.
    pub key: String,
    /// Its name; a text of a file.
    pub name: String,
    /// Further words beside the name; a text of a file.
    pub note: String,
    /// `data-*` attributes by their name without `data-`.
    pub data: Vec<(String, String)>,
    /// How many tracks its spans need.
    pub tracks: u32,
    /// Spans.
    pub spans: Vec<Span>,
    /// Marks, earliest first.
    pub marks: Vec<Mark>,
    /// Whether it has details that open.
    pub opens: bool,
}

/// Lanes under each other on one axis.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lanes {
    /// Stable kebab-case name.
    pub id: String,
    /// Heading.
    pub title: String,
    /// How to read it.
    pub help: String,
    /// `data-testid` of a lane, of a span and of a mark.
    pub testids: [String; 3],
    /// Begin and end of the axis, ticks.
    pub period: (i64, i64),
    /// Time that no file covers, ticks: hatched.
    pub gaps: Vec<(i64, i64)>,
    /// Lanes in all; those in sight follow the [`super::TableWindow`] of the same id.
    pub total: u64,
    /// Position of the first lane.
    pub from: u32,
    /// The lanes in sight.
    pub lanes: Vec<Lane>,
}
