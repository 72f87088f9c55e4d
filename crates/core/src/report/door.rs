//! Makes doors out of what is in the store.

use super::Door;
use crate::{protocol::Picked, store::Store};
use std::borrow::Borrow;

impl Door {
    /// A door to exactly these events; none where there is none.
    pub fn to_events<E: Borrow<u32>>(
        store: &Store,
        label: impl Into<String>,
        events: impl IntoIterator<Item = E>,
    ) -> Option<Self> {
        let record = |event: E| {
            let event = *event.borrow() as usize;
            (store.source.get(event), store.record[event])
        };
        let records: Vec<(u32, u32)> = events.into_iter().map(record).collect();
        (!records.is_empty()).then(|| Self { picked: Some(Picked { label: label.into(), records }), ..Self::default() })
    }
}
