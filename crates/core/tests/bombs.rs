//! Archives that would fill the memory: what is held is counted by the allocator itself.

#![allow(unsafe_code)] // an allocator cannot be written without

#[path = "archive/writer.rs"]
mod writer;

use guestlens_core::{
    import::{FileImport, archive::Limits},
    store::{ProblemKind, SourceInfo, Store},
};
use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
};
use writer::{File, Sizes, file, gz, records, stored, zip};

struct Counting;

thread_local! {
    /// Bytes this thread holds, and the most it ever held.
    static HELD: Cell<(isize, isize)> = const { Cell::new((0, 0)) };
}

fn count(change: isize) {
    let _ = HELD.try_with(|held| {
        let now = held.get().0 + change;
        held.set((now, held.get().1.max(now)));
    });
}

// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size as isize - layout.size() as isize);
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

const SMALL: Limits = Limits { entry: 4 << 20, ratio: 200, total: 24 << 20, entries: 20 };

/// Reads a file and says how many bytes were held at most, beyond what was held before.
fn read(bytes: &[u8], limits: Limits) -> (Store, usize) {
    let before = HELD.get().0;
    HELD.set((before, before));
    let mut store = Store::default();
    store.sources.push(SourceInfo::default());
    let mut import = FileImport::with_limits(0, limits);
    bytes.chunks(1 << 16).for_each(|piece| import.push(piece, &mut store));
    import.finish(&mut store);
    (store, (HELD.get().1 - before) as usize)
}

fn kinds(store: &Store) -> Vec<ProblemKind> {
    store.problems.list().iter().map(|problem| problem.kind).collect()
}

#[test]
fn a_bomb_is_stopped_and_what_came_before_is_kept() {
    let zeros = vec![b' '; 30 << 20];
    let good = || file("good.json", &records(0..20));
    for bomb in [
        zip(&[good(), file("bomb.csv", &zeros), file("late.json", &records(20..30))]),
        zip(&[good(), File { sizes: Sizes::Descriptor, ..file("bomb.csv", &zeros) }]),
    ] {
        let (store, held) = read(&bomb, SMALL);
        assert_eq!(kinds(&store)[0], ProblemKind::OutOfBounds);
        assert_eq!((store.sources[1].events, store.sources.len()), (20, 3));
        assert!(!store.sources.iter().any(SourceInfo::is_open));
        assert!(held < 8 << 20, "{held}");
    }
    let (store, held) = read(&gz(&zeros), SMALL);
    assert_eq!(kinds(&store)[0], ProblemKind::OutOfBounds);
    assert!(held < 8 << 20, "{held}");
}

#[test]
fn one_endless_cell_is_bounded_too() {
    let mut text = b"\"Date (UTC)\",\"CorrelationId\",\"ActorUserPrincipalName\",\"Target1ObjectId\"\r\n\"".to_vec();
    text.resize(60 << 20, b'a');
    let limits = Limits { entry: u64::MAX, total: u64::MAX, ..SMALL };
    let (store, held) = read(&gz(&text), limits);
    assert!(store.is_empty() && !kinds(&store).is_empty());
    assert!(held < 56 << 20, "{held}");
}

#[test]
fn all_entries_together_are_bounded() {
    // None of them is a bomb alone: they are stored.
    let piece = vec![b' '; 3 << 20];
    let files: Vec<File> = (0..12).map(|at| stored(&format!("{at}.csv"), &piece)).collect();
    let (store, held) = read(&zip(&files), SMALL);
    assert!(kinds(&store).contains(&ProblemKind::OutOfBounds));
    let inflated: u64 = store.sources.iter().map(|source| source.inflated).sum();
    assert!(inflated <= SMALL.total, "{inflated}");
    assert!(held < 8 << 20, "{held}");
}

#[test]
fn the_number_of_entries_is_bounded() {
    let files: Vec<File> = (0..500).map(|at| file(&format!("{at}.json"), b"[]")).collect();
    let (store, held) = read(&zip(&files), SMALL);
    assert_eq!((store.sources.len(), kinds(&store).last()), (1 + SMALL.entries, Some(&ProblemKind::OutOfBounds)));
    assert!(held < 8 << 20, "{held}");
}

#[test]
fn a_long_header_is_bounded() {
    let mut endless = vec![0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 255];
    endless.resize(8 << 20, b'n');
    let (store, held) = read(&endless, Limits::default());
    assert_eq!(kinds(&store), [ProblemKind::BadArchive]);
    assert!(held < 2 << 20, "{held}");
    let long = File { name: vec![b'n'; 65_535], ..file("", b"[]") };
    let (store, held) = read(&zip(&[long.clone(), long]), Limits::default());
    assert!(store.sources[1].name.chars().count() < 300);
    assert!(held < 3 << 20, "{held}");
}

#[test]
#[ignore = "inflates more than a gigabyte"]
fn the_usual_limits_stop_a_gigabyte() {
    let bomb = gz(&vec![b' '; 1300 << 20]);
    let (store, held) = read(&bomb, Limits::default());
    assert_eq!(kinds(&store)[0], ProblemKind::OutOfBounds);
    assert!(store.sources[0].inflated < 1200 << 20 && held < 8 << 20, "{held}");
}
