//! What a table does after it was painted: asks for lines, sets sizes, moves the focus.

use super::{Props, head::window as window_of, place_of};
use crate::{action::Action, blocks::measure::set_css};
use guestlens_core::{chart::Scroll, report::TableWindow};
use std::ops::Range;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Lines that are asked for beyond those in sight, and at which distance.
const AHEAD: u32 = 100;
const NEAR: u32 = 20;

/// Asks for lines before they come into sight.
#[hook]
pub fn use_lines_at_hand(props: &Props, lines: Range<u32>) {
    let Props { table, on_action, whole, .. } = props;
    let most = table.matching.min(u64::from(u32::MAX)) as u32;
    let have = table.from..table.from + table.lines.len() as u32;
    let near = lines.start.saturating_sub(NEAR)..lines.end.saturating_add(NEAR).min(most);
    let is_missing = !whole && lines.start < most && (near.start < have.start || near.end > have.end);
    let ask = is_missing.then(|| {
        let from = lines.start.saturating_sub(AHEAD);
        TableWindow { from, count: lines.end.saturating_add(AHEAD) - from, ..window_of(table) }
    });
    let on_action = on_action.clone();
    use_effect_with((ask, have.start, have.end), move |(ask, ..)| {
        if let Some(window) = ask {
            on_action.emit(Action::Table(window.clone()));
        }
    });
}

/// Sizes of the scrolling part: as high as its lines, up to what the style sheet allows.
#[hook]
pub fn use_layout(parts: [&NodeRef; 3], sizes: (f64, f64, f64, u32)) {
    let [scroller, pane, body] = parts;
    let (scroller, pane, body) = (scroller.clone(), pane.clone(), body.clone());
    use_effect_with(sizes, move |(full, height, shift, width)| {
        set_css(&scroller, "--table-height", &format!("{full}px"));
        set_css(&pane, "height", &format!("{height}px"));
        set_css(&pane, "min-width", &format!("{width}px"));
        set_css(&body, "transform", &format!("translateY(-{shift}px)"));
    });
}

/// Brings the open line into sight when another one is opened.
#[hook]
pub fn use_reveal(open: Option<u32>, scroll: Scroll, scroller: &NodeRef) {
    let scroller = scroller.clone();
    use_effect_with(open, move |open| {
        if let Some((index, element)) = open.filter(|index| *index < scroll.lines).zip(scroller.cast::<Element>())
            && let Some(to) = scroll.reveal(index, f64::from(element.scroll_top()))
        {
            element.set_scroll_top(to as i32);
        }
    });
}

/// Keeps the keyboard's focus on the active cell, or on the table while that line is out of sight.
#[hook]
pub fn use_focus(scroller: &NodeRef, has_focus: bool, place: (u32, usize), first: u32) {
    let scroller = scroller.clone();
    use_effect_with((place, first, has_focus), move |_| {
        let Some(table) = scroller.cast::<HtmlElement>().filter(|_| has_focus) else { return };
        let inside = table.query_selector(".data-table__body :focus").ok().flatten();
        if inside.as_ref().and_then(place_of) == Some(place) {
            return;
        }
        let cell = table.query_selector("[data-cell][tabindex='0']").ok().flatten();
        let target: HtmlElement = cell.map_or(table, wasm_bindgen::JsCast::unchecked_into);
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = target.focus_with_options(&options);
    });
}
