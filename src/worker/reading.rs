//! Reads the waiting files, one after another, as streams: the browser fetches the next piece, about two
//! megabytes, while one is parsed. Slices of a file cost more, each by itself.

use super::{READING, WORKER, Worker};
use guestlens_core::store::ProblemKind;
use js_sys::{Array, ArrayBuffer, Error, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, MessageChannel, MessagePort, ReadableStreamDefaultReader};

/// How much of a piece is copied into the engine's memory at a time, which never shrinks again.
const PART: u32 = 1 << 18;

/// What a stream's reader answers.
#[wasm_bindgen]
extern "C" {
    type Piece;
    #[wasm_bindgen(method, getter)]
    fn done(this: &Piece) -> bool;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Piece) -> Uint8Array;
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
    let reader: ReadableStreamDefaultReader = file.stream().get_reader().unchecked_into();
    let (mut bytes, bin) = (Vec::new(), Bin::new());
    let mut next = reader.read();
    loop {
        READING.set(None);
        let piece: Piece = JsFuture::from(next).await.map_err(|error| kind(&error))?.unchecked_into();
        if WORKER.with_borrow(|worker| worker.cancels != turn) {
            return Ok(false);
        }
        if piece.done() {
            break;
        }
        next = reader.read();
        READING.set(Some(number));
        WORKER.with_borrow_mut(|worker| {
            let view = piece.value();
            for start in (0..view.length()).step_by(PART as usize) {
                let part = view.subarray(start, (start + PART).min(view.length()));
                bytes.resize(part.length() as usize, 0);
                part.copy_to(&mut bytes);
                worker.engine.feed(id, &bytes);
            }
            bin.drop(&view.buffer());
            READING.set(None);
            worker.report_in_passing();
            worker.answer_in_passing();
        });
    }
    READING.set(Some(number));
    Ok(true)
}

/// Gives buffers back at once; the garbage collector would let tens of megabytes pile up first.
struct Bin {
    port: MessagePort,
}

impl Bin {
    fn new() -> Self {
        let channel = MessageChannel::new().expect("a worker can make channels");
        channel.port2().close();
        Self { port: channel.port1() }
    }

    /// Moves a buffer to a port that nobody listens to.
    fn drop(&self, buffer: &ArrayBuffer) {
        let moved = Array::of1(buffer);
        let _ = self.port.post_message_with_transferable(&JsValue::NULL, &moved);
    }
}

/// Why the browser did not hand over a piece.
fn kind(error: &JsValue) -> ProblemKind {
    let name = error.dyn_ref::<Error>().map(|error| String::from(error.name()));
    if name.as_deref() == Some("RangeError") { ProblemKind::OutOfMemory } else { ProblemKind::Unreadable }
}
