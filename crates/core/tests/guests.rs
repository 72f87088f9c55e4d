//! The views of guests and of inactive guests, from files as an administrator drops them.

use guestlens_core::{
    engine::Engine,
    protocol::{Ask, Clause, Query, ViewRequest},
    report::{Block, BlocksRequest, Chart, Door, Lanes, Opened, Report, Stat, Table, TableWindow, Value, View},
    time::{HOUR, MINUTE, Zone, from_calendar},
};
use std::{fs, path::PathBuf};

/// What a view shows, and what is open beside it.
struct Shown {
    blocks: Vec<Block>,
    opened: Option<Box<Opened>>,
}

impl Shown {
    fn stats(&self) -> Vec<&Stat> {
        self.blocks
            .iter()
            .filter_map(|block| match block {
                Block::Stats { stats } => Some(stats),
                _ => None,
            })
            .flatten()
            .collect()
    }

    #[track_caller]
    fn stat(&self, id: &str) -> Option<u64> {
        self.stats().into_iter().find(|stat| stat.id == id).unwrap_or_else(|| panic!("no figure {id}")).value
    }

    #[track_caller]
    fn table(&self, id: &str) -> &Table {
        let opened = self.opened.iter().flat_map(|opened| &opened.blocks);
        self.blocks
            .iter()
            .chain(opened)
            .find_map(|block| match block {
                Block::Table(table) if table.id == id => Some(table),
                _ => None,
            })
            .unwrap_or_else(|| panic!("no table {id}"))
    }

    fn charts(&self) -> Vec<&Chart> {
        self.blocks
            .iter()
            .filter_map(|block| match block {
                Block::Chart(chart) => Some(chart),
                _ => None,
            })
            .collect()
    }

    #[track_caller]
    fn chart(&self, id: &str) -> Vec<(String, i64)> {
        let chart = self.charts().into_iter().find(|chart| chart.id == id).unwrap_or_else(|| panic!("no chart {id}"));
        let values = &chart.lines[0].values;
        chart.steps.iter().zip(values).map(|(step, value)| (step.label.clone(), value.unwrap_or(-1))).collect()
    }

    fn lanes(&self) -> Vec<&Lanes> {
        let opened = self.opened.iter().flat_map(|opened| &opened.blocks);
        self.blocks
            .iter()
            .chain(opened)
            .filter_map(|block| match block {
                Block::Lanes(lanes) => Some(lanes),
                _ => None,
            })
            .collect()
    }

    /// The one lane of the guest that is open.
    fn line(&self) -> &guestlens_core::report::Lane {
        &self.lanes().into_iter().find(|lanes| lanes.id == "life-line").expect("a life line").lanes[0]
    }

    fn story(&self) -> String {
        let opened = self.opened.as_ref().expect("something open");
        let sentences = opened.blocks.iter().find_map(|block| match block {
            Block::Story { sentences } => Some(sentences.join(" ")),
            _ => None,
        });
        sentences.expect("a story")
    }

    #[track_caller]
    fn fact(&self, label: &str) -> &Value {
        let opened = self.opened.as_ref().expect("something open");
        opened
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Facts { facts } => Some(facts),
                _ => None,
            })
            .flatten()
            .find(|fact| fact.label == label)
            .map_or_else(|| panic!("no fact {label}"), |fact| &fact.value)
    }

    fn notes(&self) -> String {
        let texts = self.blocks.iter().filter_map(|block| match block {
            Block::Note(note) => Some(format!("{} {}", note.title, note.text)),
            _ => None,
        });
        texts.collect::<Vec<_>>().join("\n")
    }
}

/// UPN and state of the lines of a table.
fn lines(table: &Table) -> Vec<(String, String)> {
    let data = |line: &guestlens_core::report::TableLine, name: &str| {
        line.data.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    table.lines.iter().map(|line| (data(line, "upn"), data(line, "state"))).collect()
}

/// The part of the UPNs before the domain, sorted.
fn users(table: &Table) -> Vec<String> {
    let mut users: Vec<String> =
        lines(table).iter().map(|(upn, _)| upn.split(['_', '@']).next().unwrap_or_default().to_owned()).collect();
    users.sort();
    users
}

#[track_caller]
fn state(table: &Table, user: &str) -> String {
    lines(table).into_iter().find(|(upn, _)| upn.starts_with(user)).unwrap_or_else(|| panic!("no guest {user}")).1
}

fn load(files: &[(&str, Vec<u8>)]) -> Engine {
    let mut engine = Engine::default();
    for (name, bytes) in files {
        let source = engine.open(name, bytes.len() as u64);
        bytes.chunks(4_000).for_each(|piece| engine.feed(source, piece));
        engine.end(source);
    }
    engine
}

fn ask(engine: &mut Engine, of: View, params: &[(&str, &str)], open: Option<&str>) -> Shown {
    ask_all(engine, of, params, open, Query::default(), Vec::new())
}

fn ask_all(
    engine: &mut Engine,
    of: View,
    params: &[(&str, &str)],
    open: Option<&str>,
    query: Query,
    tables: Vec<TableWindow>,
) -> Shown {
    let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let request = BlocksRequest { of, params, tables, open: open.map(str::to_owned) };
    let zone = Zone { name: "UTC".into(), offsets: Vec::new(), ..Zone::default() };
    let view = ViewRequest::Blocks(request);
    let ask = Ask { query, view, facets: Vec::new(), facet_text: Vec::new(), stack: None, zone, bins: 60 };
    match engine.ask(1, &ask).report {
        Report::Blocks { blocks, opened, .. } => Shown { blocks, opened },
        other => panic!("{other:?}"),
    }
}

/// The worked case beside the project, where it is there.
fn worked_case(names: &[&str]) -> Option<Engine> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixture");
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return None;
    }
    let files: Vec<(&str, Vec<u8>)> =
        names.iter().map(|name| (*name, fs::read(folder.join(name)).expect("of the worked case"))).collect();
    Some(load(&files))
}

const AUDIT: [&str; 3] =
    ["audit-A-2026-06-01_06-15.json", "audit-B-2026-06-10_06-30.json", "audit-C-2026-07-05_07-10.json"];

fn everything() -> Option<Engine> {
    worked_case(&[AUDIT[0], AUDIT[1], AUDIT[2], "users.json"])
}

#[test]
fn the_worked_case_has_its_inactive_guests() {
    let Some(mut engine) = everything() else { return };
    // The newest export is the log whose name ends on 10 July.
    let shown = ask(&mut engine, View::Inactive, &[], None);
    let table = shown.table("inactive-guests");
    assert_eq!(users(table), ["never", "old", "older"]);
    assert!(lines(table).iter().all(|(_, state)| state == "inactive"));
    let days = |user: &str| {
        let line = table.lines.iter().find(|line| line.data[1].1.starts_with(user)).expect("listed");
        line.data.iter().find(|(name, _)| name == "days").expect("judged").1.clone()
    };
    assert_eq!([days("old_"), days("older_"), days("never_")], ["90", "91", "221"]);
    assert_eq!(shown.stat("guests-inactive"), Some(3));
    assert_eq!(shown.stat("guests-never-signed-in"), Some(2));
    assert_eq!(shown.stat("guests-only-failed"), Some(1));

    let all = ask(&mut engine, View::Inactive, &[("show", "all")], None);
    let table = all.table("inactive-guests");
    let pairs =
        [("dana", "active"), ("fresh", "active"), ("failonly", "active"), ("eli", "pending"), ("old_", "inactive")];
    for (user, expected) in pairs {
        assert_eq!(state(table, user), expected, "{user}");
    }
    let successful = ask(&mut engine, View::Inactive, &[("basis", "successful")], None);
    assert_eq!(users(successful.table("inactive-guests")), ["failonly", "never", "old", "older"]);
    let later = ask(&mut engine, View::Inactive, &[("threshold", "91")], None);
    assert_eq!(users(later.table("inactive-guests")), ["never", "older"]);
    let earlier = ask(&mut engine, View::Inactive, &[("as-of", "2026-07-09")], None);
    assert_eq!(users(earlier.table("inactive-guests")), ["never", "older"]);
    assert!(shown.notes().contains("10 Jul 2026"), "{}", shown.notes());
    assert_eq!(shown.chart("inactive-by-threshold")[2], ("90 days, chosen".into(), 3));
}

#[test]
fn the_day_can_be_chosen_where_only_users_are_loaded() {
    let Some(mut engine) = worked_case(&["users.json"]) else { return };
    let shown = ask(&mut engine, View::Inactive, &[("as-of", "2026-07-10")], None);
    assert_eq!(shown.stat("guests-total"), Some(7));
    assert_eq!(users(shown.table("inactive-guests")), ["never", "old", "older"]);
    assert_eq!(shown.stat("guests-pending"), Some(2));
    let roster = ask(&mut engine, View::Guests, &[("as-of", "2026-07-10"), ("state", "without-sponsor")], None);
    assert_eq!(users(roster.table("guests")), ["never", "old"]);
    assert_eq!(roster.stat("guests-without-sponsor"), Some(2));
}

#[test]
fn the_worked_case_has_dana() {
    let Some(mut engine) = everything() else { return };
    let shown = ask(&mut engine, View::Guests, &[], Some("dana@fabrikam.example"));
    let invited = from_calendar(2026, 6, 1, 9, 0, 0).unwrap();
    assert_eq!(shown.fact("Invited"), &Value::Time(invited));
    assert_eq!(shown.fact("Redeemed"), &Value::Time(invited + 23 * HOUR + 30 * MINUTE));
    assert_eq!(shown.fact("From invitation to redemption"), &Value::Duration(23 * HOUR + 30 * MINUTE));
    assert!(matches!(shown.fact("Invited by"), Value::Person { address, .. } if address == "adele@contoso.com"));
    let story = shown.story();
    assert!(story.contains("redeemed after 23 h 30 min"), "{story}");
    assert!(story.contains("23 h 30 min (source: Mail)"), "{story}");
    let line = shown.line();
    let group = line.spans.iter().find(|span| span.kind == "group").expect("a group");
    assert_eq!(group.label, "Group: Project Falcon");
    assert_eq!((group.to - group.from) / HOUR, 18 * 24);
    let kinds: Vec<&str> = line.marks.iter().map(|mark| mark.kind.as_str()).collect();
    for kind in ["invited", "redeemed", "group-added", "group-removed", "action"] {
        assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
    }
    assert!(line.marks.iter().filter(|mark| mark.kind == "invited").all(|mark| mark.door.is_some()));
    assert_eq!(shown.opened.as_ref().map(|opened| opened.testid.as_str()), Some("guest-details"));
    assert!(shown.table("guest-names").lines.iter().all(|line| line.data[0].1 == "1"));
    assert_eq!(state(shown.table("guests"), "dana"), "active");
}

#[test]
fn the_worked_case_has_mallory() {
    let Some(mut engine) = everything() else { return };
    let shown = ask(&mut engine, View::Guests, &[], Some("mallory_evil.example#EXT#@contoso.onmicrosoft.com"));
    assert_eq!(shown.fact("From invitation to redemption"), &Value::Duration(6 * MINUTE));
    assert_eq!(state(shown.table("guests"), "mallory"), "deleted");
    let invited = from_calendar(2026, 6, 10, 22, 0, 0).unwrap();
    let line = shown.line();
    let role = line.spans.iter().find(|span| span.kind == "role").expect("a role");
    assert_eq!(role.label, "Role: Helpdesk Administrator");
    assert_eq!((role.from - invited, role.to - invited), (40 * MINUTE, 11 * HOUR));
    assert_eq!(role.to_is, guestlens_core::report::Certainty::Inferred);
    let app = line.spans.iter().find(|span| span.kind == "app").expect("an application role");
    assert_eq!(app.label, "Application: Payroll / Reader");
    assert!(shown.story().contains("11 h after the account was made"), "{}", shown.story());
    assert!(shown.fact("Invited by").words().contains("ivan@contoso.com"));
}

#[test]
fn the_worked_case_has_its_roster() {
    let Some(mut engine) = everything() else { return };
    let shown = ask(&mut engine, View::Guests, &[], None);
    let table = shown.table("guests");
    let expected = [
        ("dana", "active"),
        ("eli", "pending"),
        ("zoe", "pending"),
        ("mallory", "deleted"),
        ("tess", "converted"),
        ("old_", "inactive"),
        ("older", "inactive"),
        ("never", "inactive"),
        ("fresh", "active"),
        ("failonly", "active"),
    ];
    for (user, expected) in expected {
        assert_eq!(state(table, user), expected, "{user}");
    }
    // Whoever was only invited in vain has no account.
    assert!(!users(table).contains(&"rob".to_owned()));
    assert!(shown.notes().contains("1 address is known only from invitations that failed"));
    assert_eq!(shown.stat("guests-total"), Some(table.total));
    assert_eq!(shown.stat("guests-pending"), Some(3));
    assert_eq!(shown.stat("guests-inactive"), Some(3));
    assert_eq!(shown.stat("guests-without-sponsor"), Some(2));
    let inviters = shown.chart("guests-by-inviter");
    assert!(inviters.contains(&("adele".into(), 3)) && inviters.contains(&("ivan".into(), 1)), "{inviters:?}");
    assert_eq!(shown.chart("guests-funnel"), [("Invited".into(), 4), ("Redeemed".into(), 2), ("Active".into(), 1)]);
    let waits = shown.chart("invitation-to-redemption");
    assert_eq!((waits[0].1, waits[3].1), (1, 1));
}

#[test]
fn every_figure_leads_to_as_many_guests() {
    let Some(mut engine) = everything() else { return };
    for view in [View::Guests, View::Inactive] {
        let shown = ask(&mut engine, view, &[], None);
        let id = if view == View::Guests { "guests" } else { "inactive-guests" };
        let check = |engine: &mut Engine, door: &Door, count: u64, what: &str| {
            let Some(view) = door.view else { return };
            let params: Vec<(&str, &str)> =
                door.params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let behind = ask(engine, view, &params, None);
            assert_eq!(behind.table(id).total, count, "{what}");
        };
        let stats: Vec<Stat> = shown.stats().into_iter().cloned().collect();
        assert!(stats.len() > 5);
        for stat in stats {
            let Some(value) = stat.value else { continue };
            check(&mut engine, stat.door.as_ref().expect("a door"), value, &stat.id);
        }
        for chart in shown.charts().into_iter().cloned().collect::<Vec<_>>() {
            for (at, step) in chart.steps.iter().enumerate() {
                let Some(door) = step.door.as_ref().filter(|_| chart.id != "guests-over-time") else { continue };
                let sum: i64 = chart.lines.iter().filter_map(|line| line.values[at]).sum();
                check(&mut engine, door, sum as u64, &format!("{} {}", chart.id, step.label));
            }
        }
    }
}

/// A small tenant of our own, for where the worked case is not there.
fn small() -> Engine {
    let event = |id: &str, time: &str, activity: &str, actor: &str, target: &str, more: &str| {
        format!(
            r#"{{"id":"{id}","activityDateTime":"{time}","activityDisplayName":"{activity}","loggedByService":"Core Directory",
            "category":"UserManagement","result":"success","correlationId":"{id}","initiatedBy":{{"user":{actor}}},
            "targetResources":[{target}]{more}}}"#
        )
    };
    let adele = r#"{"id":"aaaaaaaa-0000-4000-8000-000000000001","userPrincipalName":"adele@contoso.example","displayName":"Adele Vance"}"#;
    let guest = |number: u32, name: &str| {
        format!(
            r#"{{"id":"bbbbbbbb-0000-4000-8000-00000000000{number}","type":"User","userPrincipalName":"{name}_fabrikam.example#EXT#@contoso.example"}}"#
        )
    };
    let sentence = r#"{"id":"bbbbbbbb-0000-4000-8000-000000000001","type":"User","displayName":"UPN: dana_fabrikam.example#EXT#@contoso.example, Email: dana@fabrikam.example, InvitationId: 99999999-0000-4000-8000-000000000001, Source: One Time Passcode"}"#;
    let redeemer = r#"{"userPrincipalName":"dana@fabrikam.example"}"#;
    let events = [
        event("1", "2026-06-01T09:00:00Z", "Invite external user", adele, &guest(1, "dana"), ""),
        event("2", "2026-06-02T08:30:00Z", "Redeem external user invite", redeemer, sentence, ""),
        event("3", "2026-06-03T09:00:00Z", "Invite external user", adele, &guest(2, "eli"), ""),
        event("4", "2026-06-04T09:00:00Z", "Delete user", adele, &guest(2, "eli"), ""),
        event("5", "2026-06-20T09:00:00Z", "Invite external user", adele, &guest(2, "eli"), ""),
        event("6", "2026-06-21T09:00:00Z", "Disable account", adele, &guest(3, "finn"), ""),
    ];
    let users = "userPrincipalName,displayName,id,userType,createdDateTime,accountEnabled\n\
        gwen_fabrikam.example#EXT#@contoso.example,Gwen,bbbbbbbb-0000-4000-8000-000000000004,Guest,2026-01-01T00:00:00Z,true\n\
        hugo_fabrikam.example#EXT#@contoso.example,Hugo,bbbbbbbb-0000-4000-8000-000000000005,Member,2026-01-01T00:00:00Z,true\n\
        ines_fabrikam.example#EXT#@contoso.example,Ines,bbbbbbbb-0000-4000-8000-000000000006,Guest,2026-01-01T00:00:00Z,false\n";
    load(&[("audit.json", format!("[{}]", events.join(",")).into_bytes()), ("users.csv", users.as_bytes().to_vec())])
}

#[test]
fn a_small_tenant_has_its_states() {
    let mut engine = small();
    let shown = ask(&mut engine, View::Guests, &[], Some("dana@fabrikam.example"));
    let table = shown.table("guests");
    // #EXT# does not make a guest of a member.
    assert_eq!(users(table), ["dana", "eli", "finn", "gwen", "ines"]);
    let expected =
        [("dana", "active"), ("eli", "pending"), ("finn", "blocked"), ("gwen", "unknown"), ("ines", "blocked")];
    for (user, expected) in expected {
        assert_eq!(state(table, user), expected, "{user}");
    }
    let story = shown.story();
    let begin =
        "Invited by Adele Vance on 1 Jun 2026 09:00:00 UTC, redeemed after 23 h 30 min with a one-time passcode.";
    assert!(story.starts_with(begin), "{story}");
    assert_eq!(shown.fact("Accepted with"), &Value::Text("One Time Passcode".into()));
    assert_eq!(shown.fact("User type"), &Value::state("Guest", guestlens_core::report::Tone::Plain));
    let joins = shown.table("guest-names");
    assert!(joins.total >= 3 && joins.lines.iter().all(|line| line.data[0].1 == "1"));
    // Without sign-ins nobody is said to have never signed in.
    assert_eq!(shown.stat("guests-never-signed-in"), None);
    // The invitation after the deletion counts.
    let eli = ask(&mut engine, View::Guests, &[], Some("bbbbbbbb-0000-4000-8000-000000000002"));
    assert_eq!(eli.fact("Invited"), &Value::Time(from_calendar(2026, 6, 20, 9, 0, 0).unwrap()));
    assert!(eli.story().contains("not redeemed as far as the files tell"), "{}", eli.story());
}

#[test]
fn filters_leave_those_who_take_part() {
    let mut engine = small();
    let clause = Clause {
        field: guestlens_core::model::Field::Activity,
        values: vec!["Redeem external user invite".into()],
        exclude: false,
    };
    let query = Query { clauses: vec![clause], ..Query::default() };
    let shown = ask_all(&mut engine, View::Guests, &[], None, query, Vec::new());
    assert_eq!(users(shown.table("guests")), ["dana"]);
    assert!(shown.notes().contains("4 are left out"), "{}", shown.notes());
}

#[test]
fn the_roster_is_sorted_searched_and_grouped() {
    let mut engine = small();
    let window = |sort: Option<(&str, bool)>, find: &str| TableWindow {
        id: "guests".into(),
        sort: sort.map(|(id, down)| (id.into(), down)),
        find: find.into(),
        ..TableWindow::default()
    };
    let asked = |engine: &mut Engine, window| ask_all(engine, View::Guests, &[], None, Query::default(), vec![window]);
    let sorted = asked(&mut engine, window(Some(("created", false)), ""));
    let names: Vec<String> = lines(sorted.table("guests")).into_iter().map(|(upn, _)| upn[..4].to_owned()).collect();
    assert_eq!(names, ["finn", "gwen", "ines", "dana", "eli_"]);
    let found = asked(&mut engine, window(None, "GWEN"));
    assert_eq!((found.table("guests").matching, found.table("guests").total), (1, 5));
    let grouped = ask(&mut engine, View::Guests, &[("group", "state")], None);
    let groups: Vec<(String, String)> =
        grouped.table("guest-groups").lines.iter().map(|line| (line.key.clone(), line.data[1].1.clone())).collect();
    assert_eq!(groups[0], ("blocked".into(), "2".into()));
    let narrowed = ask(&mut engine, View::Guests, &[("month", "2026-01")], None);
    assert_eq!(users(narrowed.table("guests")), ["gwen", "ines"]);
    let lanes = grouped.lanes();
    assert_eq!((lanes[0].id.as_str(), lanes[0].total), ("life-lines", 5));
}

#[test]
fn empty_views_say_what_to_load() {
    let mut engine = Engine::default();
    for view in [View::Guests, View::Inactive] {
        let shown = ask(&mut engine, view, &[], None);
        assert!(shown.notes().contains("Not loaded"), "{view:?}: {}", shown.notes());
    }
}

#[test]
fn the_order_of_files_changes_no_guest() {
    let files = guestlens_core::sample::files(7);
    let said = |is_reversed: bool| {
        let mut files: Vec<(&str, Vec<u8>)> =
            files.iter().map(|file| (file.name.as_str(), file.bytes.clone())).collect();
        if is_reversed {
            files.reverse();
        }
        let mut engine = load(&files);
        let all = |id: &str| vec![TableWindow { id: id.into(), count: 1_000, ..TableWindow::default() }];
        let mut lines: Vec<String> = Vec::new();
        for (view, id, params) in
            [(View::Guests, "guests", vec![]), (View::Inactive, "inactive-guests", vec![("show", "all")])]
        {
            let shown = ask_all(&mut engine, view, &params, None, Query::default(), all(id));
            lines.extend(shown.table(id).lines.iter().map(|line| format!("{:?} {:?}", line.data, line.cells)));
            lines.extend(shown.stats().into_iter().map(|stat| format!("{} {:?}", stat.id, stat.value)));
            lines.extend(shown.charts().into_iter().map(|chart| format!("{} {:?}", chart.id, chart.lines)));
        }
        lines.sort();
        lines
    };
    let (forth, back) = (said(false), said(true));
    let other: Vec<_> = forth.iter().zip(&back).filter(|(one, other)| one != other).take(3).collect();
    assert!(forth == back, "{other:#?}");
}

#[test]
fn the_invented_tenant_has_its_stories() {
    let files = guestlens_core::sample::files(7);
    let files: Vec<(&str, Vec<u8>)> = files.iter().map(|file| (file.name.as_str(), file.bytes.clone())).collect();
    let mut engine = load(&files);
    let shown = ask(&mut engine, View::Guests, &[("state", "converted")], None);
    assert_eq!(shown.table("guests").total, 1);
    let shown = ask(&mut engine, View::Guests, &[("state", "deleted")], None);
    let [line] = &shown.table("guests").lines[..] else { panic!("one deleted guest") };
    let open = line.key.clone();
    // Redeemed after 6 minutes, an administrator after 40, gone after 11 hours.
    let shown = ask(&mut engine, View::Guests, &[], Some(&open));
    let story = shown.story();
    assert!(story.contains("redeemed after 6 min") && story.contains("Helpdesk Administrator"), "{story}");
    assert!(story.contains("Deleted by"), "{story}");
    assert!(shown.table("guest-findings").total > 0);
    assert_eq!(shown.stat("guests-never-signed-in"), Some(12));
}

#[test]
fn findings_about_each_guest_are_counted_and_life_lines_ordered() {
    let files = guestlens_core::sample::files(7);
    let files: Vec<(&str, Vec<u8>)> = files.iter().map(|file| (file.name.as_str(), file.bytes.clone())).collect();
    let mut engine = load(&files);
    let by_findings = TableWindow {
        id: "guests".into(),
        sort: Some(("findings".into(), true)),
        count: 1_000,
        ..TableWindow::default()
    };
    let shown = ask_all(&mut engine, View::Guests, &[], None, Query::default(), vec![by_findings]);
    let table = shown.table("guests");
    let column = table.columns.iter().position(|column| column.id == "findings").expect("a column");
    let counts: Vec<u64> = table
        .lines
        .iter()
        .map(|line| if let Value::Number(count) = line.cells[column] { count } else { panic!("no number") })
        .collect();
    assert!(counts.is_sorted_by(|one, other| one >= other) && counts[0] > 0 && counts.contains(&0), "{counts:?}");
    for (line, count) in table.lines.iter().zip(&counts) {
        assert_eq!(line.door.is_some(), *count > 0);
    }
    // The door leads to as many, and so many stand beside the guest.
    let (door, key) = (table.lines[0].door.clone().unwrap(), table.lines[0].key.clone());
    let params: Vec<(&str, &str)> = door.params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let findings = ask(&mut engine, door.view.unwrap(), &params, None);
    let listed: usize = findings
        .blocks
        .iter()
        .map(|block| if let Block::Findings { findings, .. } = block { findings.len() } else { 0 })
        .sum();
    assert_eq!(listed as u64, counts[0]);
    let opened = ask(&mut engine, View::Guests, &[], Some(&key));
    assert_eq!(opened.table("guest-findings").total, counts[0]);

    let lines = |engine: &mut Engine, order: &str| -> Vec<String> {
        let shown = ask(engine, View::Guests, &[("lines", order)], None);
        let lanes = shown.lanes().into_iter().find(|lanes| lanes.id == "life-lines").expect("life lines");
        lanes.lanes.iter().map(|lane| lane.name.to_lowercase()).collect()
    };
    let by_name = lines(&mut engine, "name");
    assert!(by_name.is_sorted() && by_name.len() == 12, "{by_name:?}");
    assert_ne!(lines(&mut engine, ""), by_name);
    assert_ne!(lines(&mut engine, "last-activity"), lines(&mut engine, ""));
}
