//! Counts of pairs as a picture.

use super::{
    Caption, Drawing,
    sheet::{HEAT, INK, INK_2, MARGIN, Sheet, TOP, WIDTH, cut},
};
use crate::blocks::matrix::words;
use guestlens_core::{
    chart::{heat_step, thousands},
    report::Matrix,
};

const NAMES: f64 = 240.0;
const LINE: f64 = 26.0;

/// Cells in five steps; the names across are numbered like those down.
pub fn matrix(caption: &Caption, matrix: &Matrix) -> Drawing {
    let mut sheet = Sheet::new(caption);
    let names = matrix.names.len().max(1) as f64;
    let left = MARGIN + NAMES;
    let width = ((WIDTH - MARGIN - left) / names).min(64.0);
    let top = TOP + 18.0;
    let max = matrix.cells.iter().filter(|cell| cell.a != cell.b).map(|cell| cell.count).max().unwrap_or(0);
    for (at, name) in matrix.names.iter().enumerate() {
        let y = top + at as f64 * LINE;
        sheet.text(left - 10.0, y + 17.0, "end", 12, INK, &format!("{} {}", cut(name, 32), at + 1));
        sheet.text(left + (at as f64 + 0.5) * width, top - 6.0, "middle", 12, INK_2, &(at + 1).to_string());
    }
    for cell in &matrix.cells {
        let (x, y) = (left + f64::from(cell.b) * width, top + f64::from(cell.a) * LINE);
        let step = if cell.a == cell.b { 0 } else { heat_step(cell.count, max) };
        let title = words(matrix, cell.a, cell.b, cell.count);
        sheet.rect(x, y, width - 2.0, LINE - 2.0, HEAT[usize::from(step)], &title);
        let ink = if step > 3 { "#ffffff" } else { INK };
        sheet.text(x + width / 2.0 - 1.0, y + 17.0, "middle", 12, ink, &thousands(cell.count.into()));
    }
    sheet.finish(top + names * LINE)
}
