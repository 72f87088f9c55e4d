//! The share dialog: what a report is to be, what the engine has written, and what the verification says.

use super::{AppState, Effect};
use crate::action::{Dialog, ShareStep, View};
use guestlens_core::{
    protocol::{FromEngine, ToEngine},
    redact::{Network, Policy, Precision, ShareLevel, Treatment},
    session::{Pin, Session},
    share::{Composition, Form, KeyFile, KeyFileError, Section, ShareRequest, Shared, key_bytes, verify::Verdict},
};
use std::rc::Rc;

/// What the dialog knows.
#[allow(clippy::struct_excessive_bools)] // each says something of its own
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShareState {
    /// What the report may say.
    pub policy: Policy,
    /// What it is written as.
    pub form: Form,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// Views in their order, with notes.
    pub sections: Vec<(View, String)>,
    /// Parts that are pinned, in their order, each with its title.
    pub pins: Vec<(Section, String)>,
    /// Whether only events that match the filters are in it.
    pub filtered: bool,
    /// The key of an engagement, as it was typed or read from a key file; empty: a random one for each report.
    pub key: String,
    /// Why a file has no key of an engagement.
    pub key_from_problem: &'static str,
    /// Number of the newest request.
    pub id: u32,
    /// How far it is: parts done, and parts in all.
    pub progress: (u32, u32),
    /// Whether it was stopped.
    pub stopped: bool,
    /// The written report.
    pub shared: Option<Rc<Shared>>,
    /// What the verification found in it.
    pub verdict: Option<Rc<Verdict>>,
    /// Whether the verification ended without a word.
    pub lost: bool,
    /// The key file that was opened; none: see [`ShareState::key_problem`].
    pub key_file: Option<Rc<KeyFile>>,
    /// Why a file is no key file.
    pub key_problem: &'static str,
    /// The label somebody asks about.
    pub label: String,
    /// Whether the screen shows labels instead of names.
    pub screen_safe: bool,
}

impl ShareState {
    /// Whether the file may be saved.
    pub fn may_leave(&self) -> bool {
        let is_real = self.shared.as_ref().is_some_and(|shared| shared.is_real);
        let is_whole = self.shared.as_ref().is_some_and(|shared| shared.sizes[0] > 0);
        is_whole && (is_real || self.verdict.as_ref().is_some_and(|verdict| verdict.is_clean()))
    }
}

/// Views that can be part of a report.
pub fn views() -> impl Iterator<Item = View> {
    View::ALL.iter().copied().filter(|view| !matches!(view, View::Groups | View::Sources))
}

/// Something was done in the dialog.
pub fn step(state: &mut AppState, step: ShareStep) -> Vec<Effect> {
    let share = &mut state.share;
    match step {
        ShareStep::Open => {
            if share.sections.is_empty() && share.pins.is_empty() {
                let view = if matches!(state.view, View::Groups | View::Sources) { View::Overview } else { state.view };
                share.sections.push((view, String::new()));
            }
            state.export_open = false;
            state.dialog = Some(Dialog::Share);
        }
        ShareStep::Level(level) => {
            let partner = std::mem::take(&mut share.policy.partner);
            share.policy = Policy { partner, ..Policy::of(level) };
            if share.form.lacks(level).is_some() {
                share.form = Form::Html;
            }
        }
        ShareStep::Form(form) if form.lacks(share.policy.level).is_none() => share.form = form,
        ShareStep::Form(_) => return Vec::new(),
        ShareStep::Filtered(on) => share.filtered = on,
        ShareStep::Key(key) => (share.key, share.key_from_problem) = (key.trim().to_lowercase(), ""),
        ShareStep::KeyFrom(text) => match KeyFile::read(&text) {
            Ok(file) if file.key().is_some() => (share.key, share.key_from_problem) = (file.key, ""),
            other => {
                // A report with other labels than those that are wanted is none.
                let error = other.err().unwrap_or(KeyFileError::NotAKeyFile);
                share.key_from_problem = error.label();
                return Vec::new();
            }
        },
        ShareStep::Again => {}
        ShareStep::Stop => {
            share.id += 1;
            (share.shared, share.verdict, share.stopped) = (None, None, true);
            return vec![Effect::Send(ToEngine::StopShare), Effect::StopShare];
        }
        ShareStep::Partner(domain) => share.policy.partner = domain.trim().to_lowercase(),
        ShareStep::Time(time) => share.policy.time = time,
        ShareStep::Scrub(on) => share.policy.text = if on { Treatment::Scrub } else { Treatment::Drop },
        ShareStep::Networks(on) => share.policy.network = if on { Network::Small } else { Network::Drop },
        ShareStep::Things(on) => share.policy.things = if on { Treatment::Keep } else { Treatment::Pseudonym },
        ShareStep::Title(title) => share.title = title,
        ShareStep::Purpose(purpose) => share.purpose = purpose,
        ShareStep::Take(view, on) => {
            share.sections.retain(|(own, _)| *own != view);
            if on {
                share.sections.push((view, String::new()));
            }
        }
        ShareStep::Earlier(at) => {
            if at > 0 && at < share.sections.len() {
                share.sections.swap(at - 1, at);
            }
        }
        ShareStep::Note(at, note) => {
            if let Some((_, own)) = share.sections.get_mut(at) {
                *own = note;
            }
        }
        ShareStep::Pin(only, title) => {
            let view = state.view;
            let params = state.views.get(&view).map(|view| view.params.clone()).unwrap_or_default();
            let section = Section { view, params, only, ..Section::default() };
            pin_once(share, section, title);
            // Nothing is written before the dialog is open.
            return Vec::new();
        }
        ShareStep::PinNote(at, note) => {
            if let Some((own, _)) = share.pins.get_mut(at) {
                own.note = note;
            }
        }
        ShareStep::PinMove(at, down) => {
            let to = if down { at + 1 } else { at.wrapping_sub(1) };
            if at.max(to) < share.pins.len() {
                share.pins.swap(at, to);
            }
        }
        ShareStep::Unpin(at) => {
            if at < share.pins.len() {
                share.pins.remove(at);
            }
        }
        ShareStep::Download => {
            return if share.may_leave() { vec![Effect::SaveReport(share.id)] } else { Vec::new() };
        }
        ShareStep::DownloadKey => return vec![Effect::SaveKeyFile(share.id)],
        ShareStep::KeyFile(text) => {
            match KeyFile::read(&text) {
                Ok(file) => (share.key_file, share.key_problem) = (Some(Rc::new(file)), ""),
                Err(error) => (share.key_file, share.key_problem) = (None, error.label()),
            }
            return Vec::new();
        }
        ShareStep::Label(label) => {
            share.label = label;
            return Vec::new();
        }
        ShareStep::VerifierLost => {
            // One that was stopped is lost on purpose.
            share.lost = !share.stopped;
            return Vec::new();
        }
        ShareStep::ScreenSafe(on) => return screen_safe(state, on),
    }
    write(state)
}

/// Asks for the report anew; whatever was written before may not leave any more.
fn write(state: &mut AppState) -> Vec<Effect> {
    let zone = state.zone();
    // On a screen that shows labels the filters say labels, too.
    let filtered = state.share.filtered && !state.share.screen_safe;
    let selection = filtered.then(|| state.query().clone());
    let params = |view: &View| state.views.get(view).map(|view| view.params.clone()).unwrap_or_default();
    let sections = state.share.sections.iter().map(|(view, note)| Section {
        view: *view,
        params: params(view),
        note: note.clone(),
        ..Section::default()
    });
    let sections = sections.chain(state.share.pins.iter().map(|(pin, _)| pin.clone())).collect();
    let share = &mut state.share;
    share.id += 1;
    (share.shared, share.verdict, share.lost, share.stopped) = (None, None, false, false);
    share.progress = (0, 0);
    if share.policy.level == ShareLevel::Partner && share.policy.partner.is_empty() {
        return Vec::new();
    }
    if !share.key.is_empty() && key_bytes(&share.key).is_none() {
        return Vec::new();
    }
    let composition = Composition {
        title: share.title.clone(),
        purpose: share.purpose.clone(),
        day: String::new(), // the worker, which has a clock, fills it in
        sections,
        zone,
    };
    let (id, policy, form, key) = (share.id, share.policy.clone(), share.form, share.key.clone());
    vec![Effect::Send(ToEngine::Share(Box::new(ShareRequest { id, policy, composition, form, key, selection })))]
}

/// The pinned parts as a session has them: without their titles, which may be texts of the files.
pub fn session_pins(share: &ShareState) -> Vec<Pin> {
    let pin = |(pin, _): &(Section, String)| Pin {
        view: pin.view.id().into(),
        params: pin.params.clone(),
        only: pin.only.clone(),
        note: pin.note.clone(),
    };
    share.pins.iter().map(pin).collect()
}

/// Pins what a session says, once, as soon as its files are there.
pub fn take_pins(state: &mut AppState, session: &mut Session) {
    let found: Vec<Pin> = session.pins_for(&state.files.sources).into_iter().cloned().collect();
    session.pins.retain(|pin| !found.contains(pin));
    for pin in found {
        let Some(view) = View::from_id(&pin.view) else { continue };
        let title = match pin.only.split_once('-') {
            Some(("event", place)) => format!("Event {place}"),
            Some((_, name)) => name.replace('-', " "),
            None => continue,
        };
        let section = Section { view, params: pin.params, only: pin.only, note: pin.note, ..Section::default() };
        pin_once(&mut state.share, section, title);
    }
}

/// Pinned twice, it is there once.
fn pin_once(share: &mut ShareState, section: Section, title: String) {
    let is_same = |own: &Section| (own.view, &own.params, &own.only) == (section.view, &section.params, &section.only);
    if !share.pins.iter().any(|(own, _)| is_same(own)) {
        share.pins.push((section, title));
    }
}

/// Nothing that was asked by name may stay on the screen.
fn screen_safe(state: &mut AppState, on: bool) -> Vec<Effect> {
    state.share.screen_safe = on;
    state.share.pins.clear();
    (state.selected, state.details) = (None, None);
    state.views.clear();
    state.reset_query(guestlens_core::protocol::Query { sort: state.query().sort, ..Default::default() });
    state.facet_text.clear();
    state.alerts.clear();
    state.answer = super::Answer::default();
    state.visits.clear();
    let message = ToEngine::ScreenSafe { on };
    let question = state.ask();
    vec![Effect::Send(message), question]
}

/// The engine or the verification says something about a report.
pub fn take(state: &mut AppState, message: FromEngine) {
    let share = &mut state.share;
    match message {
        FromEngine::Shared(shared) if shared.id == share.id => {
            (share.shared, share.progress) = (Some(Rc::from(shared)), (0, 0));
        }
        FromEngine::Sharing { id, done, of } if id == share.id => share.progress = (done, of),
        FromEngine::Verified { id, verdict } if id == share.id => share.verdict = Some(Rc::from(verdict)),
        _ => {}
    }
}

/// The steps of time that the dialog offers.
pub const TIMES: [Precision; 4] = [Precision::Week, Precision::Day, Precision::Hour, Precision::Exact];
