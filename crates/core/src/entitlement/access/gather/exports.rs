//! What exports of requests and resources tell of access.

use super::{
    super::{
        fold::{Mark, Tells},
        raw::RawThing,
        span::Kind,
    },
    Found, RawGift,
};
use crate::{
    model::{Attribute as A, Domain, EntityKind},
    store::{Entities, Store},
};
use hashbrown::HashMap;

impl Found {
    /// Requests that were delivered.
    pub(super) fn requests(&mut self, store: &Store) {
        let table = store.entities(EntityKind::Request);
        let assignments = store.entities(EntityKind::Assignment);
        let mut packages: HashMap<u32, usize> = HashMap::new();
        for row in assignments.rows().filter(|row| assignments.code(*row, A::PackageId) != 0) {
            packages.insert(assignments.code(row, A::Id), row);
        }
        for row in table.rows() {
            let (state, kind) = (table.text(row, A::State), table.text(row, A::RequestType));
            let (Some(completed), "delivered") = (table.time(row, A::Completed), &*state) else { continue };
            let tells = match &*kind {
                "userAdd" | "adminAdd" | "systemAdd" | "onBehalfAdd" => Tells::Begin,
                "userRemove" | "adminRemove" | "systemRemove" => Tells::End,
                _ => continue,
            };
            let assignment = packages.get(&table.code(row, A::AssignmentId)).copied();
            let mut thing = self.row_package(store, &table, row);
            if let Some(row) = assignment.filter(|_| thing.id == 0) {
                thing = self.row_package(store, &assignments, row);
            }
            if thing.id == 0 && thing.name == 0 {
                continue;
            }
            // Who asks for somebody else is not who gets it.
            let whose = [A::RequestorId, A::RequestorUpn, A::RequestorMail, A::RequestorName];
            let target = [A::TargetId, A::TargetUpn, A::TargetMail, A::TargetName];
            let subject = match assignment.and_then(|row| self.row_subject(store, &assignments, row, target)) {
                Some(subject) => Some(subject),
                None if kind == "onBehalfAdd" => None,
                None => self.row_subject(store, &table, row, whose),
            };
            let Some(subject) = subject else { continue };
            let thing = self.raws.thing(thing);
            self.marks.push(Mark {
                subject,
                thing,
                time: Some(completed),
                tells,
                event: None,
                assignment: None,
                managed: true,
                planned: None,
            });
        }
    }

    /// What packages give, and what assignments gave.
    pub(super) fn resources(&mut self, store: &Store) {
        for kind in [EntityKind::Resource, EntityKind::ResourceAssignment] {
            let table = store.entities(kind);
            for row in table.rows() {
                let thing = self.resource(store, &table, row);
                if thing.id == 0 && thing.name == 0 {
                    continue;
                }
                let (package, thing) = (self.row_package(store, &table, row), self.raws.thing(thing));
                let package = (package.id != 0 || package.name != 0).then(|| self.raws.thing(package));
                self.gifts.extend(package.map(|package| RawGift { package, thing }));
                let whose = [A::TargetId, A::TargetUpn, A::TargetMail, A::TargetName];
                let gave = kind == EntityKind::ResourceAssignment && table.text(row, A::Status) == "Fulfilled";
                let Some(subject) = self.row_subject(store, &table, row, whose).filter(|_| gave) else { continue };
                let source = store.sources.get(table.source.get(row) as usize);
                self.marks.push(Mark {
                    subject,
                    thing,
                    time: source.and_then(|source| source.snapshot),
                    tells: Tells::Held,
                    event: None,
                    assignment: None,
                    managed: true,
                    planned: None,
                });
            }
        }
    }

    fn resource(&mut self, store: &Store, table: &Entities, row: usize) -> RawThing {
        let role = table.text(row, A::RoleName);
        let kind = match &*table.text(row, A::OriginSystem) {
            "AadGroup" if role.eq_ignore_ascii_case("Owner") => Kind::GroupOwner,
            "AadGroup" => Kind::Group,
            "AadApplication" => Kind::AppRole,
            "SharePointOnline" => Kind::Site,
            _ => Kind::Other,
        };
        let id = self.text(store, Domain::ObjectId, table.code(row, A::ResourceId));
        let name = self.text(store, Domain::Name, table.code(row, A::ResourceName));
        // Without a role and its scope it is a resource environment or an incompatible group, not a gift.
        let role = match kind {
            Kind::Group | Kind::GroupOwner => 0,
            _ => self.text(store, Domain::Name, table.code(row, A::RoleName)),
        };
        RawThing { kind, id, name, role, by_file: false }
    }
}
