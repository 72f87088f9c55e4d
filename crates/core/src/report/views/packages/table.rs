//! The table of what happened to access packages.

use super::{Line, Shown, result_words};
use crate::{
    model::{Column, Domain, TargetColumn},
    report::{
        TableOf,
        blocks::{Door, Table, TableLine, Tone, Value},
        views::entitled::event_key,
    },
    store::{NO_TIME, Store},
};

impl Shown<'_> {
    pub(super) fn table(&self) -> Table {
        let store = self.store;
        let text = move |line: &Line, column| store.text(line.event as usize, column).into_owned();
        let shown = |line: &Line| Value::Name(self.name(line));
        TableOf::new("package-activity", "Access package activity", "package-event", "No event is in sight.")
            .help("One line for each event and access package among its targets, newest first.")
            .column("time", "Date", "", move |line: &Line| {
                let time = store.time[line.event as usize];
                Value::time(Some(time).filter(|time| *time != NO_TIME), "The record has no time")
            })
            .column("package", "Access package", "", shown)
            .column("package-id", "Access package ID", "", |line| {
                let id = store.target_text(line.target as usize, TargetColumn::Id).into_owned();
                if id.is_empty() { Value::none("The record has no id") } else { Value::Id(id) }
            })
            .column("activity", "Operation", "", move |line| Value::text(text(line, Column::Activity)))
            .column("result", "Status", "", move |line| {
                let word = text(line, Column::Result);
                let tone = if word.eq_ignore_ascii_case("success") { Tone::Good } else { Tone::Attention };
                // Results are Microsoft's words, but a file can hold others.
                match result_words(&word).as_str() {
                    known @ ("Success" | "Failure" | "Timeout") => Value::state(known, tone),
                    _ => Value::text(word),
                }
            })
            .column("object-id", "Object ID", "Of the user who initiated it.", move |line| {
                let id = text(line, Column::ActorId);
                if id.is_empty() {
                    Value::none("Initiated by an application, or the record has no id")
                } else {
                    Value::Id(id)
                }
            })
            .column(
                "upn",
                "User principal name",
                "Of the user who initiated it. In “Fulfill ...” that is the one who receives access.",
                move |line| {
                    let upn = text(line, Column::ActorUpn);
                    if upn.is_empty() {
                        Value::none("Initiated by an application, or the record has no name")
                    } else {
                        Value::Text(upn)
                    }
                },
            )
            .column("initiator", "Initiated by", "Display name of the user or application.", move |line| {
                let name = text(line, Column::ActorName);
                Value::text(if name.is_empty() { text(line, Column::Actor) } else { name })
            })
            .column("details", "Details", "Additional details as JSON.", move |line| {
                Value::Raw(details(store, line.event as usize))
            })
            .build(&self.lines, self.scope.tables, |line| {
                let package = self.key(line.package);
                TableLine {
                    key: format!("{}-{package}", event_key(store, line.event)),
                    data: vec![("package".into(), package)],
                    door: Door::to_events(store, "Event of an access package", [line.event]),
                    ..TableLine::default()
                }
            })
    }
}

/// The additional details of an event as the JSON that Graph has.
fn details(store: &Store, event: usize) -> String {
    let pairs = store.details.of(event).map(|pair| {
        let key = store.dictionary(Domain::DetailKey).get(store.details.key.get(pair));
        let value = store.dictionary(Domain::DetailValue).get(store.details.value.get(pair));
        serde_json::json!({ "key": key, "value": value })
    });
    serde_json::Value::Array(pairs.collect()).to_string()
}
