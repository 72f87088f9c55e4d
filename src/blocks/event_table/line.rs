//! One event as a line of the table, on a narrow window as two.

use super::super::value::{NO_VALUE, Value};
use crate::{
    action::Action,
    components::{Glyph, icon, text::escape},
};
use guestlens_core::{
    model::Field,
    report::{Cell, Row},
    time::{Zone, iso, plain},
};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// Position in the table.
    pub index: u32,
    /// The event; `None` until it is at hand.
    pub row: Option<Row>,
    /// Columns, in order.
    pub columns: Vec<Field>,
    /// Calendar of times.
    pub zone: Zone,
    /// Whether its details are shown.
    pub is_selected: bool,
    /// The column that the Tab key leads to.
    #[prop_or_default]
    pub focus: Option<usize>,
    /// The column whose menu is shown.
    #[prop_or_default]
    pub menu: Option<usize>,
    /// Takes [`Action::Select`] and what cells lead to.
    pub on_action: Callback<Action>,
}

/// An event on one line.
#[component]
pub fn Line(props: &Props) -> Html {
    let Props { index, row, columns, menu, .. } = props;
    let cell = |(number, field): (usize, &Field)| {
        let value = value_of(row.as_ref(), number, *field);
        html! {
            <td class={class(*field)} role="gridcell" key={field.id()} aria-colindex={(number + 2).to_string()}
                tabindex={if props.focus == Some(number) { "0" } else { "-1" }} data-column={number.to_string()}
                data-field={field.id()} data-value={value.clone()}>
                { content(props, number, *field) }
                if *menu == Some(number) && row.is_some() { { tools(props, *field, value.unwrap_or_default(), props.focus == Some(number)) } }
            </td>
        }
    };
    html! {
        <tr class={classes!("event-table__line", row.is_none().then_some("event-table__line--waiting"))} role="row"
            aria-rowindex={(u64::from(*index) + 2).to_string()} aria-selected={props.is_selected.to_string()}
            aria-busy={row.is_none().then_some("true")} data-testid="event" data-index={index.to_string()} onclick={select(props)}>
            <td class="event-table__mark" role="gridcell" aria-colindex="1">{ guest(row.as_ref()) }</td>
            { for columns.iter().enumerate().map(cell) }
        </tr>
    }
}

/// An event on two lines: time and status, then activity, actor and target.
#[component]
pub fn Narrow(props: &Props) -> Html {
    let Props { index, row, columns, focus, .. } = props;
    let shown = [Field::Time, Field::Result, Field::Activity, Field::Actor, Field::Target];
    let is_shown = |at: &usize| columns.get(*at).is_some_and(|field| shown.contains(field));
    let focus = focus.map(|at| Some(at).filter(is_shown).or_else(|| (0..columns.len()).find(is_shown)));
    let cell = |field: &Field| {
        let number = columns.iter().position(|one| one == field)?;
        Some(html! {
            <td class={classes!(class(*field), format!("event-table__cell--{}", field.id()))} role="gridcell" key={field.id()}
                tabindex={if focus == Some(Some(number)) { "0" } else { "-1" }} data-column={number.to_string()}
                data-field={field.id()} data-value={value_of(row.as_ref(), number, *field)}>
                { content(props, number, *field) }
                if *field == Field::Time { { guest(row.as_ref()) } }
            </td>
        })
    };
    html! {
        <tr class={classes!("event-table__line", row.is_none().then_some("event-table__line--waiting"))} role="row"
            aria-rowindex={(u64::from(*index) + 2).to_string()} aria-selected={props.is_selected.to_string()}
            data-testid="event" data-index={index.to_string()} onclick={select(props)}>
            { for shown.iter().filter_map(cell) }
        </tr>
    }
}

fn select(props: &Props) -> Callback<MouseEvent> {
    let index = props.index;
    props.on_action.reform(move |_| Action::Select(Some(index)))
}

fn class(field: Field) -> &'static str {
    if field == Field::Time { "event-table__cell event-table__cell--when" } else { "event-table__cell" }
}

fn guest(row: Option<&Row>) -> Html {
    match row {
        Some(row) if row.guest => html! {
            <span class="event-table__guest" title="A guest takes part">{ icon(Glyph::Guest) }<span class="visually-hidden">{ "Guest" }</span></span>
        },
        _ => Html::default(),
    }
}

/// The whole value, as a filter wants it.
fn value_of(row: Option<&Row>, number: usize, field: Field) -> Option<String> {
    let row = row?;
    if field == Field::Time {
        return Some(row.time.map(iso).unwrap_or_default());
    }
    row.cells.get(number).map(|cell| cell.text.clone())
}

fn content(props: &Props, number: usize, field: Field) -> Html {
    let Some(row) = &props.row else { return html! { <span class="event-table__wait" /> } };
    if field == Field::Time {
        return match row.time {
            Some(ticks) => html! { <span class="value">{ plain(ticks, &props.zone) }</span> },
            None => html! { <span class="value value--none" title={NO_VALUE}>{ "-" }</span> },
        };
    }
    let Cell { text, more } = row.cells.get(number).cloned().unwrap_or_default();
    html! {
        <span class="event-table__text" title={(!text.is_empty()).then(|| escape(&text))}>
            <Value {field} value={text} />
            if more > 0 { <span class="event-table__more" title={format!("{more} more in the details")}>{ format!("+{more}") }</span> }
        </span>
    }
}

fn tools(props: &Props, field: Field, value: String, is_focused: bool) -> Html {
    let tabindex = if is_focused { "0" } else { "-1" };
    let button = |glyph: Glyph, words: &'static str, action: Action| {
        let on_action = props.on_action.clone();
        let onclick = move |event: MouseEvent| {
            event.stop_propagation();
            on_action.emit(action.clone());
        };
        html! { <button type="button" class="event-table__tool" {tabindex} aria-label={words} title={words} {onclick}>{ icon(glyph) }</button> }
    };
    html! {
        <span class="event-table__tools">
            <span class="event-table__hint" aria-hidden="true">{ icon(Glyph::Filter) }</span>
            if field != Field::Time {
                { button(Glyph::Add, "Include this value (f)", Action::Include { field, value: value.clone() }) }
                { button(Glyph::Minus, "Exclude this value (x)", Action::Exclude { field, value: value.clone() }) }
            }
            { button(Glyph::Copy, "Copy this value", Action::Copy(value)) }
        </span>
    }
}
