//! Counts of pairs: the same names down and across, a cell for each two. Keys move from cell to cell.

use super::{
    chart_figure::ChartFigure,
    export_svg::{self, Caption},
};
use crate::{
    action::Action,
    components::{file_text, text::escape},
};
use guestlens_core::arrange;
use guestlens_core::arrange::Arrange as _;
use guestlens_core::{
    chart::{heat_step, thousands},
    report::{Door, Matrix as Data, MatrixCell},
};
use std::collections::BTreeMap;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The counts.
    pub matrix: Data,
    /// The filters in words, for exported pictures.
    pub context: AttrValue,
    /// Takes [`Action::Go`].
    pub on_action: Callback<Action>,
}

/// A matrix.
#[component]
pub fn Matrix(props: &Props) -> Html {
    let Props { matrix, context, on_action } = props;
    let cursor = use_state_eq(|| (0_u32, 0_u32));
    let node = use_node_ref();
    let cells = arrange::map(matrix.cells.iter().map(|cell| ((cell.a, cell.b), cell)));
    let max = matrix.cells.iter().filter(|cell| cell.a != cell.b).map(|cell| cell.count).max().unwrap_or(0);
    let as_table = {
        let matrix = matrix.clone();
        Callback::from(move |()| table(&matrix))
    };
    let draw = {
        let (matrix, context) = (matrix.clone(), context.clone());
        Callback::from(move |saved: String| {
            let note = note(&matrix);
            export_svg::matrix(
                &Caption { title: &matrix.title, context: &context, note: &note, saved: &saved },
                &matrix,
            )
        })
    };
    let names = || matrix.names.iter().enumerate();
    let column = |(at, name): (usize, &String)| {
        html! { <th class="matrix__column" scope="col" role="columnheader" key={at} title={escape(name)}><span class="matrix__across">{ file_text(name) }</span></th> }
    };
    let line = |(a, name): (usize, &String)| {
        let cell = |b: u32| cell(props, (a as u32, b), cells.get(&(a as u32, b)).copied(), max, *cursor, &cursor);
        html! {
            <tr role="row" key={a}>
                <th class="matrix__name" scope="row" role="rowheader" title={escape(name)}>{ file_text(name) }</th>
                { for (0..matrix.names.len() as u32).map(cell) }
            </tr>
        }
    };
    let doors = arrange::map(matrix.cells.iter().filter_map(|cell| Some(((cell.a, cell.b), cell.door.clone()?))));
    let onkeydown = walk(matrix.names.len() as u32, &node, &cursor, doors, on_action);
    html! {
        <ChartFigure class="matrix" title={matrix.title.clone()} note={note(matrix)} name={matrix.id.clone()} table={as_table} {draw}
            on_action={on_action.clone()}>
            if matrix.names.is_empty() {
                <p class="empty">{ "There is no pair to show." }</p>
            } else {
                <div class="matrix__scroll" ref={node} {onkeydown}>
                    <table class="matrix__grid" role="grid" aria-label={matrix.title.clone()} aria-readonly="true">
                        <thead role="rowgroup"><tr role="row"><td class="matrix__corner" role="gridcell" />{ for names().map(column) }</tr></thead>
                        <tbody role="rowgroup">{ for names().map(line) }</tbody>
                    </table>
                </div>
            }
        </ChartFigure>
    }
}

fn note(matrix: &Data) -> String {
    let left =
        (matrix.left_out > 0).then(|| format!("{} further names are left out", thousands(matrix.left_out.into())));
    [matrix.help.clone(), left.unwrap_or_default()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(". ")
}

/// What a pair says.
pub fn words(matrix: &Data, a: u32, b: u32, count: u32) -> String {
    let name = |at: u32| matrix.names.get(at as usize).map_or_else(String::new, |name| escape(name));
    if a == b {
        format!("{}: {}", name(a), thousands(count.into()))
    } else {
        format!("{} and {}: {}", name(a), name(b), thousands(count.into()))
    }
}

fn cell(
    props: &Props,
    (a, b): (u32, u32),
    cell: Option<&MatrixCell>,
    max: u32,
    cursor: (u32, u32),
    state: &UseStateHandle<(u32, u32)>,
) -> Html {
    let count = cell.map_or(0, |cell| cell.count);
    let door = cell.and_then(|cell| cell.door.clone());
    let label = words(&props.matrix, a, b, count);
    let name = |at: u32| props.matrix.names.get(at as usize).cloned();
    let state = state.clone();
    let leads = door.is_some();
    let on_action = props.on_action.clone();
    let onclick = move |_: MouseEvent| {
        if let Some(door) = &door {
            on_action.emit(Action::Go(door.clone()));
        }
    };
    let step = if a == b { 0 } else { heat_step(count, max) };
    let class = classes!(
        "matrix__cell",
        "heat",
        format!("heat--{step}"),
        (a == b).then_some("matrix__cell--own"),
        leads.then_some("matrix__cell--leads")
    );
    html! {
        <td {class} role="gridcell" key={b} tabindex={if cursor == (a, b) { "0" } else { "-1" }} aria-label={label.clone()} title={label}
            data-testid="matrix-cell" data-a={name(a)} data-b={name(b)} data-count={count.to_string()} data-at={format!("{a}-{b}")}
            onfocus={move |_: FocusEvent| state.set((a, b))} {onclick}>{ if count > 0 { thousands(count.into()) } else { String::new() } }</td>
    }
}

fn walk(
    names: u32,
    node: &NodeRef,
    cursor: &UseStateHandle<(u32, u32)>,
    doors: BTreeMap<(u32, u32), Door>,
    on_action: &Callback<Action>,
) -> Callback<KeyboardEvent> {
    let (node, cursor, on_action) = (node.clone(), cursor.clone(), on_action.clone());
    Callback::from(move |event: KeyboardEvent| {
        let ((a, b), last) = (*cursor, names.saturating_sub(1));
        let to = match event.key().as_str() {
            "ArrowLeft" => (a, b.saturating_sub(1)),
            "ArrowRight" => (a, (b + 1).min(last)),
            "ArrowUp" => (a.saturating_sub(1), b),
            "ArrowDown" => ((a + 1).min(last), b),
            "Home" => (a, 0),
            "End" => (a, last),
            "Enter" | " " => {
                event.prevent_default();
                if let Some(door) = doors.get(&(a, b)) {
                    on_action.emit(Action::Go(door.clone()));
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        cursor.set(to);
        let selector = format!("[data-at='{}-{}']", to.0, to.1);
        if let Some(cell) = node.cast::<Element>().and_then(|grid| grid.query_selector(&selector).ok().flatten()) {
            let cell: HtmlElement = wasm_bindgen::JsCast::unchecked_into(cell);
            let _ = cell.focus();
        }
    })
}

/// The pairs that have a count, largest first.
fn table(matrix: &Data) -> Html {
    let mut cells: Vec<&MatrixCell> = matrix.cells.iter().filter(|cell| cell.count > 0).collect();
    cells.arrange_by(|one, other| other.count.cmp(&one.count).then((one.a, one.b).cmp(&(other.a, other.b))));
    let name = |at: u32| html! { { file_text(&matrix.names.get(at as usize).cloned().unwrap_or_default()) } };
    let line = |cell: &MatrixCell| html! { <tr><th scope="row">{ name(cell.a) }</th><td>{ name(cell.b) }</td><td>{ thousands(cell.count.into()) }</td></tr> };
    html! {
        <table class="chart-table">
            <caption>{ &matrix.title }</caption>
            <thead><tr><th scope="col">{ "Name" }</th><th scope="col">{ "With" }</th><th scope="col">{ "Count" }</th></tr></thead>
            <tbody>{ for cells.into_iter().map(line) }</tbody>
        </table>
    }
}
