//! The bookkeeping of one file: every record that a format finds passes through here and ends as an
//! event or as a problem.

use super::{
    dates::Dates,
    json_read::{Read, Reader, Value, unescape},
    time_text::{TimeText, read_time},
};
use crate::{
    model::{Column, Domain, Log, TargetColumn},
    store::{EventWriter, NO_TIME, ProblemKind, SourceState, Store},
};

/// What is known of a file between two pushes.
pub(super) struct FileState {
    source: usize,
    id: u32,
    first_event: usize,
    /// Events before this one are counted in `first`, `last` and `unknown_fields`.
    checked: usize,
    records: u64,
    dates: Dates,
    /// Per code of an extra key: records that have it, and the last of them.
    unknown: Vec<(u64, usize)>,
    /// Whether the text at hand may hold bytes that are not UTF-8.
    pub(super) doubtful: bool,
    texts: Texts,
}

/// Buffers for values that cannot be borrowed.
#[derive(Default)]
pub(super) struct Texts {
    pub(super) first: Vec<u8>,
    pub(super) second: Vec<u8>,
    pub(super) third: Vec<u8>,
}

/// What came of a record.
pub(super) enum Verdict {
    /// An event.
    Event,
    /// Nothing that is an event.
    NotAnEvent,
    /// Not counted: the caller will say what it was.
    Undecided,
}

/// A file and the store it goes to.
pub(super) struct Intake<'a> {
    pub(super) store: &'a mut Store,
    pub(super) file: &'a mut FileState,
}

impl FileState {
    pub(super) fn new(source: usize) -> Self {
        Self {
            source,
            id: 0,
            first_event: usize::MAX,
            checked: 0,
            records: 0,
            dates: Dates::default(),
            unknown: Vec::new(),
            doubtful: false,
            texts: Texts::default(),
        }
    }

    pub(super) fn begin<'a>(&'a mut self, store: &'a mut Store) -> Intake<'a> {
        if self.first_event == usize::MAX {
            self.first_event = store.len();
            self.checked = store.len();
            self.id = store.sources[self.source].id;
            store.sources[self.source].state = SourceState::Reading;
        }
        Intake { store, file: self }
    }
}

impl Intake<'_> {
    /// The place of the source in the store.
    pub(super) fn source(&mut self) -> &mut crate::store::SourceInfo {
        &mut self.store.sources[self.file.source]
    }

    /// Notes a problem that no record is lost by, or that concerns no record.
    pub(super) fn problem(&mut self, kind: ProblemKind, record: Option<u64>, offset: Option<u64>) {
        self.store.problems.add(self.file.id, kind, record, offset);
    }

    /// Counts a record that could not be read.
    pub(super) fn lost(&mut self, kind: ProblemKind, offset: u64) {
        self.file.records += 1;
        self.problem(kind, Some(self.file.records), Some(offset));
    }

    /// Adds a remark for the reader, once.
    pub(super) fn note(&mut self, text: &str) {
        let notes = &mut self.source().notes;
        if !notes.iter().any(|note| note == text) {
            notes.push(text.to_owned());
        }
    }

    /// Has a record read and counts it. `offset` is its place in the text.
    #[inline]
    pub(super) fn record(&mut self, offset: u64, read: impl FnOnce(&mut Draft) -> Verdict) {
        let number = self.file.records + 1;
        let event = self.store.len();
        let mut draft = Draft {
            event: self.store.writer(self.file.source as u32),
            texts: &mut self.file.texts,
            log: Log::Audit,
            time: TimeText::Absent,
            time_rank: u8::MAX,
            problems: 0,
        };
        let verdict = read(&mut draft);
        let (time, problems, log) = (draft.time, draft.problems, draft.log);
        match verdict {
            Verdict::Undecided => return draft.event.abandon(),
            Verdict::NotAnEvent => {
                draft.event.abandon();
                return self.lost(ProblemKind::NotAnEvent, offset);
            }
            Verdict::Event => {}
        }
        let ticks = self.file.dates.settle(event, number, time);
        draft.event.time(ticks);
        draft.event.set_log(log);
        draft.event.commit(number as u32);
        self.file.records = number;
        let untimed = matches!(time, TimeText::Absent | TimeText::Unknown);
        if problems != 0 || untimed {
            self.remark(problems, untimed, number, offset);
        }
    }

    #[cold]
    fn remark(&mut self, problems: u32, untimed: bool, number: u64, offset: u64) {
        for kind in NOTED {
            if problems & 1 << kind as u32 != 0 {
                self.problem(kind, Some(number), Some(offset));
            }
        }
        if untimed {
            self.problem(ProblemKind::BadTime, Some(number), Some(offset));
        }
    }

    /// Brings the source's figures up to date.
    pub(super) fn settle(&mut self) {
        let Self { store, file } = self;
        let info = &mut store.sources[file.source];
        if file.dates.correct(&mut store.time) {
            (info.first, info.last) = (None, None);
            file.checked = file.first_event;
            file.unknown.clear();
        }
        let (mut first, mut last) = (i64::MAX, i64::MIN);
        for &time in &store.time[file.checked..] {
            if time != NO_TIME {
                first = first.min(time);
                last = last.max(time);
            }
        }
        if first <= last {
            info.first = Some(info.first.map_or(first, |known| known.min(first)));
            info.last = Some(info.last.map_or(last, |known| known.max(last)));
        }
        for event in file.checked..store.time.len() {
            for pair in store.extras.of(event) {
                let key = store.extras.key.get(pair) as usize;
                if file.unknown.len() <= key {
                    file.unknown.resize(key + 1, (0, usize::MAX));
                }
                let (count, seen) = &mut file.unknown[key];
                *count += u64::from(*seen != event);
                *seen = event;
            }
        }
        let dictionary = store.dictionary(Domain::ExtraKey);
        let counted = file.unknown.iter().enumerate().filter(|(_, (count, _))| *count > 0);
        let unknown = counted.map(|(key, (count, _))| (dictionary.get(key as u32).into_owned(), *count)).collect();
        let info = &mut store.sources[file.source];
        info.unknown_fields = unknown;
        info.records = file.records;
        info.date_order = file.dates.order();
        info.problems = store.problems.count(file.id);
        info.events = (store.time.len() - file.first_event) as u64;
        file.checked = store.time.len();
        // Numeric dates may still turn out to be other dates, and so other events.
        if !file.dates.any_numeric() {
            self.merge();
        }
    }

    /// Takes out the events that other files, or this one, held before.
    fn merge(&mut self) {
        let duplicates = self.store.merge();
        let events = (self.store.len() - self.file.first_event) as u64;
        self.file.checked = self.store.len();
        let info = self.source();
        info.events = events;
        info.duplicates += duplicates;
    }

    /// Ends the file: what is left to merge is merged.
    pub(super) fn end(&mut self) {
        self.merge();
        self.store.end_merge();
    }

    /// Notes the dates that contradict the file's order.
    pub(super) fn settle_dates(&mut self) {
        self.file.dates.correct(&mut self.store.time);
        let records: Vec<u64> = self.file.dates.contradicting().collect();
        for record in records {
            self.problem(ProblemKind::BadTime, Some(record), None);
        }
    }
}

/// Problems that cost no record.
const NOTED: [ProblemKind; 4] =
    [ProblemKind::BadText, ProblemKind::BadQuotes, ProblemKind::ExtraCells, ProblemKind::MissingCells];

/// The event being read.
pub(super) struct Draft<'a> {
    pub(super) event: EventWriter<'a>,
    pub(super) texts: &'a mut Texts,
    /// The log that the record is of; the audit log unless the format knows better.
    pub(super) log: Log,
    time: TimeText,
    time_rank: u8,
    problems: u32,
}

impl Draft<'_> {
    /// Notes a problem that does not cost the record.
    pub(super) fn note(&mut self, kind: ProblemKind) {
        self.problems |= 1 << kind as u32;
    }

    /// Sets the time, unless a text of lower rank has set it.
    pub(super) fn time(&mut self, rank: u8, text: &[u8]) {
        if rank < self.time_rank {
            match read_time(text) {
                TimeText::Absent => {}
                // Words that are no time yield to any other source of a time.
                TimeText::Unknown if self.time_rank == u8::MAX => self.time = TimeText::Unknown,
                TimeText::Unknown => {}
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
