//! How long the engine takes to answer, over an invented store.
//!
//! `cargo bench -p guestlens-core --bench query` measures 250,000 and 1,000,000 events; further
//! arguments name questions to measure alone. `--quick-check` instead compares the answers over a
//! small store with counts made one by one.

mod quick_check;
mod synthetic;

use guestlens_core::{
    engine::{Engine, bench::BenchTruth},
    model::Field,
    protocol::{Ask, Clause, ExportFormat, Query, Sort, ViewRequest},
    time::Zone,
};
use std::{hint::black_box, time::Instant};

/// The facets that the filter rail asks for.
const FACETS: [Field; 10] = [
    Field::Service,
    Field::Category,
    Field::Activity,
    Field::Result,
    Field::ActorType,
    Field::Actor,
    Field::Target,
    Field::TargetType,
    Field::Property,
    Field::IpAddress,
];

const COLUMNS: [Field; 7] =
    [Field::Time, Field::Service, Field::Category, Field::Activity, Field::Result, Field::Target, Field::Actor];

/// The question behind the table.
fn events(query: Query) -> Ask {
    ask(query, ViewRequest::Events { from: 0, count: 100, columns: COLUMNS.to_vec() })
}

fn ask(query: Query, view: ViewRequest) -> Ask {
    let stack = Some(Field::Result);
    Ask { query, view, facets: FACETS.to_vec(), facet_text: Vec::new(), stack, zone: Zone::default(), bins: 120 }
}

fn by_activity() -> Query {
    let clause = Clause { field: Field::Activity, values: vec!["Invite external user".into()], exclude: false };
    Query { clauses: vec![clause], ..Query::default() }
}

fn search(text: &str) -> Query {
    Query { text: text.into(), ..Query::default() }
}

fn sorted(field: Field) -> Query {
    Query { sort: Sort { field, descending: false }, ..Query::default() }
}

/// Best and median milliseconds of a few runs.
fn time(mut run: impl FnMut()) -> (f64, f64) {
    let mut all = Vec::new();
    let begin = Instant::now();
    while all.len() < 5 || (all.len() < 40 && begin.elapsed().as_secs_f64() < 1.5) {
        let start = Instant::now();
        run();
        all.push(start.elapsed().as_secs_f64() * 1_000.0);
    }
    all.sort_by(f64::total_cmp);
    (all[0], all[all.len() / 2])
}

fn measure(engine: &mut Engine, needle: &str, wanted: &[String]) -> Vec<(&'static str, f64)> {
    let truth = BenchTruth { filter_activity: "Invite external user".into(), needle: needle.into() };
    let mut results = Vec::new();
    let mut note = |name: &'static str, run: &mut dyn FnMut()| {
        if wanted.is_empty() || wanted.iter().any(|part| name.contains(part)) {
            let (best, median) = time(run);
            println!("  {name:<28} best {best:>8.2} ms   median {median:>8.2} ms");
            results.push((name, best));
        }
    };
    for name in ["filter", "search", "needle", "byActivity", "byDay", "guests"] {
        note(name, &mut || _ = black_box(engine.bench_query(name, &truth)));
    }
    let absent = BenchTruth { needle: "no such text anywhere".into(), ..truth };
    note("search for absent text", &mut || _ = black_box(engine.bench_query("needle", &absent)));
    let questions: [(&'static str, Ask); 8] = [
        ("frame: no condition", events(Query::default())),
        ("frame: one activity", events(by_activity())),
        ("frame: search guest", events(search("guest"))),
        ("frame: search é", events(search("é"))),
        ("frame: search 2026-10-2", events(search("2026-10-2"))),
        ("frame: overview", ask(Query::default(), ViewRequest::Overview)),
        (
            "frame: actor x result",
            ask(Query::default(), ViewRequest::Groups { by: Field::Actor, then: Some(Field::Result) }),
        ),
        (
            "frame: by correlation id",
            ask(Query::default(), ViewRequest::Groups { by: Field::CorrelationId, then: None }),
        ),
    ];
    for (name, mut question) in questions {
        note(name, &mut || {
            // Another query each time, so that no selection is kept from the last one.
            question.query.from = if question.query.from.is_some() { None } else { Some(0) };
            black_box(engine.ask(1, &question));
        });
    }
    for field in FACETS {
        let name: &'static str = Box::leak(format!("facet {}", field.id()).into_boxed_str());
        let mut question =
            Ask { facets: vec![field], bins: 1, stack: None, ..ask(Query::default(), ViewRequest::Sources) };
        note(name, &mut || {
            question.query.from = if question.query.from.is_some() { None } else { Some(0) };
            black_box(engine.ask(1, &question));
        });
    }
    for (name, bins, stack) in
        [("histogram 1", 1, None), ("histogram 120", 120, None), ("histogram 120 result", 120, Some(Field::Result))]
    {
        let mut question = Ask { facets: vec![], bins, stack, ..ask(Query::default(), ViewRequest::Sources) };
        note(name, &mut || {
            question.query.from = if question.query.from.is_some() { None } else { Some(0) };
            black_box(engine.ask(1, &question));
        });
    }
    for (name, field) in [("sort by activity", Field::Activity), ("sort by correlation id", Field::CorrelationId)] {
        let mut turn = false;
        note(name, &mut || {
            turn = !turn;
            let mut question = Ask { facets: Vec::new(), ..ask(sorted(field), ViewRequest::Sources) };
            question.query.sort.descending = turn;
            black_box(engine.ask(3, &question));
        });
    }
    engine.ask(4, &events(Query::default()));
    note("rows in sight", &mut || _ = black_box(engine.rows(1_000, 100, &COLUMNS)));
    note("details", &mut || _ = black_box(engine.details(1_000, &Zone::default())));
    engine.ask(5, &events(by_activity()));
    note("export csv, one activity", &mut || _ = black_box(engine.export(ExportFormat::Csv, &[])));
    note("export json, one activity", &mut || _ = black_box(engine.export(ExportFormat::Json, &[])));
    results
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if wanted.iter().any(|argument| argument == "--quick-check") {
        return quick_check::run();
    }
    let mut runs = Vec::new();
    for count in [250_000, 1_000_000] {
        let (store, correlation) = synthetic::store(count);
        println!("{count} events, {} MB", store.heap_bytes() / 1_000_000);
        let mut engine = Engine::with_store(store);
        runs.push(measure(&mut engine, &correlation[9..30], &wanted));
    }
    println!("ratio of 1,000,000 to 250,000 events (4 is linear)");
    for ((name, small), (_, large)) in runs[0].iter().zip(&runs[1]) {
        println!("  {name:<28} {:>5.1}", large / small.max(0.001));
    }
}
