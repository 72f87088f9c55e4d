//! The parts of the page around the charts and tables: one file a component. They get values and
//! emit [`crate::action::Action`]s.

mod alerts;
mod brand;
mod dialog;
mod door_test;
mod drop_area;
mod export_menu;
mod facet;
mod facet_panel;
mod file_buttons;
mod filter_chips;
pub mod icon;
mod keys_dialog;
mod load_progress;
mod mapping_dialog;
mod page;
mod print_foot;
mod print_head;
pub mod print_table;
mod problem_list;
mod proof_dialog;
mod rail;
mod rail_foot;
mod report_banner;
mod sample_data;
mod search_box;
mod session_panel;
mod share;
mod sheet_buttons;
mod source_table;
pub mod text;
mod time_inputs;
mod top_bar;
mod what_next;
mod words;

pub use icon::{Glyph, icon};
pub use page::page;
pub use search_box::SearchBox;
pub use text::file_text;
