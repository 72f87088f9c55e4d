//! What has to hold for any bytes: nothing panics, every source ends, and every record is an event or
//! an entity, was there before, or has a problem that names it.

use guestlens_core::{
    import::{FileImport, Import, archive::Limits},
    store::{Problem, ProblemKind, SourceInfo, SourceState, Store},
};

/// Small enough that a bomb takes no time.
const LIMITS: Limits = Limits { entry: 1 << 20, ratio: 200, total: 8 << 20, entries: 50 };

fn store() -> Store {
    let mut store = Store::default();
    store.sources.push(SourceInfo::default());
    store
}

/// Reads bytes as the text of a file.
#[allow(dead_code)]
pub fn import(bytes: &[u8], step: usize) -> Store {
    let mut store = store();
    let mut import = Import::new(0);
    bytes.chunks(step.max(1)).for_each(|piece| import.push(piece, &mut store));
    import.finish(&mut store);
    check(&store);
    store
}

/// Reads bytes as a dropped file.
#[allow(dead_code)]
pub fn file(bytes: &[u8], step: usize) -> Store {
    let mut store = store();
    let mut import = FileImport::with_limits(0, LIMITS);
    bytes.chunks(step.max(1)).for_each(|piece| import.push(piece, &mut store));
    import.finish(&mut store);
    let inflated: u64 = store.sources.iter().map(|source| source.inflated).sum();
    assert!(inflated <= LIMITS.total + (2 << 20), "{inflated}");
    assert_eq!(store.sources[0].read, bytes.len() as u64);
    check(&store);
    store
}

fn check(store: &Store) {
    use ProblemKind::{BadJson, NotAnEvent, NotUnderstood, RecordTooLarge, TooDeep, Truncated};
    for source in &store.sources {
        assert!(matches!(source.state, SourceState::Done | SourceState::Failed), "{source:?}");
        let own = || store.problems.list().iter().filter(|problem| problem.source == source.id);
        let count = |problem: &Problem| match problem.kind {
            BadJson | NotAnEvent | NotUnderstood | RecordTooLarge | TooDeep => 1 + problem.more,
            Truncated if problem.record.is_some() => 1,
            _ => 0,
        };
        let lost: u64 = own().map(count).sum();
        assert_eq!(source.records, source.events + source.entity_records + source.duplicates + lost, "{source:?}");
        assert_eq!(source.problems, store.problems.count(source.id), "{source:?}");
    }
    let events: u64 = store.sources.iter().map(|source| source.events).sum();
    assert_eq!(events, store.len() as u64);
}
