//! Reports of what was read, and a screen that shows nobody.

use super::Engine;
use crate::{
    derived::Derived,
    identity::Identity,
    model::{Column, TargetColumn},
    redact::{KEY_BYTES, Key, Network, Policy, Precision, RedactedStore, ShareLevel, redact_known},
    report::View,
    share::{self, BeforeAfter, KeyFile, ShareRequest, Shared, verify::Identifiers},
    store::{NO_TIME, SourceState, Store},
    time,
};
use std::rc::Rc;

/// Events shown before and after.
const SAMPLES: usize = 6;

/// A written report with what is needed to verify it and to find the way back.
pub struct Sharing {
    /// What the page is told.
    pub shared: Shared,
    /// The report.
    pub report: Vec<u8>,
    /// The known identifiers, for [`Identifiers::from_bytes`].
    pub known: Vec<u8>,
    /// The key file.
    pub key_file: Vec<u8>,
}

impl Engine {
    fn identity(&mut self) -> Rc<Identity> {
        self.memory.refresh(&self.store);
        Derived::new(&self.store, &self.memory).get::<Identity>()
    }

    /// Writes a report. The key is random bytes, or those of an engagement.
    pub fn share(&mut self, request: &ShareRequest, key: &[u8; KEY_BYTES]) -> Sharing {
        let identity = self.identity();
        let (store, policy) = (&self.store, &request.policy);
        let redacted = redact_known(store, &identity, policy, &Key::new(key));
        let redacted = if request.composition.sections.iter().any(|section| section.view == View::Findings) {
            redacted.judged(store, &identity, &Key::new(key))
        } else {
            redacted
        };
        let known = if policy.is_real() {
            Identifiers::default()
        } else {
            Identifiers::of(store, &identity).but(store, &identity, policy)
        };
        let written = share::write(&redacted, &request.composition, request.form, known.len() as u64);
        let hash = share::verify::sha256(&written.bytes);
        let key_file = KeyFile::new(&redacted, key, &hash).to_json();
        let known = known.to_bytes();
        let is_board = policy.level == ShareLevel::Board;
        let shared = Shared {
            id: request.id,
            name: written.name,
            sizes: [written.bytes.len(), known.len(), key_file.len()].map(|size| size as u32),
            leaving: redacted.leaving().to_vec(),
            events: (redacted.len() as u64, store.len() as u64),
            before_after: if is_board { Vec::new() } else { before_after(store, &redacted) },
            is_real: policy.is_real(),
            counts: if is_board { share::counted(&redacted) } else { Vec::new() },
        };
        Sharing { shared, report: written.bytes, known, key_file }
    }

    /// An engine over the same events whose answers name nobody, for screenshots and calls.
    pub fn screen_safe(&mut self, key: &[u8; KEY_BYTES]) -> Engine {
        let identity = self.identity();
        let policy = Policy { time: Precision::Exact, network: Network::Small, ..Policy::default() };
        let redacted = redact_known(&self.store, &identity, &policy, &Key::new(key));
        let mut store = redacted.into_store();
        // Whatever is still being read is no part of it.
        store.sources.iter_mut().filter(|source| source.is_open()).for_each(|source| source.state = SourceState::Done);
        Engine { is_stepwise: self.is_stepwise, ..Engine::with_store(store) }
    }
}

fn before_after(store: &Store, redacted: &RedactedStore) -> Vec<BeforeAfter> {
    let step = (store.len() / SAMPLES).max(1);
    let line = |store: &Store, event: usize| {
        let target = store.targets_of(event).next();
        let time = store.time[event];
        vec![
            if time == NO_TIME { "-".to_owned() } else { time::iso(time) },
            store.text(event, Column::Activity).into_owned(),
            store.text(event, Column::Actor).into_owned(),
            target.map_or_else(String::new, |target| store.target_text(target, TargetColumn::Target).into_owned()),
            store.text(event, Column::IpAddress).into_owned(),
        ]
    };
    (0..store.len())
        .step_by(step)
        .take(SAMPLES)
        .map(|event| BeforeAfter {
            before: line(store, event),
            after: redacted.place_of(event).map_or_else(Vec::new, |place| line(redacted.store(), place)),
        })
        .collect()
}
