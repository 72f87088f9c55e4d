//! In which order guests are listed. Keys are made once per guest, as numbers where they can be.

use super::{Sheet, filter::begin};
use crate::arrange::Arrange as _;
use crate::{
    guests::roster::{At, Guest, State, Thing},
    report::blocks::TableWindow,
};
use std::cmp::Reverse;

/// Newest invitation or creation first; those without either last.
pub(super) fn by_default(sheet: &Sheet, shown: &mut [u32]) {
    shown.arrange_by_key(|at| Reverse(begin(sheet.guest(*at))));
}

/// What the reader looks for, and in which column's order; whether that column is there.
pub(super) fn apply(sheet: &Sheet, shown: &[u32], window: &TableWindow) -> (Vec<u32>, bool) {
    let mut shown = shown.to_vec();
    let needle = window.find.trim().to_lowercase();
    if !needle.is_empty() {
        shown.retain(|at| has(sheet, *at, &needle));
    }
    let Some((column, descending)) = &window.sort else { return (shown, false) };
    let is_known = match (number(column), text(column)) {
        (Some(number), _) => {
            let mut keyed: Vec<(i64, u32)> = shown.iter().map(|at| (number(sheet, *at), *at)).collect();
            if *descending {
                keyed.arrange_by_key(|(key, _)| Reverse(*key));
            } else {
                keyed.arrange_by_key(|(key, _)| *key);
            }
            shown = keyed.into_iter().map(|(_, at)| at).collect();
            true
        }
        (None, Some(text)) => {
            let mut keyed: Vec<(String, u32)> = shown.iter().map(|at| (text(sheet, *at).to_lowercase(), *at)).collect();
            keyed.arrange_by(|(one, _), (other, _)| if *descending { other.cmp(one) } else { one.cmp(other) });
            shown = keyed.into_iter().map(|(_, at)| at).collect();
            true
        }
        _ => false,
    };
    (shown, is_known)
}

/// Whether the names of a guest, of the organization or of the inviter hold a text.
fn has(sheet: &Sheet, at: u32, needle: &str) -> bool {
    let person = sheet.person(at);
    let holds = |text: &str| text.to_lowercase().contains(needle);
    [&person.name, &person.upn, &person.mail, &person.key].into_iter().any(|text| holds(text))
        || holds(&sheet.roster.inviter(sheet.store, sheet.guest(at)))
        || sheet.roster.organization(&person.domain).is_some_and(holds)
        || sheet.guest(at).sponsors.iter().any(|sponsor| holds(&sponsor.name))
        || holds(sheet.states[at as usize].label())
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
        "packages" => |sheet, at| {
            balance(sheet.guest(at), Thing::Package).max(sheet.roster.assignments(at as usize).count() as i64)
        },
        "events" => |sheet, at| sheet.roster.event_count(at as usize).into(),
        _ => return None,
    };
    Some(key)
}

type Text = fn(&Sheet, u32) -> String;

fn text(column: &str) -> Option<Text> {
    let key: Text = match column {
        "guest" => |sheet, at| sheet.person(at).label().to_owned(),
        "domain" => |sheet, at| sheet.person(at).domain.clone(),
        "organization" => {
            |sheet, at| sheet.roster.organization(&sheet.person(at).domain).unwrap_or_default().to_owned()
        }
        "inviter" => |sheet, at| sheet.roster.inviter(sheet.store, sheet.guest(at)),
        _ => return None,
    };
    Some(key)
}
