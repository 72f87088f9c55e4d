//! Text in any field of an event, letter case aside.

use crate::{
    model::{Column, Domain, TargetColumn},
    store::{Codes, Dictionary, NO_TIME, Store},
    time,
};

/// Letter case aside: what search and sorting compare.
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// A text to look for.
pub struct Needle {
    folded: String,
}

impl Needle {
    /// Looks for a text, letter case aside.
    pub fn new(text: &str) -> Self {
        Self { folded: fold(text) }
    }

    /// Whether a text contains it.
    pub fn is_in(&self, text: &str) -> bool {
        fold(text).contains(&self.folded)
    }

    /// Which strings of a dictionary contain it, by code.
    pub fn codes(&self, dictionary: &Dictionary) -> Vec<bool> {
        let mut found = vec![false; dictionary.len()];
        dictionary.for_each(|code, text| found[code as usize] = self.is_in(&String::from_utf8_lossy(text)));
        found
    }
}

/// Which events contain the text in any field: columns, targets, changes, details, fields that no
/// column knows, the name of the file and the time as written in UTC.
pub fn events_with(store: &Store, text: &str) -> Vec<bool> {
    let needle = Needle::new(text);
    let hits: Vec<Vec<bool>> = Domain::ALL.iter().map(|domain| needle.codes(store.dictionary(*domain))).collect();
    let hit = |domain: Domain, codes: &Codes, at: usize| hits[domain as usize][codes.get(at) as usize];
    let sources: Vec<bool> = store.sources.iter().map(|source| needle.is_in(&source.name)).collect();
    (0..store.len())
        .map(|event| {
            let pairs = [
                (&store.details, Domain::DetailKey, Domain::DetailValue),
                (&store.extras, Domain::ExtraKey, Domain::ExtraValue),
            ];
            Column::ALL.iter().any(|column| hit(column.domain(), store.column(*column), event))
                || sources.get(store.source.get(event) as usize).is_some_and(|found| *found)
                || (store.time[event] != NO_TIME && needle.is_in(&time::iso(store.time[event])))
                || store.targets_of(event).any(|target| {
                    TargetColumn::ALL.iter().any(|column| hit(column.domain(), store.target_column(*column), target))
                        || store.changes_of(target).any(|change| {
                            hit(Domain::PropertyName, &store.change_name, change)
                                || hit(Domain::PropertyValue, &store.change_old, change)
                                || hit(Domain::PropertyValue, &store.change_new, change)
                        })
                })
                || pairs.iter().any(|(pairs, key, value)| {
                    pairs.of(event).any(|at| hit(*key, &pairs.key, at) || hit(*value, &pairs.value, at))
                })
        })
        .collect()
}
