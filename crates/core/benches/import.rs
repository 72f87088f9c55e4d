//! Speed of the importers, in megabytes of the file a second.
//!
//! `cargo bench -p guestlens-core --bench import [-- FILE...]` measures invented files, or those given.
//! With `-- --quick-check` (and under `cargo test --benches`) small ones are read and only counted.

#[path = "import/data.rs"]
mod data;

use guestlens_core::{
    engine::Engine,
    import::{FileImport, Import},
    store::{SourceInfo, SourceState, Store},
};
use std::{env, fs, io::Write, time::Instant};

/// As much as the browser reads ahead.
const PUSH: usize = 4 << 20;

fn load(bytes: &[u8]) -> Store {
    let mut store = Store::default();
    add(&mut store, bytes);
    store
}

/// Reads one more file into a store.
fn add(store: &mut Store, bytes: &[u8]) {
    let source = store.sources.len();
    store.sources.push(SourceInfo { id: source as u32, file: source as u32, ..SourceInfo::default() });
    let mut import = Import::new(source);
    for piece in bytes.chunks(PUSH) {
        import.push(piece, store);
    }
    import.finish(store);
}

fn load_keeping_duplicates(bytes: &[u8]) -> Store {
    let mut store = Store::default();
    store.keep_duplicates = true;
    add(&mut store, bytes);
    store
}

/// As the engine reads it: through archives.
fn load_file(bytes: &[u8]) -> Store {
    let mut store = Store::default();
    store.sources.push(SourceInfo::default());
    let mut import = FileImport::new(0);
    for piece in bytes.chunks(PUSH) {
        import.push(piece, &mut store);
    }
    import.finish(&mut store);
    store
}

/// What the engine does once more with a file, after the load.
fn hash_file(bytes: &[u8]) -> Engine {
    let mut store = Store::default();
    let read = bytes.len() as u64;
    store.sources.push(SourceInfo { read, state: SourceState::Done, ..SourceInfo::default() });
    let mut engine = Engine::with_store(store);
    bytes.chunks(PUSH).for_each(|piece| engine.hash(0, piece));
    engine.end_hash(0);
    engine
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(text).and_then(|()| out.finish()).expect("memory takes all")
}

type Way<'a> = (&'a dyn Fn(&[u8]), &'a [u8]);

/// What deduplication and inflating add to the import of a text, how long the hash takes compared with it,
/// after it, all measured in turn; and what it costs to hold the same file twice.
fn measure_additions(name: &str, text: &[u8]) {
    let packed = gzip(text);
    let ways: [Way; 5] = [
        (&|bytes| drop(load_keeping_duplicates(bytes)), text),
        (&|bytes| drop(load(bytes)), text),
        (&|bytes| drop(std::hint::black_box(hash_file(bytes))), text),
        (&|bytes| drop(load_file(bytes)), text),
        (&|bytes| drop(load_file(bytes)), &packed),
    ];
    let start = Instant::now();
    let mut best = [u64::MAX; 5];
    for _ in 0..9 {
        for ((run, bytes), best) in ways.iter().zip(&mut best) {
            let before = nanoseconds(start);
            run(bytes);
            *best = (*best).min(nanoseconds(start) - before);
        }
    }
    let [plain, merged, hashed, file, inflated] = best.map(|best| best as f64);
    let mut twice = load(text);
    let once = twice.heap_bytes();
    add(&mut twice, text);
    println!(
        "{name:<24} deduplication x{:.3}  hash, afterwards, x{:.3}  from gz x{:.3} ({} to {} MB)  twice holds x{:.3}",
        merged / plain,
        hashed / merged,
        inflated / file,
        packed.len() >> 20,
        text.len() >> 20,
        twice.heap_bytes() as f64 / once as f64,
    );
}

/// Nanoseconds this thread has run, so that other work on the machine does not count; elapsed time
/// where the system does not say.
fn nanoseconds(start: Instant) -> u64 {
    let run = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let run = run.and_then(|text| text.split(' ').next()?.parse().ok());
    run.unwrap_or_else(|| start.elapsed().as_nanos() as u64)
}

fn measure(name: &str, bytes: &[u8]) {
    let start = Instant::now();
    let mut best = u64::MAX;
    let mut store = Store::default();
    for _ in 0..7 {
        let before = nanoseconds(start);
        store = load(bytes);
        best = best.min(nanoseconds(start) - before);
    }
    let info = &store.sources[0];
    println!(
        "{name:<24} {:>6.0} MB/s  {:>4} MB, {} events and {} entities of {} records, {} problems, store {} MB, {}",
        bytes.len() as f64 * 1e3 / best as f64,
        bytes.len() >> 20,
        info.events,
        info.entities,
        info.records,
        info.problems,
        store.heap_bytes() >> 20,
        info.format
    );
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let quick = arguments.iter().any(|argument| argument == "--quick-check" || argument == "--test");
    let files: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    for file in &files {
        match fs::read(file) {
            Ok(bytes) => measure(file, &bytes),
            Err(error) => println!("{file}: {error}"),
        }
    }
    if !files.is_empty() {
        return;
    }
    let count = if quick { 500 } else { 50_000 };
    let events = data::events(count, 1);
    for (name, write) in data::KINDS {
        let text = write(&events);
        let info = load(text.as_bytes()).sources.remove(0);
        assert_eq!((info.records, info.events + info.entity_records, info.problems), (count, count, 0), "{name}");
        if !quick {
            measure(name, text.as_bytes());
        }
    }
    if !quick {
        println!();
        for (name, write) in data::KINDS {
            measure_additions(name, write(&events).as_bytes());
        }
    }
}
