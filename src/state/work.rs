//! The reader's work on the files: notes, what columns are, sessions that were saved and opened.

use super::{AppState, Effect, Tone, files, share};
use crate::{
    action::{View, ZoneChoice},
    file_action::FileAction,
};
use guestlens_core::{
    arrange,
    protocol::{Query, ToEngine},
    report::MappingSheet,
    session::{FileCheck, Session},
    store::{MappingChoices, SourceInfo},
};
use serde_json::Value;
use std::{collections::BTreeMap, rc::Rc};

/// What the reader has done beside looking.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Work {
    /// What the reader wrote.
    pub notes: String,
    /// What the columns of a source were taken for, while that is shown.
    pub columns: Option<Rc<MappingSheet>>,
    /// The session that was opened.
    pub session: Option<OpenedSession>,
    /// What else a session keeps, by a name of the part that reads it.
    pub settings: BTreeMap<String, Value>,
}

/// A session that was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenedSession {
    /// Name of its file.
    pub name: String,
    /// It.
    pub session: Rc<Session>,
    /// The query that it led to with the files at hand; while the reader has asked for nothing else, it is
    /// asked anew when more of its files are there.
    asked: Query,
}

impl OpenedSession {
    /// Each file of the session with what became of it.
    pub fn files(&self, sources: &[SourceInfo]) -> Vec<(String, FileCheck)> {
        let names = self.session.files.iter().map(|file| file.name.clone());
        names.zip(self.session.check(sources)).collect()
    }
}

/// Takes what happened.
pub fn take(state: &mut AppState, action: FileAction) -> Vec<Effect> {
    match action {
        FileAction::Sample => return vec![Effect::Send(ToEngine::Sample)],
        FileAction::SampleOpened(files) => return files::open_sample(state, files),
        FileAction::ReportOpened(files) => return files::open_report(state, files),
        FileAction::Sheet(sheet, format) => return vec![Effect::Send(ToEngine::Sheet { sheet, format })],
        FileAction::ShowColumns(source) => return vec![Effect::Send(ToEngine::Mapping { source })],
        FileAction::CloseColumns => state.work.columns = None,
        FileAction::ReadAs { file, entry, mapping } => {
            state.work.columns = None;
            return files::read_as(state, file, entry, mapping);
        }
        FileAction::Notes(notes) => state.work.notes = notes,
        FileAction::SaveSession => {
            let (name, mime) = ("guestlens session.json".into(), "application/json".into());
            return vec![Effect::SaveText { name, mime, text: session(state).to_json() }];
        }
        FileAction::CloseSession => state.work.session = None,
        FileAction::Session { name, text } => return open(state, name, &text),
        FileAction::Missed { unreadable, left_out } => missed(state, unreadable, left_out),
    }
    Vec::new()
}

/// The work as it stands.
fn session(state: &AppState) -> Session {
    let sources = &state.files.sources;
    let params = state.views.iter().filter(|(_, view)| !view.params.is_empty());
    Session {
        view: state.view.id().into(),
        query: state.query().clone(),
        columns: state.columns.clone(),
        zone: if state.zone == ZoneChoice::Local { "local".into() } else { "UTC".into() },
        notes: state.work.notes.clone(),
        params: arrange::map(params.map(|(view, set)| (view.id().to_owned(), set.params.clone()))),
        settings: state.work.settings.clone(),
        mappings: state.files.mappings(),
        pins: share::session_pins(&state.share),
        files: Session::files_of(sources),
    }
}

fn open(state: &mut AppState, name: String, text: &str) -> Vec<Effect> {
    let mut session = match Session::parse(text) {
        Ok(session) => session,
        Err(error) => {
            state.tell(Tone::Serious, Some(name), "The session was not opened", &error.label());
            return Vec::new();
        }
    };
    state.view = View::from_id(&session.view).unwrap_or_default();
    if !session.columns.is_empty() {
        state.columns.clone_from(&session.columns);
    }
    state.work.notes.clone_from(&session.notes);
    state.work.settings.clone_from(&session.settings);
    for (id, params) in &session.params {
        if let Some(view) = View::from_id(id) {
            state.views.entry(view).or_default().params.clone_from(params);
        }
    }
    let mut effects = Vec::new();
    let zone = if session.zone == "local" { ZoneChoice::Local } else { ZoneChoice::Utc };
    if state.zone != zone {
        effects.extend(state.set_zone(zone));
    }
    let asked = session.query_for(&state.files.sources);
    share::take_pins(state, &mut session);
    state.set_query(asked.clone(), None);
    let session = Rc::new(session);
    state.work.session = Some(OpenedSession { name, session: session.clone(), asked });
    effects.extend(files::map_again(state, &session));
    effects
}

/// More files are read: the session's conditions on files may now have a meaning.
pub fn loaded(state: &mut AppState) {
    let Some(mut opened) = state.work.session.take() else { return };
    share::take_pins(state, Rc::make_mut(&mut opened.session));
    let query = opened.session.query_for(&state.files.sources);
    if *state.query() == opened.asked && query != opened.asked {
        state.set_query(query.clone(), None);
        opened.asked = query;
    }
    state.work.session = Some(opened);
}

/// What the session says of the columns of a file of that name, and of files in it.
pub fn mappings_of(state: &AppState, name: &str) -> MappingChoices {
    let session = state.work.session.as_ref();
    session.map(|opened| opened.session.mappings_of(name)).unwrap_or_default()
}

fn missed(state: &mut AppState, unreadable: u32, left_out: u32) {
    let some = |count: u32, one: &str, many: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {many}"),
    };
    if unreadable > 0 {
        let what =
            some(unreadable, "dropped file or folder could not be read", "dropped files or folders could not be read");
        state.tell(
            Tone::Serious,
            None,
            &what,
            "Check that you may read them and that they still exist, then drop them again.",
        );
    }
    if left_out > 0 {
        let what = format!(
            "At least {} left out: a drop takes 10,000 files at most",
            some(left_out, "file was", "files were")
        );
        state.tell(Tone::Serious, None, &what, "Drop the rest as well, or pack the folder into a zip file.");
    }
}
