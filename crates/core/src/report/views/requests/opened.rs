//! One request: its story, its way, its facts, its records.

use super::{lanes, words};
use crate::report::Door;
use crate::{
    entitlement::requests::{Decision, Kind, Request, Source, Stage, State},
    identity::Identity,
    model::Column,
    report::{
        TableOf,
        blocks::{Block, Fact, Opened, TableLine, Value},
        views::ViewScope,
    },
    store::NO_TIME,
    time,
};

pub(super) fn of(scope: &ViewScope, request: &Request) -> Opened {
    let (store, identity) = (scope.derived.store, scope.derived.get::<Identity>());
    let names = words::Names { store, identity: &identity };
    let mut blocks = vec![
        Block::Story { sentences: story(scope, &names, request) },
        Block::Lanes(lanes::of(scope, "request-way", &[request])),
        Block::Facts { facts: facts(scope, &names, request) },
    ];
    if !request.events.is_empty() {
        blocks.push(records(scope, request));
    }
    Opened {
        key: request.key.clone(),
        title: if request.package.is_unknown() { "Request".into() } else { request.package.name(store).into_owned() },
        subtitle: names.said(if request.receiver.is_unknown() { request.requestor } else { request.receiver }),
        testid: "request-details".into(),
        blocks,
    }
}

fn story(scope: &ViewScope, names: &words::Names, request: &Request) -> Vec<String> {
    let store = scope.derived.store;
    // The end of what logs cover is that of a day of UTC.
    let until = |ticks: i64| time::plain_day(ticks, &time::Zone::default());
    let at = |ticks: i64| time::told(ticks, scope.zone(), scope.derived.store.rounding);
    let (by, to) = (names.said(request.requestor), names.said(request.receiver));
    let package = if request.package.is_unknown() { "an access package".into() } else { request.package.name(store) };
    let when =
        request.submitted.map_or_else(|| " before the loaded logs begin".to_owned(), |t| format!(" on {}", at(t)));
    let mut story = vec![match request.kind {
        Kind::UserAdd => format!("{by} asked for {package}{when}."),
        Kind::OnBehalfAdd => format!("{by} asked for {package} for somebody else{when}."),
        Kind::AdminAdd => format!("{by} assigned {package} directly to {to}{when}."),
        Kind::SystemAdd => format!("Entitlement management assigned {package} to {to}{when}."),
        Kind::UserUpdate => format!("{by} asked to extend or change access to {package}{when}."),
        Kind::UserRemove => format!("{by} gave up {package}{when}."),
        Kind::AdminRemove => format!("{by} took {package} from {to}{when}."),
        Kind::SystemRemove => format!("Entitlement management took {package} from {to}{when}."),
        Kind::AdminUpdate | Kind::SystemUpdate => format!("Access of {to} to {package} was changed{when}."),
        Kind::Unknown => format!("A request of {to} for {package}; its beginning is not in the files."),
    }];
    if request.is_refused {
        story.push("Making the request did not succeed.".into());
    }
    if !request.justification.is_empty() {
        story.push(format!("Reason given: \u{201c}{}\u{201d}.", request.justification));
    }
    if let Some(decision) = request.decision {
        let who = request.approvers.first().map_or_else(|| "An approver".to_owned(), |party| names.said(*party));
        let after =
            request.decided.zip(request.submitted).map(|(decided, submitted)| words::told(store, decided - submitted));
        let after = after.map_or(String::new(), |length| format!(" after {length}"));
        story.push(match decision {
            Decision::Approved => format!("{who} approved{after}."),
            Decision::Automatic => format!("It was approved automatically{after}: nobody had to decide."),
            Decision::Denied => format!("{who} denied it{after}."),
            Decision::TimedOut => format!("Nobody decided: it timed out{after}."),
            Decision::Canceled => format!("It was canceled{after}."),
        });
    }
    if !request.answer.is_empty() {
        story.push(format!("The approver wrote: \u{201c}{}\u{201d}.", request.answer));
    }
    if let Some(length) = request.time_in_part() {
        story.push(format!("It was delivered in part for {}.", words::told(store, length)));
    }
    if let Some(delivered) = request.delivered.filter(|_| request.state == State::Delivered) {
        let took =
            request.time_to_deliver().map_or(String::new(), |length| format!(", after {}", words::told(store, length)));
        story.push(format!("Delivery was complete on {}{took}.", at(delivered)));
    }
    if request.state == State::DeliveryFailed {
        let why = if request.failure.is_empty() { String::new() } else { format!(": {}", request.failure) };
        story.push(format!("Delivery failed{why}"));
    }
    if let Some(open) = request.open_as_of {
        let so_far = match request.undelivered_since() {
            Some(since) => format!("ready since {}, and no loaded record says that access was given", at(since)),
            None => format!("its state is {}", request.state.label().to_lowercase()),
        };
        story.push(format!("It is open as of {}: {so_far}. What came later is not known.", until(open)));
    }
    if let Some(ending) = request.ended {
        let how = if ending.is_certain { "" } else { " (another request for the same person and package: inferred)" };
        story.push(format!("Access ended on {}, {}{how}.", at(ending.time), words::ending(ending.kind)));
    }
    if request.is_uncertain {
        story.push("Its records carry neither request id nor correlation id: they were joined by person and package, which is uncertain.".into());
    }
    story
}

fn facts(scope: &ViewScope, names: &words::Names, request: &Request) -> Vec<Fact> {
    const NOT_SAID: &str = "No loaded file says";
    let store = scope.derived.store;
    let fact =
        |label: &str, value: Value, help: &str| Fact { label: label.into(), value, help: help.into(), door: None };
    let unknown = |label: &str, ticks: Option<i64>, help: &str| fact(label, words::duration(ticks, NOT_SAID), help);
    let id = if request.id == 0 { Value::none("No loaded file says its id") } else { Value::Id(request.key.clone()) };
    let state_from = match request.state_from {
        Source::Records => "From audit records".to_owned(),
        Source::Export(None) => "From an export of requests".to_owned(),
        Source::Export(Some(time)) => {
            format!("From an export of requests of {}", time::told(time, scope.zone(), scope.derived.store.rounding))
        }
    };
    let mut facts = vec![
        fact("State", words::state(request), &state_from),
        fact("Request ID", id, "The target of type AccessPackageAssignmentRequest, or the export's id"),
        fact("Kind", Value::Said(request.kind.label().into()), request.kind.id()),
        fact("Access package", words::thing(store, request.package, NOT_SAID), ""),
        fact("Policy", words::thing(store, request.policy, NOT_SAID), ""),
        fact(
            "For whom",
            names.party(request.receiver, NOT_SAID),
            "The target of type User; in “Fulfill ...” the actor, too",
        ),
        fact(
            "By whom",
            names.party(request.requestor, NOT_SAID),
            "The actor of the first record: who asked, or who assigned directly",
        ),
        fact("Justification", Value::text(request.justification.clone()), "The requestor's words"),
        fact(
            "Approver's justification",
            Value::text(request.answer.clone()),
            "From “Request approved” or “Request denied” of Access Reviews",
        ),
    ];
    facts.extend(request.approvers.iter().map(|party| fact("Decided by", names.party(*party, NOT_SAID), "")));
    facts.extend(request.asked.iter().map(|party| fact("Asked to decide", names.party(*party, NOT_SAID), "")));
    facts.extend([
        unknown("Time to decision", request.time_to_decision(), "From the request to its approval or denial"),
        unknown(
            "Time to deliver",
            request.time_to_deliver(),
            "From ready to fulfill, else from the approval, to all access given",
        ),
        unknown("Delivered in part for", request.time_in_part(), ""),
        unknown("Time in all", request.total_time(), "From the request to its final state"),
    ]);
    facts.extend(request.steps.iter().map(|step| {
        let to = step.to.or(request.open_as_of);
        let help = if step.to.is_none() { "Open as of the end of the logs" } else { "" };
        fact(lanes::label(step), words::duration(to.map(|to| to - step.from), NOT_SAID), help)
    }));
    facts
}

/// Who the user who initiated a record is: the doer, or the one who receives access.
/// Source: entra-docs, entitlement-management-reports.md.
fn role(request: &Request, stage: Stage, is_user: bool) -> &'static str {
    match stage {
        _ if !is_user => "an application",
        Stage::Begun(_) => match stage.kind() {
            Some(Kind::AdminAdd) => "assigned directly",
            Some(Kind::AdminRemove) => "removed directly",
            _ => "asked",
        },
        Stage::Approved | Stage::AnsweredYes => "approved",
        Stage::Denied | Stage::AnsweredNo => "denied",
        Stage::Canceled => "canceled",
        stage if stage.is_initiated_by_receiver() && !request.kind.is_removal() => "receives access",
        _ => "did it",
    }
}

fn records(scope: &ViewScope, request: &Request) -> Block {
    let store = scope.derived.store;
    let text = move |event: u32, column| Value::text(store.text(event as usize, column).into_owned());
    let table = TableOf::new("request-records", "Audit records", "request-record-line", "No audit record is loaded.")
        .column("time", "Date", "", move |(event, _): &(u32, Stage)| {
            Value::time(Some(store.time[*event as usize]).filter(|time| *time != NO_TIME), "The record has no time")
        })
        .column("activity", "Activity", "", move |(event, _)| text(*event, Column::Activity))
        .column("result", "Status", "", move |(event, _)| text(*event, Column::Result))
        .column("actor", "Initiated by", "", move |(event, _)| text(*event, Column::Actor))
        .column(
            "role",
            "Who that is",
            "In “Fulfill ...” the user is the one who receives access; elsewhere the one who acts.",
            move |(event, stage)| {
                let is_user = store.column(Column::ActorUpn).get(*event as usize) != 0;
                Value::Said(role(request, *stage, is_user).into())
            },
        )
        .column("service", "Service", "", move |(event, _)| text(*event, Column::Service))
        .build(&request.events, scope.tables, |(event, _)| TableLine {
            key: format!("record-{event}"),
            door: Door::to_events(scope.derived.store, "Event of the request", std::iter::once(*event)),
            ..TableLine::default()
        });
    Block::Table(table)
}
