//! The virtual table: however many events match, only the lines in sight are in the document. They
//! stand in a pane that sticks to the view while an empty drawing below it gives the scroll bar its
//! range, so fast scrolling never shows a blank page.

mod chooser;
mod head;
mod hooks;
mod keys;
mod line;
mod widths;

use super::measure::use_size;
use crate::action::Action;
use chooser::Chooser;
use guestlens_core::{
    chart::Scroll,
    model::Field,
    protocol::Sort,
    report::{Row, Rows},
    time::Zone,
};
use hooks::{use_focus, use_fresh_start, use_layout, use_lines_at_hand, use_reveal, use_same_place};
use line::{Line, Narrow};
use web_sys::Element;
use widths::Widths;
use yew::prelude::*;

/// Height of the heading and of a line, pixels; `--line` of the tokens.
const LINE: f64 = 32.0;
/// Height of a line that stands on two.
const TWO_LINES: f64 = 56.0;
/// Below this width, events stand on two lines.
const NARROW: f64 = 640.0;

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
    let (width, height) = use_size(&scroller, "events", (1_024.0, 600.0));
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
    use_focus(&scroller, *has_focus, is_narrow, place, window);

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
            html! { <Narrow key={index} {index} {row} columns={columns.clone()} zone={zone.clone()} {is_selected} {focus} on_action={on_action.clone()} /> }
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
