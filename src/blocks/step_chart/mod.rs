//! Numbers over named steps: columns, lines, a funnel, ranked bars. A step leads to what is behind it.

mod frame;
mod ranked;

use super::{
    axis::time_axis,
    chart_figure::ChartFigure,
    export_svg::{self, Caption},
    marks::{mark, swatch},
    measure::{use_size, view_box},
    time_histogram::zone_name,
    uncovered::{Uncovered, hatched, outlines, sign},
};
use crate::{action::Action, components::file_text, components::text::escape};
pub use frame::{Frame, columns, name, named, number, paints, strokes};
use guestlens_core::{
    report::{Chart, ChartShape},
    time::Zone,
};
pub use ranked::{bars, share};
use yew::prelude::*;

const HEIGHT: f64 = 220.0;
const FOOT: f64 = 22.0;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The numbers.
    pub chart: Chart,
    /// Calendar of steps that are times.
    pub zone: Zone,
    /// Whole days that no file covers.
    #[prop_or_default]
    pub uncovered: Uncovered,
    /// The filters in words, for exported pictures.
    pub context: AttrValue,
    /// Takes [`Action::Go`].
    pub on_action: Callback<Action>,
}

/// A chart over named steps.
#[component]
pub fn StepChart(props: &Props) -> Html {
    let Props { chart, zone, uncovered, context, on_action } = props;
    let node = use_node_ref();
    let (width, _) = use_size(&node, &chart.id, (640.0, HEIGHT));
    let over = use_state_eq(|| None::<usize>);
    let cursor = use_state_eq(|| None::<usize>);
    let as_table = {
        let (chart, zone) = (chart.clone(), zone.clone());
        Callback::from(move |()| table(&chart, &zone))
    };
    let draw = {
        let (chart, zone, context, uncovered) = (chart.clone(), zone.clone(), context.clone(), uncovered.clone());
        Callback::from(move |saved: String| {
            let note = note(&chart, &zone);
            export_svg::step_chart(
                &Caption { title: &chart.title, context: &context, note: &note, saved: &saved },
                &chart,
                &zone,
                &uncovered,
            )
        })
    };
    let is_empty = chart.lines.iter().all(|line| line.values.iter().all(Option::is_none));
    let shown = over.or(*cursor).filter(|step| *step < chart.steps.len());
    let frame = frame(chart, width);
    let has_hatching =
        !is_empty && frame.times(chart).is_some_and(|scale| !outlines(uncovered, frame.plot, scale).is_empty());
    let body = match chart.shape {
        _ if is_empty => html! { <p class="empty">{ "There is nothing to count." }</p> },
        ChartShape::Columns | ChartShape::Lines => html! {
            <>
                <div class="step-chart__plot" ref={node}>{ plot(props, width, shown, &over, &cursor) }</div>
                <p class="step-chart__readout" aria-hidden="true">{ shown.map(|step| words(chart, step, zone)).unwrap_or_default() }</p>
            </>
        },
        ChartShape::Funnel | ChartShape::Bars => bars(chart, zone, on_action),
    };
    html! {
        <ChartFigure class="step-chart" title={chart.title.clone()} note={note(chart, zone)} name={chart.id.clone()} table={as_table} {draw}
            on_action={on_action.clone()}>
            { body }
            if chart.lines.len() > 1 { { legend(chart) } }
            { sign(has_hatching) }
        </ChartFigure>
    }
}

fn frame(chart: &Chart, width: f64) -> Frame {
    Frame::new(chart, 0.0, 8.0, width, HEIGHT - FOOT - 8.0)
}

fn note(chart: &Chart, zone: &Zone) -> String {
    let bin = chart.bin.map(|bin| format!("A step is {}, {}", bin.label(), zone_name(zone)));
    [bin.unwrap_or_default(), chart.help.clone()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(". ")
}

/// What a step says: `Jun 2026: 12 invited, 9 redeemed`.
pub fn words(chart: &Chart, step: usize, zone: &Zone) -> String {
    let said = |line: &guestlens_core::report::ChartLine| {
        let value = line.values.get(step).copied().flatten();
        let value = value.map_or_else(|| "unknown".to_owned(), number);
        let name = if line.name.is_empty() || chart.lines.len() == 1 { &chart.unit } else { &line.name };
        if name.is_empty() { value } else { format!("{value} {}", escape(name).to_lowercase()) }
    };
    let values: Vec<String> = chart.lines.iter().map(said).collect();
    format!("{}: {}", escape(&name(chart, step, zone)), values.join(", "))
}

fn plot(
    props: &Props,
    width: f64,
    shown: Option<usize>,
    over: &UseStateHandle<Option<usize>>,
    cursor: &UseStateHandle<Option<usize>>,
) -> Html {
    let Props { chart, zone, uncovered, on_action, .. } = props;
    let frame = frame(chart, width);
    let scale = frame.times(chart);
    let last = chart.steps.len().saturating_sub(1);
    let has_doors = chart.steps.iter().any(|step| step.door.is_some());
    let go = {
        let (doors, on_action) =
            (chart.steps.iter().map(|step| step.door.clone()).collect::<Vec<_>>(), on_action.clone());
        move |step: usize| {
            if let Some(Some(door)) = doors.get(step) {
                on_action.emit(Action::Go(door.clone()));
            }
        }
    };
    let onclick = {
        let (frame, go) = (frame.clone(), go.clone());
        move |event: MouseEvent| {
            if let Some(step) = frame.step_at(f64::from(event.offset_x())) {
                go(step);
            }
        }
    };
    let onpointermove = {
        let (frame, over) = (frame.clone(), over.clone());
        move |event: PointerEvent| over.set(frame.step_at(f64::from(event.offset_x())))
    };
    let onpointerout = {
        let over = over.clone();
        move |_: PointerEvent| over.set(None)
    };
    let said =
        cursor.filter(|step| *step <= last).map_or_else(|| "no step yet".to_owned(), |step| words(chart, step, zone));
    html! {
        <div class={classes!("step-chart__steps", has_doors.then_some("step-chart__steps--lead"))} tabindex="0" role="slider" aria-orientation="horizontal"
            aria-label={format!("{}: steps", chart.title)} aria-valuemin="0" aria-valuemax={last.to_string()}
            aria-valuenow={cursor.unwrap_or(0).min(last).to_string()} aria-valuetext={said} {onclick} {onpointermove} {onpointerout}
            onkeydown={walk(cursor, last, go)}>
            <svg width={width.to_string()} height={HEIGHT.to_string()} viewBox={view_box(width, HEIGHT)} aria-hidden="true">
                { axis(&frame) }
                if let Some(step) = shown {
                    <rect class="step-chart__shown" x={(frame.x(step) - frame.slot() / 2.0).to_string()} y={frame.plot.top.to_string()}
                        width={frame.slot().to_string()} height={frame.plot.height.to_string()} />
                }
                if let Some(scale) = scale { { hatched(uncovered, frame.plot, scale) } }
                { marks(chart, &frame) }
                if let Some(scale) = scale { { time_axis(frame.plot, scale, zone) } } else { { names(chart, &frame, zone) } }
            </svg>
        </div>
    }
}

fn walk(cursor: &UseStateHandle<Option<usize>>, last: usize, go: impl Fn(usize) + 'static) -> Callback<KeyboardEvent> {
    let cursor = cursor.clone();
    Callback::from(move |event: KeyboardEvent| {
        let at = cursor.filter(|step| *step <= last);
        let to = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => at.map_or(0, |at| (at + 1).min(last)),
            "ArrowLeft" | "ArrowDown" => at.map_or(last, |at| at.saturating_sub(1)),
            "Home" => 0,
            "End" => last,
            "Enter" | " " => {
                event.prevent_default();
                if let Some(step) = at {
                    go(step);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        cursor.set(Some(to));
    })
}

fn axis(frame: &Frame) -> Html {
    let (left, right) = (frame.plot.left.to_string(), (frame.plot.left + frame.plot.width).to_string());
    let line = |tick: &i64| {
        let y = frame.y(*tick as f64).round() + 0.5;
        let class = if *tick == 0 { "axis__line" } else { "axis__rule" };
        html! {
            <g class="axis__grid" key={*tick}>
                <line {class} x1={left.clone()} x2={right.clone()} y1={y.to_string()} y2={y.to_string()} />
                <text x={(frame.plot.left - 8.0).to_string()} y={(y + 4.0).to_string()} text-anchor="end">{ number(*tick) }</text>
            </g>
        }
    };
    html! { <g class="axis">{ for frame.ticks.iter().map(line) }</g> }
}

fn marks(chart: &Chart, frame: &Frame) -> Html {
    let paints = paints(&chart.lines);
    if chart.shape == ChartShape::Lines {
        let dots = frame.slot() > 14.0;
        let line = |(at, (path, paint)): (usize, (String, guestlens_core::chart::Paint))| {
            let values =
                chart.lines[at].values.iter().enumerate().filter_map(|(step, value)| value.map(|value| (step, value)));
            let dot = |(step, value): (usize, i64)| html! { <circle cx={format!("{:.1}", frame.x(step))} cy={format!("{:.1}", frame.y(value as f64))} r="2.5" /> };
            html! {
                <g key={at} class={classes!("stroke", mark(paint))}>
                    <path d={path} />
                    if dots || values.clone().count() == 1 { { for values.map(dot) } }
                </g>
            }
        };
        return strokes(chart, frame).into_iter().zip(paints).enumerate().map(line).collect();
    }
    let series = columns(chart, frame).into_iter().zip(paints).enumerate();
    series.map(|(at, (path, paint))| html! { <path key={at} class={mark(paint)} d={path} /> }).collect()
}

fn names(chart: &Chart, frame: &Frame, zone: &Zone) -> Html {
    let y = (frame.plot.top + frame.plot.height + 16.0).to_string();
    let name = |(step, name): (usize, String)| {
        html! { <text key={step} x={format!("{:.1}", frame.middle_of_name(step, &name))} y={y.clone()} text-anchor="middle">{ escape(&name) }</text> }
    };
    html! { <g class="axis">{ for named(chart, frame, zone).into_iter().map(name) }</g> }
}

fn legend(chart: &Chart) -> Html {
    let line = |(line, paint): (&guestlens_core::report::ChartLine, guestlens_core::chart::Paint)| {
        html! { <li class="step-chart__name" key={line.name.clone()}>{ swatch(paint) }{ file_text(&line.name) }</li> }
    };
    html! { <ul class="step-chart__legend">{ for chart.lines.iter().zip(paints(&chart.lines)).map(line) }</ul> }
}

fn table(chart: &Chart, zone: &Zone) -> Html {
    let cell = |value: Option<i64>| match value {
        Some(value) => html! { <td>{ number(value) }</td> },
        None => html! { <td title="Unknown">{ "-" }</td> },
    };
    let line = |at: usize| {
        html! {
            <tr key={at}>
                <th scope="row">{ file_text(&name(chart, at, zone)) }</th>
                { for chart.lines.iter().map(|line| cell(line.values.get(at).copied().flatten())) }
            </tr>
        }
    };
    let name = |name: &str| if name.is_empty() { chart.unit.clone() } else { name.to_owned() };
    html! {
        <table class="chart-table">
            <caption>{ format!("{}. {}", chart.title, note(chart, zone)) }</caption>
            <thead><tr><th scope="col">{ "Step" }</th>{ for chart.lines.iter().map(|line| html! { <th scope="col">{ file_text(&name(&line.name)) }</th> }) }</tr></thead>
            <tbody>{ for (0..chart.steps.len()).map(line) }</tbody>
        </table>
    }
}
