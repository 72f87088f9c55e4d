//! Overlapping exports, as an administrator drops them.

use guestlens_core::{engine::Engine, protocol::ExportFormat, store::SourceState};
use std::{fs, path::PathBuf};

fn read(files: &[(&str, Vec<u8>)]) -> Engine {
    let mut engine = Engine::default();
    for (name, bytes) in files {
        let source = engine.open(name, bytes.len() as u64);
        bytes.chunks(5_000).for_each(|piece| engine.feed(source, piece));
        engine.end(source);
    }
    engine
}

fn counts(engine: &Engine) -> Vec<(u64, u64, u64)> {
    engine.store().sources.iter().map(|source| (source.records, source.events, source.duplicates)).collect()
}

/// The worked case beside the project, where it is there.
fn worked_case(name: &str) -> Option<(String, Vec<u8>)> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixture").join(name);
    let Ok(bytes) = fs::read(&path) else {
        println!("skipped: {name} is not there");
        return None;
    };
    Some((name.to_owned(), bytes))
}

#[test]
fn the_worked_case_has_42_events() {
    let names = ["audit-A-2026-06-01_06-15.json", "audit-B-2026-06-10_06-30.json", "audit-C-2026-07-05_07-10.json"];
    let Some(mut files) = names.iter().map(|name| worked_case(name)).collect::<Option<Vec<_>>>() else { return };
    let twin = worked_case("audit-B-2026-06-10_06-30.ndjson").expect("beside the others");
    files.push(twin);
    let files: Vec<(&str, Vec<u8>)> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    let three = read(&files[..3]);
    let sum = counts(&three).iter().fold((0, 0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1, sum.2 + one.2));
    assert_eq!((sum, three.store().len()), ((54, 42, 12), 42));
    let four = read(&files);
    assert_eq!((four.store().len(), counts(&four)[3].1), (42, 0));
    assert!(four.store().sources.iter().all(|source| source.state == SourceState::Done));
    assert_eq!(export(&three), export(&four));
}

/// Every event as JSON, sorted: what the store holds, whatever the order it came in.
fn export(engine: &Engine) -> Vec<String> {
    let events: Vec<u32> = (0..engine.store().len() as u32).collect();
    let bytes = guestlens_core::export::export(engine.store(), &events, ExportFormat::JsonLines, &[]);
    let mut lines: Vec<String> = String::from_utf8(bytes).expect("text").lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

#[test]
fn the_same_file_twice_adds_nothing() {
    let Some((name, bytes)) = worked_case("audit-B-2026-06-10_06-30.json") else { return };
    let engine = read(&[(&name, bytes.clone()), (&name, bytes)]);
    let [first, second] = counts(&engine)[..] else { panic!("two sources") };
    assert_eq!((second.1, second.2, first.1), (0, first.1, second.2));
}

#[test]
fn a_file_twice_takes_hardly_more_room_than_once() {
    let head = "TimeGenerated [UTC],OperationName,Category,Result,CorrelationId,Id,LoggedByService\r\n";
    let line = |n: u32| {
        format!(
            "\"6/{}/2026, 9:0{}:00.000 AM\",Update user,UserManagement,success,c{n},Directory_{n},Core Directory\r\n",
            1 + n % 28,
            n % 10
        )
    };
    let text = head.to_owned() + &(0..9_000).map(line).collect::<String>();
    let once = read(&[("a.csv", text.clone().into_bytes())]);
    let twice = read(&[("a.csv", text.clone().into_bytes()), ("b.csv", text.into_bytes())]);
    assert_eq!((counts(&twice)[1], twice.store().len()), ((9_000, 0, 9_000), 9_000), "{:?}", twice.store().sources);
    let ratio = twice.store().heap_bytes() as f64 / once.store().heap_bytes() as f64;
    assert!(ratio <= 1.1, "{ratio}");
}
