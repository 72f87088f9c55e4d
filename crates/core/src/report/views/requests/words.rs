//! Lengths of time, states and people of requests in words and values.

use crate::{
    entitlement::requests::{Decision, Kind, Party, Request, State, Thing},
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

pub(super) fn party(store: &Store, party: Party, why: &str) -> Value {
    if party.is_unknown() {
        return Value::none(why);
    }
    Value::Person { name: party.name(store).into_owned(), address: party.address(store).into_owned() }
}

/// Name and address of somebody, in a sentence.
pub(super) fn said(store: &Store, party: Party) -> String {
    let (name, address) = (party.name(store), party.address(store));
    match () {
        () if party.is_unknown() => "somebody".into(),
        () if name.is_empty() || name == address => address.into_owned(),
        () => format!("{name} ({address})"),
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
