//! Who is who: object ids, user principal names, e-mail addresses and invitations that are one person's.
//!
//! Applications are no people. What is not certain is not joined, but said: "perhaps the same as". The
//! result does not depend on the order of files or records.

mod build;
mod gather;
mod join;
mod never_made;
mod nodes;
mod resolve;
mod standing;
pub mod text;

use crate::arrange::Arrange as _;
pub use join::{Evidence, How, Join};
pub use never_made::NeverMade;
pub use standing::{Basis, Standing, Turn, UserType};

use crate::{
    derived::{Derive, Derived},
    lists,
    query::{Selection, passes},
    store::{NO_TIME, Store},
};
use build::Built;
use gather::Gathered;
use nodes::{NONE, Sort};
use resolve::Perhaps;

/// Index into [`Identity::people`].
pub type PersonId = u32;

/// One person, under the best known names. Any of them may be empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    /// Stable: the object id, else the user principal name, else the address, in lower case.
    pub key: String,
    /// Object id; of several accounts the latest.
    pub id: String,
    /// User principal name, as a file spells it.
    pub upn: String,
    /// E-mail address: of a guest the one at home.
    pub mail: String,
    /// Whether a record states the address; else it is read from the user principal name.
    pub mail_is_stated: bool,
    /// Display name.
    pub name: String,
    /// Home domain, in lower case.
    pub domain: String,
    /// Guest, member or unknown.
    pub standing: Standing,
    /// The earliest and latest event that the person takes part in, ticks.
    pub seen: Option<(i64, i64)>,
}

impl Person {
    /// The name to show: display name, else address, else user principal name, else id.
    pub fn label(&self) -> &str {
        [&self.name, &self.mail, &self.upn, &self.id].into_iter().find(|text| !text.is_empty()).map_or("", |text| text)
    }

    /// Whether the user principal name has `#EXT#`: the account signs in somewhere else. It need not be a guest.
    pub fn is_external(&self) -> bool {
        text::external_at(&self.upn).is_some()
            || [&self.upn, &self.id].into_iter().any(|name| text::is_guest_label(name))
    }

    /// Whether it is or was a guest, or may be one: an external account whose user type no file states.
    pub fn concerns_guests(&self) -> bool {
        self.standing.was_guest() || self.standing.user_type == UserType::Unknown && self.is_external()
    }
}

/// One of a person's names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alias {
    /// What it is, in words.
    pub kind: &'static str,
    /// The name.
    pub text: String,
}

/// Everybody in the store.
pub struct Identity {
    people: Vec<Person>,
    gathered: Gathered,
    /// The person of each name, [`NONE`] where it is nobody's for certain.
    owner: Vec<u32>,
    /// The names of each person: first in `members`, one more entry than people.
    start: Vec<u32>,
    members: Vec<u32>,
    perhaps: Vec<Perhaps>,
    /// By person, ascending: indexes into `perhaps`.
    doubts: Vec<(PersonId, u32)>,
}

impl Derive for Identity {
    fn derive(from: &Derived) -> Self {
        Self::new(from.store)
    }
}

impl Identity {
    /// Reads a store.
    pub fn new(store: &Store) -> Self {
        let mut gathered = Gathered::default();
        gathered.events(store);
        gathered.entities(store);
        gathered.finish();
        let (sets, perhaps) = resolve::resolve(&gathered);
        let Built { people, owner, start, members } = build::build(&gathered, sets, store);
        let mut doubts = Vec::new();
        for (at, one) in perhaps.iter().enumerate() {
            for node in [one.a, one.b] {
                if owner[node as usize] != NONE {
                    doubts.push((owner[node as usize], at as u32));
                }
            }
        }
        doubts.arrange();
        Self { people, gathered, owner, start, members, perhaps, doubts }
    }

    /// All people, by key.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// One of them.
    pub fn person(&self, id: PersonId) -> &Person {
        &self.people[id as usize]
    }

    fn of(&self, node: u32) -> Option<PersonId> {
        self.owner.get(node as usize).copied().filter(|person| *person != NONE)
    }

    /// The user who initiated an event.
    pub fn actor(&self, event: usize) -> Option<PersonId> {
        self.of(self.gathered.actors[event])
    }

    /// The user that a target is; an index into the store's targets.
    pub fn target(&self, target: usize) -> Option<PersonId> {
        self.of(self.gathered.targets[target])
    }

    /// Of all events what `of`, a list by person, has of the actor; of all targets the same. [`u32::MAX`] where that
    /// is nobody.
    pub fn followed(&self, of: &[u32]) -> [Vec<u32>; 2] {
        [&self.gathered.actors, &self.gathered.targets].map(|names| lists::followed(names, &self.owner, of))
    }

    /// The user that a target's changes name, as those of an app role assignment do (`User.UPN`).
    pub fn subject(&self, target: usize) -> Option<PersonId> {
        let subjects = &self.gathered.subjects;
        let at = subjects.binary_search_by_key(&(target as u32), |(target, _)| *target).ok()?;
        self.of(subjects[at].1)
    }

    /// Everybody an event concerns: its actor, the users among its targets, those that changes name.
    pub fn everybody<'a>(&'a self, store: &'a Store, event: usize) -> impl Iterator<Item = PersonId> + 'a {
        let targets = store.targets_of(event).filter_map(|target| self.target(target).or_else(|| self.subject(target)));
        self.actor(event).into_iter().chain(targets)
    }

    /// The first and the last event of each person, [`passes::NONE`] where there is none with a time.
    pub fn sightings(&self, store: &Store) -> Vec<[u32; 2]> {
        let Gathered { actors, targets, subjects, .. } = &self.gathered;
        passes::sightings(store, passes::Names { owner: &self.owner, actors, targets, subjects }, self.people.len())
    }

    /// Of each person, whether an event of a selection concerns them, see [`Identity::everybody`].
    pub fn taking_part(&self, store: &Store, selection: &Selection) -> Vec<bool> {
        let Gathered { actors, targets, subjects, .. } = &self.gathered;
        let mut names = lists::named(store, selection.matching(), actors, targets, self.owner.len());
        for (target, name) in subjects {
            let event = store.target_start.partition_point(|first| first <= target) - 1;
            names[*name as usize] |= selection.matches(event);
        }
        let mut people = vec![false; self.people.len()];
        for (owner, _) in self.owner.iter().zip(names).filter(|(owner, is_named)| *is_named && **owner != NONE) {
            people[*owner as usize] = true;
        }
        people
    }

    /// The person that a row of the table of people is about.
    pub fn person_of(&self, row: usize) -> Option<PersonId> {
        self.gathered.rows.get(row).and_then(|node| self.of(*node))
    }

    /// The person with an object id, by its code in the dictionary of object ids.
    pub fn of_id(&self, code: u32) -> Option<PersonId> {
        self.gathered.known_id(code).and_then(|node| self.of(node))
    }

    /// The person with a user principal name or address, by its code in the dictionary of those.
    pub fn of_address(&self, code: u32) -> Option<PersonId> {
        self.gathered.known_upn(code).and_then(|node| self.of(node))
    }

    /// The person of an object id, or where that says nothing of a name or address: codes.
    pub fn of_codes(&self, id: u32, upn: u32, mail: u32) -> Option<PersonId> {
        self.of_id(id).or_else(|| self.of_address(upn)).or_else(|| self.of_address(mail))
    }

    /// The person of any id, name or address, letter case aside.
    pub fn find(&self, name: &str) -> Option<PersonId> {
        let name = name.trim();
        let name = text::deletion_mark(name).map_or(name, |(_, upn)| upn);
        self.gathered.nodes.find(name).and_then(|node| self.of(node))
    }

    /// Whether somebody else is perhaps the same person.
    pub fn is_uncertain(&self, person: PersonId) -> bool {
        self.doubts.binary_search_by_key(&person, |(person, _)| *person).is_ok()
    }

    fn nodes_of(&self, person: PersonId) -> &[u32] {
        &self.members[self.start[person as usize] as usize..self.start[person as usize + 1] as usize]
    }

    /// Object ids of a person's accounts; more than one where an account was deleted and made again.
    pub fn ids(&self, person: PersonId) -> Vec<String> {
        let is_id =
            |node: &&u32| self.gathered.nodes.sort(**node) == Sort::Id && !self.gathered.subject_ids.contains(*node);
        let mut ids: Vec<String> = self
            .nodes_of(person)
            .iter()
            .filter(is_id)
            .map(|node| self.gathered.nodes.text(*node).into_owned())
            .collect();
        ids.arrange();
        ids
    }

    /// All names of a person.
    pub fn names(&self, person: PersonId) -> Vec<Alias> {
        let gathered = &self.gathered;
        let kind = |node: u32| match gathered.nodes.sort(node) {
            Sort::Id if gathered.subject_ids.contains(&node) => "Subject ID in entitlement management",
            Sort::Id => "Object ID",
            Sort::Invitation => "Invitation ID",
            Sort::Address if text::external_at(&gathered.nodes.text(node)).is_some() => "User principal name",
            Sort::Address => "Address",
        };
        let mut names: Vec<Alias> = self
            .nodes_of(person)
            .iter()
            .map(|node| Alias { kind: kind(*node), text: gathered.nodes.text(*node).replace("#ext#", "#EXT#") })
            .collect();
        names.arrange();
        names
    }

    /// Why these names are one person's, and who else is perhaps the same: certain joins first.
    ///
    /// Walks all joins there are: meant for the one person that a reader has opened.
    pub fn joins(&self, person: PersonId) -> Vec<Join> {
        let gathered = &self.gathered;
        let text = |node: u32| gathered.nodes.text(node).replace("#ext#", "#EXT#");
        let make =
            |a: u32, b: u32, how: How, certain, evidence| Join { how, a: text(a), b: text(b), certain, evidence };
        let both = |a: u32, b: u32| self.of(a) == Some(person) && self.of(b) == Some(person);
        let pairs = gathered.pairs.iter().filter(|pair| both(pair.id, pair.address));
        let mut joins: Vec<Join> =
            pairs.map(|pair| make(pair.id, pair.address, How::Record, true, pair.evidence)).collect();
        let claims = gathered.claims.iter().filter(|claim| both(claim.owner, claim.name));
        joins.extend(claims.map(|claim| make(claim.owner, claim.name, claim.how, true, claim.evidence)));
        let mut accounts: Vec<(String, String, Evidence)> = joins
            .iter()
            .filter(|join| join.how == How::Record)
            .map(|join| (join.b.clone(), join.a.clone(), join.evidence))
            .collect();
        accounts.arrange_by(|one, other| (&one.0, &one.1).cmp(&(&other.0, &other.1)));
        for pair in accounts.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            let (a, b) = (pair[0].1.clone(), pair[1].1.clone());
            joins.push(Join { how: How::SameName, a, b, certain: true, evidence: pair[1].2 });
        }
        let first = self.doubts.partition_point(|(own, _)| *own < person);
        for (_, at) in self.doubts[first..].iter().take_while(|(own, _)| *own == person) {
            let Perhaps { a, b, how, evidence } = self.perhaps[*at as usize];
            joins.push(make(a, b, how, false, evidence));
        }
        joins.arrange_by(|x, y| (!x.certain, x.how, &x.a, &x.b).cmp(&(!y.certain, y.how, &y.a, &y.b)));
        joins.dedup_by(|x, y| (x.certain, x.how, &x.a, &x.b) == (y.certain, y.how, &y.a, &y.b));
        joins
    }
}

/// A span of two moments, if there is any.
fn span(first: i64, last: i64) -> Option<(i64, i64)> {
    (first <= last && first != NO_TIME).then_some((first, last))
}

#[cfg(test)]
mod tests;
