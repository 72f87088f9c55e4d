//! A heat map of weekday by hour, or of any two ordered scales. Keys move from cell to cell.

use super::{
    chart_figure::ChartFigure,
    export_svg::{self, Caption},
    time_histogram::zone_name,
};
use crate::action::Action;
use guestlens_core::{
    chart::{events, heat_range, heat_step, thousands},
    report::Heatmap as Data,
    time::Zone,
};
use web_sys::HtmlElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The counts.
    pub map: Data,
    /// Calendar of the scales.
    pub zone: Zone,
    /// The filters in words, for exported pictures.
    pub context: AttrValue,
    /// Takes what is saved.
    pub on_action: Callback<Action>,
}

/// A heat map.
#[component]
pub fn Heatmap(props: &Props) -> Html {
    let Props { map, zone, context, on_action } = props;
    let cursor = use_state_eq(|| 0_usize);
    let over = use_state_eq(|| None::<usize>);
    let max = map.counts.iter().copied().max().unwrap_or(0);
    let note = format!("Weekday by hour, {}", zone_name(zone));
    let as_table = {
        let map = map.clone();
        Callback::from(move |()| table(&map))
    };
    let draw = {
        let (map, context, note) = (map.clone(), context.clone(), note.clone());
        Callback::from(move |saved: String| {
            export_svg::heatmap(&Caption { title: &map.title, context: &context, note: &note, saved: &saved }, &map)
        })
    };
    let width = map.columns.len().max(1);
    let go = on_action.reform(Action::Hour);
    let readout = over.filter(|cell| *cell < map.counts.len()).map(|cell| words(map, cell)).unwrap_or_default();
    html! {
        <ChartFigure class="heatmap" title={map.title.clone()} {note} name={map.id.clone()} table={as_table} {draw}
            on_action={on_action.clone()}>
            <div class="heatmap__grid" role="grid" aria-label={map.title.clone()} aria-readonly="true"
                onkeydown={walk(&cursor, width, map, &go)} onpointerleave={set_to(&over, None)}>
                <div class="heatmap__row" role="row">
                    <span class="heatmap__corner" role="columnheader"><span class="visually-hidden">{ "Weekday" }</span></span>
                    { for map.columns.iter().map(|name| html! { <span class="heatmap__hour" role="columnheader">{ hour(name) }</span> }) }
                </div>
                { for map.rows.iter().enumerate().map(|(row, name)| line(map, row, name, max, (*cursor, &cursor), &over, &go)) }
            </div>
            <div class="heatmap__foot"><span class="heatmap__readout">{ readout }</span>{ legend(max) }</div>
        </ChartFigure>
    }
}

fn set_to(over: &UseStateHandle<Option<usize>>, cell: Option<usize>) -> Callback<PointerEvent> {
    let over = over.clone();
    Callback::from(move |_| over.set(cell))
}

/// `0` is `00`; names that are no hours stay.
fn hour(name: &str) -> String {
    name.parse::<u8>().map_or_else(|_| name.to_owned(), |hour| format!("{hour:02}"))
}

fn line(
    map: &Data,
    row: usize,
    name: &str,
    max: u32,
    (cursor, state): (usize, &UseStateHandle<usize>),
    over: &UseStateHandle<Option<usize>>,
    go: &Callback<u8>,
) -> Html {
    let width = map.columns.len();
    let cell = |column: usize| {
        let at = row * width + column;
        let count = map.counts.get(at).copied().unwrap_or(0);
        let step = heat_step(count, max);
        let state = state.clone();
        let hour = leads(map, at);
        let onclick = hour.map(|hour| go.reform(move |_: MouseEvent| hour));
        html! {
            <span key={column} class={classes!("heatmap__cell", "heat", format!("heat--{step}"), hour.map(|_| "heatmap__cell--leads"))} {onclick} data-testid="heat-cell" role="gridcell" tabindex={if at == cursor { "0" } else { "-1" }}
                aria-label={words(map, at)} data-cell={at.to_string()} data-value={count.to_string()}
                onfocus={move |_: FocusEvent| state.set(at)} onpointerover={set_to(over, Some(at))} />
        }
    };
    html! {
        <div class="heatmap__row" role="row" key={row}>
            <span class="heatmap__day" role="rowheader">
                <span aria-hidden="true">{ name.chars().take(3).collect::<String>() }</span><span class="visually-hidden">{ name }</span>
            </span>
            { for (0..width).map(cell) }
        </div>
    }
}

/// The hour of the week that a cell leads to, if it counts any event.
fn leads(map: &Data, cell: usize) -> Option<u8> {
    let is_week = map.rows.len() == 7 && map.columns.len() == 24;
    (is_week && map.counts.get(cell).is_some_and(|count| *count > 0)).then_some(cell as u8)
}

/// `12 events, Monday 14:00–15:00`.
fn words(map: &Data, cell: usize) -> String {
    let width = map.columns.len().max(1);
    let count = map.counts.get(cell).copied().unwrap_or(0);
    let (row, column) = (map.rows.get(cell / width), map.columns.get(cell % width));
    let (row, column) = (row.map_or("", |name| name), column.map_or("", |name| name));
    let column = column
        .parse::<u8>()
        .map_or_else(|_| column.to_owned(), |hour| format!("{hour:02}:00–{:02}:00", (hour + 1) % 24));
    format!("{}, {row} {column}", events(count as u64))
}

fn walk(cursor: &UseStateHandle<usize>, width: usize, map: &Data, go: &Callback<u8>) -> Callback<KeyboardEvent> {
    let (cursor, go, map, cells) = (cursor.clone(), go.clone(), map.clone(), map.counts.len());
    Callback::from(move |event: KeyboardEvent| {
        let at = *cursor;
        let to = match event.key().as_str() {
            "ArrowLeft" if !at.is_multiple_of(width) => at - 1,
            "ArrowRight" if at % width + 1 < width => at + 1,
            "ArrowUp" if at >= width => at - width,
            "ArrowDown" if at + width < cells => at + width,
            "Home" => at - at % width,
            "End" => at - at % width + width - 1,
            "Enter" | " " => {
                event.prevent_default();
                if let Some(hour) = leads(&map, at) {
                    go.emit(hour);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        cursor.set(to);
        let target = event.target_dyn_into::<HtmlElement>();
        let grid = target.and_then(|target| target.closest("[role=grid]").ok().flatten());
        let cell = grid.and_then(|grid| grid.query_selector(&format!("[data-cell='{to}']")).ok().flatten());
        if let Some(cell) = cell {
            let cell: HtmlElement = wasm_bindgen::JsCast::unchecked_into(cell);
            let _ = cell.focus();
        }
    })
}

fn legend(max: u32) -> Html {
    let key = |step: u8| {
        heat_range(step, max).map(|(low, high)| {
            let text = if low == high {
                thousands(low.into())
            } else {
                format!("{}–{}", thousands(low.into()), thousands(high.into()))
            };
            html! { <li key={step}><span class={format!("heatmap__key heat heat--{step}")} />{ text }</li> }
        })
    };
    html! {
        <ul class="heatmap__legend" aria-label="Events per hour">
            <li><span class="heatmap__key heat heat--0" />{ "0" }</li>
            { for (1..=5).filter_map(key) }
        </ul>
    }
}

fn table(map: &Data) -> Html {
    let width = map.columns.len().max(1);
    let line = |(name, counts): (&String, &[u32])| {
        html! {
            <tr><th scope="row">{ name }</th>{ for counts.iter().map(|count| html! { <td>{ thousands(u64::from(*count)) }</td> }) }</tr>
        }
    };
    html! {
        <table class="chart-table">
            <caption>{ &map.title }</caption>
            <thead><tr><th scope="col">{ "Weekday" }</th>{ for map.columns.iter().map(|name| html! { <th scope="col">{ hour(name) }</th> }) }</tr></thead>
            <tbody>{ for map.rows.iter().zip(map.counts.chunks(width)).map(line) }</tbody>
        </table>
    }
}
