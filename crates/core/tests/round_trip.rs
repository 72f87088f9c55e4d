//! What is exported and read again is the same.

#[path = "import/dump.rs"]
#[allow(dead_code, reason = "the importer's tests use all of it")]
mod dump;

use guestlens_core::{
    engine::Engine,
    model::{Column, Field},
    protocol::{Ask, ExportFormat, FromEngine, Query, ViewRequest},
    store::{SourceState, Store},
    time::Zone,
};
use std::{fs, path::PathBuf};

fn fixtures() -> Vec<PathBuf> {
    let mut folders = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_none_or(|extension| extension != "dump" && extension != "md") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn everything() -> Ask {
    Ask {
        query: Query::default(),
        view: ViewRequest::Sources,
        facets: Vec::new(),
        facet_text: Vec::new(),
        stack: None,
        zone: Zone::default(),
        bins: 60,
    }
}

fn load(bytes: &[u8]) -> Engine {
    let mut engine = Engine::default();
    let source = engine.open("file", bytes.len() as u64);
    engine.feed(source, bytes);
    engine.end(source);
    engine.ask(1, &everything());
    engine
}

/// Events as text, in the order of the table; without their place in the file.
fn events(engine: &Engine, columns: &[Column], all: bool) -> Vec<String> {
    let store = engine.store();
    let count = engine.rows(0, u32::MAX, &[]).rows.len();
    let mut order: Vec<usize> = (0..store.len()).collect();
    order.sort_by_key(|event| std::cmp::Reverse(store.time[*event]));
    assert_eq!(count, order.len());
    let text = |event: &usize| {
        let text = dump::dump_event(store, *event, columns, all);
        text.replacen(&format!(" record {}", store.record[*event]), "", 1)
    };
    // An event that has nothing but a time and its log is no audit record in any format.
    let says_something = |text: &String| text.lines().filter(|line| !line.starts_with("  Log")).count() > 2;
    order.iter().map(text).filter(says_something).collect()
}

#[test]
fn json_comes_back_as_it_went() {
    let mut seen = 0;
    for path in fixtures() {
        let first = load(&fs::read(&path).unwrap());
        for format in [ExportFormat::Json, ExportFormat::JsonLines] {
            let (bytes, count) = first.export(format, &[]);
            assert_eq!(count as usize, first.store().len());
            let again = load(&bytes);
            let (went, back) = (events(&first, Column::ALL, true), events(&again, Column::ALL, true));
            assert_eq!(went.len(), back.len(), "{}", path.display());
            for (went, mut back) in went.into_iter().zip(back) {
                if !went.contains("  ActorType") {
                    // Graph tells users and applications apart by where their values stand.
                    back = back.replace("  ActorType: \"User\"\n", "").replace("  ActorType: \"Application\"\n", "");
                }
                // A member that could not be read as what it should be keeps Graph's spelling.
                back = back.replace("extra \"targetResources\"", "extra \"TargetResources\"");
                assert_eq!(went, back, "{}", path.display());
            }
            seen += count;
        }
    }
    assert!(seen > 100);
}

#[test]
fn csv_comes_back_as_far_as_it_keeps() {
    for path in fixtures() {
        let first = load(&fs::read(&path).unwrap());
        let (bytes, _) = first.export(ExportFormat::Csv, &[]);
        let again = load(&bytes);
        // An apostrophe before what looks like a formula stays, extra fields are marked as such and
        // follow the header's order, and a target without any value leaves no trace.
        let plain = |engine: &Engine| {
            let all = events(engine, Column::ALL, true).join("\n").replace("\"'", "\"");
            let all = all.replace("extra \"Other field: ", "extra \"");
            let mut lines: Vec<String> = all.lines().map(String::from).collect();
            let extra = |line: &String| line.starts_with("  extra");
            let empty =
                |at: usize| lines[at] == "  target" && !lines.get(at + 1).is_some_and(|n| n.starts_with("    "));
            let empty: Vec<bool> = (0..lines.len()).map(empty).collect();
            let mut empty = empty.into_iter();
            lines.retain(|_| empty.next() == Some(false));
            lines.chunk_by_mut(|a, b| extra(a) && extra(b)).for_each(<[String]>::sort);
            lines
        };
        assert_eq!(plain(&first), plain(&again), "{}", path.display());
    }
}

#[test]
fn chosen_columns_are_the_tables() {
    let path = fixtures().into_iter().find(|path| path.ends_with("portal-csv/portal.csv")).unwrap();
    let engine = load(&fs::read(path).unwrap());
    let (bytes, count) = engine.export(ExportFormat::Csv, &[Field::Time, Field::Activity, Field::Source]);
    let text = String::from_utf8(bytes).unwrap();
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(lines[0], "\u{feff}\"Date (UTC)\",\"Activity\",\"File\"");
    assert_eq!(lines.len() as u64, count + 2);
    assert!(lines[1].ends_with(",\"file\""), "{}", lines[1]);
}

#[test]
fn a_cancelled_file_keeps_what_was_read() {
    let path = fixtures().into_iter().find(|path| path.ends_with("portal-csv/portal.csv")).unwrap();
    let bytes = fs::read(path).unwrap();
    let mut engine = Engine::default();
    let (first, second) = (engine.open("a", 1), engine.open("b", 1));
    engine.ask(3, &everything());
    engine.feed(first, &bytes[..bytes.len() / 2]);
    let kept = engine.store().len();
    engine.cancel();
    engine.feed(first, &bytes[bytes.len() / 2..]);
    engine.end(first);
    engine.end(second);
    assert_eq!(engine.store().len(), kept);
    assert!(engine.store().sources.iter().all(|source| source.state == SourceState::Cancelled));
    let again = engine.ask_again().unwrap();
    assert_eq!((again.seq, again.total), (3, kept as u64));
}

#[test]
fn problems_are_told_once() {
    let mut engine = Engine::default();
    let source = engine.open("empty", 0);
    engine.end(source);
    let told = |message: FromEngine| match message {
        FromEngine::Progress { sources, events, problems } => {
            (sources.first().map(|source| source.problems), events, problems.map(|p| p.len()))
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(told(engine.progress()), (Some(1), 0, Some(1)));
    // Neither are sources that have not changed.
    assert_eq!(told(engine.progress()), (None, 0, None));
    engine.open("another", 0);
    assert_eq!(told(engine.progress()), (Some(0), 0, None));
    let _: &Store = engine.store();
}
