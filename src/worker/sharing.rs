//! Reports, their verification, and the screen that shows nobody.

use super::{Worker, post};
use guestlens_core::{
    protocol::FromEngine,
    redact::KEY_BYTES,
    share::{ShareRequest, verify},
    time::{self, Zone},
};
use js_sys::Uint8Array;
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
    pub(super) fn share(&mut self, request: &ShareRequest) {
        let mut request = request.clone();
        let now = (js_sys::Date::now() as i64) * (time::SECOND / 1000);
        request.composition.day = time::plain_day(now, &Zone::default());
        let sharing = self.engine.share(&request, &new_key());
        let mut bytes = sharing.report;
        bytes.extend_from_slice(&sharing.known);
        bytes.extend_from_slice(&sharing.key_file);
        super::post_with(&FromEngine::Shared(Box::new(sharing.shared)), &bytes);
    }

    /// Shows labels from now on, or names again; what was asked is answered anew.
    pub(super) fn screen_safe(&mut self, on: bool) {
        self.screen = on.then(|| Box::new(self.engine.screen_safe(&new_key())));
        self.is_stale = self.question.is_some();
        self.report();
        self.answer();
    }
}

/// Reads a finished report. For this an engine of its own is started, which has seen nothing else.
pub(super) fn verify(id: u32, name: &str, size: u32, beside: &JsValue) {
    let Some(bytes) = beside.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec) else { return };
    let (report, known) = bytes.split_at((size as usize).min(bytes.len()));
    let verdict = match verify::Identifiers::from_bytes(known) {
        Some(known) => verify::verify(report, name, &known),
        // Without knowing what to look for there is nothing to be sure of.
        None => verify::Verdict { count: 1, ..verify::Verdict::default() },
    };
    post(&FromEngine::Verified { id, verdict: Box::new(verdict) });
}
