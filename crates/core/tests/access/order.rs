//! The order of files and of the records in them never changes who had access when.

use crate::own_case::{event, group, id, user};
use guestlens_core::{
    derived::{Derived, Memory},
    engine::Engine,
    entitlement::access::Access,
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// All spans and assignments, without numbers that count records.
fn said(engine: &Engine) -> Vec<String> {
    let mut memory = Memory::default();
    memory.refresh(engine.store());
    let access = Derived::new(engine.store(), &memory).get::<Access>();
    let store = engine.store();
    let why = |why: guestlens_core::entitlement::access::Why| match why.event() {
        Some(event) => format!(
            "{} {:?}",
            store.time[event as usize],
            store.text(event as usize, guestlens_core::model::Column::Activity)
        ),
        None => format!("{why:?}"),
    };
    let mut lines: Vec<String> = access
        .spans
        .iter()
        .map(|span| {
            let mut events: Vec<i64> = span.events.iter().map(|event| store.time[*event as usize]).collect();
            events.sort_unstable();
            let through = span.through.map(|(at, sure)| (access.spans[at as usize].from, sure));
            format!(
                "{} {} {:?} {:?} {} {:?} {:?} {} {:?} {:?} {events:?} {through:?}",
                access.subjects[span.subject as usize].key,
                access.things[span.thing as usize].key,
                span.from,
                span.from_is,
                why(span.from_why),
                span.to,
                span.to_is,
                why(span.to_why),
                span.planned,
                span.managed,
            )
        })
        .collect();
    lines.extend(access.assignments.iter().map(|one| {
        let subject = &access.subjects[one.subject as usize].key;
        format!("{} {subject} {} {:?} {:?} {:?}", one.key, one.state, one.started, one.ends, one.expired)
    }));
    lines.extend(access.gifts.iter().map(|gift| {
        let key = |thing: u32| &access.things[thing as usize].key;
        format!("{} gives {} {:?}", key(gift.package), key(gift.thing), gift.sure)
    }));
    lines
}

fn package(number: u32) -> Value {
    json!({ "id": id(10 + number), "type": "AccessPackage", "displayName": format!("Package {number}"), "modifiedProperties": [] })
}

/// Events of one moment each: minutes differ, so that no order of two is left to chance.
fn record(number: usize, (what, who, which, hour): (u8, u32, u32, u32)) -> Value {
    let at = format!("2026-06-{:02}T{:02}:{:02}:00Z", 1 + hour / 24, hour % 24, number);
    let joined = |old: bool| {
        let key = if old { "oldValue" } else { "newValue" };
        json!([{ "displayName": "Group.ObjectID", key: format!("\"{}\"", id(30 + which)) }])
    };
    let of_package = || json!([user(1 + who, &json!([])), package(which)]);
    let of_group = |old| json!([user(1 + who, &joined(old)), group(30 + which, "Group")]);
    match what {
        0 => event(&at, "Fulfill access package assignment request", true, &of_package()),
        1 => event(&at, "Remove access package assignment", true, &of_package()),
        2 => event(&at, "User requests to remove access package assignment", false, &of_package()),
        3 | 4 => event(&at, "Add member to group", what == 3, &of_group(false)),
        5 => event(&at, "Remove member from group", true, &of_group(true)),
        6 => event(&at, "Delete user", false, &json!([user(1 + who, &json!([]))])),
        _ => event(&at, "Restore user", false, &json!([user(1 + who, &json!([]))])),
    }
}

fn assignment(number: usize, (who, which, state, day): (u32, u32, usize, u32)) -> Value {
    let state = ["delivered", "expired", "delivering"][state];
    json!({
        "id": id(200 + number as u32), "state": state, "status": "",
        "expiredDateTime": (state == "expired").then(|| format!("2026-06-{:02}T12:00:00Z", day + 5)),
        "schedule": { "startDateTime": format!("2026-06-{day:02}T06:30:00Z"),
            "expiration": { "type": "afterDuration", "duration": "P9D" } },
        "target": { "objectId": id(1 + who), "displayName": format!("Guest {who}"), "subjectType": "user" },
        "accessPackage": { "id": id(10 + which), "displayName": format!("Package {which}") },
        "assignmentPolicy": { "id": id(60) },
    })
}

fn load(files: &[Value], cut: usize) -> Engine {
    let mut engine = Engine::default();
    for (number, file) in files.iter().enumerate() {
        let bytes = file.to_string().into_bytes();
        let source = engine.open(&format!("{number}.json"), bytes.len() as u64);
        bytes.chunks(cut).for_each(|piece| engine.feed(source, piece));
        engine.end(source);
    }
    engine
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_says_the_same(
        events in prop::collection::vec((0..8_u8, 0..2_u32, 0..2_u32, 0..600_u32), 1..24),
        rows in prop::collection::vec((0..2_u32, 0..2_u32, 0..3_usize, 1..20_u32), 0..4),
        cut in 0..24_usize,
        order in any::<prop::sample::Index>(),
        seed in any::<u64>(),
    ) {
        let records: Vec<Value> = events.iter().enumerate().map(|(number, of)| record(number, *of)).collect();
        let rows: Vec<Value> = rows.iter().enumerate().map(|(number, of)| assignment(number, *of)).collect();
        let exported = json!({ "value": rows });
        // A file covers the time between its first and last record, so which record is in which file stays.
        let cut = cut.min(records.len());
        let mut parts = [records[..cut].to_vec(), records[cut..].to_vec()];
        let before: Vec<Value> = parts.iter().map(|part| json!(part)).chain([exported.clone()]).collect();
        for shuffled in &mut parts {
            // A permutation that the seed names.
            for at in (1..shuffled.len()).rev() {
                let with = (seed.rotate_left(at as u32) ^ seed.wrapping_mul(at as u64 + 7)) as usize % (at + 1);
                shuffled.swap(at, with);
            }
        }
        let mut files: Vec<Value> = parts.iter().map(|part| json!(part)).chain([exported]).collect();
        files.retain(|file| file.as_array().is_none_or(|records| !records.is_empty()));
        let turn = order.index(files.len());
        files.rotate_left(turn);
        prop_assert_eq!(said(&load(&before, 5_000)), said(&load(&files, 777)));
    }
}
