//! Public sample files, which stand beside the repository and not in it.

use crate::{count, load, load_into};
use guestlens_core::{
    model::{Column, Log},
    store::{ProblemKind, SourceState, Store},
};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// A folder beside the workspace, or in the one that `GUESTLENS_SHARED` names.
pub fn shared(folder: &str) -> Option<PathBuf> {
    let beside = || [env!("CARGO_MANIFEST_DIR"), "..", "..", "..", "shared"].iter().collect();
    let path = env::var_os("GUESTLENS_SHARED").map_or_else(beside, PathBuf::from).join(folder);
    if !path.is_dir() {
        println!("skipped: there is no {folder} beside the repository");
        return None;
    }
    Some(path)
}

/// Path, format, records, and how many of them tell of an event, seen before or not.
const AUDIT: [(&str, &str, u64, u64); 18] = [
    ("azure_monitor_jsonl/elastic_auditlogs_raw.log", "azure-monitor-json", 3, 3),
    ("azure_monitor_jsonl/elastic_auditlogs_result_description.log", "azure-monitor-json", 2, 2),
    ("azure_monitor_jsonl/elastic_time_formats_corner_cases.log", "azure-monitor-json", 11, 11),
    ("azure_monitor_jsonl/panther_invite_external_user.jsonl", "azure-monitor-json", 4, 4),
    ("azure_monitor_jsonl/wazuh_storage_events_inline.jsonl", "azure-monitor-json", 2, 2),
    ("azure_monitor_records/wazuh_storage_events_records.json", "azure-monitor-json", 2, 2),
    ("docs_fragments/entra_docs_access_reviews_audit.json", "graph-json", 1, 1),
    ("docs_fragments/stratus_access_package_events.NOTJSON.txt", "graph-json", 2, 0),
    ("docs_fragments/stratus_guest_invite_redeem.NOTJSON.txt", "graph-json", 2, 1),
    ("graph_b2c/azure_docs_issue_id_token.json", "graph-json", 1, 1),
    ("graph_directoryAudit/beta_directoryaudit-get_1.json", "graph-json", 1, 1),
    ("graph_directoryAudit/beta_directoryaudit-list_1.json", "graph-json", 1, 1),
    ("graph_directoryAudit/v1.0_directoryaudit-get_1.json", "graph-json", 1, 1),
    ("graph_directoryAudit/v1.0_directoryaudit-list_1.json", "graph-json", 1, 1),
    ("graph_directoryAudit/wazuh_graph_events_b2c_page.json", "graph-json", 2, 2),
    ("graph_directoryAudit/wazuh_graph_events_empty_page.json", "graph-json", 0, 0),
    ("headers/auditlogs_portal_csv_header.csv", "portal-csv", 0, 0),
    ("loganalytics_csv/sentinel_AuditLogs_Hunting.csv", "log-analytics-csv", 5, 5),
];

/// The same for sign-ins and the unified audit log.
const SIGN_INS: [(&str, &str, u64, u64); 16] = [
    ("azure_monitor_jsonl/elastic_signinlogs_raw_2of5.log", "azure-monitor-json", 2, 2),
    ("docs_fragments/entra_docs_guest_signin.NOTJSON.txt", "graph-signin-json", 1, 0),
    ("graph_signIn/beta_signin-get_1.json", "graph-signin-json", 1, 1),
    ("graph_signIn/beta_signin-list_1.json", "graph-signin-json", 1, 1),
    ("graph_signIn/beta_signin-list_2.json", "graph-signin-json", 1, 1),
    ("graph_signIn/beta_signin-list_3.json", "graph-signin-json", 1, 1),
    ("graph_signIn/not_valid_json/v1.0_signin-get_1.json", "graph-signin-json", 1, 0),
    ("graph_signIn/not_valid_json/v1.0_signin-list_1.json", "graph-signin-json", 1, 0),
    ("graph_signIn/not_valid_json/v1.0_signin-list_2.json", "graph-signin-json", 1, 0),
    ("headers/signins_application_csv_header_22col.csv", "signin-app-csv", 0, 0),
    ("headers/signins_portal_csv_header_55col.csv", "signin-csv", 0, 0),
    ("headers/signins_portal_csv_header_57col.csv", "signin-csv", 0, 0),
    ("loganalytics_csv/sentinel_disable_accounts.csv", "log-analytics-csv", 4, 4),
    ("loganalytics_csv/sentinel_signinLogs.csv", "log-analytics-csv", 1, 0),
    ("purview_ual/deteng_Update_user.csv", "purview-ual-csv", 1, 1),
    ("purview_ual/deteng_o365spray_reporting.csv", "purview-ual-csv", 9, 9),
];

/// Samples of known wrappings whose records are something else.
const OTHER_RECORDS: [(&str, u64); 2] =
    [("loganalytics_csv/sentinel_signinLogs.csv", 1), ("loganalytics_json/wazuh_log_analytics_api_tables.json", 2)];

#[test]
fn samples_load_whole() {
    let Some(folder) = shared("samples") else { return };
    for (path, format, records, events) in AUDIT.into_iter().chain(SIGN_INS) {
        let store = load(&fs::read(folder.join(path)).unwrap(), &[]);
        let info = &store.sources[0];
        let events_read = info.events + info.duplicates;
        assert_eq!((info.format.as_str(), info.records, events_read), (format, records, events), "{path}");
        assert_eq!(info.state == SourceState::Failed, records > 0 && events == 0, "{path}");
        let lost = [ProblemKind::BadJson, ProblemKind::NotAnEvent, ProblemKind::Truncated];
        assert_eq!(lost.map(|kind| count(&store, 0, kind)).iter().sum::<u64>(), records - events, "{path}");
        let logs: Vec<_> = (0..store.len()).map(|event| store.text(event, Column::Log).into_owned()).collect();
        let is_audit = AUDIT.iter().any(|(audit, ..)| *audit == path);
        let kind = match format {
            "signin-csv" | "signin-app-csv" | "graph-signin-json" => "sign-ins",
            "purview-ual-csv" => "unified-audit-log",
            _ if is_audit || events == 0 => "audit",
            _ => "sign-ins",
        };
        assert_eq!(info.kind, kind, "{path}");
        assert!(logs.iter().all(|log| !log.is_empty() && (log == Log::Audit.label()) == is_audit), "{path}: {logs:?}");
    }
}

/// How many records a file holds, counted without the importers; `None` where that takes one.
fn records(path: &Path, bytes: &[u8]) -> Option<u64> {
    let name = path.file_name()?.to_str()?;
    let is = |end: &str| name.ends_with(end);
    let text = std::str::from_utf8(bytes).ok()?;
    if is(".csv") {
        let text = text.trim_start_matches('\u{feff}');
        let text = if text.starts_with("version:") { text.split_once('\n')?.1 } else { text };
        return Some(csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes()).records().count() as u64);
    }
    if is(".jsonl") || is(".log") {
        return Some(text.lines().filter(|line| !line.trim().is_empty()).count() as u64);
    }
    let json: serde_json::Value = serde_json::from_str(text).ok()?;
    let listed = ["value", "records"].iter().find_map(|key| json.get(key)?.as_array());
    match (listed, &json) {
        (Some(list), _) | (None, serde_json::Value::Array(list)) => Some(list.len() as u64),
        // A query's answer has tables, a record may have lists.
        _ => json.get("tables").is_none().then_some(1),
    }
}

/// Every file of the samples, those in folders within too, is read to its end with all its records, each of
/// which is counted as something (`load` sees to that); the list of samples names no file that is not there.
#[test]
fn every_sample_is_accounted_for() {
    let Some(folder) = shared("samples") else { return };
    let mut paths = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { &mut folders } else { &mut paths }.push(path);
        }
    }
    let list = fs::read_to_string(folder.join("SOURCES.tsv")).unwrap();
    let listed: Vec<&str> = list.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
    assert!(listed.len() > 100 && listed.iter().all(|name| paths.contains(&folder.join(name))), "{listed:?}");
    let mut valid = 0;
    for path in paths.iter().filter(|path| !path.ends_with("SOURCES.tsv")) {
        let bytes = fs::read(path).unwrap();
        let store = load(&bytes, &[]);
        let (info, shown) = (&store.sources[0], path.display());
        let is_not_valid = ["NOTJSON", "not_valid_json"].iter().any(|word| path.to_string_lossy().contains(word));
        if info.state == SourceState::Failed {
            assert!(info.problems > 0, "{shown}: failed without a word");
        }
        let is_other = path.parent().is_some_and(|folder| folder.ends_with("edge_encoding"));
        if is_not_valid || is_other {
            continue;
        }
        valid += 1;
        assert!(!info.format.is_empty(), "{shown}");
        if let Some(records) = records(path, &bytes) {
            assert_eq!(info.records, records, "{shown}");
        }
    }
    assert!(valid > 90, "{valid}");
}

#[test]
fn every_time_of_the_corner_cases_is_read() {
    let Some(folder) = shared("samples") else { return };
    let store = load(&fs::read(folder.join("azure_monitor_jsonl/elastic_time_formats_corner_cases.log")).unwrap(), &[]);
    let hours = store.time.iter().map(|&time| guestlens_core::time::hour_and_weekday(time).0).collect::<Vec<_>>();
    assert_eq!(hours, [9; 11]);
    assert!(store.time.iter().all(|&time| guestlens_core::time::calendar(time) == (2007, 1, 9)));
}

#[test]
fn other_logs_in_known_wrappings_are_no_events() {
    let Some(folder) = shared("samples") else { return };
    for (path, records) in OTHER_RECORDS {
        let store = load(&fs::read(folder.join(path)).unwrap(), &[]);
        let info = &store.sources[0];
        assert_eq!((info.state, info.records, info.events), (SourceState::Failed, records, 0), "{path}");
        assert_eq!(count(&store, 0, ProblemKind::NotAnEvent), records, "{path}");
    }
}

#[test]
fn a_table_of_something_else_is_not_recognised() {
    let Some(folder) = shared("samples") else { return };
    let store = load(&fs::read(folder.join("SOURCES.tsv")).unwrap(), &[]);
    assert_eq!(store.sources[0].state, SourceState::Failed);
    assert_eq!(count(&store, 0, ProblemKind::NotRecognised), 1);
}

#[test]
fn the_worked_case_has_54_records_of_42_events() {
    let Some(folder) = shared("fixture") else { return };
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    let names = ["audit-A-2026-06-01_06-15.json", "audit-B-2026-06-10_06-30.json", "audit-C-2026-07-05_07-10.json"];
    let mut store = Store::default();
    for name in names {
        load_into(&mut store, &read(name), &[]);
    }
    assert_eq!(store.sources.iter().map(|source| source.records).sum::<u64>(), 54);
    assert_eq!(store.len(), 42);
    assert!(store.problems.list().is_empty());
    let lines = load(&read("audit-B-2026-06-10_06-30.ndjson"), &[]);
    assert_eq!(lines.sources[0].records, store.sources[1].records);
}
