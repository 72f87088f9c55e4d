//! Connected organizations: state, identity sources, sponsors, first seen, guests; and guests of none.

use super::{
    Made, ViewScope,
    entitled::{counted, pick, to_view},
};
use crate::arrange::Arrange as _;
use crate::report::Door;
use crate::{
    entitlement::organizations::{Home, Organization, Organizations},
    identity::{Identity, PersonId},
    model::Column,
    report::{
        Block, Chart, ChartLine, ChartShape, Fact, Need, Note, Opened, Stat, Step, Table, TableLine, TableOf, Tone,
        Value, View, guide,
    },
    time,
};
use std::collections::BTreeMap;

const BARS: usize = 12;

pub(super) fn view(scope: &ViewScope) -> Made {
    let found = scope.derived.get::<Organizations>();
    let identity = scope.derived.get::<Identity>();
    let (control, show) = pick(
        "show",
        "Show",
        scope.param("show"),
        &[("organizations", "Connected organizations"), ("without", "Guests of none of them")],
    );
    let mut blocks = vec![Block::Stats { stats: stats(&found) }];
    if !found.listed {
        blocks.push(Block::Note(missing(&found)));
    }
    blocks.push(Block::Controls { controls: vec![control] });
    if show == "without" {
        blocks.push(Block::Table(domains(scope, &found, &identity)));
        blocks.push(Block::Table(without(scope, &found, &identity)));
    } else {
        blocks.push(Block::Table(list(scope, &found)));
        blocks.extend(chart(&found).map(Block::Chart));
    }
    if scope.is_filtered() {
        blocks.push(Block::Note(Note {
            id: "unfiltered".into(),
            text: "Filters of events do not change this list: it is about organizations and all their guests.".into(),
            ..Note::default()
        }));
    }
    let opened =
        scope.open.and_then(|key| found.all.iter().find(|one| one.key == key)).map(|one| opened(scope, one, &identity));
    Made { blocks, opened }
}

fn stats(found: &Organizations) -> Vec<Stat> {
    let with = found.all.iter().filter(|one| !one.guests.is_empty()).count();
    let proposed = found.all.iter().filter(|one| one.state == "proposed").count();
    let stat = |id: &str, label: &str, value: usize, help: &str, door| Stat {
        id: id.into(),
        label: label.into(),
        value: Some(value as u64),
        text: String::new(),
        help: help.into(),
        door,
    };
    let to = |show| Some(to_view(View::Organizations, &[("show", show)]));
    vec![
        stat("organizations", "Connected organizations", found.all.len(), "In exports and events", to("organizations")),
        stat("organizations-proposed", "Proposed", proposed, "State \"proposed\" in an export", None),
        stat("organizations-with-guests", "With guests", with, "With a guest in the loaded files", None),
        stat("guests-connected", "Guests of one", found.of.len(), "By the ways that each guest's line names", None),
        stat(
            "guests-unconnected",
            "Guests of none",
            found.without.len(),
            "Neither an export nor the domain nor the home tenant of sign-ins leads to an organization",
            to("without"),
        ),
    ]
}

/// The way to the list; and what the view is without it.
fn missing(found: &Organizations) -> Note {
    let own = if found.all.is_empty() {
        "No loaded file lists connected organizations, so every guest stands under \"none\"."
    } else {
        "No loaded file lists connected organizations: these are only those that events or other exports mention."
    };
    let note = guide(Need::Organizations);
    Note { text: format!("{own} {}", note.text), ..note }
}

/// State in Microsoft's word; a deletion in the log that is newer than any export wins.
fn state(one: &Organization) -> Value {
    match one.state.as_str() {
        _ if one.deleted_event.is_some() => Value::state("deleted", Tone::Attention),
        "configured" => Value::state("configured", Tone::Good),
        "proposed" => Value::state("proposed", Tone::Attention),
        "" if one.exported => Value::none("The export has no state"),
        "" => Value::none("No export of connected organizations has it"),
        other => Value::Text(other.into()),
    }
}

fn source_words(one: &Organization) -> Vec<String> {
    let words = |source: &crate::entitlement::organizations::IdentitySource| {
        let parts = [&source.name, &source.domain, &source.tenant];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect();
        match (source.kind.as_str(), parts.join(" ")) {
            ("", words) => words,
            (kind, words) if words.is_empty() => kind.to_owned(),
            (kind, words) => format!("{words} ({kind})"),
        }
    };
    one.sources.iter().map(words).filter(|words| !words.is_empty()).collect()
}

/// Names of sponsors; Graph often gives no more than an object id, which other files may know.
fn sponsor_words(identity: &Identity, one: &Organization, internal: bool) -> Vec<String> {
    let of = one.sponsors.iter().filter(|sponsor| sponsor.internal == internal);
    of.map(|sponsor| {
        let person = || identity.find(&sponsor.address).map(|person| identity.person(person).label().to_owned());
        let known = Some(sponsor.name.clone()).filter(|name| !name.is_empty()).or_else(person);
        known.filter(|name| !name.is_empty()).unwrap_or_else(|| sponsor.address.clone())
    })
    .collect()
}

fn words(list: Vec<String>, why: &str) -> Value {
    if list.is_empty() { Value::none(why) } else { Value::List(list) }
}

/// When it is first told of: its creation in an export, else in the log, else its first event.
fn first_seen(scope: &ViewScope, one: &Organization) -> Option<i64> {
    let time = |event: u32| Some(scope.derived.store.time[event as usize]).filter(|at| *at != crate::store::NO_TIME);
    let logged = one.created_event.or(one.events.first().copied()).and_then(time);
    one.created.into_iter().chain(logged).min()
}

const NO_SPONSOR: &str = "The files name none; Graph lists them only with $expand";

fn list(scope: &ViewScope, found: &Organizations) -> Table {
    let all: Vec<&Organization> = found.all.iter().collect();
    let identity = scope.derived.get::<Identity>();
    TableOf::new("organizations", "Connected organizations", "organization", "No file tells of an organization")
        .help("Of exports and of the log; those that only the log mentions have no state")
        .column("name", "Organization", "", |one: &&Organization| {
            let name = if one.name.is_empty() { &one.id } else { &one.name };
            Value::Name(name.clone())
        })
        .column("state", "State", "", |one| state(one))
        .column("sources", "Identity sources", "Tenants and domains that its users come from", |one| {
            words(source_words(one), "The files name none")
        })
        .column("internal", "Internal sponsors", "", |one| words(sponsor_words(&identity, one, true), NO_SPONSOR))
        .column("external", "External sponsors", "", |one| words(sponsor_words(&identity, one, false), NO_SPONSOR))
        .column("first-seen", "First seen", "Created as an export has it or, earlier, in the log", |one| {
            Value::time(first_seen(scope, one), "Neither an export nor the log says when it was created")
        })
        .number("guests", "Guests", "Guests of the loaded files that come from it", |one| {
            Value::Number(one.guests.len() as u64)
        })
        .number(
            "events",
            "Events",
            "Events about the organization itself",
            |one| Value::Number(one.events.len() as u64),
        )
        .build(&all, scope.tables, |one| TableLine {
            key: one.key.clone(),
            data: vec![
                ("id".into(), one.id.clone()),
                ("state".into(), one.state.clone()),
                ("guests".into(), one.guests.len().to_string()),
            ],
            opens: true,
            ..TableLine::default()
        })
}

fn chart(found: &Organizations) -> Option<Chart> {
    let mut ranked: Vec<&Organization> = found.all.iter().filter(|one| !one.guests.is_empty()).collect();
    ranked.arrange_by_key(|one| std::cmp::Reverse(one.guests.len()));
    if ranked.is_empty() {
        return None;
    }
    let left_out = ranked.len().saturating_sub(BARS);
    ranked.truncate(BARS);
    let step = |one: &&Organization| Step {
        label: if one.name.is_empty() { one.id.clone() } else { one.name.clone() },
        time: None,
        door: Some(crate::report::Door { open: Some(one.key.clone()), ..to_view(View::Organizations, &[]) }),
    };
    let mut help = "Guests of the loaded files".to_owned();
    if left_out > 0 {
        let others = counted(left_out, "organization with fewer is", "organizations with fewer are");
        help = format!("{help}; {others} not shown");
    }
    Some(Chart {
        id: "guests-by-organization".into(),
        title: "Guests by organization".into(),
        help,
        shape: ChartShape::Bars,
        unit: "guests".into(),
        steps: ranked.iter().map(step).collect(),
        lines: vec![ChartLine {
            name: "Guests".into(),
            values: ranked.iter().map(|one| i64::try_from(one.guests.len()).ok()).collect(),
            tone: Tone::Plain,
        }],
        bin: None,
    })
}

fn person(identity: &Identity, id: PersonId) -> Value {
    let person = identity.person(id);
    let address = [&person.mail, &person.upn, &person.id].into_iter().find(|text| !text.is_empty());
    Value::Person { name: person.name.clone(), address: address.cloned().unwrap_or_default() }
}

fn guest_line(identity: &Identity, id: PersonId) -> TableLine {
    let person = identity.person(id);
    TableLine {
        key: person.key.clone(),
        data: vec![("id".into(), person.key.clone()), ("domain".into(), person.domain.clone())],
        door: Some(crate::report::Door { open: Some(person.key.clone()), ..to_view(View::Guests, &[]) }),
        ..TableLine::default()
    }
}

fn domains(scope: &ViewScope, found: &Organizations, identity: &Identity) -> Table {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for guest in &found.without {
        *counts.entry(identity.person(*guest).domain.as_str()).or_default() += 1;
    }
    let mut domains: Vec<(&str, usize)> = counts.into_iter().collect();
    domains.arrange_by_key(|(domain, count)| (std::cmp::Reverse(*count), *domain));
    TableOf::new("domains-without", "Domains of no connected organization", "domain", "Every guest comes from one")
        .column("domain", "Domain", "", |(domain, _): &(&str, usize)| match *domain {
            "" => Value::none("No file has an address of them"),
            domain => Value::Name(domain.into()),
        })
        .number("guests", "Guests", "", |(_, count)| Value::Number(*count as u64))
        .build(&domains, scope.tables, |(domain, count)| TableLine {
            key: (*domain).into(),
            data: vec![("domain".into(), (*domain).into()), ("count".into(), count.to_string())],
            ..TableLine::default()
        })
}

fn without(scope: &ViewScope, found: &Organizations, identity: &Identity) -> Table {
    TableOf::new("guests-without", "Guests of no connected organization", "guest-without", "Every guest comes from one")
        .help("Guests, and external accounts whose user type no file states")
        .column("guest", "Guest", "", |id: &PersonId| person(identity, *id))
        .column("domain", "Domain", "", |id| Value::text(identity.person(*id).domain.clone()))
        .column("last", "Last event", "The newest event that the guest takes part in", |id| {
            Value::time(identity.person(*id).seen.map(|seen| seen.1), "No loaded event")
        })
        .build(&found.without, scope.tables, |id| guest_line(identity, *id))
}

fn opened(scope: &ViewScope, one: &Organization, identity: &Identity) -> Opened {
    let store = scope.derived.store;
    let fact =
        |label: &str, value: Value, help: &str| Fact { label: label.into(), value, help: help.into(), door: None };
    let event_fact = |label: &str, event: Option<u32>, why: &str| Fact {
        label: label.into(),
        value: event.map_or_else(|| Value::none(why), |event| super::entitled::moment(store, event)),
        help: event.map_or_else(String::new, |event| {
            format!("By {}", super::entitled::initiator(store, event).words().trim())
        }),
        door: event.and_then(|event| Door::to_events(store, label, [event])),
    };
    let facts = vec![
        fact("State", state(one), "As the newest export has it; a deletion in the log goes before it"),
        fact(
            "Object ID",
            if one.id.is_empty() { Value::none("No file has it") } else { Value::Id(one.id.clone()) },
            "",
        ),
        fact("Description", Value::text(one.description.clone()), ""),
        fact("Identity sources", words(source_words(one), "The files name none"), ""),
        fact("Internal sponsors", words(sponsor_words(identity, one, true), NO_SPONSOR), ""),
        fact("External sponsors", words(sponsor_words(identity, one, false), NO_SPONSOR), ""),
        fact("Created", Value::time(one.created, "No export has it"), "As the export has it"),
        fact("Created by", Value::text(one.created_by.clone()), "As the export has it"),
        fact("Changed", Value::time(one.modified, "No export has it"), "As the export has it"),
        event_fact("Created in the log", one.created_event, "Not in the loaded events"),
        event_fact("Deleted in the log", one.deleted_event, "Not in the loaded events"),
    ];
    let guests = TableOf::new("organization-guests", "Guests", "organization-guest", "No guest of the loaded files")
        .column("guest", "Guest", "", |(id, _): &(PersonId, Home)| person(identity, *id))
        .column("how", "From it because", "", |(_, how)| Value::Said(how.label().into()))
        .column("last", "Last event", "", |(id, _)| {
            Value::time(identity.person(*id).seen.map(|seen| seen.1), "No loaded event")
        })
        .build(&one.guests, scope.tables, |(id, _)| guest_line(identity, *id));
    let log = TableOf::new("organization-events", "Events", "organization-event", "No loaded event is about it")
        .column("time", "Date", "", |event: &u32| super::entitled::moment(store, *event))
        .column("activity", "Activity", "", |event| Value::text(store.text(*event as usize, Column::Activity)))
        .column("initiator", "Initiated by", "", |event| super::entitled::initiator(store, *event))
        .column("status", "Status", "", |event| Value::text(store.text(*event as usize, Column::Result)))
        .build(&one.events, scope.tables, |event| TableLine {
            key: super::entitled::event_key(store, *event),
            door: Door::to_events(store, "An event of the organization", [*event]),
            ..TableLine::default()
        });
    let mut blocks = vec![Block::Facts { facts }, Block::Table(guests), Block::Table(log)];
    if let Some(first) = first_seen(scope, one) {
        let sentence = format!("First seen on {}.", time::plain_day(first, scope.zone()));
        blocks.insert(0, Block::Story { sentences: vec![sentence] });
    }
    Opened {
        key: one.key.clone(),
        title: if one.name.is_empty() { one.id.clone() } else { one.name.clone() },
        subtitle: "Connected organization".into(),
        testid: "organization-details".into(),
        blocks,
    }
}
