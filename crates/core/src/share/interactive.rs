//! The interactive report: a copy of the page itself with the redacted data inside.
//!
//! The page is the very file that makes the report, byte for byte. The data stand in one element that no browser
//! runs, before the app's frame: gzip of a packed store, in base64.

use super::compose::{Certificate, Section};
use crate::{export::base64, redact::RedactedStore, store::Store};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use serde::{Deserialize, Serialize};
use std::io::{Read as _, Write as _};

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

/// The data of a report.
pub(super) fn data(redacted: &RedactedStore, facts: &Opened) -> Vec<u8> {
    let packed = redacted.store().pack(&serde_json::to_vec(facts).unwrap_or_default());
    let mut gzip = GzEncoder::new(Vec::with_capacity(packed.len() / 4), Compression::fast());
    // A vector takes all that is written.
    let _ = gzip.write_all(&packed);
    gzip.finish().unwrap_or_default()
}

/// The page with data in it; empty for what is no page.
pub(super) fn page(source: &[u8], data: &[u8]) -> Vec<u8> {
    let Some(at) = memchr::memmem::rfind(source, PLACE) else { return Vec::new() };
    let (before, after) = source.split_at(at);
    let mut page = Vec::with_capacity(source.len() + data.len() / 3 * 4 + 100);
    page.extend_from_slice(before);
    page.extend_from_slice(OPEN.as_bytes());
    base64::append(data, &mut page);
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
