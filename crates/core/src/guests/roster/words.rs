//! What only a search and some orders ask of the roster: names as places in the alphabet, texts to search, how
//! many access packages. The roster does not wait for it.

use super::{Index, Roster, index::Common};
use crate::{
    arrange::order_of_texts,
    derived::{Derive, Derived},
    entitlement::access::{Access, Kind},
    lists::Haystack,
};

/// What is prepared of texts. All lists are by guest.
pub struct Words {
    /// Alphabetical places of names.
    by_name: Vec<u32>,
    by_domain: Vec<u32>,
    by_organization: Vec<u32>,
    by_inviter: Vec<u32>,
    /// Names, addresses, ids, inviters, organizations and sponsors.
    texts: Haystack,
}

impl Derive for Words {
    fn derive(from: &Derived) -> Self {
        let (store, roster, index) = (from.store, from.get::<Roster>(), from.get::<Index>());
        let guests = roster.guests();
        let people = roster.identity.people();
        let person = |guest: u32| &people[guests[guest as usize].person as usize];
        let organization = |guest: u32| roster.organization(&person(guest).domain).unwrap_or_default();
        let inviter_of = |guest: u32| roster.inviter(store, &guests[guest as usize]);
        let names: Vec<String> = (0..guests.len() as u32).map(|guest| person(guest).label().to_lowercase()).collect();
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
            by_name: ranks(&names),
            by_domain: ranked(&index.domain, |guest| person(guest).domain.clone()),
            by_organization: ranked(&index.domain, |guest| organization(guest).to_owned()),
            by_inviter: ranked(&index.inviter, inviter_of),
            texts,
        }
    }
}

impl Words {
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

/// How many access packages each guest has or had.
pub fn packages(roster: &Roster, access: &Access) -> Vec<u32> {
    let mut counts = vec![0; roster.guests().len()];
    for (at, subject) in (0..).zip(&access.subjects) {
        if let Some(guest) = subject.person.and_then(|person| roster.of_person(person)) {
            let is_package = |span: u32| access.things[span as usize].kind == Kind::Package;
            counts[guest] += access.spans_of(at).filter(|(_, span)| is_package(span.thing)).count() as u32;
        }
    }
    counts
}

/// The alphabetical place of each guest's text, letter case aside; guests of one number have the same.
fn ranked(common: &Common, text: impl Fn(u32) -> String) -> Vec<u32> {
    let mut of_number = vec![u32::MAX; common.count];
    for (guest, number) in (0..).zip(&common.of) {
        of_number[*number as usize] = guest;
    }
    let texts: Vec<String> = of_number.into_iter().map(|guest| text(guest).to_lowercase()).collect();
    let ranks = ranks(&texts);
    common.of.iter().map(|number| ranks[*number as usize]).collect()
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
