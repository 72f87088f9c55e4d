//! What a format is recognised by: the beginning of the text, looked at once for all formats.

use super::{
    csv_import::is_preamble,
    csv_split::{self, Csv},
    json_read::{Read, Reader},
    json_split::{Attempt, JsonSink, Splitter},
};
use crate::store::{MappingChoice, ProblemKind};

/// The beginning of a file, and what it looks like as JSON and as CSV.
pub(super) struct Head {
    json: Json,
    records: Vec<Shape>,
    csv: Vec<Vec<Vec<u8>>>,
    delimiter: u8,
    context: String,
    sigma: bool,
    /// What the reader of the file says its columns are.
    pub(super) choice: Option<MappingChoice>,
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
    odata_type: String,
    context: String,
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

    /// Its `@odata.type`.
    pub(super) fn odata_type(&self) -> &str {
        &self.odata_type
    }

    /// Its own `@odata.context`.
    pub(super) fn context(&self) -> &str {
        &self.context
    }

    /// Reads the members' names of a record; whether it is whole.
    pub(super) fn read(text: &[u8]) -> (Self, Read<()>) {
        let mut shape = Self::default();
        let read = Reader::new(text).object(|reader, key| {
            let first = reader.peek()?;
            let key = String::from_utf8_lossy(key).to_lowercase();
            let value = reader.value()?;
            let place = match key.as_str() {
                "@odata.type" | "odata.type" => Some(&mut shape.odata_type),
                "@odata.context" => Some(&mut shape.context),
                _ => None,
            };
            if let Some(place) = place {
                *place = String::from_utf8_lossy(value.text(&mut Vec::new(), &mut false)).into_owned();
            }
            shape.names.push(key);
            shape.first.push(first);
            Ok(())
        });
        (shape, read)
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
        let (csv, delimiter) = if brackets { (Vec::new(), b',') } else { rows(text) };
        let Shapes { records, context, .. } = shapes;
        Self { json, records, csv, delimiter, context, sigma: !brackets && is_sigma(text), choice: None }
    }

    /// Whether it is YAML of Sigma rules.
    pub(super) fn is_sigma(&self) -> bool {
        self.sigma
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

    /// The `@odata.context` of the first page.
    pub(super) fn context(&self) -> &str {
        &self.context
    }

    /// What separates cells.
    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
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
    context: String,
}

impl JsonSink for Shapes {
    fn record(&mut self, text: &[u8], _offset: u64) -> Attempt {
        self.tables |= text[0] == b'[';
        let (shape, _) = Shape::read(text);
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

    fn page_member(&mut self, key: &[u8], value: &[u8]) {
        if self.context.is_empty() && key == b"@odata.context" {
            String::from_utf8_lossy(value).trim_matches('"').clone_into(&mut self.context);
        }
        self.tables |= key.eq_ignore_ascii_case(b"columns");
    }
}

/// Whether lines begin with the members that every Sigma rule has.
fn is_sigma(text: &[u8]) -> bool {
    let has = |key: &[u8]| text.split(|byte| *byte == b'\n').any(|line| line.starts_with(key));
    has(b"title:") && (has(b"logsource:") && has(b"detection:") || has(b"correlation:"))
}

/// Whether a text is spelt as a GUID, in letters of either case.
pub(super) fn is_guid(text: &[u8]) -> bool {
    text.len() == 36 && [8, 13, 18, 23].iter().all(|at| text[*at] == b'-')
}

/// The first two CSV records, and what separates their cells: whatever makes the most of the header.
fn rows(text: &[u8]) -> (Vec<Vec<Vec<u8>>>, u8) {
    let mut best = (first_rows(text, b','), b',');
    for delimiter in *b";\t" {
        let found = first_rows(text, delimiter);
        if found.first().map_or(0, Vec::len) > best.0.first().map_or(0, Vec::len) {
            best = (found, delimiter);
        }
    }
    best
}

fn first_rows(text: &[u8], delimiter: u8) -> Vec<Vec<Vec<u8>>> {
    let mut csv = Csv::with(text, Vec::new(), delimiter);
    let mut found = Vec::new();
    while found.len() < 2 {
        let complete = csv.next_record();
        if csv.cells().is_empty() {
            break;
        }
        let preamble = found.is_empty() && is_preamble(&text[csv.begin()..]);
        if preamble && complete == csv_split::End::Record {
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
