//! Works out ahead, a step at a time, what views will ask for: who opens one finds it ready.

use super::Engine;
use crate::{
    derived::Derived,
    entitlement::{access::Access, requests::Requests},
    findings,
    guests::{reviews::Reviews, roster::Roster, sponsors::Sponsors},
    identity::Identity,
    time::Zone,
};
use std::collections::BTreeMap;

/// The slowest and most wanted first; later ones build on earlier ones.
const STEPS: [fn(&Derived); 7] = [
    |from| drop(from.get::<Identity>()),
    |from| drop(from.get::<Roster>()),
    |from| drop(from.get::<Requests>()),
    |from| drop(from.get::<Access>()),
    |from| drop(from.get::<Sponsors>()),
    |from| drop(from.get::<Reviews>()),
    |from| {
        drop(findings::find(
            from,
            &BTreeMap::new(),
            &Zone { name: "UTC".into(), offsets: Vec::new(), ..Zone::default() },
        ))
    },
];

impl Engine {
    /// Takes a step, counted from 0. `false` once there is none left. What was worked out already costs nothing.
    pub fn prepare(&mut self, step: usize) -> bool {
        self.memory.refresh(&self.store);
        if let Some(step) = STEPS.get(step) {
            step(&Derived::new(&self.store, &self.memory));
        }
        step + 1 < STEPS.len()
    }
}
