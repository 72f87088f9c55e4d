//! In which order guests are listed. Keys are made once per guest, as numbers where they can be.

use super::Sheet;
use crate::{
    arrange::order_of_numbers,
    guests::roster::{At, Guest, State, Thing, Words, packages},
    report::blocks::TableWindow,
};

/// What the reader looks for, and in which column's order; whether that column is there.
pub(super) fn apply(sheet: &Sheet, shown: &[u32], window: &TableWindow) -> (Vec<u32>, bool) {
    let mut shown = shown.to_vec();
    let needle = window.find.trim();
    if !needle.is_empty() {
        let holding = sheet.scope.derived.get::<Words>().holding(needle);
        let needle = needle.to_lowercase();
        let mut has_state = [false; State::ALL.len()];
        for state in State::ALL {
            has_state[state as usize] = state.label().to_lowercase().contains(&needle);
        }
        shown.retain(|at| holding[*at as usize] || has_state[sheet.states[*at as usize] as usize]);
    }
    let Some((column, descending)) = &window.sort else { return (shown, false) };
    let number = number(column);
    let words = (number.is_none() && column != PACKAGES).then(|| sheet.scope.derived.get::<Words>());
    let access = sheet.access.as_ref().filter(|_| column == PACKAGES);
    let packages = access.map(|access| packages(&sheet.roster, access));
    let places = words.as_ref().and_then(|words| words.places(column));
    let places = places.or(packages.as_deref());
    let key = |at: &u32| match (places, number) {
        (Some(places), _) => i64::from(places[*at as usize]),
        (None, Some(number)) => number(sheet, *at),
        (None, None) => 0,
    };
    let keys: Vec<i64> = shown.iter().map(|at| if *descending { !key(at) } else { key(at) }).collect();
    let order = order_of_numbers(&keys);
    (order.into_iter().map(|at| shown[at as usize]).collect(), places.is_some() || number.is_some())
}

/// The column of access packages, which may not be worked out yet.
const PACKAGES: &str = "packages";

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
        "findings" => |sheet, at| sheet.findings.as_ref().map_or(0, |counts| counts.of(sheet.guest(at).person).into()),
        "events" => |sheet, at| sheet.roster.event_count(at as usize).into(),
        _ => return None,
    };
    Some(key)
}
