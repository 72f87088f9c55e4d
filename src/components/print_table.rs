//! The table of events on paper: every line, up to a limit that is told.

use crate::format;
use crate::{blocks::Value, components::text::file_text};
use guestlens_core::{
    model::Field,
    report::{Row, Rows},
    time::{Zone, plain},
};
use yew::prelude::*;

/// Most lines that are printed.
pub const LINES: u32 = 2_000;

/// Most columns that a sheet has room for; with more of them, lines are printed as facts.
const SHEET: usize = 10;

/// The table, in the document only while it is printed.
pub fn print_table(rows: &Rows, matching: u64, zone: &Zone) -> Html {
    let columns = &rows.columns;
    let printed = rows.rows.len() as u64;
    html! {
        <div class={classes!("print-table", (columns.len() > SHEET).then_some("data-table--facts"))} data-testid="print-table">
            <table class="table data-table__grid">
                <caption class="visually-hidden">{ "Events" }</caption>
                <thead><tr>{ for columns.iter().map(|field| html! { <th scope="col">{ heading(*field, zone) }</th> }) }</tr></thead>
                <tbody>{ for rows.rows.iter().map(|row| line(row, columns, zone)) }</tbody>
            </table>
            if printed < matching {
                <p>{ format!("The first {} of {} events. An export holds all of them.", format::count(printed), format::count(matching)) }</p>
            }
        </div>
    }
}

fn heading(field: Field, zone: &Zone) -> String {
    if field == Field::Time { format!("{} ({})", field.label(), zone.name) } else { field.label().to_owned() }
}

fn line(row: &Row, columns: &[Field], zone: &Zone) -> Html {
    let cell = |(number, field): (usize, &Field)| {
        if *field == Field::Time {
            return html! { <td data-label={field.label()}>{ row.time.map_or_else(|| "-".to_owned(), |ticks| plain(ticks, zone)) }</td> };
        }
        let cell = row.cells.get(number).cloned().unwrap_or_default();
        let more = if cell.more > 0 { format!(" +{}", cell.more) } else { String::new() };
        if *field == Field::Result {
            return html! { <td data-label={field.label()}><Value field={*field} value={cell.text} />{ more }</td> };
        }
        html! { <td data-label={field.label()}>{ file_text(&cell.text) }{ more }</td> }
    };
    html! { <tr key={row.index}>{ for columns.iter().enumerate().map(cell) }</tr> }
}
