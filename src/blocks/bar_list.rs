//! The most frequent values of a field as ranked bars; each bar leads to its events.

use super::{
    chart_figure::ChartFigure,
    export_svg::{self, Caption},
    value::Value,
};
use crate::action::{Action, View};
use guestlens_core::{
    chart::thousands,
    protocol::Clause,
    report::{Bar, BarList as Data, Door},
};
use yew::prelude::*;

/// Ranked bars.
pub fn bar_list(key: String, list: &Data, context: &AttrValue, on_action: &Callback<Action>) -> Html {
    let max = list.bars.iter().map(|bar| bar.count).max().unwrap_or(1).max(1);
    let as_table = {
        let list = list.clone();
        Callback::from(move |()| table(&list))
    };
    let draw = {
        let (list, context) = (list.clone(), context.clone());
        Callback::from(move |saved: String| {
            let note = how_many(&list);
            export_svg::bar_list(&Caption { title: &list.title, context: &context, note: &note, saved: &saved }, &list)
        })
    };
    html! {
        <ChartFigure {key} class="bar-list" title={list.title.clone()} note={how_many(list)} name={list.id.clone()}
            table={as_table} {draw} on_action={on_action.clone()}>
            if list.bars.is_empty() {
                <p class="empty">{ "No matching event has a value here. Widen the time window or remove a filter." }</p>
            } else {
                <ol class="bar-list__bars">{ for list.bars.iter().map(|bar| line(list, bar, max, on_action)) }</ol>
                if list.distinct > list.bars.len() as u64 { { all(list, on_action) } }
            }
        </ChartFigure>
    }
}

fn how_many(list: &Data) -> String {
    let shown = list.bars.len() as u64;
    if list.distinct > shown {
        format!("{} of {} values", thousands(shown), thousands(list.distinct))
    } else {
        format!("{} {}", thousands(shown), if shown == 1 { "value" } else { "values" })
    }
}

fn line(list: &Data, bar: &Bar, max: u64, on_action: &Callback<Action>) -> Html {
    let clause = Clause { field: list.field, values: vec![bar.value.clone()], exclude: false };
    let door = Door { clauses: vec![clause], ..Door::default() };
    let width = format!("{:.2}%", (bar.count as f64 / max as f64 * 100.0).max(1.5));
    html! {
        <li key={bar.value.clone()}>
            <button type="button" class="bar-list__bar" data-field={list.field.id()}
                data-value={bar.value.clone()} data-count={bar.count.to_string()}
                onclick={on_action.reform(move |_| Action::Go(door.clone()))}>
                <span class="bar-list__name"><Value field={list.field} value={bar.value.clone()} in_words={true} /></span>
                <svg class="bar-list__track" width="100%" height="10" aria-hidden="true">
                    <rect class="mark mark--plain" {width} height="10" rx="2" />
                </svg>
                <span class="bar-list__count">{ thousands(bar.count) }<span class="visually-hidden">{ " events" }</span></span>
            </button>
        </li>
    }
}

fn all(list: &Data, on_action: &Callback<Action>) -> Html {
    let (field, on_action) = (list.field, on_action.clone());
    let open = move |_| {
        on_action.emit(Action::GroupBy(field, None));
        on_action.emit(Action::Show(View::Groups));
    };
    html! {
        <button type="button" class="bar-list__all" onclick={open}>{ format!("All {} values", thousands(list.distinct)) }</button>
    }
}

fn table(list: &Data) -> Html {
    let line = |bar: &Bar| {
        html! {
            <tr key={bar.value.clone()}>
                <th scope="row"><Value field={list.field} value={bar.value.clone()} whole={true} /></th>
                <td>{ thousands(bar.count) }</td>
            </tr>
        }
    };
    html! {
        <table class="chart-table">
            <caption>{ format!("{}: {}", list.title, how_many(list)) }</caption>
            <thead><tr><th scope="col">{ list.field.label() }</th><th scope="col">{ "Events" }</th></tr></thead>
            <tbody>{ for list.bars.iter().map(line) }</tbody>
        </table>
    }
}
