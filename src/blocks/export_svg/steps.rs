//! Numbers over named steps as a picture.

use super::{
    Caption, Drawing,
    sheet::{GRID, INK, INK_2, MARGIN, Sheet, TOP, WIDTH, color, cut},
};
use crate::blocks::{
    axis::{text_width, time_labels},
    step_chart::{Frame, columns, name, named, number, paints, share, strokes, words},
    uncovered::{Uncovered, outlines},
};
use guestlens_core::{
    report::{Chart, ChartShape},
    time::Zone,
};

const LINE: f64 = 26.0;
const NAMES: f64 = 280.0;

/// The chart, with its legend where there are several series.
pub fn step_chart(caption: &Caption, chart: &Chart, zone: &Zone, uncovered: &Uncovered) -> Drawing {
    let mut sheet = Sheet::new(caption);
    let end = match chart.shape {
        ChartShape::Columns | ChartShape::Lines => upright(&mut sheet, chart, zone, uncovered),
        ChartShape::Funnel | ChartShape::Bars => ranked(&mut sheet, chart, zone),
    };
    let end = if chart.lines.len() > 1 { legend(&mut sheet, chart, end) } else { end };
    sheet.finish(end)
}

fn upright(sheet: &mut Sheet, chart: &Chart, zone: &Zone, uncovered: &Uncovered) -> f64 {
    let frame = Frame::new(chart, MARGIN, TOP, WIDTH - 2.0 * MARGIN, 260.0);
    let scale = frame.times(chart);
    if let Some(scale) = scale {
        sheet.hatch(&outlines(uncovered, frame.plot, scale));
    }
    let right = frame.plot.left + frame.plot.width;
    for tick in &frame.ticks {
        let y = frame.y(*tick as f64);
        sheet.line((frame.plot.left, y), (right, y), if *tick == 0 { INK_2 } else { GRID });
        sheet.text(frame.plot.left - 8.0, y + 4.0, "end", 12, INK_2, &number(*tick));
    }
    let paints = paints(&chart.lines);
    if chart.shape == ChartShape::Lines {
        for (path, paint) in strokes(chart, &frame).iter().zip(paints) {
            sheet.stroke(path, color(paint));
        }
    } else {
        for (path, paint) in columns(chart, &frame).iter().zip(paints) {
            sheet.path(path, color(paint));
        }
    }
    let foot = frame.plot.top + frame.plot.height + 16.0;
    if let Some(scale) = scale {
        for (x, label, _) in time_labels(scale, zone) {
            sheet.line((x, foot - 16.0), (x, foot), INK_2);
            sheet.text(x + 4.0, foot, "start", 12, INK_2, &label);
        }
        return foot + 4.0;
    }
    for (step, text) in named(chart, &frame, zone) {
        sheet.text(frame.middle_of_name(step, &text), foot, "middle", 12, INK_2, &text);
    }
    foot + 4.0
}

fn ranked(sheet: &mut Sheet, chart: &Chart, zone: &Zone) -> f64 {
    let paints = paints(&chart.lines);
    let total =
        |step: usize| chart.lines.iter().filter_map(|line| line.values.get(step).copied().flatten()).sum::<i64>();
    let most = (0..chart.steps.len()).map(total).max().unwrap_or(1).max(1) as f64;
    let left = MARGIN + NAMES;
    let room = WIDTH - MARGIN - left - 110.0;
    for number_of in 0..chart.steps.len() {
        let y = TOP + number_of as f64 * LINE;
        sheet.text(left - 12.0, y + 13.0, "end", 12, INK, &cut(&name(chart, number_of, zone), 40));
        let mut x = left;
        for (line, paint) in chart.lines.iter().zip(&paints) {
            let value = line.values.get(number_of).copied().flatten().unwrap_or(0).max(0);
            let width = value as f64 / most * room;
            sheet.rect(x, y + 3.0, width, 14.0, color(*paint), &words(chart, number_of, zone));
            x += width;
        }
        let share = share(chart, number_of).map_or_else(String::new, |share| format!(" ({share})"));
        sheet.text(x + 8.0, y + 14.0, "start", 12, INK, &format!("{}{share}", number(total(number_of))));
    }
    TOP + chart.steps.len() as f64 * LINE
}

fn legend(sheet: &mut Sheet, chart: &Chart, end: f64) -> f64 {
    let (mut x, y) = (MARGIN, end + 20.0);
    for (line, paint) in chart.lines.iter().zip(paints(&chart.lines)) {
        sheet.rect(x, y - 9.0, 10.0, 10.0, color(paint), &line.name);
        sheet.text(x + 16.0, y, "start", 12, INK_2, &line.name);
        x += text_width(&line.name) + 32.0;
    }
    y + 4.0
}
