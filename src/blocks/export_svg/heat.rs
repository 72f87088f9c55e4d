//! A heat map as a picture.

use super::{
    Caption, Drawing,
    sheet::{HEAT, INK_2, MARGIN, Sheet, TOP, WIDTH},
};
use guestlens_core::{
    chart::{events, heat_range, heat_step, thousands},
    report::Heatmap,
};

const LINE: f64 = 28.0;

/// Cells in five steps, with their scales and legend.
pub fn heatmap(caption: &Caption, map: &Heatmap) -> Drawing {
    let mut sheet = Sheet::new(caption);
    let max = map.counts.iter().copied().max().unwrap_or(0);
    let left = MARGIN + 90.0;
    let across = map.columns.len().max(1);
    let cell = (WIDTH - MARGIN - left) / across as f64;
    let top = TOP + 16.0;
    for (column, name) in map.columns.iter().enumerate() {
        sheet.text(left + (column as f64 + 0.5) * cell, top - 6.0, "middle", 12, INK_2, &format!("{name:0>2}"));
    }
    for (row, name) in map.rows.iter().enumerate() {
        let y = top + row as f64 * LINE;
        sheet.text(left - 10.0, y + 18.0, "end", 12, INK_2, name);
        for (column, hour) in map.columns.iter().enumerate() {
            let count = map.counts.get(row * across + column).copied().unwrap_or(0);
            let fill = HEAT[usize::from(heat_step(count, max))];
            let title = format!("{}, {name} {hour}", events(count.into()));
            sheet.rect(left + column as f64 * cell, y, cell - 2.0, LINE - 2.0, fill, &title);
        }
    }
    let foot = top + map.rows.len() as f64 * LINE + 20.0;
    let mut x = left;
    for (step, fill) in HEAT.iter().enumerate() {
        let text = match heat_range(step as u8, max) {
            None if step > 0 => continue,
            None => "0".into(),
            Some((low, high)) if low == high => thousands(low.into()),
            Some((low, high)) => format!("{}–{}", thousands(low.into()), thousands(high.into())),
        };
        sheet.rect(x, foot - 10.0, 12.0, 12.0, fill, &text);
        sheet.text(x + 18.0, foot, "start", 12, INK_2, &text);
        x += 18.0 + text.len() as f64 * 7.0 + 24.0;
    }
    sheet.finish(foot + 4.0)
}
