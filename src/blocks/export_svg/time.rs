//! Events over time as a picture.

use super::{
    Caption, Drawing,
    sheet::{GRID, INK_2, MARGIN, Sheet, TOP, WIDTH, color},
};
use crate::blocks::{
    axis::{text_width, time_labels},
    marks::{outline, series_name},
    uncovered::{Uncovered, outlines},
};
use guestlens_core::{
    chart::{Plot, TimeScale, count_ticks, palette, stacked, thousands, totals},
    report::TimeSeries,
    time::Zone,
};

/// Stacked bars with grid, axis and legend.
pub fn time_series(caption: &Caption, series: &TimeSeries, zone: &Zone, uncovered: &Uncovered) -> Drawing {
    let mut sheet = Sheet::new(caption);
    let max = totals(series).into_iter().max().unwrap_or(0);
    let ticks = count_ticks(max, 4);
    let top = *ticks.last().unwrap_or(&1);
    let left = MARGIN + text_width(&thousands(top)) + 8.0;
    let plot = Plot { left, top: TOP, width: WIDTH - MARGIN - left, height: 260.0 };
    let foot = plot.top + plot.height;
    for tick in ticks {
        let y = plot.top + plot.height * (1.0 - tick as f64 / top as f64);
        sheet.line((left, y), (WIDTH - MARGIN, y), if tick == 0 { INK_2 } else { GRID });
        sheet.text(left - 8.0, y + 4.0, "end", 12, INK_2, &thousands(tick));
    }
    if let Some(scale) = TimeScale::over(series, plot) {
        sheet.hatch(&outlines(uncovered, plot, scale));
    }
    let paints = palette(series.stack, &series.series);
    let bars = stacked(series, plot, top);
    for (number, paint) in paints.iter().enumerate() {
        sheet.path(&outline(bars.iter().filter(|bar| bar.series == number)), color(*paint));
    }
    if let Some(scale) = TimeScale::over(series, plot) {
        for (x, label, _) in time_labels(scale, zone) {
            sheet.line((x, foot), (x, foot + 14.0), INK_2);
            sheet.text(x + 4.0, foot + 14.0, "start", 12, INK_2, &label);
        }
    }
    let mut end = foot + 20.0;
    if series.stack.is_some() {
        let (mut x, mut y) = (left, end + 20.0);
        for (paint, one) in paints.iter().zip(&series.series) {
            let name = series_name(series.stack, one);
            let width = text_width(&name) + 32.0;
            if x > left && x + width > WIDTH - MARGIN {
                (x, y) = (left, y + 20.0);
            }
            sheet.rect(x, y - 9.0, 10.0, 10.0, color(*paint), &name);
            sheet.text(x + 16.0, y, "start", 12, INK_2, &name);
            x += width;
        }
        end = y + 4.0;
    }
    sheet.finish(end)
}
