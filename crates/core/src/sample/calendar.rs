//! The three months of the sample: 1 April to 30 June 2026, their working days and their rhythm.

use super::random::Random;
use crate::time::{DAY, HOUR, MINUTE, SECOND, from_calendar, hour_and_weekday};

/// Days of the period.
pub(super) const DAYS: i64 = 91;

/// A moment of 2026 in UTC.
pub(super) fn at(month: u32, day: u32, hour: u32, minute: u32) -> i64 {
    on(2026, month, day) + i64::from(hour) * HOUR + i64::from(minute) * MINUTE
}

/// Midnight UTC of a date.
pub(super) fn on(year: i32, month: u32, day: u32) -> i64 {
    from_calendar(year, month, day, 0, 0, 0).unwrap_or_default()
}

/// Midnight of 1 April.
pub(super) fn start() -> i64 {
    on(2026, 4, 1)
}

/// Midnight after 30 June: everything that happens later is not in the exports.
pub(super) fn end() -> i64 {
    on(2026, 7, 1)
}

/// Midnight of a day of the period, from 0.
pub(super) fn day(number: i64) -> i64 {
    start() + number * DAY
}

/// Whether the tenant works on that day. The days off are those of Good Friday, Easter Monday,
/// Labour Day and Whit Monday.
pub(super) fn is_working(midnight: i64) -> bool {
    let off = [(4, 3), (4, 6), (5, 1), (5, 25)];
    hour_and_weekday(midnight).1 < 5 && !off.iter().any(|(month, day)| on(2026, *month, *day) == midnight)
}

/// The same or the next working day.
pub(super) fn next_working(mut midnight: i64) -> i64 {
    while !is_working(midnight) {
        midnight += DAY;
    }
    midnight
}

/// A moment of that day as people in Central Europe work: most between 6 and 16 UTC, a dip at noon,
/// a few in the evening and at night.
pub(super) fn moment(random: &mut Random, midnight: i64) -> i64 {
    const BY_HOUR: [usize; 24] = [1, 1, 1, 1, 2, 8, 30, 70, 95, 100, 80, 45, 75, 95, 85, 55, 25, 10, 8, 7, 6, 4, 2, 1];
    let hour = random.weighted(BY_HOUR.iter().copied());
    midnight + hour as i64 * HOUR + random.between(0, HOUR)
}

/// A moment of that day as machines work: at any time.
pub(super) fn any_moment(random: &mut Random, midnight: i64) -> i64 {
    midnight + random.between(0, DAY)
}

/// The moment when someone who is asked now answers, `hours` of waiting later: within working hours.
pub(super) fn answered(random: &mut Random, asked: i64, hours: i64) -> i64 {
    let wanted = asked + hours * HOUR + random.between(0, HOUR);
    let midnight = wanted - wanted.rem_euclid(DAY);
    let open = next_working(midnight);
    let hour = (wanted - midnight) / HOUR;
    if open == midnight && (6..17).contains(&hour) {
        return wanted;
    }
    let open = if open == midnight && hour >= 17 { next_working(midnight + DAY) } else { open };
    open + 6 * HOUR + random.between(30 * MINUTE, 5 * HOUR)
}

/// A few seconds later.
pub(super) fn seconds(random: &mut Random, from: i64, to: i64) -> i64 {
    random.between(from * SECOND, to * SECOND)
}
