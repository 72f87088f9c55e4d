//! Reads the waiting files, one after another, a chunk ahead.

use super::{READING, WORKER, Worker};
use guestlens_core::store::ProblemKind;
use js_sys::{ArrayBuffer, Error, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// The first chunk is small, so that first events are there at once.
const FIRST: f64 = 1_048_576.0;
/// Larger ones are no faster while the next one is read ahead, and each is held twice.
const CHUNK: f64 = 4.0 * FIRST;
/// How much of a chunk is copied into the engine's memory at a time, which never shrinks again.
const PIECE: u32 = 1 << 18;

/// A chunk on its way, and where the next one begins.
fn chunk(file: &File, from: f64) -> Option<(Promise, f64)> {
    let to = if from == 0.0 { FIRST } else { from + CHUNK };
    let slice = (from < file.size()).then(|| file.slice_with_f64_and_f64(from, to))?;
    Some((slice.ok()?.array_buffer().unchecked_into(), to))
}

/// Reads until no file waits.
pub async fn read() {
    while let Some((id, file)) = WORKER.with_borrow_mut(|worker| worker.files.pop_front()) {
        let number = WORKER.with_borrow(|worker| worker.engine.store().sources[id as usize].file);
        READING.set(Some(number));
        WORKER.with_borrow_mut(Worker::report);
        let result = read_file(id, number, &file).await;
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
async fn read_file(id: u32, number: u32, file: &File) -> Result<bool, ProblemKind> {
    let turn = WORKER.with_borrow(|worker| worker.cancels);
    let mut next = chunk(file, 0.0);
    let mut bytes = Vec::new();
    while let Some((pending, from)) = next {
        READING.set(None);
        let buffer = JsFuture::from(pending).await.map_err(|error| kind(&error))?;
        if WORKER.with_borrow(|worker| worker.cancels != turn) {
            return Ok(false);
        }
        next = chunk(file, from);
        let view = Uint8Array::new(buffer.unchecked_ref::<ArrayBuffer>());
        READING.set(Some(number));
        WORKER.with_borrow_mut(|worker| {
            for start in (0..view.length()).step_by(PIECE as usize) {
                let piece = view.subarray(start, (start + PIECE).min(view.length()));
                bytes.resize(piece.length() as usize, 0);
                piece.copy_to(&mut bytes);
                worker.engine.feed(id, &bytes);
            }
            READING.set(None);
            worker.report_in_passing();
            worker.answer_in_passing();
        });
    }
    READING.set(Some(number));
    Ok(true)
}

/// Why the browser did not hand over a chunk.
fn kind(error: &JsValue) -> ProblemKind {
    let name = error.dyn_ref::<Error>().map(|error| String::from(error.name()));
    if name.as_deref() == Some("RangeError") { ProblemKind::OutOfMemory } else { ProblemKind::Unreadable }
}
