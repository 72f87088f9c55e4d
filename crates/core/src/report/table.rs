//! Lines of the table.

use super::blocks::{Cell, Row, Rows};
use crate::{
    model::Field,
    query::FieldValues,
    store::{NO_TIME, Store},
    time::{self, Zone},
};

/// A window of the table, whose lines are these events in this order.
///
/// A cell of [`Field::Time`] holds the time in UTC as ISO 8601; one of [`Field::Source`] the file's key.
pub fn rows(store: &Store, table: &[u32], from: u32, count: u32, columns: &[Field]) -> Rows {
    let start = (from as usize).min(table.len());
    let end = start.saturating_add(count as usize).min(table.len());
    let readers: Vec<Option<FieldValues>> = columns
        .iter()
        .map(|field| (*field != Field::Time).then(|| FieldValues::new(store, *field, &Zone::default())))
        .collect();
    let row = |(index, &event): (usize, &u32)| {
        let event = event as usize;
        let time = Some(store.time[event]).filter(|ticks| *ticks != NO_TIME);
        let cell = |reader: &Option<FieldValues>| match reader {
            None => Cell { text: time.map(time::iso).unwrap_or_default(), more: 0 },
            Some(values) => {
                let codes = values.of(event);
                let text = codes.first().map(|code| values.label(*code).into_owned()).unwrap_or_default();
                Cell { text, more: codes.len().saturating_sub(1) as u32 }
            }
        };
        let cells = readers.iter().map(cell).collect();
        Row { index: (start + index) as u32, time, guest: store.guest[event], cells }
    };
    Rows {
        from: start as u32,
        columns: columns.to_vec(),
        rows: table[start..end].iter().enumerate().map(row).collect(),
    }
}
