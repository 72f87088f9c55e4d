//! The engine while files are being read, stopped and questioned.

use guestlens_core::{
    engine::Engine,
    model::Field,
    protocol::{Ask, Picked, Query, ViewRequest},
    report::Report,
    store::{ProblemKind, SourceState},
    time::Zone,
};

fn ask() -> Ask {
    Ask {
        query: Query::default(),
        view: ViewRequest::Events { from: 0, count: 100, columns: vec![Field::Activity] },
        facets: Vec::new(),
        facet_text: Vec::new(),
        stack: None,
        zone: Zone::default(),
        bins: 50,
    }
}

/// The activities in the table, newest first.
fn table(engine: &mut Engine) -> Vec<String> {
    let Report::Events { rows } = engine.ask(1, &ask()).report else { panic!("a table was asked for") };
    rows.rows.iter().map(|row| row.cells[0].text.clone()).collect()
}

const HEADER: &str =
    "Date (UTC),CorrelationId,Service,Category,Activity,Result,ActorUserPrincipalName,Target1ObjectId\r\n";

fn line(date: &str, activity: &str) -> String {
    format!("{date},c-{activity},Core Directory,UserManagement,{activity},success,adele@contoso.com,t\r\n")
}

#[test]
fn a_late_decision_on_the_order_of_day_and_month_reorders_the_table() {
    let mut engine = Engine::default();
    let source = engine.open("dates.csv", 0);
    // Month first these are 3 February and 2 March; day first 2 March and 3 February. The others are 1 January.
    let mut begin = HEADER.to_owned() + &line("02/03/2026 08:00:00", "first") + &line("03/02/2026 08:00:00", "second");
    begin.extend((0..2_000).map(|_| line("01/01/2026 08:00:00", "filler")));
    engine.feed(source, begin.as_bytes());
    assert_eq!(table(&mut engine)[..2], ["second", "first"]);
    engine.feed(source, line("25/02/2026 08:00:00", "third").as_bytes());
    engine.end(source);
    assert_eq!(table(&mut engine)[..3], ["first", "third", "second"]);
}

#[test]
fn what_was_read_before_a_stop_is_kept_and_merged() {
    for cancel in [true, false] {
        let whole =
            HEADER.to_owned() + &line("2026-06-01T08:00:00Z", "first") + &line("2026-06-02T08:00:00Z", "second");
        let mut engine = Engine::default();
        let source = engine.open("whole.csv", 0);
        engine.feed(source, whole.as_bytes());
        engine.end(source);
        let again = engine.open("again.csv", 0);
        engine.feed(again, format!("{whole}{}", "x".repeat(70_000)).as_bytes());
        if cancel {
            engine.cancel();
        } else {
            engine.fail(again, ProblemKind::Unreadable);
        }
        let info = &engine.store().sources[again as usize];
        let state = if cancel { SourceState::Cancelled } else { SourceState::Failed };
        assert_eq!((info.state, info.records, info.events, info.duplicates), (state, 2, 0, 2));
        let why = if cancel { ProblemKind::Stopped } else { ProblemKind::Unreadable };
        let problems = engine.store().problems.list();
        assert!(problems.iter().any(|problem| problem.source == again && problem.kind == why));
        assert_eq!(table(&mut engine), ["second", "first"]);
    }
}

#[test]
fn picked_events_are_kept_alone() {
    let mut engine = Engine::default();
    let source = engine.open("whole.csv", 0);
    let lines: String =
        ["first", "second", "third"].iter().map(|activity| line("2026-06-01T08:00:00Z", activity)).collect();
    engine.feed(source, (HEADER.to_owned() + &lines).as_bytes());
    engine.end(source);
    let picked = Picked { label: "two".into(), records: vec![(source, 3), (source, 1), (9, 1)] };
    let query = Query { picked: Some(picked), ..Query::default() };
    assert_eq!(engine.ask(1, &Ask { query, ..ask() }).matching, 2);
}

#[test]
fn what_is_worked_out_ahead_changes_no_answer() {
    use guestlens_core::{
        report::{BlocksRequest, View},
        sample,
    };
    let answers = |ahead: bool| {
        let mut engine = Engine::default();
        for file in sample::files(sample::SEED) {
            let source = engine.open(&file.name, file.bytes.len() as u64);
            engine.feed(source, &file.bytes);
            engine.end(source);
        }
        let steps = if ahead { (0..99).take_while(|step| engine.prepare(*step)).count() } else { 0 };
        assert_eq!(steps > 3, ahead);
        let view = |of| ViewRequest::Blocks(BlocksRequest { of, ..BlocksRequest::default() });
        [View::Guests, View::Findings, View::Requests].map(|of| engine.ask(1, &Ask { view: view(of), ..ask() }))
    };
    assert!(answers(true) == answers(false));
}
