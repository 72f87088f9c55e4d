//! Who takes part in the events that match, for views of people: with filters they list only those.

use super::ViewScope;
use crate::{
    guests::party::Party,
    identity::{Identity, PersonId},
    report::blocks::{Block, Note, Tone, Value},
};

/// The people of the matching events; everyone where nothing is filtered.
pub(super) struct TakingPart {
    people: Option<Vec<bool>>,
}

impl TakingPart {
    pub(super) fn new(scope: &ViewScope) -> Self {
        if !scope.is_filtered() {
            return Self { people: None };
        }
        let identity = scope.derived.get::<Identity>();
        Self { people: Some(identity.taking_part(scope.derived.store, scope.scope.tally.selection)) }
    }

    pub(super) fn has(&self, person: Option<PersonId>) -> bool {
        self.people.as_ref().is_none_or(|people| person.is_some_and(|person| people[person as usize]))
    }

    /// Says how many are left out; none where nothing is filtered.
    pub(super) fn note(&self, left_out: usize, of_what: &str) -> Option<Block> {
        let is_filtered = self.people.is_some();
        let text = match left_out {
            0 => format!(
                "Filters are on: shown are {of_what} of people who take part in a matching event. None is left out."
            ),
            1 => format!(
                "Filters are on: shown are {of_what} of people who take part in a matching event. 1 is left out."
            ),
            many => format!(
                "Filters are on: shown are {of_what} of people who take part in a matching event. {many} are left out."
            ),
        };
        let note = Note { id: "filtered".into(), tone: Tone::Plain, text, ..Note::default() };
        is_filtered.then_some(Block::Note(note))
    }
}

/// Someone in a cell, or unknown because.
pub(super) fn person(party: Option<&Party>, why: &str) -> Value {
    party.map_or_else(
        || Value::none(why),
        |party| Value::Person { name: party.name.clone(), address: party.address().into() },
    )
}
