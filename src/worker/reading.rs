//! Reads the waiting files, one after another. Then, while nothing waits, hashes what was read, for which the
//! browser reads it once more: during the load it would take as long as all the rest.

use super::{READING, Reader, WORKER, Worker, divided, pieces::Pieces, post};
use guestlens_core::{protocol::FromEngine, store::ProblemKind};
use js_sys::Date;
use std::{cell::Cell, future::poll_fn, rc::Rc, task::Poll};
use web_sys::File;

/// Bytes of a file whose beginning is told at once.
const LARGE: f64 = 65_536.0;

/// How long nothing must have been asked before something is worked out ahead, ms.
const QUIET: f64 = 400.0;

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
        while WORKER.with_borrow(|worker| worker.files.is_empty() && Date::now() - worker.heard < QUIET) {
            pause(50).await;
        }
        let goes_on = WORKER.with_borrow_mut(|worker| worker.files.is_empty() && worker.engine.prepare(step));
        if !goes_on {
            break;
        }
        pause(0).await;
    }
    WORKER.with_borrow_mut(|worker| {
        if worker.files.is_empty() && worker.screen.is_none() && worker.engine.has_more_to_say() {
            worker.is_stale = true;
            worker.answer();
        }
    });
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
        WORKER.with_borrow_mut(Worker::report_in_passing);
    }
    divided::end();
    WORKER.with_borrow_mut(|worker| {
        worker.reader = Reader::Behind;
        worker.finish();
    });
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

/// What is read, and since which moment.
pub(super) struct Reading {
    pub(super) id: u32,
    number: u32,
    /// How often reading had been cancelled when it began.
    turn: u32,
    purpose: Purpose,
}

impl Reading {
    /// Whether it was cancelled, or another file has to be read before this one is hashed.
    pub(super) fn is_stopped(&self) -> bool {
        let Self { turn, purpose, .. } = self;
        WORKER.with_borrow(|worker| worker.cancels != *turn || (*purpose == Purpose::Hash && !worker.files.is_empty()))
    }

    /// Reads what comes; whether to its end.
    pub(super) async fn stretch(&self, mut pieces: Pieces) -> Result<bool, ProblemKind> {
        let id = self.id;
        loop {
            READING.set(None);
            if self.purpose == Purpose::Hash {
                pause(0).await;
            }
            let piece = pieces.next().await?;
            if self.is_stopped() {
                return Ok(false);
            }
            READING.set(Some(self.number));
            let Some(piece) = piece else { return Ok(true) };
            WORKER.with_borrow_mut(|worker| {
                pieces.take(&piece, &mut |bytes| match self.purpose {
                    Purpose::Events => worker.engine.feed(id, bytes),
                    Purpose::Hash => worker.engine.hash(id, bytes),
                });
                READING.set(None);
                if self.purpose == Purpose::Events {
                    worker.tell_in_passing();
                }
            });
        }
    }
}

/// Whether the file was read to its end: `false` if reading was stopped.
async fn read_file(id: u32, file: &File, purpose: Purpose) -> Result<bool, ProblemKind> {
    let reading = Reading { id, number: number(id), turn: WORKER.with_borrow(|worker| worker.cancels), purpose };
    if purpose == Purpose::Events && divided::is_large(file) {
        return divided::read(&reading, file).await;
    }
    reading.stretch(Pieces::of(file)).await
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
