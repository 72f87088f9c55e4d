//! The sample tenant through the importers: every audit record and every sign-in of it becomes an event.

use guestlens_core::{
    engine::Engine,
    import::Import,
    model::{Attribute, Column, EntityKind, List, Origin},
    report::Need,
    sample::{SEED, SampleFile, SampleKind, files},
    store::{SourceInfo, SourceState, Store},
};
use std::collections::BTreeSet;

/// Records of the audit files, in their order, and how many of them two files share.
const RECORDS: [u64; 5] = [3158, 2296, 2154, 3058, 1262];
const SHARED: usize = 493;
/// Records of the sign-in file.
const SIGN_INS: u64 = 983;

/// Ids of the records of a JSON file; the CSV has none, its lines stand for them.
fn ids(file: &SampleFile) -> Vec<String> {
    if file.kind == SampleKind::AuditCsv {
        return csv::Reader::from_reader(&file.bytes[..]).records().map(|record| format!("{record:?}")).collect();
    }
    let mut json: serde_json::Value = serde_json::from_slice(&file.bytes).unwrap();
    let list = if json.is_array() { json } else { json["value"].take() };
    list.as_array().unwrap().iter().map(|record| record["id"].as_str().unwrap().into()).collect()
}

#[test]
fn all_audit_files_load_without_a_problem() {
    let files = files(SEED);
    let audit =
        |file: &&SampleFile| matches!(file.kind, SampleKind::AuditCsv | SampleKind::AuditJson | SampleKind::B2cAudit);
    let mut store = Store::default();
    let (mut rows, mut distinct) = (0, BTreeSet::new());
    for (source, file) in files.iter().filter(audit).enumerate() {
        let ids = ids(file);
        rows += ids.len();
        distinct.extend(ids.iter().cloned());
        store.sources.push(SourceInfo {
            id: source as u32,
            file: source as u32,
            size: file.bytes.len() as u64,
            ..SourceInfo::default()
        });
        let mut import = Import::new(source);
        for bytes in file.bytes.chunks(100_000) {
            import.push(bytes, &mut store);
        }
        import.finish(&mut store);
        let read = &store.sources[source];
        assert_eq!(read.records, RECORDS[source], "{}", file.name);
        assert_eq!(read.format, if file.kind == SampleKind::AuditCsv { "portal-csv" } else { "graph-json" });
        assert_eq!((read.problems, read.records), (0, ids.len() as u64), "{}", file.name);
        assert_eq!(read.events + read.duplicates, read.records, "{}", file.name);
        assert_eq!(read.unknown_fields, [], "{}", file.name);
    }
    // Whoever removes the records that two exports share, removes exactly these.
    let (shared, removed) = (rows - distinct.len(), store.sources.iter().map(|source| source.duplicates).sum::<u64>());
    assert_eq!(shared, SHARED);
    assert!(removed == 0 || removed == shared as u64);
    assert_eq!(store.len() as u64 + removed, rows as u64);
    let invitations = (0..store.len()).filter(|event| store.text(*event, Column::Activity) == "Invite external user");
    assert!(invitations.count() > 120);
    assert!(store.guest.iter().filter(|guest| **guest).count() > 3000);
}

/// Kind and records of the files that are no logs.
const ENTITIES: [(&str, u64); 8] = [
    ("users", 279),
    ("catalogs", 3),
    ("packages resources", 7),
    ("policies", 7),
    ("assignments", 161),
    ("requests", 196),
    ("connected-organizations", 8),
    ("review-decisions", 81),
];

#[test]
fn all_entity_files_load_without_a_problem() {
    let mut engine = Engine::default();
    let mut found = Vec::new();
    for file in files(SEED) {
        let source = engine.open(&file.name, file.bytes.len() as u64);
        file.bytes.chunks(50_000).for_each(|bytes| engine.feed(source, bytes));
        engine.end(source);
        let info = &engine.store().sources[source as usize];
        if info.entity_records > 0 {
            assert_eq!(
                (info.problems, info.state, &info.unknown_fields[..]),
                (0, SourceState::Done, &[][..]),
                "{}",
                file.name
            );
            assert_eq!((info.entity_records, info.duplicates, info.events), (info.records, 0, 0), "{}", file.name);
            found.push((info.kind.clone(), info.records));
        }
    }
    found.sort();
    let mut expected: Vec<(String, u64)> =
        ENTITIES.iter().map(|(kind, records)| ((*kind).to_owned(), *records)).collect();
    expected.sort();
    assert_eq!(found, expected);
    // Every kind of export that a view asks for is there, by the records and by what is known of the files.
    let store = engine.store();
    let missing = |need: &&Need| !need.is_met(store) || !need.is_met_by(&store.sources);
    assert_eq!(Need::ALL.iter().filter(missing).collect::<Vec<_>>(), [&Need::Users; 0]);
    let people = engine.store().entities(EntityKind::Person);
    // What assignments and requests mention adds nobody to the people listed.
    let newest = people.newest();
    let own = newest.iter().filter(|row| people.origin(**row) == Origin::Own).count();
    assert_eq!(own, 279);
    assert!(newest.iter().any(|row| people.list(*row, List::Sponsor).count() > 0));
    assert!(newest.iter().any(|row| people.time(*row, Attribute::LastSignIn).is_some()));
}

#[test]
fn all_sign_ins_load_without_a_problem() {
    let file = files(SEED).into_iter().find(|file| file.kind == SampleKind::SignIns).unwrap();
    let mut store = Store::default();
    store.sources.push(SourceInfo { name: file.name.clone(), ..SourceInfo::default() });
    let mut import = Import::new(0);
    for bytes in file.bytes.chunks(100_000) {
        import.push(bytes, &mut store);
    }
    import.finish(&mut store);
    let read = &store.sources[0];
    assert_eq!((read.format.as_str(), read.records, read.events), ("signin-csv", SIGN_INS, SIGN_INS));
    assert_eq!((read.problems, &read.unknown_fields, &read.notes), (0, &vec![], &vec![]));
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(&file.bytes[..]).records().map(|record| record.unwrap()).collect();
    for (event, row) in rows.iter().enumerate() {
        assert_eq!(store.text(event, Column::Log), "Interactive sign-ins");
        assert_eq!(store.text(event, Column::EventId), &row[1]);
        assert_eq!(store.text(event, Column::ActorUpn), &row[6]);
        assert_eq!(store.text(event, Column::Result), row[27].to_lowercase());
        assert_eq!(store.guest[event], &row[7] == "Guest");
    }
}
