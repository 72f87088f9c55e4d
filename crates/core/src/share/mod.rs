//! Reports that leave the page: made of a redacted store, and read again before they may.

mod board;
mod compose;
mod html;
pub mod interactive;
mod keyfile;
mod markdown;
mod pin;
mod request;
mod still;
pub mod suppress;
pub mod verify;
mod workbook;

pub use board::counted;
pub use compose::{Certificate, Composition, Form, Made, Part, Section, Written, compose, write};
pub use keyfile::{KeyFile, KeyFileError, key_bytes};
pub use request::{BeforeAfter, Counted, ShareRequest, Shared};

use crate::{export, protocol::ExportFormat, redact::RedactedStore};

/// All events, as [`export::export`] writes them.
pub fn events(redacted: &RedactedStore, format: ExportFormat) -> Vec<u8> {
    let store = redacted.store();
    let all: Vec<u32> = (0..store.len() as u32).collect();
    export::export(store, &all, format, &[])
}
