//! Application roles, groups and directory roles given and taken directly, as the directory logs it.
//!
//! Sources: Azure Monitor workbook "Application role assignment activity" (nine activities, the names of
//! properties), Microsoft's audit activity list (groups and roles).

use super::{MANAGER, Pool};
use crate::identity::text::Lower as _;
use crate::{
    derived::{Derive, Derived},
    model::{Column, Domain, TargetColumn},
    store::Store,
    vocabulary::canonical_activity,
};
use hashbrown::HashMap;
use std::ops::Range;

/// What is given or taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// A role of an application.
    AppRole,
    /// Membership of a group.
    Group,
    /// Ownership of a group.
    GroupOwner,
    /// A role of the directory.
    Role,
}

/// An activity that gives or takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Microsoft's name.
    pub name: &'static str,
    /// What is given or taken.
    pub what: What,
    /// Whether it is given.
    pub gives: bool,
    /// To or from whom: `User`, `Group`, `ServicePrincipal`; empty where the target's type says it.
    pub subject: &'static str,
    /// Where the name comes from.
    pub source: &'static str,
}

const WORKBOOK: &str = "Workbook \"Application role assignment activity\"";
const LIST: &str = "Microsoft, audit log activity reference";

macro_rules! activities {
    ($($name:literal $what:ident $gives:literal $subject:literal $source:ident),+ $(,)?) => {
        /// All of them; the first nine are the workbook's.
        pub const ACTIVITIES: &[Activity] = &[
            $(Activity { name: $name, what: What::$what, gives: $gives, subject: $subject, source: $source }),+
        ];
    };
}

activities! {
    "Add app role assignment grant to user" AppRole true "User" WORKBOOK,
    "Add app role assignment to group" AppRole true "Group" WORKBOOK,
    "Add app role assignment to service principal" AppRole true "ServicePrincipal" WORKBOOK,
    "Add a deletion-marked app role assignment grant to user as part of link removal"
        AppRole false "User" WORKBOOK,
    "Add a deletion-marked app role assignment grant to group as part of link removal"
        AppRole false "Group" WORKBOOK,
    "Add a deletion-marked app role assignment grant to service principal as part of link removal"
        AppRole false "ServicePrincipal" WORKBOOK,
    "Remove app role assignment from user" AppRole false "User" WORKBOOK,
    "Remove app role assignment from group" AppRole false "Group" WORKBOOK,
    "Remove app role assignment from service principal" AppRole false "ServicePrincipal" WORKBOOK,
    "Add member to group" Group true "" LIST,
    "Remove member from group" Group false "" LIST,
    "Add owner to group" GroupOwner true "" LIST,
    "Remove owner from group" GroupOwner false "" LIST,
    "Add member to role" Role true "" LIST,
    "Add scoped member to role" Role true "" LIST,
    "Add member to role scoped over Restricted Management Administrative Unit" Role true "" LIST,
    "Remove member from role" Role false "" LIST,
    "Remove scoped member from role" Role false "" LIST,
    "Remove member from role scoped over Restricted Management Administrative Unit" Role false "" LIST,
}

/// The workbook's activities.
pub const OF_APP_ROLES: Range<usize> = 0..9;

/// Something given or taken. Texts are numbers of [`Grants::pool`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Grant {
    /// The event.
    pub event: u32,
    /// The activity, an index into [`ACTIVITIES`].
    pub activity: u8,
    /// Id of the application's service principal, the group or the role.
    pub thing_id: u32,
    /// Its name.
    pub thing_name: u32,
    /// The application's role.
    pub role: u32,
    /// Type of whoever gets or loses it, as the log or the activity says.
    pub subject_type: u32,
    /// Object id.
    pub subject_id: u32,
    /// User principal name, else display name.
    pub subject_name: u32,
    /// The target that is the subject, where there is one.
    pub target: Option<u32>,
    /// Whether entitlement management did it.
    pub managed: bool,
    /// Whether the log says that it did not happen.
    pub failed: bool,
}

impl Grant {
    /// The activity.
    pub fn activity(&self) -> &'static Activity {
        &ACTIVITIES[self.activity as usize]
    }
}

/// All of them, in the order of events.
#[derive(Default)]
pub struct Grants {
    /// The texts.
    pub pool: Pool,
    /// The grants.
    pub all: Vec<Grant>,
}

impl Derive for Grants {
    fn derive(from: &Derived) -> Self {
        let store = from.store;
        let mut reader = Reader { store, pool: Pool::default(), properties: HashMap::new() };
        store.dictionary(Domain::PropertyName).for_each(|code, name| {
            let property = PROPERTIES.iter().find(|(own, _)| own.as_bytes().eq_ignore_ascii_case(name));
            reader.properties.extend(property.map(|(_, property)| (code, *property)));
        });
        let activities =
            known_activities(store, |name| ACTIVITIES.iter().position(|known| known.name.eq_ignore_ascii_case(name)));
        let managers = managers(store);
        let failures = failures(store);
        let (activity, name) = (store.column(Column::Activity), store.column(Column::ActorName));
        let (principal, result) = (store.column(Column::ActorServicePrincipalName), store.column(Column::Result));
        let mut all = Vec::new();
        for event in 0..store.len() {
            let Some(known) = activities.get(activity.get(event) as usize).copied().flatten() else { continue };
            let mut grant = reader.grant(event, known);
            grant.managed = managers.contains(&name.get(event)) || managers.contains(&principal.get(event));
            grant.failed = failures.contains(&result.get(event));
            all.push(grant);
        }
        Self { pool: reader.pool, all }
    }
}

/// What is known of each activity by its code: looked up once, by the name that stands for it.
pub(super) fn known_activities<T: Clone>(store: &Store, find: impl Fn(&str) -> Option<T>) -> Vec<Option<T>> {
    let names = store.dictionary(Domain::Activity);
    let mut known = vec![None; names.len()];
    names.for_each(|code, name| {
        known[code as usize] = std::str::from_utf8(name).ok().and_then(|name| find(canonical_activity(name)));
    });
    known
}

/// Codes of the names that entitlement management acts under.
pub(super) fn managers(store: &Store) -> Vec<u32> {
    let mut codes = Vec::new();
    store.dictionary(Domain::Name).for_each(|code, name| {
        if MANAGER.as_bytes().eq_ignore_ascii_case(name) {
            codes.push(code);
        }
    });
    codes
}

/// Codes of results that say that nothing happened.
pub(super) fn failures(store: &Store) -> Vec<u32> {
    let mut codes = Vec::new();
    store.dictionary(Domain::Result).for_each(|code, result| {
        if [&b"failure"[..], b"failed", b"timeout", b"interrupted"].iter().any(|word| word.eq_ignore_ascii_case(result))
        {
            codes.push(code);
        }
    });
    codes
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Property {
    RoleOfApp,
    RoleOfAppId,
    ThingId,
    ThingName,
    GroupId,
    GroupName,
    SubjectId,
    SubjectName,
}

/// Names of modified properties. A group's are its own where it is joined, and the subject's where it gets
/// an application's role.
const PROPERTIES: &[(&str, Property)] = &[
    ("AppRole.DisplayName", Property::RoleOfApp),
    ("AppRole.Id", Property::RoleOfAppId),
    ("Group.ObjectID", Property::GroupId),
    ("Group.DisplayName", Property::GroupName),
    ("Role.ObjectID", Property::ThingId),
    ("Role.DisplayName", Property::ThingName),
    ("User.ObjectID", Property::SubjectId),
    ("User.UPN", Property::SubjectName),
    ("ServicePrincipal.ObjectID", Property::SubjectId),
    ("ServicePrincipal.DisplayName", Property::SubjectName),
];

/// What the portal calls the role of an application that defines none; its id is all zeros.
const DEFAULT_ROLE: &str = "Default Access";
const NO_ID: &str = "00000000-0000-0000-0000-000000000000";

struct Reader<'a> {
    store: &'a Store,
    pool: Pool,
    properties: HashMap<u32, Property>,
}

impl Reader<'_> {
    fn grant(&mut self, event: usize, activity: usize) -> Grant {
        let store = self.store;
        let Activity { what, subject, .. } = ACTIVITIES[activity];
        let mut grant = Grant { event: event as u32, activity: activity as u8, ..Grant::default() };
        // The target that the properties stand at: of roles the application, else the subject.
        let mut told = None;
        for target in store.targets_of(event) {
            for change in store.changes_of(target) {
                if let Some(property) = self.properties.get(&store.change_name.get(change)).copied() {
                    told.get_or_insert(target);
                    let new = self.pool.of(store, Domain::PropertyValue, store.change_new.get(change));
                    let old = self.pool.of(store, Domain::PropertyValue, store.change_old.get(change));
                    self.put(&mut grant, property, if new == 0 { old } else { new });
                }
            }
        }
        let kind = |target: usize| store.target_text(target, TargetColumn::Type);
        let type_of_thing = match what {
            What::AppRole => "ServicePrincipal",
            What::Group | What::GroupOwner => "Group",
            What::Role => "Role",
        };
        let is_thing = |target: &usize| kind(*target).eq_ignore_ascii_case(type_of_thing);
        let mut targets = store.targets_of(event);
        let (thing, member) = if what == What::AppRole {
            let thing = told.or_else(|| targets.find(is_thing)).or_else(|| store.targets_of(event).next());
            (thing, store.targets_of(event).find(|target| Some(*target) != thing))
        } else {
            let member = told.or_else(|| targets.find(|target| !is_thing(target)));
            let member = member.or_else(|| store.targets_of(event).next());
            (store.targets_of(event).find(|target| Some(*target) != member && is_thing(target)), member)
        };
        if let Some(thing) = thing {
            let id = self.of(thing, TargetColumn::Id);
            grant.thing_id = if grant.thing_id == 0 { id } else { grant.thing_id };
            let name = self.of(thing, TargetColumn::Name);
            grant.thing_name = if name == 0 { grant.thing_name } else { name };
        }
        let mut subject_type = subject.to_owned();
        if let Some(member) = member {
            let id = self.of(member, TargetColumn::Id);
            let upn = self.of(member, TargetColumn::Upn);
            let name = if upn == 0 { self.of(member, TargetColumn::Name) } else { upn };
            // A further target is the subject only if it does not contradict the properties.
            if grant.subject_id == 0 || id == grant.subject_id || id == 0 {
                grant.subject_id = if grant.subject_id == 0 { id } else { grant.subject_id };
                grant.subject_name = if grant.subject_name == 0 { name } else { grant.subject_name };
                grant.target = Some(member as u32);
            }
            if subject_type.is_empty() {
                subject_type = kind(member).into_owned();
            }
        }
        grant.subject_type = self.pool.add(&subject_type);
        grant
    }

    fn of(&mut self, target: usize, column: TargetColumn) -> u32 {
        self.pool.of(self.store, column.domain(), self.store.target_column(column).get(target))
    }

    fn put(&mut self, grant: &mut Grant, property: Property, value: u32) {
        let of_app = grant.activity().what == What::AppRole;
        let lower = |pool: &mut Pool| pool.add(&pool.get(value).lower());
        match property {
            Property::RoleOfApp if value != 0 => grant.role = value,
            Property::RoleOfAppId if grant.role == 0 && self.pool.get(value) == NO_ID => {
                grant.role = self.pool.add(DEFAULT_ROLE);
            }
            Property::ThingId => grant.thing_id = lower(&mut self.pool),
            Property::ThingName => grant.thing_name = value,
            Property::GroupId if !of_app => grant.thing_id = lower(&mut self.pool),
            Property::GroupName if !of_app => grant.thing_name = value,
            Property::GroupId | Property::SubjectId if of_app && value != 0 => {
                grant.subject_id = lower(&mut self.pool);
            }
            Property::GroupName | Property::SubjectName if of_app && value != 0 => grant.subject_name = value,
            _ => {}
        }
    }
}
