//! Speed of the importers, in megabytes of the file a second.
//!
//! `cargo bench -p guestlens-core --bench import [-- FILE...]` measures invented files, or those given.
//! With `-- --quick-check` (and under `cargo test --benches`) small ones are read and only counted.

#[path = "import/data.rs"]
mod data;

use guestlens_core::{
    import::Import,
    store::{SourceInfo, Store},
};
use std::{env, fs, time::Instant};

/// As much as the browser reads ahead.
const PUSH: usize = 4 << 20;

fn load(bytes: &[u8]) -> Store {
    let mut store = Store::default();
    store.sources.push(SourceInfo::default());
    let mut import = Import::new(0);
    for piece in bytes.chunks(PUSH) {
        import.push(piece, &mut store);
    }
    import.finish(&mut store);
    store
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
        "{name:<24} {:>6.0} MB/s  {:>4} MB, {} events of {} records, {} problems, store {} MB, {}",
        bytes.len() as f64 * 1e3 / best as f64,
        bytes.len() >> 20,
        info.events,
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
        assert_eq!((info.records, info.events, info.problems), (count, count, 0), "{name}");
        if !quick {
            measure(name, text.as_bytes());
        }
    }
}
