//! A store as text, for comparison: by strings and never by codes, so that it does not depend on the
//! order in which strings were met.

use guestlens_core::{
    model::{Attribute, Column, Domain, EntityKind, ItemColumn, List, TargetColumn},
    store::{Entities, NO_TIME, SourceInfo, Store},
    time::iso,
};
use std::fmt::Write;

/// Everything in the store.
pub fn dump(store: &Store) -> String {
    let mut out = String::new();
    for info in &store.sources {
        let _ = writeln!(out, "{} {:?} {:?} dates {:?}", info.format, info.encoding, info.state, info.date_order);
        let _ = writeln!(out, "{} records, {} events, {} problems", info.records, info.events, info.problems);
        dump_entity_source(info, &mut out);
        let moment = |time: Option<i64>| time.map_or("-".into(), iso);
        let _ = writeln!(out, "{} to {}", moment(info.first), moment(info.last));
        for note in &info.notes {
            let _ = writeln!(out, "note: {note}");
        }
        for (field, count) in &info.unknown_fields {
            let _ = writeln!(out, "unknown: {field} in {count}");
        }
    }
    for problem in store.problems.list() {
        let _ = write!(out, "problem: {:?} record {:?} offset {:?}", problem.kind, problem.record, problem.offset);
        let _ =
            writeln!(out, "{}", if problem.more > 0 { format!(" and {} more", problem.more) } else { String::new() });
    }
    (0..store.len()).for_each(|event| out += &dump_event(store, event, Column::ALL, true));
    for kind in EntityKind::ALL {
        let entities = store.entities(*kind);
        entities.rows().for_each(|row| out += &dump_row(&entities, row));
    }
    out
}

/// What a source of entities says besides.
fn dump_entity_source(info: &SourceInfo, out: &mut String) {
    if matches!(info.kind.as_str(), "" | "audit" | "sign-ins" | "unified-audit-log") {
        return;
    }
    let _ = writeln!(out, "kind {}, {} rows of {} records", info.kind, info.entities, info.entity_records);
    let _ = writeln!(out, "{} duplicates, as of {}", info.duplicates, info.snapshot.map_or("-".into(), iso));
    for column in &info.mapping {
        let guess = if column.guessed { " (guess)" } else { "" };
        let _ =
            writeln!(out, "column {}: {}{guess}", column.column, column.attribute.map_or("-".into(), Attribute::id));
    }
}

/// One row of a table of entities.
fn dump_row(entities: &Entities, row: usize) -> String {
    let mut out = format!("\n{:?} of record {}, {:?}\n", entities.kind(), entities.record[row], entities.origin(row));
    for attribute in Attribute::ALL {
        if let Some(time) = entities.time(row, *attribute) {
            let _ = writeln!(out, "  {}: {}", attribute.id(), iso(time));
        }
        let text = entities.text(row, *attribute);
        if !text.is_empty() {
            let _ = writeln!(out, "  {}: {text:?}", attribute.id());
        }
    }
    for list in List::ALL {
        for item in entities.list(row, *list) {
            let _ = write!(out, "  {list:?}:");
            for column in ItemColumn::ALL {
                let text = entities.item_text(item, *column);
                if !text.is_empty() {
                    let _ = write!(out, " {column:?} {text:?}");
                }
            }
            out.push('\n');
        }
    }
    for (key, value) in entities.extras(row) {
        let _ = writeln!(out, "  extra {key:?}: {value:?}");
    }
    out
}

/// One event: the columns given, and whether also what the portal's CSV does not hold.
pub fn dump_event(store: &Store, event: usize, columns: &[Column], all: bool) -> String {
    let mut out = String::new();
    let time = store.time[event];
    let time = if time == NO_TIME { "no time".into() } else { iso(time) };
    let guest = if store.guest[event] { " guest" } else { "" };
    let _ = writeln!(out, "\n{time} record {}{guest}", store.record[event]);
    for &column in columns {
        let text = store.text(event, column);
        if !text.is_empty() {
            let _ = writeln!(out, "  {column:?}: {text:?}");
        }
    }
    for target in store.targets_of(event) {
        let _ = writeln!(out, "  target");
        for &column in TargetColumn::ALL.iter().filter(|column| all || **column != TargetColumn::GroupType) {
            let text = store.target_text(target, column);
            if !text.is_empty() {
                let _ = writeln!(out, "    {column:?}: {text:?}");
            }
        }
        for change in store.changes_of(target) {
            let value = |code| store.dictionary(Domain::PropertyValue).get(code);
            let name = store.dictionary(Domain::PropertyName).get(store.change_name.get(change));
            let (old, new) = (value(store.change_old.get(change)), value(store.change_new.get(change)));
            let _ = writeln!(out, "    change {name:?}: {old:?} -> {new:?}");
        }
    }
    let mut pairs = |word, pairs: &guestlens_core::store::Pairs, key: Domain, value: Domain| {
        for pair in pairs.of(event) {
            let key = store.dictionary(key).get(pairs.key.get(pair));
            let _ = writeln!(out, "  {word} {key:?}: {:?}", store.dictionary(value).get(pairs.value.get(pair)));
        }
    };
    pairs("detail", &store.details, Domain::DetailKey, Domain::DetailValue);
    if all {
        pairs("extra", &store.extras, Domain::ExtraKey, Domain::ExtraValue);
    }
    out
}
