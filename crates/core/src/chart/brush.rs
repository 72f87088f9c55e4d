//! Choosing a window of time on a histogram, by pointer or by keyboard. Windows snap to bins.

/// What a drag moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A new window, from where the drag began.
    New,
    /// The window's beginning.
    From,
    /// The window's end.
    To,
    /// The window as a whole.
    Whole,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Drag {
    part: Part,
    start: i64,
    window: (i64, i64),
}

/// Where a choice stands. `edges` are those of the bins: one more than there are bins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brush {
    /// The bin under the keyboard's cursor.
    pub cursor: Option<usize>,
    /// The window as it would be if the choice ended now.
    pub draft: Option<(i64, i64)>,
    anchor: Option<usize>,
    drag: Option<Drag>,
}

impl Brush {
    /// Whether the pointer holds a part.
    pub fn is_dragging(&self) -> bool {
        self.drag.is_some()
    }

    /// The pointer goes down at an instant; `window` is the one shown.
    pub fn press(&self, part: Part, at: i64, window: Option<(i64, i64)>) -> Self {
        let window = window.unwrap_or((at, at));
        Self { drag: Some(Drag { part, start: at, window }), draft: None, anchor: None, cursor: self.cursor }
    }

    /// The pointer moves to an instant.
    pub fn pull(&self, at: i64, edges: &[i64]) -> Self {
        let (Some(drag), true) = (self.drag, edges.len() > 1) else { return self.clone() };
        let (from, to) = drag.window;
        let draft = match drag.part {
            Part::New => (edges[bin_at(edges, drag.start.min(at))], edges[bin_at(edges, drag.start.max(at)) + 1]),
            Part::From | Part::To => {
                let fixed = if drag.part == Part::From { to } else { from };
                let free = nearest(edges, at);
                if free == fixed { (from, to) } else { (free.min(fixed), free.max(fixed)) }
            }
            Part::Whole => {
                let (first, last) = (edges[0], edges[edges.len() - 1]);
                let start = nearest(edges, from + at - drag.start).clamp(first, (last - (to - from)).max(first));
                (start, start + (to - from))
            }
        };
        Self { draft: Some(draft), ..self.clone() }
    }

    /// The pointer goes up: the state without a drag, and the window to apply. A click chooses its bin.
    pub fn release(&self, edges: &[i64]) -> (Self, Option<(i64, i64)>) {
        let rest = Self { drag: None, draft: None, ..self.clone() };
        let Some(drag) = self.drag.filter(|_| edges.len() > 1) else { return (rest, None) };
        let bin = bin_at(edges, drag.start);
        (Self { cursor: Some(bin), ..rest }, self.draft.or(Some((edges[bin], edges[bin + 1]))))
    }

    /// The cursor moves by so many bins; `extend` draws a window from where it began.
    pub fn walk(&self, by: i64, extend: bool, edges: &[i64]) -> Self {
        let Some(last) = edges.len().checked_sub(2) else { return self.clone() };
        // Without a cursor, the first key enters from the end it comes from.
        let from = self.cursor.map_or(if by < 0 { last as i64 + 1 } else { -1 }, |cursor| cursor as i64);
        let cursor = (from + by).clamp(0, last as i64) as usize;
        let anchor = extend.then(|| self.anchor.or(self.cursor).unwrap_or(cursor));
        let draft = anchor.map(|anchor| (edges[anchor.min(cursor)], edges[anchor.max(cursor) + 1]));
        Self { cursor: Some(cursor), anchor, draft, drag: None }
    }

    /// Nothing but the cursor.
    pub fn at_rest(&self) -> Self {
        Self { cursor: self.cursor, ..Self::default() }
    }

    /// What Enter applies: the window drawn, else the bin under the cursor.
    pub fn chosen(&self, edges: &[i64]) -> Option<(i64, i64)> {
        let bin = self.cursor.filter(|bin| bin + 1 < edges.len());
        self.draft.or(bin.map(|bin| (edges[bin], edges[bin + 1])))
    }
}

/// The bin that an instant falls into, the first or last one if outside.
pub fn bin_at(edges: &[i64], at: i64) -> usize {
    edges.partition_point(|edge| *edge <= at).saturating_sub(1).min(edges.len().saturating_sub(2))
}

fn nearest(edges: &[i64], at: i64) -> i64 {
    edges.iter().copied().min_by_key(|edge| (edge - at).abs()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EDGES: [i64; 5] = [0, 10, 20, 30, 40];

    #[track_caller]
    fn drag(part: Part, from: i64, to: i64, expect: (i64, i64)) {
        let brush = Brush::default().press(part, from, Some((10, 30))).pull(to, &EDGES);
        assert_eq!(brush.release(&EDGES).1, Some(expect));
    }

    #[test]
    fn a_drag_snaps_to_bins() {
        drag(Part::New, 12, 28, (10, 30));
        drag(Part::New, 28, 3, (0, 30));
        drag(Part::New, 35, 99, (30, 40));
        drag(Part::From, 10, 19, (20, 30));
        drag(Part::From, 10, 38, (30, 40));
        drag(Part::To, 30, 30, (10, 30));
        drag(Part::Whole, 20, 29, (20, 40));
        drag(Part::Whole, 20, 99, (20, 40));
    }

    #[test]
    fn a_click_chooses_its_bin() {
        let (brush, window) = Brush::default().press(Part::New, 25, None).release(&EDGES);
        assert_eq!(window, Some((20, 30)));
        assert_eq!(brush.cursor, Some(2));
        assert!(!brush.is_dragging());
        assert_eq!(Brush::default().press(Part::New, 5, None).release(&[]).1, None);
    }

    #[test]
    fn keys_walk_and_extend() {
        let brush = Brush::default().walk(1, false, &EDGES);
        assert_eq!(brush.chosen(&EDGES), Some((0, 10)), "the first key enters at the first bin");
        let brush = brush.walk(1, false, &EDGES).walk(1, true, &EDGES).walk(9, true, &EDGES);
        assert_eq!(brush.chosen(&EDGES), Some((10, 40)));
        assert_eq!(brush.walk(-1, false, &EDGES).chosen(&EDGES), Some((20, 30)));
        assert_eq!(Brush::default().walk(-1, false, &EDGES).cursor, Some(3));
        assert_eq!(Brush::default().walk(1, false, &[]).cursor, None);
    }
}
