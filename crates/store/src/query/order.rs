//! The order of the table.

use super::{FieldValues, rank::ranks};
use crate::arrange::order_of_numbers;
use crate::{
    ask::Sort,
    model::Field,
    store::{NO_TIME, Store},
    time::Zone,
};

/// All events in the order asked for. Events without a time, or without a value in the field, come
/// last in either direction. Ties: newest first, then as stored.
pub fn order(store: &Store, sort: Sort) -> Vec<u32> {
    if sort.field == Field::Time {
        return by_time(store, sort.descending);
    }
    let values = FieldValues::new(store, sort.field, &Zone::default());
    let ranks = ranks(&values, sort.descending);
    let keys: Vec<u32> = (0..store.len()).map(|event| ranks[values.first(event) as usize]).collect();
    distribute(&by_time(store, true), &keys, values.len())
}

fn by_time(store: &Store, descending: bool) -> Vec<u32> {
    let key = |&ticks: &i64| match (ticks, descending) {
        (NO_TIME, _) => i64::MAX,
        (_, true) => !ticks,
        (_, false) => ticks,
    };
    if store.time.is_sorted_by_key(key) {
        return (0..store.len() as u32).collect();
    }
    order_of_numbers(&store.time.iter().map(key).collect::<Vec<i64>>())
}

/// Stable counting sort of events that are already in the order of ties.
fn distribute(events: &[u32], keys: &[u32], largest: usize) -> Vec<u32> {
    let mut next = vec![0_u32; largest + 2];
    for key in keys {
        next[*key as usize + 1] += 1;
    }
    for at in 1..next.len() {
        next[at] += next[at - 1];
    }
    let mut sorted = vec![0; events.len()];
    for &event in events {
        let place = &mut next[keys[event as usize] as usize];
        sorted[*place as usize] = event;
        *place += 1;
    }
    sorted
}
