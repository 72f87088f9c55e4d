//! The day on which inactivity is judged: that of [`files::as_of`], unless the reader chooses another.
//! Never today: the files do not know what came after them.

use super::ViewScope;
use crate::{
    files,
    report::blocks::Control,
    time::{Zone, calendar, from_calendar, plain_day},
};

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
        let known = files::as_of(scope.derived.store)?;
        Some(Self { day: known.day(), is_chosen: false, because: known.because })
    }

    /// As a sentence has it: `10 Jul 2026`.
    pub(super) fn words(&self) -> String {
        plain_day(self.day, &Zone::default())
    }

    /// The control that sets it.
    pub(super) fn control(&self) -> Control {
        let (name, label, testid) = ("as-of".into(), "As of".into(), "as-of".into());
        Control::Day { name, label, testid, value: text(self.day) }
    }
}

/// `2026-07-10` of a midnight in UTC.
pub(super) fn text(day: i64) -> String {
    let (year, month, day) = calendar(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Midnight of `2026-07-10`, in UTC.
fn parse(text: &str) -> Option<i64> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    from_calendar(year, month, day, 0, 0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days() {
        let day = from_calendar(2026, 6, 30, 0, 0, 0);
        assert_eq!((parse("2026-06-30"), parse("2026-02-30"), parse("today")), (day, None, None));
    }
}
