//! How long it takes to find out who is who and to show the guests, over an invented store.
//!
//! `cargo bench -p guestlens-core --bench guests` measures 100,000 guests over 1,000,000 events.
//! `--quick-check` does all of it once over a small store and compares the counts.

use guestlens_core::{
    derived::{Derived, Memory},
    engine::Engine,
    guests::roster::Roster,
    identity::{Identity, NeverMade},
    model::{Column, Field, Log, TargetColumn},
    protocol::{Ask, Clause, Query, ViewRequest},
    report::{Block, BlocksRequest, Report, TableWindow, View},
    store::{SourceInfo, Store},
    time::{DAY, MINUTE, Zone, from_calendar},
};
use std::{fmt::Write, hint::black_box, rc::Rc, time::Instant};

fn id(kind: u32, number: usize) -> String {
    format!("{kind:08x}-0000-4000-8000-{number:012x}")
}

fn mail(number: usize) -> String {
    format!("guest{number}@partner{}.example", number % 997)
}

fn upn(number: usize) -> String {
    format!("{}#EXT#@contoso.example", mail(number).replace('@', "_"))
}

/// Invitation, creation and redemption of every guest, a group for every third, and sign-ins.
fn store(guests: usize, events: usize) -> Store {
    let mut store = Store::default();
    store.sources.push(SourceInfo { name: "audit.json".into(), ..SourceInfo::default() });
    let begin = from_calendar(2026, 1, 1, 0, 0, 0).unwrap_or_default();
    for record in 0..events {
        let (step, guest) = (record / guests, record % guests);
        let (id, upn, mail) = (id(1, guest), upn(guest), mail(guest));
        let inviter = guest % 700;
        let time = begin + guest as i64 * MINUTE + step as i64 * DAY;
        let mut w = store.writer(0);
        w.time(time);
        w.set(Column::Result, b"success");
        w.set(Column::ActorType, b"User");
        w.set(Column::EventId, format!("e{record}").as_bytes());
        let is_audit = step < 4;
        w.set_log(if is_audit { Log::Audit } else { Log::Interactive });
        if step == 2 {
            w.set(Column::ActorUpn, mail.as_bytes());
        } else if is_audit {
            w.set(Column::ActorId, self::id(2, inviter).as_bytes());
            w.set(Column::ActorUpn, format!("member{inviter}@contoso.example").as_bytes());
            w.set(Column::ActorName, format!("Member {inviter}").as_bytes());
        } else {
            w.set(Column::ActorId, id.as_bytes());
            w.set(Column::ActorUpn, mail.as_bytes());
            w.set(Column::ActorUserType, b"Guest");
        }
        let activity: &[u8] = match step {
            0 => b"Add user",
            1 => b"Invite external user",
            2 => b"Redeem external user invite",
            3 => b"Add member to group",
            _ => b"Sign-in",
        };
        w.set(Column::Activity, activity);
        if is_audit {
            w.begin_target();
            w.set_target(TargetColumn::Type, b"User");
            w.set_target(TargetColumn::Id, id.as_bytes());
            if step == 2 {
                let sentence = format!("UPN: {upn}, Email: {mail}, InvitationId: {}, Source: Mail", self::id(3, guest));
                w.set_target(TargetColumn::Name, sentence.as_bytes());
            } else {
                w.set_target(TargetColumn::Upn, upn.as_bytes());
            }
        }
        match step {
            0 => w.change(b"UserType", b"[]", b"[\"Guest\"]"),
            1 => w.detail(b"invitedUserEmailAddress", mail.as_bytes()),
            3 => {
                w.change(b"Group.DisplayName", b"", format!("\"Group {}\"", guest % 5_000).as_bytes());
                w.begin_target();
                w.set_target(TargetColumn::Type, b"Group");
                w.set_target(TargetColumn::Name, format!("Group {}", guest % 5_000).as_bytes());
            }
            _ => {}
        }
        w.commit(record as u32 + 1);
    }
    store
}

/// An export of users, as Graph sends it.
fn users(guests: usize) -> String {
    let mut text = String::from("{\"value\":[");
    for guest in 0..guests {
        let comma = if guest == 0 { "" } else { "," };
        let (id, upn, mail) = (id(1, guest), upn(guest), mail(guest));
        let _ = write!(
            text,
            r#"{comma}{{"id":"{id}","userPrincipalName":"{upn}","mail":"{mail}","displayName":"Guest {guest}","userType":"Guest",
            "accountEnabled":true,"createdDateTime":"2026-01-01T00:00:00Z","externalUserState":"Accepted",
            "signInActivity":{{"lastSignInDateTime":"2026-0{}-01T00:00:00Z"}},
            "sponsors":[{{"id":"{}","displayName":"Member {}"}}]}}"#,
            1 + guest % 7,
            self::id(2, guest % 300),
            guest % 300
        );
    }
    text + "]}"
}

fn ask(engine: &mut Engine, of: View, query: Query, open: Option<String>, tables: Vec<TableWindow>) -> Vec<Block> {
    ask_of(engine, query, BlocksRequest { of, tables, open, ..BlocksRequest::default() })
}

fn ask_of(engine: &mut Engine, query: Query, request: BlocksRequest) -> Vec<Block> {
    let (view, zone) = (ViewRequest::Blocks(request), Zone::default());
    let ask = Ask { query, view, facets: Vec::new(), facet_text: Vec::new(), stack: None, zone, bins: 120 };
    let report = engine.ask(1, &ask).report;
    // What the page is sent, and has to read.
    let length = serde_json::to_string(&report).map_or(0, |text| text.len());
    assert!(length < 2_000_000, "{length} bytes");
    match report {
        Report::Blocks { blocks, .. } => blocks,
        _ => Vec::new(),
    }
}

fn total(blocks: &[Block], id: &str) -> u64 {
    let tables = blocks.iter().filter_map(|block| match block {
        Block::Table(table) if table.id == id => Some(table.total),
        _ => None,
    });
    tables.sum()
}

fn measured<T>(name: &str, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = run();
    println!("{name:<60} {:>8.1} ms", start.elapsed().as_secs_f64() * 1_000.0);
    result
}

fn main() {
    let is_check = std::env::args().any(|argument| argument == "--quick-check" || argument == "--test");
    let (guests, events) = if is_check { (300, 3_000) } else { (100_000, 1_000_000) };
    println!("{guests} guests over {events} events");
    let store = store(guests, events);
    let identity = measured("who is who", || Identity::new(&store));
    assert_eq!(identity.people().len(), guests + guests.min(700));
    let identity = Rc::new(identity);
    let mut memory = Memory::default();
    memory.refresh(&store);
    let never = measured("who was invited in vain", || Derived::new(&store, &memory).get::<NeverMade>());
    let roster = measured("the roster's facts", || Roster::new(&store, &identity, &never));
    assert_eq!(roster.guests().len(), guests);
    let memory = Memory::default();
    black_box(Derived::new(&store, &memory).get::<Roster>());

    let mut engine = Engine::with_store(store);
    let users = users(guests);
    let source = engine.open("users.json", users.len() as u64);
    engine.feed(source, users.as_bytes());
    engine.end(source);
    let mut step = 0;
    measured("all that is worked out ahead", || {
        loop {
            let start = Instant::now();
            let goes_on = engine.prepare(step);
            let took = start.elapsed().as_secs_f64() * 1_000.0;
            if took > 50.0 {
                println!("  step {step:<53} {took:>8.1} ms");
            }
            step += 1;
            if !goes_on {
                break;
            }
        }
    });
    for name in ["guests, opened", "guests, again"] {
        let blocks = measured(name, || ask(&mut engine, View::Guests, Query::default(), None, Vec::new()));
        assert_eq!(total(&blocks, "guests"), guests as u64);
    }
    if let Some(rounds) = std::env::args().find_map(|word| word.strip_prefix("--rounds=").and_then(|n| n.parse().ok()))
    {
        for _ in 0..rounds {
            ask(&mut engine, View::Guests, Query::default(), None, Vec::new());
        }
    }
    for (column, descending) in [("guest", false), ("last-activity", true), ("inviter", false)] {
        let sort = Some((column.to_owned(), descending));
        let window = TableWindow { id: "guests".into(), sort, ..TableWindow::default() };
        let name = format!("guests, sorted by {column}");
        let blocks = measured(&name, || ask(&mut engine, View::Guests, Query::default(), None, vec![window]));
        assert_eq!(total(&blocks, "guests"), guests as u64);
    }
    let window = TableWindow { id: "guests".into(), find: "partner7.".into(), ..TableWindow::default() };
    measured("guests, searched", || ask(&mut engine, View::Guests, Query::default(), None, vec![window]));
    let values = vec!["Redeem external user invite".to_owned()];
    let clause = Clause { field: Field::Activity, values, exclude: false };
    let query = Query { clauses: vec![clause], ..Query::default() };
    for (name, value) in
        [("state", "inactive"), ("domain", "partner7.example"), ("reached", "redeemed"), ("group", "domain")]
    {
        let params = std::iter::once((name.to_owned(), value.to_owned())).collect();
        let request = BlocksRequest { of: View::Guests, params, ..BlocksRequest::default() };
        measured(&format!("guests, {name} {value}"), || ask_of(&mut engine, Query::default(), request));
    }
    let blocks = measured("guests, filtered", || ask(&mut engine, View::Guests, query, None, Vec::new()));
    assert_eq!(total(&blocks, "guests"), guests as u64);
    measured("guests, one opened", || ask(&mut engine, View::Guests, Query::default(), Some(id(1, 7)), Vec::new()));
    let blocks = measured("inactive guests", || ask(&mut engine, View::Inactive, Query::default(), None, Vec::new()));
    assert!(total(&blocks, "inactive-guests") > 0);
}
