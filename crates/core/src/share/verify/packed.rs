//! Reads an interactive report again: the page in it has to be the page itself, byte for byte, and each byte of
//! its data has to be accounted for. Texts are read like any other; numbers have to be codes of texts that are
//! there, or moments of the step that the report says. See `guestlens_store::store::packed` for the layout.

use super::{DEPTH, PIECE, Place, Reading, Source, hexadecimal};
use crate::store::packed::is_rounded;
use flate2::bufread::GzDecoder;
use guestlens_store::scan::{encoded, greatest};
use sha2::{Digest, Sha256};
use std::{
    cell::RefCell,
    io::{self, BufRead, Read},
    ops::Range,
};

/// What stands around the data.
const MARK: &[u8] = b"<script type=\"application/octet-stream\" id=\"report\">";
const END: &[u8] = b"</script>\n";

impl Reading<'_> {
    /// `page`: the page that made the report, as its file is; `step`: to how many ticks times have to be rounded.
    pub(super) fn interactive(
        &mut self,
        bytes: &dyn Source,
        page: &[u8],
        step: i64,
        told: &mut dyn FnMut(usize, usize),
    ) {
        self.verdict.read += bytes.len() as u64;
        let Some(data) = data_of(bytes, page) else {
            return self.hit("page", "page", 0, 4, "a page that is not the one you have opened");
        };
        let data = without_fill(bytes, data);
        if self.packed(bytes, data, step, told).is_none() {
            self.hit("data", "data", 0, 4, "data that cannot be accounted for");
        }
    }

    /// Unpacks data while they are read: all of them at once would take much room. `None` if anything is not what it
    /// has to be.
    fn packed(
        &mut self,
        source: &dyn Source,
        data: Range<usize>,
        step: i64,
        told: &mut dyn FnMut(usize, usize),
    ) -> Option<()> {
        let hash = RefCell::new(Sha256::new());
        let length = data.len();
        let mut pieces = Pieces { source, data, bytes: Vec::new(), at: 0, hash: &hash };
        // Without a name, a comment or anything else in its head.
        (pieces.fill_buf().ok()?.get(..10)?.starts_with(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0])).then_some(())?;
        let mut packed = GzDecoder::new(pieces);
        let read = self.sections(&mut packed, length, step, told);
        // Nothing stands behind it either, and all of it is part of the sum.
        let is_whole = packed.get_mut().fill_buf().ok()?.is_empty();
        self.verdict.data = hexadecimal(&hash.take().finalize());
        read.filter(|()| is_whole)
    }

    fn sections(
        &mut self,
        packed: &mut GzDecoder<Pieces>,
        length: usize,
        step: i64,
        told: &mut dyn FnMut(usize, usize),
    ) -> Option<()> {
        let mut content = Vec::new();
        take(packed, 8, &mut content)?;
        (content == b"GLSTORE1").then_some(())?;
        let mut texts = [0_u32; 256];
        loop {
            content.clear();
            packed.by_ref().take(16).read_to_end(&mut content).ok()?;
            if content.is_empty() {
                return Some(());
            }
            let head: [u8; 16] = content.as_slice().try_into().ok()?;
            let word = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
            take(packed, word(12), &mut content)?;
            self.verdict.read += 16 + content.len() as u64;
            told(length - packed.get_ref().data.len(), length);
            self.section(&head, word(8), &content, &mut texts, step)?;
        }
    }

    /// `count`: how many texts, numbers or moments there have to be; `texts`: how many there were, by domain.
    fn section(
        &mut self,
        head: &[u8; 16],
        count: u32,
        content: &[u8],
        texts: &mut [u32; 256],
        step: i64,
    ) -> Option<()> {
        let place = format!("data {}.{}.{}, ", head[1], head[2], head[3]);
        let domain = usize::from(head[5]);
        match head[0] {
            b'J' => self.text(&place, std::str::from_utf8(content).ok()?, DEPTH),
            b'T' => {
                texts[domain] = count;
                self.texts(&place, content, count)?;
            }
            b'N' => {
                let most = greatest(content, head[4], count)?;
                if domain < 255 {
                    // Code 0 is no text.
                    (most <= texts[domain]).then_some(())?;
                } else {
                    self.no_text(&place, content);
                }
            }
            b'M' => {
                let (moments, left) = content.as_chunks::<8>();
                (moments.len() == count as usize && left.is_empty()).then_some(())?;
                let mut moments = moments.iter().map(|moment| i64::from_le_bytes(*moment));
                let is_step = head[1..4] == [0, 1, 0];
                let fits = |ticks: i64| if is_step { ticks == step } else { is_rounded(ticks, step) };
                moments.all(fits).then_some(())?;
            }
            _ => return None,
        }
        Some(())
    }

    /// The texts of a dictionary; `None` unless there are so many and nothing else.
    fn texts(&mut self, place: &str, content: &[u8], count: u32) -> Option<()> {
        let mut rest = content;
        for number in 1..=count as usize {
            let mut length = 0_usize;
            for shift in [0, 7, 14, 21, 28] {
                let (byte, after) = rest.split_first()?;
                rest = after;
                length |= usize::from(byte & 127) << shift;
                if byte & 128 == 0 {
                    break;
                }
            }
            let (text, after) = rest.split_at_checked(length)?;
            rest = after;
            let text = std::str::from_utf8(text).ok()?;
            if memchr::memchr2(b'\n', b'<', text.as_bytes()).is_some() {
                self.text(&format!("{place}text {number}, "), text, DEPTH);
            } else if self.whole_line(Place { part: place, line: number }, text, DEPTH) {
                self.without_marks(place, text);
            }
        }
        rest.is_empty().then_some(())
    }

    /// Numbers that are no codes are small; nothing in them may read as a known text.
    fn no_text(&mut self, place: &str, content: &[u8]) {
        let is_letter = |byte: &u8| (0x20..0x7f).contains(byte);
        for run in content.split(|byte| !is_letter(byte)).filter(|run| run.len() >= 8) {
            let text = String::from_utf8_lossy(run).to_ascii_lowercase();
            let mut found = Vec::new();
            self.search.each(&text, &mut |from, to| found.push((from, to)));
            for (from, to) in found.into_iter().filter(|(from, to)| to - from >= 8) {
                self.hit(place, &text, from, to, "a known name, address or text");
            }
        }
    }
}

/// Base64 without the one or two signs at its end that fill it up.
fn without_fill(source: &dyn Source, data: Range<usize>) -> Range<usize> {
    let end = source.piece(data.end.saturating_sub(2).max(data.start), data.end);
    let fill = end.iter().rev().take_while(|byte| **byte == b'=').count();
    data.start..data.end - fill
}

/// What stands in the place of the data; `None` unless all around it is the page.
fn data_of(source: &dyn Source, page: &[u8]) -> Option<Range<usize>> {
    let head = source.piece(0, page.len() + MARK.len());
    let same = head.iter().zip(page).take_while(|(a, b)| a == b).count();
    // The page may go on as the mark begins, so the mark is looked for a little before.
    let from = same.saturating_sub(MARK.len());
    let at = from + memchr::memmem::find(head.get(from..)?, MARK)?;
    let after = page.strip_prefix(head.get(..at)?)?;
    // All behind the data is the end of the file; what stands before it has to be digits.
    let end = source.len().checked_sub(END.len() + after.len()).filter(|end| *end >= at + MARK.len())?;
    let is_page = !page.is_empty() && source.piece(end, source.len()).strip_prefix(END) == Some(after);
    is_page.then_some(at + MARK.len()..end)
}

/// Takes exactly so many bytes, in place of what stands in `content`.
fn take(packed: &mut GzDecoder<Pieces>, length: u32, content: &mut Vec<u8>) -> Option<()> {
    content.clear();
    packed.by_ref().take(u64::from(length)).read_to_end(content).ok()?;
    (content.len() == length as usize).then_some(())
}

/// Base64 digits, read as the bytes behind them, a piece at a time.
struct Pieces<'a> {
    source: &'a dyn Source,
    /// Where the digits stand that were not read yet.
    data: Range<usize>,
    bytes: Vec<u8>,
    at: usize,
    /// The sum of all pieces so far.
    hash: &'a RefCell<Sha256>,
}

impl BufRead for Pieces<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.bytes.len() {
            let to = self.data.end.min(self.data.start + PIECE);
            let piece = self.source.piece(self.data.start, to);
            self.data.start = to;
            self.at = 0;
            self.bytes.clear();
            if !piece.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')) {
                return Err(io::ErrorKind::InvalidData.into());
            }
            encoded::decode(&piece, &mut self.bytes);
            self.hash.borrow_mut().update(&self.bytes);
        }
        Ok(&self.bytes[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
    }
}

impl Read for Pieces<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let from = self.fill_buf()?;
        let length = from.len().min(out.len());
        out[..length].copy_from_slice(&from[..length]);
        self.consume(length);
        Ok(length)
    }
}
