//! The event being read: what an importer sets it by, from bytes or from JSON.

use super::{
    entity::Rows,
    json_read::{Read, Reader},
    json_value::{Value, unescape},
    time_text::{TimeText, read_time},
};
use crate::{
    model::{Column, Log, TargetColumn},
    store::{EventWriter, ProblemKind},
};

/// Buffers for values that cannot be borrowed.
#[derive(Default)]
pub(super) struct Texts {
    pub(super) first: Vec<u8>,
    pub(super) second: Vec<u8>,
    pub(super) third: Vec<u8>,
}

/// The event being read.
pub(super) struct Draft<'a> {
    pub(super) event: EventWriter<'a>,
    pub(super) texts: &'a mut Texts,
    /// Rows of entities, instead of the event.
    pub(super) rows: &'a mut Rows,
    /// The log that the record is of; the audit log unless the format knows better.
    pub(super) log: Log,
    time: TimeText,
    time_rank: u8,
    problems: u32,
}

impl<'a> Draft<'a> {
    /// Begins an event.
    pub(super) fn new(event: EventWriter<'a>, texts: &'a mut Texts, rows: &'a mut Rows) -> Self {
        Self { event, texts, rows, log: Log::Audit, time: TimeText::Absent, time_rank: u8::MAX, problems: 0 }
    }

    /// The time, a bit for each kind of problem noted, and the log.
    pub(super) fn outcome(&self) -> (TimeText, u32, Log) {
        (self.time, self.problems, self.log)
    }

    /// Notes a problem that does not cost the record.
    pub(super) fn note(&mut self, kind: ProblemKind) {
        self.problems |= 1 << kind as u32;
    }

    /// Sets the time, unless a text of lower rank has set it.
    pub(super) fn time(&mut self, rank: u8, text: &[u8]) {
        if rank < self.time_rank {
            match read_time(text) {
                // Words that are no time yield to any other source of a time.
                TimeText::Unknown if self.time_rank == u8::MAX => self.time = TimeText::Unknown,
                TimeText::Absent | TimeText::Unknown => {}
                time => (self.time, self.time_rank) = (time, rank),
            }
        }
    }

    /// Whether there is a time.
    pub(super) fn has_time(&self) -> bool {
        self.time_rank != u8::MAX
    }

    /// Sets a value that needs no special care, or none.
    #[inline]
    pub(super) fn set(&mut self, column: Column, text: &[u8]) {
        match column {
            Column::Result => self.event.set(column, canonical_result(text)),
            Column::Log => match Log::from_label(text) {
                Some(log) => self.log = log,
                None if text.is_empty() => {}
                None => self.event.extra(b"log", text),
            },
            Column::IpAddress if text == b"<null>" => {}
            _ => self.event.set(column, text),
        }
    }

    /// Sets a value only where there is none.
    pub(super) fn set_missing(&mut self, column: Column, text: &[u8]) {
        if !self.event.has(column) {
            self.set(column, text);
        }
    }

    /// Takes the time of an envelope around the record: the event's time if it has none, else an extra
    /// where it is another.
    pub(super) fn outer_time(&mut self, rank: u8, key: &str, value: Value) {
        let mut buffer = std::mem::take(&mut self.texts.first);
        let text = value.text(&mut buffer, &mut false);
        let another = self.has_time() && !read_time(text).may_be(self.time);
        self.time(rank, text);
        self.texts.first = buffer;
        if another {
            self.extra("", key.as_bytes(), value);
        }
    }

    /// Takes a value of an envelope around the record: the event's value if it has none in the first
    /// column, else an extra where none of the columns holds it.
    pub(super) fn outer(&mut self, columns: &[Column], key: &str, value: Value) {
        if value.is_empty() {
            return;
        }
        let mut bad = false;
        let mut buffer = std::mem::take(&mut self.texts.first);
        let text = value.text(&mut buffer, &mut bad);
        let known = columns.iter().any(|column| self.event.is(*column, text));
        let extra = !known && self.event.has(columns[0]);
        if !known && !extra {
            self.set(columns[0], text);
        }
        self.texts.first = buffer;
        self.bad_text(bad);
        if extra {
            self.extra("", key.as_bytes(), value);
        }
    }

    /// Sets a column from the JSON value at hand.
    #[inline]
    pub(super) fn set_json(&mut self, column: Column, reader: &mut Reader) -> Read<()> {
        let value = reader.value()?;
        let mut bad = false;
        let mut buffer = std::mem::take(&mut self.texts.first);
        self.set(column, value.text(&mut buffer, &mut bad));
        self.texts.first = buffer;
        self.bad_text(bad);
        Ok(())
    }

    /// Sets a column of the open target from the JSON value at hand.
    #[inline]
    pub(super) fn set_target_json(&mut self, column: TargetColumn, reader: &mut Reader) -> Read<()> {
        let value = reader.value()?;
        let mut bad = false;
        self.event.set_target(column, value.text(&mut self.texts.first, &mut bad));
        self.bad_text(bad);
        Ok(())
    }

    /// Adds a modified property.
    #[inline]
    pub(super) fn change(&mut self, name: Value, old: Value, new: Value) {
        if name.is_empty() && old.is_empty() && new.is_empty() {
            return;
        }
        let mut bad = false;
        let Texts { first, second, third } = &mut *self.texts;
        self.event.change(name.text(first, &mut bad), old.text(second, &mut bad), new.text(third, &mut bad));
        self.bad_text(bad);
    }

    /// Adds an additional detail.
    #[inline]
    pub(super) fn detail(&mut self, key: Value, value: Value) {
        if key.is_empty() && value.is_empty() {
            return;
        }
        let mut bad = false;
        let Texts { first, second, .. } = &mut *self.texts;
        self.event.detail(key.text(first, &mut bad), value.text(second, &mut bad));
        self.bad_text(bad);
    }

    /// Keeps a member that no column knows, under its path; `key` may have escapes.
    pub(super) fn extra(&mut self, path: &str, key: &[u8], value: Value) {
        if value.is_empty() {
            return;
        }
        let mut bad = false;
        let Texts { first, second, .. } = &mut *self.texts;
        first.clear();
        first.extend_from_slice(path.as_bytes());
        bad |= unescape(key, first);
        self.event.extra(first, value.text(second, &mut bad));
        self.bad_text(bad);
    }

    /// Keeps the JSON value at hand as a member that no column knows.
    pub(super) fn extra_json(&mut self, path: &str, key: &[u8], reader: &mut Reader) -> Read<()> {
        let value = reader.value()?;
        self.extra(path, key, value);
        Ok(())
    }

    #[inline]
    fn bad_text(&mut self, bad: bool) {
        if bad {
            self.note(ProblemKind::BadText);
        }
    }
}

/// `success`, `failure`, `timeout` and `interrupted` in lower case, anything else as it is.
fn canonical_result(text: &[u8]) -> &[u8] {
    const RESULTS: [&[u8]; 4] = [b"success", b"failure", b"timeout", b"interrupted"];
    RESULTS.into_iter().find(|result| result.eq_ignore_ascii_case(text)).unwrap_or(text)
}
