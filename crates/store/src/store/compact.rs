//! Takes events out of the store, without leaving a trace of them in any column.

use super::{Codes, Pairs, Store};
use crate::with_codes;

impl Store {
    /// Removes events from `first` on: `keep` says of each whether it stays. Their order stays.
    /// Strings that only a removed event had remain in the dictionaries.
    pub(super) fn compact(&mut self, first: usize, keep: &[bool]) {
        self.note_change();
        let targets = children(&mut self.target_start, first, keep);
        let changes = children(&mut self.change_start, targets.first, &targets.keep);
        for codes in &mut self.targets {
            retain_codes(codes, targets.first, &targets.keep);
        }
        for codes in [&mut self.change_name, &mut self.change_old, &mut self.change_new] {
            retain_codes(codes, changes.first, &changes.keep);
        }
        for Pairs { start, key, value } in [&mut self.details, &mut self.extras] {
            let pairs = children(start, first, keep);
            retain_codes(key, pairs.first, &pairs.keep);
            retain_codes(value, pairs.first, &pairs.keep);
        }
        for codes in self.columns.iter_mut().chain([&mut self.source]) {
            retain_codes(codes, first, keep);
        }
        retain(&mut self.time, first, keep);
        retain(&mut self.guest, first, keep);
        retain(&mut self.record, first, keep);
    }
}

impl Store {
    /// Gives back the room that removed events have left, where it is more than a quarter of a column.
    pub(crate) fn give_back(&mut self) {
        let codes = [&mut self.source, &mut self.change_name, &mut self.change_old, &mut self.change_new];
        let pairs = [&mut self.details, &mut self.extras];
        for Pairs { start, key, value } in pairs {
            shrink(start);
            with_codes!(key, values => shrink(values));
            with_codes!(value, values => shrink(values));
        }
        for codes in self.columns.iter_mut().chain(&mut self.targets).chain(codes) {
            with_codes!(codes, values => shrink(values));
        }
        shrink(&mut self.time);
        shrink(&mut self.guest);
        shrink(&mut self.record);
        shrink(&mut self.target_start);
        shrink(&mut self.change_start);
    }
}

/// Gives back what a column does not use, where it is more than a quarter.
pub(super) fn shrink<T>(values: &mut Vec<T>) {
    if values.capacity() > values.len() + values.len() / 4 {
        values.shrink_to(values.len() + values.len() / 16);
    }
}

/// Which rows of a child table stay, from `first` on.
struct Children {
    first: usize,
    keep: Vec<bool>,
}

/// Rewrites the offsets into a child table for the parents that stay.
fn children(start: &mut Vec<u32>, first: usize, keep: &[bool]) -> Children {
    let begin = start[first];
    let mut stay = Vec::new();
    let (mut kept, mut end) = (first, begin);
    for (at, keep) in keep.iter().enumerate() {
        let count = start[first + at + 1] - start[first + at];
        stay.extend(std::iter::repeat_n(*keep, count as usize));
        if *keep {
            // Never overtakes what is still to be read: `kept <= first + at`, and that start is used up.
            start[kept] = end;
            kept += 1;
            end += count;
        }
    }
    start.truncate(kept);
    start.push(end);
    Children { first: begin as usize, keep: stay }
}

fn retain_codes(codes: &mut Codes, first: usize, keep: &[bool]) {
    with_codes!(codes, values => retain(values, first, keep));
}

fn retain<T: Copy>(values: &mut Vec<T>, first: usize, keep: &[bool]) {
    let mut kept = first;
    for (at, keep) in keep.iter().enumerate() {
        if *keep {
            values[kept] = values[first + at];
            kept += 1;
        }
    }
    values.truncate(kept);
}
