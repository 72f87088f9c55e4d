//! Charts as SVG without a line of script, each with its numbers beside or below it.

use super::text::Markup;
use crate::{
    chart::{self, Plot, count_ticks, nice_max, stacked, thousands, totals},
    report::{BarList, Certainty, Chart, ChartShape, Heatmap, Lanes, TimeSeries},
    time::{self, Zone},
};
use std::fmt::Write as _;

const WIDTH: f64 = 900.0;

fn begin(out: &mut Markup, title: &str, height: f64) {
    let _ = write!(
        out.text,
        "<svg viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" role=\"img\"><title>"
    );
    out.text(title);
    out.raw("</title>");
}

fn label(out: &mut Markup, x: f64, y: f64, anchor: &str, text: &str) {
    let _ = write!(out.text, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">");
    out.text(text);
    out.raw("</text>");
}

fn rect(out: &mut Markup, [x, y, width, height]: [f64; 4], series: usize) {
    let series = series.min(8);
    let _ = write!(
        out.text,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\" class=\"s{series}\"/>",
        width.max(0.5),
        height.max(0.5)
    );
}

fn legend(out: &mut Markup, names: impl Iterator<Item = (usize, String)>, y: f64) {
    for (at, (series, name)) in names.enumerate() {
        let x = 50.0 + 170.0 * (at % 5) as f64;
        let y = y + 16.0 * (at / 5) as f64;
        rect(out, [x, y - 9.0, 10.0, 10.0], series);
        label(out, x + 14.0, y, "start", &short(&name, 24));
    }
}

fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_owned() } else { text.chars().take(most - 1).chain(['…']).collect() }
}

fn axis(out: &mut Markup, plot: Plot, max: u64) {
    for tick in count_ticks(max, 4) {
        let y = plot.top + plot.height - plot.height * tick as f64 / nice_max(max, 4) as f64;
        let _ = write!(
            out.text,
            "<line x1=\"{:.1}\" y1=\"{y:.1}\" x2=\"{:.1}\" y2=\"{y:.1}\" class=\"grid\"/>",
            plot.left,
            plot.left + plot.width
        );
        label(out, plot.left - 6.0, y + 4.0, "end", &thousands(tick));
    }
}

pub(super) fn time_series(out: &mut Markup, series: &TimeSeries, zone: &Zone) {
    out.element("h3", "", &format!("Events over time (a bar is {})", series.bin.label()));
    let plot = Plot { left: 50.0, top: 10.0, width: WIDTH - 60.0, height: 180.0 };
    let max = totals(series).into_iter().max().unwrap_or(0);
    begin(out, "Events over time", 250.0);
    axis(out, plot, max);
    for bar in stacked(series, plot, nice_max(max, 4)) {
        rect(out, [bar.x, bar.y, bar.width, bar.height], bar.series);
    }
    if let (Some(first), Some(last)) = (series.edges.first(), series.edges.last()) {
        label(out, plot.left, 208.0, "start", &time::plain_day(*first, zone));
        label(out, plot.left + plot.width, 208.0, "end", &time::plain_day(*last - 1, zone));
    }
    if series.series.len() > 1 {
        let names = series.series.iter().enumerate().map(|(at, one)| {
            (
                at,
                if one.other {
                    "Other".into()
                } else if one.name.is_empty() {
                    "No value".into()
                } else {
                    one.name.clone()
                },
            )
        });
        legend(out, names, 228.0);
    }
    out.raw("</svg>\n");
}

pub(super) fn bar_list(out: &mut Markup, list: &BarList) {
    out.element("h3", "", &list.title);
    bars(out, &list.title, &list.bars.iter().map(|bar| (bar.value.as_str(), bar.count)).collect::<Vec<_>>());
    if list.distinct > list.bars.len() as u64 {
        out.element("p", "help", &format!("{} of {} different values.", list.bars.len(), list.distinct));
    }
}

fn bars(out: &mut Markup, title: &str, bars: &[(&str, u64)]) {
    let max = bars.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    begin(out, title, 20.0 * bars.len() as f64 + 4.0);
    for (at, (name, count)) in bars.iter().enumerate() {
        let y = 20.0 * at as f64;
        let width = (WIDTH - 400.0) * *count as f64 / max as f64;
        label(out, 290.0, y + 14.0, "end", &short(if name.is_empty() { "No value" } else { name }, 46));
        rect(out, [300.0, y + 4.0, width, 12.0], 0);
        label(out, 306.0 + width, y + 14.0, "start", &thousands(*count));
    }
    out.raw("</svg>\n");
}

pub(super) fn heatmap(out: &mut Markup, map: &Heatmap) {
    out.element("h3", "", &map.title);
    out.open("table", "");
    out.raw("<thead><tr><th></th>");
    map.columns.iter().for_each(|name| out.element("th", "", name));
    out.raw("</tr></thead>");
    for (row, name) in map.rows.iter().enumerate() {
        out.raw("<tr>");
        out.element("th", "", name);
        for column in 0..map.columns.len() {
            let count = map.counts.get(row * map.columns.len() + column).copied().unwrap_or(0);
            out.element("td", "number", &if count == 0 { String::new() } else { thousands(count.into()) });
        }
        out.raw("</tr>\n");
    }
    out.close("table");
}

pub(super) fn chart(out: &mut Markup, own: &Chart) {
    out.element("h3", "", &own.title);
    if !own.help.is_empty() {
        out.element("p", "help", &own.help);
    }
    let value = |line: usize, step: usize| own.lines[line].values.get(step).copied().flatten();
    let single = own.lines.len() == 1 && matches!(own.shape, ChartShape::Bars | ChartShape::Funnel);
    if single {
        let steps = own
            .steps
            .iter()
            .enumerate()
            .map(|(at, step)| (step.label.as_str(), value(0, at).unwrap_or(0).max(0) as u64));
        bars(out, &own.title, &steps.collect::<Vec<_>>());
        return;
    }
    let plot = Plot { left: 50.0, top: 10.0, width: WIDTH - 60.0, height: 160.0 };
    let sums = (0..own.steps.len()).map(|step| {
        let values = (0..own.lines.len()).map(|line| value(line, step).unwrap_or(0).max(0) as u64);
        if own.shape == ChartShape::Lines { values.max().unwrap_or(0) } else { values.sum() }
    });
    let max = sums.max().unwrap_or(0);
    let top = nice_max(max, 4) as f64;
    begin(out, &own.title, 230.0);
    axis(out, plot, max);
    let step_width = plot.width / own.steps.len().max(1) as f64;
    for line in 0..own.lines.len() {
        let mut points = String::new();
        for step in 0..own.steps.len() {
            let Some(count) = value(line, step) else { continue };
            let height = plot.height * count.max(0) as f64 / top;
            let x = plot.left + step_width * step as f64;
            if own.shape == ChartShape::Lines {
                let _ = write!(points, "{:.1},{:.1} ", x + step_width / 2.0, plot.top + plot.height - height);
            } else {
                let below: i64 = (0..line).map(|below| value(below, step).unwrap_or(0).max(0)).sum();
                let base = plot.height * below as f64 / top;
                rect(out, [x + 1.0, plot.top + plot.height - base - height, step_width - 2.0, height], line);
            }
        }
        if !points.is_empty() {
            let _ = write!(out.text, "<polyline points=\"{points}\" class=\"line l{}\"/>", line % 4);
        }
    }
    let every = own.steps.len().div_ceil(10).max(1);
    for (at, step) in own.steps.iter().enumerate().step_by(every) {
        label(out, plot.left + step_width * (at as f64 + 0.5), 188.0, "middle", &short(&step.label, 14));
    }
    if own.lines.len() > 1 {
        legend(out, own.lines.iter().enumerate().map(|(at, line)| (at, line.name.clone())), 208.0);
    }
    out.raw("</svg>\n");
}

/// Lanes on paper.
const LANES: usize = 200;

pub(super) fn lanes(out: &mut Markup, own: &Lanes, zone: &Zone) {
    out.element("h3", "", &own.title);
    if !own.help.is_empty() {
        out.element("p", "help", &own.help);
    }
    let (from, to) = own.period;
    let length = (to - from).max(1) as f64;
    let x = |ticks: i64| 230.0 + (WIDTH - 240.0) * ((ticks.clamp(from, to) - from) as f64 / length);
    let shown = &own.lanes[..own.lanes.len().min(LANES)];
    begin(out, &own.title, 20.0 * shown.len() as f64 + 24.0);
    for (at, lane) in shown.iter().enumerate() {
        let y = 20.0 * at as f64;
        label(out, 220.0, y + 14.0, "end", &short(&lane.name, 34));
        let height = 14.0 / f64::from(lane.tracks.max(1));
        for span in &lane.spans {
            let (left, right) = (x(span.from), x(span.to));
            let unsure = span.from_is == Certainty::Unknown || span.to_is == Certainty::Unknown;
            rect(
                out,
                [left, y + 3.0 + height * f64::from(span.track), right - left, height],
                if unsure { 8 } else { 0 },
            );
        }
        for mark in &lane.marks {
            let _ =
                write!(out.text, "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\" class=\"s1\"/>", x(mark.time), y + 10.0);
        }
    }
    let y = 20.0 * shown.len() as f64 + 16.0;
    label(out, 230.0, y, "start", &time::plain_day(from, zone));
    label(out, WIDTH - 10.0, y, "end", &time::plain_day(to, zone));
    out.raw("</svg>\n");
    if own.total > shown.len() as u64 {
        out.element("p", "help", &format!("{} of {} lines.", shown.len(), own.total));
    }
    out.element(
        "p",
        "help",
        &format!(
            "Gray bars have an end that the files do not tell. {}",
            chart::events(shown.iter().flat_map(|lane| &lane.marks).map(|mark| u64::from(mark.count.max(1))).sum())
        ),
    );
}
