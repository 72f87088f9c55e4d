//! One assignment: what it is, what would be lost and kept without it, and what else the person has.

use super::{Of, person, policy, resources, state_value};
use crate::report::Door;
use crate::{
    entitlement::access::{Held, Way},
    report::{
        Block, Fact, Lane, Lanes, Need, Opened, TableLine, TableOf, Tone, Value,
        blocks::Span,
        guide,
        views::entitled::{self, certainty, counted, sure_id},
    },
};

pub(super) fn opened(of: &Of, key: &str) -> Option<Opened> {
    let at = (0..).zip(&of.access.assignments).find(|(_, one)| one.key == key)?.0;
    let one = of.one(at);
    let (subject, package) = (&of.access.subjects[one.subject as usize], &of.access.things[one.package as usize]);
    let mut blocks = vec![Block::Facts { facts: facts(of, at) }];
    blocks.extend(lane(of, at).map(Block::Lanes));
    let assignments = of.access.assignments_of(one.subject);
    let held = of.access.held(one.subject, &assignments, of.as_of);
    if of.access.is_current(at, of.as_of) {
        blocks.extend(without(of, at, &held));
    }
    blocks.push(Block::Table(of.table("packages-of-person", "Access packages of the person", &assignments)));
    blocks.push(Block::Table(resources::of_held(
        of,
        "resources-of-person",
        "Resource assignments of the person",
        &held,
    )));
    blocks.extend(person::can_request(of, one.subject));
    Some(Opened {
        key: key.into(),
        title: if subject.name.is_empty() { subject.address.clone() } else { subject.name.clone() },
        subtitle: package.label(),
        testid: "assignment-details".into(),
        blocks,
    })
}

fn facts(of: &Of, at: u32) -> Vec<Fact> {
    let one = of.one(at);
    let span = one.span.map(|span| &of.access.spans[span as usize]);
    let fact = |label: &str, value: Value, help: String| Fact { label: label.into(), value, help, door: None };
    let begin = |begin: bool| {
        let value = span.map(|span| entitled::end(of.store, span, begin, of.scope.zone()));
        value.unwrap_or_else(|| Value::none("The files do not say it"))
    };
    let reason = |begin: bool| {
        span.map_or_else(String::new, |span| entitled::why(of.store, if begin { span.from_why } else { span.to_why }))
    };
    let door = |value: &Fact| match span {
        Some(span) if !span.events.is_empty() => Fact {
            door: Door::to_events(of.store, "Events of the assignment", span.events.iter().copied()),
            ..value.clone()
        },
        _ => value.clone(),
    };
    let reckoned = match one.ends {
        Some((_, true)) => "Reckoned from the start and the duration",
        Some((_, false)) => "As the export has it",
        None => "",
    };
    vec![
        fact("State", state_value(of.state(at)), "In Graph's word, as of the day chosen".into()),
        fact("Status", Value::text(one.status.clone()), "As the export has it".into()),
        fact("Policy", policy(one), String::new()),
        door(&fact("Access since", begin(true), reason(true))),
        door(&fact("Access until", begin(false), reason(false))),
        fact(
            "Is to end",
            Value::time(one.ends.map(|(ends, _)| ends), "No loaded file has an end date"),
            reckoned.into(),
        ),
        fact("Expiry", of.expiry(at), "As of the day chosen".into()),
        fact(
            "Assignment ID",
            if one.id.is_empty() { Value::none("No loaded file has it") } else { Value::Id(one.id.clone()) },
            String::new(),
        ),
        fact("Told by", of.told_by(at), String::new()),
    ]
}

fn lane(of: &Of, at: u32) -> Option<Lanes> {
    let one = of.one(at);
    let spans: Vec<_> = of.access.spans_of(one.subject).map(|(_, span)| span).collect();
    let times = spans.iter().flat_map(|span| [span.from, span.to]).flatten();
    let (first, last) = times.fold((i64::MAX, i64::MIN), |(first, last), at| (first.min(at), last.max(at)));
    if first > last {
        return None;
    }
    let make = |span: &crate::entitlement::access::Span| {
        let thing = &of.access.things[span.thing as usize];
        let (from, to) = (span.from.unwrap_or(first), span.to.unwrap_or(last));
        Lane {
            key: thing.key.clone(),
            name: thing.label(),
            note: thing.kind.label().into(),
            tracks: 1,
            spans: vec![Span {
                kind: thing.kind.id().into(),
                label: thing.label(),
                from,
                to,
                from_is: certainty(span.from_is),
                to_is: certainty(span.to_is),
                tone: Tone::Plain,
                track: 0,
                data: vec![
                    ("from-is".into(), sure_id(span.from_is).into()),
                    ("to-is".into(), sure_id(span.to_is).into()),
                ],
                door: Door::to_events(of.store, thing.label(), span.events.iter().copied()),
            }],
            ..Lane::default()
        }
    };
    Some(Lanes {
        id: "access-of-person".into(),
        title: "All access of the person".into(),
        help: "An end that is not known fades out".into(),
        testids: ["access-lane".into(), "access-span".into(), "access-mark".into()],
        period: (first, last.max(first + 1)),
        gaps: Vec::new(),
        total: spans.len() as u64,
        from: 0,
        lanes: spans.into_iter().map(make).take(60).collect(),
    })
}

/// What would be lost and kept if the assignment were removed.
fn without(of: &Of, at: u32, held: &[Held]) -> Vec<Block> {
    let package = of.one(at).package;
    let touched: Vec<(&Held, bool)> = held.iter().filter_map(|held| Some((held, held.goes_with(at)?))).collect();
    if touched.is_empty() {
        let text = "No loaded file tells what the package gives, so what would be lost or kept is not known.";
        return vec![Block::Story { sentences: vec![text.into()] }, Block::Note(guide(Need::Resources))];
    }
    let lost = touched.iter().filter(|(_, goes)| *goes).count();
    let exported = of.access.gifts_of(package).all(|gift| gift.sure == crate::entitlement::access::Sure::Known);
    let mut sentence = format!(
        "If this assignment were removed, {} would be lost and {} kept by another way.",
        counted(lost, "resource", "resources"),
        touched.len() - lost
    );
    if !exported {
        sentence += " What the package gives is inferred from the log; it may give more.";
    }
    let other = |held: &Held| {
        let ways = held.ways.iter().filter(|way| way.assignment != Some(at));
        let name = |way: &Way| match way.assignment {
            Some(other) => of.access.things[of.one(other).package as usize].label(),
            None if way.managed => "Entitlement management".to_owned(),
            None => "Directly".to_owned(),
        };
        ways.map(name).collect::<Vec<_>>()
    };
    let table = TableOf::new("without", "If it were removed", "without-assignment", "")
        .help("Access that somebody had directly before the loaded logs begin is not known and not counted as kept")
        .column("resource", "Resource", "", |(held, _): &(&Held, bool)| {
            entitled::thing(&of.access.things[held.thing as usize])
        })
        .column("kind", "Resource type", "", |(held, _)| {
            Value::Said(of.access.things[held.thing as usize].kind.label().into())
        })
        .column("outcome", "Would be", "", |(_, goes)| {
            if *goes { Value::state("Lost", Tone::Attention) } else { Value::state("Kept", Tone::Plain) }
        })
        .column(
            "by",
            "By",
            "",
            |(held, goes)| {
                if *goes { Value::none("No other way is known") } else { Value::List(other(held)) }
            },
        )
        .build(&touched, of.scope.tables, |(held, goes)| {
            let thing = &of.access.things[held.thing as usize];
            TableLine {
                key: thing.key.clone(),
                data: vec![
                    ("resource".into(), thing.label()),
                    ("outcome".into(), if *goes { "lost" } else { "kept" }.into()),
                ],
                ..TableLine::default()
            }
        });
    vec![Block::Story { sentences: vec![sentence] }, Block::Table(table)]
}
