//! What the log tells of access: assignments delivered and removed, grants, deleted accounts.

use super::{
    super::{
        fold::{Mark, Tells},
        raw::{RawSubject, RawThing},
        span::Kind,
    },
    Found,
};
use crate::{
    derived::Derived,
    entitlement::grants::{Grants, What, failures, known_activities},
    model::{Column, Domain, TargetColumn},
    store::{NO_TIME, Store},
};
use hashbrown::HashSet;

/// What an activity says of an assignment, or of the account behind it.
/// Source: Microsoft, "View reports and logs in entitlement management", and the audit activity reference.
const ACTIVITIES: &[(&str, Tells)] = &[
    ("Fulfill access package assignment request", Tells::Begin),
    ("Partially fulfill access package assignment request", Tells::Begin),
    ("Remove access package assignment", Tells::End),
    ("Remove access package resource assignment", Tells::PartEnd),
    ("Administrator directly removes user access package assignment", Tells::Asked),
    ("Entitlement Management removes access package assignment request for user", Tells::Asked),
    ("User requests to remove access package assignment", Tells::Asked),
    ("Delete user", Tells::Deleted),
    ("Hard Delete user", Tells::Deleted),
    ("Restore user", Tells::Restored),
];

impl Found {
    /// Events of entitlement management, and deleted accounts.
    pub(super) fn packages(&mut self, store: &Store) {
        let known = known_activities(store, |name| {
            ACTIVITIES.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, tells)| *tells)
        });
        let failed = failures(store);
        let (activity, result) = (store.column(Column::Activity), store.column(Column::Result));
        let correlation = store.column(Column::CorrelationId);
        let events: Vec<(usize, Tells)> = (0..store.len())
            .filter_map(|event| Some((event, known.get(activity.get(event) as usize).copied().flatten()?)))
            .filter(|(event, _)| store.time[*event] != NO_TIME && !failed.contains(&result.get(*event)))
            .collect();
        // A removal is a request as well: when that is fulfilled, access has ended.
        let removals: HashSet<u32> = events
            .iter()
            .filter(|(_, tells)| *tells == Tells::Asked)
            .map(|(event, _)| correlation.get(*event))
            .filter(|code| *code != 0)
            .collect();
        let kinds = Kinds::of(store);
        for (event, tells) in events {
            let tells = match tells {
                Tells::Begin if removals.contains(&correlation.get(event)) => Tells::End,
                tells => tells,
            };
            let time = store.time[event];
            let kind = |target: usize| store.target_column(TargetColumn::Type).get(target);
            let user = store.targets_of(event).find(|target| kinds.user.contains(&kind(*target)));
            if matches!(tells, Tells::Deleted | Tells::Restored) {
                if let Some(target) = user.or_else(|| store.targets_of(event).next()) {
                    let subject = self.target_subject(store, target);
                    self.accounts.push((subject, time, tells, event as u32));
                }
                continue;
            }
            let package = store.targets_of(event).find(|target| kinds.package.contains(&kind(*target)));
            // Without a target of type User, the initiator of a fulfilment is who receives it.
            let subject = match user {
                Some(target) => Some(self.target_subject(store, target)),
                None if tells == Tells::Begin => self.actor_subject(store, event),
                None => None,
            };
            let (Some(package), Some(subject)) = (package, subject) else {
                self.unplaced.push(event as u32);
                continue;
            };
            let thing = RawThing {
                kind: Kind::Package,
                id: self.text(store, Domain::ObjectId, store.target_column(TargetColumn::Id).get(package)),
                name: self.text(store, Domain::Name, store.target_column(TargetColumn::Name).get(package)),
                ..RawThing::default()
            };
            let thing = self.raws.thing(thing);
            self.marks.push(Mark {
                subject,
                thing,
                time: Some(time),
                tells,
                event: Some(event as u32),
                assignment: None,
                managed: true,
                planned: None,
            });
        }
    }

    fn actor_subject(&mut self, store: &Store, event: usize) -> Option<u32> {
        let (id, upn) = (store.column(Column::ActorId).get(event), store.column(Column::ActorUpn).get(event));
        let name = self.text(store, Domain::Name, store.column(Column::ActorName).get(event));
        let kind = self.pool.add("User");
        (id != 0 || upn != 0).then(|| self.raws.subject(RawSubject { id, upn, name, kind, ..RawSubject::default() }))
    }

    /// Groups, application roles and directory roles given and taken.
    pub(super) fn grants(&mut self, from: &Derived) {
        let (store, grants) = (from.store, from.get::<Grants>());
        for grant in grants.all.iter().filter(|grant| !grant.failed) {
            let time = store.time[grant.event as usize];
            let has_subject = grant.subject_id != 0 || grant.subject_name != 0;
            if time == NO_TIME || !has_subject || (grant.thing_id == 0 && grant.thing_name == 0) {
                continue;
            }
            let mut own = |number: u32| self.pool.add(grants.pool.get(number));
            let kind = match grant.activity().what {
                What::AppRole => Kind::AppRole,
                What::Group => Kind::Group,
                What::GroupOwner => Kind::GroupOwner,
                What::Role => Kind::Role,
            };
            let thing = RawThing {
                kind,
                id: own(grant.thing_id),
                name: own(grant.thing_name),
                role: own(grant.role),
                by_file: false,
            };
            let (id, name) = (grants.pool.get(grant.subject_id), own(grant.subject_name));
            let subject = RawSubject {
                id: store.dictionary(Domain::ObjectId).find(id).unwrap_or(0),
                id_text: own(grant.subject_id),
                name,
                kind: own(grant.subject_type),
                target: grant.target,
                ..RawSubject::default()
            };
            let (thing, subject) = (self.raws.thing(thing), self.raws.subject(subject));
            self.marks.push(Mark {
                subject,
                thing,
                time: Some(time),
                tells: if grant.activity().gives { Tells::Begin } else { Tells::End },
                event: Some(grant.event),
                assignment: None,
                managed: grant.managed,
                planned: None,
            });
        }
    }
}

/// Codes of the types of targets.
struct Kinds {
    user: Vec<u32>,
    package: Vec<u32>,
}

impl Kinds {
    fn of(store: &Store) -> Self {
        let mut kinds = Self { user: Vec::new(), package: Vec::new() };
        store.dictionary(Domain::TargetType).for_each(|code, name| {
            if name.eq_ignore_ascii_case(b"User") {
                kinds.user.push(code);
            } else if name.eq_ignore_ascii_case(b"AccessPackage") {
                kinds.package.push(code);
            }
        });
        kinds
    }
}
