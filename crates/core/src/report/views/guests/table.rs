//! The roster: a line a guest.

use super::{READING, Sheet, order, words};
use crate::{
    guests::roster::{
        Thing,
        line::{Held, Life},
    },
    report::{
        TableOf,
        blocks::{Block, Table, TableLine, TableWindow, Value},
    },
};
use std::rc::Rc;

/// A guest in sight, with what was held.
struct Line {
    at: u32,
    life: Rc<Life>,
}

/// The table. Only the lines in sight are made.
pub(super) fn table(sheet: &Sheet, shown: &[u32]) -> Block {
    let none = TableWindow::default();
    let window = sheet.scope.tables.iter().find(|window| window.id == "guests").unwrap_or(&none);
    let (found, is_sorted) = order::apply(sheet, shown, window);
    let count = if window.count == 0 { Table::LINES } else { window.count };
    let lines: Vec<Line> = found
        .iter()
        .skip(window.from as usize)
        .take(count as usize)
        .map(|at| Line { at: *at, life: sheet.life(*at) })
        .collect();
    let all = TableWindow { id: "guests".into(), count: lines.len().max(1) as u32, ..TableWindow::default() };
    let mut table = columns(sheet).build(&lines, &[all], |line| guest_line(sheet, line.at));
    table.total = shown.len() as u64;
    table.matching = found.len() as u64;
    table.find.clone_from(&window.find);
    table.from = window.from;
    table.sort = if is_sorted { window.sort.clone() } else { None };
    Block::Table(table)
}

/// The stable names of a guest's line.
pub(in crate::report::views) fn data(sheet: &Sheet, at: u32, state: &str) -> Vec<(String, String)> {
    let person = sheet.person(at);
    let upn = if person.upn.is_empty() { &person.mail } else { &person.upn };
    vec![
        ("id".into(), if person.id.is_empty() { person.key.clone() } else { person.id.clone() }),
        ("upn".into(), upn.clone()),
        ("state".into(), state.to_owned()),
    ]
}

fn guest_line(sheet: &Sheet, at: u32) -> TableLine {
    let person = sheet.guest(at).person;
    let has_findings = sheet.findings.as_ref().is_some_and(|counts| counts.of(person) > 0);
    TableLine {
        door: has_findings.then(|| words::findings(&sheet.person(at).key)),
        key: sheet.person(at).key.clone(),
        data: data(sheet, at, sheet.states[at as usize].id()),
        opens: true,
        ..TableLine::default()
    }
}

/// A guest in a cell.
pub(in crate::report::views) fn person(sheet: &Sheet, at: u32) -> Value {
    let person = sheet.person(at);
    let address = [&person.mail, &person.upn, &person.id].into_iter().find(|text| !text.is_empty());
    Value::Person { name: person.name.clone(), address: address.cloned().unwrap_or_default() }
}

#[allow(clippy::too_many_lines)]
fn columns<'a>(sheet: &'a Sheet) -> TableOf<'a, Line> {
    let unseen: &'a str = &sheet.unseen[0];
    let guest = move |line: &Line| sheet.guest(line.at);
    let things = move |thing: Thing| {
        move |line: &Line| {
            let held = line.life.held.iter().filter(|held| held.thing == thing);
            let names: Vec<String> = held.map(said).collect();
            match () {
                () if !names.is_empty() => Value::List(names),
                () if thing == Thing::Package && sheet.access.is_none() => Value::none(READING),
                () => Value::none(unseen),
            }
        }
    };
    TableOf::new("guests", "Guests", "guest", "No guest is left by what is chosen above")
        .help("One line per person, under whatever names the files know them. A click opens the life line, and says why names were joined.")
        .column("guest", "Guest", "Display name and home e-mail address, as far as the files have them", move |line: &Line| person(sheet, line.at))
        .column("state", "State", "On the chosen day; inactive from the threshold on", move |line: &Line| {
            let state = sheet.states[line.at as usize];
            Value::state(state.label(), words::tone(state))
        })
        .column("last-activity", "Last activity", "The latest sign-in or action that any file has", move |line: &Line| {
            let why = if guest(line).never_signed_in() { "Never signed in, by the users export; no action seen" } else { unseen };
            words::at(guest(line).last_activity(), why)
        })
        .number("findings", "Findings", "By the rules' own settings; the arrow leads to them", move |line: &Line| {
            match &sheet.findings {
                Some(counts) => Value::Number(counts.of(guest(line).person).into()),
                None => Value::none("The rules have not looked yet; they do so while nothing else is asked"),
            }
        })
        .column("inviter", "Invited by", "Who initiated the invitation", move |line: &Line| {
            let guest = guest(line);
            match guest.inviter {
                Some(person) => {
                    let person = sheet.roster.identity.person(person);
                    let address = if person.upn.is_empty() { &person.mail } else { &person.upn };
                    Value::Person { name: person.name.clone(), address: address.clone() }
                }
                None => match sheet.roster.inviter(sheet.store, guest) {
                    name if name.is_empty() => Value::none(unseen),
                    name => Value::Name(name),
                },
            }
        })
        .column("invited", "Invited", "The invitation that led to the account", move |line: &Line| words::at(guest(line).invited, unseen))
        .column("redeemed", "Redeemed", "By the audit log, else by the invitation state of the users export", move |line: &Line| {
            let why = if guest(line).is_waiting() { "Not redeemed as far as the files tell" } else { unseen };
            words::at(guest(line).redeemed, why)
        })
        .number("waited", "Until redeemed", "From invitation to redemption", move |line: &Line| {
            guest(line).waited().map_or_else(|| Value::none("Needs both moments"), Value::Duration)
        })
        .column("sponsors", "Sponsors", "By the newest users export that has sponsors, and the audit log after it", move |line: &Line| {
            let guest = guest(line);
            match () {
                () if !guest.sponsors.is_empty() => Value::List(guest.sponsors.iter().map(|sponsor| sponsor.name.clone()).collect()),
                () if guest.stated.sponsors => Value::Said("No sponsor".into()),
                () => Value::none("No loaded users export has sponsors of this guest"),
            }
        })
        .column("domain", "Home domain", "", move |line: &Line| {
            let domain = &sheet.person(line.at).domain;
            if domain.is_empty() { Value::none("No file has an address of this guest") } else { Value::Name(domain.clone()) }
        })
        .column("organization", "Organization", "The connected organization of the home domain", move |line: &Line| {
            match sheet.roster.organization(&sheet.person(line.at).domain) {
                Some(name) => Value::Name(name.to_owned()),
                None if sheet.roster.has_organizations() => Value::none("The domain is in no loaded connected organization"),
                None => Value::none("No connected organizations are loaded"),
            }
        })
        .column("groups", "Groups", "Gained and lost, by the audit log", things(Thing::Group))
        .column("roles", "Roles", "Gained and lost, by the audit log", things(Thing::Role))
        .column("packages", "Access packages", "Gained and lost, by events, assignments and requests", things(Thing::Package))
        .column("apps", "Applications", "Application roles gained and lost, by the audit log", things(Thing::App))
        .number("events", "Events", "Loaded events that the guest takes part in", move |line: &Line| Value::Number(sheet.roster.event_count(line.at as usize).into()))
        .column("created", "Created", "By the users export, else by the audit log", move |line: &Line| words::at(guest(line).created, unseen))
        .column("activity-source", "Known from", "The log or field that has the last activity", move |line: &Line| {
            match guest(line).last_activity() {
                Some(at) => Value::Said(at.source(sheet.store)),
                None => Value::none("No activity is known"),
            }
        })
}

/// Name of a thing held, and that it is over.
fn said(held: &Held) -> String {
    let name = if held.name.is_empty() { "(without a name)" } else { &held.name };
    if held.is_over { format!("{name} (lost)") } else { name.to_owned() }
}
