//! Bytes of a file, cut anywhere, into events of the store. The format is recognised by content.

use crate::store::Store;

/// The import of one file.
pub struct Import {
    source: usize,
}

impl Import {
    /// Begins to read the file that is `store.sources[source]`.
    pub fn new(source: usize) -> Self {
        Self { source }
    }

    /// Takes the next bytes, cut anywhere.
    pub fn push(&mut self, bytes: &[u8], store: &mut Store) {
        store.sources[self.source].read += bytes.len() as u64;
    }

    /// Ends the file.
    pub fn finish(&mut self, _store: &mut Store) {}
}
