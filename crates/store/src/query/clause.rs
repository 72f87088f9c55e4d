//! Conditions on fields: which events they fail.

use super::{Events, FieldValues};
use crate::ask::Clause;

/// Sets the bit of every event that fails the clause.
pub fn mark_failing(values: &FieldValues, clause: &Clause, bit: u32, masks: &mut [u32]) {
    let mut asked = vec![false; values.len()];
    for code in clause.values.iter().filter_map(|value| values.find(value)) {
        asked[code as usize] = true;
    }
    let mut has = vec![false; masks.len()];
    values.each(&Events::All(masks.len()), |event, code| has[event] |= asked[code as usize]);
    for (mask, has) in masks.iter_mut().zip(has) {
        if has == clause.exclude {
            *mask |= bit;
        }
    }
}
