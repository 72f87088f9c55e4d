//! Which time the files cover: a line per kind of log on one time axis, a bar per file, gaps hatched.

use super::{
    axis::time_labels,
    chart_figure::ChartFigure,
    export_svg::{self, Caption},
    lanes::draw::{PAD, SPAN, TRACK, body, ends, hatch, scale},
    measure::{use_size, view_box},
    time_histogram::zone_name,
};
use crate::{
    action::Action,
    components::{Glyph, file_text, icon, text::escape},
    format,
};
use guestlens_core::{
    chart::{TimeScale, thousands},
    report::{Certainty, Coverage as Data, CoverageKind, CoverageSpan, Gap, Lane, Lanes, Span, Tone},
    time::{self, Zone, iso},
};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// What the files cover.
    pub coverage: Data,
    /// Calendar of the axis.
    pub zone: Zone,
    /// The filters in words, for exported pictures.
    pub context: AttrValue,
    /// Takes what is saved.
    pub on_action: Callback<Action>,
}

/// Coverage.
#[component]
pub fn Coverage(props: &Props) -> Html {
    let Props { coverage, zone, context, on_action } = props;
    let axis = use_node_ref();
    let (width, _) = use_size(&axis, "coverage", (720.0, 24.0));
    let as_table = {
        let (coverage, zone) = (coverage.clone(), zone.clone());
        Callback::from(move |()| table(&coverage, &zone))
    };
    let draw = {
        let (coverage, zone, context) = (coverage.clone(), zone.clone(), context.clone());
        Callback::from(move |saved: String| {
            let lanes = as_lanes(&coverage);
            let caption = Caption { title: TITLE, context: &context, note: zone_name(&zone), saved: &saved };
            export_svg::lanes(&caption, &lanes, &zone)
        })
    };
    let period = coverage.period.unwrap_or_default();
    let time = scale(period, 0.0, width);
    let labels = time_labels(time, zone);
    let kind = |kind: &CoverageKind| one_kind(kind, time, width, &labels, zone);
    html! {
        <div class="coverage" data-testid="coverage" data-retention={coverage.retention_days.to_string()}>
            <ChartFigure class="lanes" title={TITLE} note={format!("A bar is a file, {}", zone_name(zone))} name="coverage" table={as_table} {draw}
                on_action={on_action.clone()}>
                if coverage.period.is_none() {
                    <p class="empty">{ "No loaded file has an event with a time, so no time is covered." }</p>
                } else {
                    <div class="lanes__body">
                        <div class="lanes__head">
                            <span class="lanes__label" />
                            <div class="lanes__axis" ref={axis}>
                                <svg width={width.to_string()} height="24" viewBox={view_box(width, 24.0)} aria-hidden="true"><g class="axis">{ for labels.iter().map(super::lanes::tick) }</g></svg>
                            </div>
                        </div>
                        <div role="list" aria-label={TITLE}>{ for coverage.kinds.iter().map(kind) }</div>
                    </div>
                    <ul class="lanes__legend" aria-label="Key">
                        <li><span class="lanes__sign lanes__sign--gap" aria-hidden="true" />{ "No file covers this time" }</li>
                        <li><span class="lanes__sign lanes__sign--overlap" aria-hidden="true" />{ "Several files cover this time" }</li>
                    </ul>
                }
            </ChartFigure>
        </div>
    }
}

const TITLE: &str = "Time that the files cover";

/// The files of a kind, each in the first track that is free.
fn tracks(spans: &[CoverageSpan]) -> Vec<u32> {
    let mut ends: Vec<i64> = Vec::new();
    let track = |span: &CoverageSpan| {
        let free = ends.iter().position(|end| *end < span.from).unwrap_or(ends.len());
        if free == ends.len() {
            ends.push(span.to);
        } else {
            ends[free] = span.to;
        }
        free as u32
    };
    spans.iter().map(track).collect()
}

fn one_kind(kind: &CoverageKind, time: TimeScale, width: f64, labels: &[(f64, String, bool)], zone: &Zone) -> Html {
    let tracks = tracks(&kind.spans);
    let lines = f64::from(tracks.iter().max().map_or(1, |most| most + 1));
    let height = lines * TRACK + 2.0 * PAD;
    let bar = |(span, track): (&CoverageSpan, &u32)| {
        let y = PAD + f64::from(*track) * TRACK + (TRACK - SPAN) / 2.0;
        let outline = body(ends(time, span.from, span.to), y, (Certainty::Known, Certainty::Known));
        let words = span_words(span, zone);
        html! {
            <g class="lane-span lane-tone--plain" role="img" tabindex="0" aria-label={words.clone()} data-testid="coverage-span" data-name={span.name.clone()}
                data-from={iso(span.from)} data-to={iso(span.to)}>
                <title>{ words }</title><path class="lane-span__body" d={outline} />
            </g>
        }
    };
    let gap = |gap: &Gap| {
        let (from, to) = gap.whole_days();
        let (a, b) = ends(time, from, to);
        let words = gap_words(gap, zone);
        html! {
            <g class="coverage__gap" role="img" tabindex="0" aria-label={words.clone()} data-testid="coverage-gap" data-kind={kind.kind.clone()}
                data-from={iso(from)} data-to={iso(to)} data-days={gap.days.to_string()}>
                <title>{ words }</title>
                <rect class="coverage__target" x={format!("{a:.1}")} y="0" width={format!("{:.1}", b - a)} height={height.to_string()} />
                <path class="lanes__gap" d={hatch((a, b), 0.0, height)} />
            </g>
        }
    };
    let overlap = |(from, to): (i64, i64)| {
        let (a, b) = ends(time, from, to);
        html! { <rect class="coverage__overlap" x={format!("{a:.1}")} y="0" width={format!("{:.1}", b - a)} height={height.to_string()} /> }
    };
    let grid = |(x, ..): &(f64, String, bool)| {
        let x = (x.round() + 0.5).to_string();
        html! { <line class="lanes__grid" x1={x.clone()} x2={x} y1="0" y2={height.to_string()} /> }
    };
    html! {
        <div class="lanes__lane" role="listitem" key={kind.kind.clone()} data-testid="coverage-kind" data-kind={kind.kind.clone()}>
            <div class="lanes__label">
                <span class="lanes__name">{ &kind.label }</span>
                <span class="lanes__note">{ covered(kind) }</span>
            </div>
            <div class="coverage__row">
                <svg class="lanes__drawing" width={width.to_string()} height={height.to_string()} viewBox={view_box(width, height)} role="group" aria-label={kind.label.clone()}>
                    <g aria-hidden="true">{ for labels.iter().map(grid) }{ for kind.overlaps.iter().map(|both| overlap((both.from, both.to))) }</g>
                    { for kind.gaps.iter().map(gap) }
                    { for kind.spans.iter().zip(&tracks).map(bar) }
                </svg>
                <ul class="coverage__notes">{ for notes(kind, zone) }</ul>
            </div>
        </div>
    }
}

/// `2 files, 33 days, 1 gap`.
fn covered(kind: &CoverageKind) -> String {
    let files = format::counted(kind.spans.len() as u64, "file", "files");
    match kind.gaps.len() as u64 {
        0 => format!("{files}, no gap"),
        gaps => format!("{files}, {}", format::counted(gaps, "gap", "gaps")),
    }
}

/// What the reader has to know: when to export again, what is missing, what is probably cut off.
fn notes(kind: &CoverageKind, zone: &Zone) -> Vec<Html> {
    let mut notes = Vec::new();
    let mut add = |tone: &'static str, glyph: Glyph, text: String| {
        notes.push(html! { <li class={format!("coverage__note value--{tone}")} key={text.clone()}>{ icon(glyph) }{ file_text(&text) }</li> });
    };
    for gap in &kind.gaps {
        add("attention", Glyph::Warning, gap_words(gap, zone));
    }
    for cut in &kind.cut_off {
        let (records, limit) = (thousands(cut.records), thousands(cut.limit));
        add(
            "serious",
            Glyph::Serious,
            format!(
                "{} holds {records} records, the most that the portal exports is {limit}: this export is probably cut off. Export shorter periods.",
                escape(&cut.name)
            ),
        );
    }
    if let Some(by) = kind.next_export_by {
        add(
            "plain",
            Glyph::Clock,
            format!("Export again before {} (kept for {} days)", time::plain_day(by, zone), kind.retention_days),
        );
    }
    notes
}

fn gap_words(gap: &Gap, zone: &Zone) -> String {
    let (from, to) = gap.whole_days();
    let (first, last) = (time::plain_day(from, zone), time::plain_day(to - 1, zone));
    let days = format::days(gap.days.into());
    if first == last { format!("Gap: {first} ({days})") } else { format!("Gap: {first} to {last} ({days})") }
}

fn span_words(span: &CoverageSpan, zone: &Zone) -> String {
    let by_name = if span.by_name { ", widened to the dates in its name" } else { "" };
    format!(
        "{}: {} to {}, {} records{by_name}",
        escape(&span.name),
        time::plain(span.from, zone),
        time::plain(span.to, zone),
        thousands(span.records)
    )
}

/// The same as lanes, for pictures.
fn as_lanes(coverage: &Data) -> Lanes {
    let lane = |kind: &CoverageKind| {
        let span = |(span, track): (&CoverageSpan, u32)| Span {
            kind: "file".into(),
            label: span.name.clone(),
            from: span.from,
            to: span.to,
            track,
            ..Span::default()
        };
        let gap = |gap: &Gap| {
            let (from, to) = gap.whole_days();
            Span { kind: "gap".into(), label: "No file".into(), from, to, tone: Tone::Attention, ..Span::default() }
        };
        let spans = kind.spans.iter().zip(tracks(&kind.spans)).map(span).chain(kind.gaps.iter().map(gap));
        Lane { key: kind.kind.clone(), name: kind.label.clone(), spans: spans.collect(), ..Lane::default() }
    };
    let period = coverage.period.unwrap_or_default();
    Lanes { id: "coverage".into(), period, lanes: coverage.kinds.iter().map(lane).collect(), ..Lanes::default() }
}

fn table(coverage: &Data, zone: &Zone) -> Html {
    let line = |kind: &CoverageKind, what: String, from: i64, to: i64, more: String| {
        html! {
            <tr><th scope="row">{ &kind.label }</th><td>{ file_text(&what) }</td><td>{ time::plain(from, zone) }</td><td>{ time::plain(to, zone) }</td><td>{ more }</td></tr>
        }
    };
    let lines = |kind: &CoverageKind| {
        let span = |span: &CoverageSpan| {
            line(kind, span.name.clone(), span.from, span.to, format!("{} records", thousands(span.records)))
        };
        let gap = |gap: &Gap| {
            let (from, to) = gap.whole_days();
            line(kind, "No file".into(), from, to - 1, format::days(gap.days.into()))
        };
        kind.spans.iter().map(span).chain(kind.gaps.iter().map(gap)).collect::<Html>()
    };
    html! {
        <table class="chart-table">
            <caption>{ TITLE }</caption>
            <thead><tr><th scope="col">{ "Kind of log" }</th><th scope="col">{ "File" }</th><th scope="col">{ format!("From ({})", zone_name(zone)) }</th><th scope="col">{ "To" }</th><th scope="col">{ "Holds" }</th></tr></thead>
            <tbody>{ for coverage.kinds.iter().map(lines) }</tbody>
        </table>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_overlap_have_tracks_of_their_own() {
        let spans = [(0, 10), (5, 20), (12, 30), (31, 40)].map(|(from, to)| CoverageSpan {
            from,
            to,
            ..CoverageSpan::default()
        });
        assert_eq!(tracks(&spans), [0, 1, 0, 0]);
    }
}
