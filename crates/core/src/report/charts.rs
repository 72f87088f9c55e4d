//! Charts and rankings that several views share.

use super::{
    Scope,
    blocks::{Bar, BarList, Block, Heatmap, Note, TimeSeries},
};
use crate::{
    model::Field,
    query::{self, LocalClock, TimeBins, hour_of_week},
    store::NO_TIME,
};

/// The most frequent values of a field among the matching events; "no value" is not ranked.
pub(super) fn bar_list(scope: Scope, id: &str, title: &str, field: Field, limit: usize) -> BarList {
    let values = scope.tally.values(field);
    let counts = scope.tally.counts(field, &values, 0);
    let top = query::top(&values, &counts, limit, |code| code != 0 || !values.has_no_value());
    BarList {
        id: id.into(),
        title: title.into(),
        field,
        bars: top.into_iter().map(|ranked| Bar { value: ranked.value, count: ranked.count.into() }).collect(),
        distinct: query::distinct(&values, &counts),
    }
}

/// The matching events over time.
pub(super) fn time_series(scope: Scope, stack: Option<Field>) -> TimeSeries {
    let bins = TimeBins::fit(scope.period, scope.tally.zone, scope.bins);
    query::histogram(scope.tally, &bins, stack, 0)
}

/// The matching events by weekday and hour of local time, or why there is no such chart.
pub(super) fn by_hour(scope: Scope) -> Block {
    if scope.tally.store.has_only_days() {
        let text = "Events by weekday and hour need times finer than a day. The times here are rounded.";
        return Block::Note(Note { id: "rounded-hours".into(), text: text.into(), ..Note::default() });
    }
    Block::Heatmap(heatmap(scope))
}

fn heatmap(scope: Scope) -> Heatmap {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let mut counts = vec![0; 7 * 24];
    let mut clock = LocalClock::new(scope.tally.zone);
    for event in scope.tally.selection.matching().iter() {
        let ticks = scope.tally.store.time[event];
        if ticks != NO_TIME {
            counts[hour_of_week(clock.local(ticks))] += 1;
        }
    }
    Heatmap {
        id: "weekday-hour".into(),
        title: "Events by weekday and hour".into(),
        rows: DAYS.map(String::from).into(),
        columns: (0..24).map(|hour: u32| hour.to_string()).collect(),
        counts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        protocol::Query,
        query::{Selection, Tally},
        store::Store,
        time::{HOUR, MINUTE, Zone},
    };

    #[test]
    fn a_cell_counts_the_events_that_it_leads_to() {
        let mut store = Store::default();
        // 1 January 1970 was a Thursday; an hour east, its last hour is one of Friday.
        for ticks in [0, 30 * MINUTE, 23 * HOUR, 24 * HOUR, 7 * 24 * HOUR, NO_TIME] {
            let mut writer = store.writer(0);
            writer.time(ticks);
            writer.commit(1);
        }
        let zone = Zone { name: "East".into(), offsets: vec![(i64::MIN, 60)], ..Zone::default() };
        let counts = |query: &Query| {
            let selection = Selection::new(&store, query, &zone);
            let tally = Tally::new(&store, &selection, &zone);
            heatmap(Scope { tally: &tally, period: None, bins: 60 }).counts
        };
        let all = counts(&Query::default());
        assert_eq!((all[3 * 24 + 1], all[4 * 24], all[4 * 24 + 1]), (3, 1, 1));
        for hour in 0..168_u8 {
            let own = counts(&Query { hour: Some(hour), ..Query::default() });
            assert_eq!(own.iter().sum::<u32>(), all[usize::from(hour)], "{hour}");
        }
    }
}
