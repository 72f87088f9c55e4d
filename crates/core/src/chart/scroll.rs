//! Which lines of a long table are in sight. Browsers cap the height of what they scroll, so beyond
//! that height the scroll bar stands for a proportional position.

/// A table of lines of equal height behind a view of a given height, all in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scroll {
    /// How many lines there are.
    pub lines: u32,
    /// Height of a line.
    pub line: f64,
    /// Height in which lines are seen.
    pub view: f64,
}

/// The lines in sight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// The first one.
    pub first: u32,
    /// How many, the partly visible ones too.
    pub count: u32,
    /// How far the first one stands above the view, pixels.
    pub shift: f64,
}

impl Scroll {
    /// The furthest that every current browser scrolls (Firefox ends near 17.9 million).
    pub const FURTHEST: f64 = 16_000_000.0;

    /// How far the scroll bar reaches.
    pub fn range(&self) -> f64 {
        self.full().min(Self::FURTHEST)
    }

    /// The lines in sight at a position of the scroll bar.
    pub fn window(&self, top: f64) -> Window {
        let position = (top * self.factor()).clamp(0.0, self.full());
        let first = (position / self.line).floor();
        let shift = position - first * self.line;
        let count = ((self.view + shift) / self.line).ceil().max(0.0) as u32;
        let first = first as u32;
        Window { first, count: count.min(self.lines.saturating_sub(first)), shift }
    }

    /// Where to scroll so that all of a line is in sight; `None` if it is.
    pub fn reveal(&self, index: u32, top: f64) -> Option<f64> {
        let position = top * self.factor();
        let from = f64::from(index) * self.line;
        let to = from + self.line;
        let wanted = if from < position {
            from
        } else if to > position + self.view {
            to - self.view
        } else {
            return None;
        };
        // Rounded up where the end of the line counts, down where its beginning does.
        let scaled = wanted.clamp(0.0, self.full()) / self.factor();
        Some(if from < position { scaled.floor() } else { scaled.ceil() })
    }

    /// Where to scroll so that a line begins so many pixels below the upper edge of the view.
    pub fn top_with(&self, index: u32, below: f64) -> f64 {
        (f64::from(index) * self.line - below).clamp(0.0, self.full()) / self.factor()
    }

    /// How many whole lines a page is.
    pub fn page(&self) -> u32 {
        ((self.view / self.line).floor() as u32).max(1)
    }

    fn full(&self) -> f64 {
        (f64::from(self.lines) * self.line - self.view).max(0.0)
    }

    fn factor(&self) -> f64 {
        if self.range() > 0.0 { self.full() / self.range() } else { 1.0 }
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "whole pixels are exact")]
mod tests {
    use super::*;

    fn table(lines: u32) -> Scroll {
        Scroll { lines, line: 32.0, view: 640.0 }
    }

    #[test]
    fn short_tables_scroll_by_pixels() {
        assert_eq!(table(10).range(), 0.0);
        assert_eq!(table(10).window(0.0), Window { first: 0, count: 10, shift: 0.0 });
        assert_eq!(table(0).window(0.0).count, 0);
        assert_eq!(table(1_000).window(48.0), Window { first: 1, count: 21, shift: 16.0 });
    }

    #[test]
    fn long_tables_reach_their_last_line() {
        for lines in [1_000_000, 10_000_000, 100_000_000] {
            let table = table(lines);
            assert_eq!(table.range(), Scroll::FURTHEST);
            let end = table.window(table.range());
            assert_eq!((end.first + end.count, end.shift), (lines, 0.0));
            assert_eq!(table.window(0.0).first, 0);
        }
    }

    #[test]
    fn a_line_keeps_its_place() {
        let top = table(1_000).top_with(500, 96.0);
        assert_eq!(table(1_000).window(top).first, 497);
        assert_eq!(table(1_000).top_with(1, 96.0), 0.0);
        assert_eq!(table(10).top_with(5, 0.0), 0.0);
    }

    #[test]
    fn a_revealed_line_is_in_sight() {
        for lines in [100, 1_000, 1_000_000, 9_999_999] {
            let table = table(lines);
            for index in [0, 1, 19, 20, 57, lines / 2, lines - 1] {
                for start in [0.0, 300.0, table.range()] {
                    let top = table.reveal(index, start).unwrap_or(start);
                    let window = table.window(top);
                    assert!(
                        (window.first..window.first + window.count).contains(&index),
                        "line {index} of {lines} from {start}: {window:?}"
                    );
                }
            }
        }
        assert_eq!(table(100).reveal(3, 0.0), None);
        assert_eq!(table(100).page(), 20);
    }
}
