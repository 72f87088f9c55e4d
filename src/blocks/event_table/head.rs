//! The heading of the table: each column sorts; its right edge, or Shift and an arrow key, makes it
//! wider or narrower.

use super::widths::Widths;
use crate::{action::Action, blocks::time_histogram::zone_name};
use guestlens_core::{model::Field, protocol::Sort, time::Zone};
use web_sys::Element;
use yew::prelude::*;

/// Pixels that a key press adds.
const STEP: u32 = 16;

/// The heading.
pub fn head(
    columns: &[Field],
    sort: Sort,
    zone: &Zone,
    is_narrow: bool,
    widths: &UseStateHandle<Widths>,
    on_action: &Callback<Action>,
) -> Html {
    let column = |(number, field): (usize, Field)| heading(number, field, sort, zone, widths, on_action);
    if is_narrow {
        let field = Field::Time;
        return html! { <thead class="event-table__head" role="rowgroup"><tr role="row" aria-rowindex="1">{ column((0, field)) }</tr></thead> };
    }
    html! {
        <thead class="event-table__head" role="rowgroup">
            <tr role="row" aria-rowindex="1">
                <th class="event-table__mark" scope="col" role="columnheader" aria-colindex="1"><span class="visually-hidden">{ "Guest" }</span></th>
                { for columns.iter().copied().enumerate().map(column) }
            </tr>
        </thead>
    }
}

fn heading(
    number: usize,
    field: Field,
    sort: Sort,
    zone: &Zone,
    widths: &UseStateHandle<Widths>,
    on_action: &Callback<Action>,
) -> Html {
    let is_sorted = sort.field == field;
    let (state, arrow) = match (is_sorted, sort.descending) {
        (false, _) => (None, ""),
        (true, true) => (Some("descending"), "↓"),
        (true, false) => (Some("ascending"), "↑"),
    };
    let descending = if is_sorted { !sort.descending } else { field == Field::Time };
    let onclick = on_action.reform(move |_: MouseEvent| Action::Sort(Sort { field, descending }));
    let onkeydown = {
        let widths = widths.clone();
        move |event: KeyboardEvent| {
            let now = widths.of(field);
            let to = match event.key().as_str() {
                "ArrowRight" if event.shift_key() => now + STEP,
                "ArrowLeft" if event.shift_key() => now.saturating_sub(STEP),
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            widths.set(widths.with(field, to));
        }
    };
    let label =
        if field == Field::Time { format!("{} ({})", field.label(), zone_name(zone)) } else { field.label().into() };
    html! {
        <th class="event-table__heading" scope="col" role="columnheader" key={field.id()} aria-sort={state}
            aria-colindex={(number + 2).to_string()} data-field={field.id()}>
            <button type="button" class="event-table__sort" title={format!("Sort by {}; Shift with an arrow key changes the width", field.label())}
                aria-keyshortcuts="Shift+ArrowLeft Shift+ArrowRight" {onclick} {onkeydown}>
                <span class="event-table__name">{ label }</span><span class="event-table__arrow" aria-hidden="true">{ arrow }</span>
            </button>
            { edge(field, widths) }
        </th>
    }
}

fn edge(field: Field, widths: &UseStateHandle<Widths>) -> Html {
    let onpointerdown = |event: PointerEvent| {
        event.prevent_default();
        if let Some(edge) = event.target_dyn_into::<Element>() {
            let _ = edge.set_pointer_capture(event.pointer_id());
        }
    };
    let onpointermove = {
        let widths = widths.clone();
        move |event: PointerEvent| {
            let edge = event.target_dyn_into::<Element>().filter(|edge| edge.has_pointer_capture(event.pointer_id()));
            if let Some(heading) = edge.and_then(|edge| edge.parent_element()) {
                let left = heading.get_bounding_client_rect().left();
                widths.set(widths.with(field, (f64::from(event.client_x()) - left).max(0.0) as u32));
            }
        }
    };
    html! { <span class="event-table__edge" aria-hidden="true" {onpointerdown} {onpointermove} /> }
}
