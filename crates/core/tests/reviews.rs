//! Access reviews, from files as an administrator drops them.

mod drive;

use drive::{all_lines, data, load, open, tenant, view, words};
use guestlens_core::{
    engine::Engine,
    report::{Block, View},
};

const HEADER: &str = "AccessReviewId,ReviewType,ResourceDisplayName,ResourceId,ReviewName,ReviewStartDate,ReviewEndDate,ReviewStatus,PrincipalId,PrincipalName,PrincipalUPN,ReviewDate,ReviewResult,Justification,ReviewerId,ReviewerName,ReviewerUPN,AppliedDate,AccessRecommendation,SubmissionResult";
const REVIEW: &str = "aaaaaaaa-0000-4000-8000-000000000001";
const GROUP: &str = "aaaaaaaa-0000-4000-8000-000000000002";

/// The id of a person of the case.
fn id(number: u32) -> String {
    format!("bbbbbbbb-0000-4000-8000-{number:012}")
}

fn upn(number: u32) -> String {
    format!("guest{number}_fabrikam.example#EXT#@contoso.example")
}

fn line(guest: u32, decided: &str, result: &str, applied: &str, recommended: &str, submitted: &str) -> String {
    let reviewer =
        if result == "Not reviewed" { ",," } else { "cccccccc-0000-4000-8000-000000000001,Rita,rita@contoso.example" };
    format!(
        "{REVIEW},Group,Falcon,{GROUP},Falcon guests,2026-06-01T00:00:00Z,2026-06-15T00:00:00Z,Applied,{},Guest {guest},{},{decided},{result},because,{reviewer},{applied},{recommended},{submitted}",
        id(guest),
        upn(guest)
    )
}

fn history() -> String {
    let lines = [
        HEADER.to_owned(),
        line(1, "2026-06-10T09:00:00Z", "Approve", "2026-06-15T00:05:00Z", "Approve", "AppliedSuccessfully"),
        line(2, "2026-06-10T09:00:05Z", "Approve", "2026-06-15T00:05:00Z", "Deny", "AppliedSuccessfully"),
        line(3, "2026-06-10T09:00:09Z", "Deny", "", "Deny", "ApplyNotSupported"),
        line(4, "2026-06-11T09:00:00Z", "Deny", "2026-06-15T00:05:00Z", "Deny", "AppliedSuccessfully"),
        line(5, "", "Not reviewed", "", "NoInfoAvailable", "New"),
        line(6, "2026-06-11T10:00:00Z", "Deny", "", "Approve", "New"),
    ];
    lines.join("\r\n")
}

fn event(at: &str, activity: &str, actor: (&str, &str), targets: &str) -> String {
    format!(
        r#"{{"id":"{activity}{at}","activityDisplayName":"{activity}","activityDateTime":"{at}","loggedByService":"Access Reviews","category":"Policy","correlationId":"c","result":"success","initiatedBy":{{"user":{{"id":"{}","userPrincipalName":"{}"}}}},"targetResources":[{targets}]}}"#,
        actor.0, actor.1
    )
}

fn user(number: u32) -> String {
    format!(r#"{{"type":"User","id":"{}","userPrincipalName":"{}"}}"#, id(number), upn(number))
}

fn log() -> String {
    let review = format!(r#"{{"type":"Policy","id":"{REVIEW}","displayName":"Falcon guests"}}"#);
    let group = format!(
        r#"{{"type":"User","id":"{}","userPrincipalName":"{}","modifiedProperties":[{{"displayName":"Group.ObjectID","oldValue":"\"{GROUP}\"","newValue":null}}]}}"#,
        id(4),
        upn(4)
    );
    let rita = ("cccccccc-0000-4000-8000-000000000001", "rita@contoso.example");
    let three = (id(3), upn(3));
    let events = [
        // First approved, then denied: both are in the log, the export knows the last.
        event("2026-06-10T08:00:00Z", "Approve decision", rita, &format!("{review},{}", user(3))),
        event("2026-06-10T09:00:09.5Z", "Deny decision", rita, &format!("{review},{}", user(3))),
        // In a review of which no export is loaded.
        event(
            "2026-05-10T09:00:00Z",
            "Deny decision",
            rita,
            &format!(r#"{{"type":"Policy","id":"9","displayName":"Old guests"}},{}"#, user(1)),
        ),
        event(
            "2026-05-12T09:00:00Z",
            "Delete access review",
            rita,
            r#"{"type":"Policy","id":"9","displayName":"Old guests"}"#,
        ),
        event("2026-06-15T00:06:00Z", "Remove member from group", ("", ""), &group),
        event("2026-06-20T12:00:00Z", "Update user", (&three.0, &three.1), &user(3)),
        event("2026-06-09T12:00:00Z", "Update user", (&id(6), &upn(6)), &user(6)),
    ];
    format!("[{}]", events.join(","))
}

fn case() -> Engine {
    load(&[("history.csv", history().as_bytes()), ("audit.json", log().as_bytes())])
}

#[test]
fn counts_what_was_decided_and_what_became_of_it() {
    let shown = view(&mut case(), View::Reviews, &[("stamp-count", "3"), ("stamp-seconds", "10")]);
    let stats = [
        ("decisions", 7),
        ("approved", 2),
        ("denied", 4),
        ("not-reviewed", 1),
        ("denied-not-applied", 2),
        ("denied-but-active", 1),
        ("against-recommendation", 2),
        ("fast-decisions", 3),
    ];
    for (id, value) in stats {
        assert_eq!(shown.stat(id), Some(value), "{id}");
    }
    assert_eq!(shown.note("not-applied-reasons").unwrap().steps.len(), 5);
    let chart = shown.blocks.iter().find_map(|block| match block {
        Block::Chart(chart) => Some(chart),
        _ => None,
    });
    let sum: i64 = chart.unwrap().lines.iter().flat_map(|line| &line.values).flatten().sum();
    assert_eq!(sum, 7);
    let reviews = &shown.table("reviews").lines;
    let deleted = reviews.iter().find(|line| data(line, "deleted") == "true").unwrap();
    assert_eq!(data(deleted, "name"), "Old guests");
    assert_eq!(reviews.len(), 2);
}

#[test]
fn each_figure_leads_to_its_decisions() {
    let mut engine = case();
    let subjects = |engine: &mut Engine, shown: &str| -> Vec<String> {
        let params = [("show", shown), ("stamp-count", "3"), ("stamp-seconds", "10")];
        let lines = all_lines(engine, View::Reviews, &params, "decisions");
        let mut ids: Vec<String> = lines.iter().map(|line| data(line, "id")[30..].into()).collect();
        ids.sort();
        ids
    };
    let expect = |numbers: &[u32]| numbers.iter().map(|number| format!("{number:06}")).collect::<Vec<_>>();
    assert_eq!(subjects(&mut engine, "denied"), expect(&[1, 3, 4, 6]));
    assert_eq!(subjects(&mut engine, "denied-not-applied"), expect(&[3, 6]));
    assert_eq!(subjects(&mut engine, "denied-but-active"), expect(&[3]));
    assert_eq!(subjects(&mut engine, "against-recommendation"), expect(&[2, 6]));
    assert_eq!(subjects(&mut engine, "not-reviewed"), expect(&[5]));
    assert_eq!(subjects(&mut engine, "fast"), expect(&[1, 2, 3]));
    assert_eq!(subjects(&mut engine, "changed"), expect(&[3]));
    let days = [("since", "2026-06-11"), ("until", "2026-06-11")];
    assert_eq!(all_lines(&mut engine, View::Reviews, &days, "decisions").len(), 2);
}

#[test]
fn one_decision_opens_with_its_reasons_and_its_aftermath() {
    let mut engine = case();
    let lines = all_lines(&mut engine, View::Reviews, &[("show", "denied-not-applied")], "decisions");
    let of = |number: u32| lines.iter().find(|line| data(line, "id") == id(number)).unwrap();
    let opened = open(&mut engine, View::Reviews, &of(3).key);
    assert_eq!((opened.testid.as_str(), opened.subtitle.as_str()), ("decision-details", "Falcon guests"));
    let reasons = |blocks: &[Block]| {
        blocks.iter().find_map(|block| match block {
            Block::Note(note) if note.id == "not-applied-reasons" => Some(note.steps.clone()),
            _ => None,
        })
    };
    // Of a group: not the reason about applications.
    assert_eq!(reasons(&opened.blocks).unwrap().len(), 4);
    let opened = open(&mut engine, View::Reviews, &of(6).key);
    let found = reasons(&opened.blocks).unwrap();
    assert!(found[0].starts_with("Nobody has applied"), "{found:?}");
    // The denial of guest 4 was applied, and the log shows the removal.
    let lines = all_lines(&mut engine, View::Reviews, &[("show", "denied")], "decisions");
    let four = lines.iter().find(|line| data(line, "id") == id(4)).unwrap();
    assert!(words(four).contains(&"Removed".to_owned()), "{four:?}");
    assert_eq!(four.door.as_ref().unwrap().picked.as_ref().unwrap().records.len(), 1);
}

#[test]
fn the_order_of_files_does_not_matter() {
    // A later export of the same review knows more.
    let earlier = history().replace("Applied,", "InProgress,").replace("AppliedSuccessfully", "New");
    let (history, log) = (history(), log());
    let files: [(&str, &[u8]); 3] =
        [("earlier.csv", earlier.as_bytes()), ("history.csv", history.as_bytes()), ("audit.json", log.as_bytes())];
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    let look = |order: [usize; 3]| {
        let mut engine = load(&order.map(|at| files[at]));
        let lines = all_lines(&mut engine, View::Reviews, &[], "decisions");
        lines.into_iter().map(|line| (line.key.clone(), line.data.clone(), line.cells)).collect::<Vec<_>>()
    };
    let first = look(orders[0]);
    assert_eq!(first.len(), 8);
    for order in orders {
        assert_eq!(look(order), first, "{order:?}");
    }
}

#[test]
fn the_invented_tenant_has_its_hasty_reviewer_and_its_denial_in_vain() {
    let mut engine = tenant();
    let shown = view(&mut engine, View::Reviews, &[]);
    assert_eq!(shown.stat("fast-decisions"), Some(24));
    let runs = &shown.table("fast-decisions").lines;
    assert_eq!((runs.len(), data(&runs[0], "count")), (1, "24"));
    assert!(words(&runs[0])[0].starts_with("Leo Marchetti"), "{:?}", words(&runs[0]));
    let vain = all_lines(&mut engine, View::Reviews, &[("show", "denied-not-applied")], "decisions");
    assert_eq!(vain.iter().map(|line| words(line)[1].clone()).filter(|name| name.starts_with("Nora Quint")).count(), 1);
    let active = all_lines(&mut engine, View::Reviews, &[("show", "denied-but-active")], "decisions");
    assert!(active.iter().any(|line| words(line)[1].starts_with("Nora Quint")), "{active:?}");
    let reviews = &shown.table("reviews").lines;
    let deleted: Vec<&str> =
        reviews.iter().filter(|line| data(line, "deleted") == "true").map(|line| data(line, "name")).collect();
    assert_eq!(deleted, ["Quarterly guest review"]);
    // Each decision of the export that the log tells of as well is one line.
    let lines = all_lines(&mut engine, View::Reviews, &[], "decisions");
    assert_eq!(lines.len(), 22 + 34 + 25, "one line a guest and review");
}

#[test]
fn an_empty_view_says_what_to_load() {
    let shown = view(&mut Engine::default(), View::Reviews, &[]);
    assert!(shown.note("export-review-decisions").is_some());
}
