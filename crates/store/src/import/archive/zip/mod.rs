//! ZIP archives by their local headers, entry after entry; the directory at the end is only compared.
//!
//! Each entry with a file in it becomes a source of its own. Where an entry ends is known by its header,
//! by the end of its deflated data, or by a descriptor behind it that says what was seen.

mod data;
mod directory;
mod headers;
mod name;

use super::{Limits, content::Content, fail, problem, unpack::Unpacker};
use crate::store::{MappingChoice, MappingChoices, ProblemKind, SourceInfo, SourceState, Store};
use directory::{Directory, Seen};
use headers::Said;
use name::checksum;

/// Reads a ZIP archive.
pub(in crate::import) struct Unzip {
    container: usize,
    limits: Limits,
    choices: MappingChoices,
    /// Place in the file of the first byte that is not taken yet.
    at: u64,
    /// Bytes of a record, or of what may be a descriptor, that is not complete.
    held: Vec<u8>,
    stage: Stage,
    unpacker: Unpacker,
    entry: Option<Entry>,
    entries: u32,
    directory: Directory,
    /// Whether the last record was read, and nothing behind it.
    ended: bool,
    folders: u64,
    litter: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// At the beginning of a record.
    Record,
    /// In deflated data.
    Deflate,
    /// In data of known length that is taken or skipped as it is.
    Copy,
    /// In data of unknown length that a descriptor ends.
    Search,
    /// Behind data that a descriptor follows.
    Descriptor,
    /// What follows is not looked at.
    Over,
}

/// The entry at hand.
struct Entry {
    offset: u64,
    name: u32,
    said: Said,
    /// Its source; none where it is not to be read.
    source: Option<usize>,
    content: Option<Content>,
    /// Compressed bytes still to come, where known.
    left: Option<u64>,
    /// Whether its bytes are the file itself.
    is_readable: bool,
}

impl Unzip {
    pub(in crate::import) fn new(container: usize, limits: Limits, choices: MappingChoices, store: &mut Store) -> Self {
        let info = &mut store.sources[container];
        (info.format, info.format_label) = (SourceInfo::ZIP.into(), "ZIP archive".into());
        Self {
            container,
            limits,
            choices,
            at: 0,
            held: Vec::new(),
            stage: Stage::Record,
            unpacker: Unpacker::new(limits),
            entry: None,
            entries: 0,
            directory: Directory::default(),
            ended: false,
            folders: 0,
            litter: 0,
        }
    }

    pub(in crate::import) fn push(&mut self, bytes: &[u8], store: &mut Store) {
        if self.held.is_empty() {
            let used = self.run(bytes, false, store);
            self.held.extend_from_slice(&bytes[used..]);
        } else {
            let mut joined = std::mem::take(&mut self.held);
            joined.extend_from_slice(bytes);
            let used = self.run(&joined, false, store);
            joined.drain(..used);
            self.held = joined;
        }
    }

    /// Uses what can be used of the bytes, `last` where no more will come; returns how many.
    fn run(&mut self, bytes: &[u8], last: bool, store: &mut Store) -> usize {
        let mut used = 0;
        loop {
            let bytes = &bytes[used..];
            let step = match self.stage {
                Stage::Record => self.record(bytes, store),
                Stage::Deflate => self.deflate(bytes, store),
                Stage::Copy => self.copy(bytes, store),
                Stage::Search => self.search(bytes, store),
                Stage::Descriptor => self.descriptor(bytes, last, store),
                Stage::Over => self.after_end(bytes, store),
            };
            let Some(step) = step else { return used };
            self.at += step as u64;
            used += step;
        }
    }

    /// Each stage returns how many bytes it used; `None` where it needs more than there are.
    fn record(&mut self, bytes: &[u8], store: &mut Store) -> Option<usize> {
        let Some(length) = headers::length(bytes) else {
            self.stop(ProblemKind::BadArchive, store);
            return Some(0);
        };
        let record = bytes.get(..length)?;
        match headers::u32_at(record, 0) {
            headers::LOCAL if !self.directory.has_begun() => self.open(record, store),
            headers::CENTRAL => self.directory.header(record, self.at, self.container, store),
            headers::END_64 => self.directory.end_64(record),
            headers::END => {
                self.directory.end(record, self.at, self.container, store);
                self.stage = Stage::Over;
                self.ended = true;
            }
            headers::SIGNATURE | headers::LOCATOR_64 => {}
            headers::DESCRIPTOR | headers::NOT_SPLIT if self.at == 0 => {}
            _ => self.stop(ProblemKind::BadArchive, store),
        }
        Some(length)
    }

    /// Other programs look for the last directory, and may find one there that was not compared.
    fn after_end(&mut self, bytes: &[u8], store: &mut Store) -> Option<usize> {
        if !bytes.is_empty() && std::mem::take(&mut self.ended) {
            problem(store, self.container, ProblemKind::BadDirectory);
        }
        Some(bytes.len()).filter(|length| *length > 0)
    }

    fn open(&mut self, record: &[u8], store: &mut Store) {
        let (said, name, extra) = Said::local(record);
        let path = name::text(name, said.is_utf8(), extra);
        if self.entries == 0 && matches!(path.as_str(), "[Content_Types].xml" | "mimetype") {
            self.stop(ProblemKind::OfficeFile, store);
            return;
        }
        if self.entries as usize >= self.limits.entries {
            self.stop(ProblemKind::OutOfBounds, store);
            return;
        }
        self.entries += 1;
        let is_folder = path.ends_with(['/', '\\']);
        let is_litter = name::is_litter(&path);
        self.folders += u64::from(is_folder && !is_litter);
        self.litter += u64::from(is_litter);
        let known = !said.has_descriptor() || said.packed > 0;
        let mut entry = Entry {
            offset: self.at,
            name: checksum(name),
            said,
            source: None,
            content: None,
            left: known.then_some(said.packed),
            is_readable: !said.is_encrypted() && matches!(said.method, 0 | 8),
        };
        if !is_folder && !is_litter {
            let source = self.source(&path, &said, store);
            entry.source = Some(source);
            if said.is_encrypted() {
                fail(store, source, ProblemKind::Encrypted);
            } else if entry.is_readable {
                entry.content = Some(Content::with_mapping(source, self.choice(&path)));
                store.sources[source].state = SourceState::Reading;
            } else {
                fail(store, source, ProblemKind::UnsupportedMethod);
            }
        }
        self.unpacker.begin();
        self.stage = match (said.method, entry.is_readable, known) {
            (8, true, _) => Stage::Deflate,
            (_, _, true) => Stage::Copy,
            _ => Stage::Search,
        };
        self.entry = Some(entry);
        if self.stage == Stage::Copy && said.packed == 0 {
            self.data_ended(store);
        }
    }

    /// What the reader says of the columns of an entry.
    fn choice(&self, path: &str) -> Option<MappingChoice> {
        let name = name::harmless(path).shown;
        self.choices.iter().find(|(own, _)| !own.is_empty() && *own == name).map(|(_, choice)| choice.clone())
    }

    /// A new source for an entry.
    fn source(&self, path: &str, said: &Said, store: &mut Store) -> usize {
        let (id, name) = (store.sources.len(), name::harmless(path));
        let container = &store.sources[self.container];
        let info = SourceInfo {
            id: id as u32,
            file: container.file,
            parent: Some(container.id),
            entry: self.entries,
            name: format!("{}{}{}", container.name, SourceInfo::WITHIN, name.shown),
            size: said.unpacked,
            ..SourceInfo::default()
        };
        store.sources.push(info);
        if name.unsafe_parts {
            problem(store, id, ProblemKind::UnsafeName);
        }
        id
    }

    /// Compares what was seen of the entry with what is said of it.
    fn close(&mut self, said: Said, store: &mut Store) {
        self.stage = Stage::Record;
        let Some(entry) = self.entry.take() else { return };
        let unpacker = &self.unpacker;
        let mut seen = Seen { name: entry.name, source: entry.source, told: !entry.is_readable, ..Seen::default() };
        if entry.is_readable {
            (seen.crc, seen.packed, seen.unpacked) = (unpacker.crc(), unpacker.consumed, unpacker.inflated);
            if let Some(source) = entry.source {
                store.sources[source].size = unpacker.inflated;
                store.sources[source].inflated = unpacker.inflated;
            }
            seen.compare(&said, self.container, store);
        }
        self.directory.seen(entry.offset, seen);
    }

    /// Stops within an entry.
    fn give_up(&mut self, kind: ProblemKind, store: &mut Store) {
        let entry = self.entry.take();
        let source = entry.as_ref().and_then(|entry| entry.source);
        problem(store, source.unwrap_or(self.container), kind);
        self.stage = Stage::Over;
        if let Some(content) = entry.and_then(|entry| entry.content) {
            content.finish(store);
        }
    }

    fn stop(&mut self, kind: ProblemKind, store: &mut Store) {
        problem(store, self.container, kind);
        self.stage = Stage::Over;
    }

    pub(in crate::import) fn stop_early(&mut self, store: &mut Store) {
        if let Some(Entry { content: Some(content), .. }) = &mut self.entry {
            self.unpacker.flush(|text| content.push(text, store));
            content.stop(store);
        }
    }

    pub(in crate::import) fn finish(mut self, store: &mut Store) {
        let held = std::mem::take(&mut self.held);
        let used = self.run(&held, true, store);
        if self.stage == Stage::Search {
            self.take(&held[used..], store);
        }
        if let Some(Entry { content, .. }) = &mut self.entry {
            self.unpacker.flush(|text| {
                if let Some(content) = content {
                    content.push(text, store);
                }
            });
        }
        if self.stage != Stage::Over {
            self.give_up(ProblemKind::TruncatedArchive, store);
        }
        for (count, one, many) in [
            (self.folders, "folder", "folders"),
            (
                self.litter,
                "file that an operating system made for itself",
                "files that an operating system made for itself",
            ),
        ] {
            if count > 0 {
                let words = if count == 1 { one } else { many };
                store.sources[self.container].notes.push(format!("Left out: {count} {words}."));
            }
        }
        let id = store.sources[self.container].id;
        let mut inside = store.sources.iter().filter(|source| source.parent == Some(id)).peekable();
        let none = inside.peek().is_none();
        let failed = inside.all(|source| source.state == SourceState::Failed);
        if none && store.sources[self.container].problems == 0 {
            problem(store, self.container, ProblemKind::EmptyFile);
        }
        store.sources[self.container].state = if failed { SourceState::Failed } else { SourceState::Done };
    }
}
