//! Azure AD B2C, from files as an administrator drops them, through the engine.

mod views;

use guestlens_core::{
    engine::Engine,
    protocol::Query,
    report::{Value, View},
    sample,
};
use views::{Asked, File, ask, ask_for, cell, engine, fixture, shared, table};

/// Names and tokens of the table of counts.
fn counts(engine: &mut Engine, by: &str) -> Vec<(String, String)> {
    let asked = ask(engine, View::B2c, &[("by", by)], None);
    let data = |line: &guestlens_core::report::TableLine, name: &str| {
        line.data.iter().find(|(own, _)| own == name).unwrap().1.clone()
    };
    table(&asked, "b2c-counts").lines.iter().map(|line| (data(line, "name"), data(line, "tokens"))).collect()
}

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn the_worked_case_is_told_exactly() {
    let names = ["audit-A-2026-06-01_06-15.json", "audit-B-2026-06-10_06-30.json", "audit-C-2026-07-05_07-10.json"];
    let Some(files) = shared("fixture", &names) else { return };
    let mut engine = engine(&files);
    assert_eq!(counts(&mut engine, "policy"), pairs(&[("B2C_1A_signup_signin", "2"), ("B2C_1_reset", "1")]));
    let apps = counts(&mut engine, "application");
    assert_eq!(apps.iter().map(|(_, tokens)| tokens.as_str()).collect::<Vec<_>>(), ["2", "1"]);
    assert!(apps.iter().all(|(name, _)| name.len() == 36));
    assert_eq!(counts(&mut engine, "provider"), pairs(&[("facebook", "3")]));
    let asked = ask(&mut engine, View::B2c, &[], None);
    let figures = ["b2c-tokens", "b2c-sign-ins", "b2c-users", "b2c-applications", "b2c-policies", "b2c-failures"];
    assert_eq!(figures.map(|id| asked.stat(id).unwrap()), [3, 3, 3, 2, 2, 0]);
}

/// The record of Microsoft's page, and one of an ordinary tenant.
const ORDINARY: &str = r#"[{"id":"o1","category":"ResourceManagement","correlationId":"c9","result":"success","activityDisplayName":"Get Guest Usages resource","activityDateTime":"2026-06-01T00:00:00Z","loggedByService":"B2C","initiatedBy":{"user":{"id":"a","userPrincipalName":"adele@contoso.example"}},"targetResources":[],"additionalDetails":[]}]"#;

fn own(name: &str, text: &str) -> File {
    (name.to_owned(), text.as_bytes().to_vec())
}

#[test]
fn billing_for_guests_is_no_sign_in() {
    let mut engine = engine(&[own("ordinary.json", ORDINARY)]);
    let asked = ask(&mut engine, View::B2c, &[], None);
    assert!(asked.note("no-b2c").is_some() && asked.note("b2c-of-ordinary-tenants").is_some());
    assert_eq!(["b2c-tokens", "b2c-sign-ins", "b2c-administration"].map(|id| asked.stat(id).unwrap()), [0, 0, 0]);
    assert!(ask(&mut Engine::default(), View::B2c, &[], None).note("no-b2c").is_some());
}

/// A journey of one correlation id with a code, then a token; one without a correlation id; one that failed;
/// old names of categories and details in another order.
#[test]
fn our_own_case_is_told_exactly() {
    let mut engine = engine(&[fixture("b2c.json"), own("ordinary.json", ORDINARY)]);
    let asked = ask(&mut engine, View::B2c, &[], None);
    let figures = ["b2c-tokens", "b2c-sign-ins", "b2c-users", "b2c-failures", "b2c-administration"];
    assert_eq!(figures.map(|id| asked.stat(id).unwrap()), [5, 4, 2, 1, 2]);
    assert_eq!(counts(&mut engine, "policy"), pairs(&[("B2C_1A_signup_signin", "4"), ("B2C_1_reset", "1")]));
    let shop = "00000001-0000-4000-8000-000000000001";
    let portal = "00000001-0000-4000-8000-000000000002";
    // The second names its application in the actor alone.
    assert_eq!(counts(&mut engine, "application"), pairs(&[(shop, "3"), (portal, "2")]));
    assert_eq!(counts(&mut engine, "provider"), pairs(&[("facebook", "4"), ("", "1")]));

    let types: Vec<(String, String)> =
        table(&asked, "b2c-types").lines.iter().map(|line| (line.data[0].1.clone(), line.data[1].1.clone())).collect();
    let expected = [("Authorization", "0"), ("Directory", "0"), ("Application", "0"), ("Key", "1"), ("Resource", "2")];
    assert_eq!(types[..5], pairs(&expected));
    assert_eq!(types[5], ("Authentication".to_owned(), "6".to_owned()));

    let records = table(&asked, "b2c-records");
    let last = &records.lines[0];
    let id = |text: &str| Value::Id(text.into());
    assert_eq!(cell(records, last, "actor-object-id"), &id("00000003-0000-4000-8000-000000000001"));
    assert_eq!(cell(records, last, "actor-spn"), &id(portal));
    assert_eq!(cell(records, last, "target-object-id"), &id("00000002-0000-4000-8000-000000000002"));
    assert_eq!(cell(records, last, "tenant-id"), &Value::Text("contosob2c.example".into()));
    assert_eq!(cell(records, last, "policy-id"), &Value::Text("B2C_1_reset".into()));
    assert!(matches!(cell(records, last, "application-id"), Value::None(_)));

    let failed = ask(&mut engine, View::B2c, &[("list", "failures")], None);
    assert_eq!(table(&failed, "b2c-records").total, 1);
    let failures = table(&failed, "b2c-failures");
    assert_eq!(cell(failures, &failures.lines[0], "reason"), &Value::Text("The password is wrong.".into()));
}

fn door_leads_to(engine: &mut Engine, asked: &Asked, id: &str) -> Vec<(i64, u64)> {
    let chart = asked.chart(id);
    let values = chart.lines[0].values.clone();
    let steps = chart.steps.iter().zip(values);
    steps
        .map(|(step, value)| {
            let door = step.door.clone().expect("a door");
            let query = Query { clauses: door.clauses, picked: door.picked, ..Query::default() };
            let matching = views::matching(engine, query);
            (value.unwrap(), matching)
        })
        .collect()
}

#[test]
fn bars_lead_to_as_many_events() {
    let mut engine = engine(&[fixture("b2c.json"), own("ordinary.json", ORDINARY)]);
    let asked = ask(&mut engine, View::B2c, &[], None);
    for id in ["b2c-by-policy", "b2c-by-application", "b2c-by-provider"] {
        for (value, events) in door_leads_to(&mut engine, &asked, id) {
            assert_eq!(value.unsigned_abs(), events, "{id}");
        }
    }
}

#[test]
fn the_invented_tenant_has_its_numbers() {
    let files: Vec<File> = sample::files(sample::SEED)
        .into_iter()
        .filter(|f| f.name.starts_with("B2C"))
        .map(|f| (f.name, f.bytes))
        .collect();
    let mut engine = engine(&files);
    let query = Query {
        clauses: vec![guestlens_core::protocol::Clause {
            field: guestlens_core::model::Field::Activity,
            values: vec!["Issue an id_token to the application".into()],
            exclude: false,
        }],
        ..Query::default()
    };
    let asked = ask_for(&mut engine, query, View::B2c, &[], None);
    // docs/sample-tenant.md: 526 id_tokens for 227 consumers.
    assert_eq!(["b2c-tokens", "b2c-users"].map(|id| asked.stat(id).unwrap()), [526, 227]);
    let chart = asked.chart("b2c-by-policy");
    let bars: Vec<(&str, i64)> = chart
        .steps
        .iter()
        .zip(&chart.lines[0].values)
        .map(|(step, value)| (step.label.as_str(), value.unwrap()))
        .collect();
    assert_eq!(bars, [("B2C_1A_signup_signin", 424), ("B2C_1_reset", 65), ("B2C_1A_profile_edit", 37)]);
}
