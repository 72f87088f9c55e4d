//! The life of one guest as spans and moments: what was held from when to when, and what happened.

use super::{
    Roster,
    guest::At,
    kind::{Kind, Thing},
};
use crate::arrange::Arrange as _;
use crate::{
    entitlement::access::{Access, Kind as Granted, Sure},
    identity::text,
    model::{Column, Domain, Log, TargetColumn},
    store::{NO_TIME, Store},
};
use hashbrown::HashMap;
use std::borrow::Cow;

/// An end of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// An event or a field says so.
    Known(i64),
    /// It follows from something else, such as the deletion of the account.
    Inferred(i64),
    /// Outside of what the files cover.
    Unknown,
}

impl End {
    /// The moment, if there is one.
    pub fn time(self) -> Option<i64> {
        match self {
            Self::Known(time) | Self::Inferred(time) => Some(time),
            Self::Unknown => None,
        }
    }
}

/// Something held for a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// What kind of thing.
    pub thing: Thing,
    /// Its name; a text of a file.
    pub name: String,
    /// Begin.
    pub from: End,
    /// End; unknown means: held when last heard of, unless it is over.
    pub to: End,
    /// Whether a file tells that it is over, be it without saying when.
    pub is_over: bool,
    /// The events that gave and took it.
    pub events: Vec<usize>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// Stable kebab-case word: `invited`, `redeemed`, `sign-in` and so on.
    pub kind: &'static str,
    /// When, ticks.
    pub time: i64,
    /// The event, if it is one.
    pub event: Option<usize>,
    /// What happened: in words of the product, else the activity's name.
    pub label: Cow<'static, str>,
}

/// A life.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Life {
    /// What was held, by kind and begin.
    pub held: Vec<Held>,
    /// What happened, earliest first.
    pub moments: Vec<Moment>,
}

/// Works out a guest's life. `kinds` are those of activities, see [`super::kinds`].
pub fn life(roster: &Roster, access: &Access, store: &Store, kinds: &[Kind], guest: usize) -> Life {
    let facts = &roster.guests()[guest];
    let mut life = Life::default();
    let mut open: HashMap<(Thing, String), Vec<usize>> = HashMap::new();
    for part in roster.life(store, guest) {
        let event = part.event;
        let time = store.time[event];
        let kind = kinds[store.column(Column::Activity).get(event) as usize];
        let is_failed = store.text(event, Column::Result).eq_ignore_ascii_case("failure");
        if time != NO_TIME {
            let (kind, label) = word(store, event, kind, part.did, is_failed);
            life.moments.push(Moment { kind, time, event: Some(event), label });
        }
        if is_failed || part.did {
            continue;
        }
        match kind {
            Kind::Gained(Thing::Package) | Kind::Lost(Thing::Package) => {}
            Kind::Gained(thing) => {
                let key = (thing, name(store, roster, guest, event, thing));
                let known = open.entry(key.clone()).or_default();
                let is_open = known.last().is_some_and(|at| life.held[*at].to == End::Unknown);
                if let (true, Some(at)) = (is_open, known.last()) {
                    life.held[*at].events.push(event);
                } else {
                    known.push(life.held.len());
                    let from = if time == NO_TIME { End::Unknown } else { End::Known(time) };
                    life.held.push(held(thing, key.1, (from, End::Unknown), vec![event]));
                }
            }
            Kind::Lost(thing) => {
                let key = (thing, name(store, roster, guest, event, thing));
                let known = open.entry(key.clone()).or_default();
                let to = if time == NO_TIME { End::Unknown } else { End::Known(time) };
                if let Some(at) = known.last().filter(|at| life.held[**at].to == End::Unknown) {
                    life.held[*at].to = to;
                    life.held[*at].events.push(event);
                } else {
                    known.push(life.held.len());
                    life.held.push(held(thing, key.1, (End::Unknown, to), vec![event]));
                }
            }
            _ => {}
        }
    }
    packages(access, &roster.identity.person(facts.person).key, &mut life);
    // Whoever has no account holds nothing.
    if let Some(deleted) = facts.deleted.and_then(At::ticks) {
        for held in life.held.iter_mut().filter(|held| held.to == End::Unknown) {
            held.to = End::Inferred(deleted);
        }
    }
    for (at, kind, label) in [
        (facts.created, "created", "Account made"),
        (facts.redeemed, "redeemed", "Invitation accepted"),
        (facts.interactive, "sign-in", "Last interactive sign-in"),
        (facts.non_interactive, "sign-in", "Last non-interactive sign-in"),
        (facts.succeeded, "sign-in", "Last successful sign-in"),
    ] {
        if let Some(at) = at.filter(|at| at.event().is_none() && at.time != NO_TIME) {
            life.moments.push(Moment { kind, time: at.time, event: None, label: label.into() });
        }
    }
    life.moments.arrange_by_key(|moment| (moment.time, moment.event));
    for held in &mut life.held {
        held.is_over |= held.to != End::Unknown;
    }
    life.held.arrange_by_key(|held| (held.thing, held.from.time(), held.to.time()));
    life
}

fn held(thing: Thing, name: String, (from, to): (End, End), events: Vec<usize>) -> Held {
    Held { thing, name, from, to, is_over: false, events }
}

/// Access packages, as entitlement management's events, assignments and requests tell of them together.
fn packages(access: &Access, key: &str, life: &mut Life) {
    let Some(subject) = access.subject(key) else { return };
    for (_, span) in access.spans_of(subject) {
        let thing = &access.things[span.thing as usize];
        if thing.kind != Granted::Package {
            continue;
        }
        let end = |time: Option<i64>, sure: Sure| match (time, sure) {
            (Some(time), Sure::Known) => End::Known(time),
            (Some(time), Sure::Inferred) => End::Inferred(time),
            _ => End::Unknown,
        };
        let ends = (end(span.from, span.from_is), end(span.to, span.to_is));
        let events = span.events.iter().map(|event| *event as usize).collect();
        let package = held(Thing::Package, thing.label(), ends, events);
        life.held.push(Held { is_over: !span.is_open(), ..package });
    }
}

/// The stable word and the words of an event.
fn word(store: &Store, event: usize, kind: Kind, did: bool, is_failed: bool) -> (&'static str, Cow<'static, str>) {
    let (word, label) = known_word(store, event, kind, did, is_failed);
    let label = label.map_or_else(|| store.text(event, Column::Activity).into_owned().into(), Cow::Borrowed);
    (word, label)
}

fn known_word(
    store: &Store,
    event: usize,
    kind: Kind,
    did: bool,
    is_failed: bool,
) -> (&'static str, Option<&'static str>) {
    let log = store.text(event, Column::Log);
    if log.contains("sign-in") {
        return match (is_failed, &*log == Log::NonInteractive.label()) {
            (true, _) => ("sign-in-failed", Some("Failed sign-in")),
            (_, true) => ("sign-in", Some("Non-interactive sign-in")),
            _ => ("sign-in", Some("Sign-in")),
        };
    }
    match kind {
        _ if did && kind != Kind::Redeemed => ("action", None),
        Kind::Invited if is_failed => ("invitation-failed", Some("Invitation failed")),
        _ if is_failed => ("failed", None),
        Kind::Invited => ("invited", Some("Invited")),
        Kind::InvitedAgain => ("invited-again", Some("Invited again")),
        Kind::Redeemed => ("redeemed", Some("Redeemed the invitation")),
        Kind::Created => ("created", Some("Account made")),
        Kind::Updated => ("changed", None),
        Kind::Deleted => ("deleted", Some("Deleted")),
        Kind::Purged => ("deleted", Some("Deleted for good")),
        Kind::Restored => ("restored", Some("Restored")),
        Kind::Blocked => ("blocked", Some("Blocked")),
        Kind::Unblocked => ("unblocked", Some("Unblocked")),
        Kind::Gained(Thing::Group) => ("group-added", Some("Added to a group")),
        Kind::Gained(Thing::Role) => ("role-added", Some("Given a role")),
        Kind::Gained(Thing::App) => ("app-added", Some("Given an application role")),
        Kind::Gained(Thing::Package) => ("package-added", Some("Given an access package")),
        Kind::Lost(Thing::Group) => ("group-removed", Some("Removed from a group")),
        Kind::Lost(Thing::Role) => ("role-removed", Some("A role was taken")),
        Kind::Lost(Thing::App) => ("app-removed", Some("An application role was taken")),
        Kind::Lost(Thing::Package) => ("package-removed", Some("An access package was taken")),
        Kind::SponsorAdded => ("sponsor-added", Some("Given a sponsor")),
        Kind::SponsorRemoved => ("sponsor-removed", Some("A sponsor was taken")),
        Kind::Reviewed => ("reviewed", Some("Reviewed")),
        Kind::Other => ("concerned", None),
    }
}

/// The name of what an event gives or takes; empty names are said to be unnamed by whoever shows them.
fn name(store: &Store, roster: &Roster, guest: usize, event: usize, thing: Thing) -> String {
    let person = roster.guests()[guest].person;
    let changed = |wanted: &[&str]| {
        let own = |target: &usize| {
            // Of several users, only what was changed for this one.
            roster.identity.target(*target).is_none_or(|other| other == person)
        };
        store.targets_of(event).filter(own).flat_map(|target| store.changes_of(target)).find_map(|change| {
            let property = store.dictionary(Domain::PropertyName).get(store.change_name.get(change));
            if !wanted.contains(&&*property) {
                return None;
            }
            let values = store.dictionary(Domain::PropertyValue);
            [store.change_new.get(change), store.change_old.get(change)]
                .into_iter()
                .map(|code| text::plain_value(&values.get(code)).to_owned())
                .find(|value| !value.is_empty() && value != "null")
        })
    };
    let target = |kinds: &[&str]| {
        store.targets_of(event).find_map(|target| {
            let kind = store.target_text(target, TargetColumn::Type);
            if !kinds.iter().any(|wanted| kind.eq_ignore_ascii_case(wanted)) {
                return None;
            }
            [TargetColumn::Name, TargetColumn::Id]
                .into_iter()
                .map(|column| store.target_text(target, column).into_owned())
                .find(|text| !text.is_empty())
        })
    };
    let found = match thing {
        Thing::Group => {
            changed(&["Group.DisplayName"]).or_else(|| target(&["Group"])).or_else(|| changed(&["Group.ObjectID"]))
        }
        Thing::Role => {
            changed(&["Role.DisplayName"]).or_else(|| target(&["Role"])).or_else(|| changed(&["Role.TemplateId"]))
        }
        Thing::Package => target(&["AccessPackage"]),
        Thing::App => {
            let app = target(&["ServicePrincipal", "Application"]);
            match (app, changed(&["AppRole.DisplayName", "AppRole.Value"])) {
                (Some(app), Some(role)) => Some(format!("{app} / {role}")),
                (app, role) => app.or(role),
            }
        }
    };
    found.unwrap_or_default()
}
