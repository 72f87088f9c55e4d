//! Reads a large file together with an aide: another engine, which reads every other stretch of it at the same
//! time and hands over its events. Without an aide, or where nothing comes of a part, this engine reads it.

use super::{WORKER, pieces::Pieces, post_beside, reading::Reading, scope};
use guestlens_core::{import::PartHead, protocol::FromEngine, store::ProblemKind, wire};
use js_sys::{Array, Uint8Array};
use std::{
    cell::RefCell,
    collections::VecDeque,
    future::poll_fn,
    task::{Poll, Waker},
};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, File, MessageChannel, MessageEvent, MessagePort};

/// From this size on a file is read by two, bytes.
const LARGE: f64 = 24e6;
/// So much is read before the first part is asked for: enough to recognise the file.
const BEGINNING: f64 = 262_144.0;
/// A file is divided into so many parts for the aide, of at least and at most so many bytes.
const PARTS: f64 = 12.0;
const LEAST: f64 = 2e6;
const MOST: f64 = 16e6;
/// How much is read here for each byte that the aide reads: its events have to be taken over as well.
const OWN: f64 = 0.9;
/// The aide has to start first: how much more is read here at the beginning.
const HEADSTART: f64 = 1.5;
/// Parts that are asked for ahead.
const AHEAD: usize = 2;

/// The aide, as this engine sees it.
struct Aide {
    port: MessagePort,
    /// What came of parts, in the order they were asked for.
    done: VecDeque<Array>,
    waker: Option<Waker>,
    is_lost: bool,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

thread_local! {
    static AIDE: RefCell<Option<Aide>> = const { RefCell::new(None) };
}

/// Whether a file is worth an aide.
pub(super) fn is_large(file: &File) -> bool {
    file.size() >= LARGE && scope().navigator().hardware_concurrency() > 1.0
}

/// Asks for an aide, unless there is one.
fn begin() {
    AIDE.with_borrow_mut(|aide| {
        if aide.is_some() {
            return;
        }
        let channel = MessageChannel::new().expect("a worker can make channels");
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
            with_aide(|aide| aide.done.push_back(event.data().unchecked_into()));
        });
        let port = channel.port1();
        port.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        post_beside(&FromEngine::WantsAide, &channel.port2());
        let (done, waker) = (VecDeque::new(), None);
        *aide = Some(Aide { port, done, waker, is_lost: false, _on_message: on_message });
    });
}

/// The aide is not needed any more.
pub(super) fn end() {
    if AIDE.take().is_some() {
        super::post(&FromEngine::AideDone);
    }
}

/// The aide has ended: whoever waits for it goes on.
pub(super) fn lost() {
    with_aide(|aide| aide.is_lost = true);
}

fn with_aide(change: impl FnOnce(&mut Aide)) {
    let waker = AIDE.with_borrow_mut(|aide| {
        let aide = aide.as_mut()?;
        change(aide);
        aide.waker.take()
    });
    if let Some(waker) = waker {
        waker.wake();
    }
}

/// What came of the oldest part that was asked for.
struct Done {
    before: f64,
    behind: f64,
    packed: Uint8Array,
}

/// Waits for it; none if nothing came of it.
async fn next() -> Option<Done> {
    let done = poll_fn(|context| {
        AIDE.with_borrow_mut(|aide| match aide {
            Some(aide) => match aide.done.pop_front() {
                Some(done) => Poll::Ready(Some(done)),
                None if aide.is_lost => Poll::Ready(None),
                None => {
                    aide.waker = Some(context.waker().clone());
                    Poll::Pending
                }
            },
            None => Poll::Ready(None),
        })
    })
    .await?;
    let packed = done.get(2).dyn_into().ok()?;
    Some(Done { before: done.get(0).as_f64()?, behind: done.get(1).as_f64()?, packed })
}

fn slice(file: &File, start: f64, end: f64) -> Blob {
    file.slice_with_f64_and_f64(start, end).expect("a file can be sliced")
}

/// Whether the file was read to its end.
pub(super) async fn read(reading: &Reading, file: &File) -> Result<bool, ProblemKind> {
    begin();
    let result = read_by_two(reading, file).await;
    if result != Ok(true) {
        end(); // with what was asked of it
    }
    result
}

async fn read_by_two(reading: &Reading, file: &File) -> Result<bool, ProblemKind> {
    let size = file.size();
    let part = (size / (PARTS * (1.0 + OWN))).clamp(LEAST, MOST);
    if !reading.stretch(Pieces::of(&slice(file, 0.0, BEGINNING))).await? {
        return Ok(false);
    }
    let head = WORKER.with_borrow(|worker| worker.engine.part_head(reading.id));
    let Some(head) = head else { return reading.stretch(Pieces::of(&slice(file, BEGINNING, size))).await };
    let (mut asked, mut next_part) = (VecDeque::new(), part * OWN * HEADSTART);
    let mut at = BEGINNING;
    let mut ahead = None;
    loop {
        while asked.len() < AHEAD && next_part < size {
            let end = (next_part + part).min(size);
            ask(&head, file, next_part, end);
            asked.push_back((next_part, end));
            next_part = end + part * OWN;
        }
        let (start, end) = asked.pop_front().unwrap_or((size, size));
        let pieces = ahead.take().unwrap_or_else(|| Pieces::of(&slice(file, at, start)));
        if !reading.stretch(pieces).await? {
            return Ok(false);
        }
        at = start;
        if start == size {
            return Ok(true);
        }
        let Some(done) = next().await else {
            next_part = size; // nothing will come of others either
            continue;
        };
        let (first, last) = (start + done.before, end - done.behind);
        if !reading.stretch(Pieces::of(&slice(file, at, first))).await? {
            return Ok(false);
        }
        at = first;
        // What follows is fetched meanwhile.
        let follows = Pieces::of(&slice(file, last, asked.front().map_or(size, |next| next.0)));
        let taken = WORKER.with_borrow_mut(|worker| {
            let taken = worker.engine.absorb(reading.id, &done.packed.to_vec(), (last - first) as u64);
            worker.tell_in_passing();
            taken
        });
        if taken {
            (at, ahead) = (last, Some(follows));
        }
    }
}

fn ask(head: &PartHead, file: &File, start: f64, end: f64) {
    let head = Uint8Array::from(&*wire::write(head));
    let message = Array::of4(&head, file, &start.into(), &end.into());
    AIDE.with_borrow(|aide| {
        if let Some(aide) = aide {
            aide.port.post_message(&message).expect("bytes and file handles can be cloned");
        }
    });
}
