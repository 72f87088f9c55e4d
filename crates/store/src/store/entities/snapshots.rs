//! Which rows were there before.
//!
//! Within one source an id counts once. Across sources rows are kept, as each export is a snapshot of its
//! own; only a row that another source holds with the same content is not: it is noted that this source has
//! it as well ([`EntityTable::sources_of`]). A row without an id is known
//! by its content where that names what it is about (a person's UPN, or who has which package, or who is
//! reviewed where), counted off within each source as events are. Any other row counts, unless all such rows
//! of the source are, line for line, all those of an earlier one of the same file name: then it is the same
//! export again. The portal's list of assignments does not name its package, so that the lists of two
//! packages may have lines in common; only the names of their files tell them apart.

use super::{row::EntityRow, table::EntityTable};
use crate::{
    model::{Attribute, EntityKind, ItemColumn, Origin},
    store::{SourceInfo, Store},
};
use hashbrown::{DefaultHashBuilder, HashMap, HashSet};
use std::hash::{BuildHasher, Hash, Hasher};

/// What is known of the rows so far.
#[derive(Default)]
pub(in crate::store) struct Snapshots {
    /// Contents of rows, each counted off within its source, and the row.
    known: HashMap<u64, u32>,
    /// Contents of all rows of a source and kind that do not name what they are about, with the file's name,
    /// and the source.
    lists: HashMap<u64, u32>,
    /// Of each kind, how many rows are in `known`. Contents are looked at once there is a second source.
    learned: Vec<usize>,
    /// Of the source at hand: ids of the records about each kind, contents of mentions.
    ids: Vec<Seen>,
    mentions: HashSet<u64>,
    /// The source at hand, and how long each table was when it began.
    source: Option<u32>,
    first: Vec<usize>,
    hasher: DefaultHashBuilder,
}

/// Codes met, a bit for each.
#[derive(Default)]
struct Seen(Vec<u64>);

impl Seen {
    /// Notes a code; whether it is new.
    fn insert(&mut self, code: u32) -> bool {
        let (word, bit) = (code as usize / 64, 1 << (code % 64));
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        let is_new = self.0[word] & bit == 0;
        self.0[word] |= bit;
        is_new
    }
}

impl Snapshots {
    pub(in crate::store) fn heap_bytes(&self) -> usize {
        (self.known.capacity() + self.lists.capacity()) * 17
            + self.mentions.capacity() * 9
            + self.ids.iter().map(|seen| seen.0.capacity() * 8).sum::<usize>()
    }
}

/// The rows that ended up in no table: by record number, those that records are about.
pub(crate) struct Ended {
    /// Rows of the source that stay.
    pub(crate) rows: u64,
    /// Records whose own row was already there.
    pub(crate) duplicates: Vec<u32>,
    /// Whether rows went because all of them are, line for line, in an earlier source.
    pub(crate) same_list: bool,
}

impl Store {
    /// Adds a row of a record; its index, or none if the source has it already.
    pub(crate) fn add_entity(&mut self, row: &EntityRow, source: u32, record: u32) -> Option<usize> {
        if self.entities.snapshots.source != Some(source) {
            let first = EntityKind::ALL.iter().map(|kind| self.entity_table(*kind).len()).collect();
            let snapshots = &mut self.entities.snapshots;
            (snapshots.source, snapshots.first) = (Some(source), first);
            snapshots.ids.clear();
            snapshots.ids.resize_with(EntityKind::COUNT, Seen::default);
            snapshots.mentions.clear();
        }
        let snapshots = &mut self.entities.snapshots;
        let id = row.code(Attribute::Id);
        let is_new = match row.origin {
            Origin::Mentioned => {
                let content = (row.kind, row.codes(), &row.times, &row.items, &row.extras);
                let content = snapshots.hasher.hash_one(content);
                snapshots.mentions.insert(content)
            }
            _ => id == 0 || snapshots.ids[row.kind as usize].insert(id),
        };
        is_new.then(|| self.entity_table_mut(row.kind).push(row, source, record))
    }

    /// Ends a source: its rows that another source has already are taken out.
    pub(crate) fn end_entities(&mut self, source: u32) -> Ended {
        let mut ended = Ended { rows: 0, duplicates: Vec::new(), same_list: false };
        if self.entities.snapshots.source != Some(source) {
            return ended;
        }
        let mut snapshots = std::mem::take(&mut self.entities.snapshots);
        let sources = &self.sources;
        for kind in EntityKind::ALL.iter().copied() {
            let (table, first) = (&mut self.entities.tables[kind as usize], snapshots.first[kind as usize]);
            // The only source of a kind has nobody to compare with.
            if first > 0 && table.len() > first {
                let Compared { keep, again, same_list } = snapshots.compare(table, kind, first, sources);
                for (row, _) in (first..).zip(&keep).filter(|(_, keep)| !**keep) {
                    if table.origin(row) != Origin::Mentioned {
                        ended.duplicates.push(table.record[row]);
                        ended.same_list |= same_list;
                    }
                }
                if keep.contains(&false) {
                    table.retain(first, &keep);
                    for row in again {
                        table.add_source(row as usize, source);
                    }
                    table.give_back();
                }
            }
            ended.rows += (table.len() - first) as u64;
        }
        snapshots.source = None;
        (snapshots.ids, snapshots.mentions) = Default::default();
        self.entities.snapshots = snapshots;
        ended
    }
}

/// What came of comparing the rows of a source with those of earlier ones.
struct Compared {
    /// Of each of its rows, whether it stays.
    keep: Vec<bool>,
    /// The earlier rows that are the same as those that go.
    again: Vec<u32>,
    /// Whether some go as a whole list.
    same_list: bool,
}

impl Snapshots {
    /// Compares the rows from `first` on with those before.
    fn compare(&mut self, table: &EntityTable, kind: EntityKind, first: usize, sources: &[SourceInfo]) -> Compared {
        let used: Vec<Attribute> = Attribute::ALL.iter().copied().filter(|attribute| table.has(*attribute)).collect();
        self.learned.resize(EntityKind::COUNT, 0);
        let mut counts: HashMap<(u32, u64), u32> = HashMap::new();
        let mut keep = Vec::with_capacity(table.len() - first);
        let (mut unnamed, mut again) = (Vec::new(), Vec::new());
        // Per source, whatever the order of its lines.
        let mut lists: HashMap<u32, (u64, u64)> = HashMap::new();
        let learned = std::mem::replace(&mut self.learned[kind as usize], first);
        for row in learned..table.len() {
            let content = content(table, &used, kind, row, &self.hasher);
            let source = table.source.get(row);
            let is_new = if is_named(table, kind, row) {
                let count = counts.entry((source, content)).or_default();
                *count += 1;
                let content = self.hasher.hash_one((content, *count));
                match self.known.get(&content) {
                    Some(known) if row >= first => again.push(*known),
                    None if row < first => {
                        self.known.insert(content, row as u32);
                    }
                    _ => {}
                }
                row < first || !self.known.contains_key(&content)
            } else {
                let (count, sum) = lists.entry(source).or_default();
                (*count, *sum) = (*count + 1, sum.wrapping_add(content));
                unnamed.push(row);
                true
            };
            if row >= first {
                keep.push(is_new);
            }
        }
        let key = |source: u32, list: (u64, u64)| {
            let name = sources.get(source as usize).map(|source| list_name(&source.name));
            self.hasher.hash_one((kind, name, list))
        };
        let own = table.source.get(first);
        let own = lists.remove(&own).map(|list| key(own, list));
        for (source, list) in lists {
            self.lists.entry(key(source, list)).or_insert(source);
        }
        let earlier = own.and_then(|own| self.lists.get(&own)).copied();
        if let Some(earlier) = earlier {
            unnamed.iter().filter(|row| **row >= first).for_each(|row| keep[row - first] = false);
            let of_earlier = |row: &usize| table.source.get(*row) == earlier && !is_named(table, kind, *row);
            again.extend((0..first).filter(of_earlier).map(|row| row as u32));
        }
        Compared { keep, again, same_list: earlier.is_some() }
    }
}

/// What a list is called: the file's name without its folder, its ending, and what a browser adds to the name
/// of a second download.
fn list_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\', '\u{203a}']).next().unwrap_or(name).trim().to_lowercase();
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).trim_end();
    let numbered = stem.strip_suffix(')').and_then(|stem| stem.rsplit_once('('));
    let stem = match numbered {
        Some((stem, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => stem,
        _ => stem,
    };
    let stem = stem.trim_end();
    stem.strip_suffix("- copy").unwrap_or(stem).trim_end().to_owned()
}

/// Whether a row says what it is about.
fn is_named(table: &EntityTable, kind: EntityKind, row: usize) -> bool {
    use Attribute as A;
    let any = |attributes: &[Attribute]| attributes.iter().any(|attribute| table.code(row, *attribute) != 0);
    let target = any(&[A::TargetId, A::TargetUpn, A::TargetMail]);
    any(&[A::Id])
        || match kind {
            EntityKind::Person => any(&[A::Upn]),
            EntityKind::Assignment => target && any(&[A::PackageId, A::PackageName]),
            EntityKind::Request => any(&[A::RequestorId, A::RequestorUpn]) && any(&[A::PackageId, A::PackageName]),
            EntityKind::Decision => target && any(&[A::ReviewId]),
            _ => false,
        }
}

/// A row's content.
fn content(table: &EntityTable, used: &[Attribute], kind: EntityKind, row: usize, hasher: &DefaultHashBuilder) -> u64 {
    let mut state = hasher.build_hasher();
    (kind, table.origin(row)).hash(&mut state);
    for attribute in used.iter().copied() {
        // Values that are absent leave no trace, so that columns other files bring do not matter.
        let (code, ticks) = (table.code(row, attribute), table.ticks(row, attribute));
        if code != 0 || ticks != crate::store::NO_TIME {
            (attribute, code, ticks).hash(&mut state);
        }
    }
    for item in table.items.start[row] as usize..table.items.start[row + 1] as usize {
        table.items.list[item].hash(&mut state);
        for column in ItemColumn::ALL {
            table.items.code(item, *column).hash(&mut state);
        }
    }
    for pair in table.extras.of(row) {
        (table.extras.key.get(pair), table.extras.value.get(pair)).hash(&mut state);
    }
    state.finish()
}
