//! The page role's one stateful component: it owns the state, the engine link and the listeners, and
//! carries out what [`reduce`] asks for.

use crate::{
    action::{Action, FileAction, Opened, ShareStep, Theme},
    components::page,
    engine_link::{EngineLink, Heard},
    focus,
    host::{self, Bench, FromOuter},
    keys::{self, Meaning, Press},
    saving,
    session_files::{self, Sorted},
    state::{AppState, Effect, OwnFile, Printing, reduce},
    verifier::Held,
    zone,
};
use gloo::timers::callback::{Interval, Timeout};
use guestlens_core::{
    protocol::{ExportFormat, FromEngine, Sheet, SheetFormat, ToEngine},
    share::{Form, Shared, verify},
};
use js_sys::{Date, Uint8Array};
use std::rc::Rc;
use web_sys::File;
use yew::prelude::*;

/// How long the engine may be silent while it has something to do, ms.
const SILENCE: f64 = 20_000.0;
/// How long the engine has to stop reading, ms.
const CANCEL: u32 = 2_000;

/// What reaches the page.
pub enum Msg {
    /// Somebody did something.
    Act(Action),
    /// A key went down.
    Key(Press),
    /// The engine's worker said something.
    Heard(Heard),
    /// The outer page said something.
    Outer(FromOuter),
    /// Sessions were told from other files.
    Sorted(Sorted),
    /// Time to look whether the engine still answers.
    Watch,
}

/// The page.
pub struct App {
    state: Rc<AppState>,
    link: EngineLink,
    on_action: Callback<Action>,
    /// When the engine was last heard, or was given something to do while it had nothing, ms.
    heard: f64,
    after_g: bool,
    cancel: Option<Timeout>,
    /// The newest report, which waits for its verdict or for being saved.
    held: Held,
    /// The page's own file, once it was asked for.
    source: Option<Uint8Array>,
    /// A report that waits for it.
    waiting: Option<ToEngine>,
    _watch: Interval,
}

/// Starts the role.
pub fn run() {
    yew::Renderer::<App>::new().render();
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let outer = ctx.link().callback(Msg::Outer);
        host::connect(move |message| outer.emit(message));
        focus::keep();
        keys::listen(ctx.link().callback(Msg::Key));
        keys::listen_to_paste(ctx.link().callback(|files| Msg::Act(Action::OpenFiles(files))));
        let watch = ctx.link().callback(|()| Msg::Watch);
        Self {
            state: Rc::default(),
            link: EngineLink::start(ctx.link().callback(Msg::Heard)),
            on_action: ctx.link().callback(Msg::Act),
            heard: Date::now(),
            after_g: false,
            cancel: None,
            held: Held::default(),
            source: None,
            waiting: None,
            _watch: Interval::new(5_000, move || watch.emit(())),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Act(action) => self.act(ctx, action),
            Msg::Key(press) => self.press(ctx, &press),
            Msg::Heard(Heard::Lost { out_of_memory }) => self.act(ctx, Action::EngineLost { out_of_memory }),
            Msg::Heard(Heard::Sample(files)) => {
                self.heard = Date::now();
                let opened = self.keep(files);
                self.act(ctx, Action::Files(FileAction::SampleOpened(opened)))
            }
            Msg::Heard(Heard::Report(message, bytes)) => {
                // One that was stopped may have been on its way.
                if let FromEngine::Shared(shared) = &*message
                    && shared.id == self.state.share.id
                {
                    self.hold(ctx, shared, bytes);
                }
                self.act(ctx, Action::Engine(message))
            }
            Msg::Heard(Heard::Message(message, bytes)) => {
                self.heard = Date::now();
                match (*message, bytes) {
                    (FromEngine::Exported { format, events }, Some(bytes)) => {
                        save_export(format, events, &bytes);
                        false
                    }
                    (FromEngine::Sheet { sheet, format }, Some(bytes)) => {
                        save_sheet(sheet, format, &bytes);
                        false
                    }
                    (FromEngine::Downloaded { name, mime, .. }, Some(bytes)) => {
                        host::save(&name, &mime, &[bytes]);
                        false
                    }
                    (FromEngine::TableExported { id, format, lines }, Some(bytes)) => {
                        save_table(&id, format, lines, &bytes);
                        false
                    }
                    (FromEngine::Verified { id, verdict }, Some(report)) => {
                        self.held.done(id, report);
                        self.act(ctx, Action::Engine(Box::new(FromEngine::Verified { id, verdict })))
                    }
                    (FromEngine::Benched { id, json }, _) => {
                        host::answer_bench(id, &json);
                        false
                    }
                    (message, _) => self.act(ctx, Action::Engine(Box::new(message))),
                }
            }
            Msg::Outer(message) => self.hear_outer(ctx, message),
            Msg::Sorted((files, sessions)) => {
                let mut changed = self.read(ctx, files);
                for (name, text) in sessions {
                    changed |= self.act(ctx, Action::Files(FileAction::Session { name, text }));
                }
                changed
            }
            Msg::Watch => {
                let busy = self.is_busy();
                let silent = Date::now() - self.heard > SILENCE;
                busy && silent && self.act(ctx, Action::EngineSilent)
            }
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        if matches!(self.state.print, Printing::Ready(_) | Printing::Whole) {
            host::print();
            ctx.link().send_message(Msg::Act(Action::Printed));
        }
    }

    fn view(&self, _: &Context<Self>) -> Html {
        page(&self.state, &self.on_action)
    }
}

impl App {
    fn is_busy(&self) -> bool {
        self.state.files.is_loading() || !self.state.files.stopped && self.state.is_waiting()
    }

    fn act(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        let action = match action {
            Action::OpenFiles(files) if files.iter().any(session_files::may_be_session) => {
                let sorted = ctx.link().callback(Msg::Sorted);
                session_files::sort(files, move |found| sorted.emit(found));
                return false;
            }
            Action::OpenFiles(files) => Action::Opened(self.keep(files)),
            action => action,
        };
        let before = self.state.clone();
        let effects = reduce(Rc::make_mut(&mut self.state), action);
        for effect in effects {
            self.carry_out(ctx, effect);
        }
        *before != *self.state
    }

    /// Keeps a written report, and has another worker read it again.
    fn hold(&mut self, ctx: &Context<Self>, shared: &Shared, bytes: [Uint8Array; 3]) {
        let link = ctx.link().clone();
        let heard = Callback::from(move |heard| match heard {
            Heard::Message(message, bytes)
                if matches!(*message, FromEngine::Verified { .. } | FromEngine::Sharing { .. }) =>
            {
                link.send_message(Msg::Heard(Heard::Message(message, bytes)));
            }
            Heard::Message(message, _) if !matches!(*message, FromEngine::Panicked { .. }) => {}
            _ => link.send_message(Msg::Act(Action::Share(ShareStep::VerifierLost))),
        });
        self.held = Held::new(shared, bytes, self.source.as_ref(), heard);
    }

    fn send(&mut self, message: &ToEngine) {
        self.heard = Date::now();
        match (message, &self.source) {
            (ToEngine::Share(request), Some(source)) if request.form == Form::Interactive => {
                self.link.send_with(message, &[source], 0);
            }
            (ToEngine::Share(request), None) if request.form == Form::Interactive => {
                self.waiting = Some(message.clone());
                host::ask_source();
            }
            _ => self.link.send(message),
        }
    }

    /// Keeps the handles of files.
    fn keep(&mut self, files: Vec<File>) -> Vec<Opened> {
        let opened = files.iter().map(|file| Opened { name: file.name(), size: file.size() as u64 }).collect();
        self.link.keep(files);
        opened
    }

    /// Has files read, of which none is a session.
    fn read(&mut self, ctx: &Context<Self>, files: Vec<File>) -> bool {
        let opened = self.keep(files);
        self.act(ctx, Action::Opened(opened))
    }

    fn press(&mut self, ctx: &Context<Self>, press: &Press) -> bool {
        let meaning = keys::meaning(press, std::mem::take(&mut self.after_g), &self.state);
        match meaning {
            Meaning::Nothing => false,
            Meaning::Prefix => {
                self.after_g = true;
                false
            }
            Meaning::FocusSearch => {
                keys::focus("[data-testid=search]");
                false
            }
            Meaning::Leave => {
                keys::focus("#main");
                false
            }
            Meaning::Go(view) => {
                // Not the rail: the next Tab leads into the view.
                keys::focus("#main");
                self.act(ctx, Action::Show(view))
            }
            Meaning::Act(action) => self.act(ctx, action),
        }
    }

    fn hear_outer(&mut self, ctx: &Context<Self>, message: FromOuter) -> bool {
        match message {
            FromOuter::Hash(hash) => self.act(ctx, Action::Hash(hash)),
            FromOuter::Files { files, unreadable, left_out } => {
                let missed = unreadable > 0 || left_out > 0;
                let told = missed && self.act(ctx, Action::Files(FileAction::Missed { unreadable, left_out }));
                self.act(ctx, Action::OpenFiles(files)) || told
            }
            FromOuter::Print => self.act(ctx, Action::Print),
            FromOuter::Report(file) => {
                let opened = self.keep(vec![file]);
                self.act(ctx, Action::Files(FileAction::ReportOpened(opened)))
            }
            FromOuter::Source(bytes, mut loaded) => {
                loaded.retain(|name| !name.starts_with("blob:") && !name.starts_with("data:"));
                let sha256 = verify::sha256(&bytes.to_vec());
                self.source = Some(bytes);
                if let Some(message) = self.waiting.take() {
                    self.send(&message);
                }
                self.act(ctx, Action::OwnFile(Rc::new(OwnFile { sha256, loaded })))
            }
            FromOuter::Bench { id, ask } => self.bench(ctx, id, ask),
        }
    }

    fn bench(&mut self, ctx: &Context<Self>, id: u32, ask: Bench) -> bool {
        let (mut changed, mut question) = (false, [String::new(), String::new(), String::new()]);
        match ask {
            Bench::Ready => {}
            Bench::Load(file) => changed = self.read(ctx, vec![file]),
            Bench::Query { name, activity, needle } => question = [name, activity, needle],
        }
        let [name, activity, needle] = question;
        self.link.send(&ToEngine::Bench { id, name, activity, needle });
        changed
    }

    fn carry_out(&mut self, ctx: &Context<Self>, effect: Effect) {
        match effect {
            Effect::Send(message) => self.send(&message),
            Effect::AskOwnFile => host::ask_source(),
            Effect::StopShare => {
                self.waiting = None;
                self.held.stop();
            }
            Effect::Restart(keep) => {
                self.heard = Date::now();
                self.link.restart(&keep);
            }
            Effect::Stop => self.link.stop(),
            Effect::CancelTimer => {
                let overdue = self.on_action.clone();
                self.cancel = Some(Timeout::new(CANCEL, move || overdue.emit(Action::CancelOverdue)));
            }
            Effect::Hash { text, push: true } => host::push_hash(&text),
            Effect::Hash { text, push: false } => host::set_hash(&text),
            Effect::Loaded(yes) => host::loaded(yes),
            Effect::FindLocalZone => ctx.link().send_message(Msg::Act(Action::LocalZone(zone::local()))),
            Effect::Theme(theme) => set_theme(theme),
            Effect::SaveText { name, mime, text } => saving::text(&name, &mime, &text),
            Effect::SavePng { name, svg, width, height } => saving::png(name, &svg, width, height),
            Effect::SaveReport(id) => {
                if let Some((name, bytes)) = self.held.report(id) {
                    host::save(name, "application/octet-stream", std::slice::from_ref(bytes));
                }
            }
            Effect::SaveKeyFile(id) => {
                if let Some(bytes) = self.held.key_file(id) {
                    host::save("guestlens-key-keep-private.json", "application/json", std::slice::from_ref(bytes));
                }
            }
            Effect::Copy(text) => saving::copy(&text),
            Effect::Print => host::print(),
        }
    }
}

fn set_theme(theme: Theme) {
    let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
    let Some(root) = root else { return };
    let _ = match theme {
        Theme::System => root.remove_attribute("data-theme"),
        Theme::Light => root.set_attribute("data-theme", "light"),
        Theme::Dark => root.set_attribute("data-theme", "dark"),
    };
}

fn save_export(format: ExportFormat, events: u64, bytes: &Uint8Array) {
    let (ending, mime) = match format {
        ExportFormat::Csv => ("csv", "text/csv"),
        ExportFormat::Json => ("json", "application/json"),
        ExportFormat::JsonLines => ("jsonl", "application/jsonl"),
    };
    host::save(&format!("guestlens {events} events.{ending}"), mime, std::slice::from_ref(bytes));
}

fn save_table(id: &str, format: SheetFormat, lines: u64, bytes: &Uint8Array) {
    let (ending, mime) = ending(format);
    host::save(&format!("guestlens {id} {lines} lines.{ending}"), mime, std::slice::from_ref(bytes));
}

fn ending(format: SheetFormat) -> (&'static str, &'static str) {
    match format {
        SheetFormat::Csv => ("csv", "text/csv"),
        SheetFormat::Json => ("json", "application/json"),
    }
}

fn save_sheet(sheet: Sheet, format: SheetFormat, bytes: &Uint8Array) {
    let name = match sheet {
        Sheet::Integrity => "integrity sheet",
        Sheet::Problems => "problems",
    };
    let (ending, mime) = ending(format);
    host::save(&format!("guestlens {name}.{ending}"), mime, std::slice::from_ref(bytes));
}
