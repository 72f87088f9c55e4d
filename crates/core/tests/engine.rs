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

/// A guest with an access package, and many events.
fn many_events() -> String {
    let guest = r#"{"type":"User","id":"00000000-0000-4000-8000-000000000001","userPrincipalName":"dana_fabrikam.example#EXT#@contoso.com"}"#;
    let package =
        r#"{"type":"AccessPackage","id":"00000000-0000-4000-8000-000000000002","displayName":"Project Aurora"}"#;
    let line = |number: usize, activity: &str, targets: &str| {
        format!(
            r#"{{"id":"e{number}","category":"EntitlementManagement","activityDisplayName":"{activity}","result":"success",
            "activityDateTime":"2026-06-01T08:00:00Z","initiatedBy":{{"user":{{"userPrincipalName":"adele@contoso.com"}}}},
            "targetResources":[{targets}]}}"#
        )
        .replace('\n', "")
            + "\n"
    };
    let fulfilled = line(0, "Fulfill access package assignment request", &format!("{guest},{package}"));
    (1..20_001).fold(fulfilled, |all, number| all + &line(number, "Update user", guest))
}

#[test]
fn the_roster_says_what_is_still_being_read_and_fills_it_in() {
    use guestlens_core::report::{Block, BlocksRequest, Value, View};
    let text = many_events();
    let read = |is_stepwise: bool| {
        let mut engine = Engine::default();
        if is_stepwise {
            engine.set_stepwise();
        }
        let source = engine.open("audit.json", text.len() as u64);
        engine.feed(source, text.as_bytes());
        engine.end(source);
        engine
    };
    // Whether it is said, and what the guest's cell has.
    let shown = |engine: &mut Engine| {
        let view = ViewRequest::Blocks(BlocksRequest { of: View::Guests, ..BlocksRequest::default() });
        let Report::Blocks { blocks, .. } = engine.ask(1, &Ask { view, ..ask() }).report else { panic!("blocks") };
        let is_said = blocks.iter().any(|block| matches!(block, Block::Note(note) if note.id == "still-reading"));
        let table = blocks.iter().find_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
        let table = table.expect("the roster");
        let at = table.columns.iter().position(|column| column.id == "packages").expect("packages");
        (is_said, table.lines[0].cells[at].clone())
    };
    let known = Value::List(vec!["Project Aurora".into()]);
    let mut engine = read(true);
    let (is_said, packages) = shown(&mut engine);
    assert!(is_said && matches!(packages, Value::None(_)), "{packages:?}");
    assert!(!engine.has_more_to_say());
    let has_more = (0..99).any(|step| engine.prepare(step) && engine.has_more_to_say());
    assert!(has_more);
    assert_eq!(shown(&mut engine), (false, known.clone()));
    // A file waits for all of it.
    assert_eq!(shown(&mut read(false)), (false, known));
}

#[test]
fn the_overview_says_at_once_what_happened_and_then_who_is_who() {
    let read = |is_stepwise: bool| {
        let mut engine = Engine::default();
        if is_stepwise {
            engine.set_stepwise();
        }
        for file in guestlens_core::sample::files(guestlens_core::sample::SEED) {
            let source = engine.open(&file.name, file.bytes.len() as u64);
            engine.feed(source, &file.bytes);
            engine.end(source);
        }
        engine
    };
    let overview = |engine: &mut Engine| engine.ask(1, &Ask { view: ViewRequest::Overview, ..ask() }).report;
    let (whole, mut engine) = (overview(&mut read(false)), read(true));
    assert_ne!(overview(&mut engine), whole);
    assert!(!engine.has_more_to_say());
    assert!((0..Engine::AT_ONCE).all(|step| engine.prepare(step)) && engine.has_more_to_say());
    assert_eq!(overview(&mut engine), whole);
    assert!(!engine.has_more_to_say());
}

#[test]
fn a_value_of_a_filter_that_is_nowhere_in_the_files_is_named() {
    use guestlens_core::protocol::Clause;
    let mut engine = Engine::default();
    let text = many_events();
    let source = engine.open("audit.json", text.len() as u64);
    engine.feed(source, text.as_bytes());
    engine.end(source);
    let values = vec!["Update user".into(), "Invite external user".into()];
    let clause = Clause { field: Field::Activity, values, exclude: false };
    let query = Query { clauses: vec![clause], ..Query::default() };
    let frame = engine.ask(1, &Ask { query, ..ask() });
    assert_eq!(frame.absent, [(Field::Activity, "Invite external user".into())]);
    assert_eq!(engine.ask(2, &ask()).absent, []);
}
