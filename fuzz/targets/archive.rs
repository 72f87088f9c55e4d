//! Any bytes as a dropped file, which may be an archive, cut as the first byte says.

#![no_main]

#[path = "../accounted.rs"]
mod accounted;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let [step, bytes @ ..] = bytes else { return };
    accounted::file(bytes, *step as usize * 7 + 1);
});
