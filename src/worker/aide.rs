//! The aide role: reads parts of files for another engine, one after another, see [`super::divided`].

use super::pieces::Pieces;
use guestlens_core::{
    import::{Part, PartImport},
    wire,
};
use js_sys::{Array, Uint8Array};
use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};
use wasm_bindgen::prelude::*;
use web_sys::{File, MessageEvent, MessagePort};

thread_local! {
    /// Whether this engine is one.
    static IS_AIDE: Cell<bool> = const { Cell::new(false) };
}

/// Whether this engine is one: then it does nothing else.
pub(super) fn is_aide() -> bool {
    IS_AIDE.get()
}

/// Begins to listen at a port. Messages: what is known of the file, the file, first byte and last byte. Answers:
/// how many bytes before and behind were not read, and the events; nothing where nothing came of it.
pub(super) fn serve(port: MessagePort) {
    IS_AIDE.set(true);
    let (waiting, busy) = (Rc::new(RefCell::new(VecDeque::new())), Rc::new(Cell::new(false)));
    let own = port.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        waiting.borrow_mut().push_back(event.data().unchecked_into::<Array>());
        if busy.replace(true) {
            return;
        }
        let (waiting, busy, port) = (waiting.clone(), busy.clone(), own.clone());
        wasm_bindgen_futures::spawn_local(async move {
            while let Some(message) = { waiting.borrow_mut().pop_front() } {
                answer(&port, read(&message).await);
            }
            busy.set(false);
        });
    });
    port.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
}

async fn read(message: &Array) -> Option<Part> {
    let head = wire::read(&message.get(0).dyn_into::<Uint8Array>().ok()?.to_vec())?;
    let file: File = message.get(1).dyn_into().ok()?;
    let (start, end) = (message.get(2).as_f64()?, message.get(3).as_f64()?);
    let mut import = PartImport::new(head);
    let mut pieces = Pieces::of(&file.slice_with_f64_and_f64(start, end).ok()?);
    while let Some(piece) = pieces.next().await.ok()? {
        let mut goes_on = true;
        pieces.take(&piece, &mut |bytes| goes_on = goes_on && import.push(bytes));
        if !goes_on {
            return None;
        }
    }
    import.finish()
}

fn answer(port: &MessagePort, part: Option<Part>) {
    let (answer, moved) = (Array::new(), Array::new());
    if let Some(Part { before, behind, packed }) = part {
        let packed = Uint8Array::from(&*packed);
        moved.push(&packed.buffer());
        answer.push(&(before as f64).into());
        answer.push(&(behind as f64).into());
        answer.push(&packed);
    }
    port.post_message_with_transferable(&answer, &moved).expect("bytes can be moved");
}
