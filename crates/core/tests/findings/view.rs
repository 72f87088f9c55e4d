//! The findings view, driven through the engine as the page does.

use crate::{case::case, utc};
use guestlens_core::{
    engine::Engine,
    protocol::{Ask, Query, SheetFormat, ViewRequest},
    report::{Block, BlocksRequest, Control, FindingCard, Opened, Params, Report, TableWindow, View},
};

const AUDIT: [&str; 3] =
    ["audit-A-2026-06-01_06-15.json", "audit-B-2026-06-10_06-30.json", "audit-C-2026-07-05_07-10.json"];

fn show(
    engine: &mut Engine,
    query: Query,
    params: &[(&str, &str)],
    open: Option<&str>,
) -> (Vec<Block>, Option<Opened>) {
    let params: Params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let request =
        BlocksRequest { of: View::Findings, params, open: open.map(str::to_owned), ..BlocksRequest::default() };
    let view = ViewRequest::Blocks(request);
    let ask = Ask { query, view, facets: Vec::new(), facet_text: Vec::new(), stack: None, zone: utc(), bins: 10 };
    let Report::Blocks { blocks, opened, .. } = engine.ask(1, &ask).report else { panic!("blocks") };
    (blocks, opened.map(|opened| *opened))
}

fn cards(blocks: &[Block]) -> Vec<&FindingCard> {
    let lists = blocks.iter().filter_map(|block| match block {
        Block::Findings { findings } => Some(findings),
        _ => None,
    });
    lists.flatten().collect()
}

#[test]
fn the_suspicious_guest_is_first_and_one_click_shows_all_of_it() {
    let Some(mut engine) = case(&AUDIT) else { return };
    let (blocks, opened) = show(&mut engine, Query::default(), &[], None);
    assert!(opened.is_none());
    let all = cards(&blocks);
    assert_eq!((all[0].subject.as_str(), all[0].level.id(), all.len()), ("mallory@evil.example", "high", 17));
    assert!(all.iter().all(|card| card.door.as_ref().is_some_and(|door| door.picked.is_some())));
    let key = all[0].key.clone();
    let (_, opened) = show(&mut engine, Query::default(), &[], Some(&key));
    let opened = opened.expect("opens");
    assert_eq!((opened.testid.as_str(), opened.key == key), ("finding-details", true));
    let evidence = opened.blocks.iter().find_map(|block| match block {
        Block::Table(table) if table.id == "evidence" => Some(table),
        _ => None,
    });
    assert_eq!(evidence.unwrap().lines.len(), 3);
    let lanes = opened.blocks.iter().find_map(|block| match block {
        Block::Lanes(lanes) => Some(lanes),
        _ => None,
    });
    let kinds: Vec<&str> = lanes.unwrap().lanes[0].marks.iter().map(|mark| mark.kind.as_str()).collect();
    assert_eq!(kinds, ["invited", "created", "redeemed", "role", "application-role", "deleted"]);
    // The door of the evidence leads to exactly these events.
    let door = all[0].door.clone().unwrap();
    let query = Query { picked: door.picked, ..Query::default() };
    let ask = Ask {
        query,
        view: ViewRequest::Events { from: 0, count: 10, columns: Vec::new() },
        facets: Vec::new(),
        facet_text: Vec::new(),
        stack: None,
        zone: utc(),
        bins: 10,
    };
    assert_eq!(engine.ask(2, &ask).matching, 3);
}

#[test]
fn groups_levels_filters_and_marks() {
    let Some(mut engine) = case(&AUDIT) else { return };
    for (group, first) in [
        ("rule", "U12 Short-lived account"),
        ("guest", "mallory@evil.example"),
        ("inviter", "ivan@contoso.com"),
        ("domain", "evil.example"),
    ] {
        let (blocks, _) = show(&mut engine, Query::default(), &[("group", group)], None);
        let heading = blocks.iter().find_map(|block| match block {
            Block::Heading { title, .. } => Some(title.as_str()),
            _ => None,
        });
        assert_eq!(heading, Some(first));
        assert_eq!(cards(&blocks).len(), 17, "{group}");
    }
    let (blocks, _) = show(&mut engine, Query::default(), &[("level", "high")], None);
    assert_eq!(cards(&blocks).len(), 2);
    let query = Query { text: "payroll".into(), ..Query::default() };
    let (blocks, _) = show(&mut engine, query, &[], None);
    assert_eq!(cards(&blocks).iter().map(|card| card.rule.as_str()).collect::<Vec<_>>(), ["U11"]);
    assert!(blocks.iter().any(|block| matches!(block, Block::Note(note) if note.id == "filtered")));
    // The button of an opened finding marks it as expected, and takes it back.
    let key = "U13:app:mail merge pro";
    let (_, opened) = show(&mut engine, Query::default(), &[], Some(key));
    let mark = |opened: Option<Opened>| {
        opened.unwrap().blocks.into_iter().find_map(|block| match block {
            Block::Note(note) if note.id == "mark-expected" => note.door,
            _ => None,
        })
    };
    let (_, door) = mark(opened).unwrap();
    let set: Vec<(&str, &str)> = door.params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let (blocks, opened) = show(&mut engine, Query::default(), &set, Some(key));
    assert_eq!(cards(&blocks).last().unwrap().expected.as_deref(), Some("Expected"));
    let (_, back) = mark(opened).unwrap();
    let set: Vec<(&str, &str)> = back.params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let (blocks, _) = show(&mut engine, Query::default(), &set, None);
    assert!(cards(&blocks).iter().all(|card| card.expected.is_none()));
}

#[test]
fn rules_parameters_and_scores_are_named() {
    let Some(mut engine) = case(&AUDIT) else { return };
    let (blocks, _) = show(&mut engine, Query::default(), &[("U12.hours", "5")], None);
    let table = |id: &str| {
        blocks.iter().find_map(|block| match block {
            Block::Table(table) if table.id == id => Some(table),
            _ => None,
        })
    };
    let rules = table("rules").unwrap();
    assert_eq!((rules.testid.as_str(), rules.lines.len()), ("rule", 36));
    let data =
        |at: usize| rules.lines[at].data.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>();
    assert_eq!(data(0), ["rule=U01", "status=hit"]);
    assert_eq!(data(11), ["rule=U12", "status=clear"]);
    assert_eq!(data(19), ["rule=U20", "status=lacking"]);
    let hours = blocks.iter().find_map(|block| match block {
        Block::Controls { controls } => controls.iter().find_map(|control| match control {
            Control::Number { name, testid, data, value, min, max, .. } if name == "U12.hours" => {
                Some((testid.clone(), data[0].clone(), *value, *min, *max))
            }
            _ => None,
        }),
        _ => None,
    });
    assert_eq!(hours, Some(("rule-parameter".into(), ("rule".into(), "U12".into()), 5, 1, 720)));
    // The score is nothing but the listed findings: 10 for U08, 3 each for U07 and U11.
    let scores = table("scores").unwrap();
    assert_eq!(scores.lines[0].data[1], ("score".into(), "16".into()));
    assert_eq!(scores.lines[0].lines.len(), 3);
}

#[test]
fn findings_are_exported_with_their_evidence() {
    let Some(mut engine) = case(&AUDIT) else { return };
    show(&mut engine, Query::default(), &[], None);
    let mut export = |id: &str, format| {
        let window = TableWindow { id: id.into(), ..TableWindow::default() };
        let (bytes, lines) = engine.export_table(&window, format).unwrap();
        (String::from_utf8(bytes).unwrap(), lines)
    };
    let (csv, lines) = export("findings", SheetFormat::Csv);
    assert_eq!(lines, 17);
    assert!(csv.contains("audit-A-2026-06-01_06-15.json record "), "{csv}");
    let (json, _) = export("findings", SheetFormat::Json);
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value[0]["evidence"].as_array().unwrap().len(), 3);
    let (timeline, _) = export("findings-timeline", SheetFormat::Csv);
    let head = timeline.trim_start_matches('\u{feff}').lines().next().unwrap().replace('"', "");
    assert!(head.starts_with("message,datetime,timestamp_desc,"), "{head}");
    assert!(timeline.contains("2026-06-10T22:40:00Z"), "{timeline}");
}
