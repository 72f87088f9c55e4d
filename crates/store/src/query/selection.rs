//! Which events match: a mask of failed conditions per event, zero where all hold.

use super::{
    Events, FieldValues, clause,
    clock::{LocalClock, hour_of_week},
    search,
};
use crate::{
    ask::Query,
    model::Field,
    store::{NO_TIME, Store},
    time::Zone,
};
use std::{collections::HashSet, rc::Rc};

/// One mask per event, one bit per condition. A count that is to show what else could be picked
/// ignores the bit of its own condition.
#[derive(Default)]
pub struct Selection {
    masks: Vec<u32>,
    fields: Vec<Field>,
    matching: Rc<Events>,
    /// The bits of all conditions that some event fails.
    used: u32,
}

impl Selection {
    /// The bit of the text condition.
    pub const TEXT: u32 = 1;
    /// The bit of the time window.
    pub const TIME: u32 = 2;
    /// The bit of "only events that a guest takes part in".
    pub const GUESTS: u32 = 4;
    /// The bit of "exactly these events".
    pub const PICKED: u32 = 8;
    const FIRST_FIELD: usize = 4;

    /// Tests all events. Days named by a clause are days of the zone.
    pub fn new(store: &Store, query: &Query, zone: &Zone) -> Self {
        let mut masks = vec![0; store.len()];
        let mut fields: Vec<Field> = Vec::new();
        for clause in &query.clauses {
            if !fields.contains(&clause.field) {
                fields.push(clause.field);
            }
            let values = FieldValues::new(store, clause.field, zone);
            clause::mark_failing(&values, clause, Self::bit(&fields, clause.field), &mut masks);
        }
        if query.from.is_some() || query.to.is_some() {
            let window = query.from.unwrap_or(NO_TIME + 1)..query.to.unwrap_or(i64::MAX);
            for (mask, ticks) in masks.iter_mut().zip(&store.time) {
                *mask |= if window.contains(ticks) { 0 } else { Self::TIME };
            }
        }
        if let Some(hour) = query.hour {
            let mut clock = LocalClock::new(zone);
            for (mask, ticks) in masks.iter_mut().zip(&store.time) {
                let is_then = *ticks != NO_TIME && hour_of_week(clock.local(*ticks)) == usize::from(hour);
                *mask |= if is_then { 0 } else { Self::TIME };
            }
        }
        if query.guests_only {
            for (mask, guest) in masks.iter_mut().zip(&store.guest) {
                *mask |= if *guest { 0 } else { Self::GUESTS };
            }
        }
        if let Some(picked) = &query.picked {
            let records: HashSet<(u32, u32)> = picked.records.iter().copied().collect();
            for (event, mask) in masks.iter_mut().enumerate() {
                let is_one = records.contains(&(store.source.get(event), store.record[event]));
                *mask |= if is_one { 0 } else { Self::PICKED };
            }
        }
        if !query.text.is_empty() {
            for (mask, found) in masks.iter_mut().zip(search::events_with(store, &query.text)) {
                *mask |= if found { 0 } else { Self::TEXT };
            }
        }
        let matching = Rc::new(Events::without(&masks, u32::MAX));
        let used = masks.iter().fold(0, |used, mask| used | mask);
        Self { masks, fields, matching, used }
    }

    fn bit(fields: &[Field], field: Field) -> u32 {
        // More conditioned fields than bits share the last bit.
        fields.iter().position(|known| *known == field).map_or(0, |at| 1 << (at + Self::FIRST_FIELD).min(31))
    }

    /// The bit of all clauses on a field; 0 if there are none.
    pub fn field_bit(&self, field: Field) -> u32 {
        Self::bit(&self.fields, field)
    }

    /// The events that match.
    pub fn matching(&self) -> &Events {
        &self.matching
    }

    /// The events that match, conditions of these bits aside.
    pub fn ignoring(&self, bits: u32) -> Rc<Events> {
        match bits & self.used {
            0 => Rc::clone(&self.matching),
            bits => Rc::new(Events::without(&self.masks, !bits)),
        }
    }

    /// The bits among these that make a difference.
    pub fn used(&self, bits: u32) -> u32 {
        self.used & bits
    }

    /// Whether an event matches.
    #[inline]
    pub fn matches(&self, event: usize) -> bool {
        self.masks[event] == 0
    }

    /// How many events were tested.
    pub fn len(&self) -> usize {
        self.masks.len()
    }

    /// Whether no event was tested.
    pub fn is_empty(&self) -> bool {
        self.masks.is_empty()
    }
}
