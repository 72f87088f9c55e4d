//! The bookkeeping of one file: every record that a format finds passes through here and ends as an
//! event or as a problem.

use super::{
    dates::Dates,
    draft::{Draft, Texts},
    entity::Rows,
    logs::{self, Logs},
    time_text::TimeText,
};
use crate::{
    model::{Domain, EntityKind},
    store::{NO_TIME, ProblemKind, SourceState, Store},
};

/// What is known of a file between two pushes.
pub(super) struct FileState {
    source: usize,
    id: u32,
    first_event: usize,
    /// Events before this one are counted in `first`, `last` and `unknown_fields`.
    checked: usize,
    /// Bytes of white space before the text that importers get.
    pub(super) before: u64,
    records: u64,
    dates: Dates,
    /// Per code of an extra key: records that have it, and the last of them.
    unknown: Vec<(u64, usize)>,
    /// Whether its records are about entities, not events.
    pub(super) entities: bool,
    rows: Rows,
    texts: Texts,
    logs: Logs,
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
            before: 0,
            records: 0,
            dates: Dates::default(),
            unknown: Vec::new(),
            entities: false,
            rows: Rows::default(),
            texts: Texts::default(),
            logs: Logs::default(),
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
        let offset = offset.map(|offset| offset + self.file.before);
        self.store.problems.add(self.file.id, kind, record, offset);
    }

    /// Counts a record that could not be read.
    pub(super) fn lost(&mut self, kind: ProblemKind, offset: u64) {
        let kind = match kind {
            ProblemKind::NotAnEvent if self.file.entities => ProblemKind::NotUnderstood,
            kind => kind,
        };
        self.file.records += 1;
        self.problem(kind, Some(self.file.records), Some(offset));
    }

    /// Keeps the text of a file of rules. Its documents count as records, and as records that were understood:
    /// what of a rule is not supported is said where rules are listed.
    pub(super) fn rules(&mut self, text: String) {
        let documents = text.split("\n---").filter(|document| document.contains("title:")).count().max(1) as u64;
        self.file.records += documents;
        self.file.rows.records += documents;
        self.store.rule_files.push((self.file.id, text));
        self.store.note_change();
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
        let writer = self.store.writer(self.file.source as u32);
        let mut draft = Draft::new(writer, &mut self.file.texts, &mut self.file.rows);
        let verdict = read(&mut draft);
        if draft.event.repaired() {
            draft.note(ProblemKind::BadText);
        }
        let (time, problems, log) = draft.outcome();
        if draft.rows.any() {
            match verdict {
                Verdict::Event => return self.rows(number, problems, offset),
                Verdict::NotAnEvent | Verdict::Undecided => draft.rows.clear(),
            }
        }
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

    /// Adds the rows of the record at hand.
    fn rows(&mut self, number: u64, problems: u32, offset: u64) {
        let Self { store, file } = self;
        file.rows.commit(store, &mut file.dates, file.source as u32, number);
        file.records = number;
        if problems != 0 {
            self.remark(problems, false, number, offset);
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
        if file.dates.correct(store) {
            store.note_change();
            let info = &mut store.sources[file.source];
            (info.first, info.last) = (None, None);
            info.logs.clear();
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
        let info = &mut store.sources[file.source];
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
        file.logs.count(store, file.source, file.checked);
        if let Some(kind) = logs::kind(&store.sources[file.source].logs) {
            store.sources[file.source].kind = kind;
        }
        let dictionary = store.dictionary(Domain::ExtraKey);
        let counted = file.unknown.iter().enumerate().filter(|(_, (count, _))| *count > 0);
        let counted = counted.map(|(key, (count, _))| (key as u32, *count)).chain(file.rows.unknown());
        let unknown = counted.map(|(key, count)| (dictionary.get(key).into_owned(), count)).collect();
        let info = &mut store.sources[file.source];
        info.unknown_fields = unknown;
        info.records = file.records;
        info.date_order = file.dates.order();
        info.problems = store.problems.count(file.id);
        info.events = (store.time.len() - file.first_event) as u64;
        (info.entities, info.entity_records) = (file.rows.added, file.rows.records);
        if file.entities {
            info.duplicates = file.rows.duplicates;
        }
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
        if self.file.entities {
            self.end_rows();
        } else if self.source().duplicates > 0 {
            self.store.give_back();
        }
    }

    /// Ends a file of entities: rows that others hold already are taken out.
    fn end_rows(&mut self) {
        let Self { store, file } = self;
        let source = file.source as u32;
        let same_list = file.rows.end(store, source);
        let snapshot = Rows::snapshot(store, source);
        let info = &mut store.sources[file.source];
        (info.entities, info.entity_records, info.duplicates) =
            (file.rows.added, file.rows.records, file.rows.duplicates);
        info.snapshot = snapshot;
        if let Some(kind) = file.rows.kind().filter(|_| matches!(info.kind.as_str(), "entitlement" | "reviews")) {
            kind.plural().clone_into(&mut info.kind);
            if kind == EntityKind::Package && file.rows.has_resources {
                info.kind += " ";
                info.kind += EntityKind::Resource.plural();
            }
        }
        if same_list {
            self.note(SAME_LIST);
        }
    }

    /// Notes the dates that contradict the file's order.
    pub(super) fn settle_dates(&mut self) {
        let records: Vec<(u64, bool)> = self.file.dates.contradicting().collect();
        for (record, event) in records {
            let kind = if event { ProblemKind::BadTime } else { ProblemKind::BadDate };
            self.problem(kind, Some(record), None);
        }
    }
}

/// What is said of a file whose lines name nothing by which they could be told from those of another.
const SAME_LIST: &str = "Every line of it is also in another file of that name, and no line has an id: it was taken for \
                         the same export and counted once.";

/// Problems that cost no record.
const NOTED: [ProblemKind; 5] = [
    ProblemKind::BadText,
    ProblemKind::BadQuotes,
    ProblemKind::ExtraCells,
    ProblemKind::MissingCells,
    ProblemKind::BadDate,
];
