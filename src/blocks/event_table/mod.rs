//! The virtual table: however many events match, only the lines in sight are in the document. They
//! stand in a pane that sticks to the view while an empty drawing below it gives the scroll bar its
//! range, so fast scrolling never shows a blank page.

mod chooser;
mod head;
mod keys;
mod line;
mod widths;

use super::measure::{set_css, use_size};
use crate::action::Action;
use chooser::Chooser;
use guestlens_core::{
    chart::{Scroll, Window},
    model::Field,
    protocol::Sort,
    report::{Row, Rows},
    time::Zone,
};
use line::{Line, Narrow};
use web_sys::{Element, HtmlElement};
use widths::Widths;
use yew::prelude::*;

/// Height of the heading and of a line, pixels; `--line` of the tokens.
const LINE: f64 = 32.0;
/// Height of a line that stands on two.
const TWO_LINES: f64 = 56.0;
/// Below this width, events stand on two lines.
const NARROW: f64 = 640.0;
/// Lines that are asked for beyond those in sight, and at which distance.
const AHEAD: u32 = 60;
const NEAR: u32 = 20;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The lines that are at hand.
    pub rows: Rows,
    /// How many lines there are.
    pub matching: u64,
    /// Columns, in order.
    pub columns: Vec<Field>,
    /// Order of the lines.
    pub sort: Sort,
    /// The line whose details are shown.
    pub selected: Option<u32>,
    /// Calendar of times.
    pub zone: Zone,
    /// Number of the table: another one is shown from its first line.
    pub seq: u32,
    /// Takes [`Action::NeedRows`], [`Action::Select`], [`Action::Sort`], [`Action::Columns`] and what cells lead to.
    pub on_action: Callback<Action>,
}

/// A cell: line and column.
type Place = (u32, usize);

/// The table of events.
#[component]
pub fn EventTable(props: &Props) -> Html {
    let Props { rows, columns, sort, selected, zone, on_action, .. } = props;
    let scroller = use_node_ref();
    let pane = use_node_ref();
    let body = use_node_ref();
    let (width, height) = use_size(&scroller, (1_024.0, 600.0));
    let top = use_state_eq(|| 0.0);
    let active = use_state_eq(|| (0_u32, 0_usize));
    let has_focus = use_state_eq(|| false);
    let over = use_state_eq(|| None::<Place>);
    let widths = use_state_eq(Widths::default);

    let is_narrow = width < NARROW;
    let lines = props.matching.min(u64::from(u32::MAX - 2)) as u32;
    let scroll = Scroll { lines, line: if is_narrow { TWO_LINES } else { LINE }, view: (height - LINE).max(LINE) };
    let window = scroll.window(*top);
    let place = (active.0.min(lines.saturating_sub(1)), active.1.min(columns.len().saturating_sub(1)));

    use_lines_at_hand(props, window);
    use_layout(&pane, &body, height, window.shift, widths.table_width(columns, is_narrow));
    use_fresh_start(props.seq, &scroller, &active);
    use_same_place(is_narrow, scroll, *top, place.0, &scroller);
    use_reveal(*selected, scroll, &scroller);
    use_focus(&scroller, *has_focus, place, window);

    let move_to = {
        let (active, scroller, top) = (active.clone(), scroller.clone(), top.clone());
        Callback::from(move |place: Place| {
            active.set(place);
            if let Some((to, element)) = scroll.reveal(place.0, *top).zip(scroller.cast::<Element>()) {
                element.set_scroll_top(to as i32);
                top.set(to);
            }
        })
    };
    let onscroll = {
        let (scroller, top) = (scroller.clone(), top.clone());
        move |_: Event| {
            if let Some(element) = scroller.cast::<Element>() {
                top.set(f64::from(element.scroll_top()));
            }
        }
    };
    let onfocusin = {
        let (active, has_focus) = (active.clone(), has_focus.clone());
        move |event: FocusEvent| {
            if let Some(place) = event.target_dyn_into::<Element>().and_then(|target| place_of(&target)) {
                active.set(place);
                has_focus.set(true);
            }
        }
    };
    let onfocusout = {
        let has_focus = has_focus.clone();
        move |event: FocusEvent| {
            // Without a next element, the line may just have scrolled away.
            if let Some(next) = event.related_target() {
                let next: Option<Element> = wasm_bindgen::JsCast::dyn_into(next).ok();
                has_focus.set(next.is_some_and(|next| next.closest(".event-table__body").ok().flatten().is_some()));
            }
        }
    };
    let onpointerover = {
        let over = over.clone();
        move |event: PointerEvent| {
            if event.pointer_type() == "mouse" {
                over.set(event.target_dyn_into::<Element>().and_then(|target| place_of(&target)));
            }
        }
    };
    let onpointerleave = {
        let over = over.clone();
        move |_: PointerEvent| over.set(None)
    };

    let line = |index: u32| {
        let row = row_at(rows, columns, index);
        let at = |place: Option<Place>| place.filter(|place| place.0 == index).map(|place| place.1);
        let is_selected = *selected == Some(index);
        let focus = at(Some(place));
        if is_narrow {
            html! { <Narrow key={index} {index} {row} columns={columns.clone()} zone={zone.clone()} {is_selected} is_active={focus.is_some()} on_action={on_action.clone()} /> }
        } else {
            let menu = at(over.or((*has_focus).then_some(place)));
            html! { <Line key={index} {index} {row} columns={columns.clone()} zone={zone.clone()} {is_selected} {focus} {menu} on_action={on_action.clone()} /> }
        }
    };
    html! {
        <div class={classes!("event-table", is_narrow.then_some("event-table--narrow"))} data-testid="event-table" data-matching={props.matching.to_string()}>
            <div class="event-table__scroller" ref={scroller} tabindex="-1" {onscroll}
                onkeydown={keys::on_key(place, columns.len(), scroll, move_to, on_action.clone())}>
                <div class="event-table__pane" ref={pane}>
                    <table class="event-table__grid" role="grid" aria-label="Events" aria-rowcount={(props.matching + 1).to_string()}
                        aria-colcount={(columns.len() + 1).to_string()} aria-multiselectable="false">
                        if !is_narrow { { widths.columns(columns) } }
                        { head::head(columns, *sort, zone, is_narrow, &widths, on_action) }
                        <tbody class="event-table__body" role="rowgroup" ref={body} {onfocusin} {onfocusout} {onpointerover} {onpointerleave}>
                            { for (window.first..window.first + window.count).map(line) }
                        </tbody>
                    </table>
                    if lines == 0 {
                        <p class="empty">{ "No event matches. Remove a filter, widen the time window, or clear the search." }</p>
                    }
                </div>
                <svg class="event-table__range" width="1" height={scroll.range().to_string()} aria-hidden="true" />
            </div>
            if !is_narrow { <Chooser columns={columns.clone()} on_action={on_action.clone()} /> }
        </div>
    }
}

fn row_at(rows: &Rows, columns: &[Field], index: u32) -> Option<Row> {
    let at = index.checked_sub(rows.from)? as usize;
    rows.rows.get(at).filter(|_| rows.columns == columns).cloned()
}

fn place_of(target: &Element) -> Option<Place> {
    let cell = target.closest("[data-column]").ok().flatten()?;
    let line = cell.closest("[data-index]").ok().flatten()?;
    Some((line.get_attribute("data-index")?.parse().ok()?, cell.get_attribute("data-column")?.parse().ok()?))
}

/// Asks for lines before they come into sight. Scroll events come once per frame, so this does too.
#[hook]
fn use_lines_at_hand(props: &Props, window: Window) {
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
fn use_layout(pane: &NodeRef, body: &NodeRef, height: f64, shift: f64, width: f64) {
    let (pane, body) = (pane.clone(), body.clone());
    use_effect_with((height, shift, width), move |(height, shift, width)| {
        set_css(&pane, "height", &format!("{height}px"));
        set_css(&pane, "min-width", &format!("{width}px"));
        set_css(&body, "transform", &format!("translateY(-{shift}px)"));
    });
}

/// Another table is shown from its first line.
#[hook]
fn use_fresh_start(seq: u32, scroller: &NodeRef, active: &UseStateHandle<Place>) {
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
fn use_same_place(is_narrow: bool, scroll: Scroll, top: f64, active: u32, scroller: &NodeRef) {
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
fn use_reveal(selected: Option<u32>, scroll: Scroll, scroller: &NodeRef) {
    let scroller = scroller.clone();
    use_effect_with(selected, move |selected| {
        if let Some((index, element)) = selected.filter(|index| *index < scroll.lines).zip(scroller.cast::<Element>())
            && let Some(to) = scroll.reveal(index, f64::from(element.scroll_top()))
        {
            element.set_scroll_top(to as i32);
        }
    });
}

/// Keeps the keyboard's focus on the active cell, or on the table while that line is out of sight.
#[hook]
fn use_focus(scroller: &NodeRef, has_focus: bool, place: Place, window: Window) {
    let scroller = scroller.clone();
    use_effect_with((place, window.first, has_focus), move |_| {
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
