//! Which logs a file's records are of, and over what time: what coverage is made from.

use crate::arrange::Arrange as _;
use crate::{
    model::{Column, Domain, Log},
    store::{LogSpan, NO_TIME, Store},
};

/// What was found out about codes of the store.
#[derive(Default)]
pub(super) struct Logs {
    /// Per code of a service: whether it is B2C, where that is known.
    b2c: Vec<Option<bool>>,
}

/// What the records of a file are about, see `SourceInfo::kind`, by the logs that they are of; several words
/// with a space between where it holds several. None before the first record.
pub(super) fn kind(logs: &[LogSpan]) -> Option<String> {
    let word = |log: &LogSpan| match Log::from_label(log.log.as_bytes()) {
        Some(Log::Audit) => "audit",
        Some(Log::Unified) => "unified-audit-log",
        _ => "sign-ins",
    };
    let mut words: Vec<&str> = logs.iter().map(word).collect();
    words.arrange();
    words.dedup();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The code of the log that an event is of.
fn log_of(store: &Store, event: usize) -> u32 {
    store.column(Column::Log).get(event)
}

impl Logs {
    /// Counts the events from `first` on, all of that source, before duplicates are taken out.
    pub(super) fn count(&mut self, store: &mut Store, source: usize, first: usize) {
        let mut spans = std::mem::take(&mut store.sources[source].logs);
        let mut at: Option<(u32, usize)> = None;
        for event in first..store.len() {
            let code = log_of(store, event);
            let place = match at {
                Some((known, place)) if known == code => place,
                _ => {
                    let name = store.dictionary(Domain::Log).get(code);
                    spans.iter().position(|span| span.log == name).unwrap_or_else(|| {
                        spans.push(LogSpan { log: name.into_owned(), ..LogSpan::default() });
                        spans.len() - 1
                    })
                }
            };
            at = Some((code, place));
            let span = &mut spans[place];
            span.records += 1;
            span.b2c += u64::from(self.is_b2c(store, store.column(Column::Service).get(event)));
            let time = store.time[event];
            if time != NO_TIME {
                span.first = Some(span.first.map_or(time, |known| known.min(time)));
                span.last = Some(span.last.map_or(time, |known| known.max(time)));
            }
        }
        store.sources[source].logs = spans;
    }

    fn is_b2c(&mut self, store: &Store, service: u32) -> bool {
        let at = service as usize;
        if self.b2c.len() <= at {
            self.b2c.resize(at + 1, None);
        }
        *self.b2c[at].get_or_insert_with(|| store.dictionary(Domain::Service).get(service).eq_ignore_ascii_case("B2C"))
    }
}
