//! Answers by going through plain events one by one: slow, short and obvious.

use crate::events::{Event, SOURCES, Target};
use guestlens_core::{
    model::{Column, Field, Place, TargetColumn},
    protocol::{Clause, Query, Sort},
    time::{self, Zone},
};
use std::collections::BTreeMap;

/// Letter case aside.
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

fn first_of<'a>(mut texts: impl Iterator<Item = &'a str>) -> String {
    texts.find(|text| !text.is_empty()).unwrap_or("").into()
}

impl Target {
    pub fn text(&self, column: TargetColumn) -> String {
        let own = |wanted| self.columns.iter().find(|(own, _)| *own == wanted).map_or("", |(_, text)| text.as_str());
        match column {
            TargetColumn::Target => {
                first_of([TargetColumn::Upn, TargetColumn::Name, TargetColumn::Id].into_iter().map(own))
            }
            _ => own(column).into(),
        }
    }
}

impl Event {
    pub fn text(&self, column: Column) -> String {
        let own = |wanted| self.columns.iter().find(|(own, _)| *own == wanted).map_or("", |(_, text)| text.as_str());
        match column {
            Column::Actor => first_of([Column::ActorUpn, Column::ActorName, Column::ActorId].into_iter().map(own)),
            _ => own(column).into(),
        }
    }

    fn all_values(&self, field: Field, zone: &Zone) -> Vec<String> {
        let targets = self.targets.iter();
        match field.place() {
            Place::Time => {
                let (year, month, day) = match self.time {
                    Some(ticks) => time::calendar(ticks + zone.offset(ticks)),
                    None => return Vec::new(),
                };
                vec![format!("{year:04}-{month:02}-{day:02}")]
            }
            Place::Source => vec![self.source.to_string()],
            Place::Event(column) => vec![self.text(column)],
            Place::Target(column) => targets.map(|target| target.text(column)).collect(),
            Place::ChangeName => targets.flat_map(|t| &t.changes).map(|change| change[0].clone()).collect(),
            Place::ChangeValue => targets.flat_map(|t| &t.changes).flat_map(|change| change[1..].to_vec()).collect(),
            Place::DetailKey => self.details.iter().map(|(key, _)| key.clone()).collect(),
            Place::DetailValue => self.details.iter().map(|(_, value)| value.clone()).collect(),
        }
    }

    /// Distinct values in the order of the record; one empty value if there is none.
    pub fn values(&self, field: Field, zone: &Zone) -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        for value in self.all_values(field, zone) {
            if !value.is_empty() && !values.contains(&value) {
                values.push(value);
            }
        }
        if values.is_empty() { vec![String::new()] } else { values }
    }

    pub fn contains(&self, text: &str) -> bool {
        let mut all = vec![SOURCES[self.source as usize].to_string()];
        all.extend(self.time.map(time::iso));
        all.extend(self.columns.iter().map(|(_, text)| text.clone()));
        for target in &self.targets {
            all.extend(target.columns.iter().map(|(_, text)| text.clone()));
            all.extend(target.changes.iter().flatten().cloned());
        }
        all.extend(self.details.iter().chain(&self.extras).flat_map(|(key, value)| [key.clone(), value.clone()]));
        all.iter().any(|own| fold(own).contains(&fold(text)))
    }

    pub fn has_guest(&self) -> bool {
        let upns = self.targets.iter().map(|target| target.text(TargetColumn::Upn));
        std::iter::once(self.text(Column::ActorUpn)).chain(upns).any(|upn| fold(&upn).contains("#ext#"))
    }

    fn holds(&self, clause: &Clause, zone: &Zone) -> bool {
        let values = self.values(clause.field, zone);
        values.iter().any(|value| clause.values.contains(value)) != clause.exclude
    }

    /// Whether the event matches, conditions on one field and on the time aside.
    pub fn matches(&self, query: &Query, zone: &Zone, but: Option<Field>, but_time: bool) -> bool {
        let windowed = query.from.is_some() || query.to.is_some() || query.hour.is_some();
        let is_then = |ticks: i64, wanted: u8| {
            let (hour, weekday) = time::hour_and_weekday(ticks + zone.offset(ticks));
            weekday * 24 + hour == u32::from(wanted)
        };
        query.clauses.iter().all(|clause| Some(clause.field) == but || self.holds(clause, zone))
            && (query.text.is_empty() || self.contains(&query.text))
            && (!query.guests_only || self.has_guest())
            && (but_time
                || !windowed
                || self.time.is_some_and(|ticks| {
                    query.from.is_none_or(|from| ticks >= from)
                        && query.to.is_none_or(|to| ticks < to)
                        && query.hour.is_none_or(|wanted| is_then(ticks, wanted))
                }))
    }
}

/// How many of the events have each value.
pub fn counts<'a>(events: impl Iterator<Item = &'a Event>, field: Field, zone: &Zone) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for value in events.flat_map(|event| event.values(field, zone)) {
        *counts.entry(value).or_default() += 1;
    }
    counts
}

/// Most frequent first, ties by value.
pub fn ranked(counts: BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut all: Vec<_> = counts.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all
}

/// Positions of the matching events in the order of the table.
pub fn table(events: &[Event], query: &Query, zone: &Zone) -> Vec<usize> {
    let mut table: Vec<usize> = (0..events.len()).filter(|at| events[*at].matches(query, zone, None, false)).collect();
    let newest_first = |at: &usize| events[*at].time.map_or((1, 0), |ticks| (0, -ticks));
    table.sort_by_key(newest_first);
    let Sort { field, descending } = query.sort;
    match (field, descending) {
        (Field::Time, true) => {}
        (Field::Time, false) => {
            table.sort_unstable();
            table.sort_by_key(|at| events[*at].time.map_or((1, 0), |ticks| (0, ticks)));
        }
        _ => {
            let key = |at: &usize| {
                let first = events[*at].values(field, zone).remove(0);
                let first =
                    if field == Field::Source { SOURCES[first.parse::<usize>().unwrap()].into() } else { first };
                (fold(&first), first)
            };
            table.sort_by(|a, b| {
                let (a, b) = (key(a), key(b));
                let order = if descending { b.cmp(&a) } else { a.cmp(&b) };
                a.1.is_empty().cmp(&b.1.is_empty()).then(order)
            });
        }
    }
    table
}
