//! Every spelling of a time that exports are known to hold, as ticks of 100 ns since 1970 UTC.
//! A time without an offset is UTC.

use crate::time::{HOUR, MINUTE, SECOND, from_calendar};

/// What a text says about a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimeText {
    /// This instant.
    At(i64),
    /// A numeric date: one instant or the other, depending on what stands first in this file's dates.
    Either {
        /// Reading the month first, if that is possible.
        month_first: Option<i64>,
        /// Reading the day first, if that is possible.
        day_first: Option<i64>,
    },
    /// No time: nothing, or .NET's smallest date.
    Absent,
    /// Not a time.
    Unknown,
}

impl TimeText {
    /// Whether this says the same as another text, whatever the order of day and month.
    pub(super) fn may_be(self, other: Self) -> bool {
        match (self, other) {
            (Self::Either { month_first, day_first }, Self::At(ticks)) => {
                month_first == Some(ticks) || day_first == Some(ticks)
            }
            _ => self == other,
        }
    }
}

/// Reads a time.
pub(super) fn read_time(text: &[u8]) -> TimeText {
    let text = text.trim_ascii();
    if text.is_empty() {
        return TimeText::Absent;
    }
    let found = iso(text).or_else(|| numeric(text)).or_else(|| microsoft_json(text));
    found.unwrap_or(TimeText::Unknown)
}

/// Digits and separators, taken from the front.
struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let count = self.0.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
        if count < least {
            return None;
        }
        let value = self.0[..count].iter().fold(0, |value, byte| value * 10 + (byte - b'0') as u32);
        self.0 = &self.0[count..];
        Some(value)
    }

    fn take(&mut self, set: &[u8]) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        set.contains(&first).then(|| self.0 = rest)?;
        Some(first)
    }

    fn spaces(&mut self) {
        self.0 = self.0.trim_ascii_start();
    }

    /// Ticks of a fraction of a second.
    fn fraction(&mut self) -> Option<i64> {
        let count = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 || count > 9 {
            return None;
        }
        let digits = self.0[..count].iter().chain(std::iter::repeat(&b'0')).take(7);
        let ticks = digits.fold(0, |ticks, byte| ticks * 10 + (byte - b'0') as i64);
        self.0 = &self.0[count..];
        Some(ticks)
    }

    /// Ticks since midnight UTC of `08:30`, `8:30:15.123 PM`, `08:30:15+02:00` and the like.
    fn time_of_day(&mut self) -> Option<i64> {
        let mut hour = self.number(1, 2)?;
        self.take(b":")?;
        let minute = self.number(2, 2)?;
        let (mut second, mut fraction) = (0, 0);
        if self.take(b":").is_some() {
            second = self.number(2, 2)?;
            if self.take(b".,").is_some() {
                fraction = self.fraction()?;
            }
        }
        self.spaces();
        if let Some(half) = self.take(b"aApP") {
            self.take(b".");
            self.take(b"mM")?;
            self.take(b".");
            if !(1..=12).contains(&hour) {
                return None;
            }
            hour = hour % 12 + if half.eq_ignore_ascii_case(&b'p') { 12 } else { 0 };
            self.spaces();
        }
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let ticks = hour as i64 * HOUR + minute as i64 * MINUTE + second.min(59) as i64 * SECOND + fraction;
        Some(ticks - self.offset()?)
    }

    fn offset(&mut self) -> Option<i64> {
        if self.0.is_empty() || self.0.eq_ignore_ascii_case(b"Z") || self.0.eq_ignore_ascii_case(b"UTC") {
            self.0 = &[];
            return Some(0);
        }
        let sign = self.take(b"+-")?;
        let hours = self.number(2, 2)?;
        self.take(b":");
        let minutes = if self.0.is_empty() { 0 } else { self.number(2, 2)? };
        if hours > 23 || minutes > 59 {
            return None;
        }
        let ticks = hours as i64 * HOUR + minutes as i64 * MINUTE;
        Some(if sign == b'-' { -ticks } else { ticks })
    }
}

fn instant(year: u32, month: u32, day: u32, time_of_day: i64) -> Option<i64> {
    Some(from_calendar(year as i32, month, day, 0, 0, 0)? + time_of_day)
}

/// `2026-06-02T08:30:15.1234567Z`, `2026-06-02 08:30:15`, `2026-06-02`, with any offset.
fn iso(text: &[u8]) -> Option<TimeText> {
    let mut cursor = Cursor(text);
    let year = cursor.number(4, 4)?;
    cursor.take(b"-/.")?;
    let month = cursor.number(1, 2)?;
    cursor.take(b"-/.")?;
    let day = cursor.number(1, 2)?;
    let time_of_day = if cursor.0.is_empty() {
        0
    } else {
        cursor.take(b"Tt ,")?;
        cursor.spaces();
        cursor.time_of_day()?
    };
    let ticks = instant(year, month, day, time_of_day)?;
    let done = cursor.0.is_empty();
    done.then_some(if year == 1 { TimeText::Absent } else { TimeText::At(ticks) })
}

/// `8/19/2021 1:25:31 PM`, `4/28/2021, 2:08:45.221 PM`, `19.08.2021 13:25`, `19-08-2021`.
fn numeric(text: &[u8]) -> Option<TimeText> {
    let mut cursor = Cursor(text);
    let first = cursor.number(1, 2)?;
    let separator = cursor.take(b"/.-")?;
    let second = cursor.number(1, 2)?;
    cursor.take(&[separator])?;
    let year = cursor.number(4, 4)?;
    cursor.take(b",");
    cursor.take(b"Tt");
    cursor.spaces();
    let time_of_day = if cursor.0.is_empty() { 0 } else { cursor.time_of_day()? };
    if !cursor.0.is_empty() {
        return None;
    }
    if year == 1 {
        return Some(TimeText::Absent);
    }
    // No culture writes dots with the month first.
    let month_first = if separator == b'.' { None } else { instant(year, first, second, time_of_day) };
    let day_first = instant(year, second, first, time_of_day);
    match (month_first, day_first) {
        (None, None) => None,
        (Some(ticks), Some(other)) if ticks == other => Some(TimeText::At(ticks)),
        _ => Some(TimeText::Either { month_first, day_first }),
    }
}

/// `/Date(1655853900145)/`, as Windows PowerShell writes times in JSON.
fn microsoft_json(text: &[u8]) -> Option<TimeText> {
    let inner = text.strip_prefix(b"/Date(")?.strip_suffix(b")/")?;
    let end = inner.iter().skip(1).position(|byte| matches!(byte, b'+' | b'-')).map_or(inner.len(), |at| at + 1);
    let milliseconds: i64 = std::str::from_utf8(&inner[..end]).ok()?.parse().ok()?;
    // .NET's smallest date is 62,135,596,800 seconds before 1970.
    if milliseconds <= -62_135_596_800_000 {
        return Some(TimeText::Absent);
    }
    milliseconds.checked_mul(SECOND / 1000).map(TimeText::At)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::iso as show;

    fn check(text: &str, expected: &str) {
        match read_time(text.as_bytes()) {
            TimeText::At(ticks) | TimeText::Either { month_first: Some(ticks), .. } => {
                assert_eq!(show(ticks), expected, "{text}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn reads_every_known_spelling() {
        check("2025-11-12T13:35:53.640611+00:00", "2025-11-12T13:35:53.640611Z");
        check("2019-09-14T18:13:17.0618117Z", "2019-09-14T18:13:17.0618117Z");
        check("2019-10-18T04:45:48.0729893-05:00", "2019-10-18T09:45:48.0729893Z");
        check("2024-09-23 14:33:09.049661100", "2024-09-23T14:33:09.0496611Z");
        check("2007-01-09T09:41:00", "2007-01-09T09:41:00Z");
        check("2007-01-09T09:41", "2007-01-09T09:41:00Z");
        check("2007-01-09", "2007-01-09T00:00:00Z");
        check("2007-01-09t09:41:00.5z", "2007-01-09T09:41:00.5Z");
        check("8/19/2021 1:25:31 PM", "2021-08-19T13:25:31Z");
        check("4/28/2021, 2:08:45.221 PM", "2021-04-28T14:08:45.221Z");
        check("1/9/2007 10:41:00 AM +01:00", "2007-01-09T09:41:00Z");
        check("01/09/2007 09:41:00", "2007-01-09T09:41:00Z");
        check("6/18/2023 12:27:42 AM", "2023-06-18T00:27:42Z");
        check("/Date(1655853900145)/", "2022-06-21T23:25:00.145Z");
        check("/Date(1655853900145+0200)/", "2022-06-21T23:25:00.145Z");
        check("05/05/2024", "2024-05-05T00:00:00Z");
    }

    #[test]
    fn leaves_the_order_of_day_and_month_open() {
        let ticks = |month, day| from_calendar(2024, month, day, 0, 0, 0);
        let either = |month_first, day_first| TimeText::Either { month_first, day_first };
        assert_eq!(read_time(b"05/01/2024"), either(ticks(5, 1), ticks(1, 5)));
        assert_eq!(read_time(b"13/01/2024"), either(None, ticks(1, 13)));
        assert_eq!(read_time(b"01/13/2024"), either(ticks(1, 13), None));
        assert_eq!(read_time(b"05.01.2024"), either(None, ticks(1, 5)));
    }

    #[test]
    fn knows_what_is_no_time() {
        for text in ["", "  ", "0001-01-01T00:00:00Z", "1/1/0001 12:00:00 AM", "/Date(-62135596800000)/"] {
            assert_eq!(read_time(text.as_bytes()), TimeText::Absent, "{text}");
        }
        for text in [
            "x",
            "2024",
            "2024-13-01",
            "13/13/2024",
            "2024-01-01T25:00",
            "2024-01-01T10:00:00 13",
            "1/1/24",
            "/Date(x)/",
        ] {
            assert_eq!(read_time(text.as_bytes()), TimeText::Unknown, "{text}");
        }
    }
}
