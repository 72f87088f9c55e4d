//! Further parts of views: notes, controls, counts over named steps, matrices, facts, findings.

pub use crate::findings::Level;

use super::{Bin, Door, Tone, Value};
use serde::{Deserialize, Serialize};

/// A remark: what is missing and how to get it, how far the files reach, what a rule is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// Stable kebab-case name.
    pub id: String,
    /// How it stands.
    pub tone: Tone,
    /// A heading; may be empty.
    pub title: String,
    /// The words.
    pub text: String,
    /// Steps to take, in order, for example a path in the portal.
    pub steps: Vec<String>,
    /// Lines to copy, each with what it is: a Graph query, a PowerShell command.
    pub code: Vec<(String, String)>,
    /// Words of the button, and where it leads.
    pub door: Option<(String, Door)>,
}

/// What a reader can set on a view. Its value is the parameter `name`; an unset one has its default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Control {
    /// A number within bounds.
    Number {
        /// Name of the parameter.
        name: String,
        /// What it means.
        label: String,
        /// `data-testid`.
        testid: String,
        /// `data-*` attributes by their name without `data-`.
        data: Vec<(String, String)>,
        /// The number.
        value: i64,
        /// Least.
        min: i64,
        /// Greatest.
        max: i64,
        /// What it counts, for example `days`.
        unit: String,
    },
    /// A day, `2026-07-10`.
    Day {
        /// Name of the parameter.
        name: String,
        /// What it means.
        label: String,
        /// `data-testid`.
        testid: String,
        /// The day.
        value: String,
    },
    /// One of several.
    Choice {
        /// Name of the parameter.
        name: String,
        /// What it means.
        label: String,
        /// `data-testid`.
        testid: String,
        /// The chosen value.
        value: String,
        /// Values and what they are called. A name may be a text of a file.
        options: Vec<(String, String)>,
    },
    /// On (`1`) or off (`0`).
    Switch {
        /// Name of the parameter.
        name: String,
        /// What it means.
        label: String,
        /// `data-testid`.
        testid: String,
        /// Whether it is on.
        on: bool,
    },
    /// A text.
    Text {
        /// Name of the parameter.
        name: String,
        /// What it means.
        label: String,
        /// `data-testid`.
        testid: String,
        /// Stable attributes: name without `data-`, value.
        #[serde(default)]
        data: Vec<(String, String)>,
        /// The text.
        value: String,
        /// An example.
        placeholder: String,
    },
}

/// Shapes of [`Chart`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChartShape {
    /// Bars side by side over ordered steps, stacked by series: distributions, months.
    #[default]
    Columns,
    /// Lines over ordered steps.
    Lines,
    /// Each step less than the one before.
    Funnel,
    /// Ranked bars, one under the other.
    Bars,
}

/// A step of a chart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Its name: words of the product, or a text of a file.
    pub label: String,
    /// Begin, ticks, where steps are times.
    pub time: Option<i64>,
    /// Where it leads.
    pub door: Option<Door>,
}

/// Numbers of one kind over the steps.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// One per step; `None` where unknown.
    pub values: Vec<Option<i64>>,
    /// How it stands.
    pub tone: Tone,
}

/// Numbers over named steps.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// Stable kebab-case name.
    pub id: String,
    /// Heading.
    pub title: String,
    /// How it was counted.
    pub help: String,
    /// Its shape.
    pub shape: ChartShape,
    /// The size of a step, where steps are times.
    pub bin: Option<Bin>,
    /// What the numbers count, for example `guests`.
    pub unit: String,
    /// The steps.
    pub steps: Vec<Step>,
    /// The series.
    pub lines: Vec<Line>,
}

/// Counts of pairs, for example of packages that one person holds both of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    /// Stable kebab-case name.
    pub id: String,
    /// Heading.
    pub title: String,
    /// How to read it.
    pub help: String,
    /// Names of lines and columns; texts of files.
    pub names: Vec<String>,
    /// Cells that are not empty.
    pub cells: Vec<MatrixCell>,
    /// Names that are left out, because there are too many.
    pub left_out: u32,
}

/// A pair.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MatrixCell {
    /// Line, an index into the names.
    pub a: u32,
    /// Column, an index into the names.
    pub b: u32,
    /// How many.
    pub count: u32,
    /// Where it leads.
    pub door: Option<Door>,
}

/// Something known, with its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// Its name.
    pub label: String,
    /// It.
    pub value: Value,
    /// Where it comes from, or how it was found.
    pub help: String,
    /// Where it leads.
    pub door: Option<Door>,
}

/// A finding in brief.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FindingCard {
    /// Names it among all; opens its details.
    pub key: String,
    /// The rule's id, for example `U07`.
    pub rule: String,
    /// The rule's title.
    pub title: String,
    /// How serious it is.
    pub level: Level,
    /// Whom it is about; a text of a file.
    pub subject: String,
    /// What happened, in one sentence; may hold texts of files.
    pub sentence: String,
    /// When, ticks.
    pub time: Option<i64>,
    /// How many events are its evidence.
    pub events: u32,
    /// Whether the reader expects it, with the reader's note.
    pub expected: Option<String>,
    /// The events.
    pub door: Option<Door>,
}

/// A file that is made when it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DownloadKind {
    /// A sponsor's guests as a page to fill in. Its key is the sponsor's.
    SponsorSheet,
    /// The timeline of the listed findings as CSV for Timesketch. Without a key, as the next two.
    TimesketchCsv,
    /// The same as JSON lines.
    TimesketchJsonLines,
    /// All rules that Sigma can express.
    SigmaRules,
}

impl DownloadKind {
    /// The stable word in `data-kind`.
    pub fn id(self) -> &'static str {
        match self {
            Self::SponsorSheet => "sponsor-sheet",
            Self::TimesketchCsv => "timesketch-csv",
            Self::TimesketchJsonLines => "timesketch-jsonl",
            Self::SigmaRules => "sigma-rules",
        }
    }
}

/// The offer of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Download {
    /// What it is.
    pub kind: DownloadKind,
    /// Names it among those of its kind.
    pub key: String,
    /// Words of the button.
    pub label: String,
}
