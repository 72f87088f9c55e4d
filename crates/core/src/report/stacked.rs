//! Some of the events over time, stacked by what the caller says each is: a chart that a view counts itself.

use super::blocks::{Chart, ChartLine, ChartShape, Door, Step, Tone};
use crate::arrange::Arrange as _;
use crate::{
    query::TimeBins,
    time::{self, Zone},
};
use hashbrown::HashMap;

/// Values with a series of their own; the others are one.
const SERIES: usize = 7;

/// Most steps: more of them would be narrower than what tells them apart.
const BINS: u32 = 100;

/// What is counted: moments with the place of their value.
pub(super) struct Stacked<'a> {
    /// Stable kebab-case name.
    pub id: &'a str,
    /// Heading.
    pub title: &'a str,
    /// How it was counted.
    pub help: &'a str,
    /// What the numbers count.
    pub unit: &'a str,
    /// Ticks, and the value's code.
    pub moments: &'a [(i64, u32)],
    /// Calendar.
    pub zone: &'a Zone,
    /// About how many steps there is room for.
    pub bins: u32,
}

impl Stacked<'_> {
    /// The chart. `name` names a code and says how it stands; `door` leads to a span of time, both ends
    /// given, the second exclusive.
    pub fn chart(&self, name: impl Fn(u32) -> (String, Tone), door: impl Fn((i64, i64)) -> Door) -> Chart {
        let times = self.moments.iter().map(|(time, _)| *time);
        let period = times.clone().min().zip(times.max());
        let bins = TimeBins::fit(period, self.zone, self.bins.min(BINS));
        let mut counts: HashMap<u32, Vec<i64>> = HashMap::default();
        for (time, code) in self.moments {
            if let Some(at) = bins.find(*time) {
                counts.entry(*code).or_insert_with(|| vec![0; bins.len()])[at] += 1;
            }
        }
        let mut ranked: Vec<(i64, (String, Tone), Vec<i64>)> =
            counts.into_iter().map(|(code, counts)| (counts.iter().sum(), name(code), counts)).collect();
        ranked.arrange_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let rest = ranked.split_off(ranked.len().min(SERIES));
        let mut lines: Vec<ChartLine> = ranked
            .into_iter()
            .map(|(_, (name, tone), counts)| ChartLine { name, tone, values: counts.into_iter().map(Some).collect() })
            .collect();
        if !rest.is_empty() {
            let sum = |at| rest.iter().map(|(.., counts)| counts[at]).sum();
            let values = (0..bins.len()).map(|at| Some(sum(at))).collect();
            lines.push(ChartLine { name: format!("{} others", rest.len()), values, tone: Tone::Unknown });
        }
        let steps = bins.edges.windows(2).map(|edges| Step {
            label: time::plain(edges[0], self.zone),
            time: Some(edges[0]),
            door: Some(door((edges[0], edges[1]))),
        });
        Chart {
            id: self.id.into(),
            title: self.title.into(),
            help: self.help.into(),
            shape: ChartShape::Columns,
            bin: Some(bins.bin),
            unit: self.unit.into(),
            steps: steps.collect(),
            lines,
        }
    }
}

/// How often each code occurs, with its name: most often first, ties by name.
pub(super) fn ranked(codes: impl Iterator<Item = u32>, name: impl Fn(u32) -> String) -> Vec<(u32, String, u64)> {
    let mut counts: HashMap<u32, u64> = HashMap::default();
    codes.for_each(|code| *counts.entry(code).or_default() += 1);
    let mut ranked: Vec<(u32, String, u64)> =
        counts.into_iter().map(|(code, count)| (code, name(code), count)).collect();
    ranked.arrange_by(|a, b| b.2.cmp(&a.2).then_with(|| a.1.cmp(&b.1)));
    ranked
}

/// A chart of ranked bars: label, count and door of each.
pub(super) fn bars(id: &str, title: &str, help: &str, unit: &str, bars: Vec<(String, u64, Option<Door>)>) -> Chart {
    let (steps, values) = bars
        .into_iter()
        .map(|(label, count, door)| (Step { label, time: None, door }, Some(i64::try_from(count).unwrap_or(i64::MAX))))
        .unzip();
    Chart {
        id: id.into(),
        title: title.into(),
        help: help.into(),
        shape: ChartShape::Bars,
        bin: None,
        unit: unit.into(),
        steps,
        lines: vec![ChartLine { name: unit.into(), values, tone: Tone::Plain }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::DAY;

    #[test]
    fn counts_per_value_and_step() {
        let moments: Vec<(i64, u32)> = (0..9).map(|code| (0, code)).chain([(2 * DAY, 8)]).collect();
        let chart = Stacked {
            id: "a",
            title: "A",
            help: "",
            unit: "events",
            moments: &moments,
            zone: &Zone::default(),
            bins: 3,
        }
        .chart(|code| (code.to_string(), Tone::Plain), |window| Door { window: Some(window), ..Door::default() });
        assert_eq!(chart.steps.len(), 3);
        assert_eq!(chart.lines[0].values, [Some(1), Some(0), Some(1)]);
        assert_eq!((chart.lines[0].name.as_str(), chart.lines.len()), ("8", SERIES + 1));
        assert_eq!(chart.lines[SERIES].values, [Some(2), Some(0), Some(0)]);
        assert_eq!(chart.steps[2].door.as_ref().unwrap().window, Some((2 * DAY, 3 * DAY)));
        let names = |code: u32| code.to_string();
        assert_eq!(ranked([1, 2, 2].into_iter(), names), [(2, "2".into(), 2), (1, "1".into(), 1)]);
    }
}
