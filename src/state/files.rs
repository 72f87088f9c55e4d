//! Files: opening, progress, cancelling, and what happens when the engine's worker is lost.
//!
//! Cancel, crash, hang and used-up memory share one path: end the worker, start a new one, read the
//! kept files again without the one to blame, and tell the reader. Sources are numbered without gaps,
//! so a restart renumbers them.

use super::{Answer, AppState, Effect};
use crate::action::{Action, Opened, View};
use guestlens_core::{
    model::Field,
    protocol::{Query, ToEngine},
    store::{Problem, ProblemKind, SourceInfo, SourceState},
};
use std::rc::Rc;

/// How urgent a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something did not work, or not wholly.
    Attention,
    /// Something is missing.
    Serious,
}

/// A message to the reader: what happened, to which file and record, and what to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    /// To dismiss it by.
    pub id: u32,
    /// How urgent.
    pub tone: Tone,
    /// The file, if it is about one.
    pub file: Option<String>,
    /// What happened.
    pub what: String,
    /// Record number in the file.
    pub record: Option<u64>,
    /// What to do, or what was done.
    pub remedy: String,
    /// What the reader can choose: the words of a button, and what it does.
    pub choice: Option<(String, Action)>,
}

/// Files and how reading goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Files {
    /// All files; the id of each is its place.
    pub sources: Vec<SourceInfo>,
    /// Why a file is not read any more, per source.
    skipped: Vec<Option<ProblemKind>>,
    /// Problems of all files.
    pub problems: Rc<Vec<Problem>>,
    /// Events in all.
    pub events: u64,
    /// The reader wants reading to stop, and the engine has not done so yet.
    pub cancelling: bool,
    /// Whether the engine was given up.
    pub stopped: bool,
    /// How often the engine was lost without a file to blame since it last answered well.
    pub crashes: u32,
}

impl Files {
    /// Whether a file waits or is being read.
    pub fn is_loading(&self) -> bool {
        !self.stopped && self.sources.iter().any(is_open)
    }

    /// `data-state` of the page.
    pub fn phase(&self) -> &'static str {
        if self.sources.is_empty() {
            "empty"
        } else if self.stopped {
            "failed"
        } else if self.is_loading() {
            "loading"
        } else if self.sources.iter().all(|source| source.state == SourceState::Failed) {
            "failed"
        } else {
            "ready"
        }
    }

    /// The file being read, or next to be.
    fn being_read(&self) -> Option<u32> {
        let reading = self.sources.iter().find(|source| source.state == SourceState::Reading);
        reading.or_else(|| self.sources.iter().find(|source| is_open(source))).map(|source| source.id)
    }

    fn name(&self, id: u32) -> Option<String> {
        self.sources.get(id as usize).map(|source| source.name.clone())
    }
}

fn is_open(source: &SourceInfo) -> bool {
    matches!(source.state, SourceState::Waiting | SourceState::Reading)
}

impl AppState {
    fn alert(&mut self, alert: Alert) {
        self.alerts.push(Alert { id: self.next_alert, ..alert });
        self.next_alert += 1;
        if self.alerts.len() > 5 {
            self.alerts.remove(0);
        }
    }

    fn tell(&mut self, tone: Tone, file: Option<String>, what: &str, remedy: &str) {
        let (what, remedy) = (what.into(), remedy.into());
        self.alert(Alert { id: 0, tone, file, what, record: None, remedy, choice: None });
    }
}

/// The engine link holds these files now.
pub fn open(state: &mut AppState, files: Vec<Opened>) -> Vec<Effect> {
    if files.is_empty() {
        return Vec::new();
    }
    let first = state.files.sources.len() as u32;
    for (at, file) in files.into_iter().enumerate() {
        let id = first + at as u32;
        state.files.sources.push(SourceInfo { id, name: file.name, size: file.size, ..SourceInfo::default() });
        state.files.skipped.push(None);
    }
    if state.files.stopped {
        let all = state.files.sources.iter().map(|source| source.id).collect();
        return restart(state, all);
    }
    let mut effects: Vec<_> = (first as usize..state.files.sources.len()).map(|at| send_open(state, at)).collect();
    if first == 0 {
        effects.push(Effect::Loaded(true));
        effects.push(state.ask());
    }
    effects
}

fn send_open(state: &AppState, at: usize) -> Effect {
    let source = &state.files.sources[at];
    let (name, size, skip) = (source.name.clone(), source.size, state.files.skipped[at]);
    Effect::Send(ToEngine::Open { source: source.id, name, size, skip, mapping: None })
}

/// Forgets a file and what was read from it.
pub fn remove(state: &mut AppState, id: u32) -> Vec<Effect> {
    let keep = state.files.sources.iter().map(|source| source.id).filter(|other| *other != id).collect();
    restart(state, keep)
}

/// Forgets everything.
pub fn clear(state: &mut AppState) -> Vec<Effect> {
    state.history.set(Query::default(), None);
    state.view = View::default();
    restart(state, Vec::new())
}

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
    let (open, keep): (Vec<_>, Vec<_>) = state.files.sources.iter().partition(|source| is_open(source));
    let (open, keep): (Vec<_>, Vec<u32>) =
        (open.iter().map(|source| source.name.clone()).collect(), keep.iter().map(|source| source.id).collect());
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
    let file = state.files.being_read().and_then(|id| state.files.name(id));
    let (what, remedy, words) = if file.is_some() {
        ("Reading takes unusually long", "Wait, or go on without this file.", "Go on without it")
    } else {
        ("An answer takes unusually long", "Wait, or start the engine again.", "Start again")
    };
    let choice = Some((words.to_owned(), Action::StopEngine));
    let (what, remedy) = (what.into(), remedy.into());
    state.alert(Alert { id: 0, tone: Tone::Attention, file, what, record: None, remedy, choice });
}

/// What the engine was doing when it was lost.
pub enum Last {
    /// It could still say which file it was reading, or that it was reading none.
    Said {
        /// The file.
        source: Option<u32>,
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
        Last::Said { source, place } => {
            (source.filter(|id| (*id as usize) < state.files.sources.len()), format!(" ({place})"))
        }
        Last::Unknown => (state.files.being_read(), String::new()),
    };
    if let Some(id) = blamed {
        state.files.skipped[id as usize] = Some(kind);
        let file = state.files.name(id);
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
                state.history.set(Query::default(), None);
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
    let all = state.files.sources.iter().map(|source| source.id).collect();
    restart(state, all)
}

/// Starts a new engine with these sources, in this order.
fn restart(state: &mut AppState, keep: Vec<u32>) -> Vec<Effect> {
    let files = &mut state.files;
    let (old, skipped) = (std::mem::take(&mut files.sources), std::mem::take(&mut files.skipped));
    for (id, from) in keep.iter().enumerate() {
        let SourceInfo { name, size, .. } = old[*from as usize].clone();
        files.sources.push(SourceInfo { id: id as u32, name, size, ..SourceInfo::default() });
        files.skipped.push(skipped[*from as usize]);
    }
    files.problems = Rc::default();
    (files.events, files.cancelling, files.stopped) = (0, false, false);
    (state.selected, state.details) = (None, None);
    renumber_clauses(state, &keep);
    let mut effects = vec![Effect::Restart(keep)];
    if state.files.sources.is_empty() {
        state.answer = Answer { seq: state.seq, ..Answer::default() };
        state.alerts.clear();
        effects.push(Effect::Loaded(false));
    } else {
        effects.extend((0..state.files.sources.len()).map(|at| send_open(state, at)));
        effects.push(state.ask());
    }
    effects
}

/// Conditions on files name them by number.
fn renumber_clauses(state: &mut AppState, keep: &[u32]) {
    let mut query = state.query().clone();
    for clause in query.clauses.iter_mut().filter(|clause| clause.field == Field::Source) {
        let new = |value: &String| keep.iter().position(|id| id.to_string() == *value).map(|id| id.to_string());
        clause.values = clause.values.iter().filter_map(new).collect();
    }
    query.clauses.retain(|clause| !clause.values.is_empty());
    state.history.set(query, None);
}

/// How far reading is.
pub fn progress(state: &mut AppState, sources: Vec<SourceInfo>, events: u64, problems: Option<Vec<Problem>>) {
    if let Some(problems) = problems {
        state.files.problems = Rc::new(problems);
    }
    state.files.events = events;
    // The engine may not have heard of the last files yet.
    let known = sources.len().min(state.files.sources.len());
    let old: Vec<_> = state.files.sources.splice(..known, sources).collect();
    for (id, before) in old.iter().enumerate() {
        let now = &state.files.sources[id];
        let failed = now.state == SourceState::Failed && before.state != SourceState::Failed;
        if failed && state.files.skipped[id].is_none() {
            tell_failure(state, id);
        }
    }
    if !state.files.is_loading() {
        state.files.cancelling = false;
        calm_down(state);
        state.alerts.retain(|alert| alert.choice.is_none());
    }
}

/// Once everything is read and answered, earlier crashes do not count any more.
pub fn calm_down(state: &mut AppState) {
    if !state.files.is_loading() && !state.is_waiting() {
        state.files.crashes = 0;
    }
}

fn tell_failure(state: &mut AppState, id: usize) {
    let problem = state.files.problems.iter().rev().find(|problem| problem.source == id as u32);
    let kind = problem.map_or(ProblemKind::NotRecognised, |problem| problem.kind);
    let record = problem.and_then(|problem| problem.record);
    let (file, what, remedy) = (state.files.name(id as u32), kind.label().into(), kind.remedy().into());
    state.alert(Alert { id: 0, tone: Tone::Serious, file, what, record, remedy, choice: None });
}
