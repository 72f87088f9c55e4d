//! The values of one field, whatever table they stand in: a walk over events and their codes, and
//! the texts behind the codes. What is done with the codes is the caller's business.

use super::{Events, clock::DayClock, lines::Lines, time_bins::period};
use crate::{
    model::{Domain, Field, Place},
    store::{Codes, Dictionary, NO_TIME, SourceInfo, Store},
    time::{self, DAY, Zone},
    with_codes,
};
use std::{borrow::Cow, ops::Range};

/// Codes of a field per event, and their texts.
///
/// Code 0 is "no value", but for [`Field::Source`], where every code is a source.
pub struct FieldValues<'a> {
    shape: Shape<'a>,
    labels: Labels<'a>,
}

enum Shape<'a> {
    /// Exactly one code per event.
    One(Cow<'a, Codes>),
    /// Any number of codes per event.
    Many(Spans<'a>, &'a Codes),
    /// Any number of old and new values per event.
    OldNew(Spans<'a>, &'a Codes, &'a Codes),
}

/// Where the lines of a child table begin and end for each event.
#[derive(Clone, Copy)]
enum Spans<'a> {
    Direct(&'a [u32]),
    /// Event to target to change.
    Through(&'a [u32], &'a [u32]),
}

impl Spans<'_> {
    #[inline]
    fn of(self, event: usize) -> Range<usize> {
        match self {
            Self::Direct(start) => start[event] as usize..start[event + 1] as usize,
            Self::Through(outer, inner) => {
                inner[outer[event] as usize] as usize..inner[outer[event + 1] as usize] as usize
            }
        }
    }
}

enum Labels<'a> {
    Dictionary(&'a Dictionary),
    /// With the number of codes.
    Sources(&'a [SourceInfo], usize),
    /// Code 1 is this day since 1970, in the zone; with the number of codes.
    Days(i64, usize),
}

impl<'a> FieldValues<'a> {
    /// The values of a field. Times count as days of the zone.
    pub fn new(store: &'a Store, field: Field, zone: &Zone) -> Self {
        let targets = Spans::Direct(&store.target_start);
        let changes = Spans::Through(&store.target_start, &store.change_start);
        let details = Spans::Direct(&store.details.start);
        let shape = match field.place() {
            Place::Time => return Self::days(store, zone),
            Place::Source => {
                let shape = Shape::One(Cow::Borrowed(&store.source));
                let largest =
                    with_codes!(&store.source, codes => codes.iter().max().map_or(0, |code| *code as usize + 1));
                return Self { shape, labels: Labels::Sources(&store.sources, largest.max(store.sources.len())) };
            }
            Place::Event(column) => Shape::One(Cow::Borrowed(store.column(column))),
            Place::Target(column) => Shape::Many(targets, store.target_column(column)),
            Place::ChangeName => Shape::Many(changes, &store.change_name),
            Place::ChangeValue => Shape::OldNew(changes, &store.change_old, &store.change_new),
            Place::DetailKey => Shape::Many(details, &store.details.key),
            Place::DetailValue => Shape::Many(details, &store.details.value),
        };
        let domain = field.domain().unwrap_or(Domain::Activity);
        Self { shape, labels: Labels::Dictionary(store.dictionary(domain)) }
    }

    fn days(store: &Store, zone: &Zone) -> Self {
        let mut clock = DayClock::new(zone);
        let Some((first, last)) = period(&store.time) else {
            let none = vec![0; store.len()];
            return Self { shape: Shape::One(Cow::Owned(Codes::Narrow(none))), labels: Labels::Days(0, 1) };
        };
        // A clock that is put back at midnight can show an earlier day at a later instant.
        let (first, last) = (clock.day(first) - 1, clock.day(last) + 1);
        let mut code = |ticks: &i64| if *ticks == NO_TIME { 0 } else { (clock.day(*ticks) - first + 1) as u32 };
        let length = (last - first + 2) as usize;
        let codes = if length <= 1 << 16 {
            Codes::Middle(store.time.iter().map(|ticks| code(ticks) as u16).collect())
        } else {
            Codes::Wide(store.time.iter().map(code).collect())
        };
        Self { shape: Shape::One(Cow::Owned(codes)), labels: Labels::Days(first, length) }
    }

    /// One more than the largest code there can be.
    pub fn len(&self) -> usize {
        match self.labels {
            Labels::Dictionary(dictionary) => dictionary.len(),
            Labels::Sources(_, length) | Labels::Days(_, length) => length,
        }
    }

    /// Whether there can be no code at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether code 0 means "no value".
    pub fn has_no_value(&self) -> bool {
        !matches!(self.labels, Labels::Sources(..))
    }

    /// The dictionary of the codes, if they have one.
    pub fn dictionary(&self) -> Option<&'a Dictionary> {
        match self.labels {
            Labels::Dictionary(dictionary) => Some(dictionary),
            Labels::Sources(..) | Labels::Days(..) => None,
        }
    }

    /// The value of a code as clauses name it; empty for "no value".
    pub fn label(&self, code: u32) -> Cow<'a, str> {
        match self.labels {
            Labels::Dictionary(dictionary) => dictionary.get(code),
            Labels::Sources(sources, _) => {
                Cow::Owned(sources.get(code as usize).map_or(String::new(), SourceInfo::key))
            }
            Labels::Days(_, _) if code == 0 => Cow::Borrowed(""),
            Labels::Days(first, _) => {
                let (year, month, day) = time::calendar((first + code as i64 - 1) * DAY);
                Cow::Owned(format!("{year:04}-{month:02}-{day:02}"))
            }
        }
    }

    /// Calls back with the wanted codes and their values, in code order.
    pub fn each_label(&self, wanted: impl Fn(u32) -> bool, mut each: impl FnMut(u32, &str)) {
        if let Labels::Dictionary(dictionary) = self.labels {
            dictionary.for_each(|code, text| {
                if wanted(code) {
                    each(code, &String::from_utf8_lossy(text));
                }
            });
        } else {
            (0..self.len() as u32).filter(|code| wanted(*code)).for_each(|code| each(code, &self.label(code)));
        }
    }

    /// The value of a code as a reader knows it: a source by its file name.
    pub fn display(&self, code: u32) -> Cow<'a, str> {
        match self.labels {
            Labels::Sources(sources, _) => {
                Cow::Borrowed(sources.get(code as usize).map_or("", |source| source.name.as_str()))
            }
            _ => self.label(code),
        }
    }

    /// Calls back with every value as a reader knows it, in code order.
    pub fn each_display(&self, mut each: impl FnMut(&str)) {
        if let Labels::Dictionary(dictionary) = self.labels {
            dictionary.for_each(|_, text| each(&String::from_utf8_lossy(text)));
        } else {
            (0..self.len() as u32).for_each(|code| each(&self.display(code)));
        }
    }

    /// The code of a value. A source goes by its key or by its file name.
    pub fn find(&self, value: &str) -> Option<u32> {
        match self.labels {
            Labels::Dictionary(dictionary) => dictionary.find(value),
            Labels::Sources(sources, _) => {
                let by_key = sources.iter().position(|source| source.key() == value);
                by_key.or_else(|| sources.iter().position(|source| source.name == value)).map(|at| at as u32)
            }
            Labels::Days(..) if value.is_empty() => Some(0),
            Labels::Days(first, length) => {
                let mut parts = value.splitn(3, '-').map(str::parse::<u32>);
                let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
                let midnight = time::from_calendar(year as i32, month, day, 0, 0, 0)?;
                let code = midnight.div_euclid(DAY) - first + 1;
                (1..length as i64).contains(&code).then_some(code as u32)
            }
        }
    }

    /// Walks events in store order, and calls back once per event and distinct value; with code 0 for
    /// an event that has no value. Events that lie close together may come in another order.
    #[inline]
    #[allow(clippy::unnecessary_cast, reason = "codes come in three widths, one of them u32")]
    pub fn each(&self, events: &Events, mut take: impl FnMut(usize, u32)) {
        match &self.shape {
            Shape::One(codes) => with_codes!(&**codes, codes => match events {
                Events::All(length) => {
                    for (event, &code) in codes[..*length].iter().enumerate() {
                        take(event, code as u32);
                    }
                }
                Events::Listed(events) => {
                    for &event in events {
                        take(event as usize, codes[event as usize] as u32);
                    }
                }
            }),
            Shape::Many(spans, codes) => with_codes!(codes, codes => {
                self.each_line(|event| spans.of(event), |line| codes[line] as u32, events, take);
            }),
            Shape::OldNew(spans, old, new) => {
                let range = |event| {
                    let range = spans.of(event);
                    range.start * 2..range.end * 2
                };
                let code = |line: usize| if line.is_multiple_of(2) { old.get(line / 2) } else { new.get(line / 2) };
                self.each_line(range, code, events, take);
            }
        }
    }

    #[inline]
    fn each_line(
        &self,
        range: impl Fn(usize) -> Range<usize>,
        code: impl Fn(usize) -> u32,
        events: &Events,
        mut take: impl FnMut(usize, u32),
    ) {
        // In which event a code was last seen, by the event's place in the set, from 1: counts a
        // repeated value once.
        let mut seen_in = vec![0_u32; self.len()];
        let mut lines = Lines::default();
        for from in (0..events.len()).step_by(Lines::EVENTS) {
            let until = (from + Lines::EVENTS).min(events.len());
            lines.fill((from..until).map(|at| events.get(at)), &range);
            let mut has_value = [false; Lines::EVENTS];
            for (line, at) in lines.iter() {
                let code = code(line);
                let place = (from + at + 1) as u32;
                if code != 0 && seen_in[code as usize] != place {
                    seen_in[code as usize] = place;
                    has_value[at] = true;
                    take(events.get(from + at), code);
                }
            }
            for (at, _) in (from..until).zip(has_value).filter(|(_, has_value)| !has_value) {
                take(events.get(at), 0);
            }
        }
    }

    /// The first value of an event; 0 if it has none.
    #[inline]
    pub fn first(&self, event: usize) -> u32 {
        match &self.shape {
            Shape::One(codes) => codes.get(event),
            Shape::Many(spans, codes) => spans.of(event).map(|at| codes.get(at)).find(|code| *code != 0).unwrap_or(0),
            Shape::OldNew(spans, old, new) => {
                let both = |at| [old.get(at), new.get(at)];
                spans.of(event).flat_map(both).find(|code| *code != 0).unwrap_or(0)
            }
        }
    }

    /// All distinct values of an event in the order of the record; empty if it has none.
    pub fn of(&self, event: usize) -> Vec<u32> {
        let all: Vec<u32> = match &self.shape {
            Shape::One(codes) => vec![codes.get(event)],
            Shape::Many(spans, codes) => spans.of(event).map(|at| codes.get(at)).collect(),
            Shape::OldNew(spans, old, new) => spans.of(event).flat_map(|at| [old.get(at), new.get(at)]).collect(),
        };
        let mut seen = std::collections::HashSet::new();
        all.into_iter().filter(|&code| (code != 0 || !self.has_no_value()) && seen.insert(code)).collect()
    }
}
