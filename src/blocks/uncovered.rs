//! Whole days that no file covers, hatched in every chart of events over time: a bar that is missing
//! there says nothing.

use super::lanes::draw::hatch;
use guestlens_core::chart::{Plot, TimeScale};
use std::rc::Rc;
use yew::prelude::*;

/// Such days, ticks, the ends not included.
pub type Uncovered = Rc<Vec<(i64, i64)>>;

/// The hatching of those in sight.
pub fn outlines(uncovered: &Uncovered, plot: Plot, scale: TimeScale) -> Vec<String> {
    let end = plot.left + plot.width;
    let in_sight = uncovered.iter().filter(|(from, to)| *to > scale.from && *from < scale.to);
    let outline = |(from, to): &(i64, i64)| {
        let (left, right) = (scale.x(*from).clamp(plot.left, end), scale.x(*to).clamp(plot.left, end));
        hatch((left, right), plot.top, plot.height)
    };
    in_sight.map(outline).collect()
}

/// The same, painted.
pub fn hatched(uncovered: &Uncovered, plot: Plot, scale: TimeScale) -> Html {
    outlines(uncovered, plot, scale).into_iter().map(|d| html! { <path class="uncovered" {d} /> }).collect()
}

/// What the hatching means, where there is any.
pub fn sign(is_any: bool) -> Html {
    if !is_any {
        return Html::default();
    }
    html! { <span class="uncovered-sign"><i aria-hidden="true" />{ "No file covers this time" }</span> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_in_sight_are_hatched() {
        let plot = Plot { left: 10.0, top: 0.0, width: 100.0, height: 20.0 };
        let scale = TimeScale { from: 0, to: 100, left: 10.0, width: 100.0 };
        let all = Rc::new(vec![(-20, 0), (-5, 10), (40, 60), (100, 120)]);
        let outlines = outlines(&all, plot, scale);
        assert_eq!(outlines.len(), 2);
        assert!(outlines[1].starts_with('M') && !outlines[1].contains("M9."));
    }
}
