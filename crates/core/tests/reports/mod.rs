//! What tests of reports share: the tenant they are about, a page to put data into, and reading a report again.
#![allow(dead_code)]

use guestlens_core::{
    derived::{Derived, Memory},
    engine::Engine,
    identity::Identity,
    redact::Policy,
    sample,
    share::{
        Form, Written,
        verify::{self, Identifiers, Verdict},
    },
    store::Store,
};
use std::rc::Rc;

/// A page that is as good as any.
pub const PAGE: &[u8] = b"<!doctype html>\n<html><body>\n<iframe id=\"app\"></iframe>\n</body></html>\n";

/// The invented tenant without its largest log.
pub fn sample_engine() -> Engine {
    sample_of(1_500_000)
}

/// The invented tenant, files of less than so many bytes.
pub fn sample_of(most: usize) -> Engine {
    let mut engine = Engine::default();
    for file in sample::files(sample::SEED).into_iter().filter(|file| file.bytes.len() < most) {
        let id = engine.open(&file.name, file.bytes.len() as u64);
        engine.feed(id, &file.bytes);
        engine.end(id);
    }
    engine
}

/// Who is who in a store.
pub fn identity(store: &Store) -> Rc<Identity> {
    let mut memory = Memory::default();
    memory.refresh(store);
    Derived::new(store, &memory).get::<Identity>()
}

/// What the verification says of a report on [`PAGE`].
pub fn read_again(written: &Written, form: Form, policy: &Policy, known: &Identifiers) -> Verdict {
    let (bytes, name) = (&written.bytes, &written.name);
    match form {
        Form::Interactive => verify::verify_interactive(bytes, name, known, (PAGE, policy.time.step()), &mut |_, _| {}),
        _ => verify::verify(bytes, name, known),
    }
}
