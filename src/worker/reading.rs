//! Reads the waiting files, one after another, several slices ahead.
//!
//! A slice on its way is filled by the browser only as far as a pipe holds, about two megabytes; the
//! rest moves while this thread is idle. So several small slices are asked for at once: while one is
//! parsed, the others arrive.

use super::{READING, WORKER, Worker};
use guestlens_core::store::ProblemKind;
use js_sys::{ArrayBuffer, Error, Function, Promise, Uint8Array};
use std::collections::VecDeque;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

const SLICE: f64 = 1_048_576.0;
/// How many slices are on their way.
const AHEAD: usize = 6;
/// How much of a slice is copied into the engine's memory at a time, which never shrinks again.
const PIECE: u32 = 1 << 18;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = ArrayBuffer)]
    type Buffer;
    #[wasm_bindgen(method, getter, js_name = transfer)]
    fn transfer_function(this: &Buffer) -> Option<Function>;
    #[wasm_bindgen(method)]
    fn transfer(this: &Buffer, length: u32) -> Buffer;
}

/// A file and the slices of it that are on their way.
struct Slices<'a> {
    file: &'a File,
    from: f64,
    pending: VecDeque<Promise>,
}

impl<'a> Slices<'a> {
    fn new(file: &'a File) -> Self {
        Self { file, from: 0.0, pending: VecDeque::new() }
    }

    /// The next slice; asks for more.
    fn next(&mut self) -> Option<Promise> {
        while self.pending.len() < AHEAD && self.from < self.file.size() {
            let slice = self.file.slice_with_f64_and_f64(self.from, self.from + SLICE).ok()?;
            self.pending.push_back(slice.array_buffer().unchecked_into());
            self.from += SLICE;
        }
        self.pending.pop_front()
    }
}

/// Reads until no file waits.
pub async fn read() {
    while let Some((id, file)) = WORKER.with_borrow_mut(|worker| worker.files.pop_front()) {
        READING.set(Some(id));
        WORKER.with_borrow_mut(Worker::report);
        let result = read_file(id, &file).await;
        WORKER.with_borrow_mut(|worker| match result {
            Ok(true) => worker.engine.end(id),
            Ok(false) => {} // the engine knows that it was cancelled
            Err(kind) => worker.engine.fail(id, kind),
        });
        READING.set(None);
        WORKER.with_borrow_mut(Worker::report_in_passing);
    }
    WORKER.with_borrow_mut(|worker| {
        worker.is_reading = false;
        worker.finish();
    });
}

/// Whether the file was read to its end: `false` if reading was cancelled.
async fn read_file(id: u32, file: &File) -> Result<bool, ProblemKind> {
    let turn = WORKER.with_borrow(|worker| worker.cancels);
    let mut slices = Slices::new(file);
    let mut bytes = Vec::new();
    while let Some(slice) = slices.next() {
        READING.set(None);
        let buffer = JsFuture::from(slice).await.map_err(|error| kind(&error))?;
        if WORKER.with_borrow(|worker| worker.cancels != turn) {
            return Ok(false);
        }
        READING.set(Some(id));
        WORKER.with_borrow_mut(|worker| {
            feed(worker, id, buffer.unchecked_ref(), &mut bytes);
            READING.set(None);
            worker.report_in_passing();
            worker.answer_in_passing();
        });
    }
    READING.set(Some(id));
    Ok(true)
}

fn feed(worker: &mut Worker, id: u32, buffer: &Buffer, bytes: &mut Vec<u8>) {
    let view = Uint8Array::new(buffer);
    for start in (0..view.length()).step_by(PIECE as usize) {
        let piece = view.subarray(start, (start + PIECE).min(view.length()));
        bytes.resize(piece.length() as usize, 0);
        piece.copy_to(bytes);
        worker.engine.feed(id, bytes);
    }
    // Gives the memory back now; the garbage collector would let many slices pile up.
    if buffer.transfer_function().is_some() {
        buffer.transfer(0);
    }
}

/// Why the browser did not hand over a slice.
fn kind(error: &JsValue) -> ProblemKind {
    let name = error.dyn_ref::<Error>().map(|error| String::from(error.name()));
    if name.as_deref() == Some("RangeError") { ProblemKind::OutOfMemory } else { ProblemKind::Unreadable }
}
