//! Archives that are cut off, damaged, or say what is not so.

use super::{
    kinds, read, sources,
    writer::{File, Sizes, crc, deflate, file, gz, records, stored, zip},
};
use guestlens_core::store::{ProblemKind, SourceState};

fn only(engine: &guestlens_core::engine::Engine) -> Vec<ProblemKind> {
    kinds(engine).into_iter().map(|(_, kind)| kind).collect()
}

#[test]
fn a_zip_cut_anywhere_keeps_what_came_before() {
    let files = [file("a.json", &records(0..2)), File { sizes: Sizes::Descriptor, ..stored("b.json", &records(2..3)) }];
    let bytes = zip(&files);
    for length in 4..bytes.len() {
        for step in [19, usize::MAX] {
            let engine = read(&bytes[..length], step);
            let cut = only(&engine).contains(&ProblemKind::TruncatedArchive);
            assert!(cut, "{length} of {}: {:?}", bytes.len(), kinds(&engine));
            let records: u64 = sources(&engine).iter().map(|source| source.records).sum();
            assert!(records <= 3 && engine.store().len() as u64 <= records);
        }
    }
    assert_eq!(only(&read(&bytes, 1)), []);
}

#[test]
fn a_gz_cut_anywhere_keeps_what_came_before() {
    let bytes = [gz(&records(0..2)), gz(&records(2..3))].concat();
    let first = gz(&records(0..2)).len();
    for length in 2..bytes.len() {
        let engine = read(&bytes[..length], 13);
        let cut = only(&engine).contains(&ProblemKind::TruncatedArchive);
        assert_eq!(cut, length != first, "{length} of {}: {:?}", bytes.len(), kinds(&engine));
    }
}

#[test]
fn damage_and_lies_are_told_where_they_are() {
    use ProblemKind::{
        BadChecksum, BadDirectory, BadSize, Encrypted, NestedArchive, OverlappingEntries, UnsupportedMethod,
    };
    let text = records(0..20);
    let good = || file("a.json", &text);
    let last = || file("z.json", &records(20..30));
    let inner = zip(&[good()]);
    let cases: [(File, &[ProblemKind], u64); 14] = [
        (File { wrong_crc: true, ..good() }, &[BadChecksum], 20),
        (File { wrong_crc: true, sizes: Sizes::Descriptor, ..good() }, &[BadChecksum], 20),
        (File { local_size: Some(5), ..good() }, &[BadSize], 20),
        (File { listed_size: Some(5), ..good() }, &[BadSize], 20),
        (File { listed_name: Some(b"b.json".into()), ..good() }, &[BadDirectory], 20),
        (File { unlisted: true, ..good() }, &[BadDirectory], 20),
        (File { listed_twice: true, ..good() }, &[OverlappingEntries], 20),
        (File { flags: 1, ..good() }, &[Encrypted], 0),
        (File { flags: 1, sizes: Sizes::Descriptor, ..good() }, &[Encrypted], 0),
        (File { method: 99, ..good() }, &[Encrypted], 0),
        (File { method: 12, ..good() }, &[UnsupportedMethod], 0),
        (File { method: 93, sizes: Sizes::Descriptor, ..good() }, &[UnsupportedMethod], 0),
        (file("inner.zip", &inner), &[NestedArchive], 0),
        (File { sizes: Sizes::Descriptor, ..stored("a.json.gz", &gz(&text)) }, &[NestedArchive], 0),
    ];
    for (at, (wrong, expected, events)) in cases.into_iter().enumerate() {
        let bytes = zip(&[wrong, last()]);
        for step in [5, 50, usize::MAX] {
            let engine = read(&bytes, step);
            assert_eq!(only(&engine), expected, "case {at}, step {step}");
            let found: Vec<_> = sources(&engine).iter().map(|source| source.events).collect();
            assert_eq!(found, [0, events, 10], "case {at}: what follows is read");
            assert_eq!(sources(&engine)[1].state == SourceState::Failed, events == 0, "case {at}");
        }
    }
}

#[test]
fn data_that_is_none_or_too_short_does_not_hide_the_next_entry() {
    let last = file("z.json", &records(20..30));
    let garbage = File { packed: Some(vec![0xff; 50]), ..file("a.json", &records(0..5)) };
    let engine = read(&zip(&[garbage, last.clone()]), 1);
    assert_eq!((only(&engine)[0], engine.store().len()), (ProblemKind::BadArchive, 10));
    let half = deflate(&records(0..20));
    let short = File { packed: Some(half[..half.len() / 2].into()), ..file("a.json", &records(0..20)) };
    let engine = read(&zip(&[short, last.clone()]), 1);
    assert_eq!((only(&engine)[0], sources(&engine)[2].events), (ProblemKind::BadSize, 10));
    let mut long = deflate(&records(0..20));
    long.extend([7; 40]);
    let long = File { packed: Some(long), ..file("a.json", &records(0..20)) };
    let engine = read(&zip(&[long, last]), 1);
    assert_eq!((only(&engine), engine.store().len()), (vec![ProblemKind::BadSize], 30));
}

#[test]
fn an_entry_within_an_entry_is_not_read_twice() {
    // A local header inside of stored data, which the directory names: Fifield, "A better zip bomb", 2019.
    let inner = zip(&[file("inner.json", &records(0..5))]);
    let mut bytes = zip(&[stored("a.bin", &inner)]);
    let directory = bytes.len() - 22 - 46 - 5;
    let hidden = 30 + 5_u32;
    bytes[directory + 42..directory + 46].copy_from_slice(&hidden.to_le_bytes());
    let engine = read(&bytes, 1);
    assert!(only(&engine).contains(&ProblemKind::OverlappingEntries), "{:?}", kinds(&engine));
    assert_eq!(engine.store().len(), 0);
}

#[test]
fn what_stands_behind_the_end_is_told() {
    let bytes = [zip(&[file("a.json", &records(0..5))]), zip(&[file("b.json", &records(5..9))])].concat();
    for step in [1, usize::MAX] {
        let engine = read(&bytes, step);
        assert_eq!((kinds(&engine), engine.store().len()), (vec![(0, ProblemKind::BadDirectory)], 5));
    }
}

#[test]
fn other_archives_and_office_files_are_named() {
    let book = zip(&[file("[Content_Types].xml", b"<Types/>"), file("xl/workbook.xml", b"<x/>")]);
    let cases: [(&[u8], ProblemKind); 7] = [
        (&book, ProblemKind::OfficeFile),
        (b"7z\xbc\xaf\x27\x1c and so on", ProblemKind::UnsupportedMethod),
        (b"Rar!\x1a\x07", ProblemKind::UnsupportedMethod),
        (&zip(&[]), ProblemKind::EmptyFile),
        (&gz(&gz(b"[]")), ProblemKind::NestedArchive),
        (&gz(&book), ProblemKind::NestedArchive),
        (b"\x1f\x8b\x07 and so on", ProblemKind::UnsupportedMethod),
    ];
    for (bytes, kind) in cases {
        for step in [1, usize::MAX] {
            let engine = read(bytes, step);
            assert_eq!(kinds(&engine), [(0, kind)]);
            assert_eq!((sources(&engine).len(), sources(&engine)[0].state), (1, SourceState::Failed));
        }
    }
}

#[test]
fn gz_lies_are_told() {
    let good = gz(&records(0..9));
    let change = |from_end: usize| {
        let mut bytes = good.clone();
        let at = bytes.len() - from_end;
        bytes[at] ^= 1;
        bytes
    };
    assert_eq!(only(&read(&change(8), 1)), [ProblemKind::BadChecksum]);
    assert_eq!(only(&read(&change(1), 1)), [ProblemKind::BadSize]);
    let behind = [good.clone(), b"something else".to_vec()].concat();
    let engine = read(&behind, 1);
    assert_eq!((only(&engine), engine.store().len()), (vec![ProblemKind::BadArchive], 9));
    // A header with everything that is optional.
    let mut full = vec![0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 255, 3, 0, 1, 2, 3];
    full.extend(b"name\0comment\0\x12\x34");
    full.extend(deflate(&records(0..9)));
    full.extend(crc(&records(0..9)).to_le_bytes());
    full.extend((records(0..9).len() as u32).to_le_bytes());
    assert_eq!((read(&full, 1).store().len(), only(&read(&full, 1))), (9, vec![]));
}
