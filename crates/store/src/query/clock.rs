//! Local time of many instants in a row: remembers the stretch between two changes of the offset.

use crate::time::{DAY, HOUR, MINUTE, Zone};

/// Converts instants to local time of a zone. Fast where neighbours lie close together.
pub struct LocalClock<'a> {
    zone: &'a Zone,
    from: i64,
    until: i64,
    offset: i64,
}

/// The hour of the week of a local time: 24 for each weekday from Monday on, and the hour.
#[inline]
pub fn hour_of_week(local: i64) -> usize {
    // 1 January 1970 was a Thursday.
    let weekday = (local.div_euclid(DAY) + 3).rem_euclid(7);
    (weekday * 24 + local.rem_euclid(DAY) / HOUR) as usize
}

impl<'a> LocalClock<'a> {
    /// A clock of the zone.
    pub fn new(zone: &'a Zone) -> Self {
        Self { zone, from: i64::MAX, until: i64::MIN, offset: 0 }
    }

    /// The local time of an instant, as ticks as if it were UTC.
    #[inline]
    pub fn local(&mut self, ticks: i64) -> i64 {
        if ticks < self.from || ticks >= self.until {
            self.enter(ticks);
        }
        ticks.saturating_add(self.offset)
    }

    #[cold]
    fn enter(&mut self, ticks: i64) {
        let after = self.zone.offsets.partition_point(|(from, _)| *from <= ticks);
        self.from = if after <= 1 { i64::MIN } else { self.zone.offsets[after - 1].0 };
        // The first offset also holds for the time before it.
        let next = self.zone.offsets.get(after.max(1));
        self.until = next.map_or(i64::MAX, |(from, _)| *from);
        self.offset = self.zone.offset(ticks);
    }
}

/// Tells the local day of many instants in a row: remembers the day of the last one.
pub struct DayClock<'a> {
    clock: LocalClock<'a>,
    from: i64,
    until: i64,
    day: i64,
}

impl<'a> DayClock<'a> {
    /// A clock of the zone.
    pub fn new(zone: &'a Zone) -> Self {
        Self { clock: LocalClock::new(zone), from: i64::MAX, until: i64::MIN, day: 0 }
    }

    /// The day of an instant in local time, counted from 1970.
    #[inline]
    pub fn day(&mut self, ticks: i64) -> i64 {
        if ticks < self.from || ticks >= self.until {
            let local = self.clock.local(ticks);
            self.day = local.div_euclid(DAY);
            let midnight = ticks.saturating_sub(local.rem_euclid(DAY));
            self.from = midnight.max(self.clock.from);
            self.until = midnight.saturating_add(DAY).min(self.clock.until);
        }
        self.day
    }
}

/// The first instant at which local time has reached a wall-clock time. Where the clock is put
/// forward over that time, it is the moment of the change; where the time comes twice, the first.
pub fn first_instant(zone: &Zone, local: i64) -> i64 {
    for (index, &(from, minutes)) in zone.offsets.iter().enumerate() {
        let from = if index == 0 { i64::MIN } else { from };
        let until = zone.offsets.get(index + 1).map_or(i64::MAX, |(next, _)| *next);
        let instant = local.saturating_sub(i64::from(minutes) * MINUTE).max(from);
        if instant < until {
            return instant;
        }
    }
    local
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{HOUR, from_calendar};

    fn zone(change: i64, before: i32, after: i32) -> Zone {
        Zone { name: "Test".into(), offsets: vec![(i64::MIN, before), (change, after)], ..Zone::default() }
    }

    #[test]
    fn a_day_begins_where_the_clock_first_shows_it() {
        let midnight = from_calendar(2026, 3, 29, 0, 0, 0).unwrap();
        // Put forward at midnight: local 0:00 does not exist.
        let forward = zone(midnight - 2 * HOUR, 120, 180);
        assert_eq!(first_instant(&forward, midnight), midnight - 2 * HOUR);
        // Put back from 1:00 to 0:00: local 0:00 comes twice.
        let back = zone(midnight - 2 * HOUR, 180, 120);
        assert_eq!(first_instant(&back, midnight), midnight - 3 * HOUR);
        assert_eq!(first_instant(&Zone::default(), midnight), midnight);
    }

    #[test]
    fn agrees_with_the_zone() {
        let change = from_calendar(2026, 10, 25, 1, 0, 0).unwrap();
        let zone = zone(change, 120, 60);
        let (mut clock, mut days) = (LocalClock::new(&zone), DayClock::new(&zone));
        for ticks in [change - 1, change, change + 1, change - 9 * HOUR, i64::MIN + 9, change + 9 * HOUR] {
            let local = ticks.saturating_add(zone.offset(ticks));
            assert_eq!((clock.local(ticks), days.day(ticks)), (local, local.div_euclid(DAY)), "{ticks}");
        }
    }
}
