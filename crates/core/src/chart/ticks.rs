//! Ticks of a time axis, at calendar boundaries of the reader's zone.

use crate::time::{self, DAY, HOUR, MINUTE, SECOND, Zone};

/// A tick of the time axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// The instant, ticks.
    pub at: i64,
    /// What is written there.
    pub label: String,
    /// Whether a larger unit begins too: a day among hours, a year among months.
    pub major: bool,
}

#[derive(Clone, Copy)]
enum Step {
    Ticks(i64),
    Months(i32),
}

const STEPS: &[Step] = &[
    Step::Ticks(SECOND),
    Step::Ticks(5 * SECOND),
    Step::Ticks(15 * SECOND),
    Step::Ticks(30 * SECOND),
    Step::Ticks(MINUTE),
    Step::Ticks(5 * MINUTE),
    Step::Ticks(15 * MINUTE),
    Step::Ticks(30 * MINUTE),
    Step::Ticks(HOUR),
    Step::Ticks(3 * HOUR),
    Step::Ticks(6 * HOUR),
    Step::Ticks(12 * HOUR),
    Step::Ticks(DAY),
    Step::Ticks(2 * DAY),
    Step::Ticks(7 * DAY),
    Step::Ticks(14 * DAY),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(6),
    Step::Months(12),
    Step::Months(24),
    Step::Months(60),
    Step::Months(120),
];

/// At most `most` ticks from the first instant to the last, at the finest calendar step that allows it.
pub fn time_ticks(from: i64, to: i64, zone: &Zone, most: usize) -> Vec<Tick> {
    let local = (from + zone.offset(from), to + zone.offset(to));
    let fits = |step: Step| match step {
        Step::Ticks(size) => (local.1 - local.0) / size < most as i64,
        Step::Months(size) => (local.1 - local.0) / (size as i64 * 30 * DAY) < most as i64,
    };
    let step = STEPS.iter().copied().find(|step| fits(*step)).unwrap_or(Step::Months(1_200));
    let mut ticks: Vec<Tick> = boundaries(local, step)
        .into_iter()
        .map(|at| Tick { at: zone.to_utc(at), label: label(at, step), major: is_major(at, step) })
        .filter(|tick| (from..=to).contains(&tick.at))
        .collect();
    ticks.truncate(most.max(1));
    if let Some(first) = ticks.first_mut() {
        first.label = first_label(first.at + zone.offset(first.at), step);
    }
    ticks
}

/// Boundaries in local time (ticks as if UTC).
fn boundaries((from, to): (i64, i64), step: Step) -> Vec<i64> {
    match step {
        Step::Ticks(size) => {
            // Weeks begin on Monday; 1 January 1970 was a Thursday.
            let origin = if size % (7 * DAY) == 0 { 4 * DAY } else { 0 };
            let first = origin + (from - origin).div_euclid(size) * size;
            let first = if first < from { first + size } else { first };
            std::iter::successors(Some(first), |at| Some(at + size)).take_while(|at| *at <= to).collect()
        }
        Step::Months(size) => {
            let (year, month, _) = time::calendar(from);
            let start = (year * 12 + month as i32 - 1).div_euclid(size) * size;
            (0..)
                .map_while(|number| {
                    let month = start + number * size;
                    time::from_calendar(month.div_euclid(12), month.rem_euclid(12) as u32 + 1, 1, 0, 0, 0)
                })
                .skip_while(|at| *at < from)
                .take_while(|at| *at <= to)
                .collect()
        }
    }
}

fn label(at: i64, step: Step) -> String {
    let day = || time::plain_day(at, &Zone::default());
    let (year, month, _) = time::calendar(at);
    let clock = at.rem_euclid(DAY);
    match step {
        Step::Months(size) if size >= 12 || month == 1 => year.to_string(),
        Step::Months(_) => day().split(' ').nth(1).unwrap_or_default().to_owned(),
        Step::Ticks(size) if size >= DAY || clock == 0 => without_year(&day()),
        Step::Ticks(size) => {
            let text = format!("{:02}:{:02}", clock / HOUR, clock / MINUTE % 60);
            if size < MINUTE { format!("{text}:{:02}", clock / SECOND % 60) } else { text }
        }
    }
}

/// The first label also says what the others leave out.
fn first_label(at: i64, step: Step) -> String {
    let day = time::plain_day(at, &Zone::default());
    match step {
        Step::Months(size) if size >= 12 => label(at, step),
        Step::Months(_) => day.split_once(' ').map_or(day.clone(), |(_, rest)| rest.to_owned()),
        Step::Ticks(size) if size >= DAY => day,
        Step::Ticks(_) if at.rem_euclid(DAY) == 0 => day,
        Step::Ticks(_) => format!("{} {}", without_year(&day), label(at, step)),
    }
}

fn without_year(day: &str) -> String {
    day.rsplit_once(' ').map_or(day, |(day, _)| day).to_owned()
}

fn is_major(at: i64, step: Step) -> bool {
    let (_, month, day) = time::calendar(at);
    match step {
        Step::Ticks(size) if size < DAY => at.rem_euclid(DAY) == 0,
        Step::Ticks(_) => day == 1,
        Step::Months(size) => size < 12 && month == 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::from_calendar;

    #[track_caller]
    fn check(from: (i32, u32, u32), to: (i32, u32, u32), most: usize, expect: &[&str]) {
        let at = |(y, m, d)| from_calendar(y, m, d, 0, 0, 0).unwrap();
        let ticks = time_ticks(at(from), at(to), &Zone::default(), most);
        let labels: Vec<&str> = ticks.iter().map(|tick| &*tick.label).collect();
        assert_eq!(labels, expect);
    }

    #[test]
    fn steps_are_calendar_units() {
        check((2026, 6, 1), (2026, 6, 2), 6, &["1 Jun 2026", "06:00", "12:00", "18:00", "2 Jun"]);
        check((2026, 6, 1), (2026, 6, 5), 6, &["1 Jun 2026", "2 Jun", "3 Jun", "4 Jun", "5 Jun"]);
        check((2026, 5, 27), (2026, 6, 24), 6, &["1 Jun 2026", "8 Jun", "15 Jun", "22 Jun"]);
        check((2026, 10, 20), (2027, 3, 2), 6, &["Nov 2026", "Dec", "2027", "Feb", "Mar"]);
        check((2020, 5, 1), (2026, 3, 2), 8, &["2021", "2022", "2023", "2024", "2025", "2026"]);
        check((2026, 6, 1), (2026, 6, 1), 6, &["1 Jun 2026"]);
    }

    #[test]
    fn days_begin_at_local_midnight() {
        let zone = Zone { name: "Europe/Berlin".into(), offsets: vec![(i64::MIN, 120)], ..Zone::default() };
        let from = from_calendar(2026, 6, 1, 12, 0, 0).unwrap();
        let ticks = time_ticks(from, from + 3 * DAY, &zone, 5);
        assert_eq!(ticks[0].at, from_calendar(2026, 6, 1, 22, 0, 0).unwrap());
        assert_eq!(ticks[0].label, "2 Jun 2026");
    }
}
