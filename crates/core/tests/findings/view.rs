//! The findings view, driven through the engine as the page does.

use crate::{case::case, utc};
use guestlens_core::{
    engine::Engine,
    findings::rules,
    protocol::{Ask, Query, SheetFormat, ViewRequest},
    report::{
        Block, BlocksRequest, Control, DownloadKind, FindingCard, Opened, Params, Report, TableLine, TableWindow, View,
    },
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
    let export = |id: &str, format| {
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
    // The timeline as Timesketch imports it: no byte order mark, its own names of columns.
    let mut download = |kind| engine.download(kind, "", &utc()).expect("a file");
    let (csv, name, mime) = download(DownloadKind::TimesketchCsv);
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.starts_with("message,datetime,timestamp_desc,"), "{csv}");
    assert!(csv.contains("2026-06-10T22:40:00+00:00,Evidence of U07"), "{csv}");
    assert_eq!((name.as_str(), mime), ("guestlens findings.csv", "text/csv"));
    let (lines, name, _) = download(DownloadKind::TimesketchJsonLines);
    assert_eq!(name, "guestlens findings.jsonl");
    let lines: Vec<serde_json::Value> = lines
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect();
    assert_eq!(lines.len(), csv.lines().count() - 1);
    for line in &lines {
        assert!(["message", "datetime", "timestamp_desc", "rule", "file"].iter().all(|name| line[name].is_string()));
    }
    let (rules, name, _) = download(DownloadKind::SigmaRules);
    assert_eq!(name, "guestlens rules.yml");
    assert!(String::from_utf8(rules).unwrap().contains("\n---\ntitle: 'Failed invitation'\n"));
}

#[test]
fn every_parameter_is_named_with_its_rule() {
    let Some(mut engine) = case(&AUDIT) else { return };
    let (blocks, _) = show(&mut engine, Query::default(), &[], None);
    let mut named = Vec::new();
    for block in &blocks {
        let Block::Controls { controls } = block else { continue };
        for control in controls {
            if let Control::Number { testid, data, .. } | Control::Text { testid, data, .. } = control
                && testid == "rule-parameter"
            {
                assert_eq!((data[0].0.as_str(), data[1].0.as_str()), ("rule", "param"));
                named.extend(data[0].1.split(' ').map(|rule| format!("{rule}.{}", data[1].1)));
            }
        }
    }
    let all =
        rules::ALL.iter().flat_map(|rule| rule.params.iter().map(move |param| format!("{}.{}", rule.id, param.name)));
    let mut all: Vec<String> = all.collect();
    all.sort();
    named.sort();
    assert_eq!(named, all);
}

#[test]
fn rules_come_one_by_one_and_end_where_all_at_once_do() {
    let (Some(mut whole), Some(mut engine)) = (case(&AUDIT), case(&AUDIT)) else { return };
    engine.set_stepwise();
    let (first, _) = show(&mut engine, Query::default(), &[], None);
    assert!(cards(&first).is_empty());
    assert!(first.iter().any(|block| matches!(block, Block::Note(note) if note.id == "rules-pending")));
    let pending = |blocks: &[Block]| {
        let rules = blocks.iter().find_map(|block| match block {
            Block::Table(table) if table.id == "rules" => Some(table),
            _ => None,
        });
        let is = |line: &&TableLine| line.data.contains(&("status".into(), "pending".into()));
        rules.unwrap().lines.iter().filter(is).count()
    };
    assert_eq!(pending(&first), 36);
    let (mut steps, mut counts) = (0, Vec::new());
    while engine.has_steps() {
        engine.step();
        let (blocks, _) = show(&mut engine, Query::default(), &[], None);
        counts.push(pending(&blocks));
        steps += 1;
        assert!(steps < 60);
    }
    assert!(counts.is_sorted_by(|a, b| a >= b) && counts.contains(&20), "{counts:?}");
    let (last, _) = show(&mut engine, Query::default(), &[], None);
    assert_eq!(last, show(&mut whole, Query::default(), &[], None).0);
    // A file has all of it, whatever has been looked at.
    let Some(mut early) = case(&AUDIT) else { return };
    early.set_stepwise();
    show(&mut early, Query::default(), &[], None);
    let window = TableWindow { id: "findings".into(), ..TableWindow::default() };
    assert_eq!(early.export_table(&window, SheetFormat::Csv).unwrap().1, 17);
}
