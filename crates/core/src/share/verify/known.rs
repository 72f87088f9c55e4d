//! Every identifier that the loaded files hold, collected before anything was redacted.

use super::{Source, fold};
use crate::{
    identity::Identity,
    model::{DataClass, Domain},
    redact::{Policy, Treatment, words::Words},
    store::Store,
};
use guestlens_store::scan::{Collector, Known, Sort, encoded};
use hashbrown::HashSet;

/// The words that reports are written in; made by `report-words.py` beside it.
const REPORT_WORDS: &str = include_str!("../../../data/report-words.txt");

/// What must not be in a report.
#[derive(Clone, Debug, Default)]
pub struct Identifiers {
    pub(super) known: Known,
    pub(super) allowed: HashSet<String>,
}

impl Identifiers {
    /// Everything that identifies in a store, in all of its files.
    pub fn of(store: &Store, identity: &Identity) -> Self {
        let words = Words::new();
        let mut all = Collector::new(REPORT_WORDS, &mut words.all());
        for (at, person) in identity.people().iter().enumerate() {
            for alias in identity.names(at as u32) {
                all.add(&alias.text, Sort::Whole);
            }
            for text in [&person.mail, &person.upn, &person.id, &person.key, &person.name] {
                all.add(text, Sort::Whole);
            }
        }
        for domain in Domain::ALL.iter().copied() {
            #[allow(clippy::match_same_arms)] // a line a reason
            let sort = match domain {
                Domain::Name => Sort::Thing,
                Domain::Upn | Domain::ObjectId | Domain::TenantId | Domain::TenantName => Sort::Whole,
                Domain::EventId | Domain::CorrelationId => Sort::Whole,
                Domain::PropertyValue | Domain::DetailValue | Domain::ExtraValue | Domain::Text | Domain::Reason => {
                    Sort::Text
                }
                Domain::UserAgent | Domain::ExtraKey | Domain::IpAddress => Sort::Text,
                _ if domain.class() == DataClass::Vocabulary => Sort::Text,
                _ => continue,
            };
            all.add_guids(store.dictionary(domain));
            let is_vocabulary = domain.class() == DataClass::Vocabulary;
            store.dictionary(domain).for_each_text(&mut |_, text| {
                // Microsoft's own words stay in reports as they are.
                if is_vocabulary && words.is_public(domain, text) {
                    return;
                }
                if matches!(sort, Sort::Whole | Sort::Thing) {
                    all.add(text, sort);
                } else {
                    encoded::innermost(text, &mut |inner| all.add(inner, sort));
                }
                match domain {
                    Domain::Upn => address_parts(text, &mut all),
                    Domain::TenantName => all.add(text.split('.').next().unwrap_or_default(), Sort::Part),
                    _ => {}
                }
            });
        }
        for person in identity.people() {
            person.name.split(|letter: char| !letter.is_alphanumeric()).for_each(|part| all.add(part, Sort::Part));
            address_parts(&person.mail, &mut all);
            all.add(&person.domain, Sort::Whole);
        }
        for source in &store.sources {
            all.add(&source.name, Sort::Whole);
            source.unknown_fields.iter().for_each(|(name, _)| all.add(name, Sort::Text));
        }
        Self { known: all.finish(), allowed: HashSet::new() }
    }

    /// Without what a policy means to show: the guests of one organization, kept names of things, kept domains.
    pub fn but(mut self, store: &Store, identity: &Identity, policy: &Policy) -> Self {
        let mut allow = |text: &str| {
            let text = fold(text);
            for word in text.split(|letter: char| !letter.is_alphanumeric()) {
                self.allowed.insert(word.to_owned());
            }
            if let Some((local, _)) = text.rsplit_once('@') {
                self.allowed.insert(local.to_owned());
                self.allowed.insert(text.replace('@', "_"));
            }
            self.allowed.insert(text);
        };
        let own = |at: usize| crate::redact::is_partners_own(identity, at as u32, &policy.partner);
        if !policy.partner.is_empty() {
            allow(&policy.partner);
            for (at, person) in identity.people().iter().enumerate().filter(|(at, _)| own(*at)) {
                allow(&person.name);
                allow(&person.mail);
                identity.names(at as u32).iter().for_each(|alias| allow(&alias.text));
            }
            store.dictionary(Domain::TenantName).for_each(|_, text| {
                let text = String::from_utf8_lossy(text);
                if text.to_lowercase().ends_with(&policy.partner) {
                    allow(&text);
                }
            });
        }
        if policy.domains == Treatment::Keep {
            store.dictionary(Domain::TenantName).for_each(|_, text| allow(&String::from_utf8_lossy(text)));
        }
        let people: HashSet<String> = identity
            .people()
            .iter()
            .enumerate()
            .filter(|(at, _)| !own(*at))
            .map(|(_, person)| fold(&person.name))
            .collect();
        if policy.things == Treatment::Keep {
            // Names of things are allowed as a whole; a name in them that is a person's is still looked for.
            store.dictionary(Domain::Name).for_each(|_, text| {
                let text = fold(&String::from_utf8_lossy(text));
                if !people.contains(&text) {
                    self.allowed.insert(text);
                }
            });
        }
        let scrubs = policy.text == Treatment::Scrub;
        let things = policy.things == Treatment::Keep;
        if scrubs || things || !self.allowed.is_empty() {
            let Self { known, allowed } = &mut self;
            known.retain(&mut |text, sort| {
                let stays = (scrubs && sort == Sort::Text) || (things && text.starts_with("b2c_1"));
                !stays && !allowed.contains(text)
            });
        }
        self
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All of them as bytes, for another worker.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.known.write(&mut bytes);
        for own in &self.allowed {
            bytes.extend_from_slice(&(own.len() as u32).to_le_bytes());
            bytes.extend_from_slice(own.as_bytes());
        }
        bytes
    }

    /// What [`Identifiers::to_bytes`] wrote; `None` for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Self::read(&bytes)
    }

    /// The same, a piece at a time.
    pub fn read(bytes: &dyn Source) -> Option<Self> {
        let mut at = 0_usize;
        let mut next = |length: usize| {
            let from = at;
            at = from.checked_add(length).filter(|at| *at <= bytes.len())?;
            Some(bytes.piece(from, at))
        };
        let known = Known::read(&mut next)?;
        let rest = bytes.piece(at, bytes.len());
        let mut rest = rest.as_slice();
        let mut read = Self { known, allowed: HashSet::new() };
        while !rest.is_empty() {
            let (length, after) = rest.split_first_chunk::<4>()?;
            let (text, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize)?;
            read.allowed.insert(std::str::from_utf8(text).ok()?.to_owned());
            rest = after;
        }
        Some(read)
    }
}

/// Local part, domain and the disguise of an address in another tenant's user principal names.
fn address_parts(text: &str, all: &mut Collector) {
    let Some((local, domain)) = text.rsplit_once('@') else { return };
    all.add(domain, Sort::Whole);
    all.add(local, Sort::Part);
    all.add(&text.replace('@', "_"), Sort::Whole);
    if let Some(at) = local.to_lowercase().find("#ext#") {
        let home = &local[..at];
        all.add(home, Sort::Whole);
        if let Some((local, domain)) = home.rsplit_once('_') {
            all.add(&format!("{local}@{domain}"), Sort::Whole);
            all.add(local, Sort::Part);
            all.add(domain, Sort::Whole);
        }
    }
    all.add(domain.split('.').next().unwrap_or_default(), Sort::Part);
}
