//! The columns of one kind of entity.

use super::row::EntityRow;
use crate::{
    model::{Attribute, ItemColumn, List, Origin},
    store::{Codes, NO_TIME, Pairs, compact::shrink},
    with_codes,
};

/// Rows of one kind of entity. A column that no row has takes no room; one that only the first rows have
/// is as long as they are many.
pub struct EntityTable {
    codes: Vec<Codes>,
    times: Vec<Vec<i64>>,
    /// The source of each row, an index into `Store::sources`.
    pub source: Codes,
    /// The record number in its source, from 1.
    pub record: Vec<u32>,
    origin: Vec<Origin>,
    /// Values of lists.
    pub items: Items,
    /// Fields of the record that no attribute knows.
    pub extras: Pairs,
    /// Of each row, a place in `again` from 1 on, 0 for none; shorter than the rows where the last have none.
    again_of: Vec<u32>,
    /// A later source that has a row as well, and the place of the one before.
    again: Vec<(u32, u32)>,
}

/// Values of the rows' lists.
pub struct Items {
    /// First value of each row; one more entry than rows.
    pub start: Vec<u32>,
    /// The list each value belongs to.
    pub list: Vec<List>,
    columns: Vec<Codes>,
}

impl Default for Items {
    fn default() -> Self {
        Self { start: vec![0], list: Vec::new(), columns: vec![Codes::default(); ItemColumn::COUNT] }
    }
}

impl Items {
    /// The code of a value's column.
    pub fn code(&self, item: usize, column: ItemColumn) -> u32 {
        self.columns[column as usize].get(item)
    }
}

impl Default for EntityTable {
    fn default() -> Self {
        Self {
            codes: vec![Codes::default(); Attribute::COUNT],
            times: vec![Vec::new(); Attribute::COUNT],
            source: Codes::default(),
            record: Vec::new(),
            origin: Vec::new(),
            items: Items::default(),
            extras: Pairs::default(),
            again_of: Vec::new(),
            again: Vec::new(),
        }
    }
}

impl EntityTable {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.record.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.record.is_empty()
    }

    /// The code of an attribute, 0 where there is no value.
    pub fn code(&self, row: usize, attribute: Attribute) -> u32 {
        let codes = &self.codes[attribute as usize];
        if row < codes.len() { codes.get(row) } else { 0 }
    }

    /// The ticks of an attribute that is a time, [`NO_TIME`] where there is none.
    pub fn ticks(&self, row: usize, attribute: Attribute) -> i64 {
        self.times[attribute as usize].get(row).copied().unwrap_or(NO_TIME)
    }

    /// What a row rests on.
    pub fn origin(&self, row: usize) -> Origin {
        self.origin[row]
    }

    /// Every source that has the row: the one it was read from, and later ones with the very same.
    pub fn sources_of(&self, row: usize) -> impl Iterator<Item = u32> + '_ {
        let place = |at: u32| (at > 0).then(|| &self.again[at as usize - 1]);
        let first = place(self.again_of.get(row).copied().unwrap_or(0));
        let later = std::iter::successors(first, move |(_, before)| place(*before)).map(|(source, _)| *source);
        std::iter::once(self.source.get(row)).chain(later)
    }

    /// Notes that a later source has a row as well.
    pub(super) fn add_source(&mut self, row: usize, source: u32) {
        if self.again_of.len() <= row {
            self.again_of.resize(row + 1, 0);
        }
        self.again.push((source, self.again_of[row]));
        self.again_of[row] = self.again.len() as u32;
    }

    /// Whether any row has a value there.
    pub fn has(&self, attribute: Attribute) -> bool {
        !self.codes[attribute as usize].is_empty() || !self.times[attribute as usize].is_empty()
    }

    /// Appends a row; its index.
    pub(crate) fn push(&mut self, row: &EntityRow, source: u32, record: u32) -> usize {
        let at = self.len();
        for (attribute, code) in row.codes() {
            let codes = &mut self.codes[*attribute as usize];
            (codes.len()..at).for_each(|_| codes.push(0));
            codes.push(*code);
        }
        for (attribute, ticks) in &row.times {
            self.set_ticks(at, *attribute, *ticks);
        }
        for (list, codes) in &row.items {
            self.items.list.push(*list);
            self.items.columns.iter_mut().zip(codes).for_each(|(column, code)| column.push(*code));
        }
        self.items.start.push(self.items.list.len() as u32);
        for (key, value) in &row.extras {
            self.extras.key.push(*key);
            self.extras.value.push(*value);
        }
        self.extras.start.push(self.extras.key.len() as u32);
        self.source.push(source);
        self.record.push(record);
        self.origin.push(row.origin);
        at
    }

    /// Sets a time.
    pub(crate) fn set_ticks(&mut self, row: usize, attribute: Attribute, ticks: i64) {
        let times = &mut self.times[attribute as usize];
        if times.len() <= row {
            times.resize(row + 1, NO_TIME);
        }
        times[row] = ticks;
    }

    /// Removes rows from `first` on: `keep` says of each whether it stays. Their order stays.
    pub(super) fn retain(&mut self, first: usize, keep: &[bool]) {
        let stays = |row: usize| row < first || keep.get(row - first).copied().unwrap_or(true);
        let items = children(&mut self.items.start, &stays);
        let extras = children(&mut self.extras.start, &stays);
        retain(&mut self.items.list, |item| items[item]);
        self.items.columns.iter_mut().for_each(|codes| retain_codes(codes, |item| items[item]));
        for codes in [&mut self.extras.key, &mut self.extras.value] {
            retain_codes(codes, |pair| extras[pair]);
        }
        self.codes.iter_mut().chain([&mut self.source]).for_each(|codes| retain_codes(codes, stays));
        self.times.iter_mut().for_each(|times| retain(times, stays));
        retain(&mut self.record, stays);
        retain(&mut self.origin, stays);
    }

    /// Gives back the room that removed rows have left.
    pub(super) fn give_back(&mut self) {
        let codes = [&mut self.source, &mut self.extras.key, &mut self.extras.value];
        for codes in self.codes.iter_mut().chain(&mut self.items.columns).chain(codes) {
            with_codes!(codes, values => shrink(values));
        }
        self.times.iter_mut().for_each(shrink);
        for numbers in [&mut self.record, &mut self.items.start, &mut self.extras.start, &mut self.again_of] {
            shrink(numbers);
        }
        shrink(&mut self.origin);
        shrink(&mut self.items.list);
        shrink(&mut self.again);
    }

    /// Bytes held.
    pub fn heap_bytes(&self) -> usize {
        let codes = [&self.source, &self.extras.key, &self.extras.value];
        self.codes.iter().chain(&self.items.columns).chain(codes).map(Codes::heap_bytes).sum::<usize>()
            + self.times.iter().map(|times| times.capacity() * 8).sum::<usize>()
            + (self.record.capacity() + self.items.start.capacity() + self.extras.start.capacity()) * 4
            + self.origin.capacity()
            + self.items.list.capacity()
            + self.again_of.capacity() * 4
            + self.again.capacity() * 8
    }
}

/// Rewrites the offsets into a child table for the parents that stay; which children stay.
fn children(start: &mut Vec<u32>, stays: &impl Fn(usize) -> bool) -> Vec<bool> {
    let mut keep = vec![false; start.last().map_or(0, |end| *end as usize)];
    let mut new = vec![0];
    let mut end = 0;
    for (row, pair) in start.windows(2).enumerate() {
        if stays(row) {
            keep[pair[0] as usize..pair[1] as usize].fill(true);
            end += pair[1] - pair[0];
            new.push(end);
        }
    }
    *start = new;
    keep
}

fn retain_codes(codes: &mut Codes, stays: impl Fn(usize) -> bool) {
    with_codes!(codes, values => retain(values, stays));
}

fn retain<T>(values: &mut Vec<T>, stays: impl Fn(usize) -> bool) {
    let mut at = 0;
    values.retain(|_| {
        at += 1;
        stays(at - 1)
    });
}
