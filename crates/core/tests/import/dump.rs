//! A store as text, for comparison: by strings and never by codes, so that it does not depend on the
//! order in which strings were met.

use guestlens_core::{
    model::{Column, Domain, TargetColumn},
    store::{NO_TIME, Store},
    time::iso,
};
use std::fmt::Write;

/// Everything in the store.
pub fn dump(store: &Store) -> String {
    let mut out = String::new();
    for info in &store.sources {
        let _ = writeln!(out, "{} {:?} {:?} dates {:?}", info.format, info.encoding, info.state, info.date_order);
        let _ = writeln!(out, "{} records, {} events, {} problems", info.records, info.events, info.problems);
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
