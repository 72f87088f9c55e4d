//! What guests are grouped and narrowed by, as numbers: the same for the same group.

use super::Sheet;
use crate::arrange::Arrange as _;
use crate::{
    guests::roster::{Answers, At, Guest, State, begin},
    lists::{NEVER, counts},
    time::{Zone, calendar, from_calendar},
};
use std::{borrow::Cow, cmp::Reverse};

/// What a guest is grouped and narrowed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Domain,
    Inviter,
    Sponsor,
    State,
    Month,
}

impl Side {
    pub(super) const ALL: [Self; 5] = [Self::Domain, Self::Inviter, Self::Sponsor, Self::State, Self::Month];

    /// The parameter, and the value of `group`.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Inviter => "inviter",
            Self::Sponsor => "sponsor",
            Self::State => "state",
            Self::Month => "month",
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Domain => "Home domain",
            Self::Inviter => "Inviter",
            Self::Sponsor => "Sponsor",
            Self::State => "State",
            Self::Month => "Month of invitation or creation",
        }
    }

    /// The group that a guest falls into: a key, and how it is shown. Of several sponsors the first.
    pub(super) fn of(self, sheet: &Sheet, at: u32) -> (String, String) {
        let guest = sheet.guest(at);
        match self {
            Self::Domain => {
                let domain = &sheet.person(at).domain;
                if domain.is_empty() { unknown() } else { (domain.clone(), domain.clone()) }
            }
            Self::Inviter => match guest.inviter {
                Some(person) => {
                    let person = sheet.roster.identity.person(person);
                    (person.key.clone(), person.label().to_owned())
                }
                None => match sheet.roster.inviter(sheet.store, guest) {
                    name if name.is_empty() => unknown(),
                    name => (name.clone(), name),
                },
            },
            Self::Sponsor => match guest.sponsors.first() {
                Some(sponsor) => (sponsor_key(sheet, sponsor).into_owned(), sponsor.name.clone()),
                None if guest.stated.sponsors => ("-none".into(), "No sponsor".into()),
                None => unknown(),
            },
            Self::State => {
                let state = sheet.states[at as usize];
                (state.id().into(), state.label().into())
            }
            Self::Month => match begin(guest) {
                Some(time) => {
                    let text = month_words(month_of(time, sheet.scope.zone()));
                    (text.clone(), text)
                }
                None => unknown(),
            },
        }
    }

    /// The number of each guest's group, and how many there are at most.
    pub(super) fn numbers<'a>(self, sheet: &'a Sheet) -> (Cow<'a, [u32]>, usize) {
        let index = &sheet.index;
        match self {
            Self::Domain => (Cow::Borrowed(&index.domain.of), index.domain.count),
            Self::Inviter => (Cow::Borrowed(&index.inviter.of), index.inviter.count),
            Self::Sponsor => (Cow::Borrowed(&index.sponsor.of), index.sponsor.count),
            Self::State => (Cow::Owned(sheet.states.iter().map(|state| *state as u32).collect()), State::ALL.len()),
            Self::Month => {
                let months = sheet.months();
                // 0 is where no file has it.
                let number = |time: &i64| if *time == NEVER { 0 } else { months.place(*time) as u32 + 1 };
                (Cow::Owned(index.moments[4].iter().map(number).collect()), months.edges.len() + 1)
            }
        }
    }
}

fn unknown() -> (String, String) {
    ("-unknown".into(), "Not known".into())
}

pub(super) fn sponsor_key<'a>(sheet: &'a Sheet, sponsor: &Answers) -> Cow<'a, str> {
    match sponsor.person {
        Some(person) => Cow::Borrowed(&sheet.roster.identity.person(person).key),
        None => Cow::Owned(sponsor.name.to_lowercase()),
    }
}

/// A group: a guest in it, and how many there are.
#[derive(Clone, Copy)]
pub(super) struct Counted {
    pub(super) one: u32,
    pub(super) count: u32,
}

/// The groups of a side: months by time, newest first, others by number, ties by name.
pub(super) fn counted(sheet: &Sheet, side: Side, guests: &[u32]) -> Vec<Counted> {
    let (numbers, count) = side.numbers(sheet);
    let groups = counts(&numbers, guests, count).into_iter();
    let mut groups: Vec<Counted> =
        groups.filter(|(count, _)| *count > 0).map(|(count, one)| Counted { one, count }).collect();
    if side == Side::Month {
        groups.arrange_by_cached_key(|group| Reverse(begin(sheet.guest(group.one))));
    } else {
        groups.arrange_by_cached_key(|group| (Reverse(group.count), side.of(sheet, group.one).0));
    }
    groups
}

/// Calendar months as numbers, `year * 12 + month - 1`.
pub(super) fn month_of(time: i64, zone: &Zone) -> i64 {
    let (year, month, _) = calendar(time + zone.offset(time));
    i64::from(year) * 12 + i64::from(month) - 1
}

/// `2026-06`.
pub(super) fn month_words(month: i64) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

/// The month of very many moments: where each month begins is reckoned once.
pub(super) struct Months {
    /// The first month.
    pub(super) first: i64,
    /// Where each month begins, ticks.
    pub(super) edges: Vec<i64>,
}

impl Months {
    /// All months of a period.
    pub(super) fn new((from, to): (i64, i64), zone: &Zone) -> Self {
        let (first, last) = (month_of(from, zone), month_of(to, zone));
        let begin = |month: i64| {
            let (year, month) = (month.div_euclid(12), month.rem_euclid(12));
            zone.to_utc(from_calendar(year as i32, month as u32 + 1, 1, 0, 0, 0).unwrap_or_default())
        };
        Self { first, edges: (first..=last).map(begin).collect() }
    }

    /// The place of a moment's month among all, from 0.
    pub(super) fn place(&self, time: i64) -> usize {
        self.edges.partition_point(|edge| *edge <= time).saturating_sub(1)
    }
}

/// From invitation to redemption: up to so many ticks, a stable word, and in words.
pub(super) const WAITS: [(i64, &str, &str); 8] = {
    use crate::time::{DAY, HOUR};
    [
        (HOUR / 6, "10-min", "10 min"),
        (HOUR, "1-h", "1 h"),
        (6 * HOUR, "6-h", "6 h"),
        (DAY, "1-day", "1 day"),
        (3 * DAY, "3-days", "3 days"),
        (7 * DAY, "7-days", "7 days"),
        (30 * DAY, "30-days", "30 days"),
        (i64::MAX, "longer", "longer"),
    ]
};

/// Which of [`WAITS`] a guest's is.
pub(super) fn wait(guest: &Guest) -> Option<usize> {
    let waited = guest.waited()?;
    WAITS.iter().position(|(most, ..)| waited <= *most)
}

/// How far an invitation of the loaded logs got: each step is a part of the one before.
pub(super) const STEPS: [(&str, &str); 3] = [("invited", "Invited"), ("redeemed", "Redeemed"), ("active", "Active")];

/// How many of [`STEPS`] a guest has taken.
pub(super) fn steps(sheet: &Sheet, at: u32) -> usize {
    let guest = sheet.guest(at);
    let event = |at: Option<At>| at.and_then(At::event).is_some();
    match (event(guest.invited), guest.redeemed.is_some(), sheet.states[at as usize]) {
        (false, ..) => 0,
        (_, false, _) => 1,
        (.., State::Active) => 3,
        _ => 2,
    }
}
