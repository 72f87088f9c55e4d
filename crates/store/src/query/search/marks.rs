//! From strings that were hit to the events that hold them.

use super::{Needle, instants};
use crate::{
    model::{Column, Domain, TargetColumn},
    store::{Codes, Pairs, Store},
    with_codes,
};

/// Which events contain the text in any field: columns, targets, changes, details, fields that no
/// column knows, the name of the file and the time as written in UTC.
pub fn events_with(store: &Store, text: &str) -> Vec<bool> {
    let needle = Needle::new(text);
    let hits = Hits::of(store, &needle);
    let mut found = vec![false; store.len()];
    for column in Column::ALL.iter().filter(|column| **column != Column::Actor) {
        hits.mark(column.domain(), store.column(*column), &mut found);
    }
    let sources: Vec<bool> = store.sources.iter().map(|source| needle.is_in(&source.name)).collect();
    if sources.contains(&true) {
        with_codes!(&store.source, codes => {
            for (found, code) in found.iter_mut().zip(codes) {
                *found |= sources.get(*code as usize).is_some_and(|found| *found);
            }
        });
    }
    lift(&targets_with(store, &hits), &store.target_start, &mut found);
    for (pairs, key, value) in [
        (&store.details, Domain::DetailKey, Domain::DetailValue),
        (&store.extras, Domain::ExtraKey, Domain::ExtraValue),
    ] {
        lift(&pairs_with(pairs, key, value, &hits), &pairs.start, &mut found);
    }
    instants::mark(&store.time, &needle.folded, &mut found);
    found
}

/// Flags per code of each domain; none where nothing was hit.
struct Hits(Vec<Option<Vec<bool>>>);

impl Hits {
    fn of(store: &Store, needle: &Needle) -> Self {
        // What a principal is named by stands in another column of the same event.
        let own = |domain: &Domain| (*domain != Domain::Principal).then(|| needle.codes(store.dictionary(*domain)));
        Self(Domain::ALL.iter().map(|domain| own(domain).flatten()).collect())
    }

    fn any(&self, domains: &[Domain]) -> bool {
        domains.iter().any(|domain| self.0[*domain as usize].is_some())
    }

    fn mark(&self, domain: Domain, codes: &Codes, found: &mut [bool]) {
        let Some(hits) = &self.0[domain as usize] else { return };
        with_codes!(codes, codes => {
            for (found, code) in found.iter_mut().zip(codes) {
                *found |= hits[*code as usize];
            }
        });
    }
}

/// Flags per target; empty if there are none.
fn targets_with(store: &Store, hits: &Hits) -> Vec<bool> {
    let own = TargetColumn::ALL.iter().filter(|column| **column != TargetColumn::Target);
    let domains: Vec<Domain> = own.clone().map(|column| column.domain()).collect();
    let in_changes = hits.any(&[Domain::PropertyName, Domain::PropertyValue]);
    if !in_changes && !hits.any(&domains) {
        return Vec::new();
    }
    let mut found = vec![false; store.change_start.len() - 1];
    for column in own {
        hits.mark(column.domain(), store.target_column(*column), &mut found);
    }
    if in_changes {
        let mut changes = vec![false; store.change_name.len()];
        hits.mark(Domain::PropertyName, &store.change_name, &mut changes);
        hits.mark(Domain::PropertyValue, &store.change_old, &mut changes);
        hits.mark(Domain::PropertyValue, &store.change_new, &mut changes);
        lift(&changes, &store.change_start, &mut found);
    }
    found
}

/// Flags per pair; empty if there are none.
fn pairs_with(pairs: &Pairs, key: Domain, value: Domain, hits: &Hits) -> Vec<bool> {
    if !hits.any(&[key, value]) {
        return Vec::new();
    }
    let mut found = vec![false; pairs.key.len()];
    hits.mark(key, &pairs.key, &mut found);
    hits.mark(value, &pairs.value, &mut found);
    found
}

/// Marks the parents of marked children; `start` says where each parent's children begin.
fn lift(children: &[bool], start: &[u32], parents: &mut [bool]) {
    let mut parent = 0;
    for (child, _) in children.iter().enumerate().filter(|(_, found)| **found) {
        while start[parent + 1] as usize <= child {
            parent += 1;
        }
        parents[parent] = true;
    }
}
