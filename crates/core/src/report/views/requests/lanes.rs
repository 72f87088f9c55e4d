//! A swim lane per request: a span per state, a mark per record.

use super::words;
use crate::{
    entitlement::requests::{Request, State, Step},
    identity::Identity,
    model::Column,
    report::{
        blocks::{Certainty, Door, Lane, Lanes, Mark, Span, Tone},
        views::ViewScope,
    },
    store::NO_TIME,
    time::MINUTE,
};

/// Lanes in sight unless asked otherwise.
const LANES: u32 = 20;

/// The lanes of requests, those in sight of the window of that id.
pub(super) fn of(scope: &ViewScope, id: &str, requests: &[&Request]) -> Lanes {
    let window = scope.tables.iter().find(|window| window.id == id);
    let (from, count) = window.map_or((0, 0), |window| (window.from, window.count));
    let count = if count == 0 { LANES } else { count };
    let seen: Vec<&Request> = requests.iter().skip(from as usize).take(count as usize).copied().collect();
    let identity = scope.derived.get::<Identity>();
    let names = words::Names { store: scope.derived.store, identity: &identity };
    let first = seen.iter().filter_map(|request| request.first()).min();
    let last = seen.iter().filter_map(|request| request.last()).max();
    Lanes {
        id: id.into(),
        title: "Way of each request".into(),
        help: "One line a request, newest first. A span lasts while the request is in a state; an end that lies \
               outside of what the files cover is open. Records are marks."
            .into(),
        testids: ["request-lane".into(), "request-step".into(), "request-record".into()],
        period: first.zip(last).map_or((0, MINUTE), |(first, last)| (first, last.max(first + MINUTE))),
        gaps: Vec::new(),
        total: requests.len() as u64,
        from,
        lanes: seen.into_iter().map(|request| lane(scope, names, request)).collect(),
    }
}

/// The lane of a request.
fn lane(scope: &ViewScope, names: words::Names, request: &Request) -> Lane {
    let store = scope.derived.store;
    let events = || request.events.iter().map(|(event, _)| *event);
    let door = || Door::to_events(store, "Events of the request", events());
    let mut marks: Vec<Mark> = Vec::new();
    for (event, _) in &request.events {
        let time = store.time[*event as usize];
        if time == NO_TIME {
            continue;
        }
        let label = store.text(*event as usize, Column::Activity).into_owned();
        marks.push(Mark {
            kind: "record".into(),
            label,
            time,
            count: 1,
            tone: Tone::Plain,
            door: Door::to_events(scope.derived.store, "Event of the request", std::iter::once(*event)),
        });
    }
    Lane {
        key: request.key.clone(),
        name: names.label(if request.receiver.is_unknown() { request.requestor } else { request.receiver }),
        note: request.package.name(store).into_owned(),
        data: data(request),
        tracks: 1,
        spans: request.steps.iter().filter_map(|step| span(request, step, door())).collect(),
        marks,
        opens: true,
    }
}

/// The stable attributes of a request.
pub(super) fn data(request: &Request) -> Vec<(String, String)> {
    let text = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    vec![
        text("id", &request.key),
        text("state", request.state.id()),
        text("kind", request.kind.id()),
        text("open", if request.is_open() { "true" } else { "false" }),
    ]
}

/// The stable word of a step: Graph's state, or `approved`.
pub(super) fn word(step: &Step) -> &'static str {
    if step.approved { "approved" } else { step.state.id() }
}

/// What a reader sees of a step.
pub(super) fn label(step: &Step) -> &'static str {
    if step.approved { "Approved" } else { step.state.label() }
}

fn span(request: &Request, step: &Step, door: Option<Door>) -> Option<Span> {
    let to = step.to.or(request.open_as_of)?;
    let length = to - step.from;
    let open = step.to.is_none();
    let begun_before = request.submitted.is_none() && request.steps.first() == Some(step);
    let tail = if open { ", open as of the end of the logs" } else { "" };
    Some(Span {
        kind: word(step).into(),
        label: format!("{}: {}{tail}", label(step), words::length(length)),
        from: step.from,
        to,
        from_is: if begun_before { Certainty::Unknown } else { Certainty::Known },
        to_is: if open { Certainty::Unknown } else { Certainty::Known },
        tone: match step.state {
            _ if step.approved => Tone::Good,
            State::PartiallyDelivered => Tone::Attention,
            State::Delivering if open => Tone::Attention,
            _ => Tone::Plain,
        },
        track: 0,
        data: vec![
            ("step".into(), word(step).into()),
            ("duration-ms".into(), (length / (MINUTE / 60_000)).to_string()),
            ("open".into(), open.to_string()),
        ],
        door,
    })
}
