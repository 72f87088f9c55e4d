//! Events over time as stacked bars with a grid and a legend. A bar leads to its span of time, a
//! name in the legend to its value.

mod said;

use super::{
    axis,
    chart_figure::ChartFigure,
    export_svg::{self, Caption},
    marks,
    measure::{use_size, view_box},
    time_histogram::zone_name,
    uncovered::{Uncovered, hatched, outlines, sign},
};
use crate::action::Action;
use guestlens_core::{
    chart::{Plot, TimeScale, bin_at, count_ticks, nice_max, stacked, thousands, totals},
    report::TimeSeries,
    time::Zone,
};
use said::{legend, readout, table, title};
use yew::prelude::*;

const HEIGHT: f64 = 220.0;
const AXIS: f64 = 20.0;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The counts.
    pub series: TimeSeries,
    /// Calendar of the axis.
    pub zone: Zone,
    /// Whole days that no file covers.
    #[prop_or_default]
    pub uncovered: Uncovered,
    /// Whether events were asked for by any condition.
    #[prop_or_default]
    pub is_filtered: bool,
    /// The filters in words, for exported pictures.
    pub context: AttrValue,
    /// Takes [`Action::Window`] and [`Action::Include`].
    pub on_action: Callback<Action>,
}

/// Events over time.
#[component]
pub fn TimeChart(props: &Props) -> Html {
    let Props { series, zone, uncovered, context, on_action, .. } = props;
    let node = use_node_ref();
    let (width, _) = use_size(&node, "time-chart", (720.0, HEIGHT));
    let over = use_state_eq(|| None::<usize>);
    let cursor = use_state_eq(|| None::<usize>);
    let title = title(series);
    let note = format!("A bar is {}, {}", series.bin.label(), zone_name(zone));
    let as_table = {
        let (series, zone) = (series.clone(), zone.clone());
        Callback::from(move |()| table(&series, &zone))
    };
    let draw = {
        let (series, zone, context, title, note) =
            (series.clone(), zone.clone(), context.clone(), title.clone(), note.clone());
        let uncovered = uncovered.clone();
        Callback::from(move |saved: String| {
            export_svg::time_series(
                &Caption { title: &title, context: &context, note: &note, saved: &saved },
                &series,
                &zone,
                &uncovered,
            )
        })
    };
    let max = totals(series).into_iter().max().unwrap_or(0);
    let plot = plot(width, max);
    let body = match TimeScale::over(series, plot) {
        Some(scale) => bars(props, plot, scale, max, &over, &cursor),
        None => html! {
            <p class="empty">{ if props.is_filtered {
                "No matching event has a time. Widen the time window or remove a filter."
            } else {
                "No record of these files has a time that could be read, so there is nothing to show over time. Sources says what is wrong with them."
            } }</p>
        },
    };
    let readout = over.or(*cursor).and_then(|bin| readout(series, zone, bin));
    html! {
        <ChartFigure class="time-chart" {title} {note} name="events-over-time" table={as_table} {draw}
            on_action={on_action.clone()}>
            <div class="time-chart__plot" ref={node}>{ body }</div>
            <p class="time-chart__readout">{ readout.unwrap_or_default() }</p>
            if series.stack.is_some() { { legend(props) } }
            { sign(TimeScale::over(series, plot).is_some_and(|scale| !outlines(uncovered, plot, scale).is_empty())) }
        </ChartFigure>
    }
}

fn plot(width: f64, max: u64) -> Plot {
    let widest = count_ticks(max, 4).last().map_or(0.0, |tick| axis::text_width(&thousands(*tick)));
    let left = (widest + 8.0).ceil();
    Plot { left, top: 8.0, width: (width - left).max(40.0), height: HEIGHT - AXIS - 8.0 }
}

fn bars(
    props: &Props,
    plot: Plot,
    scale: TimeScale,
    max: u64,
    over: &UseStateHandle<Option<usize>>,
    cursor: &UseStateHandle<Option<usize>>,
) -> Html {
    let Props { series, zone, on_action, .. } = props;
    let bars = stacked(series, plot, nice_max(max, 4));
    let bins = series.edges.len() - 1;
    let bin_of = {
        let edges = series.edges.clone();
        move |event: &MouseEvent| {
            let x = f64::from(event.offset_x());
            (x >= scale.left).then(|| bin_at(&edges, scale.at(x)))
        }
    };
    let go = {
        let (edges, on_action) = (series.edges.clone(), on_action.clone());
        move |bin: usize| on_action.emit(Action::Window(Some((edges[bin], edges[bin + 1]))))
    };
    let onclick = {
        let (bin_of, go) = (bin_of.clone(), go.clone());
        move |event: MouseEvent| {
            if let Some(bin) = bin_of(&event) {
                go(bin);
            }
        }
    };
    let onpointermove = {
        let over = over.clone();
        move |event: PointerEvent| over.set(bin_of(&event))
    };
    let onpointerout = {
        let over = over.clone();
        move |_: PointerEvent| over.set(None)
    };
    let at = (**cursor).filter(|bin| *bin < bins);
    let text = at.and_then(|bin| readout(series, zone, bin)).unwrap_or_else(|| "no bar yet".into());
    let shown = over.or(at).filter(|bin| *bin < bins);
    html! {
        <div class="time-chart__bars" tabindex="0" role="slider" aria-orientation="horizontal"
            aria-label={format!("{}: bars", title(series))}
            aria-valuemin="0" aria-valuemax={(bins - 1).to_string()} aria-valuenow={at.unwrap_or(0).to_string()} aria-valuetext={text}
            {onclick} {onpointermove} {onpointerout} onkeydown={walk(cursor, bins, go)}>
            <svg width={(plot.left + plot.width).to_string()} height={HEIGHT.to_string()} viewBox={view_box(plot.left + plot.width, HEIGHT)} aria-hidden="true">
                { axis::count_axis(plot, max) }
                if let Some(bin) = shown {
                    <rect class="time-chart__shown" x={scale.x(series.edges[bin]).to_string()} y={plot.top.to_string()}
                        width={(scale.x(series.edges[bin + 1]) - scale.x(series.edges[bin])).max(2.0).to_string()}
                        height={plot.height.to_string()} />
                }
                { hatched(&props.uncovered, plot, scale) }
                { marks::bars(series, &bars) }
                { axis::time_axis(plot, scale, zone) }
            </svg>
        </div>
    }
}

fn walk(cursor: &UseStateHandle<Option<usize>>, bins: usize, go: impl Fn(usize) + 'static) -> Callback<KeyboardEvent> {
    let cursor = cursor.clone();
    Callback::from(move |event: KeyboardEvent| {
        let last = bins - 1;
        let at = cursor.filter(|bin| *bin <= last);
        let to = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => at.map_or(0, |at| (at + 1).min(last)),
            "ArrowLeft" | "ArrowDown" => at.map_or(last, |at| at.saturating_sub(1)),
            "PageUp" => at.map_or(0, |at| (at + 10).min(last)),
            "PageDown" => at.map_or(last, |at| at.saturating_sub(10)),
            "Home" => 0,
            "End" => last,
            "Enter" | " " => {
                event.prevent_default();
                if let Some(bin) = at {
                    go(bin);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        cursor.set(Some(to));
    })
}
