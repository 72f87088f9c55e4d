//! The worked case of `../shared/fixture` gives its expected answers.

use crate::ask::{ask, cell, data, load, shared, stat, table};
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
