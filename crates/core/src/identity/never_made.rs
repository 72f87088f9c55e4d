//! People of whom nothing is seen but invitations that failed: no account was made, so they are no guests.

use super::{Identity, PersonId};
use crate::{
    derived::{Derive, Derived},
    model::{Column, Domain, EntityKind, Origin},
};

/// Words of a result that is no success, in lower case.
const FAILURES: [&str; 5] = ["failure", "timeout", "interrupted", "failed", "false"];

/// Who was only ever invited in vain. Every count of guests leaves them out.
#[derive(Debug, Default)]
pub struct NeverMade(Vec<bool>);

impl NeverMade {
    /// Whether that is all that is seen of somebody.
    pub fn has(&self, person: PersonId) -> bool {
        self.0.get(person as usize).copied().unwrap_or(false)
    }
}

impl Derive for NeverMade {
    fn derive(from: &Derived) -> Self {
        let (store, identity) = (from.store, from.get::<Identity>());
        let is_failure: Vec<bool> = (0..store.dictionary(Domain::Result).len() as u32)
            .map(|code| FAILURES.contains(&&*store.dictionary(Domain::Result).get(code).to_ascii_lowercase()))
            .collect();
        let invitations = store.activities_among(&["Invite external user"]);
        let (result, activity) = (store.column(Column::Result), store.column(Column::Activity));
        // Not seen, in a failed invitation, in anything else.
        let mut seen = vec![0_u8; identity.people().len()];
        for event in 0..store.len() {
            let in_vain = is_failure[result.get(event) as usize] && invitations[activity.get(event) as usize].is_some();
            let actor = identity.actor(event);
            for person in identity.everybody(store, event) {
                let by = if in_vain && Some(person) != actor { 1 } else { 2 };
                seen[person as usize] = seen[person as usize].max(by);
            }
        }
        let rows = store.entities(EntityKind::Person);
        for row in rows.rows().filter(|row| rows.origin(*row) == Origin::Own) {
            if let Some(person) = identity.person_of(row) {
                seen[person as usize] = 2;
            }
        }
        Self(seen.into_iter().map(|seen| seen == 1).collect())
    }
}
