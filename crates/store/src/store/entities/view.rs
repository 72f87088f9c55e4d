//! Entity rows as a view reads them: text, times, lists, and which row is the newest.

use super::table::EntityTable;
use crate::arrange::Arrange as _;
use crate::{
    model::{Attribute, Domain, EntityKind, ItemColumn, List, Origin},
    store::{NO_TIME, Store},
};
use hashbrown::HashMap;
use std::{borrow::Cow, ops::Deref};

/// The rows of one kind and the dictionaries of their codes. Dereferences to the [`EntityTable`].
#[derive(Clone, Copy)]
pub struct Entities<'a> {
    store: &'a Store,
    kind: EntityKind,
    table: &'a EntityTable,
}

impl Deref for Entities<'_> {
    type Target = EntityTable;

    fn deref(&self) -> &EntityTable {
        self.table
    }
}

impl<'a> Entities<'a> {
    pub(super) fn new(store: &'a Store, kind: EntityKind, table: &'a EntityTable) -> Self {
        Self { store, kind, table }
    }

    /// Which kind it is.
    pub fn kind(&self) -> EntityKind {
        self.kind
    }

    /// The dictionary of a domain.
    pub fn dictionary(&self, domain: Domain) -> &'a crate::store::Dictionary {
        self.store.dictionary(domain)
    }

    /// All rows.
    pub fn rows(&self) -> std::ops::Range<usize> {
        0..self.table.len()
    }

    /// The text of an attribute; empty where there is none, or where it is a time.
    pub fn text(&self, row: usize, attribute: Attribute) -> Cow<'a, str> {
        let code = self.table.code(row, attribute);
        attribute.domain().map_or(Cow::Borrowed(""), |domain| self.store.dictionary(domain).get(code))
    }

    /// The time of an attribute, ticks.
    pub fn time(&self, row: usize, attribute: Attribute) -> Option<i64> {
        Some(self.table.ticks(row, attribute)).filter(|ticks| *ticks != NO_TIME)
    }

    /// Whether a flag is set; `None` where the row does not say.
    pub fn flag(&self, row: usize, attribute: Attribute) -> Option<bool> {
        match &*self.text(row, attribute) {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// The values of a list, for [`Entities::item_text`] and [`super::Items::code`].
    pub fn list(&self, row: usize, list: List) -> impl Iterator<Item = usize> + 'a {
        let items = &self.table.items;
        (items.start[row] as usize..items.start[row + 1] as usize).filter(move |item| items.list[*item] == list)
    }

    /// The text of a list's value.
    pub fn item_text(&self, item: usize, column: ItemColumn) -> Cow<'a, str> {
        self.store.dictionary(column.domain()).get(self.table.items.code(item, column))
    }

    /// Keys and values of what no attribute knows.
    pub fn extras(&self, row: usize) -> impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)> + 'a {
        let (store, pairs) = (self.store, &self.table.extras);
        pairs.of(row).map(move |pair| {
            let key = store.dictionary(Domain::ExtraKey).get(pairs.key.get(pair));
            (key, store.dictionary(Domain::ExtraValue).get(pairs.value.get(pair)))
        })
    }

    /// The rows of one source.
    pub fn of_source(&self, source: u32) -> impl Iterator<Item = usize> + 'a {
        let table = self.table;
        (0..table.len()).filter(move |row| table.source.get(*row) == source)
    }

    /// The rows that a source holds, also those that an earlier one held with the same content. With
    /// [`Entities::of_source`] an unchanged entity would be missing from every export but the first.
    pub fn in_source(&self, source: u32) -> impl Iterator<Item = usize> + 'a {
        let table = self.table;
        (0..table.len()).filter(move |row| table.sources_of(*row).any(|own| own == source))
    }

    /// The age of the newest source that holds a row, ticks, see `SourceInfo::snapshot`.
    pub fn snapshot_of(&self, row: usize) -> Option<i64> {
        self.table.sources_of(row).filter_map(|source| self.store.sources.get(source as usize)?.snapshot).max()
    }

    /// One row per entity, the newest, ascending. Entities are told apart by object id, people without
    /// one by user principal name; rows with neither all count.
    ///
    /// A record about the entity goes before a reference to it, that before a mention, and a template
    /// comes last; of equals the one of the newer snapshot (`SourceInfo::snapshot`, where two files have
    /// the same: the file opened later, in one file: the later row).
    pub fn newest(&self) -> Vec<usize> {
        let mut best: HashMap<(bool, u32), usize> = HashMap::default();
        let mut rows = Vec::new();
        for row in self.rows() {
            match self.key(row) {
                None => rows.push(row),
                Some(key) => {
                    let known = best.entry(key).or_insert(row);
                    if self.age(*known) <= self.age(row) {
                        *known = row;
                    }
                }
            }
        }
        rows.extend(best.into_values());
        rows.arrange();
        rows
    }

    /// The newest row of an object id, as [`Entities::newest`] picks it.
    pub fn newest_of(&self, id: u32) -> Option<usize> {
        self.rows().filter(|row| id != 0 && self.table.code(*row, Attribute::Id) == id).max_by_key(|row| self.age(*row))
    }

    fn key(&self, row: usize) -> Option<(bool, u32)> {
        let id = self.table.code(row, Attribute::Id);
        if id != 0 {
            return Some((true, id));
        }
        let upn = if self.kind == EntityKind::Person { self.table.code(row, Attribute::Upn) } else { 0 };
        (upn != 0).then_some((false, upn))
    }

    /// What makes one row newer than another, see [`Entities::newest`].
    fn age(&self, row: usize) -> (u8, i64, u32, usize) {
        let source = self.table.sources_of(row).max().unwrap_or(0);
        let snapshot = self.snapshot_of(row);
        let rank = match self.table.origin(row) {
            Origin::Own => 3,
            Origin::Reference => 2,
            Origin::Mentioned => 1,
            Origin::Template => 0,
        };
        (rank, snapshot.unwrap_or(NO_TIME), source, row)
    }
}
