//! The guests of the report, with the field that each figure came from.

use super::{
    Report,
    judge::{Judged, Kind, shown, state},
    pictures::Bucket,
};
use crate::{
    guests::roster::{At, Silence},
    report::{
        TableOf,
        blocks::{Block, TableLine, Value},
        views::guests::{table as roster, words},
    },
};

/// Why a moment of the users export is not there.
const STATED: &str = "The users export has none, or not this field";

/// The table: whom the reader chose, the longest asleep first.
pub(super) fn table(report: &Report) -> Block {
    let kind = Kind::from_id(shown(report));
    let bucket = report.sheet.scope.param("days").and_then(Bucket::from_id);
    let listed: Vec<Judged> = report
        .judged
        .iter()
        .copied()
        .filter(|one| kind.is_none_or(|kind| kind.holds(report, one)))
        .filter(|one| bucket.is_none_or(|bucket| one.days.is_some_and(|days| bucket.holds(days))))
        .collect();
    let title = kind.map_or("All guests", Kind::label);
    let table = columns(report, title).build(&listed, report.sheet.scope.tables, |one| TableLine {
        key: report.sheet.person(one.at).key.clone(),
        data: line_data(report, one),
        opens: true,
        ..TableLine::default()
    });
    Block::Table(table)
}

fn line_data(report: &Report, one: &Judged) -> Vec<(String, String)> {
    let mut data = roster::data(report.sheet, one.at, state(report, one).id());
    data.extend(one.days.map(|days| ("days".to_owned(), days.to_string())));
    data
}

fn columns<'a>(report: &'a Report<'a>, title: &str) -> TableOf<'a, Judged> {
    let sheet = report.sheet;
    let guest = move |one: &Judged| sheet.guest(one.at);
    let source = |at: Option<At>| match at {
        Some(at) => Value::Said(at.source(sheet.store)),
        None => Value::none(STATED),
    };
    TableOf::new("inactive-guests", title, "guest", "No guest is so")
        .help("Longest asleep first. A click opens the guest.")
        .column("guest", "Guest", "", move |one: &Judged| roster::person(sheet, one.at))
        .column("state", "State", "By the rule above", move |one| {
            let state = state(report, one);
            Value::state(state.label(), words::tone(state))
        })
        .number("days", "Days", "Without a sign-in that counts, on the chosen day", |one| {
            one.days.map_or_else(|| Value::none("Not judged: the files do not tell"), Value::Days)
        })
        .column("since", "Since", "", |one| match one.silence {
            Silence::Since(at) | Silence::Never(at) => words::at(Some(at), STATED),
            Silence::Unknown => Value::none("The files do not tell"),
        })
        .column("field", "Known from", "The field or log that the days are counted from", move |one| {
            match one.silence {
                Silence::Since(at) => source(Some(at)),
                Silence::Never(at) => Value::Said(format!("{}: never signed in", at.source(sheet.store))),
                Silence::Unknown => Value::none("The files do not tell"),
            }
        })
        .column("kind", "Told apart", "Pending, never signed in, failed sign-ins only, blocked", move |one| {
            let kinds = [Kind::Pending, Kind::NeverSignedIn, Kind::OnlyFailed, Kind::SignedInOnce, Kind::Blocked];
            let words: Vec<&str> = kinds.into_iter().filter(|kind| kind.holds(report, one)).map(Kind::label).collect();
            if words.is_empty() { Value::Said(String::new()) } else { Value::Said(words.join(", ")) }
        })
        .column("interactive", "Last interactive", "Failed ones included; the later of field and log", move |one| {
            words::at(guest(one).interactive, STATED)
        })
        .column(
            "non-interactive",
            "Last non-interactive",
            "Failed ones included; the later of field and log",
            move |one| words::at(guest(one).non_interactive, STATED),
        )
        .column("successful", "Last successful", "The later of field and log", move |one| {
            words::at(guest(one).succeeded, STATED)
        })
        .column("created", "Created", "", move |one| {
            words::at(guest(one).created, "Neither the export nor the audit log has it")
        })
        .column("domain", "Home domain", "", move |one| Value::text(sheet.person(one.at).domain.as_str()))
        .column("sponsors", "Sponsors", "", move |one| match guest(one).sponsors.as_slice() {
            [] if guest(one).stated.sponsors => Value::Said("No sponsor".into()),
            [] => Value::none("No loaded users export has sponsors of this guest"),
            sponsors => Value::List(sponsors.iter().map(|sponsor| sponsor.name.clone()).collect()),
        })
}
