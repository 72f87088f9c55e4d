//! A small invented case: one resource through two packages, ends, connected organizations, policies.

use crate::ask::{ask, ask_with, cell, data, load, open, request, stat, table};
use guestlens_core::{
    engine::Engine,
    model::Field,
    protocol::{Clause, Query},
    report::{Block, Value, View},
    time::from_calendar,
};
use serde_json::{Value as Json, json};

const MANAGER: &str = "Azure AD Identity Governance - User Management";

pub fn id(number: u32) -> String {
    format!("{number:08x}-2222-4222-8222-222222222222")
}

fn page(segment: &str, values: &Json) -> Vec<u8> {
    let context =
        format!("https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/{segment}");
    json!({ "@odata.context": context, "value": values }).to_string().into_bytes()
}

fn subject(number: u32, name: &str) -> Json {
    json!({
        "id": id(900 + number), "objectId": id(number), "displayName": name,
        "principalName": format!("{}_northwind.example#EXT#@contoso.example", name.to_lowercase()),
        "email": format!("{}@northwind.example", name.to_lowercase()), "subjectType": "user",
    })
}

fn assignment(number: u32, who: (u32, &str), package: (u32, &str), state: &str, ends: &str) -> Json {
    json!({
        "id": id(number), "state": state, "status": "Delivered",
        "expiredDateTime": (state == "expired").then_some(ends),
        "schedule": { "startDateTime": "2026-06-01T08:00:00Z", "expiration": { "type": "afterDateTime", "endDateTime": ends } },
        "target": subject(who.0, who.1),
        "accessPackage": { "id": id(package.0), "displayName": package.1 },
        "assignmentPolicy": { "id": id(60), "displayName": "Partners" },
    })
}

fn scope(role: &str, name: &str, number: u32, system: &str) -> Json {
    json!({
        "id": format!("{name}_{role}"),
        "role": { "id": id(number + 1), "displayName": role, "originSystem": system, "originId": id(number + 2) },
        "scope": { "id": id(number + 3), "displayName": name, "originId": id(number), "originSystem": system },
    })
}

pub fn event(at: &str, activity: &str, by_manager: bool, targets: &Json) -> Json {
    let (user, app) = if by_manager {
        (Json::Null, json!({ "displayName": MANAGER, "servicePrincipalId": id(99) }))
    } else {
        let user = json!({ "id": id(50), "displayName": "Ada", "userPrincipalName": "ada@contoso.example" });
        (user, Json::Null)
    };
    let service = if activity.contains("package") { "Entitlement Management" } else { "Core Directory" };
    json!({
        "id": format!("{at} {activity}"), "activityDateTime": at, "activityDisplayName": activity, "result": "success",
        "category": "UserManagement", "loggedByService": service, "correlationId": format!("{at} {activity}"),
        "initiatedBy": { "user": user, "app": app }, "targetResources": targets, "additionalDetails": [],
    })
}

pub fn user(number: u32, changes: &Json) -> Json {
    json!({ "id": id(number), "type": "User", "displayName": "", "modifiedProperties": changes })
}

pub fn group(number: u32, name: &str) -> Json {
    json!({ "id": id(number), "type": "Group", "displayName": name, "modifiedProperties": [] })
}

/// Lena has Alpha and Beta, which both give the group Editors; Alpha alone gives Board / Reader. Milo has Beta
/// and was put into Editors by hand as well. Nils' assignment is over.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let (alpha, beta) = ((10, "Alpha"), (11, "Beta"));
    let editors = || scope("Member", "Editors", 30, "AadGroup");
    let joined = json!([{ "displayName": "Group.ObjectID", "newValue": format!("\"{}\"", id(30)) }]);
    vec![
        (
            "assignments.json",
            page(
                "assignments",
                &json!([
                    assignment(100, (1, "Lena"), alpha, "delivered", "2026-07-12T08:00:00Z"),
                    assignment(101, (1, "Lena"), beta, "delivered", "2026-09-01T08:00:00Z"),
                    assignment(102, (2, "Milo"), beta, "delivered", "2026-09-01T08:00:00Z"),
                    assignment(103, (3, "Nils"), alpha, "expired", "2026-06-20T08:00:00Z"),
                ]),
            ),
        ),
        (
            "packages.json",
            page(
                "accessPackages",
                &json!([
                    { "id": id(10), "displayName": "Alpha", "catalogId": id(70),
                      "resourceRoleScopes": [editors(), scope("Reader", "Board", 40, "AadApplication")] },
                    { "id": id(11), "displayName": "Beta", "catalogId": id(70), "resourceRoleScopes": [editors()] },
                ]),
            ),
        ),
        (
            "policies.json",
            page(
                "assignmentPolicies",
                &json!([
                    { "id": id(60), "displayName": "Partners", "allowedTargetScope": "allConfiguredConnectedOrganizationUsers",
                      "requestApprovalSettings": { "isApprovalRequiredForAdd": true },
                      "accessPackage": { "id": id(10), "displayName": "Alpha" } },
                    { "id": id(61), "displayName": "Staff", "allowedTargetScope": "allMemberUsers",
                      "accessPackage": { "id": id(12), "displayName": "Gamma" } },
                    { "id": id(62), "displayName": "By group", "allowedTargetScope": "specificDirectoryUsers",
                      "specificAllowedTargets": [{ "@odata.type": "#microsoft.graph.groupMembers", "groupId": id(30) }],
                      "accessPackage": { "id": id(12), "displayName": "Gamma" } },
                ]),
            ),
        ),
        (
            "organizations.json",
            page(
                "connectedOrganizations",
                &json!([{
                    "id": id(80), "displayName": "Northwind", "state": "configured", "createdDateTime": "2025-01-02T00:00:00Z",
                    "identitySources": [{ "@odata.type": "#microsoft.graph.domainIdentitySource",
                        "domainName": "northwind.example", "displayName": "Northwind" }],
                    "internalSponsors": [{ "@odata.type": "#microsoft.graph.user", "id": id(50) }],
                }]),
            ),
        ),
        (
            "users.json",
            json!({ "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users", "value": [
                { "id": id(1), "displayName": "Lena", "mail": "lena@northwind.example", "userType": "Guest",
                  "userPrincipalName": "lena_northwind.example#EXT#@contoso.example" },
                { "id": id(4), "displayName": "Otto", "mail": "otto@elsewhere.example", "userType": "Guest",
                  "userPrincipalName": "otto_elsewhere.example#EXT#@contoso.example" },
            ]})
            .to_string()
            .into_bytes(),
        ),
        (
            "audit.json",
            json!([
                event(
                    "2026-06-05T10:00:00Z",
                    "Add member to group",
                    false,
                    &json!([user(2, &joined), group(30, "Editors")])
                ),
                event("2026-06-30T08:00:00Z", "Update user", false, &json!([user(2, &json!([]))])),
            ])
            .to_string()
            .into_bytes(),
        ),
    ]
}

fn engine() -> Engine {
    let mut engine = Engine::default();
    for (name, bytes) in files() {
        load(&mut engine, name, &bytes);
    }
    engine
}

#[test]
fn expiry_is_relative_to_the_day() {
    let mut engine = engine();
    let expiry = |engine: &mut Engine, params: &[(&str, &str)]| {
        let found = ask(engine, View::Assignments, params);
        let table = table(&found.blocks, "assignments");
        let line = table.lines.iter().find(|line| line.key == id(100)).expect("Lena's Alpha");
        (cell(table, line, "expiry").words(), data(line, "state").to_owned(), stat(&found.blocks, "assignments-ending"))
    };
    // The newest moment that the files tell of is 30 June 08:00.
    assert_eq!(expiry(&mut engine, &[]), ("Ends in 12 days".into(), "delivered".into(), Some(1)));
    let (words, state, _) = expiry(&mut engine, &[("as-of", "2026-07-11")]);
    assert_eq!((words.as_str(), state.as_str()), ("Ends within a day", "delivered"));
    let found =
        ask(&mut engine, View::Assignments, &[("state", "current"), ("package", &format!("package:{}", id(11)))]);
    let subjects: Vec<_> =
        table(&found.blocks, "assignments").lines.iter().map(|line| data(line, "subject").to_owned()).collect();
    assert_eq!(subjects, ["lena@northwind.example", "milo@northwind.example"]);
}

#[test]
fn one_resource_through_two_packages_has_a_line_for_each() {
    let mut engine = engine();
    let found = ask(&mut engine, View::Assignments, &[("show", "resources"), ("person", "lena")]);
    let resources = table(&found.blocks, "resources");
    let lines: Vec<_> = resources.lines.iter().map(|line| (data(line, "resource"), line.lines.len())).collect();
    assert_eq!(lines, [("Board / Reader", 0), ("Editors", 2)]);
    let below = &resources.lines[1].lines;
    let packages: Vec<_> = below.iter().map(|line| cell(resources, line, "package").words()).collect();
    assert_eq!(packages, ["Alpha", "Beta"]);
    assert_eq!(cell(resources, &below[0], "policy").words(), "Partners");
    let end = from_calendar(2026, 7, 12, 8, 0, 0).unwrap();
    assert_eq!(cell(resources, &below[0], "ends"), &Value::Time(end));
}

#[test]
fn what_would_be_lost_and_kept() {
    let mut engine = engine();
    let outcome = |engine: &mut Engine, key: u32| {
        let opened = open(engine, View::Assignments, &[], &id(key));
        let without = table(&opened.blocks, "without");
        let line = |line| {
            let outcome: &guestlens_core::report::TableLine = line;
            (
                data(outcome, "resource").to_owned(),
                data(outcome, "outcome").to_owned(),
                cell(without, outcome, "by").words(),
            )
        };
        without.lines.iter().map(line).collect::<Vec<_>>()
    };
    let own = |resource: &str, outcome: &str, by: &str| (resource.to_owned(), outcome.to_owned(), by.to_owned());
    // Of Alpha, Editors stays through Beta; of Milo's Beta, because he was put there by hand.
    assert_eq!(outcome(&mut engine, 100), [own("Board / Reader", "lost", ""), own("Editors", "kept", "Beta")]);
    assert_eq!(outcome(&mut engine, 102), [own("Editors", "kept", "Directly")]);
    let over = open(&mut engine, View::Assignments, &[], &id(103));
    assert!(over.blocks.iter().all(|block| !matches!(block, Block::Table(table) if table.id == "without")));
}

#[test]
fn what_a_person_can_request_and_where_guests_come_from() {
    let mut engine = engine();
    let found = ask(&mut engine, View::Assignments, &[("person", "lena@northwind.example")]);
    let offers = table(&found.blocks, "can-request");
    let lines: Vec<_> =
        offers.lines.iter().map(|line| (data(line, "package"), cell(offers, line, "can").words())).collect();
    assert_eq!(lines, [("Alpha", "Yes".to_owned()), ("Gamma", "Not known".to_owned())]);
    // The policy has the id of a group alone; the log knows its name.
    let why = cell(offers, &offers.lines[1], "why").words();
    assert!(why.ends_with("whose members no loaded file lists: Editors"), "{why}");

    let found = ask(&mut engine, View::Organizations, &[]);
    let list = table(&found.blocks, "organizations");
    assert_eq!(data(&list.lines[0], "state"), "configured");
    assert!(data(&list.lines[0], "guests").parse::<u32>().unwrap() >= 1);
    assert_eq!(cell(list, &list.lines[0], "internal"), &Value::List(vec!["Ada".into()]));
    let found = ask(&mut engine, View::Organizations, &[("show", "without")]);
    let guests: Vec<_> = table(&found.blocks, "guests-without").lines.iter().map(|line| data(line, "domain")).collect();
    assert_eq!(guests, ["elsewhere.example"]);
    assert_eq!(open(&mut engine, View::Organizations, &[], &id(80)).title, "Northwind");
}

#[test]
fn filters_leave_those_who_take_part() {
    let mut engine = engine();
    let clause = Clause { field: Field::Activity, values: vec!["Add member to group".into()], exclude: false };
    let query = Query { clauses: vec![clause], ..Query::default() };
    let found = ask_with(&mut engine, request(View::Assignments, &[]), query);
    let subjects: Vec<_> =
        table(&found.blocks, "assignments").lines.iter().map(|line| data(line, "subject").to_owned()).collect();
    assert_eq!(subjects, ["milo@northwind.example"]);
    let note = found.blocks.iter().any(|block| matches!(block, Block::Note(note) if note.id == "filtered"));
    assert!(note, "says that three are left out");
}

#[test]
fn groups_are_compared_by_choice() {
    let mut engine = engine();
    let found = ask(&mut engine, View::Separation, &[]);
    let people = table(&found.blocks, "overlap-people");
    assert_eq!(people.lines.iter().map(|line| data(line, "subject")).collect::<Vec<_>>(), ["lena@northwind.example"]);
    let found = ask(&mut engine, View::Separation, &[("of", "all")]);
    let people = table(&found.blocks, "overlap-people");
    let pairs: Vec<_> =
        people.lines.iter().map(|line| (data(line, "subject"), data(line, "a"), data(line, "b"))).collect();
    assert!(pairs.contains(&("milo@northwind.example", "Beta", "Editors")), "{pairs:?}");
}

#[test]
fn nothing_loaded_says_what_to_load() {
    for view in [View::Assignments, View::AccessBetween, View::Separation, View::Organizations, View::AppRoles] {
        let found = ask(&mut Engine::default(), view, &[]);
        let note = found.blocks.iter().any(|block| matches!(block, Block::Note(note) if !note.steps.is_empty()));
        assert!(note, "{view:?}");
    }
}
