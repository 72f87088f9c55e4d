//! Numbers and sizes as a reader sees them.

pub use guestlens_core::number::thousands as count;
use guestlens_core::time;

/// `1 event`, `42,000 events`.
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// `812 B`, `3.4 KB`, `120 MB`: thousands, as file managers and the portal show them.
pub fn size(bytes: u64) -> String {
    let (mut value, mut unit) = (bytes as f64, "B");
    for next in ["KB", "MB", "GB"] {
        if value < 1_000.0 {
            break;
        }
        (value, unit) = (value / 1_000.0, next);
    }
    if unit == "B" || value >= 10.0 { format!("{value:.0} {unit}") } else { format!("{value:.1} {unit}") }
}

/// A length of time by its two largest units: `3 d 4 h`, `23 h 30 min`, `12 s`.
pub fn duration(ticks: i64) -> String {
    const UNITS: [(i64, &str); 4] = [(time::DAY, "d"), (time::HOUR, "h"), (time::MINUTE, "min"), (time::SECOND, "s")];
    let sign = if ticks < 0 { "\u{2212}" } else { "" };
    let mut rest = ticks.unsigned_abs() as i64;
    if rest < time::SECOND {
        return if rest == 0 { "0 s".into() } else { format!("{sign}less than 1 s") };
    }
    let first = UNITS.iter().position(|(size, _)| rest >= *size).unwrap_or(UNITS.len() - 1);
    let mut parts = Vec::new();
    for (size, unit) in &UNITS[first..(first + 2).min(UNITS.len())] {
        if rest / size > 0 {
            parts.push(format!("{} {unit}", count((rest / size) as u64)));
        }
        rest %= size;
    }
    format!("{sign}{}", parts.join(" "))
}

/// Whole days.
pub fn days(days: i64) -> String {
    let sign = if days < 0 { "\u{2212}" } else { "" };
    format!("{sign}{}", counted(days.unsigned_abs(), "day", "days"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_two_units_at_most() {
        let (d, h, m, s) = (time::DAY, time::HOUR, time::MINUTE, time::SECOND);
        let said = [3 * d + 4 * h + 5 * m, 23 * h + 30 * m, 2 * d + 5 * m, 12 * s, 0, 1, -90 * s].map(duration);
        let expect = ["3 d 4 h", "23 h 30 min", "2 d", "12 s", "0 s", "less than 1 s", "\u{2212}1 min 30 s"];
        assert_eq!(said, expect);
        assert_eq!([1, 1_200, -2].map(days), ["1 day", "1,200 days", "\u{2212}2 days"]);
    }

    #[test]
    fn groups_digits() {
        assert_eq!([0, 999, 1_000, 42_000, 1_234_567].map(count), ["0", "999", "1,000", "42,000", "1,234,567"]);
        assert_eq!([812, 3_400, 120_000_000].map(size), ["812 B", "3.4 KB", "120 MB"]);
    }
}
