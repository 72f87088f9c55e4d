//! Archives through the engine, as the browser gives them: whole, byte by byte, cut off, and wrong.

#[path = "archive/lies.rs"]
mod lies;
#[path = "archive/writer.rs"]
mod writer;

use guestlens_core::{
    engine::Engine,
    store::{ProblemKind, SourceInfo, SourceState},
};
use writer::{File, Sizes, file, gz, records, stored, zip};

/// Reads one dropped file in pushes of that size.
fn read(bytes: &[u8], step: usize) -> Engine {
    let mut engine = Engine::default();
    let id = engine.open("logs", bytes.len() as u64);
    bytes.chunks(step).for_each(|piece| engine.feed(id, piece));
    engine.end(id);
    engine.progress();
    assert!(engine.store().sources.iter().all(|source| !source.is_open()), "{:?}", engine.store().sources);
    engine
}

fn sources(engine: &Engine) -> &[SourceInfo] {
    &engine.store().sources
}

fn kinds(engine: &Engine) -> Vec<(u32, ProblemKind)> {
    engine.store().problems.list().iter().map(|problem| (problem.source, problem.kind)).collect()
}

const STEPS: [usize; 5] = [1, 3, 27, 1000, usize::MAX];

#[test]
fn a_gz_file_is_one_source() {
    let parts = [gz(&records(0..40)), gz(&records(40..90)), vec![0; 30]].concat();
    for step in STEPS {
        let engine = read(&parts, step);
        let [source] = sources(&engine) else { panic!("one source") };
        assert_eq!((source.records, source.events, source.state), (90, 90, SourceState::Done));
        assert_eq!((source.format.as_str(), source.read), ("graph-json", parts.len() as u64));
        assert_eq!(source.inflated as usize, records(0..40).len() + records(40..90).len());
        assert_eq!(kinds(&engine), []);
    }
}

#[test]
fn a_zip_file_has_a_source_per_entry() {
    let files = [
        file("folder/", b""),
        file("folder/AuditLogs.json", &records(0..40)),
        stored("stored.json", &records(40..50)),
        File { sizes: Sizes::Descriptor, ..file("d.json", &records(50..60)) },
        File { sizes: Sizes::Bare, ..file("b.json", &records(60..70)) },
        File { sizes: Sizes::Large, ..file("l.json", &records(70..80)) },
        File { sizes: Sizes::LargeDescriptor, ..file("ld.json", &records(80..90)) },
        File { sizes: Sizes::Descriptor, ..stored("sd.json", &records(90..100)) },
        file("empty.json", b""),
        file("__MACOSX/._x.json", b"x"),
        file(".DS_Store", b"x"),
        file("notes.txt", b"nothing to see"),
    ];
    let bytes = zip(&files);
    for step in STEPS {
        let engine = read(&bytes, step);
        let all = sources(&engine);
        let found: Vec<_> = all.iter().map(|source| (source.name.as_str(), source.events, source.key())).collect();
        let expected = [
            ("logs", 0, "0"),
            ("logs › folder/AuditLogs.json", 40, "0.2"),
            ("logs › stored.json", 10, "0.3"),
            ("logs › d.json", 10, "0.4"),
            ("logs › b.json", 10, "0.5"),
            ("logs › l.json", 10, "0.6"),
            ("logs › ld.json", 10, "0.7"),
            ("logs › sd.json", 10, "0.8"),
            ("logs › empty.json", 0, "0.9"),
            ("logs › notes.txt", 0, "0.12"),
        ];
        assert_eq!(found, expected.map(|(name, events, key)| (name, events, key.to_owned())));
        assert_eq!(kinds(&engine), [(8, ProblemKind::EmptyFile), (9, ProblemKind::NotRecognised)]);
        assert_eq!((all[0].state, all[1].parent, all[0].read), (SourceState::Done, Some(0), bytes.len() as u64));
        assert_eq!(all[0].notes.len(), 2, "{:?}", all[0].notes);
    }
}

#[test]
fn names_are_read_in_their_code() {
    let name = |name: &[u8], flags| File { name: name.into(), flags, ..file("", &records(0..1)) };
    let bytes = zip(&[name(b"Pr\x81f.json", 0), name("Prüf.json".as_bytes(), 1 << 11), name(b"..\\..\\x.json", 0)]);
    let engine = read(&bytes, 7);
    let names: Vec<_> = sources(&engine).iter().map(|source| source.name.as_str()).collect();
    assert_eq!(names, ["logs", "logs › Prüf.json", "logs › Prüf.json", "logs › x.json"]);
    assert_eq!(kinds(&engine), [(3, ProblemKind::UnsafeName)]);
}

#[test]
fn ids_ascend_and_files_are_counted_alone() {
    let mut engine = Engine::default();
    let archive = zip(&[file("a.json", &records(0..5)), file("b.json", &records(5..9))]);
    let (first, second) = (engine.open("x.zip", 1), engine.open("y.json", 1));
    engine.feed(first, &archive);
    engine.end(first);
    let third = engine.open("z.json", 1);
    for (id, from) in [(second, 100), (third, 200)] {
        engine.feed(id, &records(from..from + 3));
        engine.end(id);
    }
    let found: Vec<_> = sources(&engine).iter().map(|source| (source.id, source.file, source.key())).collect();
    let key = |text: &str| text.to_owned();
    let expected = [(0, 0, key("0")), (1, 1, key("1")), (2, 0, key("0.1")), (3, 0, key("0.2")), (4, 2, key("2"))];
    assert_eq!(found, expected);
    assert_eq!(engine.store().len(), 15);
}

#[test]
fn cancelling_and_failing_end_the_entry_at_hand_too() {
    let bytes = zip(&[file("a.json", &records(0..500)), file("b.json", &records(500..600))]);
    let begin = || {
        let mut engine = Engine::default();
        let id = engine.open("x.zip", 1);
        engine.feed(id, &bytes[..300]);
        assert_eq!(sources(&engine)[1].state, SourceState::Reading);
        (engine, id)
    };
    let (mut engine, id) = begin();
    engine.cancel();
    engine.feed(id, &bytes[300..]);
    engine.end(id);
    assert!(sources(&engine).iter().all(|source| source.state == SourceState::Cancelled));
    let (mut engine, id) = begin();
    engine.fail(id, ProblemKind::Unreadable);
    assert!(sources(&engine).iter().all(|source| source.state == SourceState::Failed));
}
