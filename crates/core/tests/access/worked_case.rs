//! The worked case of `../shared/fixture` gives its expected answers.

use crate::ask::{ask, cell, data, load, matrix, open, shared, stat, table};
use guestlens_core::{
    engine::Engine,
    report::{Value, View},
    time::from_calendar,
};
use std::fs;

const FILES: [&str; 6] = [
    "audit-A-2026-06-01_06-15.json",
    "audit-B-2026-06-10_06-30.json",
    "audit-C-2026-07-05_07-10.json",
    "users.json",
    "assignments-Western-Territory.csv",
    "assignments-Eastern-Territory.csv",
];

fn worked(names: &[&str]) -> Option<Engine> {
    let folder = shared("fixture")?;
    let mut engine = Engine::default();
    for name in names {
        load(&mut engine, name, &fs::read(folder.join(name)).unwrap());
    }
    Some(engine)
}

#[test]
fn one_application_role_is_outside_entitlement_management() {
    let Some(mut engine) = worked(&FILES) else { return };
    let outside = ask(&mut engine, View::AppRoles, &[]);
    let found = table(&outside.blocks, "app-roles");
    let [line] = &found.lines[..] else { panic!("one line: {:?}", found.lines) };
    assert_eq!(cell(found, line, "time"), &Value::Time(from_calendar(2026, 6, 10, 22, 45, 0).unwrap()));
    assert_eq!((data(line, "thing"), data(line, "role")), ("Payroll", "Reader"));
    assert_eq!(data(line, "subject"), "mallory_evil.example#EXT#@contoso.onmicrosoft.com");
    assert_eq!(data(line, "by"), "ivan ivan@contoso.com");
    assert!(matches!(cell(found, line, "subject"), Value::Person { address, .. } if address.starts_with("mallory")));
    assert!(line.door.as_ref().is_some_and(|door| door.picked.is_some()));
    assert_eq!(
        (stat(&outside.blocks, "changes-outside"), stat(&outside.blocks, "changes-managed")),
        (Some(1), Some(1))
    );

    let both = ask(&mut engine, View::AppRoles, &[("managed", "1")]);
    let found = table(&both.blocks, "app-roles");
    let subjects: Vec<_> = found.lines.iter().map(|line| (data(line, "subject"), data(line, "managed"))).collect();
    let name = |who: &str| format!("{who}#EXT#@contoso.onmicrosoft.com");
    let expected = [(name("mallory_evil.example"), "false"), (name("nora_woodgrove.example"), "true")];
    assert_eq!(subjects, expected.each_ref().map(|(name, managed)| (name.as_str(), *managed)));
}

#[test]
fn group_and_role_changes_are_listed_likewise() {
    let Some(mut engine) = worked(&FILES) else { return };
    let groups = ask(&mut engine, View::AppRoles, &[("show", "groups")]);
    let found = table(&groups.blocks, "groups");
    let lines: Vec<_> =
        found.lines.iter().map(|line| (data(line, "thing"), cell(found, line, "activity").words())).collect();
    assert_eq!(
        lines,
        [
            ("Project Falcon", "Remove member from group".to_owned()),
            ("Project Falcon", "Add member to group".to_owned())
        ]
    );
    let roles = ask(&mut engine, View::AppRoles, &[("show", "directory-roles")]);
    let found = table(&roles.blocks, "directory-roles");
    assert_eq!(data(&found.lines[0], "thing"), "Helpdesk Administrator");
    assert_eq!(data(&found.lines[0], "by"), "ivan ivan@contoso.com");
}

#[test]
fn separation_finds_nora_alone() {
    for names in [&FILES[4..], &FILES[..]] {
        let Some(mut engine) = worked(names) else { return };
        let found = ask(&mut engine, View::Separation, &[]);
        let overlap = matrix(&found.blocks);
        assert_eq!(overlap.names, ["Eastern Territory", "Western Territory"]);
        let [pair] = &overlap.cells[..] else { panic!("one cell: {:?}", overlap.cells) };
        assert_eq!((pair.a, pair.b, pair.count), (0, 1, 1));
        let door = pair.door.clone().unwrap();
        let params: Vec<_> = door.params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let people = ask(&mut engine, View::Separation, &params);
        let found = table(&people.blocks, "overlap-people");
        let subjects: Vec<_> = found.lines.iter().map(|line| data(line, "subject")).collect();
        assert_eq!(subjects, ["nora@woodgrove.example"]);
        let opened = open(&mut engine, View::Separation, &params, &found.lines[0].key);
        assert_eq!(opened.testid, "separation-details");
    }
}

#[test]
fn assignments_of_files_and_of_the_log() {
    let Some(mut engine) = worked(&FILES) else { return };
    let found = ask(&mut engine, View::Assignments, &[]);
    let found = table(&found.blocks, "assignments");
    let mut lines: Vec<_> =
        found.lines.iter().map(|line| (data(line, "package"), data(line, "subject"), data(line, "state"))).collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            ("Build Farm", "quinn@woodgrove.example", "delivered"),
            ("Eastern Territory", "nora@woodgrove.example", "delivered"),
            ("Eastern Territory", "quinn@woodgrove.example", "delivered"),
            ("Partner Portal", "nora@woodgrove.example", "delivered"),
            ("Western Territory", "dana@fabrikam.example", "delivered"),
            ("Western Territory", "nora@woodgrove.example", "delivered"),
            ("Western Territory", "omar@woodgrove.example", "delivered"),
        ]
    );
    let portal = found.lines.iter().find(|line| data(line, "package") == "Partner Portal").unwrap();
    let opened = open(&mut engine, View::Assignments, &[], &portal.key);
    assert_eq!(opened.testid, "assignment-details");
    let without = table(&opened.blocks, "without");
    let outcome: Vec<_> = without.lines.iter().map(|line| (data(line, "resource"), data(line, "outcome"))).collect();
    assert_eq!(outcome, [("Payroll / Reader", "lost")]);
    let resources = ask(&mut engine, View::Assignments, &[("show", "resources"), ("person", "nora")]);
    let found = table(&resources.blocks, "resources");
    assert_eq!(data(&found.lines[0], "resource"), "Payroll / Reader");
    assert_eq!(cell(found, &found.lines[0], "package").words(), "Partner Portal (inferred)");
}

#[test]
fn who_had_access_between_two_dates() {
    let Some(mut engine) = worked(&FILES) else { return };
    let at = |day, hour, minute| from_calendar(2026, 6, day, hour, minute, 0).unwrap();
    let mut between = |from: &str, to: &str, of: &str| {
        let found = ask(&mut engine, View::AccessBetween, &[("from", from), ("to", to), ("of", of)]);
        let found = table(&found.blocks, "access").clone();
        let line = |line: &guestlens_core::report::TableLine| {
            let of = |name: &str| data(line, name).to_owned();
            let ends = (cell(&found, line, "from").clone(), cell(&found, line, "to").clone());
            (of("thing"), of("subject"), of("within"), of("from-is"), of("to-is"), ends)
        };
        found.lines.iter().map(line).collect::<Vec<_>>()
    };
    let falcon = between("2026-06-15", "2026-06-16", "resources");
    let (thing, subject, within, from_is, to_is, ends) =
        &falcon.iter().find(|line| line.0 == "Project Falcon").unwrap();
    assert_eq!([thing, subject, within], ["Project Falcon", "dana@fabrikam.example", "certain"]);
    assert_eq!([from_is, to_is], ["known", "known"]);
    assert_eq!(*ends, (Value::Time(at(2, 10, 0)), Value::Time(at(20, 10, 0))));
    assert!(between("2026-06-21", "2026-06-30", "resources").iter().all(|line| line.0 != "Project Falcon"));

    // The account that was deleted lost its roles with it.
    let mallory = between("2026-06-10", "2026-06-12", "resources");
    let mallory: Vec<_> = mallory.iter().filter(|line| line.1.contains("mallory")).collect();
    assert_eq!(mallory.len(), 2, "{mallory:?}");
    for line in mallory {
        assert_eq!((line.3.as_str(), line.4.as_str(), &line.5.1), ("known", "inferred", &Value::Time(at(11, 9, 0))));
    }
    // Delivered in part at 08:05 already; nothing tells of an end.
    let build = between("2026-06-09", "2026-06-09", "packages");
    let build = build.iter().find(|line| line.0 == "Build Farm").unwrap();
    assert_eq!((build.2.as_str(), build.3.as_str(), build.4.as_str()), ("certain", "known", "unknown"));
    assert_eq!(build.5.0, Value::Time(at(9, 8, 5)));
    // Before its delivery nobody had the portal, for certain or perhaps; only files without dates are possible.
    assert!(between("2026-06-01", "2026-06-05", "packages").iter().all(|line| line.2 == "possible"));
}

#[test]
fn the_organization_of_the_log() {
    let Some(mut engine) = worked(&FILES) else { return };
    let found = ask(&mut engine, View::Organizations, &[]);
    let list = table(&found.blocks, "organizations");
    let [evil] = &list.lines[..] else { panic!("one organization: {:?}", list.lines) };
    assert_eq!(cell(list, evil, "name").words(), "Evil Example");
    assert_eq!(cell(list, evil, "first-seen"), &Value::Time(from_calendar(2026, 6, 13, 10, 0, 0).unwrap()));
    assert!(matches!(cell(list, evil, "state"), Value::None(_)));
    let without = ask(&mut engine, View::Organizations, &[("show", "without")]);
    let domains = table(&without.blocks, "domains-without");
    assert!(domains.lines.iter().any(|line| data(line, "domain") == "fabrikam.example"));
}
