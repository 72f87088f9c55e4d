//! Counts by one field, or by two, with the charts that go with them.

use super::{
    Scope,
    blocks::{Block, Group, Groups, Report},
    charts,
};
use crate::{
    model::Field,
    query::{self, Ranked},
    store::NO_TIME,
};

/// Bars of the ranking beside the table.
const BARS: usize = 20;

/// Groups the matching events by a field; by day if the field is the time.
pub fn groups(scope: Scope, by: Field, then: Option<Field>) -> Report {
    let stack = Some(by).filter(|field| *field != Field::Time);
    let title = format!("Most frequent: {}", by.label());
    Report::Groups {
        groups: table(scope, by, then),
        blocks: vec![
            Block::TimeSeries(charts::time_series(scope, stack)),
            Block::BarList(charts::bar_list(scope, &format!("top-{}", by.id()), &title, by, BARS)),
            charts::by_hour(scope),
        ],
    }
}

fn table(scope: Scope, by: Field, then: Option<Field>) -> Groups {
    let values = scope.tally.values(by);
    let counts = scope.tally.counts(by, &values, 0);
    let top = query::top(&values, &counts, Groups::LIMIT, |_| true);
    let pivot = then.map(|field| Pivot::new(scope, field)).unwrap_or_default();
    let mut groups: Vec<Group> = top
        .iter()
        .map(|ranked| Group {
            value: ranked.value.clone(),
            count: ranked.count.into(),
            first: None,
            last: None,
            cells: vec![0; pivot.columns.len()],
        })
        .collect();
    let slots = slots(&top, values.len());
    values.each(scope.tally.selection.matching(), |event, code| {
        let Some(group) = groups.get_mut(slots[code as usize] as usize) else { return };
        let ticks = scope.tally.store.time[event];
        if ticks != NO_TIME {
            group.first = Some(group.first.map_or(ticks, |first| first.min(ticks)));
            group.last = Some(group.last.map_or(ticks, |last| last.max(ticks)));
        }
        let mut columns = pivot.of_event.get(event).copied().unwrap_or(0);
        while columns != 0 {
            group.cells[columns.trailing_zeros() as usize] += 1;
            columns &= columns - 1;
        }
    });
    let distinct = counts.iter().filter(|count| **count > 0).count() as u64;
    Groups { by, then, columns: pivot.columns, columns_other: pivot.other, groups, distinct }
}

/// Where the values stand in the table; a place beyond its end for those that are not in it.
fn slots(top: &[Ranked], length: usize) -> Vec<u32> {
    let mut slots = vec![u32::MAX; length];
    for (slot, ranked) in top.iter().enumerate() {
        slots[ranked.code as usize] = slot as u32;
    }
    slots
}

#[derive(Default)]
struct Pivot {
    columns: Vec<String>,
    other: bool,
    /// A bit per column that the event counts in.
    of_event: Vec<u16>,
}

impl Pivot {
    fn new(scope: Scope, field: Field) -> Self {
        let values = scope.tally.values(field);
        let counts = scope.tally.counts(field, &values, 0);
        let top = query::top(&values, &counts, Groups::COLUMNS, |_| true);
        let slots = slots(&top, values.len());
        let mut of_event = vec![0_u16; scope.tally.store.len()];
        values.each(scope.tally.selection.matching(), |event, code| {
            of_event[event] |= 1 << (slots[code as usize] as usize).min(top.len());
        });
        let other = counts.iter().filter(|count| **count > 0).count() > top.len();
        let mut columns: Vec<String> = top.into_iter().map(|ranked| ranked.value).collect();
        if other {
            columns.push("All others".into());
        }
        Self { columns, other, of_event }
    }
}
