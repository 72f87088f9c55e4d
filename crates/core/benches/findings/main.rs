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

/// The best of so many rounds: others use the machine too.
const ROUNDS: usize = 5;

fn timed<T>(run: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = black_box(run());
    (result, start.elapsed().as_secs_f64() * 1_000.0)
}

fn main() {
    let is_check = std::env::args().any(|argument| argument == "--quick-check");
    let store = synthetic::store(if is_check { 20_000 } else { 1_000_000 }).0;
    println!("{} events, {} MB; best of {ROUNDS} rounds", store.len(), store.heap_bytes() / 1_000_000);
    let mut parts: BTreeMap<&str, f64> = BTreeMap::new();
    let mut best = |name, took: f64| {
        let known = parts.entry(name).or_insert(f64::INFINITY);
        *known = known.min(took);
    };
    let (zone, params) = (Zone::default(), BTreeMap::new());
    let mut found = 0;
    for _ in 0..ROUNDS {
        best("full scan", timed(|| full_scan(&store)).1);
        let memory = Memory::default();
        let derived = Derived::new(&store, &memory);
        best("who is who, shared by all views", timed(|| derived.get::<Identity>()).1);
        best("requests, shared by all views", timed(|| derived.get::<Requests>()).1);
        let mut sum = 0.0;
        let (facts, took) = timed(|| derived.get::<Facts>());
        best("facts", took);
        sum += took;
        let (invitations, took) = timed(|| derived.get::<Invitations>());
        best("invitations", took);
        sum += took;
        for rule in rules::ALL {
            let (outcome, took) = timed(|| findings::run(&derived, rule, &params, &zone));
            best(rule.id, took);
            drop(outcome);
        }
        // Runs the rules again, as the engine does, and puts what they find into its order.
        let (all, took) = timed(|| findings::find(&derived, &params, &zone));
        best("rules, with the order", took);
        sum += took;
        found = all.findings.len();
        best("sum", sum);
        best("order", timed(|| findings::find(&derived, &params, &zone)).1);
        let look = Look { store: &store, facts: &facts, zone: &zone };
        best("trends", timed(|| trends::trends(&look, &invitations, trends::Settings::default())).1);
    }
    let mut sorted: Vec<_> = parts.iter().collect();
    sorted.sort_by(|a, b| b.1.total_cmp(a.1));
    for (name, took) in sorted.iter().take(20) {
        println!("  {name:<34} {took:>8.1} ms");
    }
    let (sum, scans) = (parts["sum"], parts["full scan"] * 2.0);
    println!(
        "all rules, with what they all look at, {found} findings in order: {sum:.0} ms; two full scans: {scans:.0} ms"
    );
}
