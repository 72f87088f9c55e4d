//! Life lines: what a guest held as spans, what happened as marks.

use super::{Sheet, filter::choice, order, words};
use crate::arrange::Arrange as _;
use crate::{
    guests::roster::{
        At, Thing,
        line::{End, Life},
    },
    report::blocks::{Block, Certainty, Lane, Lanes, Mark, Span, TableWindow, Tone},
    time::DAY,
};

/// Marks of one kind that a lane has at most; more fall together.
const SLOTS: i64 = 240;

/// Lines that are drawn before the reader asks for more: a screen of them.
const LINES_AT_FIRST: u32 = 12;

/// The parameter that orders the lines.
const LINES: &str = "lines";
/// Its words, the words a reader sees, the column of the roster and whether the largest is first.
const ORDERS: [(&str, &str, &str, bool); 3] = [
    ("last-activity", "Last activity, latest first", "last-activity", true),
    ("name", "Name", "guest", false),
    ("state", "State", "state", false),
];

/// Sets in which order the lines are.
pub(super) fn control(sheet: &Sheet) -> Block {
    let mut options = vec![(String::new(), "Invitation, newest first".to_owned())];
    options.extend(ORDERS.iter().map(|(id, label, ..)| ((*id).to_owned(), (*label).to_owned())));
    let value = sheet.scope.param(LINES).unwrap_or_default();
    Block::Controls { controls: vec![choice(LINES, "Life lines by", value, options)] }
}

/// Life lines of all guests; only those in sight are made.
pub(super) fn all(sheet: &Sheet, shown: &[u32]) -> Block {
    let none = TableWindow::default();
    let window = sheet.scope.tables.iter().find(|window| window.id == "life-lines").unwrap_or(&none);
    let chosen = sheet.scope.param(LINES).and_then(|id| ORDERS.iter().find(|(own, ..)| *own == id));
    let sort = chosen.map(|(_, _, column, descending)| ((*column).to_owned(), *descending));
    let (found, _) = order::apply(sheet, shown, &TableWindow { sort, ..window.clone() });
    let count = if window.count == 0 { LINES_AT_FIRST } else { window.count };
    let period = period(sheet, found.iter().copied());
    let lanes = found
        .iter()
        .skip(window.from as usize)
        .take(count as usize)
        .map(|at| lane(sheet, *at, &sheet.life(*at), period));
    Block::Lanes(Lanes {
        id: "life-lines".into(),
        title: "Life lines".into(),
        help: "A line a guest: the account, and groups, roles, application roles and access packages as bars; what happened as marks. A faded end lies outside of what the files cover.".into(),
        testids: testids(),
        period,
        gaps: gaps(sheet, period),
        total: found.len() as u64,
        from: window.from,
        lanes: lanes.collect(),
    })
}

/// The life line of one guest, over the guest's own time.
pub(super) fn one(sheet: &Sheet, at: u32, life: &Life) -> Block {
    let times = life.moments.iter().map(|moment| moment.time);
    let times = times.chain(sheet.guest(at).created.and_then(At::ticks));
    let from = times.clone().min().unwrap_or(sheet.as_of);
    let to = times.max().unwrap_or(sheet.as_of).max(end(sheet));
    let period = padded(from, to);
    let mut lane = lane(sheet, at, life, period);
    lane.opens = false;
    Block::Lanes(Lanes {
        id: "life-line".into(),
        title: "Life line".into(),
        help: "Bars are what was held, marks are what happened. A faded end lies outside of what the files cover."
            .into(),
        testids: testids(),
        period,
        gaps: gaps(sheet, period),
        total: 1,
        from: 0,
        lanes: vec![lane],
    })
}

fn testids() -> [String; 3] {
    ["life-line".into(), "life-span".into(), "life-mark".into()]
}

/// Until when the files know: the end of the logs, or the chosen day.
fn end(sheet: &Sheet) -> i64 {
    sheet.logs.map_or(sheet.as_of, |(_, to)| to.max(sheet.as_of))
}

/// The time that the logs cover, and the chosen day; without logs from the first guest on.
fn period(sheet: &Sheet, shown: impl Iterator<Item = u32>) -> (i64, i64) {
    let first = || shown.filter_map(|at| sheet.guest(at).created.and_then(At::ticks)).min().unwrap_or(sheet.as_of);
    let (from, to) = sheet.logs.map_or_else(|| (first(), sheet.as_of), |(from, to)| (from, to.max(sheet.as_of)));
    padded(from, to)
}

fn padded(from: i64, to: i64) -> (i64, i64) {
    let room = ((to - from) / 50).max(DAY / 24);
    (from - room, to + room)
}

fn gaps(sheet: &Sheet, period: (i64, i64)) -> Vec<(i64, i64)> {
    let mut gaps: Vec<(i64, i64)> = Vec::new();
    if let Some((from, to)) = sheet.logs {
        gaps.extend([(period.0, from), (to, period.1)].into_iter().filter(|(from, to)| to - from > DAY));
    }
    gaps.extend(sheet.holes.iter().copied().filter(|(from, to)| *from < period.1 && *to > period.0));
    gaps.arrange();
    gaps
}

fn lane(sheet: &Sheet, at: u32, life: &Life, period: (i64, i64)) -> Lane {
    let person = sheet.person(at);
    let state = sheet.states[at as usize];
    let mut spans: Vec<Span> = account(sheet, at, period).into_iter().collect();
    let mut ends: Vec<i64> = Vec::new();
    for held in &life.held {
        let (from, from_is) = certain(held.from, period.0);
        let (to, to_is) = certain(held.to, end(sheet).min(period.1));
        if to < period.0 || from > period.1 {
            continue;
        }
        let (from, to) = (from.max(period.0), to.min(period.1).max(from.max(period.0)));
        let free = ends.iter().position(|until| *until < from);
        let track = free.unwrap_or_else(|| {
            ends.push(i64::MIN);
            ends.len() - 1
        });
        ends[track] = to;
        let name = if held.name.is_empty() { "(without a name)" } else { &held.name };
        spans.push(Span {
            kind: held.thing.id().into(),
            label: format!("{}: {name}", held.thing.label()),
            from,
            to,
            from_is,
            to_is,
            tone: if held.thing == Thing::Role { Tone::Attention } else { Tone::Plain },
            track: track as u32 + 1,
            data: vec![("kind".into(), held.thing.id().into()), ("name".into(), held.name.clone())],
            door: words::events(sheet, held.thing.label(), &held.events),
        });
    }
    Lane {
        key: person.key.clone(),
        name: person.label().to_owned(),
        note: state.label().into(),
        data: super::table::data(sheet, at, state.id()),
        tracks: ends.len() as u32 + 1,
        spans,
        marks: marks(sheet, life, period),
        opens: true,
    }
}

/// The account itself: from its creation to its deletion.
fn account(sheet: &Sheet, at: u32, period: (i64, i64)) -> Option<Span> {
    let guest = sheet.guest(at);
    let created = guest.created.and_then(At::ticks);
    let deleted = guest.deleted.and_then(At::ticks);
    let (from, from_is) = certain(created.map_or(End::Unknown, End::Known), period.0);
    let (to, to_is) = certain(deleted.map_or(End::Unknown, End::Known), end(sheet).min(period.1));
    (from <= period.1 && to >= period.0).then(|| Span {
        kind: "account".into(),
        label: "Account".into(),
        from: from.max(period.0),
        to: to.max(from.max(period.0)),
        from_is,
        to_is,
        tone: if guest.blocked.is_some() { Tone::Attention } else { Tone::Plain },
        track: 0,
        data: vec![("kind".into(), "account".into())],
        door: Some(words::guest(&sheet.person(at).key)),
    })
}

fn certain(end: End, unknown: i64) -> (i64, Certainty) {
    match end {
        End::Known(time) => (time, Certainty::Known),
        End::Inferred(time) => (time, Certainty::Inferred),
        End::Unknown => (unknown, Certainty::Unknown),
    }
}

/// Marks; those of one kind that are too close to be told apart are one.
fn marks(sheet: &Sheet, life: &Life, period: (i64, i64)) -> Vec<Mark> {
    let slot = ((period.1 - period.0) / SLOTS).max(1);
    let mut marks: Vec<(Mark, Vec<usize>)> = Vec::new();
    for moment in life.moments.iter().filter(|moment| (period.0..=period.1).contains(&moment.time)) {
        let is_frequent = matches!(moment.kind, "sign-in" | "sign-in-failed" | "action" | "concerned" | "changed");
        let known = marks
            .iter_mut()
            .rev()
            .take(6)
            .find(|(mark, _)| is_frequent && mark.kind == moment.kind && moment.time - mark.time < slot);
        if let Some((mark, events)) = known {
            mark.count += 1;
            if mark.label != moment.label {
                mark.label = several(moment.kind).into();
            }
            events.extend(moment.event);
        } else {
            let mark = Mark {
                kind: moment.kind.into(),
                label: moment.label.to_string(),
                time: moment.time,
                count: 1,
                tone: tone(moment.kind),
                door: None,
            };
            marks.push((mark, moment.event.into_iter().collect()));
        }
    }
    let finish = |(mark, events): (Mark, Vec<usize>)| {
        let door = words::events(sheet, &mark.label, &events);
        Mark { door, ..mark }
    };
    marks.into_iter().map(finish).collect()
}

/// Words for marks that fall together.
fn several(kind: &str) -> &'static str {
    match kind {
        "sign-in" => "Sign-ins",
        "action" => "Several things done",
        "changed" => "Several changes",
        _ => "Several events",
    }
}

fn tone(kind: &str) -> Tone {
    match kind {
        "redeemed" => Tone::Good,
        "deleted" | "blocked" | "role-added" | "invitation-failed" | "sign-in-failed" | "failed" => Tone::Attention,
        _ => Tone::Plain,
    }
}
