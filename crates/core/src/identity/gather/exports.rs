//! What the exports of people, and of what people have, say of names.

use super::{
    super::{
        join::{Evidence, How},
        nodes::NONE,
        standing::Turn,
    },
    Gathered,
};
use crate::{
    model::{Attribute as A, EntityKind, ItemColumn, List, Origin},
    store::{NO_TIME, Store},
};

/// Whom exports of other things name: table, id with name and address, display name, type.
const SUBJECTS: [(EntityKind, [A; 3], A, A); 7] = [
    (EntityKind::Assignment, [A::TargetId, A::TargetUpn, A::TargetMail], A::TargetName, A::TargetType),
    (EntityKind::Request, [A::TargetId, A::TargetUpn, A::TargetMail], A::TargetName, A::TargetType),
    (EntityKind::Request, [A::RequestorId, A::RequestorUpn, A::RequestorMail], A::RequestorName, A::TargetType),
    (EntityKind::ResourceAssignment, [A::TargetId, A::TargetUpn, A::TargetMail], A::TargetName, A::TargetType),
    (EntityKind::Decision, [A::TargetId, A::TargetUpn, A::TargetMail], A::TargetName, A::TargetType),
    (EntityKind::Decision, [A::ReviewerId, A::ReviewerUpn, A::ReviewerMail], A::ReviewerName, A::StateAsWritten),
    (EntityKind::Decision, [A::AppliedById, A::AppliedByUpn, A::AppliedByMail], A::AppliedByName, A::StateAsWritten),
];

impl Gathered {
    /// Reads all exports of people and of what people have.
    pub(in crate::identity) fn entities(&mut self, store: &Store) {
        self.people(store);
        self.now = NO_TIME;
        for (kind, [id, upn, mail], name, subject_type) in SUBJECTS {
            let table = store.entities(kind);
            for row in table.rows() {
                if is_thing(&table.text(row, subject_type)) {
                    continue;
                }
                let evidence = Evidence::Row(kind, row as u32);
                let id = self.of_id(store, table.code(row, id));
                let upn = self.of_upn(store, table.code(row, upn), evidence);
                let mail = self.of_upn(store, table.code(row, mail), evidence);
                let node = self.person(id, upn, mail, evidence);
                self.name(node, store, 1, NO_TIME, table.code(row, name));
            }
        }
    }

    fn person(&mut self, id: u32, upn: u32, mail: u32, evidence: Evidence) -> u32 {
        self.pair(id, upn, evidence);
        let node = if id == NONE && upn == NONE { self.sight(NONE, mail, false) } else { self.sight(id, upn, true) };
        self.claim(node, mail, How::Mail, evidence);
        node
    }

    fn people(&mut self, store: &Store) {
        let table = store.entities(EntityKind::Person);
        self.rows = vec![NONE; table.len()];
        for row in table.rows() {
            let origin = table.origin(row);
            if origin == Origin::Template || is_thing(&table.text(row, A::SubjectType)) {
                continue;
            }
            let evidence = Evidence::Row(EntityKind::Person, row as u32);
            let source = store.sources.get(table.source.get(row) as usize);
            let time = source.and_then(|source| source.snapshot).unwrap_or(NO_TIME);
            self.now = time;
            let id = self.of_id(store, table.code(row, A::Id));
            let upn = self.of_upn(store, table.code(row, A::Upn), evidence);
            let mail = self.of_upn(store, table.code(row, A::Mail), evidence);
            let node = self.person(id, upn, mail, evidence);
            if node == NONE {
                continue;
            }
            self.rows[row] = node;
            self.name(node, store, if origin == Origin::Own { 3 } else { 1 }, time, table.code(row, A::Name));
            let subject = self.of_id(store, table.code(row, A::SubjectId));
            if subject != NONE {
                self.subject_ids.insert(subject);
                self.claim(node, subject, How::Subject, evidence);
            }
            let kind = match &*table.text(row, A::UserType) {
                "Guest" => 1,
                "Member" => 2,
                // Microsoft's inactive guest report lists guests only.
                _ if source.is_some_and(|source| source.format == "inactive-guests-csv") => 1,
                _ => 0,
            };
            if kind != 0 {
                self.turns.push((node, Turn::stated(time, kind, row as u32)));
            }
            for list in [List::OtherMail, List::Identity] {
                for item in table.list(row, list) {
                    let other = self.of_upn(store, table.items.code(item, ItemColumn::Address), evidence);
                    self.claim(node, other, How::OtherMail, evidence);
                }
            }
        }
    }
}

/// Whether a subject's type says that it is no person.
fn is_thing(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    ["group", "serviceprincipal", "application", "connectedorganization", "team"]
        .iter()
        .any(|thing| kind.contains(thing))
}
