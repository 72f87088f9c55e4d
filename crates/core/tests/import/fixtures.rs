//! The laws that hold for every fixture in `tests/fixtures/<format>/`.

use crate::{
    dump::{dump, dump_event},
    load, load_into,
};
use guestlens_core::{
    import::FORMATS,
    model::Column,
    store::{SourceState, Store},
};
use std::{fs, path::PathBuf};

fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "fixtures"].iter().collect()
}

/// Format, path and bytes of each fixture.
fn fixtures() -> Vec<(String, PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for format in fs::read_dir(folder()).unwrap() {
        let format = format.unwrap();
        for file in fs::read_dir(format.path()).unwrap() {
            let path = file.unwrap().path();
            if !path.to_string_lossy().ends_with(".dump") {
                let bytes = fs::read(&path).unwrap();
                found.push((format.file_name().into_string().unwrap(), path, bytes));
            }
        }
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    found
}

/// The bytes of a fixture.
pub fn fixture_bytes(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

fn fixture(name: &str) -> Store {
    load(&fixture_bytes(name), &[])
}

/// To write the dumps anew: `GUESTLENS_BLESS=1 cargo test -p guestlens-core`.
#[test]
fn every_fixture_reads_as_its_dump_says() {
    for (format, path, bytes) in fixtures() {
        let store = load(&bytes, &[]);
        assert_eq!(store.sources[0].format, format, "{}", path.display());
        let (found, file) = (dump(&store), PathBuf::from(format!("{}.dump", path.display())));
        if std::env::var_os("GUESTLENS_BLESS").is_some() {
            fs::write(&file, &found).unwrap();
        }
        let expected = fs::read_to_string(&file).unwrap_or_default();
        assert!(expected == found, "{} differs: bless and look at the difference", file.display());
    }
}

#[test]
fn every_format_has_a_fixture() {
    let known: Vec<String> = fixtures().into_iter().map(|(format, ..)| format).collect();
    for format in FORMATS {
        assert!(known.iter().any(|known| known == format.id), "{}", format.id);
    }
}

#[test]
fn pushes_may_be_cut_anywhere() {
    for (_, path, bytes) in fixtures() {
        let whole = dump(&load(&bytes, &[]));
        for sizes in [&[1][..], &[2], &[3, 1], &[7, 64, 1, 333], &[4096, 5], &[61, 67, 1000]] {
            assert!(dump(&load(&bytes, sizes)) == whole, "{} in pushes of {sizes:?}", path.display());
        }
    }
}

/// At 150 places of each file; at every byte with `GUESTLENS_EVERY_BYTE=1 cargo test --release`.
#[test]
fn a_file_cut_off_anywhere_keeps_the_records_before() {
    for (_, path, bytes) in fixtures() {
        let every = std::env::var_os("GUESTLENS_EVERY_BYTE").is_some();
        let step = if every { 1 } else { (bytes.len() / 150).max(1) };
        let mut most = 0;
        for end in (0..bytes.len()).step_by(step) {
            let store = load(&bytes[..end], &[]);
            let recognised = store.sources[0].state == SourceState::Done && store.sources[0].events > 0;
            assert!(!recognised || store.len() + 1 >= most, "{} cut at {end}", path.display());
            most = most.max(store.len());
        }
    }
}

/// What the portal's CSV holds of an event.
const IN_CSV: [Column; 16] = [
    Column::Service,
    Column::Category,
    Column::Activity,
    Column::Result,
    Column::ResultReason,
    Column::ActorType,
    Column::Actor,
    Column::ActorName,
    Column::ActorUpn,
    Column::ActorId,
    Column::ActorTenantId,
    Column::ActorServicePrincipalId,
    Column::ActorServicePrincipalName,
    Column::IpAddress,
    Column::UserAgent,
    Column::CorrelationId,
];

fn as_csv_holds_it(store: &Store, user_agent: bool) -> Vec<String> {
    let columns: Vec<_> = IN_CSV.into_iter().filter(|column| user_agent || *column != Column::UserAgent).collect();
    (0..store.len()).map(|event| dump_event(store, event, &columns, false)).collect()
}

#[test]
fn one_log_reads_alike_in_every_wrapping() {
    let whole = fixture("graph-json/array.json");
    for name in [
        "graph-json/lines.jsonl",
        "graph-json/lines-crlf-escaped.jsonl",
        "graph-json/page.json",
        "graph-json/pages-one-after-another.json",
        "portal-csv/portal.csv",
        "portal-csv/all-quoted-lf.csv",
        "portal-csv/spanish.csv",
        "azure-monitor-json/lines.jsonl",
        "azure-monitor-json/records.json",
        "log-analytics-json/rows.jsonl",
        "log-analytics-json/nested.json",
    ] {
        // The table of Log Analytics has no user agent.
        let user_agent = !name.starts_with("log-analytics");
        let expected = as_csv_holds_it(&whole, user_agent);
        let found = as_csv_holds_it(&fixture(name), user_agent);
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(found, expected, "{name}");
        }
        assert_eq!(found.len(), 6, "{name}");
    }
}

#[test]
fn files_do_not_mix() {
    let mut store = Store::default();
    let mut whole = Vec::new();
    for (_, _, bytes) in fixtures() {
        load_into(&mut store, &bytes, &[]);
        let mut alone = load(&bytes, &[]);
        alone.sources[0].id = store.sources.len() as u32 - 1;
        alone.sources[0].file = alone.sources[0].id;
        whole.push(alone);
    }
    assert_eq!(store.len() as u64, store.sources.iter().map(|source| source.events).sum::<u64>());
    for (info, alone) in store.sources.iter().zip(&whole) {
        let mut expected = alone.sources[0].clone();
        let mut found = info.clone();
        // Some fixtures tell of the same events.
        for info in [&mut expected, &mut found] {
            info.events += std::mem::take(&mut info.duplicates);
        }
        found.unknown_fields.sort();
        expected.unknown_fields.sort();
        assert_eq!(found, expected);
    }
}
