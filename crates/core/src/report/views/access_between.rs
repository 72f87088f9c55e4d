//! Who had access between two dates: spans rebuilt from events and exports, with how sure each end is.

use super::{
    Made, ViewScope,
    entitled::{self, certainty, choice, day, day_text, pick, sure_id, to_view},
    taking_part::TakingPart,
};
use crate::arrange;
use crate::arrange::Arrange as _;
use crate::report::Door;
use crate::report::Gap;
use crate::{
    entitlement::access::{Access, Kind, Span, Sure, Within},
    report::{
        Block, Control, Lane, Lanes, Need, Note, Stat, Table, TableLine, TableOf, TableWindow, Tone, Value, View,
        blocks::Span as Shown, coverage, guide,
    },
    time::{self, DAY},
};
use std::collections::BTreeMap;

/// How many lanes are sent unless asked otherwise.
const LANES: usize = 40;

pub(super) fn view(scope: &ViewScope) -> Made {
    let access = scope.derived.get::<Access>();
    let zone = scope.zone();
    let Some((first, last)) = bounds(&access) else {
        let blocks = [Need::AuditLogs, Need::Assignments].map(|need| Block::Note(guide(need))).into();
        return Made { blocks, opened: None };
    };
    let start =
        |at: i64| day(scope, "from").unwrap_or_else(|| zone.to_utc((at + zone.offset(at)).div_euclid(DAY) * DAY));
    let from = start(first);
    let to = day(scope, "to").map_or(last + 1, |day| day + DAY).max(from + 1);
    let (of_control, of) = pick(
        "of",
        "Access to",
        scope.param("of"),
        &[("packages", "Access packages"), ("resources", "Groups, roles, sites"), ("all", "All of them")],
    );
    let (sure_control, sure) = pick(
        "sure",
        "Show",
        scope.param("sure"),
        &[("all", "Certain and possible"), ("certain", "Certain only"), ("possible", "Possible only")],
    );
    let wanted = |span: &Span| match of.as_str() {
        "packages" => access.things[span.thing as usize].kind == Kind::Package,
        "resources" => access.things[span.thing as usize].kind != Kind::Package,
        _ => true,
    };
    let taking_part = TakingPart::new(scope);
    let takes_part = |span: &&Span| {
        let person = access.subjects[span.subject as usize].person;
        taking_part.has(person)
    };
    let of_kind: Vec<&Span> = access.spans.iter().filter(|span| wanted(span)).collect();
    let within: Vec<&Span> = of_kind.iter().copied().filter(takes_part).collect();
    let mut things: BTreeMap<u32, usize> = BTreeMap::new();
    for span in &within {
        *things.entry(span.thing).or_default() += 1;
    }
    let options = arrange::map(things.iter().map(|(thing, count)| {
        let thing = &access.things[*thing as usize];
        ((thing.kind, thing.label(), thing.key.as_str()), *count)
    }));
    let options = options.into_iter().map(|((_, label, key), count)| (key.to_owned(), format!("{label} ({count})")));
    let thing = scope.param("thing").and_then(|key| access.thing(key)).filter(|thing| things.contains_key(thing));
    let needle = scope.param("person").map(str::to_lowercase);
    let all: Vec<(&Span, Within)> = within
        .iter()
        .filter(|span| thing.is_none_or(|thing| span.thing == thing))
        .filter(|span| {
            let subject = &access.subjects[span.subject as usize];
            needle.as_ref().is_none_or(|needle| entitled::is_named(subject, needle))
        })
        .map(|span| (*span, span.within(from, to)))
        .filter(|(_, within)| matches!(within, Within::Certain | Within::Possible))
        .collect();
    let certain = certain_subjects(&all);
    let is_listed = |(span, within): &&(&Span, Within)| match sure.as_str() {
        "certain" => *within == Within::Certain,
        "possible" => certain.binary_search(&span.subject).is_err(),
        _ => true,
    };
    let mut list: Vec<(&Span, Within)> = all.iter().filter(is_listed).copied().collect();
    list.arrange_by_key(|(span, _)| (span.thing, span.from, span.subject));
    let controls = vec![
        Control::Day {
            name: "from".into(),
            label: "From".into(),
            testid: "access-from".into(),
            value: day_text(from, zone),
        },
        Control::Day {
            name: "to".into(),
            label: "To".into(),
            testid: "access-to".into(),
            value: day_text(to - 1, zone),
        },
        of_control,
        choice("thing", "Which", thing.map(|thing| access.things[thing as usize].key.as_str()), "All", options),
        Control::Text {
            name: "person".into(),
            label: "Person".into(),
            testid: "person".into(),
            data: Vec::new(),
            value: scope.param("person").unwrap_or_default().into(),
            placeholder: "Name, address or object ID".into(),
        },
        sure_control,
    ];
    let mut blocks = vec![Block::Stats { stats: stats(&all, &list) }, Block::Controls { controls }];
    blocks.extend(taking_part.note(of_kind.len() - within.len(), "spans"));
    let sentence = sentence(&access, &all, thing, from, to, scope);
    blocks.push(Block::Story { sentences: vec![sentence] });
    if !list.is_empty() {
        blocks.push(Block::Lanes(lanes(scope, &access, &list, (from, to), (first, last))));
    }
    blocks.push(Block::Table(table(scope, &access, &list)));
    blocks.push(Block::Note(reach(scope, &access, from, to)));
    Made { blocks, opened: None }
}

/// The time that spans and logs tell of.
fn bounds(access: &Access) -> Option<(i64, i64)> {
    if access.spans.is_empty() {
        return None;
    }
    let ends = access.spans.iter().flat_map(|span| [span.from, span.to]).flatten();
    let logs = access.runs.iter().flat_map(|(from, to)| [*from, *to]);
    let all = || ends.clone().chain(logs.clone()).chain(access.as_of);
    let first = all().min()?;
    Some((first, all().max()?.min(access.as_of?.max(first))))
}

/// People of all spans, whichever are listed; spans as they are listed.
fn stats(all: &[(&Span, Within)], list: &[(&Span, Within)]) -> Vec<Stat> {
    let certain = certain_subjects(all);
    let mut possible: Vec<u32> = all.iter().map(|(span, _)| span.subject).collect();
    possible.arrange();
    possible.dedup();
    let possible = possible.len() - certain.len();
    let unknown = list.iter().filter(|(span, _)| span.from_is == Sure::Unknown || span.to_is == Sure::Unknown).count();
    let stat = |id: &str, label: &str, value: usize, help: &str, door| Stat {
        id: id.into(),
        label: label.into(),
        value: Some(value as u64),
        text: String::new(),
        help: help.into(),
        door,
    };
    let to = |sure| Some(to_view(View::AccessBetween, &[("sure", sure)]));
    vec![
        stat("access-certain", "Had access", certain.len(), "People for whom the files show it", to("certain")),
        stat(
            "access-possible",
            "May have had access",
            possible,
            "People for whom the files do not rule it out",
            to("possible"),
        ),
        stat("access-spans", "Spans", list.len(), "Uninterrupted access of one person to one thing", None),
        stat(
            "access-unknown-ends",
            "With an unknown end",
            unknown,
            "Spans with a begin or end that no file tells of",
            None,
        ),
    ]
}

/// Whom the files show to have had access, ascending.
fn certain_subjects(list: &[(&Span, Within)]) -> Vec<u32> {
    let certain = list.iter().filter(|(_, within)| *within == Within::Certain);
    let mut subjects: Vec<u32> = certain.map(|(span, _)| span.subject).collect();
    subjects.arrange();
    subjects.dedup();
    subjects
}

fn sentence(
    access: &Access,
    list: &[(&Span, Within)],
    thing: Option<u32>,
    from: i64,
    to: i64,
    scope: &ViewScope,
) -> String {
    let certain = certain_subjects(list);
    let zone = scope.zone();
    let what = thing.map_or_else(|| "any of them".to_owned(), |thing| access.things[thing as usize].label());
    let who = match certain.len() {
        0 => "nobody is shown to have had".to_owned(),
        number => format!("{} had", entitled::counted(number, "person", "people")),
    };
    format!("Between {} and {} {who} access to {what}.", time::plain_day(from, zone), time::plain_day(to - 1, zone))
}

fn word(within: Within) -> Value {
    match within {
        Within::Certain => Value::state("Certain", Tone::Good),
        _ => Value::state("Possible", Tone::Unknown),
    }
}

fn sure_value(sure: Sure) -> Value {
    match sure {
        Sure::Known => Value::state("Known", Tone::Good),
        Sure::Inferred => Value::state("Inferred", Tone::Attention),
        Sure::Unknown => Value::state("Unknown", Tone::Unknown),
    }
}

fn data(access: &Access, span: &Span) -> Vec<(String, String)> {
    vec![
        ("subject".into(), entitled::subject_data(&access.subjects[span.subject as usize])),
        ("thing".into(), access.things[span.thing as usize].label()),
        ("from-is".into(), sure_id(span.from_is).into()),
        ("to-is".into(), sure_id(span.to_is).into()),
    ]
}

fn table(scope: &ViewScope, access: &Access, list: &[(&Span, Within)]) -> Table {
    let (store, zone) = (scope.derived.store, scope.zone());
    TableOf::new("access", "Access in that time", "access", "Nobody is shown to have had access then")
        .column("subject", "Person", "", |(span, _): &(&Span, Within)| {
            entitled::subject(&access.subjects[span.subject as usize])
        })
        .column("thing", "Access to", "", |(span, _)| entitled::thing(&access.things[span.thing as usize]))
        .column("kind", "Type", "", |(span, _)| Value::Said(access.things[span.thing as usize].kind.label().into()))
        .column("within", "In that time", "", |(_, within)| word(*within))
        .column("from", "From", "", |(span, _)| entitled::end(store, span, true, zone))
        .column("from-is", "Begin is", "", |(span, _)| sure_value(span.from_is))
        .column("from-why", "Because", "", |(span, _)| Value::Text(entitled::why(store, span.from_why)))
        .column("to", "To", "", |(span, _)| entitled::end(store, span, false, zone))
        .column("to-is", "End is", "", |(span, _)| sure_value(span.to_is))
        .column("to-why", "Because", "", |(span, _)| Value::Text(entitled::why(store, span.to_why)))
        .build(list, scope.tables, |(span, within)| {
            let mut data = data(access, span);
            data.push(("within".into(), if *within == Within::Certain { "certain" } else { "possible" }.into()));
            let key =
                |of: &str| format!("{}|{of}|{}", access.subjects[span.subject as usize].key, span.from.unwrap_or(0));
            TableLine {
                key: key(&access.things[span.thing as usize].key),
                data,
                door: Door::to_events(store, access.things[span.thing as usize].label(), span.events.iter().copied()),
                ..TableLine::default()
            }
        })
}

/// A lane per person and thing, on an axis that reaches a little beyond the days chosen.
fn lanes(
    scope: &ViewScope,
    access: &Access,
    list: &[(&Span, Within)],
    (from, to): (i64, i64),
    (first, last): (i64, i64),
) -> Lanes {
    let store = scope.derived.store;
    let margin = ((to - from) / 10).max(DAY);
    let period = ((from - margin).max(first.min(from)), (to + margin).min(last.max(to)));
    let pair = |one: &(&Span, Within)| (one.0.thing, one.0.subject);
    let mut ordered: Vec<&(&Span, Within)> = list.iter().collect();
    ordered.arrange_by_key(|one| (pair(one), one.0.from));
    let lanes: Vec<&[&(&Span, Within)]> = ordered.chunk_by(|a, b| pair(a) == pair(b)).collect();
    let none = TableWindow::default();
    let window = scope.tables.iter().find(|window| window.id == "access-lanes").unwrap_or(&none);
    let count = if window.count == 0 { LANES } else { window.count as usize };
    let shown = |(span, within): &(&Span, Within)| {
        let mut data = data(access, span);
        data.push(("within".into(), if *within == Within::Certain { "certain" } else { "possible" }.into()));
        let thing = &access.things[span.thing as usize];
        // What is known of an unknown end is drawn; the painter lets it fade from there.
        let (from, to) = (span.from.or(span.to), span.to.or(span.from));
        Shown {
            kind: thing.kind.id().into(),
            label: thing.label(),
            from: from.unwrap_or(period.0),
            to: to.unwrap_or(period.1).max(from.unwrap_or(period.0)),
            from_is: certainty(span.from_is),
            to_is: certainty(span.to_is),
            tone: if *within == Within::Certain { Tone::Plain } else { Tone::Unknown },
            track: 0,
            data,
            door: Door::to_events(store, thing.label(), span.events.iter().copied()),
        }
    };
    let total = lanes.len() as u64;
    let lanes = lanes
        .into_iter()
        .skip(window.from as usize)
        .take(count)
        .map(|spans| {
            let (thing, subject) = pair(spans[0]);
            let (thing, subject) = (&access.things[thing as usize], &access.subjects[subject as usize]);
            Lane {
                key: format!("{}|{}", subject.key, thing.key),
                name: if subject.name.is_empty() { subject.address.clone() } else { subject.name.clone() },
                note: thing.label(),
                data: vec![("subject".into(), entitled::subject_data(subject)), ("thing".into(), thing.label())],
                tracks: 1,
                spans: spans.iter().map(|one| shown(one)).collect(),
                ..Lane::default()
            }
        })
        .collect();
    Lanes {
        id: "access-lanes".into(),
        title: "Access over time".into(),
        help: "A solid end is known, a dashed one inferred; one that fades is not known".into(),
        testids: ["access-lane".into(), "access-span".into(), "access-mark".into()],
        period,
        gaps: gaps(scope),
        total,
        from: window.from,
        lanes,
    }
}

/// Time that no audit log covers.
fn gaps(scope: &ViewScope) -> Vec<(i64, i64)> {
    let coverage = coverage(scope.derived.store, 30, scope.zone());
    let audit = coverage.kinds.into_iter().find(|kind| kind.kind == "audit");
    audit.map_or_else(Vec::new, |kind| kind.gaps.iter().map(Gap::whole_days).collect())
}

/// How far the logs reach, and what that means for the answer.
fn reach(scope: &ViewScope, access: &Access, from: i64, to: i64) -> Note {
    let zone = scope.zone();
    let words = |ticks: i64| time::plain_day(ticks, zone);
    let mut sentences = Vec::new();
    match (access.runs.first(), access.runs.last()) {
        (Some((begin, _)), Some((_, end))) => {
            sentences.push(format!("The loaded audit events reach from {} to {}.", words(*begin), words(*end)));
            if from < *begin {
                sentences.push(format!(
                    "Before {} only exports tell: who had access and lost it before then is in no list.",
                    words(*begin)
                ));
            }
            if to > end + 1 {
                sentences.push(format!("After {} nothing tells of changes.", words(*end)));
            }
            let gaps = gaps(scope).iter().filter(|(begin, end)| *begin < to && *end > from).count();
            if gaps > 0 {
                let gaps = entitled::counted(gaps, "gap", "gaps");
                sentences.push(format!("There is {gaps} in that time: access given and taken within one is not seen."));
            }
        }
        _ => {
            sentences.push("No audit log is loaded: only exports tell, and they do not have what ended before.".into());
        }
    }
    if !access.unplaced.is_empty() {
        let number = entitled::counted(access.unplaced.len(), "event", "events");
        sentences.push(format!("{number} about assignments could not be placed, as they do not say whose or of what."));
    }
    let door = Door::to_events(scope.derived.store, "Events that could not be placed", access.unplaced.iter().copied());
    Note {
        id: "access-reach".into(),
        title: "What this rests on".into(),
        text: sentences.join(" "),
        door: door.map(|door| ("Events that could not be placed".into(), door)),
        ..Note::default()
    }
}
