//! Files through the importers, as the browser would give them: whole, byte by byte and in between.

#[path = "import/bad_input.rs"]
mod bad_input;
#[path = "import/dump.rs"]
mod dump;
#[path = "import/fixtures.rs"]
mod fixtures;
#[path = "import/samples.rs"]
mod samples;
#[path = "import/signins.rs"]
mod signins;

use guestlens_core::{
    import::Import,
    store::{ProblemKind, SourceInfo, Store},
};

/// Reads a further file into a store, in pushes of the sizes given, over and over.
fn load_into(store: &mut Store, bytes: &[u8], sizes: &[usize]) {
    let id = store.sources.len();
    store.sources.push(SourceInfo {
        id: id as u32,
        file: id as u32,
        size: bytes.len() as u64,
        ..SourceInfo::default()
    });
    let mut import = Import::new(id);
    let (mut at, mut sizes) = (0, sizes.iter().cycle());
    while at < bytes.len() {
        let end = at.saturating_add(sizes.next().copied().unwrap_or(usize::MAX).max(1)).min(bytes.len());
        import.push(&bytes[at..end], store);
        at = end;
    }
    import.finish(store);
    assert_eq!(store.sources[id].read, bytes.len() as u64);
    assert_accounted(store, id);
}

/// Reads one file.
fn load(bytes: &[u8], sizes: &[usize]) -> Store {
    let mut store = Store::default();
    load_into(&mut store, bytes, sizes);
    store
}

/// How often a problem was found.
fn count(store: &Store, source: usize, kind: ProblemKind) -> u64 {
    let of_kind = |problem: &&guestlens_core::store::Problem| problem.source == source as u32 && problem.kind == kind;
    store.problems.list().iter().filter(of_kind).map(|problem| 1 + problem.more).sum()
}

/// Every record is an event, was there before, or has a problem that says why it is none.
fn assert_accounted(store: &Store, source: usize) {
    use ProblemKind::{BadJson, NotAnEvent, RecordTooLarge, TooDeep, Truncated};
    let info = &store.sources[source];
    let lost: u64 =
        [BadJson, NotAnEvent, RecordTooLarge, TooDeep].into_iter().map(|kind| count(store, source, kind)).sum();
    // A file may also be cut off between two records, which costs none.
    let cut_record = |problem: &guestlens_core::store::Problem| {
        problem.source == source as u32 && problem.kind == Truncated && problem.record.is_some()
    };
    let cut = store.problems.list().iter().filter(|problem| cut_record(problem)).count() as u64;
    assert_eq!(info.records, info.events + info.duplicates + lost + cut, "{info:?} {:?}", store.problems.list());
    assert_eq!(info.problems, store.problems.count(source as u32));
    let events = (0..store.len()).filter(|&event| store.source.get(event) == source as u32).count();
    assert_eq!(info.events, events as u64);
}
