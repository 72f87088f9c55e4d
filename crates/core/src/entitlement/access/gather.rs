//! Finds what events and exports tell of access: subjects, things and marks.

use super::{
    fold::{Mark, Tells},
    raw::{RawSubject, RawThing, Raws},
    span::{Assignment, Kind},
};
use crate::arrange::Arrange as _;
use crate::{
    derived::Derived,
    entitlement::{
        Pool,
        grants::{Grants, What, failures, known_activities},
    },
    files::named,
    model::{Attribute as A, Column, Domain, EntityKind, Origin, TargetColumn},
    store::{Entities, NO_TIME, Store},
    time::{DAY, HOUR, MINUTE, SECOND},
};
use hashbrown::{HashMap, HashSet};

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
/// The format whose files hold one package's assignments without naming it.
const TABLE: &str = "assignments-csv";

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

    /// Events of entitlement management, and deleted accounts.
    fn packages(&mut self, store: &Store) {
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
    fn grants(&mut self, from: &Derived) {
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

    /// Assignments: the newest row of each gives its state, all rows tell of its time.
    fn assignments(&mut self, store: &Store) {
        let table = store.entities(EntityKind::Assignment);
        let newest: HashSet<usize> = table.newest().into_iter().collect();
        let days = policy_days(store);
        let mut index: HashMap<u32, u32> = HashMap::new();
        // A table without ids tells one assignment by whom and what it is of.
        let mut by_pair: HashMap<(u32, u32), u32> = HashMap::new();
        let mut files: HashMap<u32, u32> = HashMap::new();
        let mut rows: Vec<usize> = table.rows().filter(|row| table.origin(*row) != Origin::Template).collect();
        let seen = |row: usize| store.sources.get(table.source.get(row) as usize).and_then(|source| source.snapshot);
        rows.arrange_by_key(|row| (!newest.contains(row), std::cmp::Reverse(seen(*row)), *row));
        for row in rows {
            let source = table.source.get(row);
            let mut thing = self.row_package(store, &table, row);
            let info = store.sources.get(source as usize);
            if let Some(info) = info.filter(|info| thing.id == 0 && thing.name == 0 && info.format == TABLE) {
                let pool = &mut self.pool;
                thing.name = *files.entry(source).or_insert_with(|| pool.add(&named(info).package));
                thing.by_file = true;
            }
            let own = table.origin(row) == Origin::Own;
            if !own && table.code(row, A::State) == 0 {
                continue;
            }
            // Graph names neither whom nor what unless asked to: such an assignment is listed all the same.
            let whose = [A::TargetId, A::TargetUpn, A::TargetMail, A::TargetName];
            let whose = self.row_subject(store, &table, row, whose);
            let tells = own && whose.is_some() && (thing.id != 0 || thing.name != 0);
            let subject = whose.unwrap_or_else(|| self.raws.subject(RawSubject::default()));
            let thing = self.raws.thing(thing);
            let id = table.code(row, A::Id);
            let seen = seen(row);
            let started = table.time(row, A::Started);
            let ends = table.time(row, A::Ends).map(|ends| (ends, false)).or_else(|| {
                let length = duration(&table.text(row, A::Duration)).or_else(|| {
                    days.get(&table.code(row, A::PolicyId)).copied().filter(|_| table.code(row, A::PolicyId) != 0)
                });
                Some((started? + length?, true))
            });
            let known = if id == 0 { by_pair.get(&(subject, thing)) } else { index.get(&id) };
            let at = known.copied().unwrap_or_else(|| {
                let at = self.assignments.len() as u32;
                self.assignments.push(Assignment {
                    id: table.text(row, A::Id).into_owned(),
                    subject,
                    package: thing,
                    policy: (table.text(row, A::PolicyId).to_lowercase(), table.text(row, A::PolicyName).into_owned()),
                    state: table.text(row, A::State).into_owned(),
                    status: table.text(row, A::Status).into_owned(),
                    started,
                    ends,
                    expired: table.time(row, A::Expired),
                    row: Some(row as u32),
                    seen,
                    ..Assignment::default()
                });
                at
            });
            if id == 0 {
                by_pair.insert((subject, thing), at)
            } else {
                index.insert(id, at)
            };
            if tells {
                self.assignment_marks(&table, row, at, subject, thing, started, ends.map(|(ends, _)| ends), seen);
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one call, of what the row says")]
    fn assignment_marks(
        &mut self,
        table: &Entities,
        row: usize,
        assignment: u32,
        subject: u32,
        thing: u32,
        started: Option<i64>,
        planned: Option<i64>,
        seen: Option<i64>,
    ) {
        let state = table.text(row, A::State);
        let gave = !matches!(&*state, "deliveryFailed" | "denied" | "canceled" | "scheduled" | "submitted");
        if !gave {
            return;
        }
        let mark = Mark {
            subject,
            thing,
            time: None,
            tells: Tells::Held,
            event: None,
            assignment: Some(assignment),
            managed: true,
            planned,
        };
        // One that is only being delivered has not begun for certain.
        let begun = state != "delivering";
        if let Some(started) = started.filter(|_| begun) {
            self.marks.push(Mark { time: Some(started), tells: Tells::Start, ..mark });
        }
        // An end that is told of an assignment that is still delivered is the one it is to have.
        let over = state == "expired";
        let expired = table.time(row, A::Expired).filter(|_| over || state.is_empty());
        match expired {
            Some(expired) => self.marks.push(Mark { time: Some(expired), tells: Tells::End, ..mark }),
            None if over => self.marks.push(Mark { time: seen, tells: Tells::Over, ..mark }),
            None if begun => self.marks.push(Mark { time: seen, tells: Tells::Held, ..mark }),
            None => {}
        }
    }

    /// Requests that were delivered.
    fn requests(&mut self, store: &Store) {
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
    fn resources(&mut self, store: &Store) {
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

/// How long an assignment under a policy lasts, by the code of the policy's id.
fn policy_days(store: &Store) -> HashMap<u32, i64> {
    let table = store.entities(EntityKind::Policy);
    let mut days = HashMap::new();
    for row in table.newest() {
        let length =
            table.text(row, A::DurationDays).parse::<i64>().ok().filter(|days| *days > 0).map(|days| days * DAY);
        let length = length.or_else(|| duration(&table.text(row, A::Duration)));
        if let Some(length) = length {
            days.insert(table.code(row, A::Id), length);
        }
    }
    days
}

/// An ISO 8601 duration of weeks, days, hours, minutes and seconds, ticks. Years and months have no fixed
/// length: a duration with them is none.
pub(super) fn duration(text: &str) -> Option<i64> {
    let mut rest = text.trim().strip_prefix('P')?;
    let (mut ticks, mut of_day) = (0_i64, false);
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix('T') {
            (rest, of_day) = (time, true);
            continue;
        }
        let at = rest.find(|letter: char| !letter.is_ascii_digit())?;
        let number: i64 = rest[..at].parse().ok()?;
        let unit = match (rest.as_bytes()[at], of_day) {
            (b'W', false) => 7 * DAY,
            (b'D', false) => DAY,
            (b'H', true) => HOUR,
            (b'M', true) => MINUTE,
            (b'S', true) => SECOND,
            _ => return None,
        };
        ticks = ticks.checked_add(number.checked_mul(unit)?)?;
        rest = &rest[at + 1..];
    }
    (ticks > 0).then_some(ticks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(duration("P90D"), Some(90 * DAY));
        assert_eq!(duration("P1DT12H"), Some(36 * HOUR));
        assert_eq!(duration("PT30M"), Some(30 * MINUTE));
        for none in ["", "P", "P1Y", "P2M", "90", "PT", "P99999999999999999D"] {
            assert_eq!(duration(none), None, "{none}");
        }
    }
}
