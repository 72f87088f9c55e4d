//! Archives, read front to back while their bytes arrive: nothing is kept but the header at hand, one
//! buffer of inflated bytes and a line per entry.

mod content;
mod gzip;
mod unpack;
mod zip;

pub(super) use gzip::Gunzip;
pub(super) use zip::Unzip;

use crate::store::{ProblemKind, SourceState, Store};

/// How much is unpacked. More is not what an export holds, but a bomb.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes that an entry may inflate to, if it inflates more than [`Limits::ratio`] times.
    pub entry: u64,
    /// How many times its size an entry larger than [`Limits::entry`] may inflate to. Text of logs
    /// inflates 10 to 30 times, deflate at most 1032 times.
    pub ratio: u64,
    /// Bytes that all entries of an archive together may inflate to.
    pub total: u64,
    /// How many entries an archive may have.
    pub entries: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { entry: 1 << 30, ratio: 200, total: 8 << 30, entries: 10_000 }
    }
}

/// What a file is by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// Text, or nothing known.
    None,
    /// RFC 1952.
    Gzip,
    /// PKWARE's APPNOTE.
    Zip,
    /// An archive of a kind that is not read.
    Other,
}

impl Container {
    /// How many bytes tell.
    pub(super) const ENOUGH: usize = 4;

    /// By these first bytes, at least [`Container::ENOUGH`] unless there are no more.
    pub(super) fn recognise(head: &[u8]) -> Self {
        match head {
            [0x1f, 0x8b, ..] => Self::Gzip,
            // A first entry; the end of an archive without entries; the marks of a split archive.
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 7, 8, ..] | [b'P', b'K', b'0', b'0', ..] => {
                Self::Zip
            }
            // 7z, RAR, xz, bzip2, Zstandard.
            [b'7', b'z', 0xbc, 0xaf, ..]
            | [b'R', b'a', b'r', b'!', ..]
            | [0xfd, b'7', b'z', b'X', ..]
            | [b'B', b'Z', b'h', b'1'..=b'9', ..]
            | [0x28, 0xb5, 0x2f, 0xfd, ..] => Self::Other,
            _ => Self::None,
        }
    }
}

/// Notes a problem of a whole source.
pub(super) fn problem(store: &mut Store, source: usize, kind: ProblemKind) {
    let id = store.sources[source].id;
    store.problems.add(id, kind, None, None);
    store.sources[source].problems = store.problems.count(id);
}

/// Notes why nothing of a source was read.
pub(super) fn fail(store: &mut Store, source: usize, kind: ProblemKind) {
    problem(store, source, kind);
    store.sources[source].state = SourceState::Failed;
}
