//! By what guests are ordered and counted, prepared as numbers: a view over very many guests compares no texts.

use super::{At, Guest, Roster};
use crate::{
    arrange::order_of_numbers,
    derived::{Derive, Derived},
    identity::PersonId,
    lists::NEVER,
    model::Domain,
    store::Store,
};
use hashbrown::HashMap;

/// Numbers from 0 for what guests have in common: the same for the same.
#[derive(Default)]
pub struct Common {
    /// By guest.
    pub of: Vec<u32>,
    /// How many different ones there are.
    pub count: usize,
}

impl Common {
    fn push(&mut self, number: &mut u32) {
        if *number == u32::MAX {
            *number = self.count as u32;
            self.count += 1;
        }
        self.of.push(*number);
    }
}

/// What is prepared. All lists are by guest.
pub struct Index {
    /// When each was invited, redeemed the invitation, was deleted, came, and began: [`NEVER`] where unknown.
    /// Whoever came was created, else invited, else redeemed; to begin is to be invited, else created.
    pub moments: [Vec<i64>; 5],
    /// The earliest and latest of these.
    pub period: Option<(i64, i64)>,
    /// Guests, the newest invitation or creation first, those without either last.
    pub newest: Vec<u32>,
    /// Home domains.
    pub domain: Common,
    /// Inviters.
    pub inviter: Common,
    /// First sponsors; those with none, and those of whom no file tells, have a number each.
    pub sponsor: Common,
    /// Whether the home domain is of a connected organization.
    pub has_organization: Vec<bool>,
}

/// When a guest came: invited, else created.
pub fn begin(guest: &Guest) -> Option<i64> {
    guest.invited.and_then(At::ticks).or_else(|| guest.created.and_then(At::ticks))
}

impl Derive for Index {
    fn derive(from: &Derived) -> Self {
        let (store, roster) = (from.store, from.get::<Roster>());
        let guests = roster.guests();
        let moments = moments(guests);
        let known = || moments.iter().flatten().copied().filter(|time| *time != NEVER);
        let period = known().min().zip(known().max());
        let newest: Vec<i64> = moments[4].iter().map(|time| !time).collect();
        let person = |guest: &Guest| roster.identity.person(guest.person);
        let has_organization = |guest| roster.organization(&person(guest).domain).is_some_and(|name| !name.is_empty());
        let has_organization = if roster.has_organizations() {
            guests.iter().map(has_organization).collect()
        } else {
            vec![false; guests.len()]
        };
        Self {
            newest: order_of_numbers(&newest),
            moments,
            period,
            has_organization,
            domain: domains(&roster),
            inviter: inviters(store, &roster),
            sponsor: sponsors(&roster),
        }
    }
}

fn moments(guests: &[Guest]) -> [Vec<i64>; 5] {
    let ticks = |at: Option<At>| at.and_then(At::ticks);
    let column = |of: &dyn Fn(&Guest) -> Option<i64>| guests.iter().map(|guest| of(guest).unwrap_or(NEVER)).collect();
    [
        column(&|guest| ticks(guest.invited)),
        column(&|guest| ticks(guest.redeemed)),
        column(&|guest| ticks(guest.deleted)),
        column(&|guest| ticks(guest.created).or(ticks(guest.invited)).or(ticks(guest.redeemed))),
        column(&begin),
    ]
}

fn domains(roster: &Roster) -> Common {
    let mut known: HashMap<&str, u32> = HashMap::new();
    let mut all = Common::default();
    for guest in roster.guests() {
        let domain = &roster.identity.person(guest.person).domain;
        all.push(known.entry(domain).or_insert(u32::MAX));
    }
    all
}

fn inviters(store: &Store, roster: &Roster) -> Common {
    let mut by_person = vec![u32::MAX; roster.identity.people().len()];
    let mut by_name = vec![u32::MAX; store.dictionary(Domain::Principal).len().max(1)];
    let mut all = Common::default();
    for guest in roster.guests() {
        all.push(match guest.inviter {
            Some(person) => &mut by_person[person as usize],
            None => &mut by_name[guest.inviter_name as usize],
        });
    }
    all
}

fn sponsors(roster: &Roster) -> Common {
    let mut by_person = vec![u32::MAX; roster.identity.people().len()];
    let mut by_name: HashMap<String, u32> = HashMap::new();
    let mut nobody = [u32::MAX; 2];
    let mut all = Common::default();
    for guest in roster.guests() {
        let first: Option<(Option<PersonId>, &str)> =
            guest.sponsors.first().map(|sponsor| (sponsor.person, sponsor.name.as_str()));
        all.push(match first {
            Some((Some(person), _)) => &mut by_person[person as usize],
            Some((None, name)) => by_name.entry(name.to_lowercase()).or_insert(u32::MAX),
            None => &mut nobody[usize::from(guest.stated.sponsors)],
        });
    }
    all
}
