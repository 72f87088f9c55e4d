//! Where the reader is: the view and what is asked for. Browser history leads from place to place.

use super::{AppState, Effect};
use crate::{
    action::{Action, View, ZoneChoice},
    url,
};
use guestlens_core::{model::Field, protocol::Query};

/// What the Back button returns to.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The view.
    pub view: View,
    /// Which events.
    pub query: Query,
    /// What the groups view counts by.
    pub group_by: (Field, Option<Field>),
}

impl AppState {
    /// Where the reader is.
    pub fn place(&self) -> Place {
        Place { view: self.view, query: self.query().clone(), group_by: self.group_by }
    }
}

/// Whether the Back button should undo the action. Letters typed and steps of undo are not worth one.
pub fn is_a_step(action: &Action) -> bool {
    !matches!(
        action,
        Action::Search(_)
            | Action::WindowEnds(..)
            | Action::Undo
            | Action::Redo
            | Action::Hash(_)
            | Action::Sort(_)
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
    let sort = state.query().sort;
    state.history.set(Query { sort, ..place.query }, None);
    state.dialog = None;
    if zone == state.zone {
        return Vec::new();
    }
    state.zone = zone;
    if zone == ZoneChoice::Local && state.local_zone.is_none() { vec![Effect::FindLocalZone] } else { Vec::new() }
}
