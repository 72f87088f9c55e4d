//! Reads a packed store. Nothing is believed: what does not fit together is no store.

use super::{HEAD, MAGIC, part, table};
use crate::{
    model::{Attribute, Column, Domain, EntityKind, ItemColumn, List, Origin, TargetColumn},
    store::{Codes, Dictionary, EntityRow, EntityTable, NO_TIME, Pairs, Problems, Store},
};
use hashbrown::HashMap;

struct Section<'a> {
    width: u8,
    domain: u8,
    count: usize,
    content: &'a [u8],
}

/// The sections by kind and key, and how many texts each domain has.
struct Sections<'a> {
    all: HashMap<[u8; 4], Section<'a>>,
    lengths: Vec<u32>,
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

impl<'a> Sections<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let mut all = HashMap::new();
        while !rest.is_empty() {
            let (head, after) = rest.split_at_checked(HEAD)?;
            let (content, next) = after.split_at_checked(number(&head[12..16]) as usize)?;
            let (width, domain, count) = (head[4], head[5], number(&head[8..12]) as usize);
            let section = Section { width, domain, count, content };
            if all.insert([head[0], head[1], head[2], head[3]], section).is_some() {
                return None;
            }
            rest = next;
        }
        Some(Self { all, lengths: vec![1; Domain::COUNT] })
    }

    fn find(&self, kind: u8, key: [u8; 3]) -> Option<&Section<'a>> {
        self.all.get(&[kind, key[0], key[1], key[2]])
    }

    fn json(&self, part: u8) -> Option<&'a [u8]> {
        Some(self.find(b'J', [table::HEADER, part, 0])?.content)
    }

    /// Numbers below `limit`, exactly so many.
    fn numbers(&self, key: [u8; 3], count: usize, limit: u32) -> Option<Codes> {
        let section = self.find(b'N', key)?;
        let bytes = section.content;
        if section.count != count || bytes.len() != count.checked_mul(usize::from(section.width))? {
            return None;
        }
        let codes = match section.width {
            1 => Codes::Narrow(bytes.to_vec()),
            2 => Codes::Middle(bytes.as_chunks::<2>().0.iter().map(|two| u16::from_le_bytes(*two)).collect()),
            4 => Codes::Wide(bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect()),
            _ => return None,
        };
        let fits = crate::with_codes!(&codes, values => values.iter().all(|code| u64::from(*code) < u64::from(limit)));
        fits.then_some(codes)
    }

    fn codes(&self, key: [u8; 3], domain: Domain, count: usize) -> Option<Codes> {
        (self.find(b'N', key)?.domain == domain as u8).then_some(())?;
        self.numbers(key, count, self.lengths[domain as usize])
    }

    fn moments(&self, key: [u8; 3], count: usize) -> Option<Vec<i64>> {
        let section = self.find(b'M', key)?;
        let (moments, rest) = section.content.as_chunks::<8>();
        (section.count == count && moments.len() == count && rest.is_empty()).then_some(())?;
        Some(moments.iter().map(|moment| i64::from_le_bytes(*moment)).collect())
    }

    /// Where the children of each of so many parents begin.
    fn starts(&self, key: [u8; 3], parents: usize) -> Option<Vec<u32>> {
        let counts = self.numbers(key, parents, u32::MAX)?;
        let mut starts = Vec::with_capacity(parents + 1);
        let mut end = 0_u32;
        starts.push(0);
        for parent in 0..parents {
            end = end.checked_add(counts.get(parent))?;
            starts.push(end);
        }
        Some(starts)
    }

    fn pairs(&self, of: u8, parents: usize, key: Domain, value: Domain) -> Option<Pairs> {
        let start = self.starts([of, part::COUNT, 0], parents)?;
        let count = last(&start);
        let key = self.codes([of, part::COLUMN, 0], key, count)?;
        Some(Pairs { key, value: self.codes([of, part::COLUMN, 1], value, count)?, start })
    }

    fn dictionary(&mut self, domain: Domain) -> Option<Dictionary> {
        let section = self.find(b'T', [table::DICTIONARY, domain as u8, 0])?;
        let (mut rest, mut dictionary) = (section.content, Dictionary::default());
        for code in 1..=section.count as u32 {
            let (mut length, mut shift) = (0_usize, 0);
            loop {
                let (byte, after) = rest.split_first()?;
                rest = after;
                length |= usize::from(byte & 0x7f) << shift;
                shift += 7;
                match byte {
                    0..0x80 => break,
                    _ if shift > 28 => return None,
                    _ => {}
                }
            }
            let (text, after) = rest.split_at_checked(length)?;
            rest = after;
            // Each text once, and in the order of the codes.
            (std::str::from_utf8(text).is_ok() && dictionary.intern(text) == code).then_some(())?;
        }
        rest.is_empty().then_some(())?;
        self.lengths[domain as usize] = dictionary.len() as u32;
        Some(dictionary)
    }

    fn entities(&self, kind: EntityKind, sources: u32) -> Option<EntityTable> {
        let (of, mut rows) = (table::ENTITY + kind as u8, EntityTable::default());
        let Some(section) = self.find(b'N', [of, part::SOURCE, 0]) else { return Some(rows) };
        let count = section.count;
        let source = self.numbers([of, part::SOURCE, 0], count, sources)?;
        let origins = self.numbers([of, part::FLAG, 0], count, Origin::COUNT as u32)?;
        let mut codes: Vec<(Attribute, Codes)> = Vec::new();
        let mut times: Vec<(Attribute, Vec<i64>)> = Vec::new();
        for attribute in Attribute::ALL.iter().copied() {
            let key = |part: u8| [of, part, attribute as u8];
            match attribute.domain() {
                Some(domain) if self.find(b'N', key(part::COLUMN)).is_some() => {
                    codes.push((attribute, self.codes(key(part::COLUMN), domain, count)?));
                }
                None if self.find(b'M', key(part::TIME)).is_some() => {
                    times.push((attribute, self.moments(key(part::TIME), count)?));
                }
                _ => {}
            }
        }
        let item_start = self.starts([of, part::ITEM_COUNT, 0], count)?;
        let items = last(&item_start);
        let lists = self.numbers([of, part::ITEM_LIST, 0], items, List::COUNT as u32)?;
        let columns: Option<Vec<Codes>> = ItemColumn::ALL
            .iter()
            .map(|column| self.codes([of, part::ITEM, *column as u8], column.domain(), items))
            .collect();
        let columns = columns?;
        let extra_start = self.starts([of, part::EXTRA_COUNT, 0], count)?;
        let extras = last(&extra_start);
        let keys = self.codes([of, part::EXTRA, 0], Domain::ExtraKey, extras)?;
        let values = self.codes([of, part::EXTRA, 1], Domain::ExtraValue, extras)?;
        let mut copy = EntityRow::default();
        for row in 0..count {
            copy.begin(kind, Origin::ALL[origins.get(row) as usize]);
            for (attribute, codes) in &codes {
                copy.set(*attribute, codes.get(row));
            }
            let known = times.iter().filter(|(_, times)| times[row] != NO_TIME);
            copy.times.extend(known.map(|(attribute, times)| (*attribute, times[row])));
            for item in item_start[row] as usize..item_start[row + 1] as usize {
                let mut codes = [0; ItemColumn::COUNT];
                codes.iter_mut().zip(&columns).for_each(|(code, column)| *code = column.get(item));
                copy.items.push((List::ALL[lists.get(item) as usize], codes));
            }
            for pair in extra_start[row] as usize..extra_start[row + 1] as usize {
                copy.extras.push((keys.get(pair), values.get(pair)));
            }
            rows.push(&copy, source.get(row), row as u32 + 1);
        }
        Some(rows)
    }
}

fn last(starts: &[u32]) -> usize {
    starts.last().map_or(0, |end| *end as usize)
}

impl Store {
    /// What [`Store::pack`] wrote, with the caller's JSON; `None` for anything else.
    pub fn unpack(bytes: &[u8]) -> Option<(Self, Vec<u8>)> {
        let mut from = Sections::read(bytes)?;
        let mut store = Self::default();
        let head = from.json(0)?.to_vec();
        store.sources = serde_json::from_slice(from.json(1)?).ok()?;
        // Sources name each other by their places.
        let count = store.sources.len() as u32;
        let in_place =
            |at: usize, id: u32, parent: Option<u32>| at as u32 == id && parent.is_none_or(|own| own < count);
        let fits = store.sources.iter().enumerate().all(|(at, source)| in_place(at, source.id, source.parent));
        fits.then_some(())?;
        store.problems = Problems::of_list(serde_json::from_slice(from.json(2)?).ok()?);
        store.rounding = from.moments([table::HEADER, part::TIME, 0], 1)?[0];
        let dictionaries: Option<Vec<Dictionary>> = Domain::ALL.iter().map(|domain| from.dictionary(*domain)).collect();
        store.dictionaries = dictionaries?;

        let events = from.find(b'M', [table::EVENT, part::TIME, 0])?.count;
        store.time = from.moments([table::EVENT, part::TIME, 0], events)?;
        store.source = from.numbers([table::EVENT, part::SOURCE, 0], events, count)?;
        let guests = from.numbers([table::EVENT, part::FLAG, 0], events, 2)?;
        store.guest = (0..events).map(|event| guests.get(event) == 1).collect();
        for column in Column::ALL {
            let key = [table::EVENT, part::COLUMN, *column as u8];
            store.columns[*column as usize] = from.codes(key, column.domain(), events)?;
        }
        store.target_start = from.starts([table::TARGET, part::COUNT, 0], events)?;
        let targets = last(&store.target_start);
        for column in TargetColumn::ALL {
            let key = [table::TARGET, part::COLUMN, *column as u8];
            store.targets[*column as usize] = from.codes(key, column.domain(), targets)?;
        }
        store.change_start = from.starts([table::CHANGE, part::COUNT, 0], targets)?;
        let changes = last(&store.change_start);
        let change = |at: u8, domain: Domain| from.codes([table::CHANGE, part::COLUMN, at], domain, changes);
        store.change_name = change(0, Domain::PropertyName)?;
        store.change_old = change(1, Domain::PropertyValue)?;
        store.change_new = change(2, Domain::PropertyValue)?;
        store.details = from.pairs(table::DETAIL, events, Domain::DetailKey, Domain::DetailValue)?;
        store.extras = from.pairs(table::EXTRA, events, Domain::ExtraKey, Domain::ExtraValue)?;
        let mut numbers = vec![0_u32; store.sources.len()];
        for event in 0..events {
            let number = &mut numbers[store.source.get(event) as usize];
            *number += 1;
            store.record.push(*number);
        }
        for kind in EntityKind::ALL.iter().copied() {
            *store.entity_table_mut(kind) = from.entities(kind, count)?;
        }
        Some((store, head))
    }
}
