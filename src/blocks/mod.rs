//! Painters of the core's report: each takes plain values and emits [`crate::action::Action`]s.
//! Geometry and words come from `guestlens_core::chart`; what a mark looks like is in `static/css`.
//! No state of the page lives here, only what a hand is doing: a drag, a cursor, a width.

mod axis;
mod bar_list;
mod cell;
mod chart_figure;
mod controls;
mod coverage;
mod csv;
mod data_table;
mod downloads;
mod drawer;
mod event_table;
mod export_svg;
mod facts;
mod finding_list;
mod groups_view;
mod heatmap;
mod lanes;
mod marks;
mod matrix;
mod measure;
mod named;
mod note;
mod opened_drawer;
mod report_blocks;
mod stats;
mod step_chart;
mod time_chart;
mod time_histogram;
mod uncovered;
mod value;

pub use drawer::Drawer;
pub use event_table::EventTable;
pub use groups_view::GroupsView;
pub use opened_drawer::OpenedDrawer;
pub use report_blocks::ReportBlocks;
pub use time_histogram::TimeHistogram;
pub(crate) use value::Value;
