//! Files: opening, progress, removing. Which sources lie in a dropped file only the engine knows.

mod alerts;
mod columns;
mod lost;

pub use alerts::{Alert, Tone};
pub use columns::{map_again, read_as};
pub use lost::{Last, cancel, cancel_overdue, lost, silent};

use super::{AppState, Effect, work};
use crate::action::{Opened, View};
use guestlens_core::{
    engine::SAMPLE_NOTE,
    protocol::{Query, ToEngine},
    store::{MappingChoices, Problem, ProblemKind, SourceInfo, SourceState},
};
use lost::{restart, restart_all};
use std::rc::Rc;

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

/// The engine link holds these files now.
pub fn open(state: &mut AppState, files: Vec<Opened>) -> Vec<Effect> {
    open_all(state, files, false)
}

/// The engine link holds these files of the invented tenant now.
pub fn open_sample(state: &mut AppState, files: Vec<Opened>) -> Vec<Effect> {
    open_all(state, files, true)
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
            alerts::tell_failure(state, id);
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
