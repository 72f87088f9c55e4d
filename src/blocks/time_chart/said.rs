//! Events over time in words: the title, what a bar says, the legend and the table.

use super::Props;
use crate::{
    action::Action,
    blocks::{marks, time_histogram::zone_name},
};
use guestlens_core::{
    chart::{mark_words, palette, span, thousands, totals},
    report::{Series, TimeSeries},
    time::Zone,
};
use yew::prelude::*;

/// The heading.
pub fn title(series: &TimeSeries) -> String {
    match series.stack {
        Some(field) => format!("Events over time by {}", field.label().to_lowercase()),
        None => "Events over time".into(),
    }
}

/// `12 events, 3 Jun 2026: Success 10, Failure 2`.
pub fn readout(series: &TimeSeries, zone: &Zone, bin: usize) -> Option<String> {
    let (from, to) = (*series.edges.get(bin)?, *series.edges.get(bin + 1)?);
    let total = *totals(series).get(bin)?;
    let words = mark_words(total, from, to, series.bin, zone);
    if series.stack.is_none() || total == 0 {
        return Some(words);
    }
    let count = |one: &Series| one.counts.get(bin).copied().unwrap_or(0);
    let parts: Vec<String> = series
        .series
        .iter()
        .filter(|one| count(one) > 0)
        .map(|one| format!("{} {}", marks::series_name(series.stack, one), thousands(count(one).into())))
        .collect();
    Some(format!("{words}: {}", parts.join(", ")))
}

/// Names and sums of the stacked values.
pub fn legend(props: &Props) -> Html {
    let Props { series, on_action, .. } = props;
    let name = |(paint, one): (_, &Series)| {
        let total: u64 = one.counts.iter().map(|count| u64::from(*count)).sum();
        let text = html! {
            <>{ marks::swatch(paint) }<bdi>{ marks::series_name(series.stack, one) }</bdi><span class="time-chart__total">{ thousands(total) }</span></>
        };
        match series.stack.filter(|_| !one.other) {
            Some(field) => {
                let value = one.name.clone();
                let include = on_action.reform(move |_| Action::Include { field, value: value.clone() });
                html! { <li key={one.name.clone()}><button type="button" class="time-chart__name" title="Show only these events" onclick={include}>{ text }</button></li> }
            }
            None => html! { <li><span class="time-chart__name">{ text }</span></li> },
        }
    };
    let paints = palette(series.stack, &series.series);
    html! { <ul class="time-chart__legend" aria-label="Legend">{ for paints.into_iter().zip(&series.series).map(name) }</ul> }
}

/// The same numbers as a table.
pub fn table(series: &TimeSeries, zone: &Zone) -> Html {
    let sums = totals(series);
    let line = |(bin, edges): (usize, &[i64])| {
        html! {
            <tr key={bin}>
                <th scope="row">{ span(edges[0], edges[1], series.bin, zone) }</th>
                <td>{ thousands(sums.get(bin).copied().unwrap_or(0)) }</td>
                if series.stack.is_some() {
                    { for series.series.iter().map(|one| html! { <td>{ thousands(one.counts.get(bin).copied().unwrap_or(0).into()) }</td> }) }
                }
            </tr>
        }
    };
    html! {
        <table class="chart-table">
            <caption>{ format!("{}, a line is {}, {}", title(series), series.bin.label(), zone_name(zone)) }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "Time" }</th><th scope="col">{ "Events" }</th>
                    if series.stack.is_some() {
                        { for series.series.iter().map(|one| html! { <th scope="col"><bdi>{ marks::series_name(series.stack, one) }</bdi></th> }) }
                    }
                </tr>
            </thead>
            <tbody>{ for series.edges.windows(2).enumerate().map(line) }</tbody>
        </table>
    }
}
