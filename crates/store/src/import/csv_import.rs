//! What all CSV formats share: text is split into records, and each record is handed over as cells.

use super::{
    Importer,
    carry::{Carry, LARGEST_RECORD},
    csv_split::{self, Cell, CellKind, Csv, End, SkipRecord},
    draft::Draft,
    intake::{Intake, Verdict},
};
use crate::store::ProblemKind;

/// How a format's row becomes an event.
pub(super) trait RowMap {
    /// Begins to read the rows of a file of that name.
    fn begin(&mut self, _file: &str) {}
    /// Reads a row; whether it is an event.
    fn read(&mut self, row: &Row, draft: &mut Draft) -> bool;
    /// Adds what is to be said about the file.
    fn finish(&mut self, _intake: &mut Intake) {}
}

/// A record's cells. Cells that are missing are empty.
pub(super) struct Row<'a> {
    text: &'a [u8],
    cells: &'a [Cell],
}

impl<'a> Row<'a> {
    /// The text of a cell.
    #[inline]
    pub(super) fn get<'t>(&self, column: usize, buffer: &'t mut Vec<u8>) -> &'t [u8]
    where
        'a: 't,
    {
        match self.cells.get(column) {
            Some(cell) => csv_split::text(self.text, cell, buffer),
            None => &[],
        }
    }

    /// Whether a cell is empty.
    #[inline]
    pub(super) fn is_empty(&self, column: usize) -> bool {
        self.cells.get(column).is_none_or(|cell| cell.start >= cell.end)
    }
}

/// An importer of CSV records.
pub(super) struct CsvImport<M> {
    carry: Carry,
    reader: CsvReader<M>,
}

struct CsvReader<M> {
    map: M,
    columns: usize,
    delimiter: u8,
    header_read: bool,
    cells: Vec<Cell>,
    skipping: Option<(SkipRecord, u64)>,
}

impl<M: RowMap> CsvImport<M> {
    /// An importer of rows under a header of so many columns.
    pub(super) fn new(map: M, columns: usize) -> Self {
        let reader = CsvReader { map, columns, delimiter: b',', header_read: false, cells: Vec::new(), skipping: None };
        Self { carry: Carry::default(), reader }
    }

    /// The same for cells that another byte than the comma separates.
    pub(super) fn delimited(mut self, delimiter: u8) -> Self {
        self.reader.delimiter = delimiter;
        self
    }
}

impl<M: RowMap> Importer for CsvImport<M> {
    fn push(&mut self, text: &[u8], intake: &mut Intake) {
        let Self { carry, reader } = self;
        carry.push(text, |text, offset| reader.step(text, offset, false, intake));
    }

    fn finish(&mut self, intake: &mut Intake) {
        let (rest, offset) = self.carry.finish();
        self.reader.step(&rest, offset, true, intake);
        self.reader.map.finish(intake);
    }
}

/// A line that Windows PowerShell's `Export-Csv` puts before the header.
pub(super) const TYPE_LINE: &[u8] = b"#TYPE ";
/// A line that the portal's templates for bulk operations have before the header.
/// Source: Microsoft's tutorial "Bulk invite Microsoft Entra B2B collaboration users".
pub(super) const VERSION_LINE: &[u8] = b"version:v";

/// Whether a line stands before the header.
pub(super) fn is_preamble(line: &[u8]) -> bool {
    line.starts_with(TYPE_LINE) || line.starts_with(VERSION_LINE)
}

impl<M: RowMap> CsvReader<M> {
    /// Uses the records that are complete (`last`: all of the text) and says how many bytes that was.
    fn step(&mut self, text: &[u8], offset: u64, last: bool, intake: &mut Intake) -> usize {
        let mut begin = 0;
        if let Some((skip, start)) = &mut self.skipping {
            let end = skip.feed(text);
            if end.is_none() && !last {
                return text.len();
            }
            intake.lost(ProblemKind::RecordTooLarge, *start);
            self.skipping = None;
            begin = end.unwrap_or(text.len());
        }
        let mut csv = Csv::with(text, std::mem::take(&mut self.cells), self.delimiter);
        csv.back(begin, usize::MAX);
        loop {
            let end = csv.next_record();
            let start = csv.begin();
            if end != End::Record {
                if !last {
                    self.cells = csv.into_cells();
                    return self.keep(text, start, offset);
                }
                if csv.cells().is_empty() {
                    break;
                }
                if text.len() - start > LARGEST_RECORD {
                    intake.lost(ProblemKind::RecordTooLarge, offset + start as u64);
                    break;
                }
                let place = offset + start as u64;
                match end {
                    End::Quoted(quote) if self.reads_on(text, start, quote) => {
                        csv.back(start, quote);
                        csv.next_record();
                        self.row(&csv, csv.at(), place, true, intake);
                        csv.back(csv.at(), usize::MAX);
                        continue;
                    }
                    _ if self.header_read && (end != End::Text || csv.cells().len() < self.columns) => {
                        intake.lost(ProblemKind::Truncated, place);
                    }
                    _ => self.row(&csv, text.len(), place, false, intake),
                }
                break;
            }
            if csv.at() - start > LARGEST_RECORD {
                intake.lost(ProblemKind::RecordTooLarge, offset + start as u64);
            } else {
                self.row(&csv, csv.at(), offset + start as u64, false, intake);
            }
        }
        self.cells = csv.into_cells();
        text.len()
    }

    /// Keeps an incomplete record for the next push, unless it is too large already.
    fn keep(&mut self, text: &[u8], start: usize, offset: u64) -> usize {
        if text.len() - start <= LARGEST_RECORD {
            return start;
        }
        let mut skip = SkipRecord::new(self.delimiter);
        skip.feed(&text[start..]);
        self.skipping = Some((skip, offset + start as u64));
        text.len()
    }

    /// Whether the text goes on with a whole record if a quote that nothing closes means nothing.
    fn reads_on(&self, text: &[u8], start: usize, quote: usize) -> bool {
        let mut csv = Csv::with(text, Vec::new(), self.delimiter);
        csv.back(start, quote);
        if csv.next_record() != End::Record {
            return false;
        }
        csv.next_record() == End::Record && csv.cells().len() == self.columns
    }

    #[inline]
    fn row(&mut self, csv: &Csv, end: usize, offset: u64, bad_quotes: bool, intake: &mut Intake) {
        let (text, cells) = (csv.text(), csv.cells());
        if !self.header_read {
            self.header_read = !is_preamble(&text[csv.begin()..end]);
            if self.header_read {
                self.map.begin(&intake.source().name);
            }
            return;
        }
        let (map, columns) = (&mut self.map, self.columns);
        intake.record(offset, |draft| {
            if !map.read(&Row { text, cells }, draft) {
                return Verdict::NotAnEvent;
            }
            if bad_quotes || cells.iter().any(|cell| cell.kind == CellKind::Odd) {
                draft.note(ProblemKind::BadQuotes);
            }
            if cells.len() != columns {
                other_count(text, cells, columns, draft);
            }
            Verdict::Event
        });
    }
}

#[cold]
fn other_count(text: &[u8], cells: &[Cell], columns: usize, draft: &mut Draft) {
    if cells.len() < columns {
        return draft.note(ProblemKind::MissingCells);
    }
    draft.note(ProblemKind::ExtraCells);
    for (at, cell) in cells.iter().enumerate().skip(columns) {
        let mut buffer = Vec::new();
        let value = csv_split::text(text, cell, &mut buffer);
        if !value.is_empty() {
            draft.extra_cell(at + 1, value);
        }
    }
}
