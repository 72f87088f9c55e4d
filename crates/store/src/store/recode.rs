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
#[derive(Clone)]
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

    fn column(&self, domain: Domain, codes: &Codes, at: &[u32]) -> Codes {
        codes.mapped(at, &self.codes[domain as usize])
    }
}

/// Targets and changes of kept events, and pairs of details, ascending.
struct Below {
    targets: Vec<u32>,
    changes: Vec<u32>,
    details: Vec<u32>,
}

impl Below {
    fn new(store: &Store, kept: &Kept) -> Self {
        let events = || kept.events.iter().map(|event| *event as usize);
        let mut below = Self { targets: Vec::new(), changes: Vec::new(), details: Vec::new() };
        events().for_each(|event| below.targets.extend(store.targets_of(event).map(|at| at as u32)));
        for target in &below.targets {
            below.changes.extend(store.changes_of(*target as usize).map(|at| at as u32));
        }
        events().for_each(|event| below.details.extend(store.details.of(event).map(|at| at as u32)));
        below
    }
}

/// By domain, which codes the kept events and rows use. Fields that no column knows are left out.
pub fn used(store: &Store, kept: &Kept) -> Vec<Vec<bool>> {
    let mut used: Vec<Vec<bool>> =
        Domain::ALL.iter().map(|domain| vec![false; store.dictionary(*domain).len()]).collect();
    let below = Below::new(store, kept);
    let mut mark = |domain: Domain, codes: &Codes, at: &[u32]| codes.mark(at, &mut used[domain as usize]);
    for column in Column::ALL {
        mark(column.domain(), store.column(*column), &kept.events);
    }
    for column in TargetColumn::ALL {
        mark(column.domain(), store.target_column(*column), &below.targets);
    }
    mark(Domain::PropertyName, &store.change_name, &below.changes);
    mark(Domain::PropertyValue, &store.change_old, &below.changes);
    mark(Domain::PropertyValue, &store.change_new, &below.changes);
    mark(Domain::DetailKey, &store.details.key, &below.details);
    mark(Domain::DetailValue, &store.details.value, &below.details);
    let mut each = |domain: Domain, code: u32| used[domain as usize][code as usize] = true;
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
    used
}

impl Store {
    /// A copy of what is kept, with new dictionaries and times. Records are numbered anew within each source;
    /// fields that no column knows are copied only if `extras` says so.
    pub fn recoded(&self, kept: &Kept, with: Recoding, time: &dyn Fn(i64) -> i64, extras: bool) -> Self {
        let mut new = Self::default();
        let events = || kept.events.iter().map(|event| *event as usize);
        let below = Below::new(self, kept);
        for column in Column::ALL {
            new.columns[*column as usize] = with.column(column.domain(), self.column(*column), &kept.events);
        }
        for column in TargetColumn::ALL {
            let codes = self.target_column(*column);
            new.targets[*column as usize] = with.column(column.domain(), codes, &below.targets);
        }
        new.change_name = with.column(Domain::PropertyName, &self.change_name, &below.changes);
        new.change_old = with.column(Domain::PropertyValue, &self.change_old, &below.changes);
        new.change_new = with.column(Domain::PropertyValue, &self.change_new, &below.changes);
        new.details.key = with.column(Domain::DetailKey, &self.details.key, &below.details);
        new.details.value = with.column(Domain::DetailValue, &self.details.value, &below.details);
        new.details.start = starts(events().map(|event| self.details.of(event).len()));
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
        }
        new.target_start = starts(events().map(|event| self.targets_of(event).len()));
        new.change_start = starts(below.targets.iter().map(|target| self.changes_of(*target as usize).len()));
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

/// Where the children of each parent begin, and where the last ones end.
fn starts(counts: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut starts = vec![0];
    let mut end = 0;
    starts.extend(counts.map(|count| {
        end += count as u32;
        end
    }));
    starts
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
