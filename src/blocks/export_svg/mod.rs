//! Charts as pictures to take away: complete SVG documents with title, filters and date inside and
//! all colours written out, from the same geometry as on the screen. Always on light paper.

mod bars;
mod heat;
mod lane;
mod matrix;
mod sheet;
mod steps;
mod time;

pub use bars::bar_list;
pub use heat::heatmap;
pub use lane::lanes;
pub use matrix::matrix;
pub use steps::step_chart;
pub use time::time_series;

/// What is written around a chart.
#[derive(Clone, Copy)]
pub struct Caption<'a> {
    /// Heading.
    pub title: &'a str,
    /// The filters in words.
    pub context: &'a str,
    /// Bin size, zone, how many values.
    pub note: &'a str,
    /// When the picture was saved, in words.
    pub saved: &'a str,
}

/// A finished picture.
pub struct Drawing {
    /// The document.
    pub svg: String,
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
}
