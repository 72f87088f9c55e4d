//! What each action does to the state.

use super::*;
use crate::action::{Action, Opened};
use guestlens_core::{
    protocol::{Clause, Frame, FromEngine, Picked},
    report::{
        Block, BlocksRequest, Control, Door, Opened as Open, Report, Rows, Table, TableLine, TableWindow, TimeSeries,
    },
    store::{Problem, ProblemKind, SourceInfo, SourceState},
};

fn opened(names: &[&str]) -> AppState {
    let mut state = AppState::default();
    let files = names.iter().map(|name| Opened { name: (*name).into(), size: 10 }).collect();
    reduce(&mut state, Action::Opened(files));
    state
}

fn progress(state: &mut AppState, states: &[SourceState]) -> Vec<Effect> {
    let source = |(id, state): (usize, &SourceState)| SourceInfo {
        id: id as u32,
        file: id as u32,
        name: format!("{id}.csv"),
        state: *state,
        ..SourceInfo::default()
    };
    let sources = states.iter().enumerate().map(source).collect();
    let failed = states.iter().position(|state| *state == SourceState::Failed);
    let problem =
        |id| Problem { source: id as u32, kind: ProblemKind::BadJson, record: Some(3), offset: None, more: 0 };
    let problems = failed.map(|id| vec![problem(id)]);
    reduce(state, Action::Engine(Box::new(FromEngine::Progress { sources, events: 0, problems })))
}

fn frame(state: &mut AppState, seq: u32, matching: u64) {
    frame_of(state, seq, matching, Report::Events { rows: Rows::default() });
}

fn frame_of(state: &mut AppState, seq: u32, matching: u64, report: Report) -> Vec<Effect> {
    let (histogram, facets) = (TimeSeries::default(), Vec::new());
    let frame = Frame {
        seq,
        total: 9,
        matching,
        without_time: 0,
        period: None,
        facets,
        histogram,
        uncovered: vec![],
        absent: vec![],
        report,
    };
    reduce(state, Action::Engine(Box::new(FromEngine::Frame(Box::new(frame)))))
}

fn asked(effects: &[Effect]) -> Option<&Ask> {
    effects.iter().find_map(|effect| match effect {
        Effect::Send(ToEngine::Run { ask, .. }) => Some(&**ask),
        _ => None,
    })
}

fn hash(effects: &[Effect]) -> Option<(&str, bool)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Hash { text, push } => Some((text.as_str(), *push)),
        _ => None,
    })
}

fn include(value: &str) -> Action {
    Action::Include { field: Field::Actor, value: value.into() }
}

#[test]
fn opening_asks_and_lists() {
    let state = opened(&["a.csv", "b.json"]);
    assert_eq!((state.files.phase(), state.seq, state.files.sources[1].id), ("loading", 1, 1));
}

#[test]
fn a_changed_question_is_asked_again_and_only_then() {
    let mut state = opened(&["a.csv"]);
    assert!(asked(&reduce(&mut state, Action::Show(View::Events))).is_some());
    let effects = reduce(&mut state, include("dana"));
    assert_eq!(asked(&effects).unwrap().query.clauses[0].values, ["dana"]);
    assert_eq!(reduce(&mut state, include("dana")), []);
    assert_eq!(asked(&reduce(&mut state, Action::NeedRows { from: 500, count: 100 })), None);
    assert_eq!(state.lines, (500, 100));
    let table = state.table_seq;
    reduce(&mut state, Action::StackBy(Some(Field::Result)));
    assert_eq!((state.lines.0, state.table_seq), (500, table));
    reduce(&mut state, Action::Search("x".into()));
    assert_eq!((state.lines.0, state.table_seq), (0, state.seq));
}

#[test]
fn including_and_excluding_are_opposites() {
    let mut state = opened(&["a.csv"]);
    let field = Field::Actor;
    reduce(&mut state, include("dana"));
    reduce(&mut state, include("eve"));
    reduce(&mut state, Action::Exclude { field, value: "dana".into() });
    let clauses = |state: &AppState| -> Vec<(Vec<String>, bool)> {
        state.query().clauses.iter().map(|clause| (clause.values.clone(), clause.exclude)).collect()
    };
    assert_eq!(clauses(&state), [(vec!["eve".into()], false), (vec!["dana".into()], true)]);
    reduce(&mut state, Action::ToggleFacet { field, value: "eve".into() });
    reduce(&mut state, Action::Exclude { field, value: "dana".into() });
    assert_eq!(clauses(&state), []);
    reduce(&mut state, Action::Undo);
    assert_eq!(clauses(&state).len(), 1);
    reduce(&mut state, Action::Redo);
    assert_eq!(clauses(&state), []);
}

#[test]
fn a_door_replaces_conditions_on_its_fields_and_shows_events() {
    let mut state = opened(&["a.csv"]);
    reduce(&mut state, include("dana"));
    let clauses = vec![Clause { field: Field::Actor, values: vec!["eve".into()], exclude: false }];
    let effects =
        reduce(&mut state, Action::Go(Door { clauses: clauses.clone(), guests_only: true, ..Door::default() }));
    assert_eq!((state.view, &state.query().clauses, state.query().guests_only), (View::Events, &clauses, true));
    assert_eq!(hash(&effects), Some(("#view=events&guests=1&at=1", true)));
}

#[test]
fn back_returns_to_what_the_address_does_not_say() {
    let mut state = opened(&["a.csv"]);
    let first = reduce(&mut state, include("dana"));
    let (first, _) = hash(&first).unwrap();
    reduce(&mut state, include("eve"));
    let effects = reduce(&mut state, Action::Hash(first.into()));
    assert_eq!(state.query().clauses[0].values, ["dana"]);
    assert_eq!(hash(&effects), None);
}

#[test]
fn answers_to_older_questions_are_dropped() {
    let mut state = opened(&["a.csv"]);
    reduce(&mut state, Action::Search("x".into()));
    frame(&mut state, 1, 7);
    assert!(state.is_waiting() && state.answer.matching == 0);
    frame(&mut state, 2, 5);
    assert!(!state.is_waiting() && state.answer.matching == 5);
}

#[test]
fn a_crash_blames_the_file_being_read_and_goes_on_without_it() {
    let mut state = opened(&["0.csv", "1.csv", "2.csv"]);
    progress(&mut state, &[SourceState::Done, SourceState::Reading, SourceState::Waiting]);
    let effects = reduce(&mut state, Action::EngineLost { out_of_memory: true });
    assert_eq!(effects[0], Effect::Restart(vec![0, 1, 2]));
    assert!(matches!(&effects[2], Effect::Send(ToEngine::Open { skip: Some(ProblemKind::OutOfMemory), .. })));
    assert_eq!((state.alerts.len(), state.alerts[0].file.as_deref()), (1, Some("1.csv")));
    // The new engine lists it as failed; that is no news.
    progress(&mut state, &[SourceState::Done, SourceState::Failed, SourceState::Reading]);
    assert_eq!(state.alerts.len(), 1);
}

#[test]
fn crashes_without_a_file_to_blame_come_to_an_end() {
    let mut state = opened(&["0.csv"]);
    progress(&mut state, &[SourceState::Done]);
    reduce(&mut state, include("dana"));
    for crash in 1..=3 {
        progress(&mut state, &[SourceState::Done]);
        let effects = reduce(&mut state, Action::EngineLost { out_of_memory: false });
        assert_eq!(effects.contains(&Effect::Stop), crash == 3);
    }
    assert_eq!((state.files.phase(), state.query()), ("failed", &Query::default()));
}

#[test]
fn a_failed_file_is_told_with_record_and_remedy() {
    let mut state = opened(&["0.csv"]);
    progress(&mut state, &[SourceState::Failed]);
    let alert = &state.alerts[0];
    assert_eq!((alert.file.as_deref(), alert.record), (Some("0.csv"), Some(3)));
    assert_eq!(alert.remedy, ProblemKind::BadJson.remedy());
    assert_eq!(state.files.phase(), "failed");
    reduce(&mut state, Action::Dismiss(0));
    assert_eq!(state.alerts, []);
}

#[test]
fn removing_a_file_renumbers_the_others() {
    let mut state = opened(&["0.csv", "1.csv", "2.csv"]);
    reduce(&mut state, Action::Include { field: Field::Source, value: "2".into() });
    let effects = reduce(&mut state, Action::RemoveFile(0));
    assert_eq!(effects[0], Effect::Restart(vec![1, 2]));
    assert_eq!(state.query().clauses[0].values, ["1"]);
    assert_eq!(state.files.sources.iter().map(|source| &*source.name).collect::<Vec<_>>(), ["1.csv", "2.csv"]);
    reduce(&mut state, Action::RemoveFile(0));
    let effects = reduce(&mut state, Action::RemoveFile(0));
    assert!(effects.contains(&Effect::Loaded(false)));
    assert_eq!(state.files.phase(), "empty");
}

#[test]
fn an_engine_that_does_not_stop_is_ended() {
    let mut state = opened(&["0.csv", "1.csv"]);
    progress(&mut state, &[SourceState::Done, SourceState::Reading]);
    assert!(reduce(&mut state, Action::CancelLoad).contains(&Effect::CancelTimer));
    assert_eq!(reduce(&mut state, Action::CancelOverdue)[0], Effect::Restart(vec![0]));
    assert_eq!(state.files.sources.len(), 1);
    assert_eq!(reduce(&mut state, Action::CancelOverdue), []);
}

#[test]
fn an_engine_that_stops_in_time_is_kept() {
    let mut state = opened(&["0.csv"]);
    reduce(&mut state, Action::CancelLoad);
    progress(&mut state, &[SourceState::Cancelled]);
    assert_eq!(reduce(&mut state, Action::CancelOverdue), []);
    assert_eq!(state.files.phase(), "ready");
}

#[test]
fn an_archive_is_removed_as_a_whole_and_conditions_follow() {
    let mut state = opened(&["x.zip", "b.csv"]);
    let source = |id: u32, file: u32, entry: u32, state| SourceInfo {
        id,
        file,
        entry,
        parent: (entry > 0).then_some(file),
        name: format!("{file}.{entry}"),
        state,
        ..SourceInfo::default()
    };
    let send = |state: &mut AppState, sources| {
        let message = FromEngine::Progress { sources, events: 0, problems: None };
        reduce(state, Action::Engine(Box::new(message)))
    };
    // The engine has not heard of the second file yet; it keeps its place in the list behind the entries.
    send(&mut state, vec![source(0, 0, 0, SourceState::Reading), source(1, 0, 1, SourceState::Failed)]);
    let found: Vec<_> = state.files.sources.iter().map(SourceInfo::key).collect();
    assert_eq!((found, state.files.sources[2].name.as_str()), (vec!["0".into(), "0.1".into(), "1".into()], "b.csv"));
    assert!(state.alerts.is_empty() && state.files.dropped().count() == 2);
    let all = [(0, 0, 0), (1, 0, 1), (2, 1, 0)].map(|(id, file, entry)| source(id, file, entry, SourceState::Done));
    send(&mut state, all.to_vec());
    for value in ["0.1", "1"] {
        reduce(&mut state, Action::Include { field: Field::Source, value: value.into() });
    }
    let effects = reduce(&mut state, Action::RemoveFile(0));
    assert_eq!(effects[0], Effect::Restart(vec![1]));
    assert_eq!(state.query().clauses[0].values, ["0"]);
    // A crash while an entry is read blames the archive.
    let mut state = opened(&["x.zip", "b.csv"]);
    let effects =
        reduce(&mut state, Action::Engine(Box::new(FromEngine::Panicked { place: "p".into(), file: Some(0) })));
    let skip = |effect: &Effect| match effect {
        Effect::Send(ToEngine::Open { file, skip, .. }) => Some((*file, *skip)),
        _ => None,
    };
    let opens: Vec<_> = effects.iter().filter_map(skip).collect();
    assert_eq!(opens, [(0, Some(ProblemKind::Crashed)), (1, None)]);
}

#[test]
fn nothing_can_be_taken_back_to_files_that_are_gone() {
    let mut state = opened(&["a.csv", "b.csv", "c.csv"]);
    reduce(&mut state, Action::Include { field: Field::Source, value: "1".into() });
    reduce(&mut state, Action::ClearFilters);
    reduce(&mut state, Action::RemoveFile(0));
    assert_eq!(reduce(&mut state, Action::Undo), []);
    assert!(state.query().clauses.is_empty());
    reduce(&mut state, Action::Search("dana".into()));
    reduce(&mut state, Action::ClearAll);
    reduce(&mut state, Action::Undo);
    assert!(state.query().text.is_empty() && state.facet_text.is_empty());
}

fn view_of(blocks: Vec<Block>, opened: Option<&str>) -> Report {
    let opened = opened.map(|key| Box::new(Open { key: key.into(), ..Open::default() }));
    Report::Blocks { of: View::Guests, blocks, opened }
}

fn answer(state: &mut AppState, report: Report) -> Vec<Effect> {
    frame_of(state, state.seq, 9, report)
}

fn guests() -> Block {
    let line = |key: &str| TableLine { key: key.into(), opens: true, ..TableLine::default() };
    let lines = ["ann", "bo", "cy"].map(line).to_vec();
    Block::Table(Table { id: "guests".into(), matching: 3, lines, ..Table::default() })
}

fn request(effects: &[Effect]) -> BlocksRequest {
    match &asked(effects).expect("a question").view {
        ViewRequest::Blocks(request) => request.clone(),
        other => panic!("{other:?}"),
    }
}

fn set(name: &str, value: &str) -> Action {
    Action::SetParam { name: name.into(), value: value.into() }
}

#[test]
fn each_view_keeps_what_is_set_on_it() {
    let mut state = opened(&["a.csv"]);
    reduce(&mut state, Action::Show(View::Guests));
    let window = TableWindow { id: "guests".into(), from: 200, count: 60, ..TableWindow::default() };
    reduce(&mut state, Action::Table(window));
    let asked_for = request(&reduce(&mut state, set("threshold", "60")));
    assert_eq!((asked_for.of, &*asked_for.params["threshold"], asked_for.tables[0].from), (View::Guests, "60", 0));
    reduce(&mut state, Action::Show(View::Requests));
    assert!(state.view_state().params.is_empty());
    reduce(&mut state, set("threshold", "7"));
    assert_eq!(request(&reduce(&mut state, Action::Show(View::Guests))).params["threshold"], "60");
}

#[test]
fn an_opened_line_has_neighbours_and_closes() {
    let mut state = opened(&["a.csv"]);
    reduce(&mut state, Action::Show(View::Guests));
    answer(&mut state, view_of(vec![guests()], None));
    let effects = reduce(&mut state, Action::Open(Some("bo".into())));
    assert_eq!((request(&effects).open.as_deref(), hash(&effects).unwrap().1), (Some("bo"), true));
    answer(&mut state, view_of(vec![guests()], Some("bo")));
    assert_eq!(state.opened().unwrap().key, "bo");
    assert_eq!((state.neighbour(1).as_deref(), state.neighbour(-1).as_deref()), (Some("cy"), Some("ann")));
    // From line to line is no step of the browser's history.
    let effects = reduce(&mut state, Action::Open(Some("cy".into())));
    assert_eq!(hash(&effects).map(|(_, push)| push), Some(false));
    assert_eq!(state.neighbour(1), None);
    reduce(&mut state, Action::Open(None));
    assert_eq!(state.opened(), None);
}

#[test]
fn a_door_to_a_view_sets_it_up_and_back_returns() {
    let mut state = opened(&["a.csv"]);
    let start = reduce(&mut state, Action::Show(View::Findings));
    let (start, _) = hash(&start).unwrap();
    let door = Door {
        view: Some(View::Guests),
        params: [("show".to_owned(), "all".to_owned())].into(),
        open: Some("ann".into()),
        ..Door::default()
    };
    let effects = reduce(&mut state, Action::Go(door));
    let asked_for = request(&effects);
    assert_eq!(
        (asked_for.of, &*asked_for.params["show"], asked_for.open.as_deref()),
        (View::Guests, "all", Some("ann"))
    );
    let (there, push) = hash(&effects).unwrap();
    assert!(push && there.contains("set-show=all") && !there.contains("ann"));
    reduce(&mut state, Action::Hash(start.into()));
    assert_eq!(state.view, View::Findings);
    reduce(&mut state, Action::Hash(there.into()));
    assert_eq!((state.view, state.view_state().open.as_deref()), (View::Guests, Some("ann")));
}

#[test]
fn picked_events_replace_conditions_and_go_with_their_files() {
    let mut state = opened(&["a.csv", "b.csv"]);
    reduce(&mut state, include("dana"));
    let picked = Picked { label: "2 events of U07".into(), records: vec![(0, 1), (1, 4)] };
    let door = Door { picked: Some(picked.clone()), ..Door::default() };
    let query = asked(&reduce(&mut state, Action::Go(door.clone()))).unwrap().query.clone();
    assert_eq!((query.picked, query.clauses.len()), (Some(picked), 0));
    reduce(&mut state, Action::DropPicked);
    assert_eq!(state.query(), &Query::default());
    reduce(&mut state, Action::Go(door));
    reduce(&mut state, Action::RemoveFile(0));
    assert_eq!(state.query().picked, None);
}

#[test]
fn other_files_end_choices_among_the_old_ones() {
    let mut state = opened(&["a.csv", "b.csv"]);
    reduce(&mut state, Action::Show(View::Guests));
    let choice = Control::Choice {
        name: "before".into(),
        label: String::new(),
        testid: String::new(),
        value: String::new(),
        options: Vec::new(),
    };
    answer(&mut state, view_of(vec![Block::Controls { controls: vec![choice] }], None));
    reduce(&mut state, set("before", "1"));
    reduce(&mut state, set("threshold", "60"));
    reduce(&mut state, Action::Open(Some("ann".into())));
    reduce(&mut state, Action::EngineLost { out_of_memory: false });
    assert_eq!(state.view_state().params.len(), 2);
    reduce(&mut state, Action::RemoveFile(0));
    let left = state.view_state();
    assert_eq!((left.params.into_keys().collect::<Vec<_>>(), left.open), (vec!["threshold".to_owned()], None));
}

#[test]
fn tables_are_printed_whole() {
    let mut state = opened(&["a.csv"]);
    reduce(&mut state, Action::Show(View::Guests));
    answer(&mut state, view_of(vec![guests()], None));
    let effects = reduce(&mut state, Action::Print);
    assert_eq!(
        (request(&effects).tables[0].count, state.print.clone()),
        (crate::components::print_table::LINES, Printing::Fetching)
    );
    answer(&mut state, view_of(vec![guests()], None));
    assert_eq!(state.print, Printing::Whole);
    let effects = reduce(&mut state, Action::Printed);
    assert!(request(&effects).tables.is_empty());
    // Without a table there is nothing to wait for.
    answer(&mut state, view_of(vec![], None));
    assert!(reduce(&mut state, Action::Print).contains(&Effect::Print));
}
