//! What a format is recognised by: the beginning of the text, looked at once for all formats.

use super::{
    csv_import::TYPE_LINE,
    csv_split::{self, Csv},
    json_read::Reader,
    json_split::{Attempt, JsonSink, Splitter},
};
use crate::store::ProblemKind;

/// The beginning of a file, and what it looks like as JSON and as CSV.
pub(super) struct Head {
    json: Json,
    records: Vec<Shape>,
    csv: Vec<Vec<Vec<u8>>>,
}

/// How a text is JSON.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Json {
    Not,
    /// Without any record.
    Empty,
    Records,
    Rows,
    /// Between lines of other text.
    InText,
}

/// The members of a JSON record.
#[derive(Default)]
pub(super) struct Shape {
    /// Names in lower case.
    names: Vec<String>,
    /// The first byte of each value.
    first: Vec<u8>,
}

impl Shape {
    /// Whether there is a member of that name (given in lower case).
    pub(super) fn has(&self, key: &str) -> bool {
        self.names.iter().any(|own| own == key)
    }

    /// The names of all members, in lower case.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether there is a member of that name that is an object.
    pub(super) fn has_object(&self, key: &str) -> bool {
        self.names.iter().zip(&self.first).any(|(own, first)| own == key && *first == b'{')
    }
}

impl Head {
    /// How much of the text is looked at.
    pub(super) const LENGTH: usize = 64 << 10;
    /// How many records are looked at.
    const RECORDS: usize = 32;

    pub(super) fn new(text: &[u8]) -> Self {
        let start = text.trim_ascii_start();
        let mut shapes = Shapes::default();
        let mut splitter = Splitter::default();
        splitter.step(text, 0, true, &mut shapes);
        let brackets = matches!(start.first(), Some(b'[' | b'{'));
        let json = match (shapes.records.is_empty(), splitter.text_lines) {
            (false, 0) if shapes.tables => Json::Rows,
            (false, 0) => Json::Records,
            (false, _) => Json::InText,
            (true, 0) if brackets => Json::Empty,
            (true, _) => Json::Not,
        };
        let csv = if brackets { Vec::new() } else { rows(text) };
        Self { json, records: shapes.records, csv }
    }

    /// Whether there are JSON records.
    pub(super) fn is_json(&self) -> bool {
        matches!(self.json, Json::Empty | Json::Records | Json::Rows)
    }

    /// Whether there are JSON records between lines of text.
    pub(super) fn is_transcript(&self) -> bool {
        self.json == Json::InText
    }

    /// Whether the records are rows of tables.
    pub(super) fn is_tables(&self) -> bool {
        self.json == Json::Rows
    }

    /// Whether there is JSON that holds no record.
    pub(super) fn is_empty_page(&self) -> bool {
        self.json == Json::Empty
    }

    /// Whether one of the first JSON records is like that.
    pub(super) fn any_record(&self, like: impl Fn(&Shape) -> bool) -> bool {
        self.records.iter().any(like)
    }

    /// The cells of the CSV header; none where the text is no CSV.
    pub(super) fn header(&self) -> &[Vec<u8>] {
        self.csv.first().map_or(&[], Vec::as_slice)
    }

    /// The cells of the first CSV record.
    pub(super) fn first_row(&self) -> &[Vec<u8>] {
        self.csv.get(1).map_or(&[], Vec::as_slice)
    }
}

#[derive(Default)]
struct Shapes {
    records: Vec<Shape>,
    tables: bool,
}

impl JsonSink for Shapes {
    fn record(&mut self, text: &[u8], _offset: u64) -> Attempt {
        let mut reader = Reader::new(text);
        let mut shape = Shape::default();
        self.tables |= text[0] == b'[';
        let _ = reader.object(|reader, key| {
            let first = reader.peek()?;
            shape.names.push(String::from_utf8_lossy(key).to_lowercase());
            shape.first.push(first);
            reader.skip()
        });
        let mut whole = Reader::new(text);
        if self.records.len() < Head::RECORDS {
            self.records.push(shape);
        }
        match whole.skip() {
            Ok(()) => Attempt::Read(whole.at()),
            Err(_) => Attempt::Bad(ProblemKind::BadJson),
        }
    }

    fn lost(&mut self, _kind: ProblemKind, _offset: u64) {}

    fn page_member(&mut self, key: &[u8], _value: &[u8]) {
        self.tables |= key.eq_ignore_ascii_case(b"columns");
    }
}

/// Whether a text is spelt as a GUID, in letters of either case.
pub(super) fn is_guid(text: &[u8]) -> bool {
    text.len() == 36 && [8, 13, 18, 23].iter().all(|at| text[*at] == b'-')
}

/// The first two CSV records.
fn rows(text: &[u8]) -> Vec<Vec<Vec<u8>>> {
    let mut csv = Csv::new(text);
    let mut found = Vec::new();
    while found.len() < 2 {
        let complete = csv.next_record();
        if csv.cells().is_empty() {
            break;
        }
        let type_line = found.is_empty() && text[csv.begin()..].starts_with(TYPE_LINE);
        if type_line && complete == csv_split::End::Record {
            continue;
        }
        let cells = csv.cells().iter().map(|cell| {
            let mut buffer = Vec::new();
            csv_split::text(text, cell, &mut buffer).to_vec()
        });
        found.push(cells.collect());
        if !matches!(complete, csv_split::End::Record) {
            break;
        }
    }
    found
}
