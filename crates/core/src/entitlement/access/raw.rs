//! Subjects and things as single records name them, and what they turn out to be together.

use super::span::{Kind, Subject, Thing};
use crate::identity::text::Lower as _;
use crate::{entitlement::Pool, identity::Identity, model::Domain, store::Store};
use hashbrown::HashMap;
use std::collections::BTreeMap;

/// A subject as one record names it: codes of ids and addresses, numbers of the pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct RawSubject {
    /// Code of an object id.
    pub id: u32,
    /// Code of a user principal name.
    pub upn: u32,
    /// Code of an e-mail address.
    pub mail: u32,
    /// Number of the object id, where no dictionary has it.
    pub id_text: u32,
    /// Number of a name, which may be a user principal name.
    pub name: u32,
    /// Number of its type.
    pub kind: u32,
    /// The target it is.
    pub target: Option<u32>,
}

/// A thing as one record names it: numbers of the pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct RawThing {
    pub kind: Kind,
    pub id: u32,
    pub name: u32,
    pub role: u32,
    pub by_file: bool,
}

/// Distinct ones.
#[derive(Default)]
pub(super) struct Raws {
    subjects: Vec<RawSubject>,
    subject_index: HashMap<RawSubject, u32>,
    things: Vec<RawThing>,
    thing_index: HashMap<RawThing, u32>,
}

impl Raws {
    pub fn subject(&mut self, raw: RawSubject) -> u32 {
        // Targets only tell people apart that nothing else does.
        let key = if raw.id != 0 || raw.upn != 0 || raw.mail != 0 { RawSubject { target: None, ..raw } } else { raw };
        *self.subject_index.entry(key).or_insert_with(|| {
            self.subjects.push(raw);
            self.subjects.len() as u32 - 1
        })
    }

    pub fn thing(&mut self, raw: RawThing) -> u32 {
        *self.thing_index.entry(raw).or_insert_with(|| {
            self.things.push(raw);
            self.things.len() as u32 - 1
        })
    }

    /// Who they are; of each raw one the index.
    pub fn resolve_subjects(&self, pool: &Pool, store: &Store, identity: &Identity) -> (Vec<Subject>, Vec<u32>) {
        let mut found: BTreeMap<String, Subject> = BTreeMap::new();
        let keys: Vec<String> = self
            .subjects
            .iter()
            .map(|raw| {
                let subject = resolve_subject(raw, pool, store, identity);
                let key = subject.key.clone();
                let known = found.entry(key.clone()).or_insert_with(|| subject.clone());
                // Of names the first in alphabetical order, so that files may come in any.
                for (known, new) in [(&mut known.name, &subject.name), (&mut known.kind, &subject.kind)] {
                    if !new.is_empty() && (known.is_empty() || new < known) {
                        known.clone_from(new);
                    }
                }
                key
            })
            .collect();
        let map = places(&found, &keys);
        (found.into_values().collect(), map)
    }

    /// What they are; of each raw one the index.
    pub fn resolve_things(&self, pool: &Pool) -> (Vec<Thing>, Vec<u32>) {
        let fold = |number: u32| pool.get(number).to_lowercase();
        // The ids that a name stands for.
        let mut named: HashMap<(Kind, String), Option<u32>> = HashMap::new();
        for raw in self.things.iter().filter(|raw| raw.id != 0 && raw.name != 0) {
            let id = named.entry((raw.kind, fold(raw.name))).or_insert(Some(raw.id));
            if *id != Some(raw.id) {
                *id = None;
            }
        }
        let mut found: BTreeMap<String, Thing> = BTreeMap::new();
        let mut keys = Vec::with_capacity(self.things.len());
        for raw in &self.things {
            let mut id = raw.id;
            let by_name = id == 0 && named.get(&(raw.kind, fold(raw.name))).copied().flatten().is_some();
            if by_name {
                id = named.get(&(raw.kind, fold(raw.name))).copied().flatten().unwrap_or(0);
            }
            let what = if id == 0 { fold(raw.name) } else { pool.get(id).to_owned() };
            let role = fold(raw.role);
            let key = [raw.kind.id(), &what, &role].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
            let key = key.join(":");
            let known = found.entry(key.clone()).or_insert_with(|| Thing {
                kind: raw.kind,
                key: key.clone(),
                id: pool.get(id).to_owned(),
                by_file: true,
                ..Thing::default()
            });
            known.by_file &= raw.by_file;
            known.by_name |= by_name;
            for (known, new) in [(&mut known.name, pool.get(raw.name)), (&mut known.role, pool.get(raw.role))] {
                if !new.is_empty() && (known.is_empty() || new < known.as_str()) {
                    new.clone_into(known);
                }
            }
            keys.push(key);
        }
        let map = places(&found, &keys);
        (found.into_values().collect(), map)
    }
}

/// The place of each key among all.
fn places<T>(found: &BTreeMap<String, T>, keys: &[String]) -> Vec<u32> {
    let index: HashMap<&str, u32> = found.keys().zip(0..).map(|(key, at)| (key.as_str(), at)).collect();
    keys.iter().map(|key| index[key.as_str()]).collect()
}

fn resolve_subject(raw: &RawSubject, pool: &Pool, store: &Store, identity: &Identity) -> Subject {
    let code = |domain: Domain, code: u32| store.dictionary(domain).get(code).into_owned();
    let kind = match pool.get(raw.kind) {
        kind if kind.eq_ignore_ascii_case("user") => "User".to_owned(),
        kind if kind.eq_ignore_ascii_case("group") => "Group".to_owned(),
        kind if kind.eq_ignore_ascii_case("servicePrincipal") => "ServicePrincipal".to_owned(),
        kind => kind.to_owned(),
    };
    let may_be_person = kind.is_empty() || kind == "User" || kind == "Other";
    let name = pool.get(raw.name);
    let person = may_be_person
        .then(|| {
            let target = || raw.target.and_then(|target| identity.target(target as usize));
            let by_text = |text: &str| (!text.is_empty()).then(|| identity.find(text)).flatten();
            identity
                .of_codes(raw.id, raw.upn, raw.mail)
                .or_else(|| by_text(pool.get(raw.id_text)))
                .or_else(|| by_text(name))
                .or_else(target)
        })
        .flatten();
    if let Some(person) = person {
        let known = identity.person(person);
        let address = [&known.mail, &known.upn, &known.id, &known.key].into_iter().find(|text| !text.is_empty());
        return Subject {
            key: known.key.clone(),
            person: Some(person),
            name: known.name.clone(),
            address: address.cloned().unwrap_or_default(),
            kind: "User".into(),
        };
    }
    let id = Some(code(Domain::ObjectId, raw.id)).filter(|id| !id.is_empty());
    let id = id.unwrap_or_else(|| pool.get(raw.id_text).to_owned()).lower();
    let [upn, mail] = [raw.upn, raw.mail].map(|number| code(Domain::Upn, number));
    let address = [&mail, &upn, &id].into_iter().find(|text| !text.is_empty()).cloned().unwrap_or_default();
    let key = [&id, &upn, &mail].into_iter().find(|text| !text.is_empty()).map_or(name, |text| text).lower();
    let address = if address.is_empty() { name.to_owned() } else { address };
    let name = if name == address { String::new() } else { name.to_owned() };
    Subject { key, person: None, name, address, kind }
}
