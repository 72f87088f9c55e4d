//! A store that may be shared: other dictionaries and coarser times, so that whatever is made of it holds no
//! identity by construction. What no rule knows is left out.
//!
//! There is one way to a [`RedactedStore`], and sharing takes nothing else:
//!
//! ```compile_fail
//! use guestlens_core::{redact::RedactedStore, store::Store};
//! let raw = RedactedStore { store: Store::default() };
//! ```
//!
//! ```compile_fail
//! use guestlens_core::{share, store::Store};
//! let bytes = share::events(&Store::default(), guestlens_core::protocol::ExportFormat::Csv);
//! ```

mod decide;
pub(crate) mod forms;
mod generalise;
mod key;
mod partner;
mod plan;
mod policy;
mod scrub;
mod subjects;
mod told;
pub(crate) mod words;

pub use key::{KEY_BYTES, Key};
pub use policy::{Network, Policy, Precision, RULES_VERSION, ShareLevel, Step, Treatment};

use crate::{
    derived::{Derived, Memory},
    findings::Findings,
    identity::Identity,
    model::DataClass,
    store::{
        Store,
        recode::{Kept, Recoding},
    },
};
use plan::{Plan, Told};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// How many different values of a class leave, and as what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    /// The class.
    pub class: DataClass,
    /// The values as they are.
    pub kept: u64,
    /// Values that became labels.
    pub pseudonyms: u64,
    /// Values that became coarser.
    pub coarser: u64,
    /// Values that are left out.
    pub dropped: u64,
}

impl Leaving {
    /// The stable word in `data-class`.
    pub fn id(&self) -> &'static str {
        match self.class {
            DataClass::Vocabulary => "vocabulary",
            DataClass::Name => "names",
            DataClass::Address => "addresses",
            DataClass::Identifier => "identifiers",
            DataClass::Network => "network",
            DataClass::Client => "clients",
            DataClass::FreeText => "free-text",
        }
    }

    /// The class in words.
    pub fn label(&self) -> &'static str {
        match self.class {
            DataClass::Vocabulary => "Microsoft's own words and applications",
            DataClass::Name => "Names",
            DataClass::Address => "User principal names and e-mail addresses",
            DataClass::Identifier => "Object, tenant and correlation IDs",
            DataClass::Network => "IP addresses",
            DataClass::Client => "Browsers and clients",
            DataClass::FreeText => "Free text and values",
        }
    }

    /// How many values leave as themselves.
    pub fn real(&self) -> u64 {
        if self.class == DataClass::Vocabulary { 0 } else { self.kept }
    }
}

/// Which label stands for whom: the sender's own, never part of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelOf {
    /// The label.
    pub label: String,
    /// Display name, where one is known.
    pub name: String,
    /// Address, user principal name or id.
    pub address: String,
}

/// A store that holds no identity that its policy does not allow.
pub struct RedactedStore {
    store: Store,
    policy: Policy,
    leaving: Vec<Leaving>,
    people: u64,
    labels: Vec<LabelOf>,
    /// The events that stay, by their index in the store they are from.
    events: Vec<u32>,
    /// The findings, where they are judged by exact times.
    findings: Option<Rc<Findings>>,
}

impl RedactedStore {
    /// What a report may be made of.
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// What rules have found by times more exact than those of the store.
    pub(crate) fn findings(&self) -> Option<Rc<Findings>> {
        self.findings.clone()
    }

    /// How many events it has.
    pub fn len(&self) -> usize {
        self.store.len()
    }

    /// Whether it has no event.
    pub fn is_empty(&self) -> bool {
        self.store.is_empty()
    }

    /// Where an event of the store it is from stands in it.
    pub fn place_of(&self, event: usize) -> Option<usize> {
        self.events.binary_search(&(event as u32)).ok()
    }

    /// What it was made by.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// What leaves, class by class.
    pub fn leaving(&self) -> &[Leaving] {
        &self.leaving
    }

    /// How many people were in the files.
    pub fn people(&self) -> u64 {
        self.people
    }

    /// Who is behind which label. For the key file alone.
    pub fn labels(&self) -> &[LabelOf] {
        &self.labels
    }

    /// The same, handed over.
    pub(crate) fn take_labels(&mut self) -> Vec<LabelOf> {
        std::mem::take(&mut self.labels)
    }

    /// The store itself, for an engine whose screen shows nobody.
    pub(crate) fn into_store(self) -> Store {
        self.store
    }
}

/// Whether a person is a guest of a partner's domain, whom a report for that partner names.
pub(crate) fn is_partners_own(identity: &Identity, person: crate::identity::PersonId, domain: &str) -> bool {
    partner::is_own(identity, person, domain)
}

/// Redacts a store, with its findings. The only way to a [`RedactedStore`], with [`redact_known`].
pub fn redact(store: &Store, policy: &Policy, key: &Key) -> RedactedStore {
    let mut memory = Memory::default();
    memory.refresh(store);
    let identity = Derived::new(store, &memory).get::<Identity>();
    redact_some(store, &identity, policy, key, None, true)
}

/// The same where it is known already who is who; without findings by exact times, see [`redact_some`].
pub fn redact_known(store: &Store, identity: &Identity, policy: &Policy, key: &Key) -> RedactedStore {
    redact_some(store, identity, policy, key, None, false)
}

/// The same of these events alone, ascending; lists of people, requests and the like stay as they are.
///
/// `judges`: whether rules judge by exact times, where those of the copy are rounded: the same labels with the times of
/// the files, which serve nothing else and are told no finer than all others.
pub fn redact_some(
    store: &Store,
    identity: &Identity,
    policy: &Policy,
    key: &Key,
    events: Option<&[u32]>,
    judges: bool,
) -> RedactedStore {
    let mut kept = kept(store, identity, policy);
    if let Some(events) = events {
        kept.events.retain(|event| events.binary_search(event).is_ok());
    }
    let mut plan = Plan::new(store, identity, policy, key, &kept);
    let recoding = plan.recoding();
    // From here on nothing of the plan is needed, and there is to be room for the copy.
    let Told { sources, leaving, labels } = plan.told(&kept);
    let copy = |recoding: Recoding, precision: Precision| {
        let extras = policy.is_real() || !policy.has(Step::Extras);
        let mut redacted = store.recoded(&kept, recoding, &|ticks| generalise::time(ticks, precision), extras);
        redacted.set_sources(sources.clone());
        redacted.problems = store.problems.clone();
        redacted.rounding = policy.time.step();
        redacted
    };
    let judges = judges && policy.time.step() > 0 && policy.level != ShareLevel::Board;
    let findings = judges.then(|| Rc::new(Findings::judged_by(copy(recoding.clone(), Precision::Exact))));
    let redacted = copy(recoding, policy.time);
    let people = identity.people().len() as u64;
    RedactedStore { store: redacted, policy: policy.clone(), leaving, people, labels, events: kept.events, findings }
}

fn kept(store: &Store, identity: &Identity, policy: &Policy) -> Kept {
    match policy.level {
        ShareLevel::Partner => partner::kept(store, identity, &policy.partner),
        _ => Kept::all(store),
    }
}

#[cfg(test)]
mod tests;
