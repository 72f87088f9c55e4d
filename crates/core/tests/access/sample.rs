//! The invented tenant's stories are in the views.

use crate::ask::{ask, cell, data, lanes, load, matrix, open, stat, table};
use guestlens_core::{
    engine::Engine,
    report::{Block, Value, View},
    sample,
};
use std::collections::BTreeSet;

fn engine() -> Engine {
    let mut engine = Engine::default();
    for file in sample::files(7) {
        load(&mut engine, &file.name, &file.bytes);
    }
    engine
}

#[test]
fn the_invented_tenant_fills_the_views() {
    let mut engine = engine();
    let found = ask(&mut engine, View::Assignments, &[]);
    if std::env::var("SHOW").is_ok() {
        show(&mut engine);
    }
    let list = table(&found.blocks, "assignments");
    let current = stat(&found.blocks, "assignments-current").unwrap();
    assert!(current > 0 && current < list.total, "{current} of {}", list.total);
    // The export of packages says what they give; without it that is inferred from the log, and said to be.
    assert!(!says_inferred(&mut engine));
    let mut other = Engine::default();
    for file in sample::files(7).iter().filter(|file| !file.name.contains("accessPackages")) {
        load(&mut other, &file.name, &file.bytes);
    }
    assert!(says_inferred(&mut other));

    let outside = ask(&mut engine, View::AppRoles, &[]);
    let managed = stat(&outside.blocks, "changes-managed").unwrap();
    assert!(managed > 0 && stat(&outside.blocks, "changes-outside").unwrap() >= 1);
    let both = ask(&mut engine, View::AppRoles, &[("managed", "1")]);
    assert_eq!(table(&both.blocks, "app-roles").total, table(&outside.blocks, "app-roles").total + managed);

    // The log of an application role names users by their principal names; other records know their names.
    let found = table(&outside.blocks, "app-roles");
    let is_named = |value: &Value| matches!(value, Value::Person { name, .. } if !name.is_empty());
    assert!(found.lines.iter().map(|line| cell(found, line, "subject")).all(is_named));

    let organizations = ask(&mut engine, View::Organizations, &[]);
    let list = table(&organizations.blocks, "organizations");
    assert_eq!(list.total, 8);
    assert!(list.lines.iter().any(|line| data(line, "guests") != "0"), "sign-ins tell the tenants of guests");

    let between = ask(&mut engine, View::AccessBetween, &[("from", "2026-05-01"), ("to", "2026-05-31")]);
    let found = lanes(&between.blocks);
    assert!(found.total > 0 && !found.gaps.is_empty(), "the sample's audit log has a gap in May");
    assert!(!matrix(&ask(&mut engine, View::Separation, &[]).blocks).names.is_empty());
}

/// Whether what a package gives, as an assignment of it says, is inferred.
fn says_inferred(engine: &mut Engine) -> bool {
    let found = ask(engine, View::Assignments, &[]);
    let list = table(&found.blocks, "assignments");
    let mut opened = list.lines.iter().map(|line| open(engine, View::Assignments, &[], &line.key));
    let opened = opened
        .find(|opened| opened.blocks.iter().any(|block| matches!(block, Block::Table(table) if table.id == "without")));
    opened.expect("a current assignment whose package is known to give something").blocks.iter().any(|block| {
        matches!(block, Block::Story { sentences } if sentences.iter().any(|sentence| sentence.contains("inferred")))
    })
}

#[test]
fn figures_of_access_list_whom_they_count() {
    let mut engine = engine();
    let mut possible = 0;
    for (from, to) in [("2026-04-01", "2026-04-03"), ("2026-05-01", "2026-05-31"), ("2026-06-01", "2026-06-30")] {
        let mut subjects = |sure: &str| {
            let found =
                ask(&mut engine, View::AccessBetween, &[("from", from), ("to", to), ("of", "all"), ("sure", sure)]);
            let list = table(&found.blocks, "access");
            let named: BTreeSet<String> = list.lines.iter().map(|line| data(line, "subject").to_owned()).collect();
            let is_whole = list.lines.len() as u64 == list.total;
            let of = |id: &str| stat(&found.blocks, id).unwrap();
            (named, is_whole, of("access-certain"), of("access-possible"))
        };
        let (certain, only) = (subjects("certain"), subjects("possible"));
        // The figures stay as they are, whichever of them is listed.
        assert_eq!((certain.2, certain.3), (only.2, only.3));
        assert!(certain.0.is_disjoint(&only.0));
        for (list, figure) in [(&certain, certain.2), (&only, only.3)] {
            assert!(!list.1 || list.0.len() as u64 == figure, "{from}: {} of {figure}", list.0.len());
        }
        possible += only.3;
    }
    assert!(possible > 0, "somebody may have had access");
}

/// Prints the views, for a look at them.
fn show(engine: &mut Engine) {
    for (view, params) in [
        (View::Assignments, vec![]),
        (View::Assignments, vec![("show", "resources")]),
        (View::AccessBetween, vec![("of", "all")]),
        (View::Separation, vec![("of", "all")]),
        (View::Organizations, vec![]),
        (View::Organizations, vec![("show", "without")]),
        (View::AppRoles, vec![]),
        (View::AppRoles, vec![("show", "groups")]),
    ] {
        println!("\n######## {} {params:?}", view.id());
        for block in ask(engine, view, &params).blocks {
            match block {
                Block::Table(table) => {
                    println!("== {} ({} of {})", table.title, table.lines.len(), table.total);
                    for line in table.lines.iter().take(8) {
                        println!("   {:?}", line.cells);
                        line.lines.iter().for_each(|line| println!("      - {:?}", line.cells));
                    }
                }
                Block::Stats { stats } => {
                    let all: Vec<_> = stats.iter().map(|stat| (&stat.label, stat.value)).collect();
                    println!("== {all:?}");
                }
                Block::Note(note) => println!("== note {}: {} {}", note.id, note.title, note.text),
                Block::Story { sentences } => println!("== {sentences:?}"),
                Block::Matrix(matrix) => println!("== {:?} {} cells", matrix.names, matrix.cells.len()),
                Block::Lanes(lanes) => {
                    println!("== lanes {} period {:?} gaps {:?}", lanes.total, lanes.period, lanes.gaps.len());
                }
                Block::Chart(chart) => println!("== chart {} {:?}", chart.title, chart.lines),
                Block::Controls { .. } => {}
                other => println!("== {other:?}"),
            }
        }
    }
}
