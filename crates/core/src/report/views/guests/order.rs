//! In which order guests are listed. Keys are made once per guest, as numbers where they can be.

use super::Sheet;
use crate::{
    arrange::order_of_numbers,
    guests::roster::{At, Guest, State, Thing},
    report::blocks::TableWindow,
};

/// What the reader looks for, and in which column's order; whether that column is there.
pub(super) fn apply(sheet: &Sheet, shown: &[u32], window: &TableWindow) -> (Vec<u32>, bool) {
    let mut shown = shown.to_vec();
    let needle = window.find.trim();
    if !needle.is_empty() {
        let holding = sheet.index.holding(needle);
        let needle = needle.to_lowercase();
        let mut has_state = [false; State::ALL.len()];
        for state in State::ALL {
            has_state[state as usize] = state.label().to_lowercase().contains(&needle);
        }
        shown.retain(|at| holding[*at as usize] || has_state[sheet.states[*at as usize] as usize]);
    }
    let Some((column, descending)) = &window.sort else { return (shown, false) };
    let places = sheet.index.places(column);
    let key = |at: &u32| match (places, number(column)) {
        (Some(places), _) => i64::from(places[*at as usize]),
        (None, Some(number)) => number(sheet, *at),
        (None, None) => 0,
    };
    let keys: Vec<i64> = shown.iter().map(|at| if *descending { !key(at) } else { key(at) }).collect();
    let order = order_of_numbers(&keys);
    (order.into_iter().map(|at| shown[at as usize]).collect(), places.is_some() || number(column).is_some())
}

type Number = fn(&Sheet, u32) -> i64;

/// Unknown values come first.
fn ticks(at: Option<At>) -> i64 {
    at.map_or(i64::MIN, |at| at.time)
}

fn number(column: &str) -> Option<Number> {
    fn balance(guest: &Guest, thing: Thing) -> i64 {
        i64::from(guest.gained[thing as usize]) + i64::from(guest.lost[thing as usize])
    }
    let key: Number = match column {
        "state" => {
            |sheet, at| State::ALL.iter().position(|state| *state == sheet.states[at as usize]).unwrap_or(0) as i64
        }
        "created" => |sheet, at| ticks(sheet.guest(at).created),
        "invited" => |sheet, at| ticks(sheet.guest(at).invited),
        "redeemed" => |sheet, at| ticks(sheet.guest(at).redeemed),
        "waited" => |sheet, at| sheet.guest(at).waited().unwrap_or(i64::MIN),
        "last-activity" => |sheet, at| ticks(sheet.guest(at).last_activity()),
        "sponsors" => |sheet, at| sheet.guest(at).sponsors.len() as i64,
        "groups" => |sheet, at| balance(sheet.guest(at), Thing::Group),
        "roles" => |sheet, at| balance(sheet.guest(at), Thing::Role),
        "apps" => |sheet, at| balance(sheet.guest(at), Thing::App),
        "packages" => |sheet, at| sheet.index.packages[at as usize].into(),
        "findings" => |sheet, at| sheet.findings.as_ref().map_or(0, |counts| counts.of(sheet.guest(at).person).into()),
        "events" => |sheet, at| sheet.roster.event_count(at as usize).into(),
        _ => return None,
    };
    Some(key)
}
