//! Requests for access packages, from files as an administrator drops them, through the engine.

mod views;

use guestlens_core::{
    engine::Engine,
    report::{Table, Value, View},
    time::{DAY, HOUR, MINUTE, SECOND},
};
use views::{Asked, ask, cell, engine, fixture, shared, table};

/// Key, state and some durations of each request: decision, delivery, in all.
type Told = (String, String, [Option<i64>; 3]);

fn told(table: &Table) -> Vec<Told> {
    let duration = |value: &Value| if let Value::Duration(ticks) = value { Some(*ticks) } else { None };
    let mut all: Vec<Told> = table
        .lines
        .iter()
        .map(|line| {
            let data =
                |name: &str| line.data.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone()).unwrap();
            let times = ["time-to-decision", "time-to-deliver", "total"].map(|id| duration(cell(table, line, id)));
            (data("id"), data("state"), times)
        })
        .collect();
    all.sort();
    all
}

/// The id of the worked case's request, as its generator makes it.
const R: [&str; 6] = ["R1", "R2", "R3", "R4", "R5", "R6"];

fn check_the_case(engine: &mut Engine, ids: &[String; 6]) {
    let asked = ask(engine, View::Requests, &[], None);
    let requests = table(&asked, "requests");
    assert_eq!(requests.total, 6, "{requests:?}");
    let line =
        |at: usize| requests.lines.iter().find(|line| line.key == ids[at]).unwrap_or_else(|| panic!("{}", R[at]));
    let states =
        [0, 1, 2, 3, 4, 5].map(|at| line(at).data.iter().find(|(name, _)| name == "state").unwrap().1.as_str());
    assert_eq!(states, ["delivered", "denied", "expired", "delivered", "delivering", "submitted"]);
    let duration = |at: usize, id: &str| match cell(requests, line(at), id) {
        Value::Duration(ticks) => Some(*ticks),
        _ => None,
    };
    let address = |at: usize, id: &str| match cell(requests, line(at), id) {
        Value::Person { address, .. } => address.clone(),
        other => panic!("{other:?}"),
    };
    // R1
    assert_eq!(duration(0, "time-to-decision"), Some(30 * HOUR + MINUTE));
    assert_eq!(duration(0, "time-to-deliver"), Some(8 * MINUTE));
    assert_eq!(duration(0, "total"), Some(30 * HOUR + 10 * MINUTE));
    assert_eq!(address(0, "approver"), "megan@contoso.com");
    // R2, R3
    assert_eq!(duration(1, "time-to-decision"), Some(HOUR));
    assert_eq!(address(1, "approver"), "megan@contoso.com");
    assert_eq!(duration(2, "total"), Some(14 * DAY));
    // R4: the doer assigns, another receives.
    assert_eq!(address(3, "requestor"), "alex@contoso.com");
    assert!(address(3, "receiver").starts_with("quinn@woodgrove.example"));
    assert_eq!(cell(requests, line(3), "kind"), &Value::Said("Direct assignment".into()));
    // R5, R6
    assert_eq!(duration(4, "time-to-decision"), Some(30 * SECOND));
    assert_eq!(cell(requests, line(4), "decision"), &Value::Said("Approved automatically".into()));
    assert_eq!(duration(4, "time-to-deliver"), None);
    let open = |at: usize| line(at).data.iter().any(|(name, value)| name == "open" && value == "true");
    assert_eq!([0, 1, 2, 3, 4, 5].map(open), [false, false, false, false, true, true]);

    for (list, expected) in [("stuck", vec![4]), ("waiting", vec![5]), ("timed-out", vec![2]), ("open", vec![4, 5])] {
        let asked = ask(engine, View::Requests, &[("list", list)], None);
        let mut keys: Vec<String> = table(&asked, "requests").lines.iter().map(|line| line.key.clone()).collect();
        keys.sort();
        let mut expected: Vec<String> = expected.into_iter().map(|at: usize| ids[at].clone()).collect();
        expected.sort();
        assert_eq!(keys, expected, "{list}");
        assert_eq!(asked.stat(&format!("requests-{list}")).unwrap_or(expected.len() as u64), expected.len() as u64);
    }

    let steps = |engine: &mut Engine, at: usize| {
        let asked = ask(engine, View::Requests, &[], Some(&ids[at]));
        let lanes = asked.opened_lanes("request-way");
        let data = |span: &guestlens_core::report::Span, name: &str| {
            span.data.iter().find(|(own, _)| own == name).unwrap().1.clone()
        };
        let of = |span| (data(span, "step"), data(span, "duration-ms"));
        lanes.lanes[0].spans.iter().map(of).collect::<Vec<_>>()
    };
    let step = |word: &str, ms: i64| (word.to_owned(), ms.to_string());
    let minute = 60_000;
    assert_eq!(
        steps(engine, 0),
        [
            step("submitted", minute),
            step("pendingApproval", 30 * 60 * minute),
            step("approved", minute),
            step("delivering", 8 * minute)
        ]
    );
    assert_eq!(steps(engine, 1), [step("submitted", 60 * minute)]);
    assert_eq!(steps(engine, 3), [step("submitted", 5 * minute), step("partiallyDelivered", 180 * minute)]);
    assert_eq!(steps(engine, 4)[..2], [step("submitted", 30_000), step("approved", 10_000)]);
    assert_eq!(steps(engine, 4)[2].0, "delivering");

    let asked = ask(engine, View::Requests, &[], Some(&ids[4]));
    let story = asked.story().join(" ");
    assert!(story.contains("approved automatically after 30 s"), "{story}");
    assert!(
        story.contains("ready since 14 Jun 2026 08:00:40 UTC, and no loaded record says that access was given"),
        "{story}"
    );
    let asked = ask(engine, View::Requests, &[], Some(&ids[3]));
    let story = asked.story().join(" ");
    assert!(story.contains("delivered in part for 3 h."), "{story}");
}

#[test]
fn the_worked_case_is_told_exactly() {
    let names = ["audit-A-2026-06-01_06-15.json", "audit-B-2026-06-10_06-30.json", "audit-C-2026-07-05_07-10.json"];
    let Some(files) = shared("fixture", &names) else { return };
    // Ids that the case's generator makes of the names R1 to R6.
    let ids: [String; 6] = {
        let mut engine = engine(&files);
        let asked = ask(&mut engine, View::Requests, &[], None);
        let requests = table(&asked, "requests");
        let by_time = |receiver: &str, package: &str| {
            let line = requests.lines.iter().find(|line| {
                let is = |id, text: &str| cell(requests, line, id).words().contains(text);
                is("receiver", receiver) && is("package", package)
            });
            line.unwrap_or_else(|| panic!("{receiver} {package}")).key.clone()
        };
        [
            by_time("nora@", "Partner Portal"),
            by_time("omar@", "Partner Portal"),
            by_time("pia@", "Partner Portal"),
            by_time("quinn@", "Build Farm"),
            by_time("dana@", "Build Farm"),
            by_time("dana@", "Partner Portal"),
        ]
    };
    check_the_case(&mut engine(&files), &ids);
    let twin = ["audit-C-2026-07-05_07-10.json", "audit-B-2026-06-10_06-30.ndjson", "audit-A-2026-06-01_06-15.json"];
    check_the_case(&mut engine(&shared("fixture", &twin).unwrap()), &ids);
}

#[test]
fn our_own_case_is_told_exactly() {
    let ids = [1, 2, 3, 4, 5, 6].map(|number| format!("00000000-0000-4000-8000-00000000000{number}"));
    check_the_case(&mut engine(&[fixture("requests.json")]), &ids);
}

#[test]
fn the_order_of_files_does_not_matter() {
    let text = String::from_utf8(fixture("requests.json").1).unwrap();
    let records: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let one_by_one = |order: &[usize]| {
        let files: Vec<(String, Vec<u8>)> =
            order.iter().map(|at| (format!("{at}.json"), serde_json::to_vec(&[&records[*at]]).unwrap())).collect();
        let mut engine = engine(&files);
        told(table(&ask(&mut engine, View::Requests, &[], None), "requests"))
    };
    let forward: Vec<usize> = (0..records.len()).collect();
    let backward: Vec<usize> = forward.iter().rev().copied().collect();
    let mixed: Vec<usize> = forward.iter().map(|at| at * 7 % records.len()).collect();
    let first = one_by_one(&forward);
    assert_eq!(first.len(), 6);
    assert_eq!(first, one_by_one(&backward));
    let distinct: std::collections::BTreeSet<_> = mixed.iter().collect();
    assert_eq!(distinct.len(), records.len(), "7 must not divide the number of records");
    assert_eq!(first, one_by_one(&mixed));
}

#[test]
fn exports_of_requests_fill_the_view() {
    let Some(files) = shared("samples/graph_entitlement", &[]) else { return };
    assert_eq!(files.len(), 38);
    let mut engine = engine(&files);
    assert!(engine.store().sources.iter().all(|source| source.records > 0), "every body has records");
    let asked: Asked = ask(&mut engine, View::Requests, &[], None);
    let requests = table(&asked, "requests");
    let states: Vec<String> = told(requests).into_iter().map(|(_, state, _)| state).collect();
    assert!(states.iter().any(|state| state == "delivered") && states.iter().any(|state| state == "pendingApproval"));
    let delivered = requests.lines.iter().find(|line| line.key == "7999249e-249e-7999-9e24-99799e249979").unwrap();
    assert_eq!(cell(requests, delivered, "known-from"), &Value::Said("Export of requests".into()));
}

#[test]
fn the_invented_tenant_has_its_numbers() {
    let files: Vec<views::File> =
        guestlens_core::sample::files(guestlens_core::sample::SEED).into_iter().map(|f| (f.name, f.bytes)).collect();
    let mut engine = engine(&files);
    let asked = ask(&mut engine, View::Requests, &[], None);
    let figures = ["requests", "requests-delivered", "requests-canceled", "requests-deliveryFailed", "requests-stuck"];
    // docs/sample-tenant.md
    assert_eq!(figures.map(|id| asked.stat(id).unwrap_or(0)), [196, 157, 7, 4, 1]);
    let figures = ["requests-partiallyDelivered", "requests-waiting", "requests-denied", "requests-timed-out"];
    assert_eq!(figures.map(|id| asked.stat(id).unwrap_or(0)), [4, 2, 16, 5]);
    let stuck = ask(&mut engine, View::Requests, &[("list", "stuck")], None);
    let line = &table(&stuck, "requests").lines[0];
    assert!(cell(table(&stuck, "requests"), line, "receiver").words().contains("omar"));
}
