//! Ranked bars as a picture.

use super::{
    Caption, Drawing,
    sheet::{INK, MARGIN, Sheet, TOP, WIDTH, color, cut},
};
use crate::blocks::marks::value_words;
use guestlens_core::{
    chart::{Paint, events, thousands},
    report::BarList,
};

const LINE: f64 = 26.0;
const NAMES: f64 = 320.0;

/// Bars with their names and counts.
pub fn bar_list(caption: &Caption, list: &BarList) -> Drawing {
    let mut sheet = Sheet::new(caption);
    let max = list.bars.iter().map(|bar| bar.count).max().unwrap_or(1).max(1);
    let left = MARGIN + NAMES;
    let room = WIDTH - MARGIN - left - 80.0;
    for (number, bar) in list.bars.iter().enumerate() {
        let y = TOP + number as f64 * LINE;
        let name = value_words(Some(list.field), &bar.value);
        let width = (bar.count as f64 / max as f64 * room).max(1.0);
        sheet.text(left - 12.0, y + 13.0, "end", 12, INK, &cut(&name, 46));
        sheet.rect(left, y + 3.0, width, 14.0, color(Paint::Plain), &format!("{name}: {}", events(bar.count)));
        sheet.text(left + width + 8.0, y + 14.0, "start", 12, INK, &thousands(bar.count));
    }
    sheet.finish(TOP + list.bars.len() as f64 * LINE)
}
