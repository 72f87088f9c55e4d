//! Reads files natively and prints how long it took and what the store holds:
//! `cargo run --release -p guestlens-core --example load -- <files>`.

use guestlens_core::engine::Engine;
use std::{fs::File, io::Read, time::Instant};

fn main() {
    let mut engine = Engine::default();
    let mut buffer = vec![0; 1 << 20];
    for path in std::env::args().skip(1) {
        let start = Instant::now();
        let mut file = File::open(&path).expect("a file to read");
        let source = engine.open(&path, 0);
        loop {
            let read = file.read(&mut buffer).expect("readable");
            if read == 0 {
                break;
            }
            engine.feed(source, &buffer[..read]);
        }
        engine.end(source);
        let info = &engine.store().sources[source as usize];
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{path}: {} ({}) {} records, {} events, {} entities of {} records, {} duplicates, {} problems, {:.0} MB/s, store {:.1} MB",
            info.format,
            info.kind,
            info.records,
            info.events,
            info.entities,
            info.entity_records,
            info.duplicates,
            info.problems,
            info.read as f64 / 1e6 / seconds,
            engine.store().heap_bytes() as f64 / 1e6
        );
    }
}
