//! Which of day and month comes first in a file's numeric dates, decided by the file's own dates.

use super::time_text::TimeText;
use crate::{
    model::{Attribute, EntityKind},
    store::{DateOrder, NO_TIME, Store},
};

/// The dates of one file. A numeric date is kept as long as a later one may show that it was read the wrong
/// way round, or that the file is at odds with itself.
#[derive(Default)]
pub(super) struct Dates {
    numeric: Vec<NumericDate>,
    only_month_first: usize,
    only_day_first: usize,
    /// Dates that can be read both ways.
    ambiguous: usize,
    /// Whether the times in the store were read day first.
    day_first: bool,
}

/// Kind, attribute and row of a time of an entity.
pub(super) type EntityPlace = (EntityKind, Attribute, usize);

/// [`NO_TIME`] where a date cannot be read that way.
struct NumericDate {
    month_first: i64,
    day_first: i64,
    record: u32,
    /// An event, or a row of the kind.
    row: u32,
    entity: Option<(EntityKind, Attribute)>,
}

impl Dates {
    /// Notes the date of an event; the time to give it until [`Dates::correct`] knows better.
    pub(super) fn settle(&mut self, event: usize, record: u64, time: TimeText) -> i64 {
        self.settle_at(event, None, record, time)
    }

    /// The same for a time of an entity.
    pub(super) fn settle_entity(&mut self, place: EntityPlace, record: u64, time: TimeText) -> i64 {
        let (kind, attribute, row) = place;
        self.settle_at(row, Some((kind, attribute)), record, time)
    }

    #[inline]
    fn settle_at(&mut self, row: usize, entity: Option<(EntityKind, Attribute)>, record: u64, time: TimeText) -> i64 {
        match time {
            TimeText::At(ticks) => ticks,
            TimeText::Absent | TimeText::Unknown => NO_TIME,
            TimeText::Either { month_first, day_first } => {
                self.only_month_first += usize::from(day_first.is_none());
                self.only_day_first += usize::from(month_first.is_none());
                self.ambiguous += usize::from(month_first.is_some() && day_first.is_some());
                let [month_first, day_first] = [month_first, day_first].map(|ticks| ticks.unwrap_or(NO_TIME));
                let (record, row) = (record as u32, row as u32);
                let date = NumericDate { month_first, day_first, record, row, entity };
                if !self.is_decided() || date.contradicts(false) {
                    self.numeric.push(date);
                }
                if self.day_first { day_first } else { month_first }
            }
        }
    }

    /// The month comes first unless some date forbids it and none forbids the contrary.
    fn wants_day_first(&self) -> bool {
        self.only_day_first > 0 && self.only_month_first == 0
    }

    /// Whether no later date can change how all are read: one forbids that the day comes first.
    fn is_decided(&self) -> bool {
        self.only_month_first > 0 && !self.day_first
    }

    /// Corrects the times in the store where the order turned out to be another. True if it did.
    pub(super) fn correct(&mut self, store: &mut Store) -> bool {
        let changed = self.day_first != self.wants_day_first();
        if changed {
            self.day_first = !self.day_first;
            for date in &self.numeric {
                let ticks = if self.day_first { date.day_first } else { date.month_first };
                match date.entity {
                    None => store.time[date.row as usize] = ticks,
                    Some((kind, attribute)) => {
                        store.entity_table_mut(kind).set_ticks(date.row as usize, attribute, ticks);
                    }
                }
            }
        }
        if self.is_decided() {
            self.numeric.retain(|date| date.contradicts(false));
            self.numeric.shrink_to_fit();
        }
        changed
    }

    /// Whether there is a date whose reading may still change.
    pub(super) fn any_numeric(&self) -> bool {
        !self.is_decided() && !self.numeric.is_empty()
    }

    /// What was found out.
    pub(super) fn order(&self) -> DateOrder {
        let numeric = self.ambiguous + self.only_month_first + self.only_day_first;
        match (numeric == 0, self.only_month_first > 0, self.only_day_first > 0) {
            (true, ..) => DateOrder::NotNeeded,
            (_, true, _) => DateOrder::MonthFirst,
            (_, false, true) => DateOrder::DayFirst,
            (_, false, false) => DateOrder::AssumedMonthFirst,
        }
    }

    /// Records whose date contradicts the order that most certainly is the file's, and whether it is
    /// the time of an event.
    pub(super) fn contradicting(&self) -> impl Iterator<Item = (u64, bool)> + '_ {
        let day_first = self.wants_day_first();
        self.numeric
            .iter()
            .filter(move |date| date.contradicts(day_first))
            .map(|date| (date.record as u64, date.entity.is_none()))
    }
}

impl NumericDate {
    /// Whether it cannot be read in that order.
    fn contradicts(&self, day_first: bool) -> bool {
        (if day_first { self.day_first } else { self.month_first }) == NO_TIME
    }
}
