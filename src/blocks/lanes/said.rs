//! Spans and marks in words: what a screen reader hears, what a pointer reads, and the table.

use super::draw::{is_line, kind_words, kinds, mark, shape, shape_id};
use crate::{
    blocks::cell::tone_id,
    components::{file_text, text::escape},
    format,
};
use guestlens_core::arrange::Arrange as _;
use guestlens_core::{
    report::{Certainty, Lane, Lanes, Mark, Span},
    time::{self, Zone},
};
use yew::prelude::*;

fn end(word: &str, ticks: i64, is: Certainty, zone: &Zone) -> String {
    let at = time::plain(ticks, zone);
    match is {
        Certainty::Known => format!("{word} {at}"),
        Certainty::Inferred => format!("{word} {at} (inferred)"),
        Certainty::Unknown if word == "from" => format!("since before {at} (outside of what the files cover)"),
        Certainty::Unknown => format!("beyond {at} (outside of what the files cover)"),
    }
}

/// `Member of Sales: from 2 Jun 2026 08:30:00 to 5 Jun 2026 09:00:00 UTC, 3 d`.
pub fn span_words(span: &Span, zone: &Zone) -> String {
    let Span { label, from, to, from_is, to_is, .. } = span;
    let length =
        if matches!((from_is, to_is), (Certainty::Unknown, _) | (_, Certainty::Unknown)) { "at least " } else { "" };
    format!(
        "{}: {} {}, {length}{}",
        escape(label),
        end("from", *from, *from_is, zone),
        end("to", *to, *to_is, zone),
        format::duration(to - from)
    )
}

/// `3 sign-ins, 2 Jun 2026 08:30:00`.
pub fn mark_words(mark: &Mark, zone: &Zone) -> String {
    let times = if mark.count > 1 { format!("{} times, first ", mark.count) } else { String::new() };
    format!("{}: {times}{} {}", escape(&mark.label), time::plain(mark.time, zone), zone.name)
}

/// What the shapes are.
pub fn legend(lanes: &Lanes) -> Html {
    let (marks, spans) = kinds(lanes);
    let tone_of = |kind: &str| {
        let mut all = lanes.lanes.iter().flat_map(|lane| &lane.marks).filter(|mark| mark.kind == kind);
        all.next().map_or("plain", |mark| tone_id(mark.tone))
    };
    let one = |kind: &String| {
        let shape = shape(kind);
        html! {
            <li key={kind.clone()}>
                <svg class="lanes__key" width="14" height="14" aria-hidden="true">
                    <path class={format!("lane-mark lane-mark--{} lane-tone--{}", shape_id(shape), tone_of(kind))} d={mark(shape, 7.0, 7.0)} />
                </svg>{ kind_words(kind) }
            </li>
        }
    };
    let is_inferred = |span: &Span| span.from_is == Certainty::Inferred || span.to_is == Certainty::Inferred;
    let is_unknown = |span: &Span| span.from_is == Certainty::Unknown || span.to_is == Certainty::Unknown;
    let any = |test: &dyn Fn(&Span) -> bool| lanes.lanes.iter().flat_map(|lane| &lane.spans).any(test);
    let note = |class: &'static str, words: &'static str| html! { <li key={words}><span class={class} aria-hidden="true" />{ words }</li> };
    html! {
        <ul class="lanes__legend" aria-label="Key">
            { for marks.iter().map(one) }
            if !spans.is_empty() && any(&is_inferred) { { note("lanes__sign lanes__sign--inferred", "An end that follows from other events") } }
            if any(&is_unknown) { { note("lanes__sign lanes__sign--unknown", "Goes on beyond what the files cover") } }
            if !lanes.gaps.is_empty() { { note("lanes__sign lanes__sign--gap", "No file covers this time") } }
        </ul>
    }
}

/// All spans and marks as a table.
pub fn table(lanes: &Lanes, zone: &Zone) -> Html {
    let moment = |ticks: i64, is: Certainty| match is {
        Certainty::Known => time::plain(ticks, zone),
        Certainty::Inferred => format!("{} (inferred)", time::plain(ticks, zone)),
        Certainty::Unknown => format!("unknown, beyond {}", time::plain(ticks, zone)),
    };
    let lines = |lane: &Lane| {
        let span =
            |span: &Span| (span.from, span.label.clone(), moment(span.from, span.from_is), moment(span.to, span.to_is));
        let mark = |mark: &Mark| {
            let times =
                if mark.count > 1 { format!("{} ({} times)", mark.label, mark.count) } else { mark.label.clone() };
            (mark.time, times, time::plain(mark.time, zone), String::new())
        };
        let mut all: Vec<_> = lane.spans.iter().map(span).chain(lane.marks.iter().map(mark)).collect();
        all.arrange_by_key(|(time, ..)| *time);
        let name = lane.name.clone();
        all.into_iter().map(move |(_, what, from, to)| html! {
            <tr><th scope="row">{ file_text(&name) }</th><td>{ file_text(&what) }</td><td>{ from }</td><td>{ to }</td></tr>
        }).collect::<Html>()
    };
    html! {
        <table class="chart-table">
            <caption>{ &lanes.title }</caption>
            <thead><tr><th scope="col">{ "Line" }</th><th scope="col">{ "What" }</th><th scope="col">{ format!("From ({})", zone.name) }</th><th scope="col">{ "To" }</th></tr></thead>
            <tbody>{ for lanes.lanes.iter().map(lines) }</tbody>
        </table>
    }
}

/// Whether the mark is drawn by its line alone; for pictures.
pub fn is_hollow(kind: &str) -> bool {
    is_line(shape(kind))
}
