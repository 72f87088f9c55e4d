//! What all rules look at, prepared in one pass over the events: which events are of which kind, who was
//! first seen when, how far the logs reach.
//!
//! The pass compares codes; texts are read once per distinct code. Rules then walk only the events of
//! the kinds they are about.

use super::{
    activity::{Kind, kind_of},
    signins::{SignIn, sign_ins},
    text::plain,
};
use crate::arrange::Arrange as _;
use crate::{
    derived::{Derive, Derived},
    identity::{Identity, Person},
    model::{Column, Domain, EntityKind, List, Log, Origin},
    query::{passes, time_bins},
    store::Store,
    time::DAY,
};
use hashbrown::HashMap;
use std::rc::Rc;

/// How an event ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Well, or the file does not say.
    Well,
    /// Not well.
    Badly,
}

/// What is prepared.
#[allow(clippy::struct_excessive_bools)] // each is a file that is there or not
pub struct Facts {
    /// Who is who.
    pub identity: Rc<Identity>,
    /// Of each person, whether it is or was a guest, or may be one.
    pub guest: Vec<bool>,
    kinds: Vec<Vec<u32>>,
    ended: Vec<Ended>,
    /// Sign-ins, in the order of time.
    pub sign_ins: Vec<SignIn>,
    /// The first event that each person takes part in.
    pub first_seen: Vec<Option<u32>>,
    /// The last.
    pub last_seen: Vec<Option<u32>>,
    /// The tenant the logs are of, where sign-ins tell: a code of [`Domain::TenantId`].
    pub tenant: Option<String>,
    /// Stretches of time that audit logs cover, by their events, ticks; merged and ascending.
    spans: Vec<(i64, i64)>,
    /// Earliest and latest event of all logs, ticks.
    pub period: Option<(i64, i64)>,
    /// To how many ticks the times of the events are rounded; 0 where they are not, or cannot be told.
    pub rounded: i64,
    /// Whether there are events of the audit log.
    pub has_audit: bool,
    /// Whether there are events of Azure AD B2C.
    pub has_b2c: bool,
    /// Whether an export of users is loaded.
    pub has_users: bool,
    /// Whether it names sponsors.
    pub has_sponsors: bool,
    /// Whether decisions of access reviews are loaded.
    pub has_decisions: bool,
    /// Whether connected organizations are loaded.
    pub has_organizations: bool,
    /// Names of entitlement management's application: codes of [`Domain::Name`] and of [`Domain::Principal`].
    pub governance: [Vec<u32>; 2],
    /// Names of properties in lower case, by code.
    properties: Vec<String>,
    /// Codes of each such name.
    property_codes: HashMap<String, Vec<u32>>,
    /// Codes of the names of additional details, by the name in lower case.
    detail_codes: HashMap<String, Vec<u32>>,
}

/// Stretches between which less than this lies belong together: a night without an event is no gap.
const TOGETHER: i64 = DAY;

impl Derive for Facts {
    fn derive(from: &Derived) -> Self {
        let store = from.store;
        let identity = from.get::<Identity>();
        let ended = words(store, Domain::Result, |word| match word {
            "" | "success" | "succeeded" | "true" => Ended::Well,
            _ => Ended::Badly,
        });
        let of_activity =
            words(store, Domain::Activity, |name| kind_of(name).map_or(passes::NO_KIND, |kind| kind as u8));
        let is_audit = words(store, Domain::Log, |word| {
            matches!(Log::from_label(word.as_bytes()), None | Some(Log::Audit | Log::Unified))
        });
        let is_b2c = words(store, Domain::Service, |word| word.eq_ignore_ascii_case("B2C"));
        let kinds = passes::by_kind(store, &of_activity, Kind::COUNT);
        let (has_audit, audit) = passes::period(store, Column::Log, &is_audit);
        let some = |event: u32| Some(event).filter(|event| *event != passes::NONE);
        let (first_seen, last_seen) =
            identity.sightings(store).into_iter().map(|[first, last]| (some(first), some(last))).unzip();
        let sign_ins = sign_ins(store, &identity, &kinds[Kind::SignIn as usize]);
        let own = |kind: EntityKind| {
            let rows = store.entities(kind);
            rows.rows().any(|row| rows.origin(row) == Origin::Own)
        };
        let people = store.entities(EntityKind::Person);
        let properties = words(store, Domain::PropertyName, str::to_lowercase);
        Self {
            tenant: super::signins::own_tenant(&sign_ins),
            guest: identity.people().iter().map(Person::concerns_guests).collect(),
            identity,
            kinds,
            ended,
            sign_ins,
            first_seen,
            last_seen,
            spans: audit_spans(store, audit),
            period: time_bins::period(&store.time),
            rounded: passes::step(&store.time),
            has_audit,
            has_b2c: passes::period(store, Column::Service, &is_b2c).0,
            has_users: own(EntityKind::Person),
            has_sponsors: people.rows().any(|row| people.list(row, List::Sponsor).next().is_some()),
            has_decisions: own(EntityKind::Decision),
            has_organizations: own(EntityKind::Organization),
            governance: [Domain::Name, Domain::Principal].map(|domain| codes_of(store, domain, GOVERNANCE)),
            property_codes: codes_by_name(&properties),
            properties,
            detail_codes: codes_by_name(&words(store, Domain::DetailKey, str::to_lowercase)),
        }
    }
}

/// The application by which entitlement management changes the directory. One version of Microsoft's page
/// puts this name under the initiating user.
const GOVERNANCE: &str = "Azure AD Identity Governance - User Management";

fn codes_of(store: &Store, domain: Domain, name: &str) -> Vec<u32> {
    let mut codes = Vec::new();
    store.dictionary(domain).for_each(|code, text| {
        if text.eq_ignore_ascii_case(name.as_bytes()) {
            codes.push(code);
        }
    });
    codes
}

fn codes_by_name(names: &[String]) -> HashMap<String, Vec<u32>> {
    let mut codes: HashMap<String, Vec<u32>> = HashMap::new();
    for (code, name) in names.iter().enumerate() {
        codes.entry_ref(name.as_str()).or_default().push(code as u32);
    }
    codes
}

/// What every code of a domain means.
pub(super) fn words<T>(store: &Store, domain: Domain, meaning: impl Fn(&str) -> T) -> Vec<T> {
    let dictionary = store.dictionary(domain);
    let mut all = Vec::with_capacity(dictionary.len());
    dictionary.for_each(|_, text| all.push(meaning(&String::from_utf8_lossy(text))));
    all
}

fn audit_spans(store: &Store, all: Option<(i64, i64)>) -> Vec<(i64, i64)> {
    let logs = store.sources.iter().flat_map(|source| &source.logs);
    let is_audit = |label: &str| matches!(Log::from_label(label.as_bytes()), Some(Log::Audit | Log::Unified));
    let mut spans: Vec<(i64, i64)> =
        logs.filter(|log| is_audit(&log.log)).filter_map(|log| Some((log.first?, log.last?))).collect();
    spans.arrange();
    let mut merged: Vec<(i64, i64)> = Vec::new();
    for (from, to) in spans {
        match merged.last_mut() {
            Some(last) if from <= last.1 + TOGETHER => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    if merged.is_empty() { all.into_iter().collect() } else { merged }
}

impl Facts {
    /// The events of a kind, in the order of time.
    pub fn of(&self, kind: Kind) -> &[u32] {
        &self.kinds[kind as usize]
    }

    /// The events of several kinds, in the order of time.
    pub fn of_any(&self, store: &Store, kinds: &[Kind]) -> Vec<u32> {
        let mut events: Vec<u32> = kinds.iter().flat_map(|kind| self.of(*kind)).copied().collect();
        passes::in_order(store, &mut events);
        events
    }

    /// Whether an event ended well, or its file does not say how it ended.
    pub fn succeeded(&self, store: &Store, event: u32) -> bool {
        self.ended[store.column(Column::Result).get(event as usize) as usize] == Ended::Well
    }

    /// How much of a stretch of time the audit logs cover, ticks.
    pub fn covered(&self, from: i64, to: i64) -> i64 {
        self.spans.iter().map(|span| (span.1.min(to) - span.0.max(from)).max(0)).sum()
    }

    /// What to say where audit logs leave out a day or more of a stretch of time; else empty.
    pub fn uncovered(&self, from: i64, to: i64) -> String {
        let out = to - from - self.covered(from, to);
        if out < DAY {
            return String::new();
        }
        format!("The loaded audit logs have no event in {} of that time.", super::text::length(out / DAY * DAY))
    }

    /// When the audit logs begin, ticks.
    pub fn begin(&self) -> Option<i64> {
        self.spans.first().map(|span| span.0)
    }

    /// The codes of a property's name, given in lower case; `None` if no event has it.
    pub fn property(&self, name: &str) -> Option<&[u32]> {
        self.property_codes.get(name).map(Vec::as_slice)
    }

    /// The codes of an additional detail's name, given in lower case; `None` if no event has it.
    pub fn detail(&self, name: &str) -> Option<&[u32]> {
        self.detail_codes.get(name).map(Vec::as_slice)
    }

    /// The changes of an event to a property: codes of the old and the new value.
    pub fn change_codes<'a>(
        &self,
        store: &'a Store,
        event: u32,
        property: &'a [u32],
    ) -> impl Iterator<Item = (u32, u32)> + 'a {
        let (first, last) = (store.targets_of(event as usize).start, store.targets_of(event as usize).end);
        (store.change_start[first] as usize..store.change_start[last] as usize)
            .filter(|change| property.contains(&store.change_name.get(*change)))
            .map(|change| (store.change_old.get(change), store.change_new.get(change)))
    }

    /// The changes of an event to a property, old and new value without their JSON; the name in lower case.
    pub fn changes(&self, store: &Store, event: u32, property: &str) -> Vec<(String, String)> {
        let value = |code| plain(&store.dictionary(Domain::PropertyValue).get(code)).into_owned();
        let Some(property) = self.property(property) else { return Vec::new() };
        self.change_codes(store, event, property).map(|(old, new)| (value(old), value(new))).collect()
    }

    /// All changes of an event: name in lower case, old and new value as the file has them.
    pub fn all_changes(&self, store: &Store, event: u32) -> Vec<(String, String, String)> {
        let value = |code| store.dictionary(Domain::PropertyValue).get(code).into_owned();
        let name = |code: u32| self.properties.get(code as usize).cloned().unwrap_or_default();
        store
            .targets_of(event as usize)
            .flat_map(|target| store.changes_of(target))
            .map(|change| {
                let (old, new) = (store.change_old.get(change), store.change_new.get(change));
                (name(store.change_name.get(change)), value(old), value(new))
            })
            .collect()
    }
}
