//! What undo takes back, and what views have in common.

use super::*;
use crate::action::{Action, Opened};
use guestlens_core::{protocol::Clause, report::Door};

fn start(view: View) -> AppState {
    let mut state = AppState::default();
    reduce(&mut state, Action::Opened(vec![Opened { name: "a.csv".into(), size: 1 }]));
    reduce(&mut state, Action::Show(view));
    state
}

fn set(state: &mut AppState, name: &str, value: &str) {
    reduce(state, Action::SetParam { name: name.into(), value: value.into() });
}

fn param(state: &AppState, view: View, name: &str) -> Option<String> {
    state.views.get(&view)?.params.get(name).cloned()
}

#[test]
fn undo_takes_back_what_was_set_on_a_view_and_shows_it() {
    let mut state = start(View::Requests);
    set(&mut state, "stuck-after", "24");
    set(&mut state, "stuck-after", "48");
    reduce(&mut state, Action::GuestsOnly(true));
    reduce(&mut state, Action::Show(View::Overview));
    reduce(&mut state, Action::Undo);
    assert_eq!((state.view, state.query().guests_only), (View::Overview, false));
    reduce(&mut state, Action::Undo);
    assert_eq!((state.view, param(&state, View::Requests, "stuck-after")), (View::Requests, Some("24".into())));
    reduce(&mut state, Action::Undo);
    assert_eq!(param(&state, View::Requests, "stuck-after"), None);
    assert!(!state.history.can_undo());
    reduce(&mut state, Action::Redo);
    assert_eq!(param(&state, View::Requests, "stuck-after"), Some("24".into()));
}

#[test]
fn guests_and_inactive_guests_have_threshold_and_day_in_common() {
    let mut state = start(View::Inactive);
    set(&mut state, "threshold", "30");
    set(&mut state, "show", "blocked");
    assert_eq!(param(&state, View::Guests, "threshold"), Some("30".into()));
    assert_eq!(param(&state, View::Guests, "show"), None);
    reduce(&mut state, Action::Undo);
    reduce(&mut state, Action::Undo);
    assert_eq!(param(&state, View::Guests, "threshold"), None);
    reduce(&mut state, Action::Show(View::Guests));
    set(&mut state, "as-of", "2026-06-01");
    assert_eq!(param(&state, View::Inactive, "as-of"), Some("2026-06-01".into()));
}

#[test]
fn a_door_that_sets_a_view_and_asks_for_events_is_one_step() {
    let mut state = start(View::Overview);
    let clause = Clause { field: Field::Result, values: vec!["failure".into()], exclude: false };
    let params = [("show".to_owned(), "pending".to_owned())].into();
    let door = Door { view: Some(View::Inactive), params, clauses: vec![clause], ..Door::default() };
    reduce(&mut state, Action::Go(door));
    reduce(&mut state, Action::Undo);
    assert_eq!((state.query().clauses.len(), param(&state, View::Inactive, "show")), (0, None));
}

#[test]
fn screen_safe_leaves_nothing_to_go_back_to() {
    let mut state = start(View::AccessBetween);
    set(&mut state, "person", "dana");
    reduce(&mut state, Action::Share(crate::action::ShareStep::ScreenSafe(true)));
    reduce(&mut state, Action::Undo);
    assert!(!state.history.can_undo() && !state.history.can_redo());
    assert_eq!(param(&state, View::AccessBetween, "person"), None);
}

#[test]
fn a_door_to_groups_says_by_what() {
    let mut state = start(View::Overview);
    let params = [("by".to_owned(), "target".to_owned())].into();
    reduce(&mut state, Action::Go(Door { view: Some(View::Groups), params, ..Door::default() }));
    assert_eq!((state.view, state.group_by), (View::Groups, (Field::Target, None)));
}

#[test]
fn an_hour_of_the_week_is_asked_for_and_stands_in_the_address() {
    let mut state = start(View::Overview);
    let effects = reduce(&mut state, Action::Hour(62));
    assert_eq!((state.view, state.query().hour), (View::Events, Some(62)));
    let is_said = |effect: &Effect| matches!(effect, Effect::Hash { text, .. } if text.contains("hour=62"));
    assert!(effects.iter().any(is_said));
    reduce(&mut state, Action::AllHours);
    assert_eq!(state.query().hour, None);
}

#[test]
fn files_that_hold_nothing_leave_the_start_page() {
    use guestlens_core::store::{SourceInfo, SourceState};
    let mut state = start(View::Overview);
    assert!(!state.files.is_in_vain(), "a file that is being read may hold something");
    let with = |state: &mut AppState, source: SourceInfo| state.files.sources = std::rc::Rc::new(vec![source]);
    with(&mut state, SourceInfo { state: SourceState::Failed, ..SourceInfo::default() });
    assert!(state.files.is_in_vain());
    with(&mut state, SourceInfo { state: SourceState::Done, entity_records: 3, ..SourceInfo::default() });
    assert!(!state.files.is_in_vain());
}
