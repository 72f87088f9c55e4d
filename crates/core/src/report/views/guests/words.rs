//! States, lengths and doors of guests.

use super::{super::entitled::to_view, Sheet};
use crate::{
    guests::roster::{At, State},
    report::{
        blocks::{Door, Tone, Value},
        view::View,
    },
    store::Store,
    time::{self, DAY, HOUR, MINUTE, SECOND},
};

/// The same as [`length`], where moments are rounded no finer than those.
pub(super) fn told(store: &Store, ticks: i64) -> String {
    time::vague(ticks, store.rounding).unwrap_or_else(|| length(ticks))
}

/// A length of time in two units, for example `23 h 30 min`.
pub(super) fn length(ticks: i64) -> String {
    let units: [(i64, &str, &str); 4] =
        [(DAY, "day", "days"), (HOUR, "h", "h"), (MINUTE, "min", "min"), (SECOND, "s", "s")];
    // Up to two days in hours, as waiting times are told.
    let first = units.iter().position(|(unit, ..)| ticks >= *unit && !(*unit == DAY && ticks < 2 * DAY)).unwrap_or(3);
    let mut words = Vec::new();
    let mut rest = ticks;
    for (unit, one, many) in units.into_iter().skip(first).take(2) {
        let count = rest / unit;
        rest %= unit;
        if count > 0 {
            words.push(format!("{count} {}", if count == 1 { one } else { many }));
        }
    }
    if words.is_empty() { "less than 1 s".into() } else { words.join(" ") }
}

/// How a state stands.
pub(in crate::report::views) fn tone(state: State) -> Tone {
    match state {
        State::Active => Tone::Good,
        State::Pending | State::NeverSignedIn | State::Inactive | State::Converted => Tone::Attention,
        State::Blocked | State::Deleted => Tone::Plain,
        State::Unknown => Tone::Unknown,
    }
}

/// A moment, or unknown because.
pub(in crate::report::views) fn at(at: Option<At>, why: &str) -> Value {
    match at {
        None => Value::none(why),
        Some(at) => Value::time(at.ticks(), "The files state it without a time"),
    }
}

/// A door to guests of this view.
pub(super) fn guests(params: &[(&str, &str)]) -> Door {
    to_view(View::Guests, params)
}

/// A door to one guest.
pub(super) fn guest(key: &str) -> Door {
    Door { view: Some(View::Guests), open: Some(key.to_owned()), ..Door::default() }
}

/// A door to what the rules found about a guest.
pub(super) fn findings(key: &str) -> Door {
    let params =
        [("about".to_owned(), key.to_owned()), ("level".to_owned(), String::new()), ("rule".to_owned(), String::new())];
    Door { view: Some(View::Findings), params: params.into(), ..Door::default() }
}

/// A door to exactly these events; none where there is none.
pub(super) fn events(sheet: &Sheet, label: &str, events: &[usize]) -> Option<Door> {
    Door::to_events(sheet.store, label, events.iter().map(|event| *event as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_two_units() {
        let lengths = [23 * HOUR + 30 * MINUTE, 6 * MINUTE, 40 * DAY, 2 * DAY + 5 * HOUR, 30 * HOUR + MINUTE, 0];
        let words = lengths.map(length);
        assert_eq!(words, ["23 h 30 min", "6 min", "40 days", "2 days 5 h", "30 h 1 min", "less than 1 s"]);
    }
}
