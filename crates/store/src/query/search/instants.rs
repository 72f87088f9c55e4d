//! Text in times, as they are written in UTC.

use crate::{
    store::NO_TIME,
    time::{self, DAY, SECOND},
};
use memchr::memmem::Finder;

/// Marks the events in whose time, as ISO 8601 in lower case, the folded text stands.
pub(super) fn mark(times: &[i64], folded: &str, found: &mut [bool]) {
    if !folded.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'-' | b':' | b'.' | b't' | b'z' | b'+')) {
        return;
    }
    let finder = Finder::new(folded);
    let mut text = Text { day: i64::MIN, bytes: Vec::with_capacity(40) };
    for (found, &ticks) in found.iter_mut().zip(times) {
        if !*found && ticks != NO_TIME {
            *found = finder.find(text.of(ticks)).is_some();
        }
    }
}

/// A time's text; the date is kept for the next time of the same day.
struct Text {
    day: i64,
    bytes: Vec<u8>,
}

impl Text {
    const DATE: usize = "2026-06-02t".len();

    fn of(&mut self, ticks: i64) -> &[u8] {
        let (day, rest) = (ticks.div_euclid(DAY), ticks.rem_euclid(DAY));
        if self.day != day {
            self.day = day;
            let midnight = time::iso(day * DAY).to_lowercase();
            self.bytes.clear();
            // Years beyond four digits make the date longer; the time of day is fixed.
            self.bytes.extend_from_slice(&midnight.as_bytes()[..midnight.len() - "00:00:00z".len()]);
        }
        let date = self.bytes.iter().position(|byte| *byte == b't').map_or(Self::DATE, |at| at + 1);
        self.bytes.truncate(date);
        let seconds = rest / SECOND;
        for (at, part) in [seconds / 3_600, seconds / 60 % 60, seconds % 60].into_iter().enumerate() {
            if at > 0 {
                self.bytes.push(b':');
            }
            self.bytes.extend([b'0' + (part / 10) as u8, b'0' + (part % 10) as u8]);
        }
        let mut fraction = rest % SECOND;
        if fraction > 0 {
            self.bytes.push(b'.');
            while fraction > 0 {
                self.bytes.push(b'0' + (fraction / (SECOND / 10)) as u8);
                fraction = fraction % (SECOND / 10) * 10;
            }
        }
        self.bytes.push(b'z');
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_iso_writes() {
        let mut text = Text { day: i64::MIN, bytes: Vec::new() };
        let moment = time::from_calendar(2026, 6, 2, 8, 30, 15).unwrap();
        for ticks in [
            moment,
            moment + 1,
            moment + 1_234_000,
            moment + 12 * 60 * 60 * SECOND,
            0,
            -1,
            moment - 3_000 * 365 * DAY,
            moment + 9_000 * 365 * DAY + 5,
            moment + 500_000,
        ] {
            assert_eq!(text.of(ticks), time::iso(ticks).to_lowercase().as_bytes());
        }
    }
}
