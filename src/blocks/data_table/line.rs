//! One line of a table: its cells, what it opens or leads to, and the button that unfolds lines below.

use crate::{
    action::Action,
    blocks::{
        cell::{self, words},
        named::with_data,
    },
    components::{Glyph, icon},
};
use guestlens_core::{
    report::{TableColumn, TableLine, Value},
    time::Zone,
};
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
#[expect(clippy::struct_excessive_bools, reason = "each says something of its own about the line")]
pub struct Props {
    /// Its place in the table, those below others counted too.
    pub index: u32,
    /// The line; `None` while it is on its way.
    pub line: Option<TableLine>,
    /// The columns.
    pub columns: Rc<Vec<TableColumn>>,
    /// `data-testid`.
    pub testid: AttrValue,
    /// Calendar of times.
    pub zone: Zone,
    /// Whether lines of the table stand below others.
    pub is_tree: bool,
    /// Whether it stands below another.
    pub is_below: bool,
    /// Whether lines below it are shown; `None` where there are none.
    pub unfolded: Option<bool>,
    /// Whether its details are open.
    pub is_open: bool,
    /// The column that the keyboard is on.
    pub focus: Option<usize>,
    /// Whether cells show all of their values, each under the name of its column, for print.
    pub whole: bool,
    /// Whether a last column holds doors.
    pub has_doors: bool,
    /// Takes its key, to unfold or fold it.
    pub on_toggle: Callback<u32>,
    /// Takes what it opens or leads to.
    pub on_action: Callback<Action>,
}

/// What a click on the line, or Enter, does.
pub fn leads_to(line: &TableLine) -> Option<Action> {
    if line.opens {
        return Some(Action::Open(Some(line.key.clone())));
    }
    line.door.clone().map(Action::Go)
}

/// A line.
#[component]
pub fn Line(props: &Props) -> Html {
    let Props { index, line, columns, testid, is_open, on_action, .. } = props;
    let rowindex = (u64::from(*index) + 2).to_string();
    let Some(line) = line else {
        return html! {
            <tr class="data-table__line data-table__line--waiting" role="row" aria-rowindex={rowindex} aria-busy="true" data-place={index.to_string()}>
                { for columns.iter().enumerate().map(|(at, _)| html! { <td role="gridcell" key={at} tabindex={tabindex(props, at)} data-cell={at.to_string()}><span class="data-table__wait" /></td> }) }
                if props.has_doors { <td role="gridcell" /> }
            </tr>
        };
    };
    let onclick = leads_to(line).map(|action| on_action.reform(move |_: MouseEvent| action.clone()));
    let class = classes!(
        "data-table__line",
        onclick.is_some().then_some("data-table__line--leads"),
        props.is_below.then_some("data-table__line--below")
    );
    let tag = html! {
        <tr {class} role="row" aria-rowindex={rowindex} aria-selected={line.opens.then(|| is_open.to_string())}
            aria-level={props.is_tree.then_some(if props.is_below { "2" } else { "1" })} aria-expanded={props.unfolded.map(|yes| yes.to_string())}
            data-testid={testid.clone()} data-place={index.to_string()} {onclick}>
            { for columns.iter().enumerate().map(|(at, column)| cell(props, line, at, column)) }
            if props.has_doors { { door(props, line) } }
        </tr>
    };
    with_data(tag, &line.data)
}

fn tabindex(props: &Props, at: usize) -> &'static str {
    if props.focus == Some(at) { "0" } else { "-1" }
}

fn cell(props: &Props, line: &TableLine, at: usize, column: &TableColumn) -> Html {
    let unknown = Value::none("The table has no value here");
    let value = line.cells.get(at).unwrap_or(&unknown);
    let class = classes!("data-table__cell", column.is_number.then_some("data-table__cell--number"));
    html! {
        <td {class} role={if at == 0 { "rowheader" } else { "gridcell" }} key={at} tabindex={tabindex(props, at)}
            data-cell={at.to_string()} data-label={props.whole.then(|| column.label.clone())} title={words(value, &props.zone)}>
            if at == 0 {
                <span class="data-table__first">{ fold(props) }{ cell::cell(value, &props.zone, props.whole) }</span>
            } else {
                { cell::cell(value, &props.zone, props.whole) }
            }
        </td>
    }
}

/// The button that unfolds the lines below, and room for it where another line has one.
fn fold(props: &Props) -> Html {
    let Some(unfolded) = props.unfolded else { return Html::default() };
    let (index, on_toggle) = (props.index, props.on_toggle.clone());
    let onclick = move |event: MouseEvent| {
        event.stop_propagation();
        on_toggle.emit(index);
    };
    let (glyph, words) =
        if unfolded { (Glyph::ChevronDown, "Fold the lines below") } else { (Glyph::Chevron, "Show the lines below") };
    html! {
        <button type="button" class="data-table__fold" data-testid="table-unfold" tabindex={tabindex(props, 0)} aria-expanded={unfolded.to_string()}
            aria-label={words} title={words} {onclick}>{ icon(glyph) }</button>
    }
}

/// Where the line leads, besides its details; a sign that it leads somewhere.
fn door(props: &Props, line: &TableLine) -> Html {
    let content = match (&line.door, line.opens) {
        (Some(door), true) => {
            let (door, on_action) = (door.clone(), props.on_action.clone());
            let onclick = move |event: MouseEvent| {
                event.stop_propagation();
                on_action.emit(Action::Go(door.clone()));
            };
            let words = door_words(line.door.as_ref().and_then(|door| door.view));
            html! {
                <button type="button" class="data-table__door" data-testid="line-door" tabindex={if props.focus.is_some() { "0" } else { "-1" }}
                    aria-label={words.clone()} title={words} {onclick}>{ icon(Glyph::Events) }</button>
            }
        }
        (Some(_), false) => html! { <span class="data-table__leads">{ icon(Glyph::Door) }</span> },
        (None, true) => html! { <span class="data-table__leads">{ icon(Glyph::Chevron) }</span> },
        (None, false) => Html::default(),
    };
    html! { <td class="data-table__doors" role="gridcell">{ content }</td> }
}

/// What a door says of itself.
fn door_words(view: Option<guestlens_core::report::View>) -> String {
    view.map_or_else(|| "Show the events".to_owned(), |view| format!("Go to {}", view.label()))
}
