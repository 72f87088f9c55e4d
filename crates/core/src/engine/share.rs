//! Reports of what was read, and a screen that shows nobody.

use super::Engine;
use crate::{
    derived::Derived,
    identity::Identity,
    model::{Column, TargetColumn},
    query::Selection,
    redact::{KEY_BYTES, Key, Network, Policy, Precision, RedactedStore, ShareLevel, redact_known, redact_some},
    report::View,
    share::{self, BeforeAfter, Form, KeyFile, ShareRequest, Shared, verify::Identifiers},
    store::{NO_TIME, Store},
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

/// A report on its way, a step at a time, so that its sender can stop it.
pub struct Writing {
    request: ShareRequest,
    key: [u8; KEY_BYTES],
    page: Vec<u8>,
    /// The state of the store that all steps are about.
    revision: Option<(u64, usize)>,
    redacted: Option<RedactedStore>,
    /// The known identifiers as bytes, and how many.
    known: Option<(Vec<u8>, u64)>,
}

impl Writing {
    /// Steps in all.
    pub const STEPS: u32 = 4;

    /// The key is random bytes, or those of an engagement; `page` is the page's own file, for interactive reports.
    pub fn new(request: ShareRequest, key: [u8; KEY_BYTES], page: Vec<u8>) -> Self {
        Self { request, key, page, revision: None, redacted: None, known: None }
    }

    /// [`ShareRequest::id`].
    pub fn id(&self) -> u32 {
        self.request.id
    }

    /// Steps that are done.
    pub fn done(&self) -> u32 {
        u32::from(self.revision.is_some()) + u32::from(self.redacted.is_some()) + u32::from(self.known.is_some())
    }

    /// Takes a step; the last one has the report. If more was read meanwhile, they begin anew.
    pub fn step(&mut self, engine: &mut Engine) -> Option<Sharing> {
        let identity = engine.identity();
        let (store, policy) = (&engine.store, &self.request.policy);
        let revision = Some((store.revision(), store.entity_count()));
        if self.revision != revision {
            (self.revision, self.redacted, self.known) = (revision, None, None);
            return None;
        }
        // As bytes they take the least room while all else is made.
        let Some((known, identifiers)) = &self.known else {
            let known = if policy.is_real() {
                Identifiers::default()
            } else {
                Identifiers::of(store, &identity).but(store, &identity, policy)
            };
            self.known = Some((known.to_bytes(), known.len() as u64));
            return None;
        };
        let Some(mut redacted) = self.redacted.take() else {
            let selected = self.request.selection.as_ref().map(|query| {
                let selection = Selection::new(store, query, &self.request.composition.zone);
                (0..store.len() as u32).filter(|event| selection.matches(*event as usize)).collect::<Vec<_>>()
            });
            let shows = |view| self.request.composition.sections.iter().any(|section| section.view == view);
            let judges = self.request.form.shows_views() && shows(View::Findings);
            let key = Key::new(&self.key);
            self.redacted = Some(redact_some(store, &identity, policy, &key, selected.as_deref(), judges));
            return None;
        };
        let request = &self.request;
        let written = share::write(&redacted, &request.composition, request.form, *identifiers, &self.page);
        let is_board = policy.level == ShareLevel::Board;
        let mut shared = Shared {
            id: request.id,
            name: written.name,
            leaving: redacted.leaving().to_vec(),
            events: (redacted.len() as u64, store.len() as u64),
            before_after: if is_board { Vec::new() } else { before_after(store, &redacted) },
            is_real: policy.is_real(),
            counts: if is_board { share::counted(&redacted) } else { Vec::new() },
            interactive: (request.form == Form::Interactive).then(|| policy.time.step()),
            sha256: share::verify::sha256(&written.bytes),
            ..Shared::default()
        };
        let labels = redacted.take_labels();
        // The copy makes room for the key file.
        drop(redacted);
        let key_file = KeyFile::written(labels, &self.key, &shared.sha256);
        shared.sizes = [written.bytes.len(), known.len(), key_file.len()].map(|size| size as u32);
        let known = self.known.take().unwrap_or_default().0;
        Some(Sharing { shared, report: written.bytes, known, key_file })
    }
}

impl Engine {
    fn identity(&mut self) -> Rc<Identity> {
        self.memory.refresh(&self.store);
        Derived::new(&self.store, &self.memory).get::<Identity>()
    }

    /// Writes a report, see [`Writing`].
    pub fn share(&mut self, request: &ShareRequest, key: &[u8; KEY_BYTES], page: &[u8]) -> Sharing {
        let mut writing = Writing::new(request.clone(), *key, page.to_vec());
        loop {
            if let Some(sharing) = writing.step(self) {
                return sharing;
            }
        }
    }

    /// An engine over the same events whose answers name nobody, for screenshots and calls.
    pub fn screen_safe(&mut self, key: &[u8; KEY_BYTES]) -> Engine {
        let identity = self.identity();
        let policy = Policy { time: Precision::Exact, network: Network::Small, ..Policy::default() };
        let redacted = redact_known(&self.store, &identity, &policy, &Key::new(key));
        Engine { is_stepwise: self.is_stepwise, ..Engine::with_copy(redacted.into_store()) }
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
