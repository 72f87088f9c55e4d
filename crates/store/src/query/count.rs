//! Counts per value over a selection, and the largest of them.

use super::{Events, FieldValues, Selection};
use crate::arrange::Arrange as _;
use crate::{model::Field, store::Store, time::Zone};
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

/// Few values repeat often, and adding to the same number again has to wait for the last addition:
/// neighbours add to different tables.
const TABLES: usize = 4;
const FEW: usize = 4_096;

/// How many of the events have each value, by code.
pub fn counts(values: &FieldValues, events: &Events) -> Vec<u32> {
    let length = values.len();
    let tables = if length <= FEW { TABLES } else { 1 };
    let mut counts = vec![0_u32; length * tables];
    values.each(events, |event, code| counts[event % tables * length + code as usize] += 1);
    for at in length..counts.len() {
        counts[at % length] += counts[at];
    }
    counts.truncate(length);
    counts
}

/// A field, and the bits of the conditions that its counts ignore.
type Key = (Field, u32);

/// Counts of one frame: facets, rankings and figures often ask for the same.
pub struct Tally<'a> {
    /// All events.
    pub store: &'a Store,
    /// Which of them match.
    pub selection: &'a Selection,
    /// Calendar of days.
    pub zone: &'a Zone,
    known: RefCell<BTreeMap<Key, Rc<Vec<u32>>>>,
}

impl<'a> Tally<'a> {
    /// Nothing counted yet.
    pub fn new(store: &'a Store, selection: &'a Selection, zone: &'a Zone) -> Self {
        Self { store, selection, zone, known: RefCell::default() }
    }

    /// The values of a field.
    pub fn values(&self, field: Field) -> FieldValues<'a> {
        FieldValues::new(self.store, field, self.zone)
    }

    /// How many events have each value of a field, among those that match, conditions of the
    /// ignored bits aside.
    pub fn counts(&self, field: Field, values: &FieldValues, ignore: u32) -> Rc<Vec<u32>> {
        let key = (field, self.selection.used(ignore));
        if let Some(counts) = self.known.borrow().get(&key) {
            return Rc::clone(counts);
        }
        let counts = Rc::new(counts(values, &self.selection.ignoring(ignore)));
        self.known.borrow_mut().insert(key, Rc::clone(&counts));
        counts
    }
}

/// How many values have a count, "no value" aside.
pub fn distinct(values: &FieldValues, counts: &[u32]) -> u64 {
    let skip = usize::from(values.has_no_value());
    counts.iter().skip(skip).filter(|count| **count > 0).count() as u64
}

/// A value and how often it was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Its code.
    pub code: u32,
    /// The value.
    pub value: String,
    /// Its count.
    pub count: u32,
}

/// The most frequent of the values that are wanted, ties by value; at most `limit`.
pub fn top(values: &FieldValues, counts: &[u32], limit: usize, wanted: impl Fn(u32) -> bool) -> Vec<Ranked> {
    top_of(values, counts, limit, &wanted)
}

/// As [`top`], compiled once.
fn top_of(values: &FieldValues, counts: &[u32], limit: usize, wanted: &dyn Fn(u32) -> bool) -> Vec<Ranked> {
    let mut all: Vec<(u32, u32)> = (0_u32..)
        .zip(counts)
        .filter(|(code, count)| **count > 0 && wanted(*code))
        .map(|(code, &count)| (count, code))
        .collect();
    if limit == 0 {
        return Vec::new();
    }
    let ranked = |(count, code): (u32, u32)| Ranked { code, value: values.label(code).into_owned(), count };
    let mut best: Vec<Ranked> = Vec::new();
    if all.len() > limit {
        // Texts are compared only where counts leave it open who is in.
        let least = all.select_nth_unstable_by(limit - 1, |a, b| b.0.cmp(&a.0)).1.0;
        best.extend(all.iter().copied().filter(|(count, _)| *count > least).map(ranked));
        let tied = |code: u32| counts[code as usize] == least && wanted(code);
        let smallest = smallest(values, limit - best.len(), tied);
        best.extend(smallest.into_iter().map(|(value, code)| Ranked { code, value, count: least }));
    } else {
        best.extend(all.into_iter().map(ranked));
    }
    best.arrange_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    best
}

/// The first of the wanted values in the order of texts.
fn smallest(values: &FieldValues, limit: usize, wanted: impl Fn(u32) -> bool) -> Vec<(String, u32)> {
    let mut kept: Vec<(String, u32)> = Vec::with_capacity(limit * 2);
    // Whoever comes after these is not among the smallest.
    let mut last: Option<String> = None;
    values.each_label(wanted, |code, text| {
        if last.as_deref().is_some_and(|last| last < text) {
            return;
        }
        kept.push((text.into(), code));
        if kept.len() == limit * 2 {
            kept.select_nth_unstable(limit - 1);
            kept.truncate(limit);
            last = kept.last().map(|(text, _)| text.clone());
        }
    });
    kept.arrange();
    kept.truncate(limit);
    kept
}
