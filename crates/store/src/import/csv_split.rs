//! Finds cells and records in CSV text by bit masks of its structural bytes, 64 at a time.
//!
//! The rules are those of the `csv` crate: a cell is quoted where its first byte is a quote, `""` in it is
//! a quote, what follows the closing quote is taken as it is; quotes elsewhere mean nothing; a record ends
//! at CR, LF or CRLF; empty lines are no records.

use super::json_read::block;
use wide::u8x16;

/// Where a cell stands in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) kind: CellKind,
}

/// How a cell's bytes are its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum CellKind {
    /// As they are.
    #[default]
    Plain,
    /// With every quote doubled.
    Doubled,
    /// From the opening quote on, with text after the closing one.
    Odd,
}

/// How a record ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// At a line end.
    Record,
    /// With the text.
    Text,
    /// With the text, inside the quoted cell that begins here.
    Quoted(usize),
}

/// Goes through the records of a text.
pub(super) struct Csv<'a> {
    text: &'a [u8],
    /// What separates cells.
    delimiter: u8,
    /// Where the next record begins.
    at: usize,
    /// Where the last one begins.
    begin: usize,
    /// A quote that is to mean nothing.
    literal: usize,
    cells: Vec<Cell>,
    base: usize,
    /// Of the 64 bytes from `base` on, a bit for each that is still ahead.
    quotes: u64,
    /// Commas and line ends.
    others: u64,
    /// Commas, also those that are past.
    commas: u64,
}

impl<'a> Csv<'a> {
    #[cfg(test)]
    pub(super) fn new(text: &'a [u8]) -> Self {
        Self::with(text, Vec::new(), b',')
    }

    /// Goes through a text with a buffer to put the cells in and the byte that separates them.
    pub(super) fn with(text: &'a [u8], cells: Vec<Cell>, delimiter: u8) -> Self {
        let literal = usize::MAX;
        let mut csv =
            Self { text, delimiter, at: 0, begin: 0, literal, cells, base: 0, quotes: 0, others: 0, commas: 0 };
        csv.look(0);
        csv
    }

    /// All of the text.
    pub(super) fn text(&self) -> &'a [u8] {
        self.text
    }

    /// Where the next record begins.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Where the last record begins, behind any empty lines.
    pub(super) fn begin(&self) -> usize {
        self.begin
    }

    /// The cells of the last record. Of an empty cell the place is not told.
    pub(super) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Gives the buffer back.
    pub(super) fn into_cells(self) -> Vec<Cell> {
        self.cells
    }

    /// Goes back to a place, from where the quote at another place means nothing.
    pub(super) fn back(&mut self, at: usize, literal: usize) {
        self.at = at;
        self.literal = literal;
        self.look(at);
    }

    /// Computes the masks of the 64 bytes from `base` on.
    #[inline]
    fn look(&mut self, base: usize) {
        self.base = base;
        (self.quotes, self.others, self.commas) = (0, 0, 0);
        if let Some(bytes) = self.text.get(base..base + 64) {
            for part in 0..4 {
                self.mask(block(bytes, part * 16).unwrap_or_default(), part);
            }
        } else {
            let mut bytes = [0; 64];
            let rest = &self.text[base.min(self.text.len())..];
            bytes[..rest.len()].copy_from_slice(rest);
            for part in 0..4 {
                self.mask(block(&bytes, part * 16).unwrap_or_default(), part);
            }
        }
    }

    #[inline]
    fn mask(&mut self, block: u8x16, part: usize) {
        let is = |byte| block.simd_eq(u8x16::splat(byte));
        self.quotes |= (is(b'"').to_bitmask() as u64) << (part * 16);
        let commas = is(self.delimiter);
        self.commas |= (commas.to_bitmask() as u64) << (part * 16);
        self.others |= ((commas | is(b'\n') | is(b'\r')).to_bitmask() as u64) << (part * 16);
    }

    /// The next quote, comma or line end.
    #[inline]
    fn next(&mut self) -> Option<usize> {
        loop {
            let all = self.quotes | self.others;
            if all != 0 {
                let lowest = all & all.wrapping_neg();
                self.quotes &= !lowest;
                self.others &= !lowest;
                return Some(self.base + all.trailing_zeros() as usize);
            }
            if self.base + 64 >= self.text.len() {
                return None;
            }
            self.look(self.base + 64);
        }
    }

    /// The next comma or line end.
    #[inline]
    fn next_other(&mut self) -> Option<usize> {
        loop {
            if self.others != 0 {
                let at = self.others.trailing_zeros();
                self.clear_to(at);
                return Some(self.base + at as usize);
            }
            if self.base + 64 >= self.text.len() {
                return None;
            }
            self.look(self.base + 64);
        }
    }

    /// The next quote.
    #[inline]
    fn next_quote(&mut self) -> Option<usize> {
        loop {
            if self.quotes != 0 {
                let at = self.quotes.trailing_zeros();
                self.clear_to(at);
                return Some(self.base + at as usize);
            }
            if self.base + 64 >= self.text.len() {
                return None;
            }
            self.look(self.base + 64);
        }
    }

    /// Forgets the bits up to one and with it.
    #[inline]
    fn clear_to(&mut self, at: u32) {
        let keep = u64::MAX.checked_shl(at + 1).unwrap_or(0);
        self.quotes &= keep;
        self.others &= keep;
    }

    #[inline]
    fn push(&mut self, start: usize, end: usize, kind: CellKind) {
        self.cells.push(Cell { start: start as u32, end: end as u32, kind });
    }

    /// Finds the cells of the next record. With [`End::Record`] the place moves behind it.
    #[inline]
    pub(super) fn next_record(&mut self) -> End {
        self.cells.clear();
        let mut start = self.at;
        self.begin = start;
        loop {
            let Some(at) = self.next() else {
                if start < self.text.len() || !self.cells.is_empty() {
                    self.push(start, self.text.len(), CellKind::Plain);
                }
                return End::Text;
            };
            let end;
            if self.text[at] == b'"' {
                if at == start && at != self.literal {
                    match self.quoted(start) {
                        Ok(next) => end = next,
                        Err(end) => return end,
                    }
                } else {
                    let next = self.next_other();
                    end = next.unwrap_or(self.text.len());
                    self.push(start, end, CellKind::Plain);
                    if next.is_none() {
                        return End::Text;
                    }
                }
            } else if self.text[at] != self.delimiter && at == start && self.cells.is_empty() {
                // An empty line.
                start = at + 1;
                (self.at, self.begin) = (start, start);
                continue;
            } else {
                self.push(start, at, CellKind::Plain);
                end = at + self.empty_cells(at);
            }
            start = end + 1;
            if self.text[end] != self.delimiter {
                self.at = start;
                return End::Record;
            }
        }
    }

    /// Adds the empty cells between the comma here and those that follow at once; says how many.
    #[inline]
    fn empty_cells(&mut self, at: usize) -> usize {
        let bit = at - self.base;
        let more = ((self.commas >> bit).trailing_ones() as usize).saturating_sub(1);
        if more > 0 {
            self.cells.resize(self.cells.len() + more, Cell::default());
            self.clear_to((bit + more) as u32);
        }
        more
    }

    /// Reads the quoted cell that begins here, up to the comma or line end behind it.
    #[inline]
    fn quoted(&mut self, start: usize) -> Result<usize, End> {
        let mut kind = CellKind::Plain;
        let closing = loop {
            let Some(quote) = self.next_quote() else {
                self.push(start, self.text.len(), CellKind::Odd);
                return Err(End::Quoted(start));
            };
            if self.text.get(quote + 1) != Some(&b'"') {
                break quote;
            }
            self.next_quote();
            kind = CellKind::Doubled;
        };
        let next = self.next_other();
        let end = next.unwrap_or(self.text.len());
        if end == closing + 1 {
            self.push(start + 1, closing, kind);
        } else {
            self.push(start, end, CellKind::Odd);
        }
        next.ok_or(End::Text)
    }
}

/// The text of a cell.
#[inline]
pub(super) fn text<'t>(text: &'t [u8], cell: &Cell, buffer: &'t mut Vec<u8>) -> &'t [u8] {
    let bytes = &text[cell.start as usize..cell.end as usize];
    if cell.kind == CellKind::Plain {
        return bytes;
    }
    unquote(bytes, cell.kind, buffer);
    buffer
}

fn unquote(bytes: &[u8], kind: CellKind, buffer: &mut Vec<u8>) {
    if kind == CellKind::Doubled {
        return halve_quotes(bytes, buffer);
    }
    buffer.clear();
    let mut rest = if kind == CellKind::Odd { &bytes[1..] } else { bytes };
    while let Some(quote) = memchr::memchr(b'"', rest) {
        let doubled = rest.get(quote + 1) == Some(&b'"');
        buffer.extend_from_slice(&rest[..quote + usize::from(doubled)]);
        rest = &rest[quote + 1 + usize::from(doubled)..];
        if !doubled {
            // Behind the closing quote quotes mean nothing.
            break;
        }
    }
    buffer.extend_from_slice(rest);
}

/// Drops the second quote of each pair. Byte by byte, as quotes stand close together in JSON.
fn halve_quotes(bytes: &[u8], buffer: &mut Vec<u8>) {
    buffer.resize(bytes.len(), 0);
    let (mut length, mut second) = (0, false);
    for &byte in bytes {
        let is_quote = byte == b'"';
        buffer[length] = byte;
        length += usize::from(!(is_quote && second));
        second = is_quote && !second;
    }
    buffer.truncate(length);
}

/// Finds the end of a record that is too large to be kept, across pushes.
pub(super) struct SkipRecord {
    state: SkipState,
    delimiter: u8,
}

#[derive(Default, Clone, Copy)]
enum SkipState {
    #[default]
    CellStart,
    Bare,
    Quoted,
    /// Behind a quote in a quoted cell.
    Quote,
}

impl SkipRecord {
    /// Cells are separated by that byte.
    pub(super) fn new(delimiter: u8) -> Self {
        Self { state: SkipState::default(), delimiter }
    }

    /// Where in these bytes the next record begins.
    pub(super) fn feed(&mut self, text: &[u8]) -> Option<usize> {
        use SkipState::{Bare, CellStart, Quote, Quoted};
        for (at, &byte) in text.iter().enumerate() {
            self.state = match (self.state, byte) {
                (Quoted, b'"') => Quote,
                (CellStart | Quote, b'"') | (Quoted, _) => Quoted,
                (_, b'\n' | b'\r') => return Some(at + 1),
                (_, byte) if byte == self.delimiter => CellStart,
                _ => Bare,
            };
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn own(bytes: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let mut csv = Csv::new(bytes);
        let mut records = Vec::new();
        loop {
            let end = csv.next_record();
            if !csv.cells().is_empty() {
                records.push(csv.cells().iter().map(|cell| text(bytes, cell, &mut Vec::new()).to_vec()).collect());
            }
            if end != End::Record {
                return records;
            }
        }
    }

    fn theirs(bytes: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        reader.byte_records().map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect()).collect()
    }

    #[test]
    fn splits_as_the_csv_crate_does() {
        for text in [
            "a,b\nc",
            "\"a\"\"b\",c\r\n\r\nd,,\n",
            "a\"b,\"c\"d\"e\",\"f",
            ",\n",
            "\"\"\n",
            "a,\"b\r\nc\"\rd\r\n",
            "\"a\" ,b",
            "\"a\"",
        ] {
            assert_eq!(own(text.as_bytes()), theirs(text.as_bytes()), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_csv_crate(bytes in prop::collection::vec(prop::sample::select(b"\"\"\",,\n\rab ".to_vec()), 0..400)) {
            prop_assert_eq!(own(&bytes), theirs(&bytes));
        }

        #[test]
        fn agrees_on_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assume!(!bytes.starts_with(b"\xef\xbb\xbf"));
            prop_assert_eq!(own(&bytes), theirs(&bytes));
        }
    }
}
