//! Someone as records name them: a reviewer, a sponsor, who is reviewed. One entry per person, whatever
//! names a record uses, as far as [`Identity`] joins them.

use crate::identity::text::Lower as _;
use crate::identity::{Identity, PersonId};
use hashbrown::HashMap;

/// Someone, by all that a record says.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Party {
    /// Names them among all, in lower case: see [`Parties::add`].
    pub key: String,
    /// Object id; may be empty, as all of these.
    pub id: String,
    /// User principal name.
    pub upn: String,
    /// E-mail address.
    pub mail: String,
    /// Display name.
    pub name: String,
    /// Who that is among all people.
    pub person: Option<PersonId>,
}

impl Party {
    /// The name to show besides the display name: principal name, else address, else id.
    pub fn address(&self) -> &str {
        [&self.upn, &self.mail, &self.id].into_iter().find(|text| !text.is_empty()).map_or("", String::as_str)
    }

    /// The name to call them by in a sentence.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { self.address() } else { &self.name }
    }

    fn is_empty(&self) -> bool {
        self.address().is_empty() && self.name.is_empty()
    }
}

/// Everyone that the records at hand name.
#[derive(Default)]
pub struct Parties {
    list: Vec<Party>,
    known: HashMap<String, u32>,
}

impl Parties {
    /// Adds someone; none if the record names nobody. The key is that of the person, else the id, else the
    /// principal name, the address or the display name.
    pub fn add(&mut self, identity: &Identity, mut party: Party) -> Option<u32> {
        if party.is_empty() {
            return None;
        }
        let names = [&party.id, &party.upn, &party.mail];
        party.person = names.iter().filter(|name| !name.is_empty()).find_map(|name| identity.find(name));
        party.key = match party.person {
            Some(person) => identity.person(person).key.clone(),
            None => names.into_iter().chain([&party.name]).find(|text| !text.is_empty())?.lower(),
        };
        let at = *self.known.entry(party.key.clone()).or_insert_with(|| {
            self.list.push(Party { key: party.key.clone(), person: party.person, ..Party::default() });
            self.list.len() as u32 - 1
        });
        let known = &mut self.list[at as usize];
        let person = party.person.map(|person| identity.person(person));
        let best = |own: &mut String, of_person: Option<&String>, new: String| match of_person {
            Some(text) if !text.is_empty() => own.clone_from(text),
            // The least of several names, so that the order of files does not matter.
            _ if own.is_empty() || (!new.is_empty() && new < *own) => *own = new,
            _ => {}
        };
        best(&mut known.id, person.map(|person| &person.id), party.id);
        best(&mut known.upn, person.map(|person| &person.upn), party.upn);
        best(&mut known.mail, person.map(|person| &person.mail), party.mail);
        best(&mut known.name, person.map(|person| &person.name), party.name);
        Some(at)
    }

    /// Someone.
    pub fn get(&self, at: u32) -> &Party {
        &self.list[at as usize]
    }

    /// The one of that key.
    pub fn find(&self, key: &str) -> Option<u32> {
        self.known.get(key).copied()
    }

    /// Everyone.
    pub fn all(&self) -> &[Party] {
        &self.list
    }
}
