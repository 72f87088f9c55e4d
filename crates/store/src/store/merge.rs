//! Overlapping exports count each event once.
//!
//! A record with an id is the same event as another with that id and of that second: ids that someone
//! has overwritten lose no event. The unified audit log gives its own account of a sign-in under the id
//! that the sign-in log uses, so both are kept. The portal's CSV has no ids, so there a record is
//! recognised by its content: second, correlation id, activity, result, actor and
//! the first three targets, which every format keeps. Equal records within one file are different
//! events, as nothing says otherwise; the first of them is matched with the first of another file,
//! the second with the second, and so on.

use super::Store;
use crate::arrange::Arrange as _;
use crate::{
    model::{Column, Domain, Log, TargetColumn},
    time::SECOND,
};
use hashbrown::{DefaultHashBuilder, HashMap, HashSet, HashTable};
use std::hash::BuildHasher;

/// The second of an event that has not been seen.
const UNSEEN: i64 = i64::MAX;

/// What is known of the events so far, to recognise them when they come again.
#[derive(Default)]
pub(super) struct Merger {
    /// Per code of an event id: the second of its event; in the unified audit log and in all others.
    by_id: [Vec<i64>; 2],
    /// Ids that came again with another time: whether of the unified audit log, id, second.
    reused: HashSet<(bool, u32, i64)>,
    /// The code of the unified audit log, 0 as long as there is none.
    unified: u32,
    /// Hash of the content, counted off, and event. Empty until there are two files and one has no ids.
    by_content: HashTable<(u64, u32)>,
    /// Whether `by_content` is kept.
    content_matters: bool,
    /// Of the file at hand: how many records of that content were matched with those of other files.
    matched: HashMap<u64, u32>,
    /// The file at hand.
    source: Option<u32>,
    /// Events known.
    known: usize,
    /// Older events that a richer record of this file replaces.
    replaced: Vec<u32>,
    hasher: DefaultHashBuilder,
}

impl Store {
    /// Looks at the events that came since the last call, all of one source, and takes out those that
    /// are already there; returns how many. A record that holds more than the CSV's replaces it at
    /// [`Store::end_merge`].
    pub fn merge(&mut self) -> u64 {
        let first = self.merger.known;
        if first == self.len() || self.keep_duplicates {
            return 0;
        }
        let mut merger = std::mem::take(&mut self.merger);
        merger.begin_source(self, first);
        let mut keep = Vec::with_capacity(self.len() - first);
        let mut next = first as u32;
        for event in first..self.len() {
            let is_new = merger.admit(self, event, next);
            next += u32::from(is_new);
            keep.push(is_new);
        }
        merger.known = next as usize;
        self.merger = merger;
        let duplicates = keep.iter().filter(|keep| !**keep).count() as u64;
        if duplicates > 0 {
            self.compact(first, &keep);
        }
        duplicates
    }

    /// Ends a source: older records that one of its records replaces are taken out, and counted as
    /// duplicates of the sources they came from.
    pub fn end_merge(&mut self) {
        let mut replaced = std::mem::take(&mut self.merger.replaced);
        self.merger.source = None;
        self.merger.matched = HashMap::default();
        if replaced.is_empty() {
            return;
        }
        replaced.arrange();
        let first = replaced[0] as usize;
        let mut keep = vec![true; self.len() - first];
        for event in replaced {
            keep[event as usize - first] = false;
            if let Some(source) = self.sources.get_mut(self.source.get(event as usize) as usize) {
                source.events -= 1;
                source.duplicates += 1;
            }
        }
        self.compact(first, &keep);
        self.merger.renumber(first, &keep);
    }
}

impl Merger {
    fn begin_source(&mut self, store: &Store, first: usize) {
        let source = store.source.get(first);
        if self.source != Some(source) {
            self.source = Some(source);
            self.matched = HashMap::default();
        }
        self.unified = store.dictionary(Domain::Log).find(Log::Unified.label()).unwrap_or(0);
        // The events of the first file have nothing to be matched with.
        if self.content_matters || store.source.get(0) == source {
            return;
        }
        if (0..store.len()).any(|event| store.column(Column::EventId).get(event) == 0) {
            self.content_matters = true;
            self.learn(store, first);
        }
    }

    /// Enters the content of all events before `first`.
    fn learn(&mut self, store: &Store, first: usize) {
        let mut counts: HashMap<(u32, u64), u32> = HashMap::default();
        for event in 0..first {
            let key = self.content(store, event);
            let count = counts.entry((store.source.get(event), key)).or_default();
            let numbered = self.numbered(key, *count);
            *count += 1;
            if self.by_content.find(numbered, |known| known.0 == numbered).is_none() {
                self.by_content.insert_unique(numbered, (numbered, event as u32), |known| known.0);
            }
        }
    }

    /// Whether an event is new; then it will have the index `next`.
    fn admit(&mut self, store: &Store, event: usize, next: u32) -> bool {
        let id = store.column(Column::EventId).get(event) as usize;
        let unified = self.is_unified(store, event);
        let second = store.time[event].div_euclid(SECOND);
        if id != 0 {
            let by_id = &mut self.by_id[usize::from(unified)];
            if by_id.len() <= id {
                by_id.resize(store.dictionary(Domain::EventId).len().max(id + 1), UNSEEN);
            }
            match by_id[id] {
                UNSEEN => by_id[id] = second,
                known if known == second => return false,
                _ if !self.reused.insert((unified, id as u32, second)) => return false,
                _ => {}
            }
        }
        if self.content_matters && !self.admit_content(store, event, next) {
            return false;
        }
        true
    }

    /// Whether the content is new, or richer than what it replaces.
    fn admit_content(&mut self, store: &Store, event: usize, next: u32) -> bool {
        let key = self.content(store, event);
        let mut count = self.matched.get(&key).copied().unwrap_or(0);
        loop {
            let numbered = self.numbered(key, count);
            match self.by_content.find(numbered, |known| known.0 == numbered).map(|known| known.1) {
                None => {
                    self.by_content.insert_unique(numbered, (numbered, next), |known| known.0);
                    return true;
                }
                // Another one of this file.
                Some(known) if self.source_of(store, known) == self.source => count += 1,
                Some(known) => {
                    self.matched.insert(key, count + 1);
                    let known_has_id = store.column(Column::EventId).get(known as usize) != 0;
                    if store.column(Column::EventId).get(event) == 0 {
                        return false;
                    }
                    if known_has_id {
                        // Two records with ids of their own are two events, whatever they say.
                        count += 1;
                        continue;
                    }
                    self.replaced.push(known);
                    if let Some(known) = self.by_content.find_mut(numbered, |known| known.0 == numbered) {
                        known.1 = next;
                    }
                    return true;
                }
            }
        }
    }

    fn is_unified(&self, store: &Store, event: usize) -> bool {
        self.unified != 0 && store.column(Column::Log).get(event) == self.unified
    }

    /// The source of an event that was admitted before. Those of the newest call still stand at their
    /// old index, but they are all of the source at hand.
    fn source_of(&self, store: &Store, event: u32) -> Option<u32> {
        if event as usize >= self.known { self.source } else { Some(store.source.get(event as usize)) }
    }

    fn content(&self, store: &Store, event: usize) -> u64 {
        let column = |column: Column| store.column(column).get(event);
        let targets = store.targets_of(event);
        let principal = store.target_column(TargetColumn::Target);
        let target = |at: usize| targets.clone().nth(at).map_or(0, |target| principal.get(target));
        self.hasher.hash_one((
            (store.time[event].div_euclid(SECOND), self.is_unified(store, event)),
            [column(Column::CorrelationId), column(Column::Activity), column(Column::Result), column(Column::Actor)],
            [target(0), target(1), target(2)],
        ))
    }

    fn numbered(&self, key: u64, count: u32) -> u64 {
        if count == 0 { key } else { self.hasher.hash_one((key, count)) }
    }

    /// Follows events to their new indexes after some from `first` on were taken out.
    fn renumber(&mut self, first: usize, keep: &[bool]) {
        let mut index = first as u32;
        let new: Vec<Option<u32>> = keep
            .iter()
            .map(|keep| {
                let own = index;
                index += u32::from(*keep);
                keep.then_some(own)
            })
            .collect();
        let follow = |event: u32| match (event as usize).checked_sub(first) {
            Some(at) => new.get(at).copied().flatten(),
            None => Some(event),
        };
        self.by_content.retain(|known| follow(known.1).inspect(|event| known.1 = *event).is_some());
        self.known = index as usize;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::SourceInfo;

    struct Record {
        id: &'static str,
        second: i64,
        activity: &'static str,
        targets: usize,
    }

    const fn record(id: &'static str, second: i64, activity: &'static str) -> Record {
        Record { id, second, activity, targets: 1 }
    }

    /// Reads sources one after another, in pieces of two records; returns events and duplicates of each.
    fn read(sources: &[&[Record]]) -> (Store, Vec<(u64, u64)>) {
        let mut store = Store::default();
        for (id, records) in sources.iter().enumerate() {
            store.sources.push(SourceInfo { id: id as u32, ..SourceInfo::default() });
            for piece in records.chunks(2) {
                for (number, record) in piece.iter().enumerate() {
                    let mut writer = store.writer(id as u32);
                    writer.time(record.second * SECOND + number as i64 * 17);
                    writer.set(Column::EventId, record.id.as_bytes());
                    writer.set(Column::Activity, record.activity.as_bytes());
                    for target in 0..record.targets {
                        writer.begin_target();
                        writer.set_target(TargetColumn::Name, format!("t{target}").as_bytes());
                        writer.change(b"Name", b"", format!("{}{target}", record.activity).as_bytes());
                    }
                    writer.detail(b"key", record.activity.as_bytes());
                    writer.commit(1);
                }
                let duplicates = store.merge();
                store.sources[id].duplicates += duplicates;
                store.sources[id].events += piece.len() as u64 - duplicates;
            }
            store.end_merge();
        }
        let counts = store.sources.iter().map(|source| (source.events, source.duplicates)).collect();
        (store, counts)
    }

    fn activities(store: &Store) -> Vec<String> {
        (0..store.len())
            .map(|event| {
                let activity = store.text(event, Column::Activity).into_owned();
                // Everything that hangs on the event moved with it.
                let details = store.details.of(event);
                assert_eq!(store.dictionary(Domain::DetailValue).get(store.details.value.get(details.start)), activity);
                for (at, target) in store.targets_of(event).enumerate() {
                    let change = store.changes_of(target).start;
                    let new = store.dictionary(Domain::PropertyValue).get(store.change_new.get(change));
                    assert_eq!(new, format!("{activity}{at}"));
                }
                activity
            })
            .collect()
    }

    #[test]
    fn an_id_counts_once() {
        let first = [record("1", 1, "a"), record("2", 2, "b"), record("1", 1, "a"), record("3", 3, "c")];
        let second = [record("3", 3, "c"), record("4", 4, "d"), record("2", 2, "b"), record("5", 5, "e")];
        let (store, counts) = read(&[&first, &second]);
        assert_eq!(activities(&store), ["a", "b", "c", "d", "e"]);
        assert_eq!(counts, [(3, 1), (2, 2)]);
    }

    #[test]
    fn an_overwritten_id_loses_no_event() {
        let (store, counts) = read(&[&[record("id", 1, "a"), record("id", 2, "b"), record("id", 1, "a")]]);
        assert_eq!((activities(&store), counts[0]), (vec!["a".into(), "b".into()], (2, 1)));
        let file = [record("id", 1, "a"), record("id", 2, "b")];
        assert_eq!(read(&[&file, &file]).1, [(2, 0), (0, 2)]);
    }

    #[test]
    fn equal_ids_matter_not_equal_content() {
        let (store, counts) = read(&[&[record("1", 1, "a"), record("2", 1, "a")]]);
        assert_eq!((store.len(), counts[0]), (2, (2, 0)));
    }

    #[test]
    fn the_unified_audit_log_has_ids_of_its_own() {
        let mut store = Store::default();
        for (source, log) in [Log::Interactive, Log::Unified, Log::NonInteractive, Log::Unified].into_iter().enumerate()
        {
            let mut writer = store.writer(source as u32);
            writer.set(Column::EventId, b"1");
            writer.set_log(log);
            writer.commit(1);
            assert_eq!(store.merge(), u64::from(source > 1), "{log:?}");
            store.end_merge();
        }
        assert_eq!(
            (store.text(0, Column::Log), store.text(1, Column::Log)),
            (Log::Interactive.label().into(), Log::Unified.label().into())
        );
    }

    #[test]
    fn without_ids_the_content_decides_and_equals_are_counted_off() {
        let csv = [record("", 1, "a"), record("", 1, "a"), record("", 2, "b")];
        let (store, counts) = read(&[&csv, &csv, &[record("", 1, "a"), record("", 3, "c")]]);
        assert_eq!(activities(&store), ["a", "a", "b", "c"]);
        assert_eq!(counts, [(3, 0), (0, 3), (1, 1)]);
    }

    #[test]
    fn the_richer_record_stays_whatever_the_order() {
        let csv = [record("", 1, "a"), record("", 2, "b"), record("", 9, "only in csv")];
        let json = [
            Record { id: "1", second: 1, activity: "a", targets: 1 },
            record("2", 2, "b"),
            Record { id: "3", second: 3, activity: "c", targets: 3 },
        ];
        let (csv_first, counts) = read(&[&csv, &json]);
        assert_eq!(counts, [(1, 2), (3, 0)]);
        let (json_first, counts) = read(&[&json, &csv]);
        assert_eq!(counts, [(3, 0), (1, 2)]);
        for store in [&csv_first, &json_first] {
            let mut all = activities(store);
            all.arrange();
            assert_eq!(all, ["a", "b", "c", "only in csv"]);
            let with_id = (0..store.len()).filter(|event| store.column(Column::EventId).get(*event) != 0).count();
            assert_eq!(with_id, 3);
        }
        // And what came before is still known after the replacement.
        let (again, counts) = read(&[&csv, &json, &json, &csv]);
        assert_eq!((again.len(), counts[2], counts[3]), (4, (0, 3), (0, 3)));
    }
}
