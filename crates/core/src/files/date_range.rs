//! Dates in the name of a file: a range, such as `AuditLogs_2026-06-01_2026-06-15.csv`, or a day.

use crate::time::{DAY, from_calendar};

/// A name that spans more days than this says something else.
const LONGEST: i64 = 400;

/// First and last day, as midnights in ticks as if UTC. The second date may leave out its year:
/// `2026-06-01_06-15`. Of the name of an entry, the part behind its archive counts first.
pub(super) fn date_range(name: &str) -> Option<(i64, i64)> {
    let mut parts = name.rsplit(" \u{203a} ");
    parts.find_map(|part| {
        let bytes = part.as_bytes();
        (0..bytes.len()).find_map(|at| range_at(bytes, at))
    })
}

/// The latest date in a file's name, as `Users_2026-06-30.json` has one.
pub(super) fn last_date(name: &str) -> Option<i64> {
    let bytes = name.as_bytes();
    (0..bytes.len().saturating_sub(9))
        .filter(|at| *at == 0 || !bytes[at - 1].is_ascii_digit())
        .filter(|at| !bytes.get(at + 10).is_some_and(u8::is_ascii_digit))
        .filter_map(|at| name.get(at..at + 10))
        .filter(|text| {
            text.bytes()
                .enumerate()
                .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
        })
        .filter_map(|text| date(text.as_bytes(), 0).map(|(_, day, _)| day))
        .max()
}

fn range_at(bytes: &[u8], at: usize) -> Option<(i64, i64)> {
    if at > 0 && bytes[at - 1].is_ascii_digit() {
        return None;
    }
    let (year, from, at) = date(bytes, at)?;
    let between = bytes[at..].iter().take_while(|byte| !byte.is_ascii_digit()).count();
    let words = bytes[at..at + between].to_ascii_lowercase();
    if between == 0 || !words.iter().all(|byte| matches!(byte, b'_' | b'-' | b'.' | b' ' | b't' | b'o')) {
        return None;
    }
    let at = at + between;
    let full = date(bytes, at).map(|(_, to, end)| (to, end));
    let (to, end) = full.or_else(|| month_and_day(bytes, at, year))?;
    let ends = !bytes.get(end).is_some_and(u8::is_ascii_digit);
    (ends && from <= to && to - from <= LONGEST * DAY).then_some((from, to))
}

fn date(bytes: &[u8], at: usize) -> Option<(i32, i64, usize)> {
    let year = number(bytes, at, 4)? as i32;
    let (day, end) = (bytes.get(at + 4) == Some(&b'-')).then(|| month_and_day(bytes, at + 5, year))??;
    Some((year, day, end))
}

fn month_and_day(bytes: &[u8], at: usize, year: i32) -> Option<(i64, usize)> {
    let (month, day) = (number(bytes, at, 2)?, number(bytes, at + 3, 2)?);
    let midnight = (bytes.get(at + 2) == Some(&b'-')).then(|| from_calendar(year, month, day, 0, 0, 0))??;
    Some((midnight, at + 5))
}

fn number(bytes: &[u8], at: usize, digits: usize) -> Option<u32> {
    let digits = bytes.get(at..at + digits)?;
    digits.iter().try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + u32::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_days() {
        let day = from_calendar(2026, 6, 30, 0, 0, 0);
        assert_eq!(last_date("Users_2026-06-30.json"), day);
        assert_eq!(last_date("a-2026-06-01_2026-06-30.csv"), day);
        assert_eq!(last_date("12026-06-30.csv"), None);
        assert_eq!(last_date("é2026-06-3é"), None);
    }

    #[test]
    fn finds_ranges_and_nothing_else() {
        let day = |month, day| from_calendar(2026, month, day, 0, 0, 0).unwrap();
        let june = Some((day(6, 1), day(6, 15)));
        for name in [
            "2026-06-01_2026-06-15",
            "AuditLogs_2026-06-01_2026-06-15.csv",
            "audit-A-2026-06-01_06-15.json",
            "audit 2026-06-01 to 2026-06-15.json",
            "x.zip \u{203a} a/2026-06-01--2026-06-15.csv",
            "2026-06-01_2026-06-15.zip \u{203a} AuditLogs.csv",
        ] {
            assert_eq!(date_range(name), june, "{name}");
        }
        for name in [
            "AuditLogs_2026-06-01.csv",
            "2026-06-15_2026-06-01.csv",
            "2026-06-31_2026-07-15.csv",
            "2026-06-01_2029-06-01.csv",
            "12026-06-01_2026-06-15",
            "2026-06-01 x 2026-06-15",
            "2026-06-01_2026-06-150",
            "",
            "é",
        ] {
            assert_eq!(date_range(name), None, "{name}");
        }
    }
}
