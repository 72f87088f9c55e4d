//! The directory at the end of a ZIP archive, compared with the entries that were read.

use super::{
    headers::{Said, u16_at, u32_at, u64_at},
    name::checksum,
};
use crate::{
    import::archive::problem,
    store::{ProblemKind, Store},
};
use std::collections::BTreeMap;

/// What was seen of an entry.
#[derive(Default)]
pub(super) struct Seen {
    /// CRC-32 of its name.
    pub(super) name: u32,
    pub(super) source: Option<usize>,
    pub(super) crc: u32,
    pub(super) packed: u64,
    pub(super) unpacked: u64,
    /// Whether nothing more is to be said of its checksum and sizes.
    pub(super) told: bool,
    pub(super) listed: bool,
}

impl Seen {
    /// Tells where something else is said of the entry; once.
    pub(super) fn compare(&mut self, said: &Said, container: usize, store: &mut Store) {
        let kind = if said.packed != self.packed || said.unpacked != self.unpacked {
            ProblemKind::BadSize
        } else if said.crc != self.crc {
            ProblemKind::BadChecksum
        } else {
            return;
        };
        if !std::mem::replace(&mut self.told, true) {
            problem(store, self.source.unwrap_or(container), kind);
        }
    }
}

/// The entries by the place of their local header, and the directory so far.
#[derive(Default)]
pub(super) struct Directory {
    entries: BTreeMap<u64, Seen>,
    begin: Option<u64>,
    headers: u64,
    /// Number of headers and place of the first, as the record of 64 bits says.
    large: Option<(u64, u64)>,
}

impl Directory {
    pub(super) fn seen(&mut self, offset: u64, seen: Seen) {
        self.entries.insert(offset, seen);
    }

    /// Whether no more entries can come.
    pub(super) fn has_begun(&self) -> bool {
        self.begin.is_some()
    }

    /// A header of the directory, which stands at `at`.
    pub(super) fn header(&mut self, record: &[u8], at: u64, container: usize, store: &mut Store) {
        self.begin.get_or_insert(at);
        self.headers += 1;
        let (said, name, _) = Said::central(record);
        let Some(seen) = self.entries.get_mut(&said.offset) else {
            // What was read fills the file without gaps: any other place lies inside of an entry.
            let inside = self.begin.is_some_and(|begin| said.offset < begin);
            let kind = if inside { ProblemKind::OverlappingEntries } else { ProblemKind::BadDirectory };
            return problem(store, container, kind);
        };
        let source = seen.source.unwrap_or(container);
        if std::mem::replace(&mut seen.listed, true) {
            return problem(store, source, ProblemKind::OverlappingEntries);
        }
        if checksum(name) != seen.name {
            problem(store, source, ProblemKind::BadDirectory);
        }
        seen.compare(&said, container, store);
    }

    /// The end record of 64 bits.
    pub(super) fn end_64(&mut self, record: &[u8]) {
        self.large = Some((u64_at(record, 32), u64_at(record, 48)));
    }

    /// The end record, which stands at `at`.
    pub(super) fn end(&mut self, record: &[u8], at: u64, container: usize, store: &mut Store) {
        let (headers, begin) = (u16_at(record, 10), u32_at(record, 16));
        let (large_headers, large_begin) = self.large.unwrap_or((headers as u64, begin as u64));
        let headers = if headers == u16::MAX { large_headers } else { headers as u64 };
        let begin = if begin == u32::MAX { large_begin } else { begin as u64 };
        if headers != self.headers || begin != self.begin.unwrap_or(at) {
            problem(store, container, ProblemKind::BadDirectory);
        }
        for seen in self.entries.values().filter(|seen| !seen.listed) {
            problem(store, seen.source.unwrap_or(container), ProblemKind::BadDirectory);
        }
    }
}
