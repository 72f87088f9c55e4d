//! How long all rules take over an invented store, beside a full scan of that store.
//!
//! `cargo bench -p guestlens-core --bench findings`: 1,000,000 events of the audit log. A full scan looks
//! at every code of every event, target, change and detail once, and is measured in the same run.
//! `--quick-check` does it with 20,000 events and compares nothing with a clock.

#[path = "../query/synthetic.rs"]
#[allow(dead_code)]
mod synthetic;

use guestlens_core::{
    derived::{Derived, Memory},
    entitlement::requests::Requests,
    findings::{self, Invitations, Look, facts::Facts, rules, trends},
    identity::Identity,
    model::{Column, TargetColumn},
    store::Store,
    time::Zone,
};
use std::{collections::BTreeMap, hint::black_box, time::Instant};

/// Every code of the store, once.
fn full_scan(store: &Store) -> u64 {
    let mut sum: u64 = 0;
    for event in 0..store.len() {
        sum = sum.wrapping_add(store.time[event] as u64).wrapping_add(u64::from(store.source.get(event)));
        for column in Column::ALL {
            sum += u64::from(store.column(*column).get(event));
        }
        for target in store.targets_of(event) {
            for column in TargetColumn::ALL {
                sum += u64::from(store.target_column(*column).get(target));
            }
            for change in store.changes_of(target) {
                let codes = [&store.change_name, &store.change_old, &store.change_new];
                sum += codes.iter().map(|codes| u64::from(codes.get(change))).sum::<u64>();
            }
        }
        for pairs in [&store.details, &store.extras] {
            sum += pairs.of(event).map(|pair| u64::from(pairs.key.get(pair) + pairs.value.get(pair))).sum::<u64>();
        }
    }
    sum
}

fn timed<T>(name: &str, run: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = black_box(run());
    let took = start.elapsed().as_secs_f64() * 1_000.0;
    println!("  {name:<34} {took:>8.1} ms");
    (result, took)
}

fn main() {
    let is_check = std::env::args().any(|argument| argument == "--quick-check");
    let store = synthetic::store(if is_check { 20_000 } else { 1_000_000 }).0;
    println!("{} events, {} MB", store.len(), store.heap_bytes() / 1_000_000);
    let scan = (0..3).map(|_| timed("full scan", || full_scan(&store)).1).fold(f64::INFINITY, f64::min);
    let memory = Memory::default();
    let derived = Derived::new(&store, &memory);
    timed("who is who (shared by all views)", || derived.get::<Identity>());
    timed("requests (shared by all views)", || derived.get::<Requests>());
    let (facts, prepare) = timed("facts of the rules", || derived.get::<Facts>());
    let (invitations, invite) = timed("invitations", || derived.get::<Invitations>());
    let (zone, mut sum) = (Zone::default(), prepare + invite);
    let (mut found, mut slow) = (0, Vec::new());
    for rule in rules::ALL {
        let start = Instant::now();
        let outcome = findings::run(&derived, rule, &BTreeMap::new(), &zone);
        let took = start.elapsed().as_secs_f64() * 1_000.0;
        found += outcome.findings.len();
        sum += took;
        slow.push((took, rule.id, outcome.findings.len()));
    }
    slow.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (took, id, findings) in slow.iter().take(10) {
        println!("  {id:<34} {took:>8.1} ms, {findings} findings");
    }
    let (all, sorted) =
        timed("all of it again, from what is known", || findings::find(&derived, &BTreeMap::new(), &zone));
    assert_eq!(all.findings.len(), found);
    let look = Look { store: &store, facts: &facts, zone: &zone };
    timed("trends", || trends::trends(&look, &invitations, trends::Settings::default()));
    println!("all rules: {sum:.0} ms + {sorted:.0} ms to order {found} findings; two full scans: {:.0} ms", scan * 2.0);
}
