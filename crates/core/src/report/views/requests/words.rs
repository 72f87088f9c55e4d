//! Lengths of time, states and people of requests in words and values.

use crate::{
    entitlement::requests::{Decision, Kind, Party, Request, State, Thing},
    identity::{Identity, Person},
    report::blocks::{Tone, Value},
    store::Store,
    time::{self, DAY, HOUR, MINUTE, SECOND},
};

/// Lengths below are told in hours.
const TWO_DAYS: i64 = 2 * DAY;

/// A length of time in words, for example `30 h 1 min`, `14 days`.
pub(super) fn length(ticks: i64) -> String {
    let part = |unit: i64, word: &str| (ticks / unit, word.to_owned());
    let (units, rest): (i64, Vec<(i64, String)>) = match ticks {
        ..MINUTE => (SECOND, vec![part(SECOND, "s")]),
        MINUTE..HOUR => (SECOND, vec![part(MINUTE, "min"), (ticks % MINUTE / SECOND, "s".into())]),
        HOUR..TWO_DAYS => (MINUTE, vec![part(HOUR, "h"), (ticks % HOUR / MINUTE, "min".into())]),
        _ => (HOUR, vec![part(DAY, "days"), (ticks % DAY / HOUR, "h".into())]),
    };
    let words: Vec<String> =
        rest.into_iter().filter(|(number, _)| *number > 0).map(|(number, word)| format!("{number} {word}")).collect();
    if words.is_empty() {
        format!("less than {}", if units == SECOND { "1 s" } else { "1 min" })
    } else {
        words.join(" ")
    }
}

/// The same, where moments are rounded no finer than those.
pub(super) fn told(store: &Store, ticks: i64) -> String {
    time::vague(ticks, store.rounding).unwrap_or_else(|| length(ticks))
}

pub(super) fn tone(request: &Request) -> Tone {
    match request.state {
        State::Delivered => Tone::Good,
        State::DeliveryFailed => Tone::Serious,
        State::PartiallyDelivered | State::Expired => Tone::Attention,
        _ if request.is_refused => Tone::Attention,
        _ => Tone::Plain,
    }
}

pub(super) fn state(request: &Request) -> Value {
    Value::state(request.state.label(), tone(request))
}

/// What people are called.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub store: &'a Store,
    pub identity: &'a Identity,
}

impl Names<'_> {
    fn person(&self, party: Party) -> Option<&Person> {
        self.identity.of_codes(party.id, party.upn, 0).map(|person| self.identity.person(person))
    }

    fn name(&self, party: Party) -> String {
        let own = party.name(self.store);
        if own.is_empty() { self.person(party).map_or(String::new(), |person| person.name.clone()) } else { own.into() }
    }

    /// The address: of a guest the one at home.
    pub fn address(&self, party: Party) -> String {
        let known = self.person(party).map(|person| if person.mail.is_empty() { &person.upn } else { &person.mail });
        known.filter(|known| !known.is_empty()).cloned().unwrap_or_else(|| party.address(self.store).into_owned())
    }

    /// The name, else the address.
    pub fn label(&self, party: Party) -> String {
        Some(self.name(party)).filter(|name| !name.is_empty()).unwrap_or_else(|| self.address(party))
    }

    pub fn party(&self, party: Party, why: &str) -> Value {
        if party.is_unknown() {
            return Value::none(why);
        }
        Value::Person { name: self.name(party), address: self.address(party) }
    }

    /// Name and address of somebody, in a sentence.
    pub fn said(&self, party: Party) -> String {
        let (name, address) = (self.name(party), self.address(party));
        match () {
            () if party.is_unknown() => "somebody".into(),
            () if name.is_empty() || name == address => address,
            () => format!("{name} ({address})"),
        }
    }
}

pub(super) fn thing(store: &Store, thing: Thing, why: &str) -> Value {
    if thing.is_unknown() { Value::none(why) } else { Value::Name(thing.name(store).into_owned()) }
}

pub(super) fn duration(ticks: Option<i64>, why: &str) -> Value {
    ticks.map_or_else(|| Value::none(why), Value::Duration)
}

/// How a decision came about.
pub(super) fn decision(decision: Decision) -> &'static str {
    match decision {
        Decision::Approved => "Approved",
        Decision::Automatic => "Approved automatically",
        Decision::Denied => "Denied",
        Decision::TimedOut => "Timed out",
        Decision::Canceled => "Canceled",
    }
}

/// How access ended.
pub(super) fn ending(kind: Kind) -> &'static str {
    match kind {
        Kind::UserRemove => "given up by the user",
        Kind::AdminRemove => "removed by an administrator",
        _ => "removed by entitlement management, for example at expiry",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_told_in_two_units() {
        let check = |ticks, words: &str| assert_eq!(length(ticks), words);
        check(0, "less than 1 s");
        check(30 * SECOND, "30 s");
        check(8 * MINUTE, "8 min");
        check(90 * SECOND, "1 min 30 s");
        check(30 * HOUR + MINUTE, "30 h 1 min");
        check(14 * DAY, "14 days");
        check(14 * DAY + 5 * HOUR, "14 days 5 h");
    }
}
