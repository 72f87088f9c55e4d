//! Prints how long the views of requests, access packages and B2C take with 5, 500 and 50,000 requests:
//! `cargo run --release -p guestlens-core --example requests-views`.

use guestlens_core::{
    engine::Engine,
    model::{Column, Log, TargetColumn},
    protocol::{Ask, Query, ViewRequest},
    report::{BlocksRequest, Report, TableWindow, View},
    store::{EventWriter, SourceInfo, Store},
    time::{HOUR, MINUTE, Zone, from_calendar},
};
use std::time::Instant;

/// Activities of a request, minutes after its beginning, and whether an approver does it.
const WAY: [(&str, i64, bool); 6] = [
    ("User requests access package assignment", 0, false),
    ("Create request approval", 0, false),
    ("Approve access package assignment request", 600, true),
    ("Ready to fulfill access package assignment request", 601, false),
    ("Fulfill access package assignment request", 609, false),
    ("Entitlement Management removes access package assignment request for user", 60_000, false),
];

/// What it is called, the view, its parameters, and windows of its tables.
type Case = (&'static str, View, &'static [(&'static str, &'static str)], Vec<TableWindow>);

fn guid(kind: u32, number: usize) -> Vec<u8> {
    format!("{kind:08x}-0000-4000-8000-{number:012x}").into_bytes()
}

fn target(writer: &mut EventWriter, kind: &[u8], id: &[u8], name: &[u8]) {
    writer.begin_target();
    writer.set_target(TargetColumn::Type, kind);
    writer.set_target(TargetColumn::Id, id);
    writer.set_target(TargetColumn::Name, name);
}

/// So many requests of a tenth as many people for 40 packages; some stop half way.
fn store(requests: usize) -> Store {
    let mut store = Store::default();
    store.sources.push(SourceInfo { name: "audit.json".into(), ..SourceInfo::default() });
    let begin = from_calendar(2026, 1, 1, 0, 0, 0).unwrap_or_default();
    let mut writer = store.writer(0);
    let mut record = 0;
    for number in 0..requests {
        let (who, package) = (number * 7 % (requests / 10).max(1), number * 11 % 40);
        let from = begin + number as i64 * (4_000 * HOUR / requests as i64);
        for (activity, after, approver) in &WAY[..if number % 17 == 0 { 4 } else { WAY.len() }] {
            record += 1;
            writer.time(from + after * MINUTE * (1 + number as i64 % 5));
            writer.set_log(Log::Audit);
            writer.set(Column::Activity, activity.as_bytes());
            writer.set(Column::Service, b"Entitlement Management");
            writer.set(Column::Category, b"EntitlementManagement");
            writer.set(Column::Result, b"success");
            writer.set(Column::CorrelationId, &guid(4, number));
            writer.set(Column::ActorType, b"User");
            let (kind, actor) = if *approver { (9, number % 25) } else { (1, who) };
            writer.set(Column::ActorId, &guid(kind, actor));
            writer.set(Column::ActorUpn, format!("person{kind}-{actor}@contoso.example").as_bytes());
            target(&mut writer, b"AccessPackage", &guid(3, package), format!("Package {package}").as_bytes());
            target(&mut writer, b"User", &guid(1, who), b"");
            target(&mut writer, b"AccessPackageAssignmentRequest", &guid(2, number), b"");
            writer.commit(record);
        }
    }
    store
}

fn main() {
    for requests in [5, 500, 50_000] {
        let mut engine = Engine::with_store(store(requests));
        println!("{requests} requests, {} events", engine.store().len());
        let window = |sort: &str| TableWindow {
            id: "requests".into(),
            sort: Some((sort.into(), true)),
            ..TableWindow::default()
        };
        let cases: [Case; 8] = [
            ("requests, first time", View::Requests, &[], Vec::new()),
            ("requests", View::Requests, &[], Vec::new()),
            ("requests, stuck", View::Requests, &[("list", "stuck")], Vec::new()),
            ("requests, by approver", View::Requests, &[("by", "approver")], Vec::new()),
            ("requests, by time in all", View::Requests, &[], vec![window("total")]),
            ("requests, by package's name", View::Requests, &[], vec![window("package")]),
            ("packages", View::Packages, &[], Vec::new()),
            ("B2C (none)", View::B2c, &[], Vec::new()),
        ];
        for (name, of, params, tables) in cases {
            let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            let ask = Ask {
                query: Query::default(),
                view: ViewRequest::Blocks(BlocksRequest { of, params, tables, open: None }),
                facets: Vec::new(),
                facet_text: Vec::new(),
                stack: None,
                zone: Zone::default(),
                bins: 60,
            };
            let from = Instant::now();
            let Report::Blocks { blocks, .. } = engine.ask(1, &ask).report else { continue };
            println!("  {name}: {:.1} ms, {} blocks", from.elapsed().as_secs_f64() * 1e3, blocks.len());
        }
    }
}
