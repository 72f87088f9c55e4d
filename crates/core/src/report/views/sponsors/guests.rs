//! The guests and who answers for each.

use super::{Answering, SHOWN};
use crate::arrange;
use crate::arrange::Arrange as _;
use crate::{
    guests::{
        reviews::{Decision, Outcome, SPONSOR_SHEET},
        sponsors::{Answered, Guest, Presence},
    },
    model::{Attribute as A, EntityKind},
    report::{
        TableOf, View,
        blocks::{Door, Table, TableLine, Tone, Value},
    },
};
use std::collections::BTreeMap;

/// The guests that are shown.
pub(super) fn table(answering: &Answering, shown: &str) -> Table {
    let lines: Vec<u32> = answering.guests.iter().copied().filter(|at| answering.is_shown(*at, shown)).collect();
    let title = SHOWN.iter().find(|(id, _)| *id == shown).map_or("All guests", |(_, label)| label);
    of(answering, "sponsored-guests", title, &lines)
}

/// A table of these guests.
pub(super) fn of(answering: &Answering, id: &str, title: &str, lines: &[u32]) -> Table {
    let sponsors = answering.sponsors;
    let rows = answering.scope.derived.store.entities(EntityKind::Person);
    let names = |own: &[u32]| -> Vec<String> {
        own.iter().map(|at| sponsors.party(&sponsors.sponsors[*at as usize]).called().to_owned()).collect()
    };
    let text = |at: &u32, attribute| answering.guest(*at).row.map(|row| rows.text(row as usize, attribute));
    let time = |at: &u32, attribute| answering.guest(*at).row.and_then(|row| rows.time(row as usize, attribute));
    TableOf::new(id, title, "sponsored-guest", "No guest is like that")
        .column("guest", "Guest", "", |at: &u32| name(answering, answering.guest(*at)))
        .column("sponsors", "Sponsors", "From exports of users", |at| {
            let guest = answering.guest(*at);
            match guest.answered {
                Answered::Named => Value::List(names(&guest.sponsors)),
                Answered::None => Value::state("None", Tone::Attention),
                Answered::Unknown => Value::none("No export of this guest lists sponsors"),
            }
        })
        .column("state", "Somebody is there", "What the files tell of the sponsors' accounts", |at| {
            state(answering, answering.guest(*at))
        })
        .column("second-hand", "At second hand", "Sponsors of the connected organization", |at| {
            match names(&answering.guest(*at).second_hand) {
                names if names.is_empty() => Value::none("No loaded connected organization of this guest names others"),
                names => Value::List(names),
            }
        })
        .column("answer", "Answer on a sheet", "The newest of each sponsor that was loaded", |at| {
            answer(answering, *at)
        })
        .column("company", "Company", "", |at| Value::text(text(at, A::Company).unwrap_or_default()))
        .column("created", "Created", "", |at| Value::time(time(at, A::Created), "Only an export of users tells"))
        .column("last-sign-in", "Last sign-in", "Of an export of users", |at| {
            let times = [A::LastSignIn, A::LastNonInteractiveSignIn, A::LastSuccessfulSignIn];
            let last = times.iter().filter_map(|attribute| time(at, *attribute)).max();
            Value::time(last, "The export of users has no sign-in of this guest")
        })
        .build(lines, answering.scope.tables, |at| {
            let guest = answering.guest(*at);
            let key = answering.identity.person(guest.person).key.clone();
            TableLine { door: Some(door(&key)), key, data: data(answering, guest), ..TableLine::default() }
        })
}

pub(super) fn name(answering: &Answering, guest: &Guest) -> Value {
    let own = answering.identity.person(guest.person);
    let address = if own.mail.is_empty() { &own.upn } else { &own.mail };
    Value::Person { name: own.name.clone(), address: if address.is_empty() { &own.id } else { address }.clone() }
}

/// The guest's life in the view of guests.
pub(super) fn door(key: &str) -> Door {
    Door { view: Some(View::Guests), open: Some(key.into()), ..Door::default() }
}

pub(super) fn data(answering: &Answering, guest: &Guest) -> Vec<(String, String)> {
    let own = answering.identity.person(guest.person);
    let answered = match guest.answered {
        Answered::Named if answering.sponsors.is_abandoned(guest) => "abandoned",
        Answered::Named => "named",
        Answered::None => "none",
        Answered::Unknown => "unknown",
    };
    vec![("id".into(), own.id.clone()), ("upn".into(), own.upn.clone()), ("sponsors".into(), answered.into())]
}

/// Whether somebody is there to answer.
pub(super) fn state(answering: &Answering, guest: &Guest) -> Value {
    let sponsors = answering.sponsors;
    match guest.answered {
        Answered::None => Value::state("Nobody is named", Tone::Attention),
        Answered::Unknown => Value::none("No export of this guest lists sponsors"),
        Answered::Named if sponsors.is_abandoned(guest) => {
            let mut words: Vec<_> = guest.sponsors.iter().map(|at| sponsors.sponsors[*at as usize].presence).collect();
            words.arrange();
            words.dedup();
            let words: Vec<&str> = words.into_iter().map(Presence::label).collect();
            Value::state(words.join(", "), Tone::Serious)
        }
        Answered::Named => {
            let is_sure = guest.sponsors.iter().any(|at| sponsors.sponsors[*at as usize].presence == Presence::Listed);
            if is_sure { Value::state("Yes", Tone::Good) } else { Value::state("Not known", Tone::Unknown) }
        }
    }
}

/// What sponsors answered on sheets about a guest: of each sponsor the newest answer.
fn answer(answering: &Answering, at: u32) -> Value {
    let key = &answering.identity.person(answering.guest(at).person).key;
    let is_answer = |decision: &&Decision| decision.stands && decision.outcome.is_made();
    let is_sheet = |decision: &&Decision| answering.reviews.reviews[decision.review as usize].name == SPONSOR_SHEET;
    let mut newest: BTreeMap<Option<u32>, &Decision> = BTreeMap::new();
    // Earliest first: the last of each reviewer stays.
    newest.extend(answering.reviews.about(key).filter(is_answer).filter(is_sheet).map(|own| (own.reviewer, own)));
    let all = arrange::set(newest.values().map(|own| own.outcome));
    match all.first() {
        None => Value::none("No answer about this guest is loaded"),
        Some(_) if all.len() > 1 => Value::state("Sponsors disagree", Tone::Attention),
        Some(Outcome::Approve) => Value::state("Keep", Tone::Good),
        Some(Outcome::Deny) => Value::state("Remove", Tone::Serious),
        Some(_) => Value::state("Don't know", Tone::Attention),
    }
}
