//! The engine role: a worker that reads files and answers questions.
//!
//! Messages both ways are arrays of the message as bytes and, beside it, a `File` or finished bytes. Files are
//! read ahead: the browser fetches the next piece while one is parsed. Whatever arrives meanwhile is
//! answered between two pieces. Once no file waits, those that were read are hashed in the background.

mod reading;
mod sharing;

use guestlens_core::{
    engine::{Engine, Writing, bench::BenchTruth, warm::Warming},
    protocol::{Ask, FromEngine, ToEngine, ViewRequest},
    report::DownloadKind,
    sample::{self, SampleFile},
    wire,
};
use js_sys::{Array, Date, Uint8Array};
use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, File, FilePropertyBag, MessageEvent};

/// The least time between two progress messages, ms.
const PROGRESS_EVERY: f64 = 100.0;
/// The least time between two answers to the same question while files load, ms.
const FRAME_EVERY: f64 = 400.0;
/// While files load, answers take at most about one part in so many of the time.
const FRAME_SHARE: f64 = 30.0;
/// How long what an answer has left is worked out before whoever waits is heard, ms.
const SLICE: f64 = 40.0;
/// The least time between two answers while that goes on, ms.
const STEP_EVERY: f64 = 200.0;
/// While that goes on, answers take at most about one part in so many of the time.
const STEP_SHARE: f64 = 3.0;

/// What [`reading::read`] does.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Reader {
    /// It does not run.
    #[default]
    Idle,
    /// It hashes files, or works ahead.
    Behind,
    /// It reads files.
    Reading,
}

#[derive(Default)]
struct Worker {
    engine: Engine,
    /// A report that is being written.
    writing: Option<Writing>,
    /// The same events without names, while the screen is to show nobody.
    screen: Option<Box<Engine>>,
    /// Files that wait.
    files: VecDeque<(u32, File)>,
    /// Files that were read to their end and have no hash yet.
    unhashed: VecDeque<(u32, File)>,
    reader: Reader,
    /// How often reading was cancelled; a reader of an earlier count stops.
    cancels: u32,
    question: Option<(u32, Ask)>,
    /// Whether the newest answer is out of date.
    is_stale: bool,
    /// Events that the newest answer was about.
    answered_events: u64,
    /// When the newest answer was finished, and how long it took, ms.
    answered: (f64, f64),
    /// When the page last said something, ms.
    heard: f64,
    /// When the newest progress was sent, ms.
    reported: f64,
    /// Whether [`Worker::go_on`] is due.
    goes_on: bool,
    /// Bench questions to be answered once nothing is being read.
    waiting: Vec<u32>,
}

thread_local! {
    static WORKER: RefCell<Worker> = RefCell::default();
    /// The file whose bytes are being read right now: to blame if that is the end.
    static READING: Cell<Option<u32>> = const { Cell::new(None) };
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn post(message: &FromEngine) {
    let message = Uint8Array::from(&*wire::write(message));
    let (parts, moved) = (Array::of1(&message), Array::of1(&message.buffer()));
    scope().post_message_with_transfer(&parts, &moved).expect("bytes can be moved");
}

fn post_with(message: &FromEngine, bytes: &[u8]) {
    post_parts(message, &[Uint8Array::from(bytes)]);
}

/// With finished bytes beside it, which are moved.
fn post_parts(message: &FromEngine, bytes: &[Uint8Array]) {
    let message = Uint8Array::from(&*wire::write(message));
    let (parts, moved) = (Array::of1(&message), Array::of1(&message.buffer()));
    for bytes in bytes {
        parts.push(bytes);
        moved.push(&bytes.buffer());
    }
    scope().post_message_with_transfer(&parts, &moved).expect("bytes can be moved");
}

/// Files are handed over by their handles; the browser keeps the bytes.
fn post_files(message: &FromEngine, files: Vec<SampleFile>) {
    let parts = Array::of1(&Uint8Array::from(&*wire::write(message)));
    for SampleFile { name, bytes, .. } in files {
        let content = Array::of1(&Uint8Array::from(&*bytes));
        parts.push(
            &File::new_with_u8_array_sequence_and_options(&content, &name, &FilePropertyBag::new())
                .expect("a file of bytes"),
        );
    }
    scope().post_message(&parts).expect("file handles can be cloned");
}

/// Starts the role.
pub fn run() {
    // Where, not what: a panic's text may carry cells of a file.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, ToString::to_string);
        post(&FromEngine::Panicked { place, file: READING.get() });
    }));
    let on_message =
        Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| receive(&event.data().unchecked_into()));
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    WORKER.with_borrow_mut(|worker| worker.engine.set_stepwise());
    post(&FromEngine::Ready);
    warm_up(None);
}

/// Exercises the engine while nothing else is asked of it, a step at a time.
fn warm_up(warming: Option<Warming>) {
    gloo::timers::callback::Timeout::new(0, move || {
        if WORKER.with_borrow(|worker| !worker.engine.store().sources.is_empty()) {
            return;
        }
        // Made here, not by the caller: it takes a moment, and the page waits for the engine to start.
        let mut warming = warming.unwrap_or_default();
        if warming.step() {
            warm_up(Some(warming));
        }
    })
    .forget();
}

fn receive(message: &Array) {
    let file = message.get(1).dyn_into::<File>().ok();
    let words = message.get(0).dyn_into::<Uint8Array>().map(|words| words.to_vec());
    let Some(said) = words.ok().and_then(|words| wire::read::<ToEngine>(&words)) else { return };
    if let ToEngine::Verify { id, name, interactive } = &said {
        return sharing::verify(*id, name, *interactive, message);
    }
    let (message, beside) = (said, message.get(1));
    let start = WORKER.with_borrow_mut(|worker| {
        worker.heard = Date::now();
        worker.take(message, file, &beside);
        let is_idle = worker.reader == Reader::Idle;
        let waits = !worker.files.is_empty();
        if waits {
            worker.reader = Reader::Reading;
        }
        is_idle && waits
    });
    if start {
        wasm_bindgen_futures::spawn_local(reading::read());
    }
}

impl Worker {
    fn take(&mut self, message: ToEngine, file: Option<File>, beside: &JsValue) {
        match message {
            ToEngine::Open { name, size, skip, mappings, sample, report, .. } => {
                let id = self.engine.open_with(&name, size, mappings);
                if report {
                    self.engine.mark_report(id);
                }
                if sample {
                    self.engine.mark_sample(id);
                }
                match (skip, file) {
                    (Some(kind), _) => self.engine.fail(id, kind),
                    (None, Some(file)) => self.files.push_back((id, file)),
                    (None, None) => self.engine.fail(id, guestlens_core::store::ProblemKind::Unreadable),
                }
                self.report();
            }
            ToEngine::Cancel => {
                self.cancels += 1;
                self.files.clear();
                self.engine.cancel();
                self.tell_all_is_read();
                self.finish();
            }
            ToEngine::Run { seq, ask } => {
                self.question = Some((seq, *ask));
                self.is_stale = true;
                // Questions that already wait behind this one replace it.
                gloo::timers::callback::Timeout::new(0, || WORKER.with_borrow_mut(Self::answer)).forget();
            }
            ToEngine::Rows { seq, from, count, columns } => {
                self.answer();
                if let Some((newest, Ask { view: ViewRequest::Events { from: first, count: lines, .. }, .. })) =
                    &mut self.question
                    && *newest == seq
                {
                    (*first, *lines) = (from, count);
                    post(&FromEngine::Rows { seq, rows: self.shown().rows(from, count, &columns) });
                }
            }
            ToEngine::Details { index, zone } => {
                self.answer();
                let details = self.shown().details(index, &zone).map(Box::new);
                post(&FromEngine::Details { details });
            }
            ToEngine::Export { format, columns } => {
                self.answer();
                let (bytes, events) = self.shown().export(format, &columns);
                post_with(&FromEngine::Exported { format, events }, &bytes);
            }
            ToEngine::ExportTable { table, format } => {
                self.answer();
                if let Some((bytes, lines)) = self.shown().export_table(&table, format) {
                    post_with(&FromEngine::TableExported { id: table.id, format, lines }, &bytes);
                }
            }
            ToEngine::Sheet { sheet, format } => {
                post_with(&FromEngine::Sheet { sheet, format }, &self.shown().sheet(sheet, format));
            }
            ToEngine::Download { kind, key, zone } => {
                // A sheet goes to a sponsor, who knows the guests; anything else is what the screen shows.
                let engine = if kind == DownloadKind::SponsorSheet { &mut self.engine } else { self.shown() };
                if let Some((bytes, name, mime)) = engine.download(kind, &key, &zone) {
                    post_with(&FromEngine::Downloaded { kind, name, mime: mime.into() }, &bytes);
                }
            }
            ToEngine::Share(request) => self.share(&request, beside),
            ToEngine::StopShare => self.writing = None,
            ToEngine::ScreenSafe { on } => self.screen_safe(on),
            ToEngine::Verify { .. } => {}
            ToEngine::Mapping { source } => {
                post(&FromEngine::Mapping { sheet: self.shown().mapping(source).map(Box::new) });
            }
            ToEngine::Sample => post_files(&FromEngine::Sample, sample::files(sample::SEED)),
            ToEngine::Bench { id, name, .. } if name.is_empty() => {
                self.waiting.push(id);
                self.answer_waiting();
            }
            ToEngine::Bench { id, name, activity, needle } => {
                let truth = BenchTruth { filter_activity: activity, needle };
                let json = self.engine.bench_query(&name, &truth).to_string();
                post(&FromEngine::Benched { id, json });
            }
        }
    }

    /// What the screen is answered from.
    fn shown(&mut self) -> &mut Engine {
        self.screen.as_deref_mut().unwrap_or(&mut self.engine)
    }

    /// Answers the newest question, unless that has been done.
    fn answer(&mut self) {
        if !std::mem::take(&mut self.is_stale) {
            return;
        }
        let Some((seq, ask)) = self.question.clone() else { return };
        let start = Date::now();
        let frame = self.shown().ask(seq, &ask);
        self.answered_events = frame.total;
        post(&FromEngine::Frame(Box::new(frame)));
        let end = Date::now();
        self.answered = (end, end - start);
        self.go_on_later();
    }

    /// Sees to what the newest answer has left, once files are read.
    fn go_on_later(&mut self) {
        if !self.goes_on && self.reader != Reader::Reading && self.shown().has_steps() {
            self.goes_on = true;
            gloo::timers::callback::Timeout::new(0, || WORKER.with_borrow_mut(Self::go_on)).forget();
        }
    }

    /// Works out what the newest answer has left, for a moment, and answers again from time to time.
    fn go_on(&mut self) {
        self.goes_on = false;
        if self.is_stale || self.reader == Reader::Reading {
            return;
        }
        let start = Date::now();
        while self.shown().has_steps() && Date::now() - start < SLICE {
            self.shown().step();
        }
        let (end, cost) = self.answered;
        let due = Date::now() - end >= (STEP_SHARE * cost).max(STEP_EVERY);
        if due || !self.shown().has_steps() {
            self.is_stale = true;
            self.answer();
        }
        self.go_on_later();
    }

    /// Answers again while files load: at once when the first events are there, then from time to time.
    fn answer_in_passing(&mut self) {
        let events = self.engine.store().len() as u64;
        let (end, cost) = self.answered;
        let due = self.answered_events == 0 || Date::now() - end >= (FRAME_SHARE * cost).max(FRAME_EVERY);
        if events != self.answered_events && due {
            self.is_stale = true;
            self.answer();
        }
    }

    /// Says how far reading is, if that was not said just now.
    fn report_in_passing(&mut self) {
        if Date::now() - self.reported >= PROGRESS_EVERY {
            self.report();
        }
    }

    fn report(&mut self) {
        let progress = self.shown().progress();
        post(&progress);
        self.reported = Date::now();
    }

    /// Every event can be asked for: answers about all of them.
    fn tell_all_is_read(&mut self) {
        if self.screen.is_some() && !self.engine.store().sources.iter().any(guestlens_core::store::SourceInfo::is_open)
        {
            self.screen_safe(true);
        }
        self.is_stale = self.question.is_some();
        self.answer();
        self.answer_waiting();
    }

    /// Nothing is being read any more: the last word to the newest question, and only then the news.
    fn finish(&mut self) {
        self.tell_more();
        self.report();
    }

    /// Answers the newest question again if it had to do without something that is there by now.
    fn tell_more(&mut self) {
        if self.files.is_empty() && self.screen.is_none() && self.engine.has_more_to_say() {
            self.is_stale = true;
            self.answer();
        }
    }

    fn answer_waiting(&mut self) {
        if self.reader == Reader::Reading || !self.files.is_empty() {
            return;
        }
        let json = format!("{{\"rows\":{}}}", self.engine.store().len());
        for id in self.waiting.drain(..) {
            post(&FromEngine::Benched { id, json: json.clone() });
        }
    }
}
