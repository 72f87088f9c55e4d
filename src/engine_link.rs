//! The only owner of the engine's worker, and of the handles of the files it reads.

use guestlens_core::{
    protocol::{FromEngine, ToEngine},
    wire,
};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, File, MessageEvent, Worker};
use yew::Callback;

#[wasm_bindgen]
extern "C" {
    /// From boot.js, which alone holds the Trusted Types policy that can make a worker: one that runs the
    /// module this very code runs from, so nothing is compiled again.
    #[wasm_bindgen(js_namespace = shell, js_name = newEngine)]
    fn new_engine() -> Worker;
}

/// What comes of the worker.
pub enum Heard {
    /// A message, with the bytes beside it.
    Message(Box<FromEngine>, Option<Uint8Array>),
    /// A written report: itself, the known identifiers, the key file.
    Report(Box<FromEngine>, [Uint8Array; 3]),
    /// The files of the invented tenant.
    Sample(Vec<File>),
    /// It has ended without a word.
    Lost {
        /// Whether its memory was used up.
        out_of_memory: bool,
    },
}

struct Running {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

/// The engine, seen from the page.
pub struct EngineLink {
    heard: Callback<Heard>,
    running: Option<Running>,
    /// The handle of each dropped file.
    files: Vec<File>,
}

impl EngineLink {
    /// Starts an engine.
    pub fn start(heard: Callback<Heard>) -> Self {
        let running = Some(Running::start(&heard));
        Self { heard, running, files: Vec::new() }
    }

    /// Keeps the handles of files that are about to be opened.
    pub fn keep(&mut self, files: Vec<File>) {
        self.files.extend(files);
    }

    /// Sends a message. Nothing is lost if the engine is still starting.
    ///
    /// # Panics
    /// Never: messages are plain data, and a test writes each of them.
    pub fn send(&self, message: &ToEngine) {
        let Some(running) = &self.running else { return };
        let parts = Array::of1(&Uint8Array::from(&*wire::write(message)));
        if let ToEngine::Open { file, skip: None, .. } = message
            && let Some(handle) = self.files.get(*file as usize)
        {
            parts.push(handle);
        }
        running.worker.post_message(&parts).expect("texts and file handles can be cloned");
    }

    /// Sends a message with bytes beside it, of which the first so many are moved, and gone here; others are copied.
    ///
    /// # Panics
    /// Never: messages are plain data, and a test writes each of them.
    pub fn send_with(&self, message: &ToEngine, bytes: &[&Uint8Array], moved: usize) {
        let Some(running) = &self.running else { return };
        let parts = Array::of1(&Uint8Array::from(&*wire::write(message)));
        let buffers = Array::new();
        for (at, bytes) in bytes.iter().enumerate() {
            parts.push(bytes);
            if at < moved {
                buffers.push(&bytes.buffer());
            }
        }
        running.worker.post_message_with_transfer(&parts, &buffers).expect("texts and bytes can be cloned");
    }

    /// Ends the engine and starts a new one; of the handles these are kept, in this order.
    pub fn restart(&mut self, keep: &[u32]) {
        self.files = keep.iter().filter_map(|id| self.files.get(*id as usize).cloned()).collect();
        self.running = None; // ends the old one first, so that its memory is free
        self.running = Some(Running::start(&self.heard));
    }

    /// Ends the engine.
    pub fn stop(&mut self) {
        self.running = None;
    }
}

impl Running {
    fn start(heard: &Callback<Heard>) -> Self {
        let worker = new_engine();
        let to_page = heard.clone();
        let on_message = Closure::new(move |event: MessageEvent| {
            let message: Array = event.data().unchecked_into();
            let words = message.get(0).dyn_into::<Uint8Array>().map(|words| words.to_vec());
            if let Some(said) = words.ok().and_then(|words| wire::read(&words)) {
                if matches!(said, FromEngine::Sample) {
                    let files = message.iter().filter_map(|part| part.dyn_into().ok());
                    return to_page.emit(Heard::Sample(files.collect()));
                }
                if matches!(said, FromEngine::Shared(_)) {
                    return to_page
                        .emit(Heard::Report(Box::new(said), [1, 2, 3].map(|at| message.get(at).unchecked_into())));
                }
                to_page.emit(Heard::Message(Box::new(said), message.get(1).dyn_into().ok()));
            }
        });
        let to_page = heard.clone();
        let on_error = Closure::new(move |event: ErrorEvent| {
            event.prevent_default();
            // What is not a panic, is a trap: the allocator has nothing else left to do.
            let why = event.message().to_lowercase();
            let out_of_memory = ["unreachable", "memory", "allocation"].iter().any(|word| why.contains(word));
            to_page.emit(Heard::Lost { out_of_memory });
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Self { worker, _on_message: on_message, _on_error: on_error }
    }
}

/// An instance that has panicked would still answer, wrongly. Never keep one.
impl Drop for Running {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}
