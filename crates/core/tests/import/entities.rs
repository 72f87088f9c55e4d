//! People, assignments, requests, reviews: samples, the worked case, snapshots and corrected mappings.

use crate::{count, load, load_into, samples::shared};
use guestlens_core::{
    engine::Engine,
    model::{Attribute, EntityKind, ItemColumn, List, Origin, TargetColumn},
    store::{ColumnChoice, MappingChoice, ProblemKind, SourceState, Store},
    time::iso,
};
use std::fs;

/// Folder, files in it, records, records that became entities, duplicates and problems.
const SAMPLES: [(&str, usize, u64, u64, u64, u64); 4] = [
    ("samples/graph_users", 19, 26, 26, 0, 0),
    ("samples/graph_entitlement", 38, 39, 38, 0, 1),
    ("samples/graph_accessreview", 21, 27, 19, 2, 6),
    ("samples/users_bulk", 2, 13, 12, 0, 1),
];

#[test]
fn samples_load_whole() {
    for (folder, files, records, entities, duplicates, problems) in SAMPLES {
        let Some(folder) = shared(folder) else { return };
        let mut sum = (0, 0, 0, 0, 0);
        for file in fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file()) {
            let store = load(&fs::read(&file).unwrap(), &[]);
            let info = &store.sources[0];
            let is_log = matches!(info.kind.as_str(), "audit" | "sign-ins" | "unified-audit-log");
            assert!(!info.format.is_empty() && !is_log, "{}", file.display());
            let lost = count(&store, 0, ProblemKind::NotUnderstood);
            assert_eq!(info.state == SourceState::Failed, info.records == lost, "{}", file.display());
            sum.0 += 1;
            sum.1 += info.records;
            sum.2 += info.entity_records;
            sum.3 += info.duplicates;
            sum.4 += info.problems;
        }
        assert_eq!(sum, (files, records, entities, duplicates, problems), "{}", folder.display());
    }
}

#[test]
fn the_worked_case_has_its_people_and_assignments() {
    let Some(folder) = shared("fixture") else { return };
    let mut store = Store::default();
    for name in ["users.json", "assignments-Eastern-Territory.csv", "assignments-Western-Territory.csv"] {
        load_into(&mut store, &fs::read(folder.join(name)).unwrap(), &[]);
    }
    let people = store.entities(EntityKind::Person);
    let own: Vec<usize> = people.of_source(0).filter(|row| people.origin(*row) == Origin::Own).collect();
    assert_eq!(own.len(), 7);
    let sponsored = |row: &&usize| people.list(**row, List::Sponsor).count() == 1;
    assert_eq!(own.iter().filter(sponsored).count(), 5);
    assert_eq!(people.time(own[0], Attribute::LastSignIn).map(iso).as_deref(), Some("2026-07-01T00:00:00Z"));
    let sponsor = people.list(own[0], List::Sponsor).next().unwrap();
    assert_eq!(people.item_text(sponsor, ItemColumn::Address), "adele@contoso.com");
    let assignments = store.entities(EntityKind::Assignment);
    let of = |source| {
        assignments.of_source(source).map(|row| assignments.text(row, Attribute::TargetMail)).collect::<Vec<_>>()
    };
    assert_eq!(of(1), ["nora@woodgrove.example", "quinn@woodgrove.example"]);
    assert_eq!(of(2).len(), 3);
    assert!(assignments.rows().all(|row| assignments.text(row, Attribute::State) == "delivered"));
    assert!(store.sources[1].mapping.iter().all(|column| column.guessed && column.attribute.is_some()));
}

fn user(id: u32, name: &str, last: &str) -> String {
    format!(
        r#"{{"id":"{id}","displayName":"{name}","userPrincipalName":"{id}@x","userType":"Guest","signInActivity":{{"lastSignInDateTime":"{last}"}}}}"#
    )
}

#[test]
fn snapshots_are_kept_and_the_newest_is_found() {
    let page = |users: &[String]| format!("{{\"value\":[{}]}}", users.join(","));
    let old = page(&[user(1, "Old name", "2026-01-01"), user(2, "Same", "2026-01-02")]);
    let new = page(&[user(1, "New name", "2026-03-01"), user(2, "Same", "2026-01-02"), user(3, "Third", "2026-02-01")]);
    let mut store = Store::default();
    for text in [&new, &old, &new] {
        load_into(&mut store, text.as_bytes(), &[]);
    }
    let counts: Vec<_> = store.sources.iter().map(|info| (info.entity_records, info.duplicates)).collect();
    assert_eq!(counts, [(3, 0), (1, 1), (0, 3)]);
    let people = store.entities(EntityKind::Person);
    assert_eq!(people.len(), 4);
    let newest: Vec<_> = people.newest().into_iter().map(|row| people.text(row, Attribute::Name)).collect();
    assert_eq!(newest, ["New name", "Same", "Third"]);
    let id = people.code(0, Attribute::Id);
    assert_eq!(people.newest_of(id).map(|row| people.text(row, Attribute::Name)).as_deref(), Some("New name"));
    assert!(store.sources.iter().all(|info| info.state == SourceState::Done));
}

#[test]
fn people_share_their_codes_with_events() {
    let mut store = Store::default();
    let event = r#"[{"id":"e","activityDisplayName":"Update user","activityDateTime":"2026-06-01","targetResources":[{"id":"1","userPrincipalName":"1@x","type":"User"}]}]"#;
    load_into(&mut store, event.as_bytes(), &[]);
    load_into(&mut store, user(1, "A", "2026-01-01").as_bytes(), &[]);
    let people = store.entities(EntityKind::Person);
    assert_eq!(people.code(0, Attribute::Id), store.target_column(TargetColumn::Id).get(0));
    assert_eq!(people.code(0, Attribute::Upn), store.target_column(TargetColumn::Upn).get(0));
}

#[test]
fn the_reader_corrects_a_guess() {
    let text = "Who,Contact,Status,Where\nnora,nora@x.example,Delivered,Supplier Portal\n";
    let store = load(text.as_bytes(), &[]);
    assert_eq!(count(&store, 0, ProblemKind::NotRecognised), 1);
    let choose = |column: &str, attribute| ColumnChoice { column: column.into(), attribute };
    let choice = MappingChoice {
        format: Some("assignments-csv".into()),
        columns: vec![
            choose("Who", Some(Attribute::TargetName)),
            choose("Contact", Some(Attribute::TargetMail)),
            choose("Where", Some(Attribute::PackageName)),
        ],
    };
    let mut engine = Engine::default();
    let source = engine.open_with("a.csv", text.len() as u64, vec![(String::new(), choice)]);
    text.as_bytes().chunks(3).for_each(|piece| engine.feed(source, piece));
    engine.end(source);
    let store = engine.store();
    let info = &store.sources[0];
    assert_eq!((info.state, info.kind.as_str(), info.entity_records), (SourceState::Done, "assignments", 1));
    assert_eq!(info.mapping.iter().map(|column| column.guessed).collect::<Vec<_>>(), [false, false, true, false]);
    let rows = store.entities(EntityKind::Assignment);
    assert_eq!(rows.text(0, Attribute::PackageName), "Supplier Portal");
    assert_eq!(rows.text(0, Attribute::TargetMail), "nora@x.example");
    assert_eq!(
        (rows.text(0, Attribute::State), rows.text(0, Attribute::StateAsWritten)),
        ("delivered".into(), "Delivered".into())
    );
}

#[test]
fn secrets_are_not_kept() {
    let folder = [env!("CARGO_MANIFEST_DIR"), "tests", "fixtures"].iter().collect::<std::path::PathBuf>();
    for name in ["users-csv/bulk-create.csv", "graph-users-json/invitation.json"] {
        let store = load(&fs::read(folder.join(name)).unwrap(), &[]);
        for domain in guestlens_core::model::Domain::ALL {
            store.dictionary(*domain).for_each(|_, text| assert!(!String::from_utf8_lossy(text).contains("secret")));
        }
    }
}

#[test]
fn a_list_without_ids_counts_once_where_all_of_it_is_the_same() {
    let head = "Display name,E-mail,Status,Start date\n";
    let (dana, eve) = ("Dana,dana@x,Delivered,2026-01-02\n", "Eve,eve@x,Delivered,2026-02-03\n");
    let mut store = Store::default();
    let mut add = |lines: &[&str]| {
        load_into(&mut store, (head.to_owned() + &lines.concat()).as_bytes(), &[]);
        let info = store.sources.last().unwrap();
        let assignments = store.entities(EntityKind::Assignment).rows().len();
        (info.format.clone(), info.entity_records, info.duplicates, assignments, info.notes.len())
    };
    let format = || "assignments-csv".to_owned();
    assert_eq!(add(&[dana, eve]), (format(), 2, 0, 2, 1));
    // A line alone may be in the list of another package.
    assert_eq!(add(&[dana]), (format(), 1, 0, 3, 1));
    // The same export once more, sorted otherwise.
    assert_eq!(add(&[eve, dana]), (format(), 0, 2, 3, 2));
    assert_eq!(add(&[dana]), (format(), 0, 1, 3, 2));
    assert_eq!(add(&[dana, dana]), (format(), 2, 0, 5, 1));
}

#[test]
fn lists_of_two_packages_are_told_apart_by_their_names() {
    let text = "Display name,E-mail,Status,Start date\nDana,dana@x,Delivered,2026-01-02\n";
    let mut engine = Engine::default();
    let mut add = |name: &str| {
        let id = engine.open(name, text.len() as u64);
        engine.feed(id, text.as_bytes());
        engine.end(id);
        engine.store().sources[id as usize].duplicates
    };
    assert_eq!(["assignments-East.csv", "assignments-West.csv", "assignments-East (1).csv"].map(&mut add), [0, 0, 1]);
}
