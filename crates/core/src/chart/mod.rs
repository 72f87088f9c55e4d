//! Where the marks of a chart stand: scales, ticks and layout as numbers, and the words that name a
//! mark. No markup and no colours; the screen and exported pictures paint the same geometry.

mod brush;
mod heat;
mod palette;
mod scale;
mod scroll;
mod stack;
mod ticks;
mod words;

pub use brush::{Brush, Part, bin_at};
pub use heat::{heat_range, heat_step};
pub use palette::{Paint, palette};
pub use scale::{count_ticks, nice_max};
pub use scroll::{Scroll, Window};
pub use stack::{Bar, Plot, TimeScale, stacked, totals};
pub use ticks::{Tick, time_ticks};
pub use words::{events, mark_words, short_id, span, thousands, window as window_words};
