//! What lies in an archive: text that is imported, or another archive, which is not opened.

use super::{Container, fail};
use crate::{
    import::Import,
    store::{MappingChoice, ProblemKind, SourceState, Store},
};

/// The content of a source that was compressed.
pub(super) struct Content {
    source: usize,
    choice: Option<MappingChoice>,
    /// The first bytes, until there are enough to tell what it is.
    head: Vec<u8>,
    stage: Stage,
}

enum Stage {
    Looking,
    Reading(Box<Import>),
    Refused,
}

impl Content {
    /// The content of a source, with what the reader says its columns are.
    pub(super) fn with_mapping(source: usize, choice: Option<MappingChoice>) -> Self {
        Self { source, choice, head: Vec::new(), stage: Stage::Looking }
    }

    /// Whether more of it would be thrown away.
    pub(super) fn is_refused(&self) -> bool {
        matches!(self.stage, Stage::Refused)
    }

    pub(super) fn push(&mut self, bytes: &[u8], store: &mut Store) {
        match &mut self.stage {
            Stage::Looking => {
                self.head.extend_from_slice(bytes);
                if self.head.len() >= Container::ENOUGH {
                    self.look(store);
                }
            }
            Stage::Reading(import) => import.push(bytes, store),
            Stage::Refused => {}
        }
    }

    fn look(&mut self, store: &mut Store) {
        let head = std::mem::take(&mut self.head);
        if Container::recognise(&head) != Container::None {
            fail(store, self.source, ProblemKind::NestedArchive);
            self.stage = Stage::Refused;
            return;
        }
        let mut import = Import::with_mapping(self.source, self.choice.take());
        import.push(&head, store);
        self.stage = Stage::Reading(Box::new(import));
    }

    /// Ends the content before its end; what was read is kept.
    pub(super) fn stop(&mut self, store: &mut Store) {
        if let Stage::Reading(import) = &mut self.stage {
            import.stop(store);
        }
    }

    /// Ends the content, wherever it ends.
    pub(super) fn finish(mut self, store: &mut Store) {
        if matches!(self.stage, Stage::Looking) {
            let info = &mut store.sources[self.source];
            if self.head.is_empty() && info.problems > 0 {
                info.state = SourceState::Failed; // there is a better reason than that it is empty
                return;
            }
            self.look(store);
        }
        if let Stage::Reading(mut import) = self.stage {
            import.finish(store);
        }
    }
}
