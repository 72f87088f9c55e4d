//! Works out ahead, a step at a time, what views will ask for: who opens one finds it ready.

use super::Engine;
use crate::{
    derived::Derived,
    entitlement::{access::Access, requests::Requests},
    findings::{self, Counts},
    guests::{
        reviews::Reviews,
        roster::{Index, Roster},
        sponsors::Sponsors,
    },
    identity::Identity,
    protocol::ViewRequest,
    report::View,
};

/// The slowest and most wanted first; later ones build on earlier ones. The rules come next, one by one.
const STEPS: [fn(&Derived); 7] = [
    |from| drop(from.get::<Identity>()),
    |from| drop(from.get::<Roster>()),
    |from| drop(from.get::<Requests>()),
    |from| drop(from.get::<Access>()),
    |from| drop(from.get::<Index>()),
    |from| drop(from.get::<Sponsors>()),
    |from| drop(from.get::<Reviews>()),
];

impl Engine {
    /// Takes a step, counted from 0. `false` once there is none left. What was worked out already costs nothing.
    pub fn prepare(&mut self, step: usize) -> bool {
        self.memory.refresh(&self.store);
        let derived = Derived::new(&self.store, &self.memory);
        match STEPS.get(step) {
            Some(step) => step(&derived),
            None if findings::step(&derived, &findings::own_settings()) => {}
            None => {
                derived.get::<Counts>();
                return false;
            }
        }
        true
    }

    /// Whether the newest answer left something out that was not worked out then, and is now.
    pub fn has_more_to_say(&self) -> bool {
        let is_guests = self
            .newest
            .as_ref()
            .is_some_and(|(_, ask)| matches!(&ask.view, ViewRequest::Blocks(request) if request.of == View::Guests));
        is_guests && self.lacked_findings
    }
}
