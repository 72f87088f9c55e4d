//! What becomes of requests: each way that one can go, and how records are joined.

mod views;

use guestlens_core::{
    derived::{Derived, Memory},
    engine::Engine,
    entitlement::requests::{Decision, Kind, Request, Requests, Source, State},
    model::Field,
    protocol::{Clause, Query},
    report::View,
    time::{DAY, HOUR, MINUTE},
};
use proptest::prelude::*;
use std::rc::Rc;
use views::{
    File, ask, ask_for, engine,
    records::{Record, file, id, record},
    table,
};

const ASK: &str = "User requests access package assignment";
const READY: &str = "Ready to fulfill access package assignment request";
const GIVEN: &str = "Fulfill access package assignment request";
const MEGAN: &str = "megan@contoso.example";
const DANA: &str = "dana_fabrikam.example#EXT#@contoso.example";

fn requests_of(engine: &Engine) -> Rc<Requests> {
    let mut memory = Memory::default();
    memory.refresh(engine.store());
    Derived::new(engine.store(), &memory).get::<Requests>()
}

fn requests(records: &[Record]) -> Rc<Requests> {
    requests_of(&engine(&[file("a.json", records)]))
}

#[track_caller]
fn one(records: &[Record]) -> Request {
    let all = requests(records);
    assert_eq!(all.list.len(), 1, "{:?}", all.list);
    assert_eq!(all.list[0].events.len() + all.unjoined.len(), records.len());
    all.list[0].clone()
}

#[test]
fn a_request_taken_back() {
    let taken = one(&[
        Record { by: DANA, ..record("01T08:00:00", ASK, "r") },
        Record { by: DANA, ..record("01T09:00:00", "Cancel access package assignment request", "r") },
    ]);
    assert_eq!(
        (taken.state, taken.decision, taken.total_time()),
        (State::Canceled, Some(Decision::Canceled), Some(HOUR))
    );
    assert_eq!((taken.kind, taken.time_to_decision(), taken.is_open()), (Kind::UserAdd, None, false));
    assert!(taken.requestor.is(taken.receiver));
}

#[test]
fn a_delivery_that_fails_and_is_tried_again() {
    let failed = Record {
        result: "failure",
        reason: "The group is full",
        ..record("01T08:10:00", "Failed access package assignment request", "r")
    };
    let begin = [record("01T08:00:00", ASK, "r"), record("01T08:05:00", READY, "r"), failed];
    let request = one(&begin);
    assert_eq!((request.state, request.failure.as_str()), (State::DeliveryFailed, "The group is full"));
    let mut again = begin.to_vec();
    again.extend([record("01T09:00:00", READY, "r"), record("01T09:10:00", GIVEN, "r")]);
    let request = one(&again);
    assert_eq!((request.state, request.total_time()), (State::Delivered, Some(HOUR + 10 * MINUTE)));
    // A record of delivery that says that it failed delivers nothing.
    let request =
        one(&[record("01T08:00:00", ASK, "r"), Record { result: "failure", ..record("01T08:10:00", GIVEN, "r") }]);
    assert_eq!((request.state, request.delivered), (State::DeliveryFailed, None));
}

#[test]
fn names_without_the_final_request_mean_the_same() {
    let way = |names: [&'static str; 4]| {
        one(&[
            record("01T08:00:00", ASK, "r"),
            Record { by: MEGAN, ..record("01T09:00:00", names[0], "r") },
            record("01T09:01:00", names[1], "r"),
            record("01T09:05:00", names[2], "r"),
            record("01T09:15:00", names[3], "r"),
        ])
    };
    let with = way([
        "Approve access package assignment request",
        READY,
        "Partially fulfill access package assignment request",
        GIVEN,
    ]);
    let without = way([
        "Approve access package assignment",
        "Ready to fulfill access package assignment",
        "Partially fulfill access package assignment",
        "Fulfill access package assignment",
    ]);
    assert_eq!((with.steps.clone(), with.state, with.decided), (without.steps, without.state, without.decided));
    assert_eq!(
        (with.state, with.time_in_part(), with.time_to_deliver()),
        (State::Delivered, Some(10 * MINUTE), Some(14 * MINUTE))
    );
    for (names, state) in [
        (["Deny access package assignment", "Deny access package assignment request"], State::Denied),
        (["Cancel access package assignment", "Cancel access package assignment request"], State::Canceled),
        (["Failed access package assignment", "Failed access package assignment request"], State::DeliveryFailed),
    ] {
        for name in names {
            assert_eq!(
                one(&[record("01T08:00:00", ASK, "r"), record("01T09:00:00", name, "r")]).state,
                state,
                "{name}"
            );
        }
    }
}

#[test]
fn every_activity_of_microsofts_table_moves_a_request() {
    let after = |activity| one(&[record("01T08:00:00", ASK, "r"), record("01T09:00:00", activity, "r")]);
    let state = |activity| after(activity).state;
    assert_eq!(one(&[record("01T08:00:00", ASK, "r")]).state, State::Submitted);
    assert_eq!(state("Auto approve access package assignment request"), State::Delivering);
    assert_eq!(state("Create request approval"), State::PendingApproval);
    assert_eq!(state("Add approver to request approval"), State::PendingApproval);
    assert_eq!(state("Approve access package assignment request"), State::Delivering);
    assert_eq!(state(READY), State::Delivering);
    assert_eq!(state("Fulfill access package assignment"), State::Delivered);
    assert_eq!(state("Deny access package assignment request"), State::Denied);
    let activity = "Access package assignment request timed out (no approver action taken)";
    assert_eq!((state(activity), after(activity).decision), (State::Expired, Some(Decision::TimedOut)));
    assert_eq!(state("Schedule a future access package assignment"), State::Scheduled);
    let assigned = one(&[Record {
        by: MEGAN,
        ..record("01T08:00:00", "Administrator directly assigns user to access package", "r")
    }]);
    assert_eq!(assigned.kind, Kind::AdminAdd);
    assert!(!assigned.requestor.is(assigned.receiver));
    let removed = one(&[
        record("01T08:00:00", ASK, "r"),
        record("01T09:00:00", GIVEN, "r"),
        record("09T09:00:00", "Remove access package assignment", "r"),
    ]);
    let ended = removed.ended.expect("an end");
    assert_eq!((removed.state, ended.kind, ended.is_certain), (State::Delivered, Kind::SystemRemove, true));
}

#[test]
fn a_direct_assignment_that_is_not_delivered_is_stuck_and_not_waiting() {
    let later = Record { package: "Other", ..record("03T08:00:00", ASK, "later") };
    let all = requests(&[
        Record { by: MEGAN, ..record("01T08:00:00", "Administrator directly assigns user to access package", "r") },
        later,
    ]);
    let direct = all.list.iter().find(|request| request.kind == Kind::AdminAdd).unwrap();
    assert_eq!((direct.undelivered_for(), direct.is_waiting()), (Some(2 * DAY), false));
    let asked = all.list.iter().find(|request| request.kind == Kind::UserAdd).unwrap();
    assert_eq!((asked.undelivered_for(), asked.waiting_for()), (None, Some(0)));
}

#[test]
fn answers_of_the_approval_service_are_joined_by_the_request_id() {
    let answer = |time, by, words| Record {
        by,
        request: "",
        correlation: "another",
        receiver: "",
        package: "",
        other: "r",
        justification: words,
        ..record(time, "Request approved", "")
    };
    let request = one(&[
        Record { by: DANA, justification: "New contract", ..record("01T08:00:00", ASK, "r") },
        answer("01T10:00:00", MEGAN, "First yes"),
        record("01T10:00:01", "Approval stage completed for access package assignment request", "r"),
        answer("01T12:00:00", "alex@contoso.example", "Second yes"),
        Record {
            by: "alex@contoso.example",
            ..record("01T12:00:00", "Approve access package assignment request", "r")
        },
    ]);
    assert_eq!((request.approvers.len(), request.answer.as_str()), (2, "First yes"));
    assert_eq!((request.justification.as_str(), request.state), ("New contract", State::Delivering));
    assert_eq!(request.time_to_decision(), Some(4 * HOUR));
    // Without any record of entitlement management, the answer decides.
    let created = Record {
        request: "",
        other: "r",
        package: "",
        receiver: "",
        ..record("01T08:00:00", "Create request approval", "r")
    };
    let alone = one(&[created.clone(), Record { correlation: "r", ..answer("01T10:00:00", MEGAN, "Yes") }]);
    assert_eq!((alone.state, alone.key), (State::Delivering, id("r")));
    // An answer alone makes no request.
    let all = requests(&[answer("01T10:00:00", MEGAN, "Yes")]);
    assert_eq!((all.list.len(), all.unjoined.len()), (0, 1));
}

#[test]
fn two_requests_of_one_correlation_stay_two() {
    let shared = |time, activity, request| Record { correlation: "both", ..record(time, activity, request) };
    let all = requests(&[
        shared("01T08:00:00", ASK, "a"),
        shared("01T08:00:00", ASK, "b"),
        shared("01T09:00:00", GIVEN, "b"),
        Record { request: "", ..shared("01T08:30:00", READY, "") },
    ]);
    let mut states: Vec<State> = all.list.iter().map(|request| request.state).collect();
    states.sort();
    assert_eq!((states, all.unjoined.len()), (vec![State::Submitted, State::Delivered], 1));
    // Without ids, package and receiver tell them apart.
    let shared = |time, activity, package| Record { correlation: "both", package, ..record(time, activity, "") };
    let all = requests(&[
        shared("01T08:00:00", ASK, "Partner Portal"),
        shared("01T08:00:00", ASK, "Build Farm"),
        shared("01T09:00:00", GIVEN, "Build Farm"),
    ]);
    assert_eq!(all.list.iter().filter(|request| request.state == State::Delivered).count(), 1);
    assert_eq!(all.list.len(), 2);
}

#[test]
fn records_without_any_id_are_joined_uncertainly() {
    let bare = |time, activity| Record { correlation: "", ..record(time, activity, "") };
    let all = requests(&[bare("01T08:00:00", ASK), bare("01T09:00:00", GIVEN), bare("20T08:00:00", ASK)]);
    let told: Vec<(State, bool)> = all.list.iter().map(|request| (request.state, request.is_uncertain)).collect();
    assert_eq!(told, [(State::Submitted, true), (State::Delivered, true)]);
}

#[test]
fn another_request_for_the_same_access_ends_it() {
    let all = requests(&[
        record("01T08:00:00", ASK, "first"),
        record("01T09:00:00", GIVEN, "first"),
        Record {
            by: MEGAN,
            ..record("05T09:00:00", "Administrator directly removes user access package assignment", "away")
        },
        record("05T09:05:00", "Remove access package resource assignment", "away"),
        record("08T08:00:00", ASK, "second"),
        record("08T09:00:00", GIVEN, "second"),
    ]);
    let of = |name: &str| all.find(&id(name)).unwrap();
    let ended = of("first").ended.expect("an end");
    assert_eq!((ended.kind, ended.is_certain), (Kind::AdminRemove, false));
    // Access ends when the removal is complete.
    assert_eq!(Some(ended.time), of("away").finished);
    assert_eq!(of("second").ended, None);
    assert_eq!((of("away").state, of("away").kind), (State::Delivered, Kind::AdminRemove));
    assert_eq!((of("away").is_waiting(), of("away").undelivered_for()), (false, None));
}

#[test]
fn a_request_that_was_refused_is_not_open() {
    let refused =
        one(&[Record { result: "failure", reason: "Incompatible access", ..record("01T08:00:00", ASK, "r") }]);
    assert!(refused.is_refused && !refused.is_open() && !refused.is_waiting());
}

#[test]
fn what_began_before_the_logs_says_so() {
    let mut engine =
        engine(&[file("a.json", &[Record { by: DANA, receiver: "", ..record("01T08:00:00", GIVEN, "r") }])]);
    let request = requests_of(&engine).list[0].clone();
    assert_eq!((request.state, request.submitted, request.total_time()), (State::Delivered, None, None));
    // The user of that record is who received access.
    assert_eq!(request.receiver.address(engine.store()), DANA);
    let asked = ask(&mut engine, View::Requests, &[], Some(&request.key));
    assert!(asked.story()[0].contains("its beginning is not in the files"), "{:?}", asked.story());
    let records = table(&asked, "request-records");
    assert_eq!(
        views::cell(records, &records.lines[0], "role"),
        &guestlens_core::report::Value::Said("receives access".into())
    );
}

fn export(state: &str, completed: &str) -> File {
    let text = format!(
        r#"{{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignmentRequests","value":[{{"id":"{}","requestType":"userAdd","state":"{state}","status":"x","createdDateTime":"2026-06-01T08:00:00Z","completedDateTime":{completed}}}]}}"#,
        id("r")
    );
    ("requests.json".to_owned(), text.into_bytes())
}

#[test]
fn an_export_adds_what_the_records_do_not_know() {
    let records = file("a.json", &[record("01T08:00:00", ASK, "r"), record("02T08:00:00", READY, "r")]);
    let merged = |files: &[File]| requests_of(&engine(files)).list.clone();
    for files in [
        [records.clone(), export("delivered", "\"2026-06-09T08:00:00Z\"")],
        [export("delivered", "\"2026-06-09T08:00:00Z\""), records.clone()],
    ] {
        let [request] = &merged(&files)[..] else { panic!("one request") };
        assert!(matches!(request.state_from, Source::Export(_)), "{request:?}");
        assert_eq!((request.state, request.total_time(), request.is_open()), (State::Delivered, Some(8 * DAY), false));
        assert_eq!(request.steps.last().unwrap().to, request.finished);
    }
    // What the records know for certain stands: Graph says denied for a request that timed out.
    let timed_out = file(
        "a.json",
        &[
            record("01T08:00:00", ASK, "r"),
            record("15T08:00:00", "Access package assignment request timed out (no approver action taken)", "r"),
        ],
    );
    let [request] = &merged(&[timed_out, export("denied", "\"2026-06-15T08:00:00Z\"")])[..] else {
        panic!("one request")
    };
    assert_eq!((request.state, request.state_from), (State::Expired, Source::Records));
    // An export alone.
    let [request] = &merged(&[export("pendingApproval", "null")])[..] else { panic!("one request") };
    assert_eq!((request.state, request.is_waiting(), request.kind), (State::PendingApproval, true, Kind::UserAdd));
    let [request] = &merged(&[export("denied", "\"2026-06-03T08:00:00Z\"")])[..] else { panic!("one request") };
    assert_eq!((request.state, request.total_time()), (State::Denied, Some(2 * DAY)));
}

#[test]
fn filters_keep_requests_with_a_matching_event() {
    let other = Record { receiver: "omar_woodgrove.example#EXT#@contoso.example", ..record("03T08:00:00", ASK, "b") };
    let mut engine = engine(&[
        file(
            "a.json",
            &[
                record("01T08:00:00", ASK, "a"),
                Record { by: MEGAN, ..record("02T08:00:00", "Deny access package assignment request", "a") },
                other,
            ],
        ),
        export("pendingApproval", "null"),
    ]);
    let clause = Clause { field: Field::ActorUpn, values: vec![MEGAN.into()], exclude: false };
    let query = Query { clauses: vec![clause], ..Query::default() };
    let asked = ask_for(&mut engine, query, View::Requests, &[], None);
    let keys: Vec<&str> = table(&asked, "requests").lines.iter().map(|line| line.key.as_str()).collect();
    assert_eq!(keys, [id("a")]);
    assert!(asked.note("requests-left-out").unwrap().text.starts_with("2 requests are left out"));
    assert_eq!(table(&ask(&mut engine, View::Requests, &[], None), "requests").total, 3);
}

#[test]
fn doors_of_durations_lead_to_the_requests_they_measure() {
    let of = |name, package, hour| {
        [
            Record { package, ..record("01T08:00:00", ASK, name) },
            Record { package, by: MEGAN, ..record(hour, "Approve access package assignment request", name) },
        ]
    };
    let records: Vec<Record> = [
        of("a", "Partner Portal", "01T09:00:00"),
        of("b", "Partner Portal", "01T11:00:00"),
        of("c", "Build Farm", "01T10:00:00"),
    ]
    .concat();
    let mut engine = engine(&[file("a.json", &records)]);
    let asked = ask(&mut engine, View::Requests, &[], None);
    let durations = table(&asked, "request-durations");
    let line = &durations.lines[0];
    let hours = |column| match views::cell(durations, line, column) {
        guestlens_core::report::Value::Duration(ticks) => ticks / HOUR,
        other => panic!("{other:?}"),
    };
    assert_eq!(["decision-median", "decision-slow", "decision-longest"].map(hours), [1, 3, 3]);
    let door = line.door.clone().unwrap();
    let params: Vec<(&str, &str)> = door.params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(table(&ask(&mut engine, door.view.unwrap(), &params, None), "requests").total, 2);
    let by = ask(&mut engine, View::Requests, &[("by", "approver"), ("measure", "total")], None);
    assert_eq!(table(&by, "request-durations").lines[0].key, MEGAN);
}

#[test]
fn an_approver_is_one_person_under_any_name() {
    let decided = |day: &'static str, request: &'static str| {
        [
            record(day, ASK, request),
            Record { by: MEGAN, ..record(day, "Approve access package assignment request", request) },
        ]
    };
    let (name, bytes) = file("b.json", &decided("02T08:00:00", "b"));
    let without = String::from_utf8(bytes).unwrap().replace(&format!("\"{MEGAN}\""), "\"\"");
    assert!(!without.contains(MEGAN));
    let mut engine = engine(&[file("a.json", &decided("01T08:00:00", "a")), (name, without.into_bytes())]);
    let by = ask(&mut engine, View::Requests, &[("by", "approver")], None);
    let durations = table(&by, "request-durations");
    let keys: Vec<&str> = durations.lines.iter().map(|line| line.key.as_str()).collect();
    assert_eq!(keys, [MEGAN]);
    assert_eq!(views::cell(durations, &durations.lines[0], "requests"), &guestlens_core::report::Value::Number(2));
}

/// Many requests that go all ways, with some ids missing.
fn many() -> Vec<Record> {
    const NAMES: [&str; 5] = ["a", "b", "c", "d", "e"];
    const TIMES: [&str; 6] = ["01T08:00:00", "01T08:00:00", "01T09:30:00", "02T00:00:00", "02T00:00:00", "03T12:00:00"];
    const WAYS: [[&str; 6]; 5] = [
        [
            ASK,
            "Create request approval",
            "Approve access package assignment request",
            READY,
            GIVEN,
            "Remove access package assignment",
        ],
        [
            ASK,
            "Create request approval",
            "Add approver to request approval",
            "Update access package assignment request",
            "Deny access package assignment request",
            "Request denied",
        ],
        [
            "Administrator directly assigns user to access package",
            READY,
            "Partially fulfill access package assignment request",
            "Failed access package assignment request",
            READY,
            GIVEN,
        ],
        [
            ASK,
            "Auto approve access package assignment request",
            READY,
            "Partially fulfill access package assignment request",
            "Fulfill access package resource assignment",
            "Fulfill access package assignment",
        ],
        [
            "User requests to remove access package assignment",
            READY,
            "Remove access package resource assignment",
            "Remove access package assignment",
            "Request approved",
            "Request expired",
        ],
    ];
    let mut records = Vec::new();
    for (at, way) in WAYS.iter().enumerate() {
        for (step, activity) in way.iter().enumerate() {
            let mut next =
                Record { by: if step % 3 == 0 { DANA } else { MEGAN }, ..record(TIMES[step], activity, NAMES[at]) };
            if (at + step) % 4 == 3 {
                next.request = "";
            }
            if activity.starts_with("Request ") {
                (next.request, next.other, next.correlation) = ("", NAMES[at], "x");
            }
            records.push(next);
        }
    }
    records
}

/// What is told of each request, without places in the store.
fn told(engine: &Engine) -> Vec<String> {
    let store = engine.store();
    let all = requests_of(engine);
    let mut told: Vec<String> = all
        .list
        .iter()
        .map(|request| {
            let names: Vec<String> = request
                .approvers
                .iter()
                .chain([&request.requestor, &request.receiver])
                .map(|party| party.address(store).into_owned())
                .collect();
            let ended = request.ended.map(|ending| (ending.time, ending.kind, ending.is_certain));
            let stages: Vec<_> = request.events.iter().map(|(_, stage)| *stage).collect();
            let times = [
                request.submitted,
                request.decided,
                request.ready,
                request.delivered,
                request.finished,
                request.open_as_of,
            ];
            format!(
                "{} {:?} {:?} {:?} {} {names:?} {:?} {ended:?} {times:?} {stages:?} {:?}",
                request.key,
                request.kind,
                request.state,
                request.state_from,
                request.package.name(store),
                request.steps,
                request.decision
            )
        })
        .collect();
    told.push(format!("{} {:?}", all.unjoined.len(), all.last));
    told.sort();
    told
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Whatever the order of records, and however they are spread over files.
    #[test]
    fn order_does_not_matter(
        order in Just((0..30_usize).collect::<Vec<_>>()).prop_shuffle(),
        cuts in prop::collection::vec(1..30_usize, 0..4),
        export_at in 0..4_usize,
    ) {
        let records = many();
        prop_assert_eq!(records.len(), 30);
        let straight = [file("all.json", &records), export("delivered", "\"2026-06-09T08:00:00Z\"")];
        let shuffled: Vec<Record> = order.iter().map(|at| records[*at].clone()).collect();
        let mut cuts = cuts;
        cuts.extend([0, 30]);
        cuts.sort_unstable();
        cuts.dedup();
        let mut files: Vec<File> = cuts.windows(2).map(|cut| file(&format!("{}.json", cut[0]), &shuffled[cut[0]..cut[1]])).collect();
        files.insert(export_at.min(files.len()), straight[1].clone());
        prop_assert_eq!(told(&engine(&straight)), told(&engine(&files)));
    }
}
