//! Counts per value over a selection, and the largest of them.

use super::{FieldValues, Selection};

/// How many events have each value, by code, among those that pass all conditions but the ignored.
pub fn counts(values: &FieldValues, selection: &Selection, ignore: u32) -> Vec<u32> {
    let mut counts = vec![0_u32; values.len()];
    values.each(selection.pass(ignore), |_, code| counts[code as usize] += 1);
    counts
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
        let tied = all.iter().copied().filter(|(count, _)| *count == least);
        best.extend(smallest(tied.map(ranked), limit - best.len()));
    } else {
        best.extend(all.into_iter().map(ranked));
    }
    best.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    best
}

fn smallest(all: impl Iterator<Item = Ranked>, limit: usize) -> Vec<Ranked> {
    let mut kept: Vec<Ranked> = Vec::with_capacity(limit * 2);
    for ranked in all {
        if kept.len() == limit * 2 {
            kept.select_nth_unstable_by(limit - 1, |a, b| a.value.cmp(&b.value));
            kept.truncate(limit);
        }
        kept.push(ranked);
    }
    kept.sort_by(|a, b| a.value.cmp(&b.value));
    kept.truncate(limit);
    kept
}
