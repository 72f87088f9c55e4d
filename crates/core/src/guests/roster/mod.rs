//! All guests: who each is, who let them in, how they stand, what they gained and lost.
//!
//! A guest is a person whose user type is or was Guest, or an external account whose user type no file
//! states. An address that appears in invitations which failed and nowhere else has no account.

mod collect;
mod guest;
mod index;
mod kind;
mod life;
pub mod line;
mod snapshot;
mod state;
mod words;

use crate::arrange::Arrange as _;
use crate::identity::text::Lower as _;
pub use guest::{Answers, At, From, Guest, Stated};
pub use index::{Common, Index, begin};
pub use kind::{Kind, Thing, kinds};
pub use state::{Basis, Silence, State, THRESHOLD, days};
pub use words::{Words, packages};

use crate::{
    derived::{Derive, Derived},
    identity::{Identity, NeverMade, PersonId},
    lists::grouped,
    model::{Attribute as A, EntityKind, ItemColumn, List},
    store::Store,
};
use collect::{DID, Found};
use hashbrown::HashMap;
use std::rc::Rc;

/// All guests.
pub struct Roster {
    /// Who is who.
    pub identity: Rc<Identity>,
    guests: Vec<Guest>,
    of_person: Vec<u32>,
    /// Addresses that were only ever invited in vain.
    pub failed_only: u32,
    /// The events of each guest: first in `events`, one more entry than guests.
    start: Vec<u32>,
    events: Vec<u32>,
    /// Connected organizations by domain.
    organizations: HashMap<String, String>,
}

/// An event of a guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The event.
    pub event: usize,
    /// Whether the guest did it and it is not about the guest.
    pub did: bool,
}

impl Derive for Roster {
    fn derive(from: &Derived) -> Self {
        Self::new(from.store, &from.get::<Identity>(), &from.get::<NeverMade>())
    }
}

impl Roster {
    /// Works it out.
    pub fn new(store: &Store, identity: &Rc<Identity>, never: &NeverMade) -> Self {
        let people = identity.people();
        let mut of_person = vec![u32::MAX; people.len()];
        let mut guests = Vec::new();
        let mut failed_only = 0;
        for (person, _) in people.iter().enumerate().filter(|(_, who)| who.concerns_guests()) {
            if never.has(person as PersonId) {
                failed_only += 1;
                continue;
            }
            of_person[person] = guests.len() as u32;
            guests.push(Guest { person: person as PersonId, ..Guest::default() });
        }
        let mut roster = Self {
            identity: Rc::clone(identity),
            guests,
            of_person,
            failed_only,
            start: Vec::new(),
            events: Vec::new(),
            organizations: organizations(store),
        };
        let listed = roster.read_exports(store, identity);
        let Found { parts, steps, mut sponsors } = roster.collect(store, identity);
        let (start, places) = grouped(&steps.0, roster.guests.len());
        let mut own = Vec::new();
        for (guest, ends) in roster.guests.iter_mut().zip(start.windows(2)) {
            own.clear();
            own.extend(places[ends[0] as usize..ends[1] as usize].iter().map(|at| steps.1[*at as usize]));
            if !own.is_sorted() {
                own.arrange();
            }
            guest.live(&own, store, identity);
        }
        for (guest, listed) in roster.guests.iter_mut().zip(&listed) {
            if let Some(listed) = listed {
                guest.state_by_export(listed);
            }
        }
        sponsors.arrange_by(|one, other| {
            (one.0, one.1, one.2, &one.3.name).cmp(&(other.0, other.1, other.2, &other.3.name))
        });
        for (guest, time, is_added, sponsor) in sponsors {
            let snapshot = listed[guest as usize].map(|listed| listed.snapshot);
            let guest = &mut roster.guests[guest as usize];
            // An export that has sponsors and is newer says it better.
            if guest.stated.sponsors && snapshot.is_some_and(|snapshot| snapshot >= time) {
                continue;
            }
            guest.sponsors.retain(|known| known.person != sponsor.person);
            if is_added {
                guest.sponsors.push(sponsor);
            }
        }
        // Events are filed under each guest.
        let (start, places) = grouped(&parts.0, roster.guests.len());
        roster.events = places.into_iter().map(|at| parts.1[at as usize]).collect();
        roster.start = start;
        roster
    }

    /// All guests, by key of the person.
    pub fn guests(&self) -> &[Guest] {
        &self.guests
    }

    /// The guest that a person is, an index into [`Roster::guests`].
    pub fn of_person(&self, person: PersonId) -> Option<usize> {
        self.of_person.get(person as usize).filter(|guest| **guest != u32::MAX).map(|guest| *guest as usize)
    }

    /// The guest that a key, id, name or address leads to.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.identity.find(name).and_then(|person| self.of_person(person))
    }

    /// The events of a guest, in no order.
    pub fn parts(&self, guest: usize) -> impl Iterator<Item = Part> + '_ {
        let events = &self.events[self.start[guest] as usize..self.start[guest + 1] as usize];
        events.iter().map(|event| Part { event: (event & !DID) as usize, did: event & DID != 0 })
    }

    /// The events of a guest, earliest first.
    pub fn life(&self, store: &Store, guest: usize) -> Vec<Part> {
        let mut parts: Vec<Part> = self.parts(guest).collect();
        parts.arrange_by_key(|part| (store.time[part.event], part.event));
        parts
    }

    /// How many events a guest has.
    pub fn event_count(&self, guest: usize) -> u32 {
        self.start[guest + 1] - self.start[guest]
    }

    /// The connected organization of a domain.
    pub fn organization(&self, domain: &str) -> Option<&str> {
        self.organizations.get(domain).map(String::as_str)
    }

    /// Whether any connected organization is loaded with its domains.
    pub fn has_organizations(&self) -> bool {
        !self.organizations.is_empty()
    }

    /// Who invited a guest, in words of the files; empty if nobody is known.
    pub fn inviter(&self, store: &Store, guest: &Guest) -> String {
        match guest.inviter {
            Some(person) => self.identity.person(person).label().to_owned(),
            None => store.dictionary(crate::model::Domain::Principal).get(guest.inviter_name).into_owned(),
        }
    }
}

fn organizations(store: &Store) -> HashMap<String, String> {
    let table = store.entities(EntityKind::Organization);
    let mut domains: HashMap<String, String> = HashMap::new();
    for row in table.newest() {
        let name = table.text(row, A::Name).into_owned();
        let own = table.text(row, A::DomainName).into_owned();
        let listed = table
            .list(row, List::IdentitySource)
            .map(|item| table.item_text(item, ItemColumn::DomainName).into_owned());
        for domain in listed.chain([own]).filter(|domain| !domain.is_empty()) {
            let known = domains.entry(domain.lower()).or_insert_with(|| name.clone());
            if name < *known {
                known.clone_from(&name);
            }
        }
    }
    domains
}
