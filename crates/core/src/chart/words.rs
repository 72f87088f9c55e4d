//! Numbers, spans of time and marks in words.

pub use crate::number::thousands;
use crate::{
    report::Bin,
    time::{self, DAY, Zone},
};

/// `no events`, `1 event`, `1,284 events`.
pub fn events(number: u64) -> String {
    match number {
        0 => "no events".into(),
        1 => "1 event".into(),
        _ => thousands(number) + " events",
    }
}

/// A bin's span: `3 Jun 2026`, `3 Jun 2026 14:00–15:00`, `1–7 Jun 2026` is `1 Jun 2026 – 7 Jun 2026`.
pub fn span(from: i64, to: i64, bin: Bin, zone: &Zone) -> String {
    let day = time::plain_day(from, zone);
    match bin {
        Bin::Day => day,
        Bin::Week | Bin::Month | Bin::Quarter | Bin::Year => {
            let last = time::plain_day(to - 1, zone);
            if last == day { day } else { format!("{day} – {last}") }
        }
        Bin::Second => time::plain(from, zone),
        Bin::TenSeconds => format!("{} – {}", time::plain(from, zone), clock(to, zone, true)),
        _ => format!("{day} {}–{}", clock(from, zone, false), clock(to, zone, false)),
    }
}

/// A window of time: `1 Jun 2026 – 7 Jun 2026` for whole days, else with times of day.
pub fn window(from: i64, to: i64, zone: &Zone) -> String {
    let is_midnight = |ticks: i64| (ticks + zone.offset(ticks)).rem_euclid(DAY) == 0;
    if is_midnight(from) && is_midnight(to) {
        return span(from, to, Bin::Week, zone);
    }
    let (first, last) = (time::plain_day(from, zone), time::plain_day(to, zone));
    let has_seconds = [from, to].iter().any(|ticks| ticks % time::MINUTE != 0);
    let (begin, end) = (clock(from, zone, has_seconds), clock(to, zone, has_seconds));
    if first == last { format!("{first} {begin}–{end}") } else { format!("{first} {begin} – {last} {end}") }
}

/// What a screen reader hears on a mark: `12 events, 3 Jun 2026`.
pub fn mark_words(count: u64, from: i64, to: i64, bin: Bin, zone: &Zone) -> String {
    format!("{}, {}", events(count), span(from, to, bin, zone))
}

/// `6f1c…9a2b` for long ids, others as they are.
pub fn short_id(id: &str) -> String {
    let chars: Vec<char> = id.chars().collect();
    if chars.len() <= 13 {
        return id.into();
    }
    let head: String = chars[..4].iter().collect();
    let tail: String = chars[chars.len() - 4..].iter().collect();
    format!("{head}…{tail}")
}

fn clock(ticks: i64, zone: &Zone, seconds: bool) -> String {
    let rest = (ticks + zone.offset(ticks)).rem_euclid(DAY);
    let (hour, minute, second) = (rest / time::HOUR, rest / time::MINUTE % 60, rest / time::SECOND % 60);
    if seconds { format!("{hour:02}:{minute:02}:{second:02}") } else { format!("{hour:02}:{minute:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{HOUR, from_calendar};

    #[test]
    fn numbers_have_separators() {
        for (number, expect) in [(0, "0"), (999, "999"), (1_284, "1,284"), (1_000_000, "1,000,000")] {
            assert_eq!(thousands(number), expect);
        }
        assert_eq!(events(1), "1 event");
    }

    #[test]
    fn spans_are_said_as_short_as_the_bin_allows() {
        let at = from_calendar(2026, 6, 1, 14, 0, 0).unwrap();
        let midnight = at - 14 * HOUR;
        let utc = Zone::default();
        assert_eq!(span(at, at + HOUR, Bin::Hour, &utc), "1 Jun 2026 14:00–15:00");
        assert_eq!(span(midnight, midnight + DAY, Bin::Day, &utc), "1 Jun 2026");
        assert_eq!(span(midnight, midnight + 7 * DAY, Bin::Week, &utc), "1 Jun 2026 – 7 Jun 2026");
        assert_eq!(mark_words(12, midnight, midnight + DAY, Bin::Day, &utc), "12 events, 1 Jun 2026");
        assert_eq!(mark_words(0, at, at + time::SECOND, Bin::Second, &utc), "no events, 1 Jun 2026 14:00:00");
    }

    #[test]
    fn a_window_says_times_where_it_must() {
        let day = from_calendar(2026, 6, 1, 0, 0, 0).unwrap();
        let utc = Zone::default();
        assert_eq!(window(day, day + DAY, &utc), "1 Jun 2026");
        assert_eq!(window(day, day + 2 * DAY, &utc), "1 Jun 2026 – 2 Jun 2026");
        assert_eq!(window(day + 6 * HOUR, day + 12 * HOUR, &utc), "1 Jun 2026 06:00–12:00");
        assert_eq!(window(day + 6 * HOUR, day + 2 * DAY, &utc), "1 Jun 2026 06:00 – 3 Jun 2026 00:00");
    }

    #[test]
    fn ids_keep_both_ends() {
        assert_eq!(short_id("6f1c2d3e-0000-4000-8000-00000000009a"), "6f1c…009a");
        assert_eq!(short_id("short"), "short");
    }
}
