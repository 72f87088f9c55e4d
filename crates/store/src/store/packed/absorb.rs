//! Adds the events of a packed store to those that are there.

use super::{part, table, unpack::Sections};
use crate::{
    model::{Column, Domain, TargetColumn},
    store::{Codes, Pairs, Problem, SourceInfo, Store},
    with_codes,
};

impl Store {
    /// Adds the events of one source that [`Store::pack_part`] wrote, as a source of this store whose records are
    /// numbered on from a number. Gives what is said of their source, and the problems. `None` for anything
    /// else; then nothing was added.
    pub(crate) fn absorb(&mut self, bytes: &[u8], source: u32, records: u32) -> Option<(SourceInfo, Vec<Problem>)> {
        let mut from = Sections::read(bytes)?;
        let [info]: [SourceInfo; 1] = serde_json::from_slice(from.json(1)?).ok()?;
        let problems: Vec<Problem> = serde_json::from_slice(from.json(2)?).ok()?;
        let mut new = Vec::with_capacity(Domain::COUNT);
        for domain in Domain::ALL.iter().copied() {
            let (mut codes, dictionary) = (vec![0], &mut self.dictionaries[domain as usize]);
            from.texts(domain, |text| {
                codes.push(dictionary.intern(text));
                true
            })?;
            new.push(codes);
        }
        let mut other = Self::default();
        from.events(&mut other, 1)?;
        let numbers = from.numbers([table::EVENT, part::RECORD, 0], other.len(), u32::MAX)?;
        let new = |domain: Domain| &*new[domain as usize];

        for column in Column::ALL.iter().copied() {
            append(&mut self.columns[column as usize], other.column(column), new(column.domain()));
        }
        for column in TargetColumn::ALL.iter().copied() {
            append(&mut self.targets[column as usize], other.target_column(column), new(column.domain()));
        }
        append(&mut self.change_name, &other.change_name, new(Domain::PropertyName));
        append(&mut self.change_old, &other.change_old, new(Domain::PropertyValue));
        append(&mut self.change_new, &other.change_new, new(Domain::PropertyValue));
        follow(&mut self.target_start, &other.target_start);
        follow(&mut self.change_start, &other.change_start);
        let pairs = |own: &mut Pairs, other: &Pairs, key: Domain, value: Domain| {
            append(&mut own.key, &other.key, new(key));
            append(&mut own.value, &other.value, new(value));
            follow(&mut own.start, &other.start);
        };
        pairs(&mut self.details, &other.details, Domain::DetailKey, Domain::DetailValue);
        pairs(&mut self.extras, &other.extras, Domain::ExtraKey, Domain::ExtraValue);
        for event in 0..other.len() {
            self.source.push(source);
            self.record.push(records + numbers.get(event));
        }
        self.time.append(&mut other.time);
        self.guest.append(&mut other.guest);
        Some((info, problems))
    }
}

fn append(to: &mut Codes, from: &Codes, new: &[u32]) {
    with_codes!(from, codes => codes.iter().for_each(|code| to.push(new[*code as usize])));
}

/// Adds where the children of more parents begin.
fn follow(start: &mut Vec<u32>, other: &[u32]) {
    let end = start.last().copied().unwrap_or(0);
    start.extend(other[1..].iter().map(|begin| end + begin));
}
