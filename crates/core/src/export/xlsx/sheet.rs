//! A sheet, packed while its lines are written.

use super::{
    HEAD, MAIN,
    archive::Packer,
    text::{append, fit},
};
use crate::export::csv::Cells;
use std::fmt::Write as _;

/// Most lines of a sheet, its head among them. Source: Microsoft, "Excel specifications and limits".
pub const LINES: u32 = 1_048_576;
/// Most columns of a sheet. Source: as for [`LINES`].
const COLUMNS: usize = 16_384;
/// Lines by which the widths of columns are told; those are written before all lines.
const MEASURED: u32 = 50;
/// Bytes that are packed at once.
const PIECE: usize = 1 << 16;

/// What a cell holds.
#[derive(Clone, Copy, Debug)]
pub enum Cell<'a> {
    /// A text; an empty one is no cell.
    Text(&'a str),
    /// Digits, with a point among them or not.
    Number(&'a str),
}

/// A sheet that is being written. Its first line is the head and stays in sight.
pub struct Sheet {
    packer: Packer,
    waiting: Vec<u8>,
    widths: Vec<usize>,
    begun: bool,
    lines: u32,
    column: usize,
    is_open: bool,
    most: u32,
    /// Lines that found no place.
    pub left_out: u64,
    /// Texts that were cut, and cells that found no place.
    pub cut: u64,
}

impl Default for Sheet {
    fn default() -> Self {
        Self::of_most(LINES)
    }
}

impl Sheet {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// One that ends after so many lines.
    fn of_most(most: u32) -> Self {
        Self {
            packer: Packer::new(),
            waiting: Vec::new(),
            widths: Vec::new(),
            begun: false,
            lines: 0,
            column: 0,
            is_open: false,
            most,
            left_out: 0,
            cut: 0,
        }
    }

    /// Lines in it, its head among them.
    pub fn lines(&self) -> u32 {
        self.lines
    }

    /// Adds a line.
    pub fn line(&mut self, cells: &[Cell]) {
        for cell in cells {
            match *cell {
                Cell::Text(text) => self.cell(text),
                Cell::Number(digits) => self.add(digits, false),
            }
        }
        self.end();
    }

    fn add(&mut self, text: &str, is_text: bool) {
        self.open();
        self.column += 1;
        if self.lines > self.most || text.is_empty() {
            return;
        }
        if self.column > COLUMNS {
            self.cut += 1;
            return;
        }
        let (text, is_cut) = fit(text);
        self.cut += u64::from(is_cut);
        if !self.begun {
            self.widths.resize(self.widths.len().max(self.column), 0);
            let width = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
            self.widths[self.column - 1] = self.widths[self.column - 1].max(width);
        }
        let place = format!("{}{}", letters(self.column), self.lines);
        let out = &mut self.waiting;
        if is_text {
            let style = if self.lines == 1 { 1 } else { 2 };
            out.extend(
                format!("<c r=\"{place}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">").bytes(),
            );
            append(text, out);
            out.extend(b"</t></is></c>");
        } else {
            out.extend(format!("<c r=\"{place}\"><v>{text}</v></c>").bytes());
        }
    }

    fn open(&mut self) {
        if self.is_open {
            return;
        }
        self.is_open = true;
        self.lines += 1;
        if self.lines <= self.most {
            self.waiting.extend(format!("<row r=\"{}\">", self.lines).bytes());
        }
    }

    /// What stands before the lines.
    fn begin(&mut self) {
        if std::mem::replace(&mut self.begun, true) {
            return;
        }
        let mut head = format!(
            "{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" \
             topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"
        );
        if !self.widths.is_empty() {
            head.push_str("<cols>");
            for (number, width) in (1..).zip(&self.widths) {
                let width = (width + 2).clamp(8, 60);
                let _ = write!(head, "<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>");
            }
            head.push_str("</cols>");
        }
        head.push_str("<sheetData>\n");
        self.packer.add(head.as_bytes());
    }

    /// The packed part, its CRC-32 and length.
    pub(super) fn finish(mut self) -> (Vec<u8>, u32, u32) {
        self.begin();
        self.waiting.extend(b"</sheetData></worksheet>\n");
        self.packer.add(&self.waiting);
        self.packer.finish()
    }
}

impl Cells for Sheet {
    fn cell(&mut self, text: &str) {
        self.add(text, true);
    }

    fn end(&mut self) {
        self.open();
        (self.is_open, self.column) = (false, 0);
        if self.lines > self.most {
            self.lines = self.most;
            self.left_out += 1;
            return;
        }
        self.waiting.extend(b"</row>\n");
        if self.lines >= MEASURED {
            self.begin();
        }
        if self.begun && self.waiting.len() > PIECE {
            self.packer.add(&self.waiting);
            self.waiting.clear();
        }
    }
}

/// The letters of a column, counted from 1.
fn letters(mut column: usize) -> String {
    let mut text = String::new();
    while column > 0 {
        column -= 1;
        text.insert(0, char::from(b'A' + (column % 26) as u8));
        column /= 26;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    fn text(sheet: Sheet) -> String {
        let (packed, _, size) = sheet.finish();
        let mut text = String::new();
        flate2::read::DeflateDecoder::new(packed.as_slice()).read_to_string(&mut text).unwrap();
        assert_eq!(text.len(), size as usize);
        text
    }

    #[test]
    fn columns_have_letters() {
        for (column, expect) in [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16_384, "XFD")] {
            assert_eq!(letters(column), expect);
        }
    }

    #[test]
    fn what_has_no_place_is_counted() {
        let mut sheet = Sheet::of_most(3);
        for number in 0..5 {
            sheet.line(&[Cell::Text("a"), Cell::Text(""), Cell::Number("4")]);
            assert_eq!(sheet.lines(), (number + 1).min(3));
        }
        assert_eq!((sheet.left_out, sheet.cut), (2, 0));
        let text = text(sheet);
        assert_eq!(text.matches("<row ").count(), 3);
        assert_eq!(text.matches("<c ").count(), 6);
        assert!(text.contains("<c r=\"C3\"><v>4</v></c></row>\n</sheetData></worksheet>"));

        let mut sheet = Sheet::new();
        sheet.cell(&"ä".repeat(40_000));
        (0..16_384).for_each(|_| sheet.cell("b"));
        sheet.end();
        assert_eq!(sheet.cut, 2);
        assert!(self::text(sheet).contains("r=\"XFD1\""));
    }
}
