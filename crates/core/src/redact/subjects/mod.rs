//! Who or what each id, address and name stands for. Names of one subject get one label, so they are
//! brought together before any label is made: people by the identities, everything else by the records
//! that state an id and a name together.

mod kind;
mod records;

pub(super) use kind::Kind;

use super::forms::{fold, fold_into, guid};
use crate::{
    identity::{Identity, PersonId},
    model::Domain,
    store::{Dictionary, Store},
};
use hashbrown::HashMap;
use std::borrow::Cow;

/// Index into [`Subjects::list`].
pub(super) type SubjectId = u32;
/// No subject.
pub(super) const NONE: SubjectId = u32::MAX;
/// Of a name: more than one subject has it.
const MANY: SubjectId = u32::MAX - 1;

/// Somebody or something.
pub(super) struct Subject {
    pub(super) kind: Kind,
    /// What its label is made from: a code of [`Subjects::texts`].
    canonical: u32,
    /// Of a person: the identity, and the home organization.
    pub(super) person: Option<PersonId>,
    pub(super) home: SubjectId,
}

/// All subjects and the names they go by.
#[derive(Default)]
pub(super) struct Subjects {
    pub(super) list: Vec<Subject>,
    /// Per code of the domain.
    ids: Vec<SubjectId>,
    addresses: Vec<SubjectId>,
    names: Vec<SubjectId>,
    tenants: Vec<SubjectId>,
    domains: Vec<SubjectId>,
    /// Folded addresses, ids, names, domains.
    texts: Dictionary,
    /// By code of `texts`: whom or what it names. Texts that come later name nobody.
    known: Vec<SubjectId>,
    /// By kind and code of `texts`: those that no record joins with another name.
    alone: HashMap<(Kind, u32), SubjectId>,
}

impl Subjects {
    /// Everybody and everything of a store.
    pub(super) fn new(store: &Store, identity: &Identity) -> Self {
        let sized = |domain| vec![NONE; store.dictionary(domain).len()];
        let mut subjects = Self {
            ids: sized(Domain::ObjectId),
            addresses: sized(Domain::Upn),
            names: sized(Domain::Name),
            tenants: sized(Domain::TenantId),
            domains: sized(Domain::TenantName),
            ..Self::default()
        };
        subjects.people(store, identity);
        subjects.organizations(store);
        subjects.events(store, identity);
        subjects.entities(store, identity);
        subjects.rest(store);
        subjects.index(store);
        subjects
    }

    fn add(&mut self, kind: Kind, canonical: &str) -> SubjectId {
        let canonical = self.texts.intern(canonical.as_bytes());
        self.list.push(Subject { kind, canonical, person: None, home: NONE });
        (self.list.len() - 1) as SubjectId
    }

    /// What the label of a subject is made from.
    pub(super) fn canonical(&self, subject: SubjectId) -> Cow<'_, str> {
        self.list.get(subject as usize).map_or(Cow::Borrowed(""), |subject| self.texts.get(subject.canonical))
    }

    /// The subject of that kind and text, which no record joins with another name.
    pub(super) fn alone(&mut self, kind: Kind, text: &str) -> SubjectId {
        let text = guid(text).unwrap_or_else(|| fold(text));
        let code = self.texts.intern(text.as_bytes());
        if let Some(known) = self.alone.get(&(kind, code)) {
            return *known;
        }
        let subject = self.add(kind, &text);
        self.alone.insert((kind, code), subject);
        subject
    }

    /// A home organization by its domain.
    fn domain(&mut self, text: &str) -> SubjectId {
        self.alone(Kind::Organization, text)
    }

    /// The subject of these ids; made if neither has one.
    fn thing(&mut self, store: &Store, codes: [u32; 2], kind: Kind) -> SubjectId {
        let known = codes.iter().map(|code| self.ids[*code as usize]).find(|known| *known != NONE);
        let subject = known.unwrap_or_else(|| {
            let first = codes.iter().find(|code| **code != 0).copied().unwrap_or(0);
            self.alone(kind, &store.dictionary(Domain::ObjectId).get(first))
        });
        let own = &mut self.list[subject as usize].kind;
        if *own == Kind::Object {
            *own = kind;
        }
        for code in codes {
            self.id(code, subject);
        }
        subject
    }

    fn id(&mut self, code: u32, subject: SubjectId) {
        if code != 0 && self.ids[code as usize] == NONE {
            self.ids[code as usize] = subject;
        }
    }

    fn address(&mut self, code: u32, subject: SubjectId) {
        if code != 0 && self.addresses[code as usize] == NONE {
            self.addresses[code as usize] = subject;
        }
    }

    fn name(&mut self, code: u32, subject: SubjectId) {
        if code == 0 {
            return;
        }
        let known = &mut self.names[code as usize];
        *known = match *known {
            NONE => subject,
            own if own == subject => own,
            _ => MANY,
        };
    }

    /// Whatever has no subject yet gets one of its own.
    fn rest(&mut self, store: &Store) {
        for code in 1..self.ids.len() {
            if self.ids[code] == NONE {
                self.ids[code] = self.alone(Kind::Object, &store.dictionary(Domain::ObjectId).get(code as u32));
            }
        }
        for code in 1..self.addresses.len() {
            if self.addresses[code] == NONE {
                self.addresses[code] = self.alone(Kind::Person, &store.dictionary(Domain::Upn).get(code as u32));
            }
        }
        for code in 1..self.names.len() {
            let text = store.dictionary(Domain::Name).get(code as u32);
            self.names[code] = match self.names[code] {
                NONE => self.alone(Kind::Object, &text),
                MANY => self.alone(Kind::Name, &text),
                known => known,
            };
        }
        for code in 1..self.domains.len() {
            if self.domains[code] == NONE {
                self.domains[code] = self.domain(&store.dictionary(Domain::TenantName).get(code as u32));
            }
        }
        for code in 1..self.tenants.len() {
            if self.tenants[code] == NONE {
                self.tenants[code] =
                    self.alone(Kind::Organization, &store.dictionary(Domain::TenantId).get(code as u32));
            }
        }
    }

    /// Finds subjects by text, for the values of properties and details.
    fn index(&mut self, store: &Store) {
        let tables = [
            (Domain::Upn, &self.addresses),
            (Domain::ObjectId, &self.ids),
            (Domain::TenantId, &self.tenants),
            (Domain::TenantName, &self.domains),
            (Domain::Name, &self.names),
        ];
        let (texts, known) = (&mut self.texts, &mut self.known);
        let mut folded = String::new();
        for (domain, subjects) in tables {
            store.dictionary(domain).for_each(|code, text| {
                fold_into(std::str::from_utf8(text).unwrap_or_default(), &mut folded);
                if folded.len() > 1 && subjects[code as usize] < MANY {
                    let text = texts.intern(folded.as_bytes()) as usize;
                    known.resize(texts.len(), NONE);
                    // The first of these domains has the say.
                    if known[text] == NONE {
                        known[text] = subjects[code as usize];
                    }
                }
            });
        }
    }

    /// The subject that a text names just so, spelling aside.
    pub(super) fn find(&self, text: &str) -> Option<SubjectId> {
        let code = self.texts.find(&fold(text))?;
        self.known.get(code as usize).copied().filter(|subject| *subject != NONE)
    }

    /// The subject of a code of a domain that names subjects.
    pub(super) fn of(&self, domain: Domain, code: u32) -> Option<SubjectId> {
        let subjects = match domain {
            Domain::ObjectId => &self.ids,
            Domain::Upn => &self.addresses,
            Domain::Name => &self.names,
            Domain::TenantId => &self.tenants,
            Domain::TenantName => &self.domains,
            _ => return None,
        };
        subjects.get(code as usize).copied().filter(|subject| *subject < MANY)
    }
}
