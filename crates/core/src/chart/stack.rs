//! Stacked bars over time.

use crate::report::TimeSeries;

/// The rectangle that marks stand in, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Plot {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// From instants to pixels and back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeScale {
    /// First instant, ticks.
    pub from: i64,
    /// Last instant, ticks.
    pub to: i64,
    /// Where the first instant stands.
    pub left: f64,
    /// Distance between the two, pixels.
    pub width: f64,
}

impl TimeScale {
    /// Over all bins of the series; `None` if there are none.
    pub fn over(series: &TimeSeries, plot: Plot) -> Option<Self> {
        let (from, to) = (*series.edges.first()?, *series.edges.last()?);
        (to > from).then_some(Self { from, to, left: plot.left, width: plot.width })
    }

    /// Where an instant stands, outside the plot too.
    pub fn x(&self, ticks: i64) -> f64 {
        self.left + (ticks - self.from) as f64 / (self.to - self.from) as f64 * self.width
    }

    /// The instant at a place, kept between the first and the last.
    pub fn at(&self, x: f64) -> i64 {
        let share = if self.width > 0.0 { ((x - self.left) / self.width).clamp(0.0, 1.0) } else { 0.0 };
        self.from + (share * (self.to - self.from) as f64) as i64
    }
}

/// One part of a stacked bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Which bin.
    pub bin: usize,
    /// Which series.
    pub series: usize,
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Events per bin, over all series.
pub fn totals(series: &TimeSeries) -> Vec<u64> {
    let bins = series.edges.len().saturating_sub(1);
    let mut totals = vec![0_u64; bins];
    for series in &series.series {
        for (total, count) in totals.iter_mut().zip(&series.counts) {
            *total += *count as u64;
        }
    }
    totals
}

/// The bars, from the first series at the foot upwards; `max` is the count at the upper edge.
/// Edges stand on whole pixels, so that bars and the gaps between them are sharp. What happened at all is at least a pixel high: one failure among thousands is what is looked for.
pub fn stacked(series: &TimeSeries, plot: Plot, max: u64) -> Vec<Bar> {
    let Some(scale) = TimeScale::over(series, plot) else { return Vec::new() };
    let per_event = plot.height / max.max(1) as f64;
    let bins = series.edges.len() - 1;
    let gap = if plot.width / bins as f64 >= 4.0 { 1.0 } else { 0.0 };
    let mut bars = Vec::new();
    for (bin, edges) in series.edges.windows(2).enumerate() {
        let (x, end) = (scale.x(edges[0]).round(), scale.x(edges[1]).round());
        let width = (end - x - gap).max(1.0);
        let mut foot = plot.top + plot.height;
        for (number, values) in series.series.iter().enumerate() {
            let count = values.counts.get(bin).copied().unwrap_or(0);
            if count > 0 {
                let height = (f64::from(count) * per_event).max(1.0).min(foot - plot.top);
                foot -= height;
                bars.push(Bar { bin, series: number, x, y: foot, width, height });
            }
        }
    }
    bars
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "whole pixels are exact")]
mod tests {
    use super::*;
    use crate::report::Series;

    const PLOT: Plot = Plot { left: 10.0, top: 0.0, width: 100.0, height: 50.0 };

    fn series(counts: &[&[u32]]) -> TimeSeries {
        let series = counts.iter().map(|counts| Series { counts: counts.to_vec(), ..Series::default() });
        TimeSeries { edges: vec![0, 10, 30], series: series.collect(), ..TimeSeries::default() }
    }

    #[test]
    fn bars_stand_on_each_other_and_on_the_time_axis() {
        let bars = stacked(&series(&[&[5, 0], &[5, 10]]), PLOT, 10);
        assert_eq!(bars.len(), 3);
        assert_eq!((bars[0].y, bars[0].height), (25.0, 25.0));
        assert_eq!((bars[1].y, bars[1].height), (0.0, 25.0));
        assert_eq!(bars[2].height, 50.0);
        assert_eq!((bars[2].x, bars[2].width), (43.0, 66.0), "a bin has the width of its time, in whole pixels");
        assert_eq!(totals(&series(&[&[5, 0], &[5, 10]])), [10, 10]);
    }

    #[test]
    fn rare_values_stay_visible_and_inside() {
        let bars = stacked(&series(&[&[10_000, 0], &[1, 0]]), PLOT, 10_001);
        assert!(bars[1].height > 0.0 || bars[1].y >= PLOT.top);
        assert!(bars.iter().all(|bar| bar.y >= PLOT.top));
    }

    #[test]
    fn instants_and_places_agree() {
        let scale = TimeScale::over(&series(&[]), PLOT).unwrap();
        assert_eq!(scale.at(scale.x(15)), 15);
        assert_eq!(scale.at(-1e9), 0);
        assert_eq!(scale.at(1e9), 30);
        assert_eq!(TimeScale::over(&TimeSeries::default(), PLOT), None);
    }
}
