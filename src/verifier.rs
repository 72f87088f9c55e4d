//! A worker of its own that reads a finished report again. It ends with its answer.

use crate::engine_link::{EngineLink, Heard};
use guestlens_core::{protocol::ToEngine, share::Shared};
use js_sys::Uint8Array;
use yew::Callback;

/// A finished report, as it waits for the verdict and then for being saved.
pub struct Held {
    id: u32,
    name: String,
    /// Away while it is read again.
    report: Uint8Array,
    key_file: Uint8Array,
    link: Option<EngineLink>,
}

impl Default for Held {
    fn default() -> Self {
        let nothing = Uint8Array::new_with_length(0);
        Self { id: 0, name: String::new(), report: nothing.clone(), key_file: nothing, link: None }
    }
}

impl Held {
    /// Keeps a report and has it read again. `bytes`: the report, the identifiers, the key file.
    ///
    /// `page`: of an interactive report, the page that it has to be.
    pub fn new(shared: &Shared, bytes: [Uint8Array; 3], page: Option<&Uint8Array>, heard: Callback<Heard>) -> Self {
        let (id, name) = (shared.id, shared.name.clone());
        let [report, known, key_file] = bytes;
        if shared.is_real {
            return Self { id, name, report, key_file, link: None };
        }
        let link = EngineLink::start(heard);
        let interactive = shared.interactive;
        let message = ToEngine::Verify { id, name: name.clone(), interactive };
        let page = page.filter(|_| interactive.is_some());
        // The identifiers are not needed here any more, and the report comes back with the verdict.
        let parts: Vec<&Uint8Array> = [&known, &report].into_iter().chain(page).collect();
        link.send_with(&message, &parts, 2);
        let report = Uint8Array::new_with_length(0);
        Self { id, name, report, key_file, link: Some(link) }
    }

    /// The verdict is there, and the very bytes it is about: its worker is not needed any more.
    pub fn done(&mut self, id: u32, report: Uint8Array) {
        if self.id == id {
            (self.link, self.report) = (None, report);
        }
    }

    /// Stops the verification, and forgets the report.
    pub fn stop(&mut self) {
        *self = Self::default();
    }

    /// Name and bytes, if this is the report of that request.
    pub fn report(&self, id: u32) -> Option<(&str, &Uint8Array)> {
        (self.id == id && self.report.length() > 0).then_some((self.name.as_str(), &self.report))
    }

    /// The key file of that request.
    pub fn key_file(&self, id: u32) -> Option<&Uint8Array> {
        (self.id == id).then_some(&self.key_file)
    }
}
