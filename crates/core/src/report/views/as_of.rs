//! The day on which inactivity is judged: that of the newest export, unless the reader chooses another.
//! Never today: the files do not know what came after them.

use super::ViewScope;
use crate::{
    guests::roster::newest,
    report::{blocks::Control, coverage},
    time::{DAY, calendar, from_calendar},
};

/// Days that a date in a file's name may be later than anything in the file.
const LATER: i64 = 400;

/// The chosen day, as the ticks of its midnight in UTC, and how it came about.
#[derive(Clone, Debug)]
pub(super) struct AsOf {
    /// Midnight, ticks.
    pub(super) day: i64,
    /// Whether the reader chose it.
    pub(super) is_chosen: bool,
    /// The file or log that it comes from by default.
    pub(super) because: String,
}

impl AsOf {
    /// The day of a view: its parameter `as-of`, else that of the newest export; none where no file tells of any.
    pub(super) fn new(scope: &ViewScope) -> Option<Self> {
        if let Some(day) = scope.param("as-of").and_then(parse) {
            return Some(Self { day, is_chosen: true, because: "chosen".into() });
        }
        let store = scope.derived.store;
        let mut best = newest(store)
            .map(|ticks| (ticks.div_euclid(DAY) * DAY, "the latest moment in the loaded files".to_owned()));
        let mut offer = |day: i64, because: String| {
            if best.as_ref().is_none_or(|(known, _)| *known < day) {
                best = Some((day, because));
            }
        };
        if let Some((_, to)) = coverage(store, 0, scope.zone()).period {
            let local = to + scope.zone().offset(to);
            offer(local.div_euclid(DAY) * DAY, "the last day that the names of the loaded logs cover".into());
        }
        for source in &store.sources {
            let known = source.last.max(source.snapshot);
            if let (Some(day), Some(known)) = (named(&source.name), known)
                && day >= known.div_euclid(DAY) * DAY
                && day - known <= LATER * DAY
            {
                offer(day, format!("the date in the name of {}", source.name));
            }
        }
        best.map(|(day, because)| Self { day, is_chosen: false, because })
    }

    /// `2026-07-10`.
    pub(super) fn text(&self) -> String {
        let (year, month, day) = calendar(self.day);
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// The control that sets it.
    pub(super) fn control(&self) -> Control {
        let (name, label, testid) = ("as-of".into(), "As of".into(), "as-of".into());
        Control::Day { name, label, testid, value: self.text() }
    }
}

/// Midnight of `2026-07-10`, in UTC.
fn parse(text: &str) -> Option<i64> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    from_calendar(year, month, day, 0, 0, 0)
}

/// The latest date in a file's name, as `Users_2026-06-30.json` has one.
fn named(name: &str) -> Option<i64> {
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
        .filter_map(parse)
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days() {
        let day = from_calendar(2026, 6, 30, 0, 0, 0);
        assert_eq!(named("Users_2026-06-30.json"), day);
        assert_eq!(named("a-2026-06-01_2026-06-30.csv"), day);
        assert_eq!(named("12026-06-30.csv"), None);
        assert_eq!(named("é2026-06-3é"), None);
        assert_eq!((parse("2026-06-30"), parse("2026-02-30"), parse("today")), (day, None, None));
    }
}
