//! The map of the data: bars over the whole period, always in sight, on which a window of time is
//! chosen by pointer or keyboard.

mod hand;

use super::{
    axis, marks,
    measure::use_size,
    uncovered::{Uncovered, hatched, sign},
};
use crate::{
    action::Action,
    components::{Glyph, icon},
};
use guestlens_core::{
    chart::{Plot, TimeScale, bin_at, mark_words, palette, span, stacked, totals, window_words},
    report::{Bin, TimeSeries},
    time::Zone,
};
use hand::{Hand, blur, cancel, drag, grab_name, key, leave, part_at, press, release};
use yew::prelude::*;

const HEIGHT: f64 = 64.0;
const AXIS: f64 = 18.0;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// Counts over the whole period.
    pub series: TimeSeries,
    /// The window chosen, ticks.
    pub window: Option<(i64, i64)>,
    /// Earliest and latest event, ticks.
    pub period: Option<(i64, i64)>,
    /// Whole days that no file covers.
    #[prop_or_default]
    pub uncovered: Uncovered,
    /// Calendar of the axis.
    pub zone: Zone,
    /// Takes [`Action::Window`].
    pub on_action: Callback<Action>,
}

/// The histogram in the top bar.
#[component]
pub fn TimeHistogram(props: &Props) -> Html {
    let node = use_node_ref();
    let (width, _) = use_size(&node, "time-histogram", (960.0, HEIGHT));
    let hand = use_state_eq(Hand::default);
    let plot = Plot { left: 0.0, top: 4.0, width, height: HEIGHT - AXIS - 4.0 };
    let scale = TimeScale::over(&props.series, plot);

    let body = match scale {
        Some(scale) => chart(props, &hand, plot, scale),
        None => {
            html! { <p class="time-histogram__empty">{ "No event with a time yet: the bars appear with the first one." }</p> }
        }
    };
    html! {
        <div class="time-histogram" data-testid="time-histogram">
            { head(props, &hand, scale) }
            <div class="time-histogram__plot" ref={node}>{ body }</div>
        </div>
    }
}

fn head(props: &Props, hand: &Hand, scale: Option<TimeScale>) -> Html {
    let Props { series, zone, .. } = props;
    let pointed = hand.over.zip(scale).map(|(x, scale)| bin_at(&series.edges, scale.at(x)));
    let bin = pointed.or(hand.brush.cursor.filter(|_| hand.by_keys));
    let readout = bin.and_then(|bin| words(props, bin)).unwrap_or_default();
    let shown = hand.brush.draft.or(props.window);
    let clear = props.on_action.reform(|_| Action::Window(None));
    html! {
        <div class="time-histogram__head">
            <span class="time-histogram__unit">{ format!("A bar is {}, {}", series.bin.label(), zone_name(zone)) }</span>
            <span class="time-histogram__readout">{ readout }</span>
            { legend(series) }
            { sign(!props.uncovered.is_empty()) }
            if let Some((from, to)) = shown {
                <span class="time-histogram__window">{ window_words(from, to, zone) }</span>
                <button type="button" class="time-histogram__clear" aria-label="Clear the time window" title="Clear the time window (Esc)"
                    onclick={clear}>{ icon(Glyph::Close) }</button>
            }
        </div>
    }
}

/// The name of a zone; an empty one is UTC.
pub fn zone_name(zone: &Zone) -> &str {
    if zone.name.is_empty() { "UTC" } else { &zone.name }
}

fn legend(series: &TimeSeries) -> Html {
    if series.stack.is_none() {
        return Html::default();
    }
    let name =
        |(paint, one)| html! { <li>{ marks::swatch(paint) }<bdi>{ marks::series_name(series.stack, one) }</bdi></li> };
    let paints = palette(series.stack, &series.series);
    html! { <ul class="time-histogram__legend">{ for paints.into_iter().zip(&series.series).map(name) }</ul> }
}

fn words(props: &Props, bin: usize) -> Option<String> {
    let edges = &props.series.edges;
    let (from, to) = (*edges.get(bin)?, *edges.get(bin + 1)?);
    let total = totals(&props.series).get(bin).copied()?;
    Some(mark_words(total, from, to, props.series.bin, &props.zone))
}

fn chart(props: &Props, hand: &UseStateHandle<Hand>, plot: Plot, scale: TimeScale) -> Html {
    let Props { series, zone, .. } = props;
    let counts = totals(series);
    let max = counts.iter().copied().max().unwrap_or(0).max(1);
    let bars = stacked(series, plot, max);
    let shown = hand.brush.draft.or(props.window);
    let bin = hand.brush.cursor.filter(|bin| *bin < counts.len());
    let value = bin.and_then(|bin| words(props, bin)).unwrap_or_else(|| "whole period".into());
    let value = match shown {
        Some((from, to)) => format!("{value}; window {}", window_words(from, to, zone)),
        None => value,
    };
    let grab = match (hand.brush.is_dragging(), hand.over) {
        (false, Some(x)) => grab_name(part_at(x, scale, shown)),
        _ => "new",
    };
    html! {
        <div class="time-histogram__brush" tabindex="0" role="slider" aria-orientation="horizontal"
            aria-label={label(props)} aria-valuemin="0" aria-valuemax={(counts.len() - 1).to_string()}
            aria-valuenow={bin.unwrap_or(0).to_string()} aria-valuetext={value} data-grab={grab}
            onpointerdown={press(props, hand, scale)} onpointermove={drag(props, hand, scale)}
            onpointerup={release(props, hand)} onpointercancel={cancel(hand)} onpointerout={leave(hand)}
            ondblclick={props.on_action.reform(|_| Action::Window(None))} onkeydown={key(props, hand)} onblur={blur(hand)}>
            <svg width={plot.width.to_string()} height={HEIGHT.to_string()} aria-hidden="true">
                { hatched(&props.uncovered, plot, scale) }
                { marks::bars(series, &bars) }
                if let Some(bin) = bin {
                    <rect class="time-histogram__cursor" x={scale.x(series.edges[bin]).to_string()} y="0"
                        width={(scale.x(series.edges[bin + 1]) - scale.x(series.edges[bin])).max(2.0).to_string()}
                        height={(plot.top + plot.height).to_string()} />
                }
                { axis::time_axis(plot, scale, zone) }
                if let Some(window) = shown { { window_marks(window, plot, scale) } }
            </svg>
        </div>
    }
}

fn label(props: &Props) -> String {
    let (series, zone) = (&props.series, &props.zone);
    match props.period {
        Some((from, to)) => {
            format!("Events over time, {}", span(from, to + 1, Bin::Week, zone))
        }
        None => format!("Events over time, a bar is {}", series.bin.label()),
    }
}

fn window_marks((from, to): (i64, i64), plot: Plot, scale: TimeScale) -> Html {
    let end = plot.left + plot.width;
    let (left, right) = (scale.x(from).clamp(plot.left, end), scale.x(to).clamp(plot.left, end));
    let height = (plot.top + plot.height).to_string();
    let grip = |x: f64| {
        let x = x.clamp(2.0, (end - 2.0).max(2.0));
        html! {
            <g class="time-histogram__handle">
                <rect x={(x - 0.75).to_string()} y="0" width="1.5" height={height.clone()} />
                <rect x={(x - 3.0).to_string()} y={(plot.top + plot.height / 2.0 - 8.0).to_string()} width="6" height="16" rx="2" />
            </g>
        }
    };
    html! {
        <>
            <rect class="time-histogram__outside" x="0" y="0" width={left.to_string()} height={height.clone()} />
            <rect class="time-histogram__outside" x={right.to_string()} y="0" width={(end - right).max(0.0).to_string()} height={height.clone()} />
            <rect class="time-histogram__inside" x={left.to_string()} y="0" width={(right - left).max(1.0).to_string()} height={height.clone()} />
            { grip(left) }
            { grip(right) }
        </>
    }
}
