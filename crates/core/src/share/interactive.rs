//! The interactive report: a copy of the page itself with the redacted data inside.
//!
//! The page is the very file that makes the report, byte for byte. The data stand in one element that no browser
//! runs, before the app's frame: gzip of a packed store, in base64.

use super::compose::{Certificate, Section};
use crate::{redact::RedactedStore, store::Store};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use guestlens_store::base64;
use serde::{Deserialize, Serialize};
use std::io::Read as _;

/// What stands before the data. The page's outer script looks for it by its id.
pub const OPEN: &str = "<script type=\"application/octet-stream\" id=\"report\">";
/// What stands behind them.
pub const CLOSE: &str = "</script>\n";
/// The place in the page: before the frame, so that it is read when the app in the frame asks for it.
const PLACE: &[u8] = b"<iframe id=\"app\"";

/// More than this is not unpacked, bytes.
const MOST: u64 = 1 << 31;

/// What a reader is told of a report that is opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Its title.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// When and with what it was made.
    pub made: String,
    /// How it was made.
    pub certificate: Certificate,
    /// Its method, in sentences.
    pub method: Vec<String>,
    /// The views its sender points out, with notes.
    pub sections: Vec<Section>,
    /// To how many ticks its times are rounded; 0 where they are exact.
    #[serde(default)]
    pub step: i64,
    /// SHA-256 of its data as they stand in the file, in hexadecimal; computed when it is opened.
    #[serde(default)]
    pub sha256: String,
}

/// The page with the data of a report in it; empty for what is no page. The data are packed and written in one go,
/// without a copy of them in between.
pub(super) fn page(source: &[u8], redacted: &RedactedStore, facts: &Opened) -> Vec<u8> {
    let Some(at) = memchr::memmem::rfind(source, PLACE) else { return Vec::new() };
    let (before, after) = source.split_at(at);
    let mut page = Vec::with_capacity(source.len() + redacted.store().heap_bytes() / 2);
    page.extend_from_slice(before);
    page.extend_from_slice(OPEN.as_bytes());
    let mut gzip = GzEncoder::new(base64::Encoder::new(&mut page), Compression::fast());
    // A vector takes all that is written.
    let _ = redacted.store().pack_into(&serde_json::to_vec(facts).unwrap_or_default(), &mut gzip);
    if let Ok(digits) = gzip.finish() {
        digits.finish();
    }
    page.extend_from_slice(CLOSE.as_bytes());
    page.extend_from_slice(after);
    page
}

/// Opens the data of a report: the store, and what to say of it. `None` for anything else.
pub fn open(data: &[u8]) -> Option<(Store, Opened)> {
    let mut packed = Vec::new();
    GzDecoder::new(data).take(MOST).read_to_end(&mut packed).ok()?;
    let (store, head) = Store::unpack(&packed)?;
    let mut opened: Opened = serde_json::from_slice(&head).ok()?;
    opened.step = store.rounding;
    opened.sha256 = super::verify::sha256(data);
    Some((store, opened))
}
