//! Finds the records in JSON text: in an array, in pages (`value`, `records`, `tables`), one after
//! another, or between lines of other text.

use super::{
    carry::LARGEST_RECORD,
    json_read::{Fault, Reader},
    json_resync::Resync,
};
use crate::store::ProblemKind;

/// Takes what the splitter finds.
pub(super) trait JsonSink {
    /// Reads the record (an object, or a table's row) that `text` begins with.
    fn record(&mut self, text: &[u8], offset: u64) -> Attempt;
    /// Counts a record that cannot be read.
    fn lost(&mut self, kind: ProblemKind, offset: u64);
    /// Looks at a member of a page; text of the value.
    fn page_member(&mut self, _key: &[u8], _value: &[u8]) {}
}

/// What came of reading a record.
pub(super) enum Attempt {
    /// It has so many bytes.
    Read(usize),
    /// The text ends inside it.
    Incomplete,
    /// It cannot be read.
    Bad(ProblemKind),
}

/// What encloses the place at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frame {
    /// An array of records.
    Records,
    /// An object around an array of records.
    Page,
    /// The `tables` of a page, each of them a page.
    Tables,
    /// The `rows` of a table.
    Rows,
}

/// Where in the text the splitter is, between two steps.
#[derive(Default)]
pub(super) struct Splitter {
    frames: Vec<Frame>,
    /// Within a line of text that is no JSON.
    in_text: bool,
    /// Passing over a record that is too large to be kept.
    skipping: Option<(Resync, u64)>,
    /// First key of the last record outside any array, which spares the next one the question whether
    /// it is a page.
    first_key: Vec<u8>,
    /// Lines of text between the records.
    pub(super) text_lines: u64,
}

/// Keys whose array holds records.
const PAGE_KEYS: [&[u8]; 4] = [b"value", b"records", b"tables", b"rows"];
/// How far into an object a page's array is looked for.
const PAGE_HEAD: usize = 64 << 10;
/// Arrays in arrays beyond this depth hold no records.
const MOST_FRAMES: usize = 1000;

fn is_page_key(key: &[u8]) -> bool {
    PAGE_KEYS.iter().any(|page| page.eq_ignore_ascii_case(key))
}

impl Splitter {
    /// Whether the text could end here.
    pub(super) fn at_rest(&self) -> bool {
        self.frames.is_empty() && self.skipping.is_none()
    }

    /// Uses the text as far as it is complete (`last`: all of it) and says how many bytes that was.
    pub(super) fn step(&mut self, text: &[u8], offset: u64, last: bool, sink: &mut impl JsonSink) -> usize {
        let mut at = 0;
        if let Some((resync, start)) = &mut self.skipping {
            let end = resync.feed(text);
            if end.is_none() && !last {
                return text.len();
            }
            sink.lost(ProblemKind::RecordTooLarge, *start);
            self.skipping = None;
            at = end.unwrap_or(text.len());
        }
        while at < text.len() {
            if self.in_text {
                match memchr::memchr(b'\n', &text[at..]) {
                    Some(end) => at += end,
                    None => return text.len(),
                }
                self.in_text = false;
            }
            match self.piece(&text[at..], offset + at as u64, last, sink) {
                Some(used) => at += used,
                None if last => return text.len(),
                None => return at,
            }
        }
        at
    }

    /// Uses the text's first piece and says how long that is. `None`: it is not complete.
    fn piece(&mut self, text: &[u8], offset: u64, last: bool, sink: &mut impl JsonSink) -> Option<usize> {
        const MARK: &[u8] = b"\xef\xbb\xbf";
        // A piece that never completes is not waited for beyond all measure.
        let may_wait = !last && text.len() <= LARGEST_RECORD;
        match (text[0], self.frames.last().copied()) {
            (b'}', Some(Frame::Page)) | (b']', Some(Frame::Records | Frame::Tables | Frame::Rows)) => {
                self.frames.pop();
            }
            (b' ' | b'\t' | b'\r' | b'\n' | b',' | b']' | b'}', _) => {}
            // Files put one behind another have their marks in between.
            (0xef, _) if text.starts_with(MARK) => return Some(MARK.len()),
            (0xef, _) if may_wait && MARK.starts_with(text) => return None,
            (b'{', Some(Frame::Records | Frame::Page)) | (b'[', Some(Frame::Rows)) => {
                return self.record(text, offset, last, sink);
            }
            (b'"', Some(Frame::Page)) => return self.page_member(text, sink),
            (b'{', Some(Frame::Tables)) => self.frames.push(Frame::Page),
            (b'{', _) => match self.is_page(text) {
                None if !last => return None,
                Some(true) => self.frames.push(Frame::Page),
                _ => return self.record(text, offset, last, sink),
            },
            (b'[', Some(Frame::Records)) if self.frames.len() < MOST_FRAMES => self.frames.push(Frame::Records),
            (b'[', None) => match Reader::new(&text[1..]).peek() {
                Ok(b'{' | b'[' | b']') => self.frames.push(Frame::Records),
                Err(_) if may_wait => return None,
                _ => self.text_line(),
            },
            (_, None) => self.text_line(),
            // Of a page only its members matter.
            (_, Some(frame)) if frame != Frame::Page => {
                return scalar(text, last).inspect(|_| sink.lost(ProblemKind::NotAnEvent, offset));
            }
            _ => {}
        }
        Some(1)
    }

    fn text_line(&mut self) {
        self.in_text = true;
        self.text_lines += 1;
    }

    /// Whether an object encloses records. `None`: the text ends before that is clear.
    fn is_page(&mut self, text: &[u8]) -> Option<bool> {
        let head = &text[..text.len().min(PAGE_HEAD)];
        let mut reader = Reader::new(head);
        let (mut found, mut first): (_, Option<&[u8]>) = (None, None);
        let read = reader.object(|reader, key| {
            if first.is_none() && key == self.first_key {
                found = Some(false);
            } else if matches!(reader.peek()?, b'[' | b'{') && !key.eq_ignore_ascii_case(b"columns") {
                found = Some(is_page_key(key));
            }
            first = first.or(Some(key));
            if found.is_some() { Err(Fault::Syntax) } else { reader.skip() }
        });
        if read == Err(Fault::End) && head.len() < PAGE_HEAD {
            return None;
        }
        let page = found == Some(true);
        if let Some(key) = first.filter(|key| !page && !key.starts_with(b"@") && !is_page_key(key)) {
            key.clone_into(&mut self.first_key);
        }
        Some(page)
    }

    fn page_member(&mut self, text: &[u8], sink: &mut impl JsonSink) -> Option<usize> {
        let mut reader = Reader::new(text);
        let mut step = || {
            let (key, _) = reader.string()?;
            if reader.peek()? != b':' {
                return Ok((key, b':', reader.at(), reader.at()));
            }
            let mut value = Reader::new(&text[reader.at() + 1..]);
            let first = value.peek()?;
            let start = reader.at() + 1 + value.at();
            if !(is_page_key(key) && matches!(first, b'[' | b'{')) {
                value.skip()?;
            }
            Ok((key, first, start, reader.at() + 1 + value.at()))
        };
        match step() {
            Err(Fault::End) if text.len() <= LARGEST_RECORD => None,
            Err(_) => Some(1),
            Ok((key, b'[', start, end)) if start == end => {
                let frame = match () {
                    () if key.eq_ignore_ascii_case(b"rows") => Frame::Rows,
                    () if key.eq_ignore_ascii_case(b"tables") => Frame::Tables,
                    () => Frame::Records,
                };
                self.frames.push(frame);
                Some(end + 1)
            }
            // A single record in the place of an array of them.
            Ok((_, b'{', start, end)) if start == end => Some(end),
            Ok((key, _, start, end)) => {
                sink.page_member(key, &text[start..end]);
                Some(end.max(1))
            }
        }
    }

    fn record(&mut self, text: &[u8], offset: u64, last: bool, sink: &mut impl JsonSink) -> Option<usize> {
        let kind = match sink.record(text, offset) {
            Attempt::Read(length) => return Some(length),
            Attempt::Incomplete if text.len() <= LARGEST_RECORD => {
                if !last {
                    return None;
                }
                // Unless the record lacks its end and another follows, the file does.
                let end = Resync::default().feed(text);
                sink.lost(end.map_or(ProblemKind::Truncated, |_| ProblemKind::BadJson), offset);
                if end.is_none() {
                    self.frames.clear();
                }
                return Some(end.unwrap_or(text.len()));
            }
            Attempt::Incomplete => ProblemKind::RecordTooLarge,
            Attempt::Bad(kind) => kind,
        };
        let mut resync = Resync::default();
        match resync.feed(text) {
            Some(end) => {
                sink.lost(if end > LARGEST_RECORD { ProblemKind::RecordTooLarge } else { kind }, offset);
                Some(end)
            }
            None if text.len() > LARGEST_RECORD => {
                self.skipping = Some((resync, offset));
                Some(text.len())
            }
            None if last => {
                sink.lost(kind, offset);
                Some(text.len())
            }
            None => None,
        }
    }
}

/// The length of something in an array that is neither record nor array.
fn scalar(text: &[u8], last: bool) -> Option<usize> {
    if text[0] == b'"' {
        match Reader::new(text).string() {
            Ok((inner, _)) => return Some(inner.len() + 2),
            Err(Fault::End) if !last && text.len() <= LARGEST_RECORD => return None,
            Err(_) => {}
        }
    }
    let end = text.iter().skip(1).position(|byte| b",[]{}\n\"".contains(byte)).map(|end| end + 1);
    end.or((last || text.len() > LARGEST_RECORD).then_some(text.len()))
}
