//! Reports, their verification, and the screen that shows nobody.

use super::{Worker, post, reading::Bin};
use guestlens_core::{
    engine::Writing,
    protocol::FromEngine,
    redact::KEY_BYTES,
    share::{ShareRequest, verify},
    time::{self, Zone},
};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn get_random_values(bytes: &mut [u8]);
}

/// A key nobody has had before.
fn new_key() -> [u8; KEY_BYTES] {
    let mut key = [0; KEY_BYTES];
    get_random_values(&mut key);
    key
}

impl Worker {
    /// Begins to write a report; one that is being written is given up.
    pub(super) fn share(&mut self, request: &ShareRequest, page: &JsValue) {
        let mut request = request.clone();
        let now = (js_sys::Date::now() as i64) * (time::SECOND / 1000);
        request.composition.day = time::plain_day(now, &Zone::default());
        let page = page.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default();
        let key = request.key().unwrap_or_else(new_key);
        let is_running = self.writing.is_some();
        self.writing = Some(Writing::new(request, key, page));
        if !is_running {
            write_on();
        }
    }

    fn write(&mut self) {
        let Some(mut writing) = self.writing.take() else { return };
        let Some(sharing) = writing.step(&mut self.engine) else {
            post(&FromEngine::Sharing { id: writing.id(), done: writing.done(), of: Writing::STEPS });
            self.writing = Some(writing);
            return write_on();
        };
        // Each by itself, and freed once it is handed over: there is to be room for what reads it again.
        let mut parts = vec![Uint8Array::from(&*sharing.report)];
        drop(sharing.report);
        parts.extend([&sharing.known, &sharing.key_file].map(|bytes| Uint8Array::from(&**bytes)));
        super::post_parts(&FromEngine::Shared(Box::new(sharing.shared)), &parts);
    }

    /// Shows labels from now on, or names again; what was asked is answered anew.
    pub(super) fn screen_safe(&mut self, on: bool) {
        self.screen = on.then(|| Box::new(self.engine.screen_safe(&new_key())));
        self.is_stale = self.question.is_some();
        self.report();
        self.answer();
    }
}

/// The next step, once everything is heard that was said meanwhile.
fn write_on() {
    gloo::timers::callback::Timeout::new(0, || super::WORKER.with_borrow_mut(Worker::write)).forget();
}

/// Bytes that stay with the browser, of which a piece at a time is looked at.
struct Beside(Uint8Array);

impl verify::Source for Beside {
    fn len(&self) -> usize {
        self.0.length() as usize
    }

    fn piece(&self, from: usize, to: usize) -> Vec<u8> {
        self.0.subarray(from as u32, to as u32).to_vec()
    }
}

/// Reads a finished report, and gives it back with the verdict. For this an engine of its own is started, which has seen nothing else.
pub(super) fn verify(id: u32, name: &str, interactive: Option<i64>, message: &Array) {
    let bin = Bin::new();
    let bytes = |at: u32| Beside(message.get(at).dyn_into().unwrap_or_else(|_| Uint8Array::new_with_length(0)));
    let (known, report, page) = (bytes(1), bytes(2), bytes(3).0.to_vec());
    let identifiers = verify::Identifiers::read(&known);
    // As bytes they are not needed any more.
    bin.drop(&known.0.buffer());
    let mut told = 0;
    let verdict = match (identifiers, interactive) {
        (Some(known), Some(step)) => verify::verify_pieces(&report, name, &known, (&page, step), &mut |done, of| {
            let part = (done * 100 / of.max(1)) as u32;
            if part > told {
                told = part;
                post(&FromEngine::Sharing { id, done: part, of: 100 });
            }
        }),
        (Some(known), None) => verify::verify(&report.0.to_vec(), name, &known),
        // Without knowing what to look for there is nothing to be sure of.
        (None, _) => verify::Verdict { count: 1, ..verify::Verdict::default() },
    };
    super::post_parts(&FromEngine::Verified { id, verdict: Box::new(verdict) }, &[report.0]);
}
