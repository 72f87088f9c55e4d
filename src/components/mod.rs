//! The parts of the page around the charts and tables: one file a component. They get values and
//! emit [`crate::action::Action`]s.

pub mod icon;
pub mod text;

pub use icon::{Glyph, Icon};
pub use text::FileText;
