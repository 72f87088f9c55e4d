//! What stands on top of a table: its name, how many lines, a box to find some, files to save, and the
//! heading, whose columns sort.

use super::Props;
use crate::{
    action::Action,
    blocks::{cell::words, chart_figure::pin, time_histogram::zone_name},
    components::{Glyph, SearchBox, icon},
};
use guestlens_core::{
    chart::thousands,
    protocol::SheetFormat,
    report::{Table, TableColumn, TableWindow, Value},
    time::Zone,
};
use yew::prelude::*;

/// From so many lines on, there is a box to find some.
const FIND_FROM: u64 = 6;

/// The window that the table shows now, at its first line.
pub fn window(table: &Table) -> TableWindow {
    TableWindow { id: table.id.clone(), sort: table.sort.clone(), find: table.find.clone(), from: 0, count: 0 }
}

/// Name, count, find, save.
pub fn bar(props: &Props, to_top: &Callback<()>) -> Html {
    let Props { table, on_action, .. } = props;
    let counted = if table.matching == table.total {
        thousands(table.total)
    } else {
        format!("{} of {}", thousands(table.matching), thousands(table.total))
    };
    let find = {
        let (window, on_action, to_top) = (window(table), on_action.clone(), to_top.clone());
        Callback::from(move |find: String| {
            to_top.emit(());
            on_action.emit(Action::Table(TableWindow { find, ..window.clone() }));
        })
    };
    let save = |format: SheetFormat, id: &'static str, name: &'static str| {
        let table = table.id.clone();
        let onclick = on_action.reform(move |_: MouseEvent| Action::ExportTable { id: table.clone(), format });
        html! {
            <button type="button" class="data-table__save" data-testid="table-export" data-format={id}
                title={format!("Save all lines of this table as {name}. Contains raw identifiers.")}
                aria-label={format!("Save {} as {name}", props.table.title)} {onclick}>{ name }</button>
        }
    };
    html! {
        <div class="data-table__bar">
            <h2 class="data-table__title" id={format!("table-{}", table.id)}>{ &table.title }</h2>
            <span class="data-table__count" role="status" data-testid="table-count" data-total={table.total.to_string()}
                data-matching={table.matching.to_string()}>{ counted }</span>
            <span class="data-table__tools">
                { pin(format!("table-{}", table.id), &table.title, on_action) }
                if table.total >= FIND_FROM || !table.find.is_empty() {
                    <SearchBox id="table-find" label={format!("Find in {}", table.title.to_lowercase())} placeholder="Find" text={table.find.clone()} on_text={find} />
                }
                if table.total > 0 {
                    <span class="data-table__saves">{ icon(Glyph::Export) }{ save(SheetFormat::Csv, "csv", "CSV") }{ save(SheetFormat::Json, "json", "JSON") }</span>
                }
            </span>
            if !table.help.is_empty() { <p class="data-table__help">{ &table.help }</p> }
        </div>
    }
}

/// The heading.
pub fn head(props: &Props, has_doors: bool, to_top: &Callback<()>) -> Html {
    let columns = props.table.columns.iter().enumerate().map(|(at, column)| heading(props, at, column, to_top));
    html! {
        <thead class="data-table__head" role="rowgroup">
            <tr role="row" aria-rowindex="1">
                { for columns }
                if has_doors { <th class="data-table__doors" scope="col" role="columnheader"><span class="visually-hidden">{ "Leads to" }</span></th> }
            </tr>
        </thead>
    }
}

fn heading(props: &Props, at: usize, column: &TableColumn, to_top: &Callback<()>) -> Html {
    let Props { table, zone, on_action, .. } = props;
    let sorted = table.sort.as_ref().filter(|(id, _)| *id == column.id).map(|(_, descending)| *descending);
    let (state, arrow) = match sorted {
        None => (None, ""),
        Some(true) => (Some("descending"), "↓"),
        Some(false) => (Some("ascending"), "↑"),
    };
    let has_times = table.lines.iter().any(|line| matches!(line.cells.get(at), Some(Value::Time(_))));
    // A first click shows the most or the newest first, or the alphabet; a third gives the own order back.
    let first = column.is_number || has_times;
    let next = match sorted {
        None => Some((column.id.clone(), first)),
        Some(descending) if descending == first => Some((column.id.clone(), !first)),
        Some(_) => None,
    };
    let onclick = {
        let (window, on_action, to_top) = (window(table), on_action.clone(), to_top.clone());
        move |_: MouseEvent| {
            to_top.emit(());
            on_action.emit(Action::Table(TableWindow { sort: next.clone(), ..window.clone() }));
        }
    };
    let label = if has_times { format!("{} ({})", column.label, zone_name(zone)) } else { column.label.clone() };
    let title = if column.help.is_empty() { label.clone() } else { format!("{label}: {}", column.help) };
    html! {
        <th class={classes!("data-table__heading", column.is_number.then_some("data-table__heading--number"))} scope="col" role="columnheader"
            key={column.id.clone()} aria-sort={state} aria-colindex={(at + 1).to_string()} data-column={column.id.clone()}>
            <button type="button" class="data-table__sort" data-testid="table-sort" data-column={column.id.clone()} {title} {onclick}>
                <span class="data-table__name">{ label }</span>
                <span class="data-table__arrow" aria-hidden="true">{ arrow }</span>
            </button>
        </th>
    }
}

/// What cannot be read off the cell that has the focus: why it is unknown, or all of it.
pub fn readout(value: Option<&Value>, column: Option<&TableColumn>, zone: &Zone) -> String {
    let (Some(value), Some(column)) = (value, column) else { return String::new() };
    match value {
        Value::None(why) => format!("{}: unknown. {why}", column.label),
        Value::List(texts) => format!("{}: {}", column.label, texts.join(", ")),
        value => format!("{}: {}", column.label, words(value, zone)),
    }
}
