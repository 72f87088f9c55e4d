//! One line of spans and marks. Each span and mark can be reached by key and followed.

use super::{
    Stop,
    draw::{self, SPAN, TRACK, body, ends, hatch, mark, shape, shape_id, strip_middle, tracks_top},
    said::{mark_words, span_words},
};
use crate::{
    action::Action,
    blocks::{axis::text_width, cell::tone_id, measure::view_box, named::with_data},
    components::{file_text, text::escape},
};
use guestlens_core::{
    chart::TimeScale,
    report::{Certainty, Lane as Data, Mark, Span},
    time::{Zone, iso},
};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The lane.
    pub lane: Data,
    /// Its position among those in sight.
    pub number: usize,
    /// `data-testid` of lane, span and mark.
    pub testids: [String; 3],
    /// Time that no file covers.
    pub gaps: Vec<(i64, i64)>,
    /// The axis.
    pub scale: Scale,
    /// Calendar of times.
    pub zone: Zone,
    /// Where the keyboard is, if it is here.
    pub stop: Option<usize>,
    /// Whether its details are open.
    pub is_open: bool,
    /// Takes [`Action::Open`].
    pub on_action: Callback<Action>,
}

/// A time scale that can be compared.
#[derive(Clone, PartialEq)]
pub struct Scale {
    /// From instants to pixels.
    pub time: TimeScale,
    /// Width of the drawing.
    pub width: f64,
    /// Where the grid stands.
    pub grid: Vec<f64>,
}

/// A line.
#[component]
pub fn Lane(props: &Props) -> Html {
    let Props { lane, number, testids, gaps, scale, is_open, on_action, .. } = props;
    let height = draw::height(lane);
    let gap = |(from, to): &(i64, i64)| html! { <path class="lanes__gap" d={hatch(ends(scale.time, *from, *to), 0.0, height)} /> };
    let grid: Vec<String> = scale.grid.iter().map(|x| format!("M{x:.1} 0V{height}")).collect();
    let spans = lane.spans.iter().enumerate().map(|(at, span)| one_span(props, at, span));
    let marks = lane.marks.iter().enumerate().map(|(at, mark)| one_mark(props, lane.spans.len() + at, mark));
    let label = format!("{}, {}", escape(&lane.name), counted(lane));
    let tag = html! {
        <div class={classes!("lanes__lane", is_open.then_some("lanes__lane--open"))} role="listitem" data-testid={testids[0].clone()} data-lane={number.to_string()}>
            <div class="lanes__label">{ name(lane, *is_open, on_action) }
                if !lane.note.is_empty() { <span class="lanes__note" title={escape(&lane.note)}>{ file_text(&lane.note) }</span> }
            </div>
            <svg class="lanes__drawing" width={scale.width.to_string()} height={height.to_string()} viewBox={view_box(scale.width, height)} role="group" aria-label={label}>
                <g aria-hidden="true">{ for gaps.iter().map(gap) }<path class="lanes__grid" d={grid.concat()} /></g>
                { for spans }
                <g aria-hidden="true">{ for lane.spans.iter().map(|span| span_name(props, span)) }</g>
                { for marks }
            </svg>
        </div>
    };
    with_data(tag, &lane.data)
}

fn counted(lane: &Data) -> String {
    let count = lane.spans.len() + lane.marks.len();
    if count == 1 { "1 mark".into() } else { format!("{} marks", crate::format::count(count as u64)) }
}

fn name(lane: &Data, is_open: bool, on_action: &Callback<Action>) -> Html {
    let text = html! { { file_text(&lane.name) } };
    if !lane.opens {
        return html! { <span class="lanes__name" title={escape(&lane.name)}>{ text }</span> };
    }
    let key = lane.key.clone();
    let onclick = on_action.reform(move |_: MouseEvent| Action::Open(Some(key.clone())));
    html! {
        <button type="button" class="lanes__name lanes__name--opens" title={escape(&lane.name)} aria-expanded={is_open.to_string()} {onclick}>{ text }</button>
    }
}

fn one_span(props: &Props, at: usize, span: &Span) -> Html {
    let Props { lane, scale, zone, testids, .. } = props;
    let (from, to) = ends(scale.time, span.from, span.to);
    let y = tracks_top(lane) + f64::from(span.track) * TRACK + (TRACK - SPAN) / 2.0;
    let words = span_words(span, zone);
    let edge = |x: f64, is: Certainty| match is {
        Certainty::Unknown => Html::default(),
        is => html! {
            <line class={classes!("lane-span__edge", (is == Certainty::Inferred).then_some("lane-span__edge--inferred"))}
                x1={format!("{x:.1}")} x2={format!("{x:.1}")} y1={format!("{y:.1}")} y2={format!("{:.1}", y + SPAN)} />
        },
    };
    let tag = html! {
        <g class={format!("lane-span lane-tone--{}", tone_id(span.tone))} key={format!("span-{at}")} role={role(span.door.is_some())} aria-label={words.clone()}
            tabindex={tabindex(props, at)} data-testid={testids[1].clone()} data-stop={Stop { lane: props.number, at }.to_string()} data-kind={span.kind.clone()}
            data-leads={span.door.is_some().to_string()}>
            <title>{ words }</title>
            <path class="lane-span__body" d={body((from, to), y, (span.from_is, span.to_is))} />
            { edge(from, span.from_is) }
            { edge(to, span.to_is) }
        </g>
    };
    with_data(tag, &span.data)
}

/// The name of a span inside of it, apart from the span itself: what is cut off is no name for a control.
fn span_name(props: &Props, span: &Span) -> Html {
    let (from, to) = ends(props.scale.time, span.from, span.to);
    let y = tracks_top(&props.lane) + f64::from(span.track) * TRACK + (TRACK - SPAN) / 2.0;
    match cut(&span.label, to - from - 12.0) {
        Some(name) => {
            html! { <text class="lane-span__name" x={format!("{:.1}", from + 7.0)} y={format!("{:.1}", y + SPAN - 4.0)}>{ name }</text> }
        }
        None => Html::default(),
    }
}

/// As much of a label as there is room for; nothing rather than a few letters.
fn cut(label: &str, room: f64) -> Option<String> {
    let label = escape(label);
    if text_width(&label) <= room {
        return Some(label);
    }
    let most = (room / 6.6) as usize;
    (most >= 6).then(|| label.chars().take(most - 1).chain(['…']).collect())
}

fn one_mark(props: &Props, at: usize, data: &Mark) -> Html {
    let Props { lane, scale, zone, testids, .. } = props;
    let (x, y) = (scale.time.x(data.time), strip_middle(lane));
    let words = mark_words(data, zone);
    let shape = shape(&data.kind);
    html! {
        <g class={format!("lane-tone--{}", tone_id(data.tone))} key={format!("mark-{at}")} role={role(data.door.is_some())} aria-label={words.clone()}
            tabindex={tabindex(props, at)} data-testid={testids[2].clone()} data-stop={Stop { lane: props.number, at }.to_string()} data-kind={data.kind.clone()}
            data-time={iso(data.time)} data-count={data.count.to_string()} data-leads={data.door.is_some().to_string()}>
            <title>{ words }</title>
            <rect class="lane-mark__target" x={format!("{:.1}", x - 8.0)} y={format!("{:.1}", y - 9.0)} width="16" height="18" rx="3" />
            <path class={format!("lane-mark lane-mark--{}", shape_id(shape))} d={mark(shape, x, y)} />
            if data.count > 1 {
                <text class="lane-mark__count" x={format!("{:.1}", x + 7.0)} y={format!("{:.1}", y + 4.0)} aria-hidden="true">{ data.count }</text>
            }
        </g>
    }
}

fn role(leads: bool) -> &'static str {
    if leads { "button" } else { "img" }
}

fn tabindex(props: &Props, at: usize) -> &'static str {
    if props.stop == Some(at) { "0" } else { "-1" }
}
