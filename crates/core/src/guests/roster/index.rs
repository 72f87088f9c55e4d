//! By what guests are ordered, counted and looked for, prepared as numbers: a view over very many guests
//! compares no texts.

use super::{At, Guest, Roster};
use crate::{
    arrange::{order_of_numbers, order_of_texts},
    derived::{Derive, Derived},
    entitlement::access::{Access, Kind},
    identity::PersonId,
    lists::{Haystack, NEVER},
    model::Domain,
    store::Store,
};
use hashbrown::HashMap;
use std::rc::Rc;

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

    /// The alphabetical place of each guest's text, letter case aside.
    fn ranked(&self, text: impl Fn(u32) -> String) -> Vec<u32> {
        let mut of_number = vec![u32::MAX; self.count];
        for (guest, number) in (0..).zip(&self.of) {
            of_number[*number as usize] = guest;
        }
        let texts: Vec<String> = of_number.into_iter().map(|guest| text(guest).to_lowercase()).collect();
        let ranks = ranks(&texts);
        self.of.iter().map(|number| ranks[*number as usize]).collect()
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
    /// How many access packages each has or had.
    pub packages: Vec<u32>,
    /// Alphabetical places of names.
    by_name: Vec<u32>,
    by_domain: Vec<u32>,
    by_organization: Vec<u32>,
    by_inviter: Vec<u32>,
    /// Names, addresses, ids, inviters, organizations and sponsors.
    texts: Haystack,
}

/// When a guest came: invited, else created.
pub fn begin(guest: &Guest) -> Option<i64> {
    guest.invited.and_then(At::ticks).or_else(|| guest.created.and_then(At::ticks))
}

impl Derive for Index {
    fn derive(from: &Derived) -> Self {
        Self::new(from.store, &from.get::<Roster>(), &from.get::<Access>())
    }
}

impl Index {
    fn new(store: &Store, roster: &Rc<Roster>, access: &Access) -> Self {
        let guests = roster.guests();
        let moments = moments(guests);
        let known = || moments.iter().flatten().copied().filter(|time| *time != NEVER);
        let period = known().min().zip(known().max());
        let newest: Vec<i64> = moments[4].iter().map(|time| !time).collect();
        let people = roster.identity.people();
        let person = |guest: u32| &people[guests[guest as usize].person as usize];
        let domain = domains(roster);
        let (inviter, sponsor) = (inviters(store, roster), sponsors(roster));
        let organization = |guest: u32| roster.organization(&person(guest).domain).unwrap_or_default();
        let inviter_of = |guest: u32| roster.inviter(store, &guests[guest as usize]);
        let names: Vec<String> = (0..guests.len() as u32).map(|guest| person(guest).label().to_lowercase()).collect();
        let by_organization = domain.ranked(|guest| organization(guest).to_owned());
        let mut texts = Haystack::default();
        for (guest, facts) in (0..).zip(guests) {
            let who = person(guest);
            for text in [&who.name, &who.upn, &who.mail, &who.key] {
                texts.add(text);
            }
            texts.add(organization(guest));
            match facts.inviter {
                Some(inviter) => texts.add(people[inviter as usize].label()),
                None => texts.add(&inviter_of(guest)),
            }
            for sponsor in &facts.sponsors {
                texts.add(&sponsor.name);
            }
            texts.end();
        }
        Self {
            newest: order_of_numbers(&newest),
            moments,
            period,
            by_name: ranks(&names),
            by_domain: domain.ranked(|guest| person(guest).domain.clone()),
            has_organization: (0..guests.len() as u32).map(|guest| !organization(guest).is_empty()).collect(),
            packages: packages(roster, access),
            by_organization,
            by_inviter: inviter.ranked(inviter_of),
            domain,
            inviter,
            sponsor,
            texts,
        }
    }

    /// Of each guest, whether a name, address, id, inviter, organization or sponsor holds a text.
    pub fn holding(&self, text: &str) -> Vec<bool> {
        self.texts.holding(text)
    }

    /// The alphabetical places of a column that holds texts.
    pub fn places(&self, column: &str) -> Option<&[u32]> {
        match column {
            "guest" => Some(&self.by_name),
            "domain" => Some(&self.by_domain),
            "organization" => Some(&self.by_organization),
            "inviter" => Some(&self.by_inviter),
            _ => None,
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

/// The place of each text among all; the same for the same text.
fn ranks(texts: &[String]) -> Vec<u32> {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut ranks = vec![0; texts.len()];
    let (mut rank, mut before) = (0, None);
    for at in order_of_texts(&texts) {
        let text = texts[at as usize];
        rank += u32::from(before.is_some_and(|before| before != text));
        before = Some(text);
        ranks[at as usize] = rank;
    }
    ranks
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

fn packages(roster: &Roster, access: &Access) -> Vec<u32> {
    let mut counts = vec![0; roster.guests().len()];
    for (at, subject) in (0..).zip(&access.subjects) {
        if let Some(guest) = subject.person.and_then(|person| roster.of_person(person)) {
            let is_package = |span: u32| access.things[span as usize].kind == Kind::Package;
            counts[guest] += access.spans_of(at).filter(|(_, span)| is_package(span.thing)).count() as u32;
        }
    }
    counts
}
