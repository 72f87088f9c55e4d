//! Coverage and the sheets about files, from files as an administrator drops them.

use guestlens_core::{
    engine::Engine,
    model::Field,
    protocol::{Ask, Query, Sheet, SheetFormat, ViewRequest},
    report::{AUDIT_LIMIT, Block, BlocksRequest, Coverage, Report, View, coverage, uncovered},
    store::{LogSpan, ProblemKind, SourceInfo, Store},
    time::{DAY, Zone, from_calendar},
};
use std::{fs, path::PathBuf};

fn day(month: u32, day: u32) -> i64 {
    from_calendar(2026, month, day, 0, 0, 0).unwrap()
}

fn utc() -> Zone {
    Zone { name: "UTC".into(), offsets: Vec::new(), ..Zone::default() }
}

fn load(engine: &mut Engine, name: &str, bytes: &[u8]) {
    let id = engine.open(name, bytes.len() as u64);
    bytes.chunks(4000).for_each(|piece| engine.feed(id, piece));
    engine.end(id);
    engine.hash(id, bytes);
    engine.end_hash(id);
}

fn blocks(engine: &mut Engine, params: &[(&str, &str)]) -> Vec<Block> {
    let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let view = ViewRequest::Blocks(BlocksRequest { of: View::Coverage, params, ..BlocksRequest::default() });
    let ask = Ask {
        query: Query { text: "nothing has this".into(), ..Query::default() },
        view,
        facets: vec![Field::Activity],
        facet_text: Vec::new(),
        stack: None,
        zone: utc(),
        bins: 10,
    };
    let Report::Blocks { blocks, .. } = engine.ask(1, &ask).report else { panic!("coverage") };
    blocks
}

fn ask(engine: &mut Engine, retention_days: u32) -> Coverage {
    let days = retention_days.to_string();
    let coverage = blocks(engine, &[("retention", &days)]).into_iter().find_map(|block| match block {
        Block::Coverage(coverage) => Some(coverage),
        _ => None,
    });
    coverage.expect("coverage")
}

#[test]
fn the_worked_case_has_its_gap() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixture");
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return;
    }
    let names = ["audit-A-2026-06-01_06-15.json", "audit-B-2026-06-10_06-30.json", "audit-C-2026-07-05_07-10.json"];
    let mut engine = Engine::default();
    for name in names {
        load(&mut engine, name, &fs::read(folder.join(name)).unwrap());
    }
    let found = ask(&mut engine, 30);
    let [kind] = &found.kinds[..] else { panic!("one kind: {:?}", found.kinds) };
    assert_eq!((kind.kind.as_str(), kind.label.as_str()), ("audit", "Audit logs"));
    assert_eq!(kind.covered, [(day(6, 1), day(7, 1) - 1), (day(7, 5), day(7, 11) - 1)]);
    let gap = &kind.gaps[..];
    assert!(matches!(gap, [gap] if (gap.after, gap.before, gap.days) == (day(6, 30), day(7, 5), 4)), "{gap:?}");
    assert_eq!(uncovered(engine.store(), &utc()), [(day(7, 1), day(7, 5))]);
    assert!(kind.spans.iter().all(|span| span.by_name));
    assert_eq!((kind.overlaps[0].sources, kind.overlaps[0].from), ([0, 1], day(6, 10)));
    assert_eq!(kind.next_export_by, Some(day(7, 11) - 1 + 30 * DAY));
    assert_eq!(found.period, Some((day(6, 1), day(7, 11) - 1)));
}

/// A store of sources with these logs, and no events.
fn store(sources: &[(&str, &str, LogSpan)]) -> Store {
    let mut store = Store::default();
    for (id, (name, format, log)) in sources.iter().enumerate() {
        store.sources.push(SourceInfo {
            id: id as u32,
            file: id as u32,
            name: (*name).into(),
            format: (*format).into(),
            logs: vec![log.clone()],
            ..SourceInfo::default()
        });
    }
    store
}

fn log(log: &str, records: u64, b2c: u64, from: i64, to: i64) -> LogSpan {
    LogSpan { log: log.into(), records, b2c, first: Some(from), last: Some(to) }
}

#[test]
fn kinds_limits_and_retention() {
    let store = store(&[
        ("a.csv", "portal-csv", log("Audit", AUDIT_LIMIT, 0, day(6, 1), day(6, 3))),
        ("b.json", "azure-monitor-json", log("Audit", AUDIT_LIMIT, 0, day(6, 4) + 5, day(6, 9))),
        ("c.json", "graph-json", log("Audit", 10, 10, day(6, 1), day(6, 2))),
        ("d.csv", "portal-sign-ins-csv", log("Interactive sign-ins", 100_000, 0, day(6, 1), day(6, 2))),
        ("e.csv", "portal-csv", LogSpan { log: "Audit".into(), records: 3, ..LogSpan::default() }),
        ("f_2026-01-01_2026-01-05.csv", "portal-csv", log("Audit", 10, 0, day(6, 11), day(6, 11) + 5)),
    ]);
    let found = coverage(&store, 30, &utc());
    let kinds: Vec<_> = found.kinds.iter().map(|kind| (kind.kind.as_str(), kind.retention_days)).collect();
    assert_eq!(kinds, [("audit", 30), ("b2c-audit", 7), ("interactive-sign-ins", 30)]);
    let cut: Vec<_> = found.kinds.iter().flat_map(|kind| &kind.cut_off).map(|cut| cut.name.as_str()).collect();
    assert_eq!(cut, ["a.csv", "d.csv"]);
    // From one day to the next nothing is missing; a name of another time says nothing.
    let gaps: Vec<_> = found.kinds[0].gaps.iter().map(|gap| (gap.after, gap.before, gap.days)).collect();
    assert_eq!(gaps, [(day(6, 9), day(6, 11), 1)]);
    assert!(found.kinds[0].spans.iter().all(|span| !span.by_name));
    assert_eq!(found.kinds[1].next_export_by, Some(day(6, 9)));
    assert_eq!(coverage(&Store::default(), 7, &utc()), Coverage { retention_days: 7, ..Coverage::default() });
}

#[test]
fn days_are_those_of_the_zone() {
    let hour = DAY / 24;
    let store = store(&[
        ("a.csv", "portal-csv", log("Audit", 1, 0, day(6, 1), day(6, 1) + 23 * hour)),
        ("b.csv", "portal-csv", log("Audit", 1, 0, day(6, 3) + hour, day(6, 4))),
    ]);
    assert_eq!(coverage(&store, 30, &utc()).kinds[0].gaps.len(), 1);
    let zone = Zone { name: "Europe/Berlin".into(), offsets: vec![(i64::MIN, 120)], ..Zone::default() };
    // There the first file ends on 2 June at 01:00.
    assert_eq!(coverage(&store, 30, &zone).kinds[0].gaps, []);
}

const RECORD: &str = r#"{"id":"1","activityDisplayName":"Update user","activityDateTime":"2026-06-01T00:00:00Z","loggedByService":"B2C","category":"x","correlationId":"c","result":"success","initiatedBy":{},"targetResources":[]}"#;

#[test]
fn sheets_are_the_same_for_the_same_files_and_safe_to_open() {
    let write = || {
        let mut engine = Engine::default();
        load(&mut engine, "=cmd|' /C calc'!A0.json", format!("[{RECORD}, {{\"id\": @secret}}, {RECORD}]").as_bytes());
        load(&mut engine, "notes.txt", b"secret words");
        load(&mut engine, "users.csv", include_bytes!("fixtures/users-csv/get-mguser.csv"));
        let sheets = [Sheet::Integrity, Sheet::Problems];
        let all = sheets.map(|sheet| [SheetFormat::Csv, SheetFormat::Json].map(|format| engine.sheet(sheet, format)));
        (engine, all.map(|pair| pair.map(|bytes| String::from_utf8(bytes).unwrap())))
    };
    let (engine, sheets) = write();
    assert_eq!(sheets, write().1);
    let [[integrity, integrity_json], [problems, problems_json]] = &sheets;
    for text in sheets.iter().flatten() {
        assert!(!text.contains("secret"), "{text}");
    }
    let source = &engine.store().sources[0];
    assert_eq!((source.records, source.events, source.duplicates, source.sha256.len()), (3, 1, 1, 64));
    assert_eq!(integrity.lines().count(), 4);
    assert!(integrity.contains("\"'=cmd|"), "{integrity}");
    assert!(integrity.contains(&format!("\"{}\"", source.sha256)) && integrity_json.contains(&source.sha256));
    assert!(problems.contains("\"bad-json\"") && problems_json.contains("\"bad-json\""));
    let value: serde_json::Value = serde_json::from_str(integrity_json).unwrap();
    assert_eq!(value["files"][0]["first"], "2026-06-01T00:00:00Z");
    assert_eq!(value["files"][1]["state"], "failed");
    assert_eq!([0, 1, 2].map(|file| value["files"][file]["kind"].as_str().unwrap()), ["audit", "", "users"]);
    assert_eq!(value["files"][2]["entity_records"], value["files"][2]["records"]);
    assert_eq!(engine.store().problems.list()[0].kind, ProblemKind::BadJson);
}

#[test]
fn a_b2c_file_is_of_its_own_kind_also_where_all_of_it_was_there_before() {
    let mut engine = Engine::default();
    let text = format!("[{RECORD}]");
    load(&mut engine, "a.json", text.as_bytes());
    load(&mut engine, "b.json", text.as_bytes());
    let found = ask(&mut engine, 30);
    let kinds: Vec<_> = found.kinds.iter().map(|kind| (kind.kind.as_str(), kind.spans.len())).collect();
    assert_eq!(kinds, [("b2c-audit", 2)]);
    assert_eq!(found.kinds[0].overlaps.len(), 1);
}

#[test]
fn each_log_is_of_its_own_kind() {
    let mut engine = Engine::default();
    load(&mut engine, "a.json", include_bytes!("fixtures/graph-signin-json/array.json"));
    load(&mut engine, "b.json", include_bytes!("fixtures/graph-json/array.json"));
    let logs = &engine.store().sources[0].logs;
    assert_eq!(logs.iter().map(|log| log.records).sum::<u64>(), engine.store().sources[0].records);
    assert!(logs.iter().all(|log| log.log.ends_with("sign-ins")), "{logs:?}");
    let names: Vec<_> = engine.store().sources[1].logs.iter().map(|log| log.log.as_str()).collect();
    assert_eq!(names, ["Audit"]);
    let found = ask(&mut engine, 30);
    let kinds: Vec<_> = found.kinds.iter().map(|kind| kind.kind.as_str()).collect();
    assert!(kinds.contains(&"audit") && kinds.contains(&"interactive-sign-ins"), "{kinds:?}");
}

#[test]
fn the_view_says_what_to_do() {
    let mut engine = Engine::default();
    let note = blocks(&mut engine, &[]).into_iter().find_map(|block| match block {
        Block::Note(note) => Some(note.id),
        _ => None,
    });
    assert_eq!(note.as_deref(), Some("export-audit"));
    let text = format!("[{}]", RECORD.replace("B2C", "Core Directory"));
    load(&mut engine, "a.json", text.as_bytes());
    let said = |engine: &mut Engine, params: &[(&str, &str)]| {
        let found = blocks(engine, params);
        let export = found.iter().find_map(|block| match block {
            Block::Stats { stats } => Some(stats[0].text.clone()),
            _ => None,
        });
        let controls = found.iter().find_map(|block| match block {
            Block::Controls { controls } => Some(controls.len()),
            _ => None,
        });
        (export.unwrap(), controls.unwrap())
    };
    assert_eq!(said(&mut engine, &[]), ("1 Jul 2026".into(), 1));
    assert_eq!(said(&mut engine, &[("retention", "7")]), ("8 Jun 2026".into(), 1));
    let custom = [("retention", "custom"), ("retention-days", "10")];
    assert_eq!(said(&mut engine, &custom), ("11 Jun 2026".into(), 2));
    let line = blocks(&mut engine, &[]).into_iter().find_map(|block| match block {
        Block::Table(table) => Some((table.testid, table.lines[0].door.clone().unwrap().clauses[0].values[0].clone())),
        _ => None,
    });
    assert_eq!(line, Some(("coverage-file".into(), "0".into())));
}
