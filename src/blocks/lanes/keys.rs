//! Keys on lanes: left and right in the order of time, up and down to the nearest mark of another line.

use guestlens_core::arrange::Arrange as _;
use guestlens_core::report::{Lane, Lanes};
use std::fmt;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// A span or mark: its lane among those in sight, and its number in it, spans first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stop {
    /// The lane.
    pub lane: usize,
    /// Which of its spans and marks.
    pub at: usize,
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.lane, self.at)
    }
}

impl Stop {
    /// The one that an element belongs to.
    pub fn of(element: &Element) -> Option<Self> {
        let stop = element.closest("[data-stop]").ok().flatten()?.get_attribute("data-stop")?;
        let (lane, at) = stop.split_once('-')?;
        Some(Self { lane: lane.parse().ok()?, at: at.parse().ok()? })
    }
}

/// Begin of each span and mark of a lane, by its number.
fn times(lane: &Lane) -> Vec<i64> {
    lane.spans.iter().map(|span| span.from).chain(lane.marks.iter().map(|mark| mark.time)).collect()
}

/// Where a key leads; `None` where it leads nowhere.
pub fn next(lanes: &[Vec<i64>], stop: Stop, key: &str) -> Option<Stop> {
    let own = lanes.get(stop.lane)?;
    let mut order: Vec<usize> = (0..own.len()).collect();
    order.arrange_by_key(|at| (own[*at], *at));
    let place = order.iter().position(|at| *at == stop.at);
    let in_lane = |place: usize| order.get(place).map(|at| Stop { lane: stop.lane, at: *at });
    let near = |lane: usize| {
        let time = own.get(stop.at).copied().unwrap_or_default();
        let at = (0..lanes[lane].len()).min_by_key(|at| lanes[lane][*at].abs_diff(time))?;
        Some(Stop { lane, at })
    };
    match key {
        "ArrowRight" => in_lane(place.map_or(0, |place| place + 1)),
        "ArrowLeft" => in_lane(place?.checked_sub(1)?),
        "Home" => in_lane(0),
        "End" => in_lane(order.len().checked_sub(1)?),
        "ArrowDown" => (stop.lane + 1..lanes.len()).find_map(near),
        "ArrowUp" => (0..stop.lane).rev().find_map(near),
        _ => None,
    }
}

/// Handles the keys; all others pass by.
pub fn on_key(
    lanes: &Lanes,
    node: &NodeRef,
    stop: UseStateHandle<Stop>,
    follow: Callback<Stop>,
) -> Callback<KeyboardEvent> {
    let times: Vec<Vec<i64>> = lanes.lanes.iter().map(times).collect();
    let node = node.clone();
    Callback::from(move |event: KeyboardEvent| {
        let Some(at) = event.target_dyn_into::<Element>().and_then(|target| Stop::of(&target)) else { return };
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            follow.emit(at);
            return;
        }
        let Some(to) = next(&times, at, &event.key()) else { return };
        event.prevent_default();
        stop.set(to);
        let found =
            node.cast::<Element>().and_then(|body| body.query_selector(&format!("[data-stop='{to}']")).ok().flatten());
        if let Some(element) = found {
            let element: HtmlElement = wasm_bindgen::JsCast::unchecked_into(element);
            let _ = element.focus();
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_follow_time() {
        let lanes = vec![vec![50, 10, 30], vec![], vec![29, 90]];
        let at = |lane, at| Stop { lane, at };
        let check = |from, key, to| assert_eq!(next(&lanes, from, key), to, "{from} {key}");
        check(at(0, 1), "ArrowRight", Some(at(0, 2)));
        check(at(0, 2), "ArrowRight", Some(at(0, 0)));
        check(at(0, 0), "ArrowRight", None);
        check(at(0, 0), "Home", Some(at(0, 1)));
        check(at(0, 2), "ArrowDown", Some(at(2, 0)));
        check(at(2, 1), "ArrowUp", Some(at(0, 0)));
        check(at(2, 0), "x", None);
    }
}
