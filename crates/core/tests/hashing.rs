//! Hashes of dropped files, which come after the load, as the browser reads them once more.

#[path = "archive/writer.rs"]
mod writer;

use guestlens_core::{
    engine::Engine,
    store::{ProblemKind, SourceState},
};
use writer::{file, gz, records, zip};

// Source of the first: FIPS 180-4, example "abc".
const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn load(engine: &mut Engine, bytes: &[u8]) -> u32 {
    let id = engine.open("logs", bytes.len() as u64);
    bytes.chunks(100).for_each(|piece| engine.feed(id, piece));
    engine.end(id);
    id
}

fn hash(engine: &mut Engine, id: u32, bytes: &[u8], step: usize) {
    bytes.chunks(step).for_each(|piece| engine.hash(id, piece));
    engine.end_hash(id);
}

fn known(engine: &Engine, id: u32) -> &str {
    &engine.store().sources[id as usize].sha256
}

#[test]
fn the_hash_is_that_of_the_dropped_file() {
    for (bytes, expected) in [(&b"abc"[..], ABC), (b"", EMPTY)] {
        for step in [1, 2, usize::MAX] {
            let mut engine = Engine::default();
            let id = load(&mut engine, bytes);
            assert_eq!(known(&engine, id), "");
            hash(&mut engine, id, bytes, step);
            assert_eq!(known(&engine, id), expected);
            assert_eq!(engine.store().sources[0].state, SourceState::Failed);
        }
    }
    let archive = zip(&[file("a.json", &records(0..5))]);
    for bytes in [archive, gz(&records(0..9)), records(0..9)] {
        let hashes = [1, 7, usize::MAX].map(|step| {
            let mut engine = Engine::default();
            let id = load(&mut engine, &bytes);
            let before = (engine.store().len(), engine.store().revision());
            hash(&mut engine, id, &bytes, step);
            assert_eq!((engine.store().len(), engine.store().revision()), before);
            known(&engine, id).to_owned()
        });
        assert!(hashes.iter().all(|hash| *hash == hashes[0] && hash.len() == 64), "{hashes:?}");
    }
}

#[test]
fn a_file_begins_anew_after_another_or_a_stop() {
    let mut engine = Engine::default();
    let (first, second) = (load(&mut engine, b"abc"), load(&mut engine, b"abc"));
    engine.hash(first, b"ab");
    hash(&mut engine, second, b"abc", 1);
    assert_eq!((known(&engine, first), known(&engine, second)), ("", ABC));
    engine.hash(first, b"ab");
    engine.stop_hash();
    hash(&mut engine, first, b"abc", 2);
    assert_eq!(known(&engine, first), ABC);
    // Once known, it stays.
    hash(&mut engine, first, b"abd", 1);
    assert_eq!(known(&engine, first), ABC);
}

#[test]
fn reading_goes_on_between_the_pieces() {
    let mut engine = Engine::default();
    let first = load(&mut engine, b"abc");
    engine.hash(first, b"a");
    let second = load(&mut engine, &records(0..9));
    engine.hash(first, b"bc");
    engine.end_hash(first);
    assert_eq!((known(&engine, first), known(&engine, second)), (ABC, ""));
    assert_eq!(engine.store().len(), 9);
}

#[test]
fn what_was_not_read_or_has_changed_gets_no_hash() {
    let mut engine = Engine::default();
    let changed = load(&mut engine, b"abc");
    hash(&mut engine, changed, b"abcd", 2);
    hash(&mut engine, changed, b"ab", 2);
    let archive = load(&mut engine, &zip(&[file("a.json", &records(0..5))]));
    let entry = archive + 1;
    assert_eq!(engine.store().sources[entry as usize].parent, Some(archive));
    hash(&mut engine, entry, b"abc", 1);
    let unreadable = engine.open("x", 3);
    engine.feed(unreadable, b"a");
    engine.fail(unreadable, ProblemKind::Unreadable);
    hash(&mut engine, unreadable, b"abc", 1);
    let open = engine.open("y", 3);
    hash(&mut engine, open, b"abc", 1);
    engine.cancel();
    hash(&mut engine, open, b"abc", 1);
    hash(&mut engine, 99, b"abc", 1);
    assert!(engine.store().sources.iter().all(|source| source.sha256.is_empty()), "{:?}", engine.store().sources);
}

#[test]
fn cancelling_stops_the_hash_too() {
    let mut engine = Engine::default();
    let id = load(&mut engine, b"abc");
    engine.hash(id, b"ab");
    engine.cancel();
    engine.hash(id, b"c");
    engine.end_hash(id);
    assert_eq!(known(&engine, id), "");
    hash(&mut engine, id, b"abc", 1);
    assert_eq!(known(&engine, id), ABC);
}
