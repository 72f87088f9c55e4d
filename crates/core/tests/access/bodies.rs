//! Microsoft's own examples of Graph's answers load and fill the views.

use crate::ask::{ask, cell, data, load, open, shared, table};
use guestlens_core::{
    engine::Engine,
    report::{Block, Value, View},
};
use std::fs;

#[test]
fn every_body_loads_and_the_views_show_them() {
    let Some(folder) = shared("samples/graph_entitlement") else { return };
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert_eq!(names.len(), 38);
    let mut engine = Engine::default();
    for path in &names {
        load(&mut engine, &path.file_name().unwrap().to_string_lossy(), &fs::read(path).unwrap());
    }
    assert!(engine.store().sources.iter().all(|source| source.records > 0));

    let found = ask(&mut engine, View::Assignments, &[]);
    let assignments = table(&found.blocks, "assignments");
    let line = |key: &str| assignments.lines.iter().find(|line| line.key == key).unwrap_or_else(|| panic!("{key}"));
    // The reference's list names neither whom nor what.
    let bare = line("2a353749-3749-2a35-4937-352a4937352a");
    assert!(matches!(cell(assignments, bare, "subject"), Value::None(_)));
    assert!(matches!(cell(assignments, bare, "package"), Value::None(_)));
    assert_eq!(data(bare, "state"), "delivered");
    let expired = line("9bdae7b4-6ece-487b-9eb8-9679dbd67aa2");
    assert_eq!((data(expired, "state"), data(expired, "package")), ("expired", "e3f47362-993f-4fcb-8a38-532ffca16150"));
    let named = line("a61f7889-ae61-4e97-a4dc-e4fa525f5b33");
    assert_eq!(cell(assignments, named, "subject").words().trim(), "user1 cdbdf152-82ce-479c-b5b8-df90f561d5c7");
    for line in &assignments.lines {
        assert_eq!(open(&mut engine, View::Assignments, &[], &line.key).key, line.key);
    }

    let found = ask(&mut engine, View::Organizations, &[]);
    let organizations = table(&found.blocks, "organizations");
    assert!(organizations.lines.iter().any(|line| data(line, "state") == "configured"));
    let tenant = organizations.lines.iter().any(|line| {
        matches!(cell(organizations, line, "sources"), Value::List(list) if list.join(" ").contains("Wingtip Toys Co"))
    });
    assert!(tenant, "{organizations:?}");

    for view in [View::AccessBetween, View::Separation, View::AppRoles] {
        assert!(!ask(&mut engine, view, &[]).blocks.is_empty());
    }
    let resources = ask(&mut engine, View::Assignments, &[("show", "resources")]);
    assert!(resources.blocks.iter().any(|block| matches!(block, Block::Table(table) if table.id == "resources")));
}
