//! The bytes of a file or a part of it, as a stream: the browser fetches the next piece, about two megabytes,
//! while one is parsed. Slices of a file cost more, each by itself.

use guestlens_core::store::ProblemKind;
use js_sys::{Array, ArrayBuffer, Error, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, MessageChannel, MessagePort, ReadableStreamDefaultReader};

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

/// The pieces that are still to come.
pub(super) struct Pieces {
    reader: ReadableStreamDefaultReader,
    next: Promise,
    buffer: Vec<u8>,
    bin: Bin,
}

impl Pieces {
    /// Begins to fetch.
    pub(super) fn of(blob: &Blob) -> Self {
        let reader: ReadableStreamDefaultReader = blob.stream().get_reader().unchecked_into();
        Self { next: reader.read(), reader, buffer: Vec::new(), bin: Bin::new() }
    }

    /// The next piece, none at the end. The one behind it is being fetched from now on.
    pub(super) async fn next(&mut self) -> Result<Option<Uint8Array>, ProblemKind> {
        let piece: Piece = JsFuture::from(self.next.clone()).await.map_err(|error| kind(&error))?.unchecked_into();
        if piece.done() {
            return Ok(None);
        }
        self.next = self.reader.read();
        Ok(Some(piece.value()))
    }

    /// Hands the bytes of a piece over, part by part, and gives it back to the browser.
    pub(super) fn take(&mut self, piece: &Uint8Array, each: &mut dyn FnMut(&[u8])) {
        for start in (0..piece.length()).step_by(PART as usize) {
            let part = piece.subarray(start, (start + PART).min(piece.length()));
            self.buffer.resize(part.length() as usize, 0);
            part.copy_to(&mut self.buffer);
            each(&self.buffer);
        }
        self.bin.drop(&piece.buffer());
    }
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
