//! People, assignments, requests, packages and the like: one columnar table per [`EntityKind`].
//!
//! Exports of entities are snapshots. A later one does not replace an earlier one: rows of both stay, each
//! with its source, and [`Entities::newest`] picks one per entity. Codes point into the same dictionaries
//! as those of the events.

mod row;
mod snapshots;
mod table;
mod view;

pub use row::{EntityRow, Item};
pub use table::{EntityTable, Items};
pub use view::Entities;

pub(super) use snapshots::Snapshots;

use super::Store;
use crate::model::EntityKind;

/// All entity tables.
pub(super) struct Tables {
    tables: Vec<EntityTable>,
    pub(super) snapshots: Snapshots,
}

impl Default for Tables {
    fn default() -> Self {
        let tables = EntityKind::ALL.iter().map(|_| EntityTable::default()).collect();
        Self { tables, snapshots: Snapshots::default() }
    }
}

impl Tables {
    pub(super) fn heap_bytes(&self) -> usize {
        self.tables.iter().map(EntityTable::heap_bytes).sum::<usize>() + self.snapshots.heap_bytes()
    }
}

impl Store {
    /// The rows of a kind, with their text.
    pub fn entities(&self, kind: EntityKind) -> Entities<'_> {
        Entities::new(self, kind, self.entity_table(kind))
    }

    /// The table of a kind: codes and ticks.
    pub fn entity_table(&self, kind: EntityKind) -> &EntityTable {
        &self.entities.tables[kind as usize]
    }

    pub(crate) fn entity_table_mut(&mut self, kind: EntityKind) -> &mut EntityTable {
        &mut self.entities.tables[kind as usize]
    }

    /// How many rows of all kinds there are.
    pub fn entity_count(&self) -> usize {
        self.entities.tables.iter().map(EntityTable::len).sum()
    }
}
