//! Findings over time, by level.

use super::{Parts, tone};
use crate::{
    findings::Level,
    report::blocks::{Bin, Block, Chart, ChartLine, ChartShape, Door, Step},
    time::{DAY, plain_day},
};

/// Above so many days a step is a week.
const DAYS: i64 = 62;
/// How many steps a chart has at most.
const STEPS: i64 = 400;

pub(super) fn blocks(parts: &Parts) -> Vec<Block> {
    let zone = parts.scope.zone();
    let local = |time: i64| (time + zone.offset(time)).div_euclid(DAY);
    let open = || parts.listed.iter().filter(|finding| finding.expected.is_none());
    let days: Vec<i64> = open().filter_map(|finding| finding.time).map(local).collect();
    let (Some(first), Some(last)) = (days.iter().min().copied(), days.iter().max().copied()) else {
        return Vec::new();
    };
    let (bin, size) = if last - first < DAYS { (Bin::Day, 1) } else { (Bin::Week, 7) };
    // Weeks begin on Monday; 5 January 1970 was one.
    let begin = if size == 7 { (first - 4).div_euclid(7) * 7 + 4 } else { first };
    // Accounts of long ago would stretch the axis over years: what is older than the steps is left out and said.
    let begin = begin.max(last - (last - begin).min(STEPS * size - 1) / size * size);
    let count = (last - begin) / size + 1;
    let older = days.iter().filter(|day| **day < begin).count();
    let steps: Vec<Step> = (0..count)
        .map(|step| {
            let from = zone.to_utc((begin + step * size) * DAY);
            let to = zone.to_utc((begin + (step + 1) * size) * DAY);
            let door = Door { window: Some((from, to)), ..Door::default() };
            Step { label: plain_day(from, zone), time: Some(from), door: Some(door) }
        })
        .collect();
    let lines = Level::ALL
        .into_iter()
        .map(|level| {
            let mut values = vec![0; steps.len()];
            for finding in open().filter(|finding| finding.level == level) {
                let at = finding.time.map(local).filter(|day| *day >= begin).map(|day| (day - begin) / size);
                if let Some(value) = at.and_then(|at| values.get_mut(at as usize)) {
                    *value += 1;
                }
            }
            ChartLine { name: level.label().into(), values: values.into_iter().map(Some).collect(), tone: tone(level) }
        })
        .filter(|line: &ChartLine| line.values.iter().any(|value| *value != Some(0)))
        .collect();
    let older = if older > 0 { format!(" {older} of before the first step are left out.") } else { String::new() };
    let help = format!("By the time of each finding's first event, expected ones left out.{older}");
    vec![Block::Chart(Chart {
        id: "findings-over-time".into(),
        title: "Findings over time".into(),
        help,
        shape: ChartShape::Columns,
        bin: Some(bin),
        unit: "findings".into(),
        steps,
        lines,
    })]
}
