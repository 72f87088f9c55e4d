//! What is shown, as plain data: the screen, print and every export are painters of it.
//!
//! The data types stand in [`blocks`] and [`details`]; the other modules fill them from a store and
//! a selection.

pub mod blocks;
mod charts;
mod coverage;
pub mod details;
mod door;
mod event_details;
mod groups;
pub mod guide;
mod integrity;
mod mapping;
mod overview;
mod person;
mod reach;
mod sentence;
mod stacked;
mod table;
mod table_of;
mod unpack;
mod view;
pub mod views;

pub use blocks::{
    Bar, BarList, Bin, Block, BlocksRequest, Cell, Certainty, Chart, ChartLine, ChartShape, Control, Door, Download,
    DownloadKind, Facet, FacetValue, Fact, FindingCard, Group, Groups, Heatmap, Lane, Lanes, Level, Mark, Matrix,
    MatrixCell, Note, Opened, Params, Report, Row, Rows, Series, Span, Stat, Step, Table, TableColumn, TableLine,
    TableWindow, TimeSeries, Tone, Value,
};
pub use coverage::{
    AUDIT_LIMIT, B2C_RETENTION, Coverage, CoverageKind, CoverageSpan, CutOff, Gap, Overlap, SIGN_IN_LIMIT, coverage,
    uncovered,
};
pub use details::{DetailField, DetailSection, Details, Line};
pub use event_details::details;
pub use groups::groups;
pub use guide::{Need, guide};
pub use integrity::{Integrity, IntegrityFile, ProblemLine, integrity, problem_lines};
pub use mapping::{LONGEST, MappingColumn, MappingSheet, mapping};
pub use overview::{Who, overview};
pub use reach::{Logs, Reach, not_seen};
pub use sentence::sentence;
pub use table::rows;
pub use table_of::TableOf;
pub use unpack::unpack;
pub use view::{Section, View};

use crate::query::Tally;

/// What every report is made from.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// All events, which of them match, and what was counted of them.
    pub tally: &'a Tally<'a>,
    /// The period that charts over time span, ticks, both ends inclusive.
    pub period: Option<(i64, i64)>,
    /// About how many bars a chart has room for.
    pub bins: u32,
}
