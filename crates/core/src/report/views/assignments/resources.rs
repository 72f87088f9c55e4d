//! Resource assignments: what people have, and by which packages or directly.

use super::{Of, policy};
use crate::report::Door;
use crate::{
    entitlement::access::{Held, Sure, Way},
    report::{
        Note, Table, TableLine, TableOf, Value,
        views::entitled::{self, counted},
    },
};

/// The resources of everybody who has one of these assignments; each person's also from other packages.
pub(super) fn table(of: &Of, list: &[u32]) -> Table {
    let mut subjects: Vec<u32> = Vec::new();
    let mut seen = vec![false; of.access.subjects.len()];
    for at in list {
        let subject = of.one(*at).subject;
        if !std::mem::replace(&mut seen[subject as usize], true) {
            subjects.push(subject);
        }
    }
    let held: Vec<Held> = subjects
        .into_iter()
        .flat_map(|subject| of.access.held(subject, &of.access.assignments_of(subject), of.as_of))
        .collect();
    of_held(of, "resources", "Resource assignments", &held)
}

/// A line per person and resource; where several packages give it, a line below for each.
pub(super) fn of_held(of: &Of, id: &str, title: &str, held: &[Held]) -> Table {
    let access = &*of.access;
    let one = |held: &Held| match held.ways[..] {
        [way] => Some(way),
        _ => None,
    };
    let several = |held: &Held| Value::Said(counted(held.ways.len(), "way", "ways"));
    TableOf::new(id, title, "resource-assignment", "No loaded file tells of a resource that they have")
        .help("A resource that somebody has by several ways has a line below for each")
        .column("subject", "Assigned to", "", |held: &Held| entitled::subject(&access.subjects[held.subject as usize]))
        .column("resource", "Resource", "", |held| entitled::thing(&access.things[held.thing as usize]))
        .column("kind", "Resource type", "", |held| Value::Said(access.things[held.thing as usize].kind.label().into()))
        .column("package", "Access package", "", |held| one(held).map_or_else(|| several(held), |way| package(of, way)))
        .column("policy", "Policy", "", |held| {
            one(held).map_or_else(|| Value::none("See the lines below"), |way| policy_of(of, way))
        })
        .column("started", "Start", "Of several ways the earliest", |held| {
            let starts = held.ways.iter().map(|way| start(of, *way));
            starts.reduce(|a, b| if time(&b) < time(&a) { b } else { a }).unwrap_or_else(|| Value::none(""))
        })
        .column("ends", "End", "Of several ways the latest", |held| {
            let ends: Vec<Value> = held.ways.iter().map(|way| end(of, *way)).collect();
            match ends.iter().find(|end| matches!(end, Value::None(_))) {
                Some(unknown) => unknown.clone(),
                None => ends.into_iter().max_by_key(time).unwrap_or_else(|| Value::none("")),
            }
        })
        .build(held, of.scope.tables, |held| {
            let (subject, thing) = (&access.subjects[held.subject as usize], &access.things[held.thing as usize]);
            let lines = if held.ways.len() > 1 {
                held.ways.iter().map(|way| below(of, held, *way)).collect()
            } else {
                Vec::new()
            };
            TableLine {
                key: format!("{}|{}", subject.key, thing.key),
                data: vec![
                    ("subject".into(), entitled::subject_data(subject)),
                    ("resource".into(), thing.label()),
                    ("ways".into(), held.ways.len().to_string()),
                ],
                door: one(held).and_then(|way| door(of, way)),
                opens: one(held).is_some_and(|way| way.assignment.is_some()) && door(of, held.ways[0]).is_none(),
                lines,
                ..TableLine::default()
            }
        })
}

/// The line of one way.
fn below(of: &Of, held: &Held, way: Way) -> TableLine {
    let thing = &of.access.things[held.thing as usize];
    let key = match (way.assignment, way.span) {
        (Some(at), _) => of.one(at).key.clone(),
        (None, Some(span)) => format!("direct-{span}"),
        (None, None) => String::new(),
    };
    TableLine {
        key: format!("{}|{key}", thing.key),
        data: vec![("resource".into(), thing.label())],
        cells: vec![
            Value::none("As above"),
            Value::Name(thing.label()),
            Value::Said(thing.kind.label().into()),
            package(of, way),
            policy_of(of, way),
            start(of, way),
            end(of, way),
        ],
        door: door(of, way),
        ..TableLine::default()
    }
}

fn time(value: &Value) -> i64 {
    if let Value::Time(at) = value { *at } else { i64::MAX }
}

fn package(of: &Of, way: Way) -> Value {
    match (way.assignment, way.managed) {
        (Some(at), _) => {
            let name = of.access.things[of.one(at).package as usize].label();
            if way.sure == Sure::Inferred { Value::Name(format!("{name} (inferred)")) } else { Value::Name(name) }
        }
        (None, true) => Value::none("Entitlement management gave it; no file tells through which package"),
        (None, false) => Value::Said("Directly".into()),
    }
}

fn policy_of(of: &Of, way: Way) -> Value {
    way.assignment.map_or_else(|| Value::none("Only packages have policies"), |at| policy(of.one(at)))
}

fn start(of: &Of, way: Way) -> Value {
    let span = way.span.or_else(|| of.one(way.assignment?).span);
    match (span, way.assignment.and_then(|at| of.one(at).started)) {
        (Some(span), _) if way.span.is_some() => {
            entitled::end(of.store, &of.access.spans[span as usize], true, of.scope.zone())
        }
        (_, Some(started)) => Value::Time(started),
        (Some(span), None) => entitled::end(of.store, &of.access.spans[span as usize], true, of.scope.zone()),
        (None, None) => Value::none("The files do not say since when"),
    }
}

fn end(of: &Of, way: Way) -> Value {
    match way.assignment.and_then(|at| of.one(at).ends) {
        Some((ends, _)) => Value::Time(ends),
        None if way.assignment.is_some() => Value::none("No loaded file has an end date"),
        None => Value::none("What is given directly has no end date"),
    }
}

/// The events of the access to the resource.
fn door(of: &Of, way: Way) -> Option<crate::report::Door> {
    let span = &of.access.spans[way.span? as usize];
    let label = of.access.things[span.thing as usize].label();
    Door::to_events(of.store, label, span.events.iter().copied())
}

pub(super) fn limits() -> Note {
    Note {
        id: "resource-limits".into(),
        text: "What packages give is known from exports of their resource roles, else inferred from what \
               entitlement management changed within an hour of a delivery. Who had a resource directly before the \
               loaded logs begin is in no list: nobody may conclude from here that somebody has no other way."
            .into(),
        ..Note::default()
    }
}
