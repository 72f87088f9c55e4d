//! Works out ahead, a step at a time, what views will ask for: who opens one finds it ready.

use super::Engine;
use crate::{
    derived::Derived,
    entitlement::{access::Access, requests::Requests},
    findings::{self, Counts},
    guests::{
        reviews::Reviews,
        roster::{Index, Roster, Words},
        sponsors::Sponsors,
    },
    identity::{Identity, NeverMade},
    protocol::{Ask, ViewRequest},
    report::View,
};

/// The most wanted first; later ones build on earlier ones. The rules come next, one by one.
const STEPS: [fn(&Derived); 9] = [
    |from| drop(from.get::<Identity>()),
    |from| drop(from.get::<NeverMade>()),
    |from| drop(from.get::<Roster>()),
    |from| drop(from.get::<Index>()),
    |from| drop(from.get::<Words>()),
    |from| drop(from.get::<Requests>()),
    |from| drop(from.get::<Access>()),
    |from| drop(from.get::<Sponsors>()),
    |from| drop(from.get::<Reviews>()),
];

impl Engine {
    /// How many of the steps are the end of reading: what every view of guests shows first.
    pub const AT_ONCE: usize = 4;

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

    /// Notes what the answer about to be given has to do without.
    pub(super) fn note_lacks(&mut self, ask: &Ask) {
        let is_guests = matches!(&ask.view, ViewRequest::Blocks(request) if request.of == View::Guests);
        let is_overview = matches!(ask.view, ViewRequest::Overview);
        let [packages, findings, who] = self.can_be_told().map(|is_known| !is_known);
        self.lacks = [is_guests && packages, is_guests && findings, is_overview && who];
    }

    /// Access packages, findings and who is who: whether they are worked out.
    fn can_be_told(&self) -> [bool; 3] {
        let derived = Derived::new(&self.store, &self.memory);
        let who = derived.known::<NeverMade>().is_some();
        [derived.known::<Access>().is_some(), derived.known::<Counts>().is_some(), who]
    }

    /// Whether the newest answer did without something that is worked out now.
    pub fn has_more_to_say(&self) -> bool {
        self.lacks.iter().zip(self.can_be_told()).any(|(lacks, is_known)| *lacks && is_known)
    }
}
