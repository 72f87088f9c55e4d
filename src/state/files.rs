//! Files: opening, progress, cancelling, and what happens when the engine's worker is lost.
//!
//! Cancel, crash, hang and used-up memory share one path: end the worker, start a new one, read the
//! kept files again without the one to blame, and tell the reader. Dropped files are numbered without
//! gaps, so a restart renumbers them; which sources lie in them only the engine knows.

use super::{Answer, AppState, Effect, work};
use crate::action::{Action, Opened, View};
use guestlens_core::{
    arrange,
    engine::SAMPLE_NOTE,
    model::Field,
    protocol::{Query, ToEngine},
    session::Session,
    store::{MappingChoice, MappingChoices, Problem, ProblemKind, SourceInfo, SourceState},
};
use std::{collections::BTreeMap, rc::Rc};

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
    /// Further files that it is about.
    pub more: Vec<String>,
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
    /// What the files are and hold; the id of each source is its place.
    pub sources: Rc<Vec<SourceInfo>>,
    /// How many of them the engine has told of; what follows waits to be heard of.
    heard: usize,
    /// The files, by their number.
    dropped: Vec<Dropped>,
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

/// A file as the reader dropped it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Dropped {
    name: String,
    size: u64,
    /// Why it is not read any more.
    skipped: Option<ProblemKind>,
    /// What its columns are, or those of files in it, as the reader says.
    mappings: MappingChoices,
    /// Whether it is of the invented tenant.
    is_sample: bool,
    /// Whether it is the data of a report.
    is_report: bool,
}

impl Files {
    /// The dropped files, without what lies in archives.
    pub fn dropped(&self) -> impl Iterator<Item = &SourceInfo> {
        self.sources.iter().filter(|source| source.parent.is_none())
    }

    /// Lists the files from that number on, of which the engine has not said anything yet.
    fn expect(&mut self, from: usize) {
        let sources = Rc::make_mut(&mut self.sources);
        for (file, Dropped { name, size, .. }) in self.dropped.iter().enumerate().skip(from) {
            let (id, file) = (sources.len() as u32, file as u32);
            sources.push(SourceInfo { id, file, name: name.clone(), size: *size, ..SourceInfo::default() });
        }
    }

    /// Whether a file is of the invented tenant.
    pub fn has_sample(&self) -> bool {
        self.dropped.iter().any(|file| file.is_sample)
            || self.is_report() && self.sources.iter().any(|source| source.notes.iter().any(|note| note == SAMPLE_NOTE))
    }

    /// Whether what is shown is a report: it can be read, but nothing can be added, taken out or passed on.
    pub fn is_report(&self) -> bool {
        self.dropped.iter().any(|file| file.is_report)
    }

    /// What the reader says of the columns of files, by the names of their sources.
    pub fn mappings(&self) -> BTreeMap<String, MappingChoice> {
        let mut said = Vec::new();
        for Dropped { name, mappings, .. } in &self.dropped {
            for (entry, choice) in mappings {
                let within = if entry.is_empty() { "" } else { SourceInfo::WITHIN };
                said.push((format!("{name}{within}{entry}"), choice.clone()));
            }
        }
        arrange::map(said)
    }

    /// Whether a file waits or is being read.
    pub fn is_loading(&self) -> bool {
        !self.stopped && self.sources.iter().any(SourceInfo::is_open)
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

    /// Whether all files were read and none of them held anything.
    pub fn is_in_vain(&self) -> bool {
        let holds_nothing = |source: &SourceInfo| {
            source.state == SourceState::Failed
                || source.state == SourceState::Done && source.records == 0 && source.entity_records == 0
        };
        !self.stopped && self.sources.iter().all(holds_nothing)
    }

    /// The file being read, or next to be.
    fn being_read(&self) -> Option<u32> {
        let reading = self.sources.iter().find(|source| source.state == SourceState::Reading);
        reading.or_else(|| self.sources.iter().find(|source| source.is_open())).map(|source| source.file)
    }

    fn name(&self, file: u32) -> Option<String> {
        self.dropped.get(file as usize).map(|file| file.name.clone())
    }
}

impl AppState {
    fn alert(&mut self, alert: Alert) {
        work::group(&mut self.alerts, Alert { id: self.next_alert, ..alert });
        self.next_alert += 1;
        if self.alerts.len() > 5 {
            self.alerts.remove(0);
        }
    }

    pub(super) fn tell(&mut self, tone: Tone, file: Option<String>, what: &str, remedy: &str) {
        let (what, remedy) = (what.into(), remedy.into());
        self.alert(Alert { id: 0, tone, file, more: Vec::new(), what, record: None, remedy, choice: None });
    }
}

/// The engine link holds these files now.
pub fn open(state: &mut AppState, files: Vec<Opened>) -> Vec<Effect> {
    open_all(state, files, false)
}

/// The engine link holds these files of the invented tenant now.
pub fn open_sample(state: &mut AppState, files: Vec<Opened>) -> Vec<Effect> {
    open_all(state, files, true)
}

/// Reads a file again, with its columns, or those of a file in it, as the reader says.
pub fn read_as(state: &mut AppState, file: u32, entry: String, mapping: MappingChoice) -> Vec<Effect> {
    let Some(dropped) = state.files.dropped.get_mut(file as usize) else { return Vec::new() };
    dropped.mappings.retain(|(other, _)| *other != entry);
    dropped.mappings.push((entry, mapping));
    dropped.skipped = None;
    let name = dropped.name.clone();
    work::forget(&mut state.alerts, &name);
    restart_all(state)
}

/// Reads the files again of which a session says what their columns are, and said otherwise before.
pub fn map_again(state: &mut AppState, session: &Session) -> Vec<Effect> {
    let mut changed = false;
    for file in &mut state.files.dropped {
        for (entry, mapping) in session.mappings_of(&file.name) {
            let known = file.mappings.iter().position(|(other, _)| *other == entry);
            match known.map(|at| &mut file.mappings[at].1) {
                Some(known) if *known == mapping => continue,
                Some(known) => *known = mapping,
                None => file.mappings.push((entry, mapping)),
            }
            changed = true;
        }
    }
    if changed { restart_all(state) } else { Vec::new() }
}

fn restart_all(state: &mut AppState) -> Vec<Effect> {
    let all = (0..state.files.dropped.len() as u32).collect();
    restart(state, all)
}

/// The engine link holds the data of a report now.
pub fn open_report(state: &mut AppState, files: Vec<Opened>) -> Vec<Effect> {
    for Opened { name, size } in files {
        state.files.dropped.push(Dropped { name, size, is_report: true, ..Dropped::default() });
    }
    state.files.expect(0);
    let mut effects: Vec<_> = (0..state.files.dropped.len()).map(|at| send_open(state, at)).collect();
    effects.push(state.ask());
    effects
}

fn open_all(state: &mut AppState, files: Vec<Opened>, is_sample: bool) -> Vec<Effect> {
    if files.is_empty() {
        return Vec::new();
    }
    let first = state.files.dropped.len();
    for Opened { name, size } in files {
        let mappings = work::mappings_of(state, &name);
        state.files.dropped.push(Dropped { name, size, mappings, is_sample, ..Dropped::default() });
    }
    state.files.expect(first);
    if state.files.stopped {
        return restart_all(state);
    }
    let mut effects: Vec<_> = (first..state.files.dropped.len()).map(|at| send_open(state, at)).collect();
    if first == 0 {
        effects.push(Effect::Loaded(true));
        effects.push(state.ask());
    }
    effects
}

fn send_open(state: &AppState, at: usize) -> Effect {
    let Dropped { name, size, skipped: skip, mappings, is_sample: sample, is_report: report } =
        state.files.dropped[at].clone();
    Effect::Send(ToEngine::Open { file: at as u32, name, size, skip, mappings, sample, report })
}

/// Forgets a file and what was read from it.
pub fn remove(state: &mut AppState, file: u32) -> Vec<Effect> {
    let keep = (0..state.files.dropped.len() as u32).filter(|other| *other != file).collect();
    restart(state, keep)
}

/// Forgets everything.
pub fn clear(state: &mut AppState) -> Vec<Effect> {
    state.facet_text.clear();
    state.view = View::default();
    state.views.clear();
    state.reset_query(Query::default());
    state.work.session = None;
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
fn restart(state: &mut AppState, keep: Vec<u32>) -> Vec<Effect> {
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

/// How far reading is: the sources that have changed since the last message.
pub fn progress(state: &mut AppState, changed: Vec<SourceInfo>, events: u64, problems: Option<Vec<Problem>>) {
    if let Some(problems) = problems {
        state.files.problems = Rc::new(problems);
    }
    state.files.events = events;
    let heard = state.files.heard;
    let sources = Rc::make_mut(&mut state.files.sources);
    sources.truncate(heard);
    let mut failed = Vec::new();
    for now in changed {
        let id = now.id as usize;
        let before = sources.get(id).is_some_and(|before| before.state == SourceState::Failed);
        // What lies in an archive is listed; the archive as a whole has failed if all of it has.
        if now.parent.is_none() && now.state == SourceState::Failed && !before {
            failed.push((id, now.file));
        }
        match sources.get_mut(id) {
            Some(known) => *known = now,
            None => sources.push(now),
        }
    }
    state.files.heard = sources.len();
    // The engine may not have heard of the last files yet.
    let dropped = state.files.dropped().count();
    state.files.expect(dropped);
    for (id, file) in failed {
        if state.files.dropped.get(file as usize).is_some_and(|file| file.skipped.is_none()) {
            tell_failure(state, id);
        }
    }
    if !state.files.is_loading() {
        state.files.cancelling = false;
        calm_down(state);
        state.alerts.retain(|alert| alert.choice.is_none());
        work::loaded(state);
    }
}

/// Once everything is read and answered, earlier crashes do not count any more.
pub fn calm_down(state: &mut AppState) {
    if !state.files.is_loading() && !state.is_waiting() {
        state.files.crashes = 0;
    }
}

fn tell_failure(state: &mut AppState, id: usize) {
    let sources = &state.files.sources;
    let number = sources[id].file;
    let of = |problem: &&Problem| sources.get(problem.source as usize).is_some_and(|source| source.file == number);
    let problems = || state.files.problems.iter().rev().filter(of);
    // That reading stopped explains what else there is to say.
    let bounds = problems().find(|problem| problem.kind == ProblemKind::OutOfBounds);
    let own = bounds.or_else(|| problems().find(|problem| problem.source == id as u32));
    let problem = own.or_else(|| problems().next());
    let kind = problem.map_or(ProblemKind::NotRecognised, |problem| problem.kind);
    let record = problem.and_then(|problem| problem.record);
    let (file, what, remedy) = (state.files.name(number), kind.label().into(), kind.remedy().into());
    state.alert(Alert { id: 0, tone: Tone::Serious, file, more: Vec::new(), what, record, remedy, choice: None });
}
