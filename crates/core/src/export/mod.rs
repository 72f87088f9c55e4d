//! Raw events, tables of views, and sheets about the files they came from, as files that leave the page.

mod csv;
mod json;
mod neutral;
mod sheets;
mod sponsor_sheet;
mod table;
pub mod timesketch;
pub mod xlsx;

pub use csv::fields_to;
pub use neutral::neutral;
pub use sheets::sheet;
pub use sponsor_sheet::sponsor_sheet;
pub use table::table;

use crate::{model::Field, protocol::ExportFormat, store::Store};

/// Writes these events, in this order. Columns are those of the CSV; none means every field.
pub fn export(store: &Store, events: &[u32], format: ExportFormat, columns: &[Field]) -> Vec<u8> {
    match format {
        ExportFormat::Csv if columns.is_empty() => csv::all_fields(store, events),
        ExportFormat::Csv => csv::columns(store, events, columns),
        ExportFormat::Json => json::array(store, events),
        ExportFormat::JsonLines => json::lines(store, events),
    }
}
