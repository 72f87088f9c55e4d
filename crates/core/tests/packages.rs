//! What happened to access packages, through the engine.

mod views;

use guestlens_core::{
    model::Field,
    protocol::{Clause, Query},
    report::{TableWindow, Value, View},
    time::{HOUR, from_calendar},
};
use views::{ask, ask_for, ask_windows, cell, engine, fixture, shared, table};

const PORTAL: &str = "00000003-0000-4000-8000-000000000001";
const FARM: &str = "00000003-0000-4000-8000-000000000002";

#[test]
fn all_packages_at_once_and_any_of_them() {
    let mut engine = engine(&[fixture("requests.json")]);
    let all = ask(&mut engine, View::Packages, &[], None);
    // Three records of the approval service are in another category, as the workbook leaves them out.
    assert_eq!(all.stat("package-events"), Some(17));
    assert_eq!(all.stat("packages-seen"), Some(2));
    let activity = table(&all, "package-activity");
    assert_eq!(activity.total, 17);
    let first = &activity.lines[0];
    assert_eq!(cell(activity, first, "activity"), &Value::Text("Update access package".into()));
    assert_eq!(cell(activity, first, "upn"), &Value::Text("alex@contoso.com".into()));
    assert_eq!(cell(activity, first, "initiator"), &Value::Text("Alex".into()));
    assert_eq!(cell(activity, first, "package-id"), &Value::Id(PORTAL.into()));
    let asked = activity.lines.last().unwrap();
    let details = cell(activity, asked, "details");
    assert_eq!(details, &Value::Raw(r#"[{"key":"Justification","value":"New contract"}]"#.into()));

    let farm = ask(&mut engine, View::Packages, &[("packages", FARM)], None);
    assert_eq!(table(&farm, "package-activity").total, 7);
    let both = ask(&mut engine, View::Packages, &[("packages", &format!("{FARM},{PORTAL}"))], None);
    assert_eq!(table(&both, "package-activity").total, 17);
    // A bar adds its package to those chosen, or takes it away.
    let chart = farm.chart("package-activity-by-package");
    let params: Vec<&str> =
        chart.steps.iter().map(|step| step.door.as_ref().unwrap().params["packages"].as_str()).collect();
    assert_eq!(params, [format!("{FARM},{PORTAL}").as_str(), ""]);
}

#[test]
fn doors_lead_to_as_many_events() {
    let mut engine = engine(&[fixture("requests.json")]);
    for params in
        [&[][..], &[("packages", FARM)], &[("only-success", "1")], &[("packages", PORTAL), ("stack", "activity")]]
    {
        let asked = ask(&mut engine, View::Packages, params, None);
        for id in ["package-activity-over-time", "package-activity-by-initiator"] {
            let chart = asked.chart(id);
            for (at, step) in chart.steps.iter().enumerate() {
                let counted: i64 = chart.lines.iter().filter_map(|line| line.values[at]).sum();
                let door = step.door.clone().unwrap();
                let (from, to) = door.window.map_or((None, None), |(from, to)| (Some(from), Some(to)));
                let query = Query { clauses: door.clauses, from, to, ..Query::default() };
                assert_eq!(views::matching(&mut engine, query), counted.unsigned_abs(), "{id} {}", step.label);
            }
        }
        let total: i64 =
            asked.chart("package-activity-over-time").lines.iter().flat_map(|line| &line.values).flatten().sum();
        assert_eq!(total.unsigned_abs(), table(&asked, "package-activity").total);
    }
}

#[test]
fn time_and_filters_of_the_page_hold() {
    let mut engine = engine(&[fixture("requests.json")]);
    let from = from_calendar(2026, 6, 9, 0, 0, 0);
    let query = Query { from, to: from.map(|from| from + 12 * HOUR), ..Query::default() };
    assert_eq!(table(&ask_for(&mut engine, query, View::Packages, &[], None), "package-activity").total, 3);
    let actor = Clause { field: Field::ActorUpn, values: vec!["megan@contoso.com".into()], exclude: false };
    let query = Query { clauses: vec![actor], ..Query::default() };
    let asked = ask_for(&mut engine, query.clone(), View::Packages, &[], None);
    assert_eq!(table(&asked, "package-activity").total, 2);
    let window = TableWindow { id: "package-activity".into(), find: "deny".into(), ..TableWindow::default() };
    let asked = ask_windows(&mut engine, query, View::Packages, &[], None, vec![window]);
    assert_eq!(table(&asked, "package-activity").matching, 1);
    let asked =
        ask_for(&mut engine, Query { text: "nothing has this".into(), ..Query::default() }, View::Packages, &[], None);
    assert!(asked.note("no-package-activity").is_some());
}

#[test]
fn results_of_all_kinds_are_there() {
    let record = |id: &str, result: &str| {
        format!(
            r#"{{"id":"{id}","category":"EntitlementManagement","correlationId":"{id}","result":"{result}","activityDisplayName":"Update access package","activityDateTime":"2026-06-01T00:00:00Z","loggedByService":"Entitlement Management","initiatedBy":{{}},"targetResources":[{{"id":"{FARM}","displayName":"Build Farm","type":"AccessPackage"}},{{"id":"{PORTAL}","displayName":"Partner Portal","type":"AccessPackage"}}],"additionalDetails":[]}}"#
        )
    };
    let file = format!("[{},{}]", record("a", "success"), record("b", "failure"));
    let mut engine = engine(&[("a.json".to_owned(), file.into_bytes())]);
    let asked = ask(&mut engine, View::Packages, &[], None);
    // Two events about two packages each.
    assert_eq!(["package-events", "packages-seen", "package-failures"].map(|id| asked.stat(id).unwrap()), [2, 2, 1]);
    assert_eq!(table(&asked, "package-activity").total, 4);
    let asked = ask(&mut engine, View::Packages, &[("only-success", "1")], None);
    assert_eq!(table(&asked, "package-activity").total, 2);
}

#[test]
fn the_worked_case_has_its_events() {
    let names = ["audit-A-2026-06-01_06-15.json", "audit-B-2026-06-10_06-30.json", "audit-C-2026-07-05_07-10.json"];
    let Some(files) = shared("fixture", &names) else { return };
    let asked = ask(&mut engine(&files), View::Packages, &[], None);
    // EXPECTED.json: 15 events of requests in that category, and one policy changed with its package.
    assert_eq!(asked.stat("package-events"), Some(16));
    let asked = ask(&mut engine(&files), View::Packages, &[("any-category", "1")], None);
    assert_eq!(asked.stat("package-events"), Some(17));
}
