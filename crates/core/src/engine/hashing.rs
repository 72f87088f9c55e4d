//! The hash of each dropped file, by which an auditor knows it again.
//!
//! It is computed after the load, in the background. Measured natively by `cargo bench --bench import`
//! while it still was a part of the import, it took 17 to 42 % of the import's time with the processor's
//! SHA instructions, and 67 to 190 % without them, as in wasm; of a packed file a tenth of that or less.
//! The browser reads the file once more for it, so the hash is only believed if there are as many bytes
//! as were read before.

use super::Engine;
use crate::store::SourceState;
use sha2::{Digest, Sha256};

/// The file being hashed.
pub(super) struct Hashing {
    file: u32,
    length: u64,
    hash: Sha256,
}

impl Hashing {
    fn new(file: u32) -> Self {
        Self { file, length: 0, hash: Sha256::new() }
    }
}

impl Engine {
    /// Takes the next bytes of a dropped file, by the id of its source, once it was read to its end.
    /// Files are hashed one after another: another file begins anew.
    pub fn hash(&mut self, file: u32, bytes: &[u8]) {
        if self.may_hash(file) {
            let hashing = self.hashing.take().filter(|hashing| hashing.file == file);
            let hashing = self.hashing.insert(hashing.unwrap_or_else(|| Hashing::new(file)));
            hashing.hash.update(bytes);
            hashing.length += bytes.len() as u64;
        }
    }

    /// Ends the file being hashed. If it is not as long as it was when it was read, it gets no hash.
    pub fn end_hash(&mut self, file: u32) {
        // An empty file is ended without ever being hashed.
        let hashing = self.hashing.take().filter(|hashing| hashing.file == file);
        let Hashing { length, hash, .. } = hashing.unwrap_or_else(|| Hashing::new(file));
        if self.may_hash(file) && self.store.sources[file as usize].read == length {
            self.store.sources[file as usize].sha256 = hex(&hash.finalize());
        }
    }

    /// Forgets what was hashed of a file that is not at its end.
    pub fn stop_hash(&mut self) {
        self.hashing = None;
    }

    /// Only what was dropped and read has a hash, not what lies in an archive.
    fn may_hash(&self, file: u32) -> bool {
        let source = self.store.sources.get(file as usize);
        source.is_some_and(|source| {
            let is_read = matches!(source.state, SourceState::Done | SourceState::Failed);
            is_read && source.parent.is_none() && source.sha256.is_empty()
        })
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
