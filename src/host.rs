//! Talk with the outer page, and with the `shell` object that boot.js leaves behind.
//!
//! The outer page has a real address, takes drops on the whole window and can save files; the frame
//! that the app lives in has an opaque origin and none of that. Messages both ways are arrays,
//! `[op, ...arguments]`, so neither side needs a serialiser. Both sides check the sender.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, File, MessageEvent, Window};

/// What the outer page tells the app.
pub enum FromOuter {
    /// The address now ends in this: `""` or `#…`. Comes once after `connect`, then whenever the user
    /// edits the address or goes back; never for a change the app has asked for itself.
    Hash(String),
    /// Files were dropped anywhere on the page, those in dropped folders included.
    Files {
        /// Those that could be taken.
        files: Vec<File>,
        /// How many files or folders could not be read.
        unreadable: u32,
        /// How many files were left out because there are too many; at least.
        left_out: u32,
    },
    /// Ctrl+P was pressed while the outer page had the focus: show what is to be printed, then `print`.
    Print,
    /// This file is a report: its data.
    Report(File),
    /// The page's own file, byte for byte, which was asked for, and what the page has loaded beside it.
    Source(Uint8Array, Vec<String>),
    /// A question of the benchmark page (`cargo xtask build --bench`), to be answered with `answer_bench`.
    Bench {
        /// Comes back with the answer.
        id: u32,
        /// The question.
        ask: Bench,
    },
}

/// The questions of the benchmark page; `static/bench.js` says what the answers look like.
pub enum Bench {
    /// Answer as soon as the engine can take files.
    Ready,
    /// Read this file; answer when every row can be queried.
    Load(File),
    /// Run one of the named queries.
    Query {
        /// `filter`, `search`, `needle`, `byActivity`, `byDay` or `guests`.
        name: String,
        /// The activity that `filter` is about.
        activity: String,
        /// The text that `needle` looks for.
        needle: String,
    },
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = shell, js_name = setLoaded)]
    fn shell_set_loaded(yes: bool);
    #[wasm_bindgen(js_namespace = shell, js_name = blocked)]
    fn shell_blocked() -> String;
    #[wasm_bindgen(js_namespace = shell, js_name = tryDoors)]
    fn shell_try_doors() -> js_sys::Promise;
    #[wasm_bindgen(js_namespace = shell, js_name = policy)]
    fn shell_policy() -> String;
}

fn window() -> Window {
    web_sys::window().expect("the page role has a window")
}

fn outer() -> Window {
    window().parent().ok().flatten().expect("the app lives in a frame")
}

fn post(message: &Array) {
    // The outer page's origin is `null` at file://, so it cannot be named; nothing secret is sent.
    outer().post_message(message, "*").expect("can be cloned");
}

/// Listens to the outer page and tells it that the app is there. To be called once, by the page role.
pub fn connect(receive: impl Fn(FromOuter) + 'static) {
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let from_outer = event.source().is_some_and(|source| JsValue::from(source) == JsValue::from(outer()));
        if let Some(message) = event.data().dyn_ref::<Array>().filter(|_| from_outer).and_then(decode) {
            receive(message);
        }
    });
    window().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    post(&Array::of1(&"hello".into()));
}

fn decode(message: &Array) -> Option<FromOuter> {
    let text = |at| message.get(at).as_string();
    Some(match text(0)?.as_str() {
        "hash" => FromOuter::Hash(text(1)?),
        "files" => {
            let files: Array = message.get(1).dyn_into().ok()?;
            let count = |at| message.get(at).as_f64().map_or(0, |count| count as u32);
            let files = files.iter().filter_map(|file| file.dyn_into().ok()).collect();
            FromOuter::Files { files, unreadable: count(2), left_out: count(3) }
        }
        "print" => FromOuter::Print,
        "report" => FromOuter::Report(message.get(1).dyn_into().ok()?),
        "source" => {
            let loaded: Array = message.get(2).dyn_into().ok()?;
            let loaded = loaded.iter().filter_map(|name| name.as_string()).collect();
            FromOuter::Source(message.get(1).dyn_into().ok()?, loaded)
        }
        "bench" => FromOuter::Bench { id: message.get(1).as_f64()? as u32, ask: decode_bench(message)? },
        _ => return None,
    })
}

fn decode_bench(message: &Array) -> Option<Bench> {
    let text = |at| message.get(at).as_string();
    Some(match text(2)?.as_str() {
        "ready" => Bench::Ready,
        "load" => Bench::Load(message.get(3).dyn_into().ok()?),
        "query" => Bench::Query { name: text(3)?, activity: text(4)?, needle: text(5)? },
        _ => return None,
    })
}

/// Replaces the address's end, say `#view=guests`. The outer page takes only
/// `^#[A-Za-z0-9_=&:;%.,+~*!-]{0,4000}$` and ignores the rest. What was read from a file never goes here.
pub fn set_hash(hash: &str) {
    post(&Array::of2(&"hash".into(), &hash.into()));
}

/// The same as a step of its own in the history, to which the Back button returns.
pub fn push_hash(hash: &str) {
    post(&Array::of3(&"hash".into(), &hash.into(), &"push".into()));
}

/// Asks for the page's own file: [`FromOuter::Source`].
pub fn ask_source() {
    post(&Array::of1(&"source".into()));
}

/// Saves a file under that name; its bytes are `parts` one after the other.
///
/// The outer page does it, as Firefox refuses a download in the frame. It keeps letters, digits, space,
/// `_`, `-` and `.` of the name and hands the file over as plain bytes, whatever `mime` says.
///
/// # Panics
/// Where the browser cannot make a blob of bytes: none is known.
pub fn save(name: &str, mime: &str, parts: &[Uint8Array]) {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts: Array = parts.iter().collect();
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).expect("a blob of bytes");
    post(&Array::of3(&"save".into(), &name.into(), &blob));
}

/// Tells the shell whether files are loaded: while they are, closing or leaving the page asks first.
pub fn loaded(yes: bool) {
    shell_set_loaded(yes);
}

/// Prints this frame's document alone, over as many sheets as it needs.
pub fn print() {
    let _ = window().print();
}

/// What the page's policy has refused in this frame: the rule and the address. No more than [`blocked_by_test`], or
/// something is wrong.
pub fn blocked() -> Vec<String> {
    serde_json::from_str(&shell_blocked()).unwrap_or_default()
}

/// What became of an attempt to send something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// The browser refused it by the page's policy, and reported that.
    Reported,
    /// It failed at once: the page has taken the way out away, or the sandbox has.
    Gone,
    /// Nothing refused it.
    Open,
}

/// Tries every door there is, and says of each by its name what became of it.
pub async fn try_doors() -> Vec<(String, Attempt)> {
    let before = blocked().len();
    let tried = wasm_bindgen_futures::JsFuture::from(shell_try_doors()).await.ok();
    let text = tried.and_then(|tried| tried.as_string()).unwrap_or_default();
    let doors: Vec<(String, String)> = serde_json::from_str(&text).unwrap_or_default();
    let attempt = |(door, result): (String, String)| {
        let attempt = match result.as_str() {
            "reported" => Attempt::Reported,
            "gone" => Attempt::Gone,
            _ => Attempt::Open,
        };
        (door, attempt)
    };
    BY_TEST.set(BY_TEST.get() + (blocked().len() - before));
    doors.into_iter().map(attempt).collect()
}

thread_local! {
    static BY_TEST: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// How many of the refusals were attempts of [`try_doors`].
pub fn blocked_by_test() -> usize {
    BY_TEST.get()
}

/// The Content Security Policy that is in force here, to be shown to whoever asks.
pub fn policy() -> String {
    shell_policy()
}

/// Answers a question of the benchmark page; `json` is the text of one JSON value.
pub fn answer_bench(id: u32, json: &str) {
    post(&Array::of3(&"bench".into(), &id.into(), &json.into()));
}
