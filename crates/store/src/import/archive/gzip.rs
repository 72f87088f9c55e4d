//! gzip, RFC 1952: members one after another, whose contents are one file.

use super::{
    Limits,
    content::Content,
    fail, problem,
    unpack::{Step, Unpacker},
};
use crate::store::{MappingChoice, ProblemKind, Store};

/// A header is not read if it is longer: it may hold a name, a comment and 64 KiB for other programs.
const LONGEST_HEADER: usize = 256 << 10;

/// Reads a gzip file.
pub(in crate::import) struct Gunzip {
    source: usize,
    /// Of the header or trailer at hand.
    bytes: Vec<u8>,
    stage: Stage,
    unpacker: Unpacker,
    content: Content,
    members: u64,
    inflated: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Header,
    Body,
    Trailer,
    /// What follows is not looked at.
    Over,
}

impl Gunzip {
    pub(in crate::import) fn new(source: usize, limits: Limits, choice: Option<MappingChoice>) -> Self {
        Self {
            source,
            bytes: Vec::new(),
            stage: Stage::Header,
            unpacker: Unpacker::new(limits),
            content: Content::with_mapping(source, choice),
            members: 0,
            inflated: 0,
        }
    }

    pub(in crate::import) fn push(&mut self, mut bytes: &[u8], store: &mut Store) {
        while !bytes.is_empty() {
            bytes = match self.stage {
                Stage::Header => self.header(bytes, store),
                Stage::Body => self.body(bytes, store),
                Stage::Trailer => self.trailer(bytes, store),
                Stage::Over => break,
            };
        }
        store.sources[self.source].inflated = self.inflated + self.unpacker.inflated;
    }

    /// Each stage returns the bytes it has no use for.
    fn header<'a>(&mut self, bytes: &'a [u8], store: &mut Store) -> &'a [u8] {
        let before = self.bytes.len();
        self.bytes.extend_from_slice(&bytes[..bytes.len().min(LONGEST_HEADER + 1 - before)]);
        if self.members > 0 && self.bytes.iter().all(|byte| *byte == 0) {
            // Padding, as tapes have it.
            self.bytes.clear();
            return &bytes[bytes.len().min(LONGEST_HEADER + 1 - before)..];
        }
        match header_length(&self.bytes) {
            Ok(Some(length)) => {
                self.bytes.clear();
                self.inflated += self.unpacker.inflated;
                self.unpacker.begin();
                self.members += 1;
                self.stage = Stage::Body;
                &bytes[length - before..]
            }
            Ok(None) if self.bytes.len() > LONGEST_HEADER => self.stop(ProblemKind::BadArchive, store),
            Ok(None) => &[],
            Err(kind) => self.stop(kind, store),
        }
    }

    fn body<'a>(&mut self, bytes: &'a [u8], store: &mut Store) -> &'a [u8] {
        let content = &mut self.content;
        let (used, step) = self.unpacker.inflate(bytes, |text| content.push(text, store));
        if self.content.is_refused() {
            self.stage = Stage::Over;
            return &[];
        }
        match step {
            Step::More => {}
            Step::Ended => self.stage = Stage::Trailer,
            Step::Damaged => return self.stop(ProblemKind::BadArchive, store),
            Step::TooMuch => return self.stop(ProblemKind::OutOfBounds, store),
        }
        &bytes[used..]
    }

    fn trailer<'a>(&mut self, bytes: &'a [u8], store: &mut Store) -> &'a [u8] {
        let take = bytes.len().min(8 - self.bytes.len());
        self.bytes.extend_from_slice(&bytes[..take]);
        if let &[a, b, c, d, e, f, g, h] = &self.bytes[..] {
            if u32::from_le_bytes([a, b, c, d]) != self.unpacker.crc() {
                problem(store, self.source, ProblemKind::BadChecksum);
            } else if u32::from_le_bytes([e, f, g, h]) != self.unpacker.inflated as u32 {
                problem(store, self.source, ProblemKind::BadSize);
            }
            self.bytes.clear();
            self.stage = Stage::Header;
        }
        &bytes[take..]
    }

    fn stop(&mut self, kind: ProblemKind, store: &mut Store) -> &'static [u8] {
        self.bytes.clear();
        self.stage = Stage::Over;
        if self.members == 0 {
            fail(store, self.source, kind);
        } else {
            problem(store, self.source, kind);
        }
        &[]
    }

    pub(in crate::import) fn stop_early(&mut self, store: &mut Store) {
        let content = &mut self.content;
        self.unpacker.flush(|text| content.push(text, store));
        content.stop(store);
    }

    pub(in crate::import) fn finish(mut self, store: &mut Store) {
        let content = &mut self.content;
        self.unpacker.flush(|text| content.push(text, store));
        store.sources[self.source].notes.push("Unpacked from gzip.".into());
        let cut = self.stage != Stage::Over && (self.stage != Stage::Header || !self.bytes.is_empty());
        if cut {
            self.stop(ProblemKind::TruncatedArchive, store);
        }
        if self.members > 0 {
            self.content.finish(store);
        }
    }
}

/// The length of a header that is complete; `None` where more bytes are needed.
fn header_length(bytes: &[u8]) -> Result<Option<usize>, ProblemKind> {
    const EXTRA: u8 = 4;
    const NAME: u8 = 8;
    const COMMENT: u8 = 16;
    const CHECKSUM: u8 = 2;
    let mark = [0x1f, 0x8b];
    if !bytes.iter().zip(mark).all(|(byte, mark)| *byte == mark) {
        return Err(ProblemKind::BadArchive);
    }
    let &[_, _, method, flags, _, _, _, _, _, _, ref rest @ ..] = bytes else { return Ok(None) };
    if method != 8 {
        return Err(ProblemKind::UnsupportedMethod);
    }
    if flags & 0xe0 != 0 {
        return Err(ProblemKind::BadArchive);
    }
    let mut at = 10;
    if flags & EXTRA != 0 {
        let &[low, high, ..] = rest else { return Ok(None) };
        at += 2 + u16::from_le_bytes([low, high]) as usize;
    }
    for flag in [NAME, COMMENT] {
        if flags & flag != 0 {
            let Some(end) = bytes.get(at..).and_then(|text| memchr::memchr(0, text)) else { return Ok(None) };
            at += end + 1;
        }
    }
    if flags & CHECKSUM != 0 {
        at += 2;
    }
    Ok((bytes.len() >= at).then_some(at))
}
