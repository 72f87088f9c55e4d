//! Bars under each other: ranked values, and the steps of a funnel, each with its share of the first.

use super::{name, number, paints, words};
use crate::{action::Action, blocks::marks::mark, components::file_text};
use guestlens_core::{
    report::{Chart, ChartShape},
    time::Zone,
};
use yew::prelude::*;

/// Sum of a step over all series, as far as known.
pub fn total(chart: &Chart, step: usize) -> Option<i64> {
    let values: Vec<i64> = chart.lines.iter().filter_map(|line| line.values.get(step).copied().flatten()).collect();
    (!values.is_empty()).then(|| values.iter().sum())
}

/// The share of a step in the first one of a funnel: `75 %`.
pub fn share(chart: &Chart, step: usize) -> Option<String> {
    let (first, own) = (total(chart, 0)?, total(chart, step)?);
    (chart.shape == ChartShape::Funnel && step > 0 && first > 0)
        .then(|| format!("{} %", (own as f64 / first as f64 * 100.0).round()))
}

/// The bars.
pub fn bars(chart: &Chart, zone: &Zone, on_action: &Callback<Action>) -> Html {
    let most = (0..chart.steps.len()).filter_map(|step| total(chart, step)).max().unwrap_or(1).max(1);
    let paints = paints(&chart.lines);
    let bar = |step: usize| {
        let label = name(chart, step, zone);
        let mut x = 0.0;
        let part = |(line, paint): (&guestlens_core::report::ChartLine, &guestlens_core::chart::Paint)| {
            let value = line.values.get(step).copied().flatten().unwrap_or(0).max(0);
            let width = value as f64 / most as f64 * 100.0;
            let from = x;
            x += width;
            html! { <rect class={mark(*paint)} x={format!("{from:.2}%")} width={format!("{width:.2}%")} height="12" rx="2" /> }
        };
        let track: Html = chart.lines.iter().zip(&paints).map(part).collect();
        let content = html! {
            <>
                <span class="ranked__name">{ file_text(&label) }</span>
                <svg class="ranked__track" width="100%" height="12" aria-hidden="true">{ track }</svg>
                <span class="ranked__count">{ total(chart, step).map_or_else(|| "-".into(), number) }
                    if let Some(share) = share(chart, step) { <span class="ranked__share">{ share }</span> }
                </span>
            </>
        };
        let title = words(chart, step, zone);
        match chart.steps[step].door.clone() {
            Some(door) => html! {
                <li key={step}><button type="button" class="ranked__bar" data-testid="chart-step" data-step={label.clone()} {title}
                    data-value={total(chart, step).map(|value| value.to_string())} onclick={on_action.reform(move |_| Action::Go(door.clone()))}>{ content }</button></li>
            },
            None => html! {
                <li key={step}><div class="ranked__bar" data-testid="chart-step" data-step={label.clone()} {title}
                    data-value={total(chart, step).map(|value| value.to_string())}>{ content }</div></li>
            },
        }
    };
    html! { <ol class="ranked">{ for (0..chart.steps.len()).map(bar) }</ol> }
}
