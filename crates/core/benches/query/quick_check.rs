//! The questions of the measurement over a small store, against counts made one by one.

use crate::{by_activity, events, search, synthetic};
use guestlens_core::{
    engine::{Engine, bench::BenchTruth},
    model::{Column, TargetColumn},
    protocol::Query,
    store::Store,
    time,
};
use serde_json::json;
use std::collections::BTreeMap;

/// Panics where an answer is wrong.
pub fn run() {
    let (store, correlation) = synthetic::store(5_000);
    let naive = Naive::of(&store);
    let truth = BenchTruth { filter_activity: "Invite external user".into(), needle: correlation[9..30].into() };
    let mut engine = Engine::with_store(store);
    for (name, expect) in [
        ("filter", json!(naive.by_activity["Invite external user"])),
        ("search", json!(naive.with_guest)),
        ("needle", json!(1)),
        ("byActivity", json!({ "n": naive.by_activity.len(), "max": naive.by_activity.values().max() })),
        ("byDay", json!({ "n": naive.by_day.len(), "max": naive.by_day.values().max() })),
        (
            "guests",
            json!({
                "n": naive.guests.len(),
                "oldest": naive.guests.values().min().map(|text| &text[..19]),
                "newest": naive.guests.values().max().map(|text| &text[..19]),
            }),
        ),
    ] {
        assert_eq!(engine.bench_query(name, &truth), expect, "{name}");
    }
    let matching = |engine: &mut Engine, query: Query| engine.ask(1, &events(query)).matching;
    assert_eq!(matching(&mut engine, Query::default()), 5_000);
    assert_eq!(matching(&mut engine, by_activity()), naive.by_activity["Invite external user"]);
    assert_eq!(matching(&mut engine, search("GUEST")), naive.with_guest);
    println!("query: all answers are right");
}

#[derive(Default)]
struct Naive {
    by_activity: BTreeMap<String, u64>,
    by_day: BTreeMap<String, u64>,
    guests: BTreeMap<String, String>,
    with_guest: u64,
}

impl Naive {
    fn of(store: &Store) -> Self {
        let mut naive = Self::default();
        for event in 0..store.len() {
            let iso = time::iso(store.time[event]);
            *naive.by_activity.entry(store.text(event, Column::Activity).into_owned()).or_default() += 1;
            *naive.by_day.entry(iso[..10].into()).or_default() += 1;
            let first = store.targets_of(event).next();
            let target = first.map(|target| store.target_text(target, TargetColumn::Upn).into_owned());
            for upn in [Some(store.text(event, Column::ActorUpn).into_owned()), target].into_iter().flatten() {
                if upn.contains("#EXT#") {
                    let newest = naive.guests.entry(upn).or_default();
                    *newest = iso.clone().max(std::mem::take(newest));
                }
            }
            naive.with_guest += u64::from(texts(store, event).iter().any(|text| text.to_lowercase().contains("guest")));
        }
        naive
    }
}

fn texts(store: &Store, event: usize) -> Vec<String> {
    use guestlens_core::model::Domain::{DetailKey, DetailValue, PropertyName, PropertyValue};
    let mut all: Vec<String> = Column::ALL.iter().map(|column| store.text(event, *column).into_owned()).collect();
    for target in store.targets_of(event) {
        all.extend(TargetColumn::ALL.iter().map(|column| store.target_text(target, *column).into_owned()));
        for at in store.changes_of(target) {
            all.push(store.dictionary(PropertyName).get(store.change_name.get(at)).into_owned());
            all.push(store.dictionary(PropertyValue).get(store.change_old.get(at)).into_owned());
            all.push(store.dictionary(PropertyValue).get(store.change_new.get(at)).into_owned());
        }
    }
    for at in store.details.of(event) {
        all.push(store.dictionary(DetailKey).get(store.details.key.get(at)).into_owned());
        all.push(store.dictionary(DetailValue).get(store.details.value.get(at)).into_owned());
    }
    all
}
