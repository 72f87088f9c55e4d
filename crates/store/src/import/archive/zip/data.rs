//! The data of an entry, and how its end is found.

use super::{Stage, Unzip, headers};
use crate::{
    import::archive::{problem, unpack::Step},
    store::{ProblemKind, Store},
};

/// What is looked for behind data of unknown length.
const MARK: [u8; 4] = headers::DESCRIPTOR.to_le_bytes();
/// The longest descriptor, and what may follow it.
const DESCRIPTOR: usize = 24 + 4;

impl Unzip {
    pub(super) fn deflate(&mut self, bytes: &[u8], store: &mut Store) -> Option<usize> {
        let entry = self.entry.as_mut()?;
        let own = entry.left.map_or(bytes.len(), |left| left.min(bytes.len() as u64) as usize);
        if own == 0 && entry.left != Some(0) {
            return None;
        }
        let content = &mut entry.content;
        let (used, step) = self.unpacker.inflate(&bytes[..own], |text| {
            if let Some(content) = content {
                content.push(text, store);
            }
        });
        entry.left = entry.left.map(|left| left - used as u64);
        match step {
            Step::TooMuch => self.give_up(ProblemKind::OutOfBounds, store),
            Step::Damaged if entry.left.is_none() => self.give_up(ProblemKind::BadArchive, store),
            Step::Damaged => self.skip_rest(ProblemKind::BadArchive, store),
            Step::Ended if entry.left.unwrap_or(0) > 0 => self.skip_rest(ProblemKind::BadSize, store),
            Step::Ended => self.data_ended(store),
            // The header says that this was all, the data does not.
            Step::More if entry.left == Some(0) => {
                self.unpacker.flush(|text| {
                    if let Some(content) = &mut entry.content {
                        content.push(text, store);
                    }
                });
                self.skip_rest(ProblemKind::BadSize, store);
            }
            Step::More => {}
        }
        Some(used)
    }

    /// The data is not as long as its header says; the next record is where the header says.
    fn skip_rest(&mut self, kind: ProblemKind, store: &mut Store) {
        let container = self.container;
        let Some(entry) = &mut self.entry else { return };
        problem(store, entry.source.unwrap_or(container), kind);
        entry.is_readable = false;
        self.stage = Stage::Copy;
        if entry.left == Some(0) {
            self.data_ended(store);
        }
    }

    pub(super) fn copy(&mut self, bytes: &[u8], store: &mut Store) -> Option<usize> {
        let entry = self.entry.as_mut()?;
        let left = entry.left.unwrap_or(0);
        let own = left.min(bytes.len() as u64) as usize;
        if own == 0 && left > 0 {
            return None;
        }
        entry.left = Some(left - own as u64);
        if self.take(&bytes[..own], store) == Step::TooMuch {
            self.give_up(ProblemKind::OutOfBounds, store);
        } else if left == own as u64 {
            self.data_ended(store);
        }
        Some(own)
    }

    /// Bytes of the entry as they are.
    pub(super) fn take(&mut self, bytes: &[u8], store: &mut Store) -> Step {
        let Some(entry) = &mut self.entry else { return Step::More };
        if !entry.is_readable {
            self.unpacker.consumed += bytes.len() as u64;
            return Step::More;
        }
        if let Some(content) = &mut entry.content {
            content.push(bytes, store);
        }
        self.unpacker.pass(bytes)
    }

    /// Data that only a descriptor ends: one that says what was seen so far.
    pub(super) fn search(&mut self, bytes: &[u8], store: &mut Store) -> Option<usize> {
        let found = memchr::memmem::find(bytes, &MARK);
        // The last bytes may be the beginning of a mark.
        let mut data = found.unwrap_or(bytes.len().saturating_sub(MARK.len() - 1));
        if data == 0 {
            if bytes.len() < DESCRIPTOR {
                return None;
            }
            if self.is_descriptor(bytes) {
                self.stage = Stage::Descriptor;
                return Some(0);
            }
            data = 1;
        }
        if self.take(&bytes[..data], store) == Step::TooMuch {
            self.give_up(ProblemKind::OutOfBounds, store);
        }
        Some(data)
    }

    fn is_descriptor(&self, bytes: &[u8]) -> bool {
        let (crc, seen) = (headers::u32_at(bytes, 4), self.unpacker.consumed);
        let checksum = self.entry.as_ref().is_none_or(|entry| !entry.is_readable || crc == self.unpacker.crc());
        let packed = headers::u32_at(bytes, 8) as u64;
        checksum && (packed == seen || headers::u64_at(bytes, 8) == seen)
    }

    /// All compressed bytes of the entry are there.
    pub(super) fn data_ended(&mut self, store: &mut Store) {
        let Some(entry) = &mut self.entry else { return };
        if let Some(content) = entry.content.take() {
            content.finish(store);
        }
        if entry.said.has_descriptor() {
            self.stage = Stage::Descriptor;
        } else {
            let said = entry.said;
            self.close(said, store);
        }
    }

    pub(super) fn descriptor(&mut self, bytes: &[u8], last: bool, store: &mut Store) -> Option<usize> {
        if bytes.len() < DESCRIPTOR && !last {
            return None;
        }
        let entry = self.entry.as_mut()?;
        if let Some(content) = entry.content.take() {
            content.finish(store);
        }
        let (crc, size) = if entry.is_readable {
            (self.unpacker.crc(), self.unpacker.inflated)
        } else {
            // What cannot be unpacked is believed.
            let mark = 4 * usize::from(headers::u32_at(bytes, 0) == headers::DESCRIPTOR);
            (headers::u32_at(bytes, mark), headers::u32_at(bytes, mark + 8) as u64)
        };
        if let Some((length, said)) = headers::descriptor(bytes, crc, self.unpacker.consumed, size) {
            self.close(said, store);
            return Some(length);
        }
        let kind = if last { ProblemKind::TruncatedArchive } else { ProblemKind::BadArchive };
        self.give_up(kind, store);
        Some(0)
    }
}
