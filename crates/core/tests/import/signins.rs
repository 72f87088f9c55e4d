//! What must be so of sign-ins and of the unified audit log in whatever format they come.

use crate::{count, fixtures::fixture_bytes, load, load_into};
use guestlens_core::{
    import::Import,
    model::{Column, TargetColumn},
    store::{ProblemKind, SourceInfo, Store},
};

fn named(name: &str, bytes: &[u8]) -> Store {
    let mut store = Store::default();
    store.sources.push(SourceInfo { name: name.into(), ..SourceInfo::default() });
    let mut import = Import::new(0);
    import.push(bytes, &mut store);
    import.finish(&mut store);
    store
}

#[track_caller]
fn check_name(fixture: &str, name: &str, log: &str, category: &str, notes: usize) {
    let store = named(name, &fixture_bytes(fixture));
    assert!((0..store.len()).all(|event| store.text(event, Column::Log) == log), "{name}");
    assert!((0..store.len()).all(|event| store.text(event, Column::Category) == category), "{name}");
    assert_eq!(store.sources[0].notes.len(), notes, "{name}: {:?}", store.sources[0].notes);
}

#[test]
fn the_name_of_a_download_says_what_the_file_does_not() {
    let users = "signin-csv/portal-57.csv";
    check_name(users, "InteractiveSignIns_2026-06-01.csv", "Interactive sign-ins", "interactiveUser", 0);
    check_name(users, "NonInteractiveSignIns (1).csv", "Non-interactive sign-ins", "nonInteractiveUser", 0);
    check_name(users, "export.csv", "Interactive sign-ins", "interactiveUser", 1);
    let applications = "signin-app-csv/applications.csv";
    check_name(applications, "ApplicationSignIns_2026-06.csv", "Application sign-ins", "servicePrincipal", 0);
    check_name(applications, "MSISignIns_2026-06.csv", "Managed identity sign-ins", "managedIdentity", 0);
    check_name(applications, "export.csv", "Application sign-ins", "servicePrincipal", 1);
}

/// Columns of the second sign-in: a guest who fails.
const GUEST: [(Column, &str); 12] = [
    (Column::Log, "Interactive sign-ins"),
    (Column::Service, "Sign-ins"),
    (Column::Category, "interactiveUser"),
    (Column::Activity, "Sign-in"),
    (Column::Result, "failure"),
    (Column::ActorType, "User"),
    (Column::ActorName, "Dana Vale"),
    (Column::ActorUpn, "dana@fabrikam.example"),
    (Column::ActorUserType, "Guest"),
    (Column::ActorTenantId, "fab00000-0000-4000-8000-00000000fab1"),
    (Column::IpAddress, "203.0.113.2"),
    (Column::EventId, "00000002-000a-4000-8000-000000000002"),
];

#[test]
fn one_sign_in_reads_alike_in_every_format() {
    for name in [
        "signin-csv/portal-57.csv",
        "signin-csv/portal-55-quoted.csv",
        "signin-csv/other-order.csv",
        "graph-signin-json/page.json",
        "graph-signin-json/lines.jsonl",
        "graph-signin-json/powershell.json",
        "azure-monitor-json/sign-ins.jsonl",
        "azure-monitor-json/sign-ins-lower-case.json",
        "log-analytics-csv/sign-ins.csv",
        "log-analytics-json/sign-ins.jsonl",
        "log-analytics-tables/sign-ins.json",
    ] {
        let store = load(&fixture_bytes(name), &[]);
        for (column, expected) in GUEST {
            assert_eq!(store.text(1, column), expected, "{name} {column:?}");
        }
        assert!(store.guest[1], "{name}");
        let targets: Vec<_> = store.targets_of(1).map(|at| store.target_text(at, TargetColumn::Target)).collect();
        assert_eq!(targets, ["My Apps", "Microsoft Graph"], "{name}");
        // Where the resource is the application, it is one target.
        assert!(store.len() == 2 || store.targets_of(2).len() == 1, "{name}");
    }
}

#[test]
fn an_overlap_counts_each_sign_in_once_but_keeps_the_unified_log() {
    let mut store = Store::default();
    load_into(&mut store, &fixture_bytes("graph-signin-json/page.json"), &[]);
    load_into(&mut store, &fixture_bytes("signin-csv/portal-57.csv"), &[]);
    // One of the six is invented under an id of the other file, but at another time.
    assert_eq!((store.sources[0].events, store.sources[1].events, store.sources[1].duplicates), (7, 1, 5));
    let id = "00000001-000a-4000-8000-000000000001";
    let unified = format!(
        "RecordType,CreationDate,UserIds,Operations,AuditData\n15,2026-06-01,a@contoso.example,UserLoggedIn,\
         \"{{\"\"Id\"\":\"\"{id}\"\",\"\"Workload\"\":\"\"AzureActiveDirectory\"\"}}\"\n"
    );
    load_into(&mut store, unified.as_bytes(), &[]);
    assert_eq!((store.sources[2].events, store.sources[2].duplicates), (1, 0));
    load_into(&mut store, unified.as_bytes(), &[]);
    assert_eq!((store.sources[3].events, store.sources[3].duplicates), (0, 1));
}

#[test]
fn an_overlap_of_formats_counts_each_sign_in_once() {
    for (name, new, known) in [
        ("azure-monitor-json/sign-ins.jsonl", 2, 6),
        ("log-analytics-csv/sign-ins.csv", 0, 5),
        ("log-analytics-json/sign-ins.jsonl", 0, 5),
        ("log-analytics-tables/sign-ins.json", 0, 4),
    ] {
        let mut store = Store::default();
        load_into(&mut store, &fixture_bytes("graph-signin-json/page.json"), &[]);
        load_into(&mut store, &fixture_bytes(name), &[]);
        assert_eq!((store.sources[1].events, store.sources[1].duplicates), (new, known), "{name}");
    }
}

#[test]
fn the_error_code_decides_where_no_status_does() {
    let result = |status: &str, code: &str| {
        let csv = format!(
            "Date (UTC),Request ID,Username,Application,Status,Sign-in error code\n2026-06-01,1,a@contoso.example,x,{status},{code}\n"
        );
        load(csv.as_bytes(), &[]).text(0, Column::Result).into_owned()
    };
    let cases = [
        ("Success", "0", "success"),
        ("Interrupted", "50140", "interrupted"),
        ("FAILURE", "50140", "failure"),
        ("", "50140", "failure"),
        ("", "0", "success"),
        ("Correcto", "0", "success"),
        ("Interrumpido", "50140", "Interrumpido"),
        ("", "", ""),
    ];
    for (status, code, expected) in cases {
        assert_eq!(result(status, code), expected, "{status} {code}");
    }
}

#[test]
fn damaged_files_keep_what_they_have() {
    let bytes = fixture_bytes("signin-csv/portal-57.csv");
    let store = load(&bytes[..bytes.len() - 40], &[1]);
    assert_eq!((store.len(), count(&store, 0, ProblemKind::Truncated)), (5, 1));
    let bytes = fixture_bytes("purview-ual-csv/search.csv");
    let store = load(&bytes[..bytes.len() - 40], &[7]);
    assert_eq!((store.len(), count(&store, 0, ProblemKind::Truncated)), (3, 1));
    // Shares of a log that tell nobody and no application are no sign-ins.
    let store = load(b"Date (UTC),Request ID,Username,Application,Status,Latency\n2026-06-01,1,,,Success,3\n", &[]);
    assert_eq!((store.len(), count(&store, 0, ProblemKind::NotAnEvent)), (0, 1));
}

#[test]
fn summaries_and_other_downloads_are_no_sign_ins() {
    for text in [
        "Date (UTC),Request ID,Correlation ID,Username,Authentication method,Succeeded,Requirement\n2026-06-01,1,2,a,b,c,d\n",
        "UserPrincipalName,AppDisplayName,count_\na@contoso.example,My Apps,3\n",
    ] {
        assert_eq!(count(&load(text.as_bytes(), &[]), 0, ProblemKind::NotRecognised), 1, "{text}");
    }
}
