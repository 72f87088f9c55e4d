//! Copies of a store whose codes point into other dictionaries: what redaction is made of.

use super::{Codes, Dictionary, EntityRow, EntityTable, NO_TIME, Pairs, SourceInfo, Store};
use crate::model::{Attribute, Column, Domain, EntityKind, ItemColumn, TargetColumn};

/// What to copy.
pub struct Kept {
    /// Events, ascending.
    pub events: Vec<u32>,
    /// Rows of each kind of entity, ascending.
    pub rows: Vec<Vec<u32>>,
}

impl Kept {
    /// All of a store.
    pub fn all(store: &Store) -> Self {
        let rows = EntityKind::ALL.iter().map(|kind| (0..store.entity_table(*kind).len() as u32).collect());
        Self { events: (0..store.len() as u32).collect(), rows: rows.collect() }
    }
}

/// New dictionaries and, per domain, the new code of each old one.
pub struct Recoding {
    /// The new dictionaries, by domain.
    pub dictionaries: Vec<Dictionary>,
    /// By domain, the new code of each old one.
    pub codes: Vec<Vec<u32>>,
}

impl Recoding {
    fn code(&self, domain: Domain, code: u32) -> u32 {
        self.codes[domain as usize].get(code as usize).copied().unwrap_or(0)
    }

    fn column(&self, domain: Domain, codes: &Codes, indexes: impl Iterator<Item = usize>) -> Codes {
        let mut new = Codes::default();
        indexes.for_each(|index| new.push(self.code(domain, codes.get(index))));
        new
    }
}

/// Calls back with every code that the kept events and rows use. Fields that no column knows are left out.
pub fn each_used(store: &Store, kept: &Kept, each: &mut dyn FnMut(Domain, u32)) {
    for column in Column::ALL {
        let (domain, codes) = (column.domain(), store.column(*column));
        kept.events.iter().for_each(|event| each(domain, codes.get(*event as usize)));
    }
    for event in kept.events.iter().map(|event| *event as usize) {
        for target in store.targets_of(event) {
            for column in TargetColumn::ALL {
                each(column.domain(), store.target_column(*column).get(target));
            }
            for change in store.changes_of(target) {
                each(Domain::PropertyName, store.change_name.get(change));
                each(Domain::PropertyValue, store.change_old.get(change));
                each(Domain::PropertyValue, store.change_new.get(change));
            }
        }
        for pair in store.details.of(event) {
            each(Domain::DetailKey, store.details.key.get(pair));
            each(Domain::DetailValue, store.details.value.get(pair));
        }
    }
    for (kind, rows) in EntityKind::ALL.iter().zip(&kept.rows) {
        let table = store.entity_table(*kind);
        for attribute in Attribute::ALL.iter().filter(|attribute| table.has(**attribute)) {
            if let Some(domain) = attribute.domain() {
                for row in rows {
                    each(domain, table.code(*row as usize, *attribute));
                }
            }
        }
        for row in rows.iter().map(|row| *row as usize) {
            for item in table.items.start[row] as usize..table.items.start[row + 1] as usize {
                for column in ItemColumn::ALL {
                    each(column.domain(), table.items.code(item, *column));
                }
            }
        }
    }
}

impl Store {
    /// A copy of what is kept, with new dictionaries and times. Records are numbered anew within each source;
    /// fields that no column knows are copied only if `extras` says so.
    pub fn recoded(&self, kept: &Kept, with: Recoding, time: &dyn Fn(i64) -> i64, extras: bool) -> Self {
        let mut new = Self::default();
        let events = || kept.events.iter().map(|event| *event as usize);
        let targets: Vec<u32> = events().flat_map(|event| self.targets_of(event)).map(|at| at as u32).collect();
        let changes: Vec<u32> =
            targets.iter().flat_map(|target| self.changes_of(*target as usize)).map(|at| at as u32).collect();
        let all = |indexes: &[u32]| indexes.iter().map(|at| *at as usize).collect::<Vec<_>>().into_iter();
        for column in Column::ALL {
            new.columns[*column as usize] = with.column(column.domain(), self.column(*column), events());
        }
        for column in TargetColumn::ALL {
            let codes = self.target_column(*column);
            new.targets[*column as usize] = with.column(column.domain(), codes, all(&targets));
        }
        new.change_name = with.column(Domain::PropertyName, &self.change_name, all(&changes));
        new.change_old = with.column(Domain::PropertyValue, &self.change_old, all(&changes));
        new.change_new = with.column(Domain::PropertyValue, &self.change_new, all(&changes));
        new.details = pairs(&self.details, &with, (Domain::DetailKey, Domain::DetailValue), events());
        new.extras = if extras {
            pairs(&self.extras, &with, (Domain::ExtraKey, Domain::ExtraValue), events())
        } else {
            Pairs { start: vec![0; kept.events.len() + 1], ..Pairs::default() }
        };
        let mut numbers = vec![0_u32; self.sources.len()];
        for event in events() {
            let source = self.source.get(event);
            let number = numbers.get_mut(source as usize).map_or(0, |number| {
                *number += 1;
                *number
            });
            new.source.push(source);
            new.record.push(number);
            new.time.push(time(self.time[event]));
            new.guest.push(self.guest[event]);
            let count = |start: &[u32], at: usize| start[at + 1] - start[at];
            new.target_start.push(new.target_start[new.target_start.len() - 1] + count(&self.target_start, event));
        }
        for target in targets.iter().map(|target| *target as usize) {
            let count = self.change_start[target + 1] - self.change_start[target];
            new.change_start.push(new.change_start[new.change_start.len() - 1] + count);
        }
        for (kind, rows) in EntityKind::ALL.iter().zip(&kept.rows) {
            let table = self.entity_table(*kind);
            let copy = entity_rows(table, *kind, rows, &with, time, extras);
            *new.entity_table_mut(*kind) = copy;
        }
        new.dictionaries = with.dictionaries;
        new.sources.clone_from(&self.sources);
        new
    }

    /// The files as they are named to others; events keep their numbers.
    pub fn set_sources(&mut self, sources: Vec<SourceInfo>) {
        self.sources = sources;
    }
}

fn pairs(old: &Pairs, with: &Recoding, domains: (Domain, Domain), events: impl Iterator<Item = usize>) -> Pairs {
    let mut new = Pairs::default();
    for event in events {
        for pair in old.of(event) {
            new.key.push(with.code(domains.0, old.key.get(pair)));
            new.value.push(with.code(domains.1, old.value.get(pair)));
        }
        new.start.push(new.key.len() as u32);
    }
    new
}

fn entity_rows(
    table: &EntityTable,
    kind: EntityKind,
    rows: &[u32],
    with: &Recoding,
    time: &dyn Fn(i64) -> i64,
    extras: bool,
) -> EntityTable {
    let mut new = EntityTable::default();
    let used: Vec<Attribute> = Attribute::ALL.iter().copied().filter(|attribute| table.has(*attribute)).collect();
    let mut copy = EntityRow::default();
    for (number, row) in rows.iter().map(|row| *row as usize).enumerate() {
        copy.begin(kind, table.origin(row));
        for attribute in used.iter().copied() {
            if let Some(domain) = attribute.domain() {
                copy.set(attribute, with.code(domain, table.code(row, attribute)));
            } else {
                let ticks = table.ticks(row, attribute);
                if ticks != NO_TIME {
                    copy.times.push((attribute, time(ticks)));
                }
            }
        }
        for item in table.items.start[row] as usize..table.items.start[row + 1] as usize {
            let mut codes = [0; ItemColumn::COUNT];
            for column in ItemColumn::ALL {
                codes[*column as usize] = with.code(column.domain(), table.items.code(item, *column));
            }
            copy.items.push((table.items.list[item], codes));
        }
        if extras {
            for pair in table.extras.of(row) {
                let key = with.code(Domain::ExtraKey, table.extras.key.get(pair));
                copy.extras.push((key, with.code(Domain::ExtraValue, table.extras.value.get(pair))));
            }
        }
        new.push(&copy, table.source.get(row), number as u32 + 1);
    }
    new
}
