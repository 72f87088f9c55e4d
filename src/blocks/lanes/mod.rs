//! Spans and marks on one time axis: life lines of guests, swim lanes of requests. Arrow keys go from
//! mark to mark in the order of time, and from line to line.

pub mod draw;
mod keys;
mod lane;
mod said;

use super::{
    axis::time_labels,
    chart_figure::ChartFigure,
    export_svg::{self, Caption},
    measure::{use_size, view_box},
    time_histogram::zone_name,
};
use crate::action::Action;
use draw::scale;
use guestlens_core::{
    chart::thousands,
    report::{Door, Lane as LaneData, Lanes as Data, TableWindow},
    time::Zone,
};
pub use keys::Stop;
use lane::{Lane, Scale};
pub use said::{is_hollow, mark_words, span_words};
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// How many more lines are shown each time the reader asks.
pub const MORE: u32 = 60;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The lanes.
    pub lanes: Data,
    /// Calendar of the axis.
    pub zone: Zone,
    /// The key of what is open beside the view.
    pub open: Option<String>,
    /// The filters in words, for exported pictures.
    pub context: AttrValue,
    /// Takes [`Action::Go`], [`Action::Open`] and [`Action::Table`].
    pub on_action: Callback<Action>,
}

/// Lanes.
#[component]
pub fn Lanes(props: &Props) -> Html {
    let Props { lanes, zone, context, on_action, .. } = props;
    let node = use_node_ref();
    let axis = use_node_ref();
    let (width, _) = use_size(&axis, &lanes.id, (720.0, 24.0));
    let stop = use_state_eq(Stop::default);
    let all = Rc::new(lanes.clone());
    let as_table = {
        let (lanes, zone) = (all.clone(), zone.clone());
        Callback::from(move |()| said::table(&lanes, &zone))
    };
    let draw = {
        let (lanes, zone, context) = (all.clone(), zone.clone(), context.clone());
        Callback::from(move |saved: String| {
            let note = note(&lanes, &zone);
            let caption = Caption { title: &lanes.title, context: &context, note: &note, saved: &saved };
            export_svg::lanes(&caption, &lanes, &zone)
        })
    };
    let counts = |lane: &LaneData| lane.spans.len() + lane.marks.len();
    let is_there = lanes.lanes.get(stop.lane).is_some_and(|lane| stop.at < counts(lane));
    let first = lanes.lanes.iter().position(|lane| counts(lane) > 0).unwrap_or(0);
    let current = if is_there { *stop } else { Stop { lane: first, at: 0 } };
    let time = scale(lanes.period, 0.0, width);
    let labels = time_labels(time, zone);
    let grid = labels.iter().map(|(x, ..)| x.round() + 0.5).collect();
    let scale = Scale { time, width, grid };
    let lane = |(number, lane): (usize, &LaneData)| {
        let here = (current.lane == number).then_some(current.at);
        let is_open = lane.opens && props.open.as_ref() == Some(&lane.key);
        html! {
            <Lane key={lane.key.clone()} lane={lane.clone()} {number} testids={lanes.testids.clone()} gaps={lanes.gaps.clone()} scale={scale.clone()}
                zone={zone.clone()} stop={here} {is_open} on_action={on_action.clone()} />
        }
    };
    let follow = {
        let on_action = on_action.clone();
        Callback::from(move |at: Stop| {
            if let Some(door) = all.lanes.get(at.lane).and_then(|lane| door(lane, at.at)) {
                on_action.emit(Action::Go(door.clone()));
            }
        })
    };
    let onclick = {
        let (stop, follow) = (stop.clone(), follow.clone());
        move |event: MouseEvent| {
            if let Some(at) = event.target_dyn_into::<Element>().and_then(|target| Stop::of(&target)) {
                stop.set(at);
                follow.emit(at);
            }
        }
    };
    let onkeydown = keys::on_key(lanes, &node, stop.clone(), follow);
    html! {
        <ChartFigure class="lanes" title={lanes.title.clone()} note={note(lanes, zone)} name={lanes.id.clone()} table={as_table} {draw}
            on_action={on_action.clone()}>
            <div class="lanes__body" ref={node} {onclick} {onkeydown}>
                <div class="lanes__head">
                    <span class="lanes__label" />
                    <div class="lanes__axis" ref={axis}>
                        <svg width={width.to_string()} height="24" viewBox={view_box(width, 24.0)} aria-hidden="true">
                            <g class="axis">{ for labels.iter().map(tick) }</g>
                        </svg>
                    </div>
                </div>
                if lanes.lanes.is_empty() {
                    <p class="empty">{ "There is no line to show." }</p>
                } else {
                    <div role="list" aria-label={lanes.title.clone()}>{ for lanes.lanes.iter().enumerate().map(lane) }</div>
                }
            </div>
            { said::legend(lanes) }
            { more(lanes, on_action) }
        </ChartFigure>
    }
}

pub fn tick((x, label, major): &(f64, String, bool)) -> Html {
    let x = x.round() + 0.5;
    html! {
        <g class={classes!("axis__tick", major.then_some("axis__tick--major"))}>
            <line x1={x.to_string()} x2={x.to_string()} y1="10" y2="24" />
            <text x={(x + 4.0).to_string()} y="20">{ label }</text>
        </g>
    }
}

fn note(lanes: &Data, zone: &Zone) -> String {
    let shown = lanes.lanes.len() as u64;
    let counted = if shown < lanes.total {
        format!("{} of {} lines", thousands(shown), thousands(lanes.total))
    } else {
        String::new()
    };
    let parts = [lanes.help.trim_end_matches('.').to_owned(), counted, zone_name(zone).to_owned()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Where a span or mark leads, spans counted first.
fn door(lane: &LaneData, at: usize) -> Option<&Door> {
    let spans = lane.spans.iter().map(|span| &span.door);
    spans.chain(lane.marks.iter().map(|mark| &mark.door)).nth(at)?.as_ref()
}

fn more(lanes: &Data, on_action: &Callback<Action>) -> Html {
    let shown = lanes.lanes.len() as u32;
    let rest = lanes.total.saturating_sub(u64::from(lanes.from) + u64::from(shown));
    if rest == 0 || shown == 0 {
        return Html::default();
    }
    let window = TableWindow { id: lanes.id.clone(), count: shown + MORE, from: lanes.from, ..TableWindow::default() };
    let onclick = on_action.reform(move |_: MouseEvent| Action::Table(window.clone()));
    let next = rest.min(MORE.into());
    html! { <button type="button" class="lanes__more" data-testid="lanes-more" {onclick}>{ format!("Show {next} more of {}", thousands(lanes.total)) }</button> }
}
