//! The axes of a chart as SVG: ticks at calendar boundaries, a quiet grid from zero.

use guestlens_core::{
    chart::{Plot, TimeScale, count_ticks, thousands, time_ticks},
    time::Zone,
};
use yew::prelude::*;

/// Room that a label of the time axis needs, pixels.
const LABEL: f64 = 84.0;

/// Where the labels of a time axis stand and what they say; none of them beyond the right edge.
pub fn time_labels(scale: TimeScale, zone: &Zone) -> Vec<(f64, String, bool)> {
    let most = (scale.width / LABEL).floor().max(1.0) as usize;
    let ticks = time_ticks(scale.from, scale.to, zone, most);
    let end = scale.left + scale.width;
    let mut labels: Vec<(f64, String, bool)> = Vec::new();
    for tick in ticks {
        let x = scale.x(tick.at);
        let is_free = labels.last().is_none_or(|(last, label, _)| last + text_width(label) + 8.0 <= x);
        let text = if is_free && x + text_width(&tick.label) <= end { tick.label } else { String::new() };
        labels.push((x, text, tick.major));
    }
    labels
}

/// About how wide a text of 12 px is.
pub fn text_width(text: &str) -> f64 {
    text.chars().count() as f64 * 6.6 + 4.0
}

/// The time axis below a plot.
pub fn time_axis(plot: Plot, scale: TimeScale, zone: &Zone) -> Html {
    let foot = plot.top + plot.height;
    let tick = |(x, label, major): (f64, String, bool)| {
        let x = x.round() + 0.5;
        html! {
            <g class={classes!("axis__tick", major.then_some("axis__tick--major"))}>
                <line x1={x.to_string()} x2={x.to_string()} y1={foot.to_string()} y2={(foot + 14.0).to_string()} />
                <text x={(x + 4.0).to_string()} y={(foot + 14.0).to_string()}>{ label }</text>
            </g>
        }
    };
    html! {
        <g class="axis" aria-hidden="true">
            <line class="axis__line" x1={plot.left.to_string()} x2={(plot.left + plot.width).to_string()}
                y1={(foot + 0.5).to_string()} y2={(foot + 0.5).to_string()} />
            { for time_labels(scale, zone).into_iter().map(tick) }
        </g>
    }
}

/// The grid of counts behind a plot, labelled at its left.
pub fn count_axis(plot: Plot, max: u64) -> Html {
    let ticks = count_ticks(max, 4);
    let top = *ticks.last().unwrap_or(&1) as f64;
    let line = |tick: u64| {
        let y = (plot.top + plot.height * (1.0 - tick as f64 / top)).round() + 0.5;
        html! {
            <g class="axis__grid">
                if tick > 0 {
                    <line x1={plot.left.to_string()} x2={(plot.left + plot.width).to_string()} y1={y.to_string()} y2={y.to_string()} />
                }
                <text x={(plot.left - 8.0).to_string()} y={(y + 4.0).to_string()} text-anchor="end">{ thousands(tick) }</text>
            </g>
        }
    };
    html! { <g class="axis" aria-hidden="true">{ for ticks.into_iter().map(line) }</g> }
}
