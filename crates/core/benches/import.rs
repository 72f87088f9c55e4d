//! Speed of the importers.
use guestlens_core::{
    import::Import,
    store::{SourceInfo, Store},
};
use std::time::Instant;

fn main() {
    for path in std::env::args().skip(1).filter(|argument| !argument.starts_with("--")) {
        let bytes = std::fs::read(&path).expect("a file");
        let mut best = f64::MAX;
        let mut last = None;
        for _ in 0..5 {
            let start = Instant::now();
            let mut store = Store::default();
            store.sources.push(SourceInfo::default());
            let mut import = Import::new(0);
            for piece in bytes.chunks(4 << 20) {
                import.push(piece, &mut store);
            }
            import.finish(&mut store);
            best = best.min(start.elapsed().as_secs_f64());
            last = Some(store);
        }
        let store = last.unwrap();
        let info = &store.sources[0];
        println!(
            "{path}: {:.0} MB/s, {} {} events of {} records, {} problems, {} MB",
            bytes.len() as f64 / best / 1e6,
            info.format,
            info.events,
            info.records,
            info.problems,
            store.heap_bytes() >> 20
        );
    }
}
