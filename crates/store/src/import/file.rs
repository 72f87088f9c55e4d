//! A dropped file: whether it is text, compressed text or an archive of several.

use super::{
    Import,
    archive::{Container, Gunzip, Limits, Unzip, fail},
};
use crate::store::{MappingChoices, ProblemKind, SourceState, Store};

/// The import of a dropped file, with the sources that lie in it.
pub struct FileImport {
    source: usize,
    limits: Limits,
    choices: MappingChoices,
    read: u64,
    /// The first bytes, until there are enough to tell what it is.
    head: Vec<u8>,
    stage: Stage,
    /// Whether nothing more of it will be understood. It is still read to its end.
    failed: bool,
}

enum Stage {
    Looking,
    Text(Box<Import>),
    Gzip(Box<Gunzip>),
    Zip(Box<Unzip>),
    Refused,
}

impl FileImport {
    /// Begins to read the file that is `store.sources[source]`.
    pub fn new(source: usize) -> Self {
        Self::with_limits(source, Limits::default())
    }

    /// Begins to read a file with other limits than the usual ones.
    pub fn with_limits(source: usize, limits: Limits) -> Self {
        Self { source, limits, choices: Vec::new(), read: 0, head: Vec::new(), stage: Stage::Looking, failed: false }
    }

    /// Begins to read a file of which its reader says what its columns are, or those of files in it, see
    /// [`Import::with_mapping`].
    pub fn with_mappings(source: usize, choices: MappingChoices) -> Self {
        Self { choices, ..Self::new(source) }
    }

    /// Takes the next bytes, cut anywhere.
    pub fn push(&mut self, bytes: &[u8], store: &mut Store) {
        self.read += bytes.len() as u64;
        if matches!(self.stage, Stage::Looking) {
            self.head.extend_from_slice(bytes);
            if self.head.len() >= Container::ENOUGH {
                self.look(store);
            }
        } else {
            self.give(bytes, store);
        }
        let info = &mut store.sources[self.source];
        self.failed |= info.state == SourceState::Failed;
        (info.read, info.state) = (self.read, SourceState::Reading);
    }

    fn look(&mut self, store: &mut Store) {
        let mut choices = std::mem::take(&mut self.choices);
        let own = choices.iter().position(|(name, _)| name.is_empty()).map(|at| choices.swap_remove(at).1);
        self.stage = match Container::recognise(&self.head) {
            Container::None => Stage::Text(Box::new(Import::with_mapping(self.source, own))),
            Container::Gzip => Stage::Gzip(Box::new(Gunzip::new(self.source, self.limits, own))),
            Container::Zip => Stage::Zip(Box::new(Unzip::new(self.source, self.limits, choices, store))),
            Container::Other => {
                fail(store, self.source, ProblemKind::UnsupportedMethod);
                Stage::Refused
            }
        };
        let head = std::mem::take(&mut self.head);
        self.give(&head, store);
    }

    fn give(&mut self, bytes: &[u8], store: &mut Store) {
        match &mut self.stage {
            Stage::Text(import) => import.push(bytes, store),
            Stage::Gzip(gunzip) => gunzip.push(bytes, store),
            Stage::Zip(unzip) => unzip.push(bytes, store),
            Stage::Looking | Stage::Refused => {}
        }
    }

    /// Ends the file before its end; what was read of it and of the source in it is kept. The caller sets
    /// the states.
    pub fn stop(&mut self, store: &mut Store) {
        match &mut self.stage {
            Stage::Text(import) => import.stop(store),
            Stage::Gzip(gunzip) => gunzip.stop_early(store),
            Stage::Zip(unzip) => unzip.stop_early(store),
            Stage::Looking | Stage::Refused => {}
        }
    }

    /// Ends the file and all sources in it.
    pub fn finish(mut self, store: &mut Store) {
        if matches!(self.stage, Stage::Looking) {
            self.look(store);
            self.failed = store.sources[self.source].state == SourceState::Failed;
        }
        match self.stage {
            Stage::Text(mut import) => import.finish(store),
            Stage::Gzip(gunzip) => gunzip.finish(store),
            Stage::Zip(unzip) => unzip.finish(store),
            Stage::Looking | Stage::Refused => {}
        }
        let info = &mut store.sources[self.source];
        info.read = self.read;
        if self.failed {
            info.state = SourceState::Failed;
        }
    }
}
