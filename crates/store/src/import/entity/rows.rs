//! The rows of the record at hand, and what is counted of the rows of a file.

use crate::{
    import::{dates::Dates, time_text::TimeText},
    model::{Attribute, EntityKind, Origin},
    store::{EntityRow, Store},
    time::from_calendar,
};

/// Rows on their way into the store: only once a record is read whole are they added.
#[derive(Default)]
pub(in crate::import) struct Rows {
    buffers: Vec<EntityRow>,
    used: usize,
    /// Numeric dates: row, attribute and what it may be.
    dates: Vec<(usize, Attribute, TimeText)>,
    links: Vec<Link>,
    /// Per code of an extra key: records that have it, and the last of them.
    unknown: Vec<(u64, u64)>,
    /// Whether packages tell which resources they give.
    pub(in crate::import) has_resources: bool,
    /// Records about each kind.
    kinds: [u64; EntityKind::COUNT],
    /// Rows added.
    pub(in crate::import) added: u64,
    /// Records that are a row.
    pub(in crate::import) records: u64,
    /// Records whose row was there before.
    pub(in crate::import) duplicates: u64,
}

/// An attribute of one row that is also one of another.
struct Link {
    from: (usize, Attribute),
    to: (usize, Attribute),
}

impl Rows {
    /// Opens a row; the first one is what the record is about.
    pub(super) fn open(&mut self, kind: EntityKind, origin: Origin) -> usize {
        if self.buffers.len() == self.used {
            self.buffers.push(EntityRow::default());
        }
        self.buffers[self.used].begin(kind, origin);
        self.used += 1;
        self.used - 1
    }

    pub(super) fn row(&mut self, row: usize) -> &mut EntityRow {
        &mut self.buffers[row]
    }

    pub(super) fn date(&mut self, row: usize, attribute: Attribute, time: TimeText) {
        self.dates.push((row, attribute, time));
    }

    /// Has an attribute copied where the other row has none, once the record is read.
    pub(super) fn link(&mut self, from: (usize, Attribute), to: (usize, Attribute)) {
        self.links.push(Link { from, to });
    }

    /// Whether the record at hand has rows.
    pub(in crate::import) fn any(&self) -> bool {
        self.used > 0
    }

    /// Whether a row has a value.
    pub(super) fn has_value(&self, row: usize) -> bool {
        !self.buffers[row].is_empty() || self.dates.iter().any(|(own, ..)| *own == row)
    }

    /// Forgets the rows of the record at hand.
    pub(in crate::import) fn clear(&mut self) {
        self.used = 0;
        self.dates.clear();
        self.links.clear();
    }

    /// Adds the rows of the record at hand.
    pub(in crate::import) fn commit(&mut self, store: &mut Store, dates: &mut Dates, source: u32, record: u64) {
        for Link { from, to } in &self.links {
            let code = self.buffers[from.0].code(from.1);
            if self.buffers[to.0].code(to.1) == 0 {
                self.buffers[to.0].set(to.1, code);
            }
        }
        for at in 0..self.used {
            let row = &self.buffers[at];
            // A mention that says nothing but an id is told by the row that mentions it.
            let told = row.len() - usize::from(row.code(Attribute::SubjectType) != 0);
            if at > 0 && row.origin == Origin::Mentioned && told < 2 {
                continue;
            }
            let added = store.add_entity(row, source, record as u32);
            if at == 0 {
                self.kinds[row.kind as usize] += 1;
                self.records += u64::from(added.is_some());
                self.duplicates += u64::from(added.is_none());
            }
            let Some(index) = added else { continue };
            self.added += 1;
            self.has_resources |= at > 0 && row.kind == EntityKind::Resource && row.code(Attribute::PackageId) != 0;
            for (key, _) in &row.extras {
                let key = *key as usize;
                if self.unknown.len() <= key {
                    self.unknown.resize(key + 1, (0, 0));
                }
                let (count, last) = &mut self.unknown[key];
                *count += u64::from(*last != record);
                *last = record;
            }
            for (_, attribute, time) in self.dates.iter().filter(|(own, ..)| *own == at) {
                let ticks = dates.settle_entity((row.kind, *attribute, index), record, *time);
                store.entity_table_mut(row.kind).set_ticks(index, *attribute, ticks);
            }
        }
        self.clear();
    }

    /// Ends the source: rows that others hold already go. Whether some went because the whole list is there
    /// already.
    pub(in crate::import) fn end(&mut self, store: &mut Store, source: u32) -> bool {
        let ended = store.end_entities(source);
        self.added = ended.rows;
        self.duplicates += ended.duplicates.len() as u64;
        self.records -= ended.duplicates.len() as u64;
        ended.same_list
    }

    /// What most records are about.
    pub(in crate::import) fn kind(&self) -> Option<EntityKind> {
        let most = EntityKind::ALL.iter().copied().rev().max_by_key(|kind| self.kinds[*kind as usize])?;
        (self.kinds[most as usize] > 0).then_some(most)
    }

    /// Codes of the keys of extras and how many records have them.
    pub(in crate::import) fn unknown(&self) -> impl Iterator<Item = (u32, u64)> + '_ {
        self.unknown
            .iter()
            .enumerate()
            .filter(|(_, (count, _))| *count > 0)
            .map(|(key, (count, _))| (key as u32, *count))
    }

    /// The latest past moment that the rows of a source tell of.
    pub(in crate::import) fn snapshot(store: &Store, source: u32) -> Option<i64> {
        // Dates beyond stand for "never".
        let limit = from_calendar(2200, 1, 1, 0, 0, 0).unwrap_or(i64::MAX);
        let past: Vec<Attribute> = Attribute::ALL.iter().copied().filter(|attribute| attribute.is_past()).collect();
        let mut latest = None;
        for kind in EntityKind::ALL {
            let entities = store.entities(*kind);
            let used: Vec<Attribute> = past.iter().copied().filter(|attribute| entities.has(*attribute)).collect();
            for row in entities.of_source(source) {
                let times = used.iter().filter_map(|attribute| entities.time(row, *attribute));
                latest = latest.max(times.filter(|time| *time < limit).max());
            }
        }
        latest
    }
}
