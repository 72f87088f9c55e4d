//! Instants as ticks of 100 ns since 1970 UTC, and where days and hours begin in a chosen zone.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// Ticks in a second.
pub const SECOND: i64 = 10_000_000;
/// Ticks in a minute.
pub const MINUTE: i64 = 60 * SECOND;
/// Ticks in an hour.
pub const HOUR: i64 = 60 * MINUTE;
/// Ticks in a day.
pub const DAY: i64 = 24 * HOUR;

/// Offsets from UTC over the period of interest. Empty means UTC.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// What the reader sees, for example `UTC` or `Europe/Berlin`.
    pub name: String,
    /// From this instant (ticks) on, local time is UTC plus so many minutes. Ascending.
    pub offsets: Vec<(i64, i32)>,
    /// To how many ticks the times are rounded: of days no time of day is shown.
    #[serde(default)]
    pub step: i64,
}

impl Zone {
    /// Ticks to add to an instant for local time.
    pub fn offset(&self, ticks: i64) -> i64 {
        let after = self.offsets.partition_point(|(from, _)| *from <= ticks);
        let offset = self.offsets.get(after.saturating_sub(1)).map_or(0, |(_, minutes)| *minutes);
        offset as i64 * MINUTE
    }

    /// Whether local time is UTC at all times.
    pub fn is_utc(&self) -> bool {
        self.offsets.iter().all(|(_, minutes)| *minutes == 0)
    }

    /// The instant at which the wall clock shows this local time (ticks as if UTC).
    pub fn to_utc(&self, local: i64) -> i64 {
        let guess = local - self.offset(local);
        local - self.offset(guess)
    }
}

/// Days from the calendar's first day, 1 January of the year 1, to 1970.
const EPOCH: i64 = 719_163;

fn date_of(ticks: i64) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt((ticks.div_euclid(DAY) + EPOCH) as i32).unwrap_or_default()
}

/// Ticks of a calendar date and time of day in UTC; `None` where there is no such moment.
pub fn from_calendar(year: i32, month: u32, day: u32, hour: u32, minute: u32, second: u32) -> Option<i64> {
    if hour > 23 || minute > 59 {
        return None;
    }
    let days = i64::from(NaiveDate::from_ymd_opt(year, month, day)?.num_days_from_ce()) - EPOCH;
    let seconds = i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second.min(59));
    days.checked_mul(DAY)?.checked_add(seconds * SECOND)
}

/// Year, month (1-12), day (1-31).
pub fn calendar(ticks: i64) -> (i32, u32, u32) {
    let date = date_of(ticks);
    (date.year(), date.month(), date.day())
}

/// Hour and weekday (0 is Monday).
pub fn hour_and_weekday(ticks: i64) -> (u32, u32) {
    // 1 January 1970 was a Thursday.
    ((ticks.rem_euclid(DAY) / HOUR) as u32, (ticks.div_euclid(DAY) + 3).rem_euclid(7) as u32)
}

/// Appends a number that is not negative, with so many digits at least.
fn push(text: &mut String, number: i64, digits: u32) {
    let mut least = 10_i64.pow(digits - 1);
    while least <= number / 10 {
        least *= 10;
    }
    while least > 0 {
        text.push((b'0' + (number / least % 10) as u8) as char);
        least /= 10;
    }
}

fn push_clock(text: &mut String, ticks: i64) {
    let seconds = ticks.rem_euclid(DAY) / SECOND;
    push(text, seconds / 3_600, 2);
    text.push(':');
    push(text, seconds / 60 % 60, 2);
    text.push(':');
    push(text, seconds % 60, 2);
}

/// A year as ISO 8601 writes it: four digits, with a sign where they do not suffice.
fn push_year(text: &mut String, year: i64) {
    if !(0..=9_999).contains(&year) {
        text.push(if year < 0 { '-' } else { '+' });
    }
    push(text, year.abs(), 4);
}

/// `2026-06-02T08:30:00.1234567Z`, without trailing zeros in the fraction.
pub fn iso(ticks: i64) -> String {
    let (year, month, day) = calendar(ticks);
    let mut text = String::with_capacity(28);
    push_year(&mut text, year.into());
    text.push('-');
    push(&mut text, month.into(), 2);
    text.push('-');
    push(&mut text, day.into(), 2);
    text.push('T');
    push_clock(&mut text, ticks);
    let mut rest = ticks.rem_euclid(SECOND);
    if rest > 0 {
        text.push('.');
        let mut digits = 7;
        while rest % 10 == 0 {
            (rest, digits) = (rest / 10, digits - 1);
        }
        push(&mut text, rest, digits);
    }
    text.push('Z');
    text
}

/// The begin of the step that a moment lies in, in UTC; weeks begin on Mondays. Steps of 0 change nothing.
pub fn rounded(ticks: i64, step: i64) -> i64 {
    // 1970 began on a Thursday, so that its fifth day was a Monday.
    let monday = if step == 7 * DAY { 4 * DAY } else { 0 };
    if step <= 0 { ticks } else { (ticks - monday).div_euclid(step) * step + monday }
}

/// A length of time where moments are only known to a step: `less than a day`, `about 3 days`; none where they
/// are known as the files have them.
pub fn vague(ticks: i64, step: i64) -> Option<String> {
    let (unit, size) = match step {
        ..1 => return None,
        HOUR => ("hour", HOUR),
        DAY => ("day", DAY),
        _ => ("week", 7 * DAY),
    };
    Some(match ticks / size {
        0 => format!("less than {} {unit}", if unit == "hour" { "an" } else { "a" }),
        1 => format!("about 1 {unit}"),
        many => format!("about {many} {unit}s"),
    })
}
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `2 Jun 2026 08:30:15` in the zone given; the zone's name is the caller's to say.
pub fn plain(ticks: i64, zone: &Zone) -> String {
    let mut text = plain_day(ticks, zone);
    if zone.step >= DAY {
        return text;
    }
    text.push(' ');
    push_clock(&mut text, ticks + zone.offset(ticks));
    text
}

/// A moment in a sentence: `2 Jun 2026 08:30:15 UTC`; a day alone where times are rounded to days or coarser.
pub fn told(ticks: i64, zone: &Zone, rounding: i64) -> String {
    if rounding >= DAY {
        return plain_day(ticks, &Zone::default());
    }
    format!("{} {}", plain(ticks, zone), if zone.name.is_empty() { "UTC" } else { &zone.name })
}

/// `2 Jun 2026` in the zone given.
pub fn plain_day(ticks: i64, zone: &Zone) -> String {
    let (year, month, day) = calendar(ticks + zone.offset(ticks));
    let mut text = String::with_capacity(28);
    push(&mut text, day.into(), 1);
    text.push(' ');
    text.push_str(MONTHS[(month - 1) as usize]);
    text.push(' ');
    push_year(&mut text, year.into());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_and_reads_the_calendar() {
        let ticks = from_calendar(2026, 6, 2, 8, 30, 15).unwrap();
        assert_eq!(iso(ticks), "2026-06-02T08:30:15Z");
        assert_eq!(iso(ticks + 1_234_000), "2026-06-02T08:30:15.1234Z");
        assert_eq!(plain(ticks, &Zone::default()), "2 Jun 2026 08:30:15");
        assert_eq!(calendar(ticks), (2026, 6, 2));
        assert_eq!(hour_and_weekday(ticks), (8, 1));
        assert_eq!(from_calendar(2026, 2, 30, 0, 0, 0), None);
        assert_eq!(from_calendar(2026, 13, 1, 0, 0, 0), None);
        assert_eq!(from_calendar(2026, 6, 2, 24, 0, 0), None);
        assert_eq!(from_calendar(2100, 2, 29, 0, 0, 0), None);
        assert_eq!(plain_day(-1, &Zone::default()), "31 Dec 1969");
    }

    #[test]
    fn every_day_of_the_calendar_comes_back() {
        let (mut days, lengths) = (0, [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
        for year in 1970..2401_i32 {
            let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            for month in 1..=12_u32 {
                let length = lengths[month as usize - 1] + u32::from(is_leap && month == 2);
                for day in 1..=length {
                    let ticks = days * DAY;
                    assert_eq!(from_calendar(year, month, day, 0, 0, 0), Some(ticks));
                    assert_eq!(calendar(ticks + DAY - 1), (year, month, day));
                    assert_eq!(hour_and_weekday(ticks).1 as i64, (days + 3) % 7);
                    days += 1;
                }
                assert_eq!(from_calendar(year, month, length + 1, 0, 0, 0), None);
            }
        }
        assert_eq!(iso(i64::MAX), "+31197-09-14T02:48:05.4775807Z");
        assert_eq!(iso(from_calendar(2000, 1, 1, 0, 0, 0).unwrap() + 50), "2000-01-01T00:00:00.000005Z");
    }

    #[test]
    fn what_is_rounded_is_told_no_finer() {
        let at = |month, day, hour| from_calendar(2026, month, day, hour, 0, 0).unwrap();
        let check = |step, month, day, hour| assert_eq!(rounded(at(6, 3, 8) + MINUTE, step), at(month, day, hour));
        check(HOUR, 6, 3, 8);
        check(DAY, 6, 3, 0);
        check(7 * DAY, 6, 1, 0);
        assert_eq!(rounded(at(6, 1, 0), 7 * DAY), at(6, 1, 0));
        assert_eq!((rounded(-1, DAY), rounded(-1, 0)), (-DAY, -1));
        let check = |ticks, step, words: &str| assert_eq!(vague(ticks, step).as_deref().unwrap_or("exact"), words);
        check(6 * MINUTE, 0, "exact");
        check(6 * MINUTE, HOUR, "less than an hour");
        check(0, DAY, "less than a day");
        check(DAY, DAY, "about 1 day");
        check(30 * DAY, DAY, "about 30 days");
        check(30 * DAY, 7 * DAY, "about 4 weeks");
    }

    #[test]
    fn a_zone_changes_its_offset_on_time() {
        let change = from_calendar(2026, 10, 25, 1, 0, 0).unwrap();
        let zone =
            Zone { name: "Europe/Berlin".into(), offsets: vec![(i64::MIN, 120), (change, 60)], ..Zone::default() };
        assert_eq!(plain(change - MINUTE, &zone), "25 Oct 2026 02:59:00");
        assert_eq!(plain(change, &zone), "25 Oct 2026 02:00:00");
        assert_eq!(zone.to_utc(change + DAY + HOUR), change + DAY);
    }
}
