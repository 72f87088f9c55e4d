//! Reads the waiting files, one after another, as streams: the browser fetches the next piece, about two
//! megabytes, while one is parsed. Slices of a file cost more, each by itself. Then, while nothing waits,
//! hashes what was read, for which the browser reads it once more: during the load it would take as long
//! as all the rest.

use super::{READING, Reader, WORKER, Worker, post};
use guestlens_core::{engine::Engine, protocol::FromEngine, store::ProblemKind};
use js_sys::{Array, ArrayBuffer, Date, Error, Uint8Array};
use std::{cell::Cell, future::poll_fn, rc::Rc, task::Poll};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, MessageChannel, MessagePort, ReadableStreamDefaultReader};

/// How much of a piece is copied into the engine's memory at a time, which never shrinks again.
const PART: u32 = 1 << 18;

/// Bytes of a file whose beginning is told at once.
const LARGE: f64 = 65_536.0;

/// How long nothing must have been asked before something is worked out ahead, ms.
const QUIET: f64 = 400.0;
/// The same for what nobody should wait for too long, and how long at most that waits, ms.
const BREATH: f64 = 60.0;
const PATIENCE: f64 = 500.0;

/// What a stream's reader answers.
#[wasm_bindgen]
extern "C" {
    type Piece;
    #[wasm_bindgen(method, getter)]
    fn done(this: &Piece) -> bool;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Piece) -> Uint8Array;
}

/// What a file is read for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Events,
    Hash,
}

/// Reads until no file waits, and hashes what was read.
pub async fn read() {
    let goes_on = || {
        WORKER.with_borrow_mut(|worker| {
            // What was opened while hashing may be cancelled by now.
            worker.reader = if worker.files.is_empty() { Reader::Idle } else { Reader::Reading };
            worker.answer_waiting();
            worker.reader == Reader::Reading
        })
    };
    while goes_on() {
        load().await;
        hash().await;
        prepare().await;
    }
}

/// Works out what views will ask for, while nothing else is asked, until there are files to read.
async fn prepare() {
    for step in 0.. {
        let waits = |worker: &Worker| worker.files.is_empty() && Date::now() - worker.heard < QUIET;
        while WORKER.with_borrow(waits) {
            pause(50).await;
        }
        let goes_on = WORKER.with_borrow_mut(|worker| {
            let goes_on = worker.files.is_empty() && worker.engine.prepare(step);
            worker.tell_more();
            goes_on
        });
        if !goes_on {
            break;
        }
        pause(0).await;
    }
}

/// Reads until no file waits.
async fn load() {
    while let Some((id, file)) = WORKER.with_borrow_mut(|worker| worker.files.pop_front()) {
        READING.set(Some(number(id)));
        // Who waits for a large file wants to know for which; thousands of small ones are over before one can look.
        let report = if file.size() > LARGE { Worker::report } else { Worker::report_in_passing };
        WORKER.with_borrow_mut(report);
        let result = read_file(id, &file, Purpose::Events).await;
        WORKER.with_borrow_mut(|worker| match result {
            Ok(true) => {
                worker.engine.end(id);
                match worker.engine.opened_report() {
                    // Its sources have the hashes that its sender computed.
                    Some(opened) => post(&FromEngine::Opened(Box::new(opened.clone()))),
                    None => worker.unhashed.push_back((id, file)),
                }
            }
            Ok(false) => {} // the engine knows that it was cancelled
            Err(kind) => worker.engine.fail(id, kind),
        });
        READING.set(None);
        // That the last one is read is said once there are answers to it.
        WORKER.with_borrow_mut(|worker| {
            if !worker.files.is_empty() {
                worker.report_in_passing();
            }
        });
    }
    WORKER.with_borrow_mut(|worker| {
        worker.reader = Reader::Behind;
        worker.tell_all_is_read();
    });
    // Guests are made of all files, so that they belong to the end of reading; what is asked meanwhile is answered.
    for step in 0..Engine::AT_ONCE {
        give_way().await;
        WORKER.with_borrow_mut(|worker| worker.files.is_empty() && worker.engine.prepare(step));
    }
    WORKER.with_borrow_mut(Worker::finish);
}

/// Hashes until no file is without, or until there is something else to do: a file that was not at its
/// end begins anew after the next load.
async fn hash() {
    while let Some((id, file)) = WORKER.with_borrow(|worker| worker.unhashed.front().cloned()) {
        let result = read_file(id, &file, Purpose::Hash).await;
        READING.set(None);
        let stopped = WORKER.with_borrow_mut(|worker| {
            match result {
                Ok(true) => worker.engine.end_hash(id),
                // What cannot be read any more stays without a hash.
                Ok(false) | Err(_) => worker.engine.stop_hash(),
            }
            let stopped = result == Ok(false);
            if !stopped {
                worker.unhashed.pop_front();
            }
            if stopped || worker.unhashed.is_empty() {
                worker.report();
            } else {
                worker.report_in_passing();
            }
            stopped
        });
        if stopped {
            return;
        }
    }
}

/// The number of the dropped file.
fn number(id: u32) -> u32 {
    WORKER.with_borrow(|worker| worker.engine.store().sources[id as usize].file)
}

/// Whether the file was read to its end: `false` if reading was cancelled, or another file has to be read
/// before it is hashed.
async fn read_file(id: u32, file: &File, purpose: Purpose) -> Result<bool, ProblemKind> {
    let (number, turn) = (number(id), WORKER.with_borrow(|worker| worker.cancels));
    let stops = |worker: &Worker| worker.cancels != turn || (purpose == Purpose::Hash && !worker.files.is_empty());
    let reader: ReadableStreamDefaultReader = file.stream().get_reader().unchecked_into();
    let (mut bytes, bin) = (Vec::new(), Bin::new());
    let mut next = reader.read();
    loop {
        READING.set(None);
        if purpose == Purpose::Hash {
            give_way().await;
        }
        let piece: Piece = JsFuture::from(next).await.map_err(|error| kind(&error))?.unchecked_into();
        if WORKER.with_borrow(stops) {
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
                match purpose {
                    Purpose::Events => worker.engine.feed(id, &bytes),
                    Purpose::Hash => worker.engine.hash(id, &bytes),
                }
            }
            bin.drop(&view.buffer());
            READING.set(None);
            if purpose == Purpose::Events {
                worker.report_in_passing();
                worker.answer_in_passing();
            }
        });
    }
    READING.set(Some(number));
    Ok(true)
}

/// Lets whoever asks one thing after another go first, for a while.
async fn give_way() {
    pause(0).await;
    let start = Date::now();
    let is_heard = || Date::now() - WORKER.with_borrow(|worker| worker.heard) < BREATH;
    while is_heard() && Date::now() - start < PATIENCE {
        pause(10).await;
    }
}

/// Lets every message that waits, or comes within so many milliseconds, be answered first.
async fn pause(time: u32) {
    let fired = Rc::new(Cell::new(false));
    let mut is_set = false;
    poll_fn(|context| {
        if fired.get() {
            return Poll::Ready(());
        }
        if !is_set {
            is_set = true;
            let (fired, waker) = (fired.clone(), context.waker().clone());
            let fire = move || {
                fired.set(true);
                waker.wake();
            };
            gloo::timers::callback::Timeout::new(time, fire).forget();
        }
        Poll::Pending
    })
    .await;
}

/// Gives buffers back at once; the garbage collector would let tens of megabytes pile up first.
pub(super) struct Bin {
    port: MessagePort,
}

impl Bin {
    pub(super) fn new() -> Self {
        let channel = MessageChannel::new().expect("a worker can make channels");
        channel.port2().close();
        Self { port: channel.port1() }
    }

    /// Moves a buffer to a port that nobody listens to.
    pub(super) fn drop(&self, buffer: &ArrayBuffer) {
        let moved = Array::of1(buffer);
        let _ = self.port.post_message_with_transferable(&JsValue::NULL, &moved);
    }
}

/// Why the browser did not hand over a piece.
fn kind(error: &JsValue) -> ProblemKind {
    let name = error.dyn_ref::<Error>().map(|error| String::from(error.name()));
    if name.as_deref() == Some("RangeError") { ProblemKind::OutOfMemory } else { ProblemKind::Unreadable }
}
