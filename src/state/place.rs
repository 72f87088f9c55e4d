//! Where the reader is: the view and what is asked for. Browser history leads from place to place.

use super::{AppState, Effect, ViewState};
use crate::{
    action::{Action, View, ZoneChoice},
    url,
};
use guestlens_core::{model::Field, protocol::Query, report::Params};

/// What the Back button returns to.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The view.
    pub view: View,
    /// Which events.
    pub query: Query,
    /// What the groups view counts by.
    pub group_by: (Field, Option<Field>),
    /// What is set on a view of blocks.
    pub params: Params,
    /// What is open beside it.
    pub open: Option<String>,
}

impl AppState {
    /// Where the reader is.
    pub fn place(&self) -> Place {
        let (view, query, group_by) = (self.view, self.query().clone(), self.group_by);
        let ViewState { params, open, .. } = self.view_state();
        Place { view, query, group_by, params, open }
    }

    /// Whether the Back button should undo the action. Letters typed, steps of undo, and going from line
    /// to line beside a view are not worth a step.
    pub fn is_a_step(&self, action: &Action) -> bool {
        match action {
            Action::Open(key) => key.is_some() && self.view_state().open.is_none(),
            action => is_a_step(action),
        }
    }
}

fn is_a_step(action: &Action) -> bool {
    !matches!(
        action,
        Action::Search(_)
            | Action::WindowEnds(..)
            | Action::Undo
            | Action::Redo
            | Action::Hash(_)
            | Action::Sort(_)
            | Action::SetParam { .. }
            | Action::Engine(_)
            | Action::RemoveFile(_)
            | Action::ClearAll
    )
}

/// The address was edited, or the reader went back. An address of this page stands for all that was
/// asked for then; another one for what it says.
pub fn arrive(state: &mut AppState, hash: &str) -> Vec<Effect> {
    let known = state.visits.iter().rev().find(|(text, _)| text == hash).map(|(_, place)| place.clone());
    let (place, zone) = match (known, url::from_hash(hash)) {
        (Some(place), said) => (place, said.map_or(state.zone, |said| said.zone)),
        (None, Some(said)) => (said.place, said.zone),
        (None, None) => return Vec::new(),
    };
    state.view = place.view;
    state.group_by = place.group_by;
    if place.view.is_made_of_blocks() {
        let there = state.view_state_mut();
        (there.params, there.open) = (place.params, place.open);
    }
    let sort = state.query().sort;
    state.set_query(Query { sort, ..place.query }, None);
    state.dialog = None;
    if zone == state.zone {
        return Vec::new();
    }
    state.zone = zone;
    if zone == ZoneChoice::Local && state.local_zone.is_none() { vec![Effect::FindLocalZone] } else { Vec::new() }
}
