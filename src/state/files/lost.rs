//! The end of an engine and the beginning of the next. Cancel, crash, hang and used-up memory share one path: end
//! the worker, start a new one, read the kept files again without the one to blame, and tell the reader.
//! Dropped files are numbered without gaps, so a restart renumbers them.

use super::{
    alerts::{Alert, Tone},
    send_open,
};
use crate::{
    action::{Action, View},
    state::{Answer, AppState, Effect},
};
use guestlens_core::{
    model::Field,
    protocol::{Query, ToEngine},
    store::ProblemKind,
};
use std::rc::Rc;

/// Asks the engine to stop reading.
pub fn cancel(state: &mut AppState) -> Vec<Effect> {
    if !state.files.is_loading() || state.files.cancelling {
        return Vec::new();
    }
    state.files.cancelling = true;
    vec![Effect::Send(ToEngine::Cancel), Effect::CancelTimer]
}

/// The engine did not stop in time: goes on with the files that were complete.
pub fn cancel_overdue(state: &mut AppState) -> Vec<Effect> {
    if !state.files.cancelling || !state.files.is_loading() {
        return Vec::new();
    }
    let (open, keep): (Vec<_>, Vec<_>) = state.files.dropped().partition(|source| source.is_open());
    let (open, keep): (Vec<_>, Vec<u32>) =
        (open.iter().map(|source| source.name.clone()).collect(), keep.iter().map(|source| source.file).collect());
    for name in open {
        let what = "Reading was stopped before the file was complete";
        state.tell(Tone::Attention, Some(name), what, "Nothing of it is loaded. Drop it again to read it.");
    }
    restart(state, keep)
}

/// The engine has been silent for long: the reader decides.
pub fn silent(state: &mut AppState) {
    if state.alerts.iter().any(|alert| alert.choice.is_some()) {
        return;
    }
    let file = state.files.being_read().and_then(|file| state.files.name(file));
    let (what, remedy, words) = if file.is_some() {
        ("Reading takes unusually long", "Wait, or go on without this file.", "Go on without it")
    } else {
        ("An answer takes unusually long", "Wait, or start the engine again.", "Start again")
    };
    let choice = Some((words.to_owned(), Action::StopEngine));
    let (what, remedy) = (what.into(), remedy.into());
    state.alert(Alert { id: 0, tone: Tone::Attention, file, more: Vec::new(), what, record: None, remedy, choice });
}

/// What the engine was doing when it was lost.
pub enum Last {
    /// It could still say which file it was reading, or that it was reading none.
    Said {
        /// The file.
        file: Option<u32>,
        /// Where in the source code it stopped.
        place: String,
    },
    /// Most likely what takes most of its time: reading, while there is something to read.
    Unknown,
}

/// The engine is lost.
pub fn lost(state: &mut AppState, last: Last, out_of_memory: bool) -> Vec<Effect> {
    state.alerts.retain(|alert| alert.choice.is_none());
    let kind = if out_of_memory { ProblemKind::OutOfMemory } else { ProblemKind::Crashed };
    let (blamed, place) = match last {
        Last::Said { file, place } => {
            (file.filter(|file| (*file as usize) < state.files.dropped.len()), format!(" ({place})"))
        }
        Last::Unknown => (state.files.being_read(), String::new()),
    };
    if let Some(number) = blamed {
        state.files.dropped[number as usize].skipped = Some(kind);
        let file = state.files.name(number);
        state.tell(Tone::Serious, file, &format!("{}{place}", kind.label()), kind.remedy());
    } else {
        state.files.crashes += 1;
        match state.files.crashes {
            1 => state.tell(
                Tone::Attention,
                None,
                &format!("The engine stopped while it worked on an answer{place}"),
                "It was started again and reads your files once more.",
            ),
            2 => {
                state.set_query(Query::default(), None);
                state.view = View::Overview;
                state.tell(
                    Tone::Serious,
                    None,
                    &format!("The engine stopped over the same question again{place}"),
                    "It was started again without filters. Undo brings them back.",
                );
            }
            _ => {
                state.files.stopped = true;
                state.tell(
                    Tone::Serious,
                    None,
                    &format!("The engine stopped three times and was given up{place}"),
                    "Remove a file under Sources, or reload the page. Your files are unchanged.",
                );
                return vec![Effect::Stop];
            }
        }
    }
    restart_all(state)
}

/// Starts a new engine with these files, in this order.
pub(super) fn restart(state: &mut AppState, keep: Vec<u32>) -> Vec<Effect> {
    let files = &mut state.files;
    let before = files.dropped.len();
    files.dropped = keep.iter().map(|from| files.dropped[*from as usize].clone()).collect();
    (files.sources, files.heard) = (Rc::default(), 0);
    files.expect(0);
    files.problems = Rc::default();
    (files.events, files.cancelling, files.stopped) = (0, false, false);
    (state.selected, state.details, state.work.columns) = (None, None, None);
    renumber_clauses(state, &keep, before);
    let mut effects = vec![Effect::Restart(keep)];
    if state.files.sources.is_empty() {
        state.answer = Answer { seq: state.seq, ..Answer::default() };
        state.alerts.clear();
        effects.push(Effect::Loaded(false));
    } else {
        effects.extend((0..state.files.dropped.len()).map(|at| send_open(state, at)));
        effects.push(state.ask());
    }
    effects
}

/// Conditions on files name them by number, and what lies in an archive by a second number.
fn renumber_clauses(state: &mut AppState, keep: &[u32], before: usize) {
    // Whether all files keep their numbers, as after a crash; exact events are named by them.
    let is_same = keep.len() == before && keep.iter().enumerate().all(|(at, file)| at as u32 == *file);
    let mut query = state.query().clone();
    for clause in query.clauses.iter_mut().filter(|clause| clause.field == Field::Source) {
        let new = |value: &String| {
            let (file, entry) = value.find('.').map_or((value.as_str(), ""), |dot| value.split_at(dot));
            let file = keep.iter().position(|kept| kept.to_string() == file)?;
            Some(format!("{file}{entry}"))
        };
        clause.values = clause.values.iter().filter_map(new).collect();
    }
    query.clauses.retain(|clause| !clause.values.is_empty());
    query.picked = query.picked.filter(|_| is_same);
    if !is_same {
        state.forget_choices();
    }
    // Earlier conditions may name files by numbers that are now those of others.
    state.reset_query(query);
    state.visits.clear();
}

/// Starts a new engine with all files.
pub(super) fn restart_all(state: &mut AppState) -> Vec<Effect> {
    let all = (0..state.files.dropped.len() as u32).collect();
    restart(state, all)
}
