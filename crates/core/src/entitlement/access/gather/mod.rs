//! Finds what events and exports tell of access: subjects, things and marks.

mod assignments;
mod events;
mod exports;
mod length;

use super::{
    fold::{Mark, Tells},
    raw::{RawSubject, RawThing, Raws},
    span::{Assignment, Kind},
};
use crate::{
    derived::Derived,
    entitlement::Pool,
    model::{Attribute as A, Domain, TargetColumn},
    store::{Entities, Store},
};

/// A resource that a package gives, as an export has it.
pub(super) struct RawGift {
    pub package: u32,
    pub thing: u32,
}

/// Everything found, with numbers of [`Raws`].
#[derive(Default)]
pub(super) struct Found {
    pub pool: Pool,
    pub raws: Raws,
    pub marks: Vec<Mark>,
    pub gifts: Vec<RawGift>,
    pub assignments: Vec<Assignment>,
    /// Deletions and restorations: subject, time, event.
    pub accounts: Vec<(u32, i64, Tells, u32)>,
    /// Events about assignments that do not say whose or of what.
    pub unplaced: Vec<u32>,
}

impl Found {
    pub fn of(from: &Derived) -> Self {
        let mut found = Self::default();
        found.packages(from.store);
        found.grants(from);
        found.assignments(from.store);
        found.requests(from.store);
        found.resources(from.store);
        found
    }

    fn text(&mut self, store: &Store, domain: Domain, code: u32) -> u32 {
        self.pool.of(store, domain, code)
    }

    /// The subject that a target is.
    fn target_subject(&mut self, store: &Store, target: usize) -> u32 {
        let code = |column| store.target_column(column).get(target);
        let raw = RawSubject {
            id: code(TargetColumn::Id),
            upn: code(TargetColumn::Upn),
            name: self.text(store, Domain::Name, code(TargetColumn::Name)),
            kind: self.text(store, Domain::TargetType, code(TargetColumn::Type)),
            target: Some(target as u32),
            ..RawSubject::default()
        };
        self.raws.subject(raw)
    }

    fn row_subject(&mut self, store: &Store, table: &Entities, row: usize, of: [A; 4]) -> Option<u32> {
        let [id, upn, mail, name] = of.map(|attribute| table.code(row, attribute));
        let raw = RawSubject {
            id,
            upn,
            mail,
            name: self.text(store, Domain::Name, name),
            kind: self.text(store, Domain::State, table.code(row, A::TargetType)),
            ..RawSubject::default()
        };
        (id != 0 || upn != 0 || mail != 0 || name != 0).then(|| self.raws.subject(raw))
    }

    fn row_package(&mut self, store: &Store, table: &Entities, row: usize) -> RawThing {
        RawThing {
            kind: Kind::Package,
            id: self.text(store, Domain::ObjectId, table.code(row, A::PackageId)),
            name: self.text(store, Domain::Name, table.code(row, A::PackageName)),
            ..RawThing::default()
        }
    }
}
