//! What the table does after it was painted: asks for lines, sets sizes, scrolls and moves the focus.

use super::{LINE, Place, Props, TWO_LINES, place_of};
use crate::{action::Action, blocks::measure::set_css};
use guestlens_core::chart::{Scroll, Window};
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Lines that are asked for beyond those in sight, and at which distance.
const AHEAD: u32 = 60;
const NEAR: u32 = 20;

/// Asks for lines before they come into sight. Scroll events come once per frame, so this does too.
#[hook]
pub fn use_lines_at_hand(props: &Props, window: Window) {
    let Props { rows, columns, seq, matching, on_action, .. } = props;
    let have = if rows.columns == *columns { rows.from..rows.from + rows.rows.len() as u32 } else { 0..0 };
    let end = window.first + window.count;
    let most = (*matching).min(u64::from(u32::MAX)) as u32;
    let near = window.first.saturating_sub(NEAR)..(end.saturating_add(NEAR)).min(most);
    let is_missing = window.count > 0 && (near.start < have.start || near.end > have.end);
    let from = window.first.saturating_sub(AHEAD);
    let ask = is_missing.then(|| (from, end.saturating_add(AHEAD).min(most) - from));
    let on_action = on_action.clone();
    use_effect_with((ask, *seq, columns.clone()), move |(ask, ..)| {
        if let Some((from, count)) = *ask {
            on_action.emit(Action::NeedRows { from, count });
        }
    });
}

#[hook]
pub fn use_layout(pane: &NodeRef, body: &NodeRef, height: f64, shift: f64, width: f64) {
    let (pane, body) = (pane.clone(), body.clone());
    use_effect_with((height, shift, width), move |(height, shift, width)| {
        set_css(&pane, "height", &format!("{height}px"));
        set_css(&pane, "min-width", &format!("{width}px"));
        set_css(&body, "transform", &format!("translateY(-{shift}px)"));
    });
}

/// Another table is shown from its first line.
#[hook]
pub fn use_fresh_start(seq: u32, scroller: &NodeRef, active: &UseStateHandle<Place>) {
    let (scroller, active) = (scroller.clone(), active.clone());
    use_effect_with(seq, move |_| {
        active.set((0, active.1));
        if let Some(element) = scroller.cast::<Element>() {
            element.set_scroll_top(0);
        }
    });
}

/// When lines change their height, the active one stays where it is, else the first one in sight.
#[hook]
pub fn use_same_place(is_narrow: bool, scroll: Scroll, top: f64, active: u32, scroller: &NodeRef) {
    let scroller = scroller.clone();
    use_effect_with(is_narrow, move |is_narrow| {
        let before = Scroll { line: if *is_narrow { LINE } else { TWO_LINES }, ..scroll };
        let Window { first, count, shift } = before.window(top);
        let is_in_sight = (first..first + count).contains(&active);
        let (kept, below) =
            if is_in_sight { (active, f64::from(active - first) * before.line - shift) } else { (first, -shift) };
        if let Some(element) = scroller.cast::<Element>() {
            element.set_scroll_top(scroll.top_with(kept, below) as i32);
        }
    });
}

/// Brings the selected line into sight when another one is selected.
#[hook]
pub fn use_reveal(selected: Option<u32>, scroll: Scroll, scroller: &NodeRef) {
    let scroller = scroller.clone();
    use_effect_with(selected, move |selected| {
        if let Some((index, element)) = selected.filter(|index| *index < scroll.lines).zip(scroller.cast::<Element>())
            && let Some(to) = scroll.reveal(index, f64::from(element.scroll_top()))
        {
            element.set_scroll_top(to as i32);
        }
    });
}

/// Keeps the keyboard's focus on the active cell, also when lines become two or one again, or on the table while that line is out of sight.
#[hook]
pub fn use_focus(scroller: &NodeRef, has_focus: bool, is_narrow: bool, place: Place, window: Window) {
    let scroller = scroller.clone();
    use_effect_with((place, window.first, has_focus, is_narrow), move |_| {
        let Some(table) = scroller.cast::<HtmlElement>().filter(|_| has_focus) else { return };
        let inside = table.query_selector(".event-table__body :focus").ok().flatten();
        if inside.as_ref().and_then(place_of) == Some(place) {
            return;
        }
        let cell = table.query_selector("[data-column][tabindex='0']").ok().flatten();
        let target: HtmlElement = cell.map_or(table, wasm_bindgen::JsCast::unchecked_into);
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = target.focus_with_options(&options);
    });
}
