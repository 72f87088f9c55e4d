//! Where the marks of a chart over named steps stand: the same numbers for the screen and for pictures.

use crate::blocks::axis::text_width;
use guestlens_core::arrange::Arrange as _;
use guestlens_core::{
    chart::{Paint, Plot, TimeScale, count_ticks, span, thousands},
    report::{Bin, Chart, ChartLine, ChartShape, Step, Tone},
    time::{self, Zone},
};
use std::fmt::Write;

/// Widest column, pixels.
const COLUMN: f64 = 56.0;

/// A plot with its scales.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Where it stands.
    pub plot: Plot,
    /// Ticks of the numbers, least first.
    pub ticks: Vec<i64>,
    /// How many steps.
    pub steps: usize,
}

impl Frame {
    /// The frame of a chart in a drawing of that size; the axis of the steps takes `foot` pixels.
    pub fn new(chart: &Chart, left: f64, top: f64, width: f64, height: f64) -> Self {
        let ticks = ticks(chart);
        let widest = ticks.iter().map(|tick| text_width(&number(*tick))).fold(0.0, f64::max);
        let edge = (widest + 8.0).ceil();
        let plot = Plot { left: left + edge, top, width: (width - edge).max(40.0), height };
        Self { plot, ticks, steps: chart.steps.len() }
    }

    /// The scale of steps that are times of one length; longer ones, which differ, keep their names.
    pub fn times(&self, chart: &Chart) -> Option<TimeScale> {
        let is_even = !matches!(chart.bin?, Bin::Month | Bin::Quarter | Bin::Year);
        let from = chart.steps.first()?.time?;
        let [.., before, last] = &*chart.steps else { return None };
        let to = last.time? + (last.time? - before.time?);
        (is_even && to > from).then_some(TimeScale { from, to, left: self.plot.left, width: self.plot.width })
    }

    /// Where a number stands.
    pub fn y(&self, number: f64) -> f64 {
        let (low, high) = (self.ticks[0] as f64, self.ticks[self.ticks.len() - 1] as f64);
        self.plot.top + self.plot.height * (1.0 - (number - low) / (high - low).max(1.0))
    }

    /// Width of a step.
    pub fn slot(&self) -> f64 {
        self.plot.width / self.steps.max(1) as f64
    }

    /// Middle of a step.
    pub fn x(&self, step: usize) -> f64 {
        self.plot.left + (step as f64 + 0.5) * self.slot()
    }

    /// Where the middle of a step's name stands, so that all of it is inside of the drawing.
    pub fn middle_of_name(&self, step: usize, name: &str) -> f64 {
        let half = text_width(name) / 2.0 + 4.0;
        let right = self.plot.left + self.plot.width - half;
        self.x(step).min(right).max(half)
    }

    /// The step at a place, if there is one.
    pub fn step_at(&self, x: f64) -> Option<usize> {
        let at = (x - self.plot.left) / self.slot();
        (at >= 0.0 && at < self.steps as f64).then_some(at as usize)
    }
}

/// `1,284`, `−3`.
pub fn number(number: i64) -> String {
    let sign = if number < 0 { "\u{2212}" } else { "" };
    format!("{sign}{}", thousands(number.unsigned_abs()))
}

/// Whole ticks from the least to the greatest number, zero among them.
fn ticks(chart: &Chart) -> Vec<i64> {
    let (mut least, mut most) = (0_i64, 0_i64);
    for step in 0..chart.steps.len() {
        let values = chart.lines.iter().filter_map(|line| line.values.get(step).copied().flatten());
        let (down, up): (Vec<i64>, Vec<i64>) = values.partition(|value| *value < 0);
        if chart.shape == ChartShape::Lines {
            least = least.min(down.iter().copied().min().unwrap_or(0));
            most = most.max(up.iter().copied().max().unwrap_or(0));
        } else {
            least = least.min(down.iter().sum());
            most = most.max(up.iter().sum());
        }
    }
    let above = count_ticks(most.max(0) as u64, 4);
    let step = above.get(1).copied().unwrap_or(1).max(1) as i64;
    let below = (least.unsigned_abs() as i64).div_euclid(step) + i64::from(least.unsigned_abs() as i64 % step > 0);
    let low = (1..=below).rev().map(|times| -times * step);
    low.chain(above.into_iter().map(|tick| tick as i64)).collect()
}

/// The colour of each series: that of a result, else by how it stands, else a hue by the order of the names, so that
/// the same value keeps its colour whatever its count is.
pub fn paints(lines: &[ChartLine]) -> Vec<Paint> {
    let is_plain = |line: &&ChartLine| line.tone == Tone::Plain && result(&line.name).is_none();
    let mut names: Vec<&str> = lines.iter().filter(is_plain).map(|line| &*line.name).collect();
    names.arrange();
    let hue = |name: &str| names.iter().position(|one| *one == name).unwrap_or(0) % 8 + 1;
    let paint = |line: &ChartLine| match (result(&line.name), line.tone) {
        (Some(paint), _) => paint,
        (_, Tone::Plain) if lines.len() == 1 => Paint::Plain,
        (_, Tone::Plain) => Paint::Hue(hue(&line.name) as u8),
        (_, Tone::Good) => Paint::Success,
        (_, Tone::Attention) => Paint::Timeout,
        (_, Tone::Serious) => Paint::Failure,
        (_, Tone::Unknown) => Paint::Other,
    };
    lines.iter().map(paint).collect()
}

/// The colour that a result has in all charts.
fn result(name: &str) -> Option<Paint> {
    let known = [("success", Paint::Success), ("failure", Paint::Failure), ("timeout", Paint::Timeout)];
    known.into_iter().find(|(own, _)| name.eq_ignore_ascii_case(own)).map(|(_, paint)| paint)
}

/// The outline of each series' columns, stacked from zero up and, below zero, down.
pub fn columns(chart: &Chart, frame: &Frame) -> Vec<String> {
    let width = (frame.slot() * 0.72).clamp(1.0, COLUMN);
    let mut stacked = vec![(0_i64, 0_i64); chart.steps.len()];
    let outline = |line: &ChartLine| {
        let mut path = String::new();
        for (step, (down, up)) in stacked.iter_mut().enumerate() {
            let Some(value) = line.values.get(step).copied().flatten().filter(|value| *value != 0) else { continue };
            let base = if value < 0 { down } else { up };
            let (from, to) = (frame.y(*base as f64), frame.y((*base + value) as f64));
            *base += value;
            let (y, height) = (from.min(to), (from - to).abs().max(1.0));
            let x = frame.x(step) - width / 2.0;
            let _ = write!(path, "M{x:.1} {y:.1}h{width:.1}v{height:.1}h-{width:.1}z");
        }
        path
    };
    chart.lines.iter().map(outline).collect()
}

/// The stroke of each series; it is broken where a number is unknown.
pub fn strokes(chart: &Chart, frame: &Frame) -> Vec<String> {
    let stroke = |line: &ChartLine| {
        let mut path = String::new();
        let mut is_open = false;
        for step in 0..chart.steps.len() {
            let value = line.values.get(step).copied().flatten();
            if let Some(value) = value {
                let _ = write!(
                    path,
                    "{}{:.1} {:.1}",
                    if is_open { "L" } else { "M" },
                    frame.x(step),
                    frame.y(value as f64)
                );
            }
            is_open = value.is_some();
        }
        path
    };
    chart.lines.iter().map(stroke).collect()
}

/// Which steps have room for their names, and how many characters each has.
pub fn named(chart: &Chart, frame: &Frame, zone: &Zone) -> Vec<(usize, String)> {
    let names: Vec<String> = (0..chart.steps.len()).map(|step| short_name(chart, step, zone)).collect();
    let is_time = chart.steps.iter().any(|step| step.time.is_some());
    let widest = names.iter().map(|name| text_width(name)).fold(0.0, f64::max);
    // Names of times are read in order, so some can be left out; others are cut instead.
    let every =
        if is_time { ((widest + 12.0) / frame.slot()).ceil().max(1.0) } else { (40.0 / frame.slot()).ceil().max(1.0) };
    let most = ((frame.slot() * every - 8.0) / 6.6).max(3.0) as usize;
    let named = names.into_iter().enumerate().filter(|(at, _)| at % every as usize == 0);
    named.map(|(at, name)| (at, cut(&name, most))).collect()
}

/// The name of a step in full: a time as the calendar has it.
pub fn name(chart: &Chart, step: usize, zone: &Zone) -> String {
    let Step { label, time, .. } = &chart.steps[step];
    match (time, chart.bin) {
        (Some(from), Some(bin)) => {
            let next = chart.steps.get(step + 1).and_then(|next| next.time);
            next.map_or_else(|| begin(*from, bin, zone), |to| span(*from, to, bin, zone))
        }
        _ => label.clone(),
    }
}

/// The name of a step below it, where the next one stands beside it.
fn short_name(chart: &Chart, step: usize, zone: &Zone) -> String {
    match (chart.steps[step].time, chart.bin) {
        (Some(from), Some(bin)) => {
            let year = |at: i64| time::plain_day(at, zone).rsplit(' ').next().map(str::to_owned);
            let text = begin(from, bin, zone);
            let before = step.checked_sub(1).and_then(|before| chart.steps[before].time);
            let is_same_year = before.is_some_and(|before| year(before) == year(from));
            match bin {
                Bin::Day | Bin::Week | Bin::Month | Bin::Quarter if is_same_year => {
                    text.rsplit_once(' ').map_or(text.clone(), |(text, _)| text.to_owned())
                }
                Bin::Hour | Bin::SixHours => clock(&text),
                _ => text,
            }
        }
        _ => chart.steps[step].label.clone(),
    }
}

/// `9 Jun 18:00` of `9 Jun 2026 18:00:00`: the long form has no room below a step.
fn clock(text: &str) -> String {
    let parts: Vec<&str> = text.split(' ').collect();
    match parts[..] {
        [day, month, _, time] => format!("{day} {month} {}", time.get(..5).unwrap_or(time)),
        _ => text.to_owned(),
    }
}

/// When a step begins, as exactly as its size needs.
fn begin(from: i64, bin: Bin, zone: &Zone) -> String {
    let day = time::plain_day(from, zone);
    match bin {
        Bin::Month | Bin::Quarter => day.split_once(' ').map_or(day.clone(), |(_, rest)| rest.to_owned()),
        Bin::Year => day.rsplit(' ').next().unwrap_or_default().to_owned(),
        Bin::Day | Bin::Week => day,
        _ => time::plain(from, zone),
    }
}

fn cut(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    name.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use guestlens_core::report::Step;

    fn chart(shape: ChartShape, lines: &[&[Option<i64>]]) -> Chart {
        let steps = lines[0].iter().map(|_| Step { label: "a long name of a step".into(), ..Step::default() });
        let line = |values: &&[Option<i64>]| ChartLine { values: values.to_vec(), ..ChartLine::default() };
        Chart { shape, steps: steps.collect(), lines: lines.iter().map(line).collect(), ..Chart::default() }
    }

    #[test]
    fn columns_stack_and_lines_do_not() {
        let values: [&[Option<i64>]; 2] = [&[Some(3), Some(-2)], &[Some(4), Some(-1)]];
        assert_eq!(ticks(&chart(ChartShape::Columns, &values)), [-4, -2, 0, 2, 4, 6, 8]);
        assert_eq!(ticks(&chart(ChartShape::Lines, &values)), [-2, -1, 0, 1, 2, 3, 4]);
        assert_eq!(ticks(&chart(ChartShape::Columns, &[&[None]])), [0, 1]);
    }

    #[test]
    fn times_are_named_by_the_calendar() {
        let mut chart = chart(ChartShape::Columns, &[&[Some(1), Some(1), Some(1)]]);
        chart.bin = Some(Bin::Week);
        for (week, step) in chart.steps.iter_mut().enumerate() {
            step.time = time::from_calendar(2026, 12, 21, 0, 0, 0).map(|ticks| ticks + 7 * week as i64 * time::DAY);
        }
        let zone = Zone::default();
        let short: Vec<String> = (0..3).map(|step| short_name(&chart, step, &zone)).collect();
        assert_eq!(short, ["21 Dec 2026", "28 Dec", "4 Jan 2027"]);
        assert_eq!(name(&chart, 0, &zone), "21 Dec 2026 – 27 Dec 2026");
    }

    #[test]
    fn a_value_keeps_its_colour_whatever_its_count_is() {
        let line = |name: &str| ChartLine { name: name.into(), ..ChartLine::default() };
        let paints = |names: &[&str]| paints(&names.iter().map(|name| line(name)).collect::<Vec<_>>());
        assert_eq!(paints(&["Failure", "b", "a"]), [Paint::Failure, Paint::Hue(2), Paint::Hue(1)]);
        assert_eq!(paints(&["a", "b", "success"]), [Paint::Hue(1), Paint::Hue(2), Paint::Success]);
    }

    #[test]
    fn days_have_a_scale_and_months_have_names() {
        let mut chart = chart(ChartShape::Columns, &[&[Some(1), Some(1), Some(1)]]);
        let frame = Frame::new(&chart, 0.0, 0.0, 400.0, 100.0);
        for (day, step) in chart.steps.iter_mut().enumerate() {
            step.time = Some(day as i64 * time::DAY);
        }
        assert_eq!(frame.times(&chart), None);
        chart.bin = Some(Bin::Day);
        let scale = frame.times(&chart).unwrap();
        assert_eq!((scale.from, scale.to), (0, 3 * time::DAY));
        assert!((scale.x(time::DAY / 2) - frame.x(0)).abs() < 0.5);
        chart.bin = Some(Bin::Month);
        assert_eq!(frame.times(&chart), None);
    }

    #[test]
    fn an_unknown_number_breaks_the_line() {
        let chart = chart(ChartShape::Lines, &[&[Some(1), Some(1), None, Some(1)]]);
        let frame = Frame::new(&chart, 0.0, 0.0, 400.0, 100.0);
        assert_eq!(strokes(&chart, &frame)[0].matches('M').count(), 2);
        assert_eq!(frame.step_at(frame.x(2)), Some(2));
        assert_eq!(frame.step_at(0.0), None);
        assert!(named(&chart, &frame, &Zone::default()).iter().all(|(_, name)| name.ends_with('…')));
    }
}
