//! Changes of the query: each is one step of undo.

use super::AppState;
use crate::action::{Action, View};
use guestlens_core::{
    model::Field,
    protocol::{Clause, Query},
    report::Door,
};

/// Applies an action that changes the query; other actions change nothing.
pub fn change(state: &mut AppState, action: Action) {
    let mut query = state.query().clone();
    let mut kind = None;
    match action {
        Action::Include { field, value } => add(&mut query, field, value, false),
        Action::Exclude { field, value } => toggle(&mut query, field, value, true),
        Action::ToggleFacet { field, value } => toggle(&mut query, field, value, false),
        Action::RemoveClause(at) => {
            if at < query.clauses.len() {
                query.clauses.remove(at);
            }
        }
        Action::DropPicked => query.picked = None,
        Action::ClearFilters => query = Query { sort: query.sort, ..Query::default() },
        Action::Search(text) => {
            kind = Some("text");
            query.text = text;
        }
        Action::Window(window) => (query.from, query.to) = window.unzip(),
        Action::WindowEnds(from, to) => {
            kind = Some("ends");
            (query.from, query.to) = (from, to);
        }
        Action::Hour(hour) => {
            query.hour = Some(hour);
            state.view = View::Events;
        }
        Action::AllHours => query.hour = None,
        Action::GuestsOnly(on) => query.guests_only = on,
        Action::Sort(sort) => query.sort = sort,
        Action::Go(door) => {
            enter(state, &door);
            go(&mut query, door);
        }
        Action::Undo => {
            state.history.undo();
            state.take_params();
            return;
        }
        Action::Redo => {
            state.history.redo();
            state.take_params();
            return;
        }
        _ => return,
    }
    state.set_query(query, kind);
}

/// Shows the view behind the door, with what the door sets there.
fn enter(state: &mut AppState, door: &Door) {
    let view = door.view.unwrap_or(View::Events);
    let is_elsewhere = view != state.view;
    state.view = view;
    state.dialog = None;
    if let Some(by) = door.params.get("by").and_then(|by| Field::from_id(by)).filter(|_| view == View::Groups) {
        state.group_by = (by, None);
    }
    if view.is_made_of_blocks() {
        let there = state.view_state_mut();
        for (name, value) in &door.params {
            there.set(name.clone(), value.clone());
        }
        if is_elsewhere || door.open.is_some() {
            there.open.clone_from(&door.open);
        }
    }
}

fn go(query: &mut Query, door: Door) {
    query.clauses.retain(|clause| door.clauses.iter().all(|new| new.field != clause.field));
    query.clauses.extend(door.clauses);
    query.guests_only |= door.guests_only;
    if door.picked.is_some() {
        *query = Query { sort: query.sort, picked: door.picked, ..Query::default() };
    }
    if let Some((from, to)) = door.window {
        (query.from, query.to) = (Some(from), Some(to));
    }
}

/// Asks for a value, or leaves it out; what the other kind of clause says about it is dropped.
fn add(query: &mut Query, field: Field, value: String, exclude: bool) {
    remove(query, field, &value, !exclude);
    match query.clauses.iter_mut().find(|clause| clause.field == field && clause.exclude == exclude) {
        Some(clause) if clause.values.contains(&value) => {}
        Some(clause) => clause.values.push(value),
        None => query.clauses.push(Clause { field, values: vec![value], exclude }),
    }
}

fn toggle(query: &mut Query, field: Field, value: String, exclude: bool) {
    if !remove(query, field, &value, exclude) {
        add(query, field, value, exclude);
    }
}

fn remove(query: &mut Query, field: Field, value: &str, exclude: bool) -> bool {
    let values = |query: &Query| query.clauses.iter().map(|clause| clause.values.len()).sum::<usize>();
    let before = values(query);
    for clause in query.clauses.iter_mut().filter(|clause| clause.field == field && clause.exclude == exclude) {
        clause.values.retain(|other| other != value);
    }
    query.clauses.retain(|clause| !clause.values.is_empty());
    values(query) < before
}
