//! Calendar bins over a period, and events counted in them.

use super::{Events, FieldValues, Tally, clock::first_instant, count};
use crate::{
    counted::{Bin, Series, TimeSeries},
    model::Field,
    store::NO_TIME,
    time::{self, DAY, HOUR, MINUTE, SECOND, Zone},
};

/// How many values of a stacked chart have a series of their own.
pub const SERIES: usize = 8;

/// Instants further from 1970, about 25,000 years, stand in no bin: calendars end somewhere.
const REACH: i64 = 8_000_000_000_000_000_000;

const SIZES: [Bin; 11] = [
    Bin::Second,
    Bin::TenSeconds,
    Bin::Minute,
    Bin::TenMinutes,
    Bin::Hour,
    Bin::SixHours,
    Bin::Day,
    Bin::Week,
    Bin::Month,
    Bin::Quarter,
    Bin::Year,
];

/// Consecutive bins: each begins at an edge and ends before the next.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeBins {
    /// Size of a bin.
    pub bin: Bin,
    /// Beginnings in ticks UTC, and the end of the last bin. Empty if there are no bins.
    pub edges: Vec<i64>,
    per_tick: f64,
}

impl TimeBins {
    /// The finest bins that cover the period (both ends inclusive) with at most `limit` bins, and are not finer
    /// than the times; years if nothing else fits.
    pub fn fit(period: Option<(i64, i64)>, zone: &Zone, limit: u32) -> Self {
        let Some((first, last)) = period else { return Self::with(Bin::Day, Vec::new()) };
        let (first, last) = (first.clamp(-REACH, REACH), last.clamp(-REACH, REACH));
        let limit = limit.max(1) as usize;
        let least = match zone.step {
            ..HOUR => 0,
            HOUR..DAY => 4,
            DAY => 6,
            _ => 7,
        };
        let fitting = SIZES[least..].iter().find_map(|bin| Some((*bin, edges(*bin, first, last, zone, limit)?)));
        let (bin, edges) =
            fitting.unwrap_or_else(|| (Bin::Year, edges(Bin::Year, first, last, zone, usize::MAX).unwrap_or_default()));
        Self::with(bin, edges)
    }

    fn with(bin: Bin, edges: Vec<i64>) -> Self {
        let span = edges.first().zip(edges.last()).map_or(1, |(first, last)| last.saturating_sub(*first).max(1));
        let per_tick = edges.len().saturating_sub(1) as f64 / span as f64;
        Self { bin, edges, per_tick }
    }

    /// How many bins there are.
    pub fn len(&self) -> usize {
        self.edges.len().saturating_sub(1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bin of an instant; `None` outside of all bins or without a time.
    pub fn find(&self, ticks: i64) -> Option<usize> {
        let (first, last) = (*self.edges.first()?, *self.edges.last()?);
        if ticks < first || ticks >= last {
            return None;
        }
        // Bins are nearly of one size: the guess is off by one or two at most.
        let mut at = (((ticks - first) as f64 * self.per_tick) as usize).min(self.edges.len() - 2);
        while ticks < self.edges[at] {
            at -= 1;
        }
        while ticks >= self.edges[at + 1] {
            at += 1;
        }
        Some(at)
    }

    /// The bins of many instants, [`TimeBins::len`] where there is none.
    fn of_all(&self, times: &[i64]) -> Vec<u32> {
        let none = self.len() as u32;
        // Neighbours mostly share a bin.
        let (mut from, mut until, mut bin) = (i64::MAX, i64::MIN, none);
        let mut find = |ticks: i64| {
            if ticks < from || ticks >= until {
                let Some(at) = self.find(ticks) else { return none };
                (from, until, bin) = (self.edges[at], self.edges[at + 1], at as u32);
            }
            bin
        };
        times.iter().map(|ticks| find(*ticks)).collect()
    }
}

/// Edges from the bin of the first to the end of the bin of the last instant; `None` if there would
/// be more bins than the limit.
fn edges(bin: Bin, first: i64, last: i64, zone: &Zone, limit: usize) -> Option<Vec<i64>> {
    let mut edges = vec![begin(bin, first, zone)];
    while *edges.last()? <= last {
        if edges.len() > limit {
            return None;
        }
        let edge = next(bin, *edges.last()?, zone);
        edges.push(edge);
    }
    Some(edges)
}

/// Ticks of the sizes that simply follow one another.
fn fixed(bin: Bin) -> Option<i64> {
    match bin {
        Bin::Second => Some(SECOND),
        Bin::TenSeconds => Some(10 * SECOND),
        Bin::Minute => Some(MINUTE),
        Bin::TenMinutes => Some(10 * MINUTE),
        Bin::Hour => Some(HOUR),
        _ => None,
    }
}

fn begin(bin: Bin, ticks: i64, zone: &Zone) -> i64 {
    let local = ticks.saturating_add(zone.offset(ticks));
    match fixed(bin) {
        Some(size) => ticks - local.rem_euclid(size),
        None => first_instant(zone, floor(bin, local)).min(ticks),
    }
}

fn next(bin: Bin, edge: i64, zone: &Zone) -> i64 {
    if let Some(size) = fixed(bin) {
        let next = edge.saturating_add(size);
        // Where the offset changes by part of a bin, that bin is longer.
        let surplus = next.saturating_add(zone.offset(next)).rem_euclid(size);
        return if surplus == 0 { next } else { next.saturating_add(size - surplus) };
    }
    let mut local = floor(bin, edge.saturating_add(zone.offset(edge)));
    loop {
        local = following(bin, local);
        let next = first_instant(zone, local);
        if next > edge {
            return next;
        }
    }
}

/// Local beginning of the calendar bin around a local time.
fn floor(bin: Bin, local: i64) -> i64 {
    let day = local.div_euclid(DAY);
    match bin {
        Bin::SixHours => local - local.rem_euclid(6 * HOUR),
        // 1 January 1970 was a Thursday.
        Bin::Week => (day - (day + 3).rem_euclid(7)) * DAY,
        Bin::Month | Bin::Quarter | Bin::Year => {
            let (year, month, _) = time::calendar(local);
            let month = match bin {
                Bin::Month => month,
                Bin::Quarter => (month - 1) / 3 * 3 + 1,
                _ => 1,
            };
            time::from_calendar(year, month, 1, 0, 0, 0).unwrap_or(day * DAY)
        }
        _ => day * DAY,
    }
}

fn following(bin: Bin, local: i64) -> i64 {
    // Longer than the bin and shorter than two, so that the floor is the next beginning.
    let step = match bin {
        Bin::SixHours => 6 * HOUR,
        Bin::Week => 7 * DAY,
        Bin::Month => 32 * DAY,
        Bin::Quarter => 93 * DAY,
        Bin::Year => 366 * DAY,
        _ => DAY,
    };
    floor(bin, local.saturating_add(step))
}

/// Earliest and latest of the times there are.
pub fn period(times: &[i64]) -> Option<(i64, i64)> {
    let (mut first, mut last) = (i64::MAX, NO_TIME);
    for &ticks in times {
        first = first.min(if ticks == NO_TIME { i64::MAX } else { ticks });
        last = last.max(ticks);
    }
    (last != NO_TIME).then_some((first, last))
}

/// Counts the events that match, conditions of the ignored bits aside, stacked by a field.
pub fn histogram(tally: &Tally, bins: &TimeBins, stack: Option<Field>, ignore: u32) -> TimeSeries {
    let bin_of = bins.of_all(&tally.store.time);
    let events = tally.selection.ignoring(ignore);
    let series = match stack {
        Some(field) => {
            // Values are ranked by what the chart shows: events that stand in a bin.
            let outside = bins.len() as u32;
            if bin_of.contains(&outside) {
                let charted = events.filtered(|event| bin_of[event] != outside);
                let values = tally.values(field);
                let totals = count::counts(&values, &charted);
                stacked(&values, &totals, bins.len(), &bin_of, &charted)
            } else {
                let values = tally.values(field);
                let totals = tally.counts(field, &values, ignore);
                stacked(&values, &totals, bins.len(), &bin_of, &events)
            }
        }
        None => vec![Series { name: String::new(), other: false, counts: plain(bins.len(), &bin_of, &events) }],
    };
    TimeSeries { bin: bins.bin, edges: bins.edges.clone(), stack, series }
}

fn plain(bins: usize, bin_of: &[u32], events: &Events) -> Vec<u32> {
    // One more for events outside of all bins.
    let mut counts = vec![0; bins + 1];
    for event in events.iter() {
        counts[bin_of[event] as usize] += 1;
    }
    counts.truncate(bins);
    counts
}

fn stacked(values: &FieldValues, totals: &[u32], bins: usize, bin_of: &[u32], events: &Events) -> Vec<Series> {
    let top = count::top(values, totals, SERIES, |_| true);
    let mut series_of = vec![SERIES as u8; values.len()];
    for (at, ranked) in top.iter().enumerate() {
        series_of[ranked.code as usize] = at as u8;
    }
    let mut counts = vec![0_u32; bins * (SERIES + 1)];
    let mut other_seen = usize::MAX;
    values.each(events, |event, code| {
        let series = series_of[code as usize] as usize;
        // An event with several of the other values counts once.
        if series < SERIES || std::mem::replace(&mut other_seen, event) != event {
            counts[series * bins + bin_of[event] as usize] += 1;
        }
    });
    let mut counts = counts.chunks(bins.max(1)).map(<[u32]>::to_vec);
    let mut all: Vec<Series> = top
        .into_iter()
        .map(|ranked| Series { name: ranked.value, other: false, counts: counts.next().unwrap_or_default() })
        .collect();
    let other = counts.next_back().unwrap_or_default();
    if other.iter().any(|count| *count > 0) {
        all.push(Series { name: String::new(), other: true, counts: other });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::from_calendar;

    fn berlin() -> Zone {
        let forward = from_calendar(2026, 3, 29, 1, 0, 0).unwrap();
        let back = from_calendar(2026, 10, 25, 1, 0, 0).unwrap();
        Zone {
            name: "Europe/Berlin".into(),
            offsets: vec![(i64::MIN, 60), (forward, 120), (back, 60)],
            ..Zone::default()
        }
    }

    fn utc(month: u32, day: u32, hour: u32) -> i64 {
        from_calendar(2026, month, day, hour, 0, 0).unwrap()
    }

    #[test]
    fn bins_are_not_finer_than_times() {
        let period = Some((0, 2 * DAY));
        let bin = |step: i64| TimeBins::fit(period, &Zone { step, ..Zone::default() }, 100).bin;
        assert_eq!([0, HOUR, DAY, 7 * DAY].map(bin), [Bin::Hour, Bin::Hour, Bin::Day, Bin::Week]);
    }

    #[test]
    fn days_begin_at_local_midnight() {
        let bins = TimeBins::fit(Some((utc(3, 28, 12), utc(3, 30, 12))), &berlin(), 3);
        assert_eq!(bins.bin, Bin::Day);
        assert_eq!(bins.edges, [utc(3, 27, 23), utc(3, 28, 23), utc(3, 29, 22), utc(3, 30, 22)]);
        let bins = TimeBins::fit(Some((utc(10, 25, 0), utc(10, 25, 22))), &berlin(), 1);
        // 25 hours long.
        assert_eq!(bins.edges, [utc(10, 24, 22), utc(10, 25, 23)]);
    }

    #[test]
    fn hours_go_on_where_the_clock_is_put_back() {
        let bins = TimeBins::fit(Some((utc(10, 24, 23), utc(10, 25, 3))), &berlin(), 5);
        assert_eq!((bins.bin, bins.len()), (Bin::Hour, 5));
        assert!(bins.edges.windows(2).all(|edge| edge[1] - edge[0] == HOUR));
    }

    #[test]
    fn hours_stay_local_where_the_offset_changes_by_half_of_one() {
        let change = utc(4, 4, 15);
        let zone = Zone {
            name: "Australia/Lord_Howe".into(),
            offsets: vec![(i64::MIN, 660), (change, 630)],
            ..Zone::default()
        };
        let bins = TimeBins::fit(Some((change - 2 * HOUR, change + 3 * HOUR)), &zone, 7);
        assert_eq!(bins.bin, Bin::Hour);
        assert!(bins.edges.iter().all(|edge| (edge + zone.offset(*edge)).rem_euclid(HOUR) == 0));
    }

    #[test]
    fn fits_any_period() {
        let check = |last: i64, limit: u32, expect: Bin| {
            let bins = TimeBins::fit(Some((utc(6, 2, 8), last)), &Zone::default(), limit);
            assert_eq!(bins.bin, expect);
            assert!(bins.len() <= limit.max(1) as usize);
        };
        check(utc(6, 2, 8), 60, Bin::Second);
        check(utc(6, 2, 8) + 30 * SECOND, 60, Bin::Second);
        check(utc(6, 2, 8) + 10 * MINUTE, 60, Bin::Minute);
        check(utc(6, 4, 8), 60, Bin::Hour);
        check(utc(7, 2, 8), 60, Bin::Day);
        check(utc(12, 2, 8), 60, Bin::Week);
        check(utc(12, 2, 8), 5, Bin::Quarter);
        check(utc(12, 2, 8), 0, Bin::Year);
        assert_eq!(TimeBins::fit(Some((0, 0)), &Zone::default(), 60).len(), 1);
        assert!(TimeBins::fit(None, &Zone::default(), 60).is_empty());
        for (first, last) in [(i64::MIN + 1, i64::MAX), (i64::MAX, i64::MAX), (i64::MIN + 1, i64::MIN + 1)] {
            let bins = TimeBins::fit(Some((first, last)), &berlin(), 60);
            assert!(bins.edges.is_sorted_by(|a, b| a < b));
        }
    }

    #[test]
    fn finds_the_bin_of_an_instant() {
        let bins = TimeBins::fit(Some((utc(1, 31, 12), utc(12, 2, 12))), &berlin(), 12);
        assert_eq!(bins.bin, Bin::Month);
        for ticks in (0..400).map(|step| utc(1, 1, 0) + step * 22 * HOUR) {
            let expect = bins.edges.windows(2).position(|edge| edge[0] <= ticks && ticks < edge[1]);
            assert_eq!(bins.find(ticks), expect);
        }
        assert_eq!(bins.find(NO_TIME), None);
    }
}
