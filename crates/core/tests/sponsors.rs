//! Sponsors: who answers for whom, from files as an administrator drops them.

mod drive;

use drive::{all_lines, ask, data, load, open, tenant, view, words, worked_case};
use guestlens_core::{
    engine::Engine,
    model::Field,
    protocol::{Clause, Query},
    report::{Block, BlocksRequest, TableLine, View},
};

fn id(number: u32) -> String {
    format!("bbbbbbbb-0000-4000-8000-{number:012}")
}

fn user(number: u32, name: &str, guest: bool, enabled: bool, sponsors: Option<&[(u32, &str)]>) -> String {
    let upn = if guest { format!("{name}_fabrikam.example#EXT#@contoso.example") } else { format!("{name}@contoso.example") };
    let sponsors = sponsors.map_or(String::new(), |own| {
        let list: Vec<String> = own
            .iter()
            .map(|(number, name)| format!(r##"{{"@odata.type":"#microsoft.graph.user","id":"{}","displayName":"{name}","userPrincipalName":"{name}@contoso.example"}}"##, id(*number)))
            .collect();
        format!(r#","sponsors":[{}]"#, list.join(","))
    });
    format!(
        r#"{{"id":"{}","userPrincipalName":"{upn}","displayName":"{name}","userType":"{}","accountEnabled":{enabled},"createdDateTime":"2026-01-0{}T00:00:00Z"{sponsors}}}"#,
        id(number),
        if guest { "Guest" } else { "Member" },
        number % 9 + 1
    )
}

fn page(users: &[String]) -> String {
    format!(r#"{{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[{}]}}"#, users.join(","))
}

fn everybody() -> String {
    page(&[
        user(1, "ann", true, true, Some(&[(11, "mona"), (12, "bert")])),
        user(2, "bob", true, true, Some(&[(12, "bert")])),
        user(3, "cid", true, true, Some(&[])),
        user(4, "dan", true, true, Some(&[(13, "gone")])),
        user(5, "eva", true, true, Some(&[(14, "away")])),
        user(11, "mona", false, true, Some(&[])),
        user(12, "bert", false, false, Some(&[])),
    ])
}

const DELETED: &str = r#"[{"id":"1","activityDisplayName":"Delete user","activityDateTime":"2026-06-01T00:00:00Z","loggedByService":"Core Directory","category":"UserManagement","correlationId":"c","result":"success","initiatedBy":{"user":{"userPrincipalName":"admin@contoso.example"}},"targetResources":[{"type":"User","id":"bbbbbbbb-0000-4000-8000-000000000014","userPrincipalName":"bbbbbbbb000040008000000000000014away@contoso.example"}]}]"#;

const ORGANIZATIONS: &str = r##"{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/connectedOrganizations","value":[{"id":"dddddddd-0000-4000-8000-000000000001","displayName":"Fabrikam","state":"configured","identitySources":[{"@odata.type":"#microsoft.graph.domainIdentitySource","domainName":"fabrikam.example","displayName":"Fabrikam"}],"internalSponsors":[{"@odata.type":"#microsoft.graph.user","id":"bbbbbbbb-0000-4000-8000-000000000011"}]}]}"##;

fn case() -> Engine {
    load(&[
        ("users.json", everybody().as_bytes()),
        ("audit.json", DELETED.as_bytes()),
        ("organizations.json", ORGANIZATIONS.as_bytes()),
    ])
}

fn names(lines: &[TableLine]) -> Vec<String> {
    let mut names: Vec<String> = lines.iter().map(|line| words(line)[0].split(' ').next().unwrap().to_owned()).collect();
    names.sort();
    names
}

#[test]
fn says_who_answers_and_who_is_there_to() {
    let mut engine = case();
    let shown = view(&mut engine, View::Sponsors, &[]);
    let stats = [
        ("sponsors", 4),
        ("guests-without-sponsor", 1),
        ("guests-sponsor-unknown", 0),
        ("sponsors-not-found", 1),
        ("sponsors-blocked", 1),
        ("sponsors-deleted", 1),
        ("guests-abandoned", 3),
        ("guests-second-hand", 1),
    ];
    for (id, value) in stats {
        assert_eq!(shown.stat(id), Some(value), "{id}");
    }
    assert!(shown.note("no-members").is_none());
    let presence: Vec<(String, &str, &str)> = shown
        .table("sponsors")
        .lines
        .iter()
        .map(|line| (words(line)[0].clone(), data(line, "presence"), data(line, "guests")))
        .collect();
    let expected = [
        ("bert bert@contoso.example", "blocked", "2"),
        ("gone gone@contoso.example", "not-found", "1"),
        ("away away@contoso.example", "deleted", "1"),
        ("mona mona@contoso.example", "listed", "1"),
    ];
    for (name, state, guests) in expected {
        assert!(presence.contains(&(name.into(), state, guests)), "{name}: {presence:?}");
    }
    for (shown, expected) in [
        ("without", &["cid"][..]),
        ("not-found", &["dan"]),
        ("blocked", &["ann", "bob"]),
        ("deleted", &["eva"]),
        ("abandoned", &["bob", "dan", "eva"]),
        ("second-hand", &["cid"]),
    ] {
        let lines = all_lines(&mut engine, View::Sponsors, &[("show", shown)], "sponsored-guests");
        assert_eq!(names(&lines), expected, "{shown}");
    }
}

#[test]
fn a_sponsor_opens_with_the_guests_and_a_sheet() {
    let mut engine = case();
    let opened = open(&mut engine, View::Sponsors, &id(12));
    assert_eq!((opened.title.as_str(), opened.testid.as_str()), ("bert", "sponsor-details"));
    let guests = opened.blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some(names(&table.lines)),
        _ => None,
    });
    assert_eq!(guests.unwrap(), ["ann", "bob"]);
    assert!(opened.blocks.iter().any(|block| matches!(block, Block::Downloads { downloads, .. } if downloads[0].key == id(12))));
}

#[test]
fn what_no_export_lists_is_unknown_and_not_none() {
    let users = page(&[user(1, "ann", true, true, None), user(11, "mona", false, true, None)]);
    let mut engine = load(&[("users.json", users.as_bytes())]);
    let shown = view(&mut engine, View::Sponsors, &[]);
    assert_eq!((shown.stat("guests-without-sponsor"), shown.stat("guests-sponsor-unknown")), (Some(0), Some(1)));
    assert!(shown.note("export-users").is_some());
    assert!(view(&mut Engine::default(), View::Sponsors, &[]).note("export-users").is_some());
    // Nobody at all has a sponsor: the empty lists say so.
    let users = page(&[user(1, "ann", true, true, Some(&[]))]);
    let shown = view(&mut load(&[("users.json", users.as_bytes())]), View::Sponsors, &[]);
    assert_eq!((shown.stat("guests-without-sponsor"), shown.stat("guests-sponsor-unknown")), (Some(1), Some(0)));
}

#[test]
fn the_order_of_files_does_not_matter() {
    let later = page(&[user(2, "bob", true, true, Some(&[(11, "mona")])), user(12, "bert", false, true, None)])
        .replace("2026-01-0", "2026-02-0");
    let everybody = everybody();
    let files: [(&str, &[u8]); 4] = [
        ("users.json", everybody.as_bytes()),
        ("later.json", later.as_bytes()),
        ("audit.json", DELETED.as_bytes()),
        ("organizations.json", ORGANIZATIONS.as_bytes()),
    ];
    let look = |order: [usize; 4]| {
        let mut engine = load(&order.map(|at| files[at]));
        ["sponsors", "sponsored-guests"].map(|table| {
            let lines = all_lines(&mut engine, View::Sponsors, &[], table);
            lines.into_iter().map(|line| (line.key, line.data, line.cells)).collect::<Vec<_>>()
        })
    };
    let first = look([0, 1, 2, 3]);
    for order in [[1, 0, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
        assert_eq!(look(order), first, "{order:?}");
    }
}

#[test]
fn filters_leave_those_who_take_part() {
    let mut engine = tenant();
    let all = view(&mut engine, View::Sponsors, &[]).table("sponsored-guests").total;
    let clause = Clause { field: Field::Activity, values: vec!["Consent to application".into()], exclude: false };
    let query = Query { clauses: vec![clause], ..Query::default() };
    let shown = ask(&mut engine, BlocksRequest { of: View::Sponsors, ..BlocksRequest::default() }, query);
    let lines = &shown.table("sponsored-guests").lines;
    assert!(!lines.is_empty() && shown.table("sponsored-guests").total < all, "{lines:?}");
    assert!(shown.note("filtered").unwrap().text.contains("left out"));
}

#[test]
fn the_invented_tenant_has_guests_without_and_a_sponsor_who_is_gone() {
    let mut engine = tenant();
    let shown = view(&mut engine, View::Sponsors, &[]);
    assert_eq!(shown.stat("guests-without-sponsor"), Some(11));
    let gone = shown.table("sponsors").lines.iter().find(|line| words(line)[0].starts_with("Viktor Saar")).unwrap();
    assert_eq!((data(gone, "presence"), data(gone, "guests")), ("deleted", "3"));
}

#[test]
fn the_worked_case_has_its_answers() {
    let Some(files) = worked_case() else { return };
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let mut engine = load(&files);
    let without = all_lines(&mut engine, View::Sponsors, &[("show", "without")], "sponsored-guests");
    assert_eq!(names(&without), ["Never", "Old"]);
    let shown = view(&mut engine, View::Sponsors, &[("show", "not-found")]);
    assert_eq!(shown.stat("guests-without-sponsor"), Some(2));
    assert_eq!((shown.stat("sponsors-not-found"), shown.stat("sponsors-blocked")), (Some(1), Some(0)));
    let table = shown.table("sponsored-guests");
    assert_eq!(names(&table.lines), ["Failonly"]);
    let left = &shown.table("sponsors").lines[0];
    assert_eq!((words(left)[0].as_str(), words(left)[1].as_str()), ("Left left@contoso.com", "Not found in the loaded users"));
    // Nothing says that the sponsor has left.
    let all = format!("{:?}", shown.blocks);
    assert!(!all.contains("has left") && !all.contains("departed"));
}
