//! Two exports of the same thing side by side: what is new, what is gone, what has changed.
//!
//! An attribute that one of the two files lacks altogether is left out and named: a column that was not
//! exported is no change. Times are compared to the second, as a portal's CSV has no more.

mod pairs;
mod values;

use crate::arrange::Arrange as _;
pub use values::What;

use crate::{
    derived::{Derive, Derived},
    model::{EntityKind, Origin},
    store::Store,
};
use std::{cell::RefCell, rc::Rc};

/// A file that lists entities of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Index of the source.
    pub source: u32,
    /// By which parameters name it, see `SourceInfo::key`.
    pub key: String,
    /// Name of the file.
    pub name: String,
    /// The latest past moment it tells of, ticks: it is not older.
    pub at: Option<i64>,
    /// Entities in it.
    pub count: u64,
}

/// What has changed of an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What.
    pub what: What,
    /// Before; none where there was no value.
    pub old: Option<Side>,
    /// After.
    pub new: Option<Side>,
}

/// A value on one side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// A moment, ticks.
    Time(i64),
    /// A text of a file.
    Text(String),
}

/// An entity that both files list, differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its row before.
    pub before: u32,
    /// Its row after.
    pub after: u32,
    /// What has changed.
    pub changes: Vec<Change>,
}

/// What two files say differently.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Rows of entities that only the later file lists, by key.
    pub new: Vec<u32>,
    /// Rows of entities that only the earlier file lists, by key.
    pub gone: Vec<u32>,
    /// Entities that both list, differently, by key.
    pub changed: Vec<Changed>,
    /// Entities of which only times of sign-in differ, where those do not count.
    pub signed_in: Vec<Changed>,
    /// Rows of entities that both list alike: the later ones, by key.
    pub same: Vec<u32>,
    /// What only the earlier file has values of.
    pub only_before: Vec<What>,
    /// What only the later file has values of.
    pub only_after: Vec<What>,
    /// Whether they are assignments of which a file does not say of which package.
    pub of_unnamed_package: bool,
}

impl Comparison {
    /// Entities that both files list.
    pub fn common(&self) -> u64 {
        (self.same.len() + self.changed.len() + self.signed_in.len()) as u64
    }
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The kind of entity.
    pub kind: EntityKind,
    /// The earlier source.
    pub before: u32,
    /// The later source.
    pub after: u32,
    /// Whether times of sign-in count as changes.
    pub sign_ins: bool,
}

/// Compares, and keeps the newest comparison.
#[derive(Default)]
pub struct Comparisons {
    newest: RefCell<Option<(Choice, Rc<Comparison>)>>,
}

impl Derive for Comparisons {
    fn derive(_: &Derived) -> Self {
        Self::default()
    }
}

impl Comparisons {
    /// Compares two sources.
    pub fn of(&self, from: &Derived, choice: Choice) -> Rc<Comparison> {
        if let Some((known, comparison)) = &*self.newest.borrow()
            && *known == choice
        {
            return comparison.clone();
        }
        let comparison = Rc::new(pairs::compare(from, choice));
        *self.newest.borrow_mut() = Some((choice, comparison.clone()));
        comparison
    }
}

/// The files that list entities of a kind, oldest first, those without any past moment before all.
pub fn snapshots(store: &Store, kind: EntityKind) -> Vec<Snapshot> {
    let rows = store.entities(kind);
    let mut counts = vec![0; store.sources.len()];
    for row in rows.rows().filter(|row| rows.origin(*row) == Origin::Own) {
        for source in rows.sources_of(row) {
            counts[source as usize] += 1;
        }
    }
    let mut found: Vec<Snapshot> = store
        .sources
        .iter()
        .zip(counts)
        .filter(|(_, count)| *count > 0)
        .map(|(source, count)| Snapshot {
            source: source.id,
            key: source.key(),
            name: source.name.clone(),
            at: source.snapshot,
            count,
        })
        .collect();
    found.arrange_by(|a, b| (a.at, &a.name, a.source).cmp(&(b.at, &b.name, b.source)));
    found
}
