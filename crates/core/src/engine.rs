//! Everything behind the worker: a plain struct, driven the same way by tests and by the browser.

use crate::{
    import::Import,
    model::Field,
    protocol::{Ask, ExportFormat, Frame},
    report::{Details, Rows},
    store::{ProblemKind, SourceInfo, SourceState, Store},
    time::Zone,
};

/// The store, the files being read and the newest question.
#[derive(Default)]
pub struct Engine {
    store: Store,
    import: Option<Import>,
}

impl Engine {
    /// Announces a file; it gets the next number, from 0.
    pub fn open(&mut self, name: &str, size: u64) -> u32 {
        let id = self.store.sources.len() as u32;
        self.store.sources.push(SourceInfo { id, name: name.into(), size, ..SourceInfo::default() });
        id
    }

    /// Takes the next bytes of a file. Files are read one after another.
    pub fn feed(&mut self, source: u32, bytes: &[u8]) {
        let import = self.import.get_or_insert_with(|| Import::new(source as usize));
        import.push(bytes, &mut self.store);
    }

    /// Ends the file being read.
    pub fn end(&mut self, _source: u32) {
        if let Some(mut import) = self.import.take() {
            import.finish(&mut self.store);
        }
    }

    /// Ends the file being read because of a problem that is not in its content.
    pub fn fail(&mut self, source: u32, kind: ProblemKind) {
        self.import = None;
        self.store.problems.add(source, kind, None, None);
        self.store.sources[source as usize].state = SourceState::Failed;
    }

    /// Ends reading; what was read is kept, files that wait are marked as cancelled.
    pub fn cancel(&mut self) {}

    /// What was read.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Answers a question, and keeps its table for [`Engine::rows`], [`Engine::details`] and [`Engine::export`].
    pub fn ask(&mut self, _seq: u32, _ask: &Ask) -> Frame {
        unimplemented!()
    }

    /// Lines of the newest question's table.
    pub fn rows(&self, _from: u32, _count: u32, _columns: &[Field]) -> Rows {
        unimplemented!()
    }

    /// All of the event on a line of the newest question's table.
    pub fn details(&self, _index: u32, _zone: &Zone) -> Option<Details> {
        unimplemented!()
    }

    /// The matching events as a file, in the order of the table, with their number.
    pub fn export(&self, _format: ExportFormat, _columns: &[Field]) -> (Vec<u8>, u64) {
        unimplemented!()
    }
}
