//! Reads a finished file again and says whether it holds anything that identifies. It knows nothing of how the
//! file was made: it has the bytes, the name, and what the loaded files hold.
//!
//! Any hit means that there is no file: there is no way past it.

mod archive;
mod known;
mod packed;

pub use known::Identifiers;

use crate::redact::{RULES_VERSION, forms};
use guestlens_store::{
    plain,
    scan::{Search, encoded, patterns},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Hits that are listed.
const LISTED: usize = 100;
/// How deep what is encoded in what is encoded is read.
const DEPTH: u32 = 3;
/// Bytes of a source that are read at a time; whole groups of base64.
const PIECE: usize = 1 << 16;
/// Letters around a hit that are shown to the sender.
const AROUND: usize = 24;

/// A place that identifies somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// Where: the file's name, or a line of it.
    pub place: String,
    /// What it is.
    pub what: String,
    /// The text around it: the sender's own, and never part of a report.
    pub text: String,
}

/// Bytes that are read a piece at a time: all of a large file at once would take its room twice.
pub trait Source {
    /// How many there are.
    fn len(&self) -> usize;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Those from one place to another; fewer at the end.
    fn piece(&self, from: usize, to: usize) -> Vec<u8>;
}

impl Source for &[u8] {
    fn len(&self) -> usize {
        <[u8]>::len(self)
    }

    fn piece(&self, from: usize, to: usize) -> Vec<u8> {
        let to = to.min(<[u8]>::len(self));
        self[from.min(to)..to].to_vec()
    }
}

/// What the verification found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Places in all.
    pub count: u64,
    /// The first of them.
    pub hits: Vec<Hit>,
    /// How many identifiers were looked for.
    pub identifiers: u64,
    /// Bytes read, unpacked.
    pub read: u64,
    /// SHA-256 of the file in hexadecimal.
    pub sha256: String,
    /// Of an interactive report, SHA-256 of the data inside.
    #[serde(default)]
    pub data: String,
    /// The rules it was read by.
    pub rules: u32,
}

impl Verdict {
    /// Whether the file may leave.
    pub fn is_clean(&self) -> bool {
        self.count == 0
    }
}

/// A text as it is compared.
pub(super) fn fold(text: &str) -> String {
    forms::fold(text)
}

/// Reads a finished file.
pub fn verify(bytes: &[u8], name: &str, known: &Identifiers) -> Verdict {
    read(&bytes, name, known, &mut |reading| reading.bytes("", bytes, DEPTH))
}

/// Reads a finished interactive report: all around its data has to be `page`, and its times rounded to `step` ticks.
///
/// Calls back with how many of its data's bytes are read, and of how many.
pub fn verify_interactive(
    bytes: &[u8],
    name: &str,
    known: &Identifiers,
    page: (&[u8], i64),
    told: &mut dyn FnMut(usize, usize),
) -> Verdict {
    verify_pieces(&bytes, name, known, page, told)
}

/// The same, a piece at a time.
pub fn verify_pieces(
    bytes: &dyn Source,
    name: &str,
    known: &Identifiers,
    (page, step): (&[u8], i64),
    told: &mut dyn FnMut(usize, usize),
) -> Verdict {
    read(bytes, name, known, &mut |reading| reading.interactive(bytes, page, step, told))
}

fn read(bytes: &dyn Source, name: &str, known: &Identifiers, content: &mut dyn FnMut(&mut Reading)) -> Verdict {
    let mut reading = Reading {
        search: Search::new(&known.known),
        known,
        verdict: Verdict::default(),
        seen: Vec::new(),
        folded: String::new(),
    };
    reading.text("file name", name, DEPTH);
    content(&mut reading);
    let mut verdict = reading.verdict;
    verdict.identifiers = known.len() as u64;
    let mut sum = Sha256::new();
    (0..bytes.len()).step_by(PIECE).for_each(|from| sum.update(bytes.piece(from, from + PIECE)));
    verdict.sha256 = hexadecimal(&sum.finalize());
    verdict.rules = RULES_VERSION;
    verdict
}

/// SHA-256 of bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// SHA-256 as it is written.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        text.extend([byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0')));
        text
    })
}

struct Reading<'a> {
    search: Search<'a>,
    known: &'a Identifiers,
    verdict: Verdict,
    /// Places by line and text, so that one place that several readings find counts once.
    seen: Vec<(String, String)>,
    /// Room for a line as it is compared.
    folded: String,
}

/// Where a line stands: the part, and its number within it.
#[derive(Clone, Copy)]
struct Place<'a> {
    part: &'a str,
    line: usize,
}

impl Place<'_> {
    fn said(self) -> String {
        match self.line {
            0 => self.part.to_owned(),
            line => format!("{}line {line}", self.part),
        }
    }
}

impl Reading<'_> {
    fn bytes(&mut self, place: &str, bytes: &[u8], depth: u32) {
        self.verdict.read += bytes.len() as u64;
        if bytes.starts_with(b"PK\x03\x04") {
            let Some(members) = archive::zip_members(bytes).filter(|_| depth > 0) else {
                return self.hit(place, "archive", 0, 7, "a packed part that cannot be accounted for");
            };
            for (name, content) in members {
                self.text(&format!("{place}{name}"), &name, depth - 1);
                self.bytes(&format!("{name}, "), &content, depth - 1);
            }
            return;
        }
        match bytes {
            [0xff, 0xfe, rest @ ..] => self.text(place, &utf16(rest, u16::from_le_bytes), depth),
            [0xfe, 0xff, rest @ ..] => self.text(place, &utf16(rest, u16::from_be_bytes), depth),
            _ => self.text(place, &String::from_utf8_lossy(bytes), depth),
        }
    }

    /// Reads a text as it stands, and as it reads once what is encoded in it is decoded; then without marks.
    fn text(&mut self, place: &str, text: &str, depth: u32) {
        let mut has_marks = false;
        for (number, line) in text.split('\n').enumerate() {
            let line_number = if place == "file name" { 0 } else { number + 1 };
            has_marks |= self.whole_line(Place { part: place, line: line_number }, line, depth);
        }
        if has_marks {
            self.without_marks(place, text);
        }
    }

    /// A line, and what is encoded in it; whether there is a mark in any of these.
    fn whole_line(&mut self, place: Place, line: &str, depth: u32) -> bool {
        self.line(place, line, depth);
        let mut has_marks = line.contains('<');
        let mut reading: Option<String> = None;
        for _ in 0..DEPTH {
            let Some(decoded) = encoded::decoded(reading.as_deref().unwrap_or(line)) else { break };
            decoded.split('\n').for_each(|line| self.line(place, line, depth));
            has_marks |= decoded.contains('<');
            reading = Some(decoded);
        }
        has_marks
    }

    /// Marks may stand over several lines, so all of a text is read without them.
    fn without_marks(&mut self, place: &str, text: &str) {
        let mut reading = text.to_owned();
        for _ in 0..DEPTH {
            let Some(decoded) = encoded::decoded(&reading) else { break };
            reading = decoded;
        }
        if let Some(plain) = encoded::without_marks(&reading) {
            for (number, line) in plain.split('\n').enumerate() {
                self.line(Place { part: place, line: number + 1 }, line, 0);
            }
        }
    }

    fn line(&mut self, place: Place, line: &str, depth: u32) {
        let mut folded = std::mem::take(&mut self.folded);
        plain::fold_into(line, &mut folded);
        let mut found: Vec<(usize, usize, &'static str)> = Vec::new();
        self.search.each(&folded, &mut |from, to| found.push((from, to, "a known name, address or text")));
        patterns::each(&folded, &mut |shape, from, to| found.push((from, to, shape.label())));
        for (from, to, what) in found {
            if !self.known.allowed.contains(&folded[from..to]) {
                self.hit(&place.said(), &folded, from, to, what);
            }
        }
        self.folded = folded;
        if depth == 0 {
            return;
        }
        for (at, run) in encoded::base64_runs(line) {
            let bytes = encoded::base64(run);
            let known = &self.known.known;
            let is_known = |bytes: &[u8; 16]| known.has_guid(bytes) || known.has_guid(&net_order(bytes));
            if (22..=24).contains(&run.len()) && <&[u8; 16]>::try_from(bytes.as_slice()).is_ok_and(is_known) {
                self.hit(&place.said(), line, at, at + run.len(), "a known ID in base64");
            } else if bytes.len() >= 9 && is_text(&bytes) {
                self.text(&place.said(), &String::from_utf8_lossy(&bytes), depth - 1);
            } else if bytes.starts_with(&[0x1f, 0x8b]) {
                // gzip: the packed part of an interactive report.
                let mut inflated = Vec::new();
                let mut decoder = flate2::read::GzDecoder::new(bytes.as_slice());
                if std::io::Read::read_to_end(&mut decoder, &mut inflated).is_ok() {
                    self.bytes(&format!("{}, packed, ", place.said()), &inflated, depth - 1);
                } else {
                    self.hit(&place.said(), "packed", 0, 6, "a packed part that cannot be read");
                }
            }
        }
    }

    fn hit(&mut self, place: &str, text: &str, from: usize, to: usize, what: &str) {
        let start = (0..=from.saturating_sub(AROUND)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let end = ((to + AROUND).min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(to);
        let key = (place.to_owned(), text.get(from..to).unwrap_or_default().to_owned());
        if self.seen.contains(&key) {
            return;
        }
        if self.seen.len() < LISTED {
            let text = text.get(start..end).unwrap_or_default().to_owned();
            self.verdict.hits.push(Hit { place: place.to_owned(), what: what.to_owned(), text });
            self.seen.push(key);
        }
        self.verdict.count += 1;
    }
}

fn utf16(bytes: &[u8], read: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| read(*pair));
    char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect()
}

/// The digits' order of bytes in .NET's order, and the other way round.
fn net_order(bytes: &[u8; 16]) -> [u8; 16] {
    [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map(|at| bytes[at])
}

/// Whether bytes read as text: hardly anything that is not printable.
fn is_text(bytes: &[u8]) -> bool {
    let odd = bytes.iter().filter(|byte| (**byte < 0x20 && !b"\t\r\n".contains(byte)) || **byte == 0x7f).count();
    odd == 0 && std::str::from_utf8(bytes).is_ok()
}

#[cfg(test)]
mod tests;
