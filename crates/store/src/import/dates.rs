//! Which of day and month comes first in a file's numeric dates, decided by the file's own dates.

use super::time_text::TimeText;
use crate::{
    model::{Attribute, EntityKind},
    store::{DateOrder, NO_TIME, Store},
};

/// The dates of one file. Every numeric date is kept, because a later one may show that the month does
/// not come first, and a still later one that the file is at odds with itself.
#[derive(Default)]
pub(super) struct Dates {
    numeric: Vec<NumericDate>,
    only_month_first: usize,
    only_day_first: usize,
    /// Whether the times in the store were read day first.
    day_first: bool,
}

/// Kind, attribute and row of a time of an entity.
pub(super) type EntityPlace = (EntityKind, Attribute, usize);

/// What a date is a date of.
#[derive(Clone, Copy)]
enum Place {
    Event(usize),
    Entity(EntityPlace),
}

struct NumericDate {
    place: Place,
    record: u64,
    month_first: Option<i64>,
    day_first: Option<i64>,
}

impl Dates {
    /// Notes the date of an event; the time to give it until [`Dates::correct`] knows better.
    pub(super) fn settle(&mut self, event: usize, record: u64, time: TimeText) -> i64 {
        self.settle_at(Place::Event(event), record, time)
    }

    /// The same for a time of an entity.
    pub(super) fn settle_entity(&mut self, place: EntityPlace, record: u64, time: TimeText) -> i64 {
        self.settle_at(Place::Entity(place), record, time)
    }

    #[inline]
    fn settle_at(&mut self, place: Place, record: u64, time: TimeText) -> i64 {
        match time {
            TimeText::At(ticks) => ticks,
            TimeText::Absent | TimeText::Unknown => NO_TIME,
            TimeText::Either { month_first, day_first } => {
                self.only_month_first += usize::from(day_first.is_none());
                self.only_day_first += usize::from(month_first.is_none());
                self.numeric.push(NumericDate { place, record, month_first, day_first });
                let ticks = if self.day_first { day_first } else { month_first };
                ticks.unwrap_or(NO_TIME)
            }
        }
    }

    /// The month comes first unless some date forbids it and none forbids the contrary.
    fn wants_day_first(&self) -> bool {
        self.only_day_first > 0 && self.only_month_first == 0
    }

    /// Corrects the times in the store where the order turned out to be another. True if it did.
    pub(super) fn correct(&mut self, store: &mut Store) -> bool {
        let changed = self.day_first != self.wants_day_first();
        if changed {
            self.day_first = !self.day_first;
            for date in &self.numeric {
                let ticks = if self.day_first { date.day_first } else { date.month_first };
                let ticks = ticks.unwrap_or(NO_TIME);
                match date.place {
                    Place::Event(event) => store.time[event] = ticks,
                    Place::Entity((kind, attribute, row)) => {
                        store.entity_table_mut(kind).set_ticks(row, attribute, ticks);
                    }
                }
            }
        }
        changed
    }

    /// Whether there is a date whose reading may still change.
    pub(super) fn any_numeric(&self) -> bool {
        !self.numeric.is_empty()
    }

    /// What was found out.
    pub(super) fn order(&self) -> DateOrder {
        match (self.numeric.is_empty(), self.only_month_first > 0, self.only_day_first > 0) {
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
            .filter(move |date| if day_first { date.day_first } else { date.month_first }.is_none())
            .map(|date| (date.record, matches!(date.place, Place::Event(_))))
    }
}
