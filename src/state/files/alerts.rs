//! Messages to the reader: what happened, to which file and record, and what to do.

use crate::{action::Action, state::AppState};
use guestlens_core::store::{Problem, ProblemKind};

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

impl AppState {
    pub(super) fn alert(&mut self, alert: Alert) {
        group(&mut self.alerts, Alert { id: self.next_alert, ..alert });
        self.next_alert += 1;
        if self.alerts.len() > 5 {
            self.alerts.remove(0);
        }
    }

    pub(in crate::state) fn tell(&mut self, tone: Tone, file: Option<String>, what: &str, remedy: &str) {
        let (what, remedy) = (what.into(), remedy.into());
        self.alert(Alert { id: 0, tone, file, more: Vec::new(), what, record: None, remedy, choice: None });
    }
}

/// Tells why nothing of a file could be read.
pub(super) fn tell_failure(state: &mut AppState, id: usize) {
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

/// Messages about a file that is read in another way now.
pub fn forget(alerts: &mut Vec<Alert>, name: &str) {
    alerts.retain_mut(|alert| {
        if alert.file.as_deref() == Some(name) {
            alert.file = (!alert.more.is_empty()).then(|| alert.more.remove(0));
            return alert.file.is_some();
        }
        alert.more.retain(|other| other != name);
        true
    });
}

/// Several files that failed for the same reason are one message.
fn group(alerts: &mut Vec<Alert>, new: Alert) {
    let alike = |known: &&mut Alert| {
        known.tone == new.tone
            && known.what == new.what
            && known.remedy == new.remedy
            && known.file.is_some()
            && new.file.is_some()
            && known.choice.is_none()
            && new.choice.is_none()
    };
    match alerts.iter_mut().find(alike) {
        Some(known) => known.more.extend(new.file),
        None => alerts.push(new),
    }
}
