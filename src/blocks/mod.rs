//! Painters of the core's report: each takes plain values and emits [`crate::action::Action`]s.
//! Geometry and words come from `guestlens_core::chart`; what a mark looks like is in `static/css`.
//! No state of the page lives here, only what a hand is doing: a drag, a cursor, a width.

mod axis;
mod bar_list;
mod chart_figure;
mod csv;
mod drawer;
mod event_table;
mod export_svg;
mod groups_view;
mod heatmap;
mod marks;
mod measure;
mod report_blocks;
mod stats;
mod time_chart;
mod time_histogram;
mod value;

pub use drawer::Drawer;
pub use event_table::EventTable;
pub use groups_view::GroupsView;
pub use report_blocks::ReportBlocks;
pub use time_histogram::TimeHistogram;
pub(crate) use value::Value;
