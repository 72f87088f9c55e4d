//! One guest, opened: the story, the life line, what is known and from where, and the events.

use super::{Sheet, lanes, story, waits, words};
use crate::{
    findings::{Finding, Level, about},
    guests::roster::{
        At, Part, Thing,
        line::{End, Life},
    },
    model::Column,
    report::{
        Opened, TableOf,
        blocks::{Block, Door, Fact, Note, TableLine, Tone, Value},
        sentence,
        view::View,
    },
};
use std::rc::Rc;

/// The guest that a key, an id or a name leads to.
pub(in crate::report::views) fn opened(sheet: &Sheet, key: &str) -> Option<Opened> {
    let at = sheet.roster.find(key)? as u32;
    let person = sheet.person(at);
    let life = sheet.life(at);
    let parts = sheet.roster.life(sheet.store, at as usize);
    let mut blocks = vec![Block::Story { sentences: story::story(sheet, at, &life) }, lanes::one(sheet, at, &life)];
    blocks.push(Block::Facts { facts: facts(sheet, at, &parts) });
    blocks.extend(held(sheet, &life));
    blocks.extend(sheet.still_reading());
    blocks.extend(findings(sheet, at));
    blocks.push(names(sheet, at));
    blocks.push(events(sheet, &parts));
    let subtitle = if person.upn.is_empty() { person.mail.clone() } else { person.upn.clone() };
    Some(Opened {
        key: person.key.clone(),
        title: person.label().to_owned(),
        subtitle,
        testid: "guest-details".into(),
        blocks,
    })
}

fn fact(label: &str, value: Value, help: impl Into<String>, door: Option<Door>) -> Fact {
    Fact { label: label.into(), value, help: help.into(), door }
}

fn facts(sheet: &Sheet, at: u32, parts: &[Part]) -> Vec<Fact> {
    let (guest, person, unseen) = (sheet.guest(at), sheet.person(at), &sheet.unseen[0]);
    let state = sheet.states[at as usize];
    let moment = |label: &str, known: Option<At>| {
        let unseen = if label.ends_with("sign-in") { &sheet.unseen[1] } else { unseen };
        let source = known.map_or(String::new(), |at| at.source(sheet.store));
        let door = known.and_then(At::event).and_then(|event| words::events(sheet, label, &[event]));
        fact(label, words::at(known, unseen), source, door)
    };
    let text = |label: &str, text: &str, help: &str| fact(label, Value::text(text), help, None);
    let mail_help =
        if person.mail_is_stated { "By a record" } else { "Read from the user principal name; no record states it" };
    let mut facts = vec![
        fact("State", Value::state(state.label(), words::tone(state)), "On the chosen day, by the threshold", None),
        fact(
            "User type",
            Value::state(person.standing.user_type.label(), Tone::Plain),
            person.standing.how.label(),
            None,
        ),
        text("User principal name", &person.upn, ""),
        text("E-mail", &person.mail, mail_help),
        fact(
            "Object ID",
            if person.id.is_empty() { Value::none("No file has it") } else { Value::Id(person.id.clone()) },
            "",
            None,
        ),
        fact(
            "Home domain",
            Value::text(person.domain.as_str()),
            "",
            Some(words::guests(&[("domain", &person.domain)])).filter(|_| !person.domain.is_empty()),
        ),
        fact(
            "Organization",
            match sheet.roster.organization(&person.domain) {
                Some(name) => Value::Name(name.to_owned()),
                None => Value::none("No loaded connected organization has the domain"),
            },
            "The connected organization of the home domain",
            None,
        ),
    ];
    let inviter = guest.inviter.map(|person| sheet.roster.identity.person(person));
    facts.push(match inviter {
        Some(inviter) => fact(
            "Invited by",
            Value::Person { name: inviter.name.clone(), address: inviter.upn.clone() },
            "Who initiated the invitation",
            Some(words::guests(&[("inviter", &inviter.key)])),
        ),
        None => fact("Invited by", Value::text(sheet.roster.inviter(sheet.store, guest)), unseen.as_str(), None),
    });
    facts.push(moment("Created", guest.created));
    facts.push(moment("Invited", guest.invited));
    facts.push(moment("Redeemed", guest.redeemed));
    facts.push(match guest.waited() {
        Some(waited) => fact("From invitation to redemption", Value::Duration(waited), "", None),
        None => fact("From invitation to redemption", Value::none("Needs both moments"), "", None),
    });
    if let Some(redeemed) = guest.redeemed {
        let label = |name: &str| match name {
            "Source" => "Accepted with",
            "Email" => "Accepted as",
            "UPN" => "Accepted by",
            _ => "Invitation ID",
        };
        let details = story::acceptance(sheet, redeemed);
        facts
            .extend(details.into_iter().map(|(name, value)| text(label(name), &value, "The target of the redemption")));
    }
    facts.push(moment("Last interactive sign-in", guest.interactive));
    facts.push(moment("Last non-interactive sign-in", guest.non_interactive));
    facts.push(moment("Last successful sign-in", guest.succeeded));
    facts.push(moment("Last action in the audit log", guest.action));
    if guest.blocked.is_some() {
        facts.push(moment("Blocked", guest.blocked));
    }
    if guest.deleted.is_some() {
        facts.push(moment("Deleted", guest.deleted));
    }
    facts.push(fact(
        "Sponsors",
        match () {
            () if !guest.sponsors.is_empty() => {
                Value::List(guest.sponsors.iter().map(|sponsor| sponsor.name.clone()).collect())
            }
            () if guest.stated.sponsors => Value::Said("No sponsor".into()),
            () => Value::none("No loaded users export has sponsors of this guest"),
        },
        "By the newest users export that has sponsors, and the audit log after it",
        Some(Door { view: Some(View::Sponsors), ..Door::default() }),
    ));
    let all: Vec<usize> = parts.iter().map(|part| part.event).collect();
    let door = words::events(sheet, "Events of this guest", &all);
    facts.push(fact("Events", Value::Number(parts.len() as u64), "Loaded events that the guest takes part in", door));
    facts
}

/// What was gained and lost, with both ends.
fn held(sheet: &Sheet, life: &Life) -> Option<Block> {
    let end = |end: End, unknown: &str| match end {
        End::Known(time) | End::Inferred(time) => Value::Time(time),
        End::Unknown => Value::none(unknown),
    };
    if life.held.is_empty() {
        return None;
    }
    let unseen = &sheet.unseen[0];
    let table = TableOf::new("guest-access", "Gained and lost", "guest-access", "Nothing")
        .help("By the audit log; access packages also by loaded assignments and requests.")
        .column("kind", "What", "", |held: &&crate::guests::roster::line::Held| Value::Said(held.thing.label().into()))
        .column("name", "Name", "", |held| Value::text(held.name.as_str()))
        .column("from", "Gained", "", |held| end(held.from, unseen))
        .column("to", "Lost", "", |held| {
            end(held.to, if held.is_over { "Lost at a time that no file has" } else { "Not seen to be lost" })
        })
        .column("sure", "End known from", "", |held| match held.to {
            End::Known(_) => Value::Said("Event or export".into()),
            End::Inferred(_) if held.thing == Thing::Package => Value::Said("Follows from what is known".into()),
            End::Inferred(_) => Value::Said("Deletion of the account".into()),
            End::Unknown => Value::none("The end is not in the files"),
        });
    let lines: Vec<_> = life.held.iter().collect();
    let table = table.build(&lines, sheet.scope.tables, |held| TableLine {
        key: format!("{}:{}:{:?}", held.thing.id(), held.name, held.from.time()),
        data: vec![("kind".into(), held.thing.id().into()), ("name".into(), held.name.clone())],
        door: words::events(sheet, held.thing.label(), &held.events),
        ..TableLine::default()
    });
    Some(Block::Table(table))
}

/// What the rules found about the guest, with the rules' own settings.
fn findings(sheet: &Sheet, at: u32) -> Vec<Block> {
    let waits = waits(sheet.scope);
    let (own, pending) = about(&sheet.scope.derived, sheet.guest(at).person, sheet.scope.zone(), waits);
    let mut blocks = Vec::new();
    if pending > 0 {
        let text = "Not all rules have looked yet. What they find is filled in as soon as they have.".into();
        blocks.push(Block::Note(Note { id: "rules-looking".into(), tone: Tone::Unknown, text, ..Note::default() }));
    }
    if own.is_empty() {
        return blocks;
    }
    let table = TableOf::new("guest-findings", "Findings", "guest-finding", "Nothing was found")
        .help("About this guest, with the rules' own settings. Each line leads to its finding.")
        .column("level", "Level", "", |finding: &Rc<Finding>| {
            let tone = if finding.level >= Level::Medium { Tone::Attention } else { Tone::Plain };
            Value::state(finding.level.label(), tone)
        })
        .column("rule", "Rule", "", |finding| Value::Text(format!("{} {}", finding.id, finding.title)))
        .column("what", "What was found", "", |finding| Value::Text(finding.sentence.clone()))
        .column("time", "Date", "", |finding| Value::time(finding.time, "The finding has no time"));
    let table = table.build(&own, sheet.scope.tables, |finding| TableLine {
        key: finding.key.clone(),
        data: vec![("rule".into(), finding.id.to_string()), ("level".into(), finding.level.id().into())],
        door: Some(Door { view: Some(View::Findings), open: Some(finding.key.clone()), ..Door::default() }),
        ..TableLine::default()
    });
    blocks.push(Block::Table(table));
    blocks
}

/// All names, and why they are one person's.
fn names(sheet: &Sheet, at: u32) -> Block {
    let identity = &sheet.roster.identity;
    let person = sheet.guest(at).person;
    let joins = identity.joins(person);
    let names: Vec<String> =
        identity.names(person).into_iter().map(|name| format!("{} {}", name.kind, name.text)).collect();
    let help = format!("Known as: {}.", names.join("; "));
    let table = TableOf::new(
        "guest-names",
        "Why these names are one person",
        "guest-join",
        "One name only: nothing had to be joined",
    )
    .help(&help)
    .column("certain", "Joined", "", |join: &crate::identity::Join| {
        if join.certain {
            Value::state("Same person", Tone::Good)
        } else {
            Value::state("Perhaps, not joined", Tone::Attention)
        }
    })
    .column("because", "Because", "", |join| Value::Text(join.sentence()))
    .column("where", "Where", "", |join| match join.evidence.place(sheet.store, sheet.scope.zone()) {
        place if place.is_empty() => Value::Said("The names themselves".into()),
        place => Value::Text(place),
    });
    let table = table.build(&joins, sheet.scope.tables, |join| TableLine {
        key: format!("{:?}:{}:{}", join.how, join.a, join.b),
        data: vec![("certain".into(), u8::from(join.certain).to_string())],
        door: match join.evidence {
            crate::identity::Evidence::Event(event) => {
                words::events(sheet, "Where both names stand", &[event as usize])
            }
            _ => None,
        },
        ..TableLine::default()
    });
    Block::Table(table)
}

/// The events, newest first.
fn events(sheet: &Sheet, parts: &[Part]) -> Block {
    let newest: Vec<Part> = parts.iter().rev().copied().collect();
    let store = sheet.store;
    let table = TableOf::new("guest-events", "Events", "guest-event", "No loaded event names this guest")
        .help("Each line leads to its event.")
        .column("time", "Date", "", |part: &Part| {
            Value::time(
                Some(store.time[part.event]).filter(|time| *time != crate::store::NO_TIME),
                "The record has no time",
            )
        })
        .column("activity", "Activity", "", |part| Value::text(store.text(part.event, Column::Activity)))
        .column("what", "What happened", "", |part| Value::Text(sentence(store, part.event)))
        .column("result", "Status", "", |part| Value::text(store.text(part.event, Column::Result)))
        .column("log", "Log", "", |part| Value::text(store.text(part.event, Column::Log)));
    let table = table.build(&newest, sheet.scope.tables, |part| TableLine {
        key: format!("{}:{}", store.source.get(part.event), store.record[part.event]),
        data: vec![("activity".into(), store.text(part.event, Column::Activity).into_owned())],
        door: words::events(sheet, "One event of this guest", &[part.event]),
        ..TableLine::default()
    });
    Block::Table(table)
}
