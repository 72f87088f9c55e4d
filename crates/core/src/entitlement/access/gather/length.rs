//! How long an assignment lasts, as exports say it: ISO 8601 durations, among them months and years.

use crate::time::{DAY, HOUR, MINUTE, SECOND, calendar, from_calendar};

/// A length of time. Months have no fixed length, so they are counted from where it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Length {
    months: i64,
    ticks: i64,
}

impl Length {
    /// So many days; none if it is not at least one.
    pub fn days(days: i64) -> Option<Self> {
        Some(Self { months: 0, ticks: days.checked_mul(DAY)? }).filter(|length| length.ticks > 0)
    }

    /// Reads `P90D`, `P1Y6M`, `PT8H`. No length is none, nor is one with a fraction.
    pub fn read(text: &str) -> Option<Self> {
        let mut rest = text.trim().strip_prefix('P')?;
        let (mut length, mut of_day) = (Self { months: 0, ticks: 0 }, false);
        while !rest.is_empty() {
            if let Some(time) = rest.strip_prefix('T') {
                (rest, of_day) = (time, true);
                continue;
            }
            let at = rest.find(|letter: char| !letter.is_ascii_digit())?;
            let number: i64 = rest[..at].parse().ok()?;
            let (months, ticks) = match (rest.as_bytes()[at], of_day) {
                (b'Y', false) => (12, 0),
                (b'M', false) => (1, 0),
                (b'W', false) => (0, 7 * DAY),
                (b'D', false) => (0, DAY),
                (b'H', true) => (0, HOUR),
                (b'M', true) => (0, MINUTE),
                (b'S', true) => (0, SECOND),
                _ => return None,
            };
            length.months = length.months.checked_add(number.checked_mul(months)?)?;
            length.ticks = length.ticks.checked_add(number.checked_mul(ticks)?)?;
            rest = &rest[at + 1..];
        }
        (length.months > 0 || length.ticks > 0).then_some(length)
    }

    /// When it is over, if it begins at a moment: a month after 31 January is the last of February.
    pub fn after(self, begin: i64) -> Option<i64> {
        let mut day = begin.div_euclid(DAY) * DAY;
        if self.months > 0 {
            let (year, month, of_month) = calendar(begin);
            let month = i64::from(year) * 12 + i64::from(month) - 1 + self.months;
            let (year, month) = (i32::try_from(month.div_euclid(12)).ok()?, month.rem_euclid(12) as u32 + 1);
            day = (28..=of_month.max(28))
                .rev()
                .find_map(|last| from_calendar(year, month, of_month.min(last), 0, 0, 0))?;
        }
        day.checked_add(begin.rem_euclid(DAY))?.checked_add(self.ticks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, from: (i32, u32, u32), to: (i32, u32, u32)) {
        let at = |(year, month, day)| from_calendar(year, month, day, 8, 30, 0).unwrap() + 7;
        assert_eq!(Length::read(text).unwrap().after(at(from)), Some(at(to)), "{text}");
    }

    #[test]
    fn days_and_hours_have_a_length() {
        let ticks = |text| Length::read(text).map(|length| (length.months, length.ticks));
        assert_eq!(ticks("P90D"), Some((0, 90 * DAY)));
        assert_eq!(ticks("P1DT12H"), Some((0, 36 * HOUR)));
        assert_eq!(ticks("PT30M"), Some((0, 30 * MINUTE)));
        for none in ["", "P", "90", "PT", "P1.5D", "PT1Y", "P0D", "P99999999999999999D"] {
            assert_eq!(Length::read(none), None, "{none}");
        }
        assert_eq!(Length::days(0), None);
        assert_eq!(Length::days(2), Length::read("P2D"));
    }

    #[test]
    fn months_and_years_go_by_the_calendar() {
        check("P1M", (2026, 1, 31), (2026, 2, 28));
        check("P1M", (2024, 1, 31), (2024, 2, 29));
        check("P6M", (2026, 8, 31), (2027, 2, 28));
        check("P3M", (2026, 3, 31), (2026, 6, 30));
        check("P1Y", (2024, 2, 29), (2025, 2, 28));
        check("P1Y2M3D", (2026, 1, 15), (2027, 3, 18));
        assert_eq!(Length::read("P9999999999M").unwrap().after(0), None);
    }
}
