//! What happens to files and to the work on them.

use super::*;
use crate::{
    action::{Action, Opened, ShareStep},
    file_action::FileAction,
};
use guestlens_core::{
    protocol::FromEngine,
    session::{FileCheck, Session},
    store::{MappingChoice, Problem, ProblemKind, SourceInfo, SourceState},
};

fn named(names: &[&str]) -> Vec<Opened> {
    names.iter().map(|name| Opened { name: (*name).into(), size: 10 }).collect()
}

fn opened(names: &[&str]) -> AppState {
    let mut state = AppState::default();
    reduce(&mut state, Action::Opened(named(names)));
    state
}

fn file(id: u32, name: &str, state: SourceState) -> SourceInfo {
    SourceInfo { id, file: id, name: name.into(), sha256: name.repeat(3), size: 10, state, ..SourceInfo::default() }
}

fn progress(state: &mut AppState, sources: Vec<SourceInfo>, problems: Option<Vec<Problem>>) -> Vec<Effect> {
    reduce(state, Action::Engine(Box::new(FromEngine::Progress { sources, events: 0, problems })))
}

fn act(state: &mut AppState, action: FileAction) -> Vec<Effect> {
    reduce(state, Action::Files(action))
}

fn opens(effects: &[Effect]) -> Vec<(String, bool, bool)> {
    let open = |effect: &Effect| match effect {
        Effect::Send(ToEngine::Open { name, mappings, sample, .. }) => {
            Some((name.clone(), !mappings.is_empty(), *sample))
        }
        _ => None,
    };
    effects.iter().filter_map(open).collect()
}

#[test]
fn files_that_fail_alike_are_one_message() {
    let mut state = opened(&["a", "b", "c"]);
    let problem = |source, kind| Problem { source, kind, record: None, offset: None, more: 0 };
    let problems = vec![
        problem(0, ProblemKind::NotRecognised),
        problem(1, ProblemKind::EmptyFile),
        problem(2, ProblemKind::NotRecognised),
    ];
    let failed = |id, name| file(id, name, SourceState::Failed);
    progress(&mut state, vec![failed(0, "a"), failed(1, "b"), failed(2, "c")], Some(problems));
    let said: Vec<_> = state.alerts.iter().map(|alert| (alert.file.clone().unwrap(), alert.more.clone())).collect();
    assert_eq!(said, [("a".into(), vec!["c".to_owned()]), ("b".into(), vec![])]);
    // The same state again is no news; a file that is read otherwise now is not complained about.
    progress(&mut state, vec![failed(0, "a")], None);
    let mapping = MappingChoice { format: Some("users-csv".into()), columns: Vec::new() };
    let effects = act(&mut state, FileAction::ReadAs { file: 0, entry: String::new(), mapping });
    assert_eq!(opens(&effects), [("a".into(), true, false), ("b".into(), false, false), ("c".into(), false, false)]);
    assert_eq!(state.alerts[0].file.as_deref(), Some("c"));
}

#[test]
fn only_what_changed_is_told() {
    let mut state = opened(&["a", "b"]);
    progress(&mut state, vec![file(0, "a", SourceState::Reading)], None);
    let names = |state: &AppState| state.files.sources.iter().map(|source| source.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&state), ["a", "b"]);
    progress(&mut state, vec![file(0, "a", SourceState::Done), file(1, "b", SourceState::Done)], None);
    progress(&mut state, vec![SourceInfo { events: 7, ..file(1, "b", SourceState::Done) }], None);
    assert_eq!((names(&state), state.files.sources[1].events), (vec!["a".into(), "b".into()], 7));
    assert_eq!(state.files.phase(), "ready");
}

#[test]
fn sample_files_are_marked_and_stay_so() {
    let mut state = AppState::default();
    assert_eq!(act(&mut state, FileAction::Sample), [Effect::Send(ToEngine::Sample)]);
    let effects = act(&mut state, FileAction::SampleOpened(named(&["s"])));
    assert_eq!(opens(&effects), [("s".into(), false, true)]);
    let effects = reduce(&mut state, Action::Opened(named(&["own"])));
    assert_eq!((opens(&effects), state.files.has_sample()), (vec![("own".into(), false, false)], true));
    reduce(&mut state, Action::RemoveFile(0));
    assert!(!state.files.has_sample());
}

#[test]
fn a_session_comes_back_with_its_files() {
    let mut state = opened(&["a", "b"]);
    progress(&mut state, vec![file(0, "a", SourceState::Done), file(1, "b", SourceState::Done)], None);
    let mapping = MappingChoice { format: Some("users-csv".into()), columns: Vec::new() };
    act(&mut state, FileAction::ReadAs { file: 1, entry: String::new(), mapping });
    progress(&mut state, vec![file(0, "a", SourceState::Done), file(1, "b", SourceState::Done)], None);
    reduce(&mut state, Action::Include { field: Field::Source, value: "1".into() });
    act(&mut state, FileAction::Notes("mind this".into()));
    reduce(&mut state, Action::Show(View::Coverage));
    reduce(&mut state, Action::SetParam { name: "retention".into(), value: "7".into() });
    let effects = act(&mut state, FileAction::SaveSession);
    let text = effects.into_iter().find_map(|effect| match effect {
        Effect::SaveText { text, .. } => Some(text),
        _ => None,
    });
    let text = text.unwrap();
    assert!(Session::is_one(&text));

    let mut state = AppState::default();
    act(&mut state, FileAction::Session { name: "s.json".into(), text: text.clone() });
    assert_eq!((state.view, state.work.notes.as_str(), state.query().clauses.len()), (View::Coverage, "mind this", 0));
    assert_eq!(state.view_state().params.get("retention").map(String::as_str), Some("7"));
    // Its files come later, in another order: conditions and columns are theirs.
    let effects = reduce(&mut state, Action::Opened(named(&["b", "a"])));
    assert_eq!(opens(&effects), [("b".into(), true, false), ("a".into(), false, false)]);
    progress(&mut state, vec![file(0, "b", SourceState::Done), file(1, "a", SourceState::Done)], None);
    assert_eq!(state.query().clauses[0].values, ["0"]);
    let checks = state.work.session.as_ref().unwrap().files(&state.files.sources);
    assert_eq!(checks, [("a".into(), FileCheck::Same { file: 1 }), ("b".into(), FileCheck::Same { file: 0 })]);
    // What the reader asks for since is not overwritten.
    reduce(&mut state, Action::ClearFilters);
    progress(&mut state, vec![file(0, "b", SourceState::Done)], None);
    assert!(state.query().clauses.is_empty());

    act(&mut state, FileAction::Session { name: "t.json".into(), text: text[..90].into() });
    assert_eq!(state.alerts.last().unwrap().file.as_deref(), Some("t.json"));
}

#[test]
fn what_a_drop_could_not_take_is_told() {
    let mut state = AppState::default();
    act(&mut state, FileAction::Missed { unreadable: 1, left_out: 2 });
    let said: Vec<_> = state.alerts.iter().map(|alert| alert.what.as_str()).collect();
    assert_eq!(said.len(), 2);
    assert!(said[0].starts_with("1 dropped") && said[1].starts_with("At least 2 files"), "{said:?}");
}

#[test]
fn columns_of_a_file_in_an_archive_are_the_archives() {
    let mut state = opened(&["a.zip", "b"]);
    let choice = |format: &str| MappingChoice { format: Some(format.into()), columns: Vec::new() };
    let say = |state: &mut AppState, entry: &str, mapping| {
        act(state, FileAction::ReadAs { file: 0, entry: entry.into(), mapping })
    };
    say(&mut state, "x/list.csv", choice("users-csv"));
    say(&mut state, "other.csv", choice("users-csv"));
    let effects = say(&mut state, "x/list.csv", choice("requests-csv"));
    let said = effects.iter().find_map(|effect| match effect {
        Effect::Send(ToEngine::Open { file: 0, mappings, .. }) => Some(mappings.clone()),
        _ => None,
    });
    let expected = [("other.csv".into(), choice("users-csv")), ("x/list.csv".into(), choice("requests-csv"))];
    assert_eq!(said.unwrap(), expected);
    // A session keeps them under the name of the source, and a file of that name gets them back.
    let text = act(&mut state, FileAction::SaveSession).into_iter().find_map(|effect| match effect {
        Effect::SaveText { text, .. } => Some(text),
        _ => None,
    });
    let mut state = opened(&["a.zip", "a.zip.bak"]);
    let effects = act(&mut state, FileAction::Session { name: "s.json".into(), text: text.unwrap() });
    assert_eq!(opens(&effects), [("a.zip".into(), true, false), ("a.zip.bak".into(), false, false)]);
    assert_eq!(
        state.files.mappings().keys().collect::<Vec<_>>(),
        ["a.zip \u{203a} other.csv", "a.zip \u{203a} x/list.csv"]
    );
}

#[test]
fn a_session_keeps_what_is_pinned() {
    let mut state = opened(&["a", "b"]);
    let both = || vec![file(0, "a", SourceState::Done), file(1, "b", SourceState::Done)];
    progress(&mut state, both(), None);
    for (only, title) in [("table-guests", "Guests"), ("event-1-3", "Dana was invited")] {
        reduce(&mut state, Action::Share(ShareStep::Pin(only.into(), title.into())));
    }
    reduce(&mut state, Action::Share(ShareStep::PinNote(1, "look".into())));
    let effects = act(&mut state, FileAction::SaveSession);
    let text = effects.iter().find_map(|effect| match effect {
        Effect::SaveText { text, .. } => Some(text.clone()),
        _ => None,
    });
    let text = text.unwrap();
    assert!(!text.contains("Dana"), "{text}");
    // Opened with the first file only: the event waits for the other one, and comes once.
    let mut again = opened(&["a", "b"]);
    progress(&mut again, vec![file(0, "a", SourceState::Done)], None);
    act(&mut again, FileAction::Session { name: "session.json".into(), text });
    let pins = |state: &AppState| -> Vec<String> { state.share.pins.iter().map(|(pin, _)| pin.only.clone()).collect() };
    assert_eq!(pins(&again), ["table-guests"]);
    progress(&mut again, both(), None);
    assert_eq!(pins(&again), ["table-guests", "event-1-3"]);
    assert_eq!(again.share.pins[1].0.note, "look");
    reduce(&mut again, Action::Share(ShareStep::Unpin(0)));
    progress(&mut again, both(), None);
    assert_eq!(pins(&again), ["event-1-3"]);
}
