//! Passes over all events that are made once for many rules, compiled for speed: what they distribute is
//! then walked by whoever is interested in it.

use crate::arrange::sort_pairs;
use crate::{
    model::{Column, TargetColumn},
    store::{NO_TIME, Store},
    time::{DAY, HOUR},
    with_codes,
};

/// No kind, nobody, no event.
pub const NONE: u32 = u32::MAX;
/// No kind, of an activity.
pub const NO_KIND: u8 = u8::MAX;

/// The events of each kind, in the order of time, then of their numbers. `of_activity` has the kind of each
/// code of an activity, below `count` or [`NO_KIND`].
pub fn by_kind(store: &Store, of_activity: &[u8], count: usize) -> Vec<Vec<u32>> {
    let mut kinds = vec![Vec::new(); count];
    with_codes!(store.column(Column::Activity), codes => {
        for (event, code) in codes.iter().enumerate() {
            let kind = of_activity[*code as usize];
            if kind != NO_KIND {
                kinds[kind as usize].push(event as u32);
            }
        }
    });
    for events in &mut kinds {
        in_order(store, events);
    }
    kinds
}

/// Puts events into the order of time, then of their numbers.
pub fn in_order(store: &Store, events: &mut [u32]) {
    let key = |event: &u32| (store.time[*event as usize], *event);
    if !events.is_sorted_by_key(key) {
        let mut pairs: Vec<(i64, u32)> = events.iter().map(key).collect();
        sort_pairs(&mut pairs);
        for (event, (_, in_order)) in events.iter_mut().zip(pairs) {
            *event = in_order;
        }
    }
}

/// By the code of a UPN that is wanted: the newest time of an event of which it is the actor or the first target,
/// [`NO_TIME`] where none has a time; none where there is no such event.
pub fn newest(store: &Store, wanted: &[bool]) -> Vec<Option<i64>> {
    let mut newest = vec![None; wanted.len()];
    let mut see = |code: usize, time: i64| {
        if wanted[code] {
            let known = &mut newest[code];
            *known = Some(known.map_or(time, |known: i64| known.max(time)));
        }
    };
    with_codes!(store.column(Column::ActorUpn), codes => {
        codes.iter().zip(&store.time).for_each(|(code, time)| see(*code as usize, *time));
    });
    with_codes!(store.target_column(TargetColumn::Upn), codes => {
        for (targets, time) in store.target_start.windows(2).zip(&store.time) {
            if targets[0] < targets[1] {
                see(codes[targets[0] as usize] as usize, *time);
            }
        }
    });
    newest
}

/// Earliest and latest time among the events whose code in a column is wanted; and whether there are such
/// events at all, with a time or not.
pub fn period(store: &Store, column: Column, wanted: &[bool]) -> (bool, Option<(i64, i64)>) {
    let (mut is_any, mut first, mut last) = (false, i64::MAX, i64::MIN);
    with_codes!(store.column(column), codes => {
        for (code, time) in codes.iter().zip(&store.time) {
            if wanted[*code as usize] {
                is_any = true;
                if *time != NO_TIME {
                    first = first.min(*time);
                    last = last.max(*time);
                }
            }
        }
    });
    (is_any, (first <= last).then_some((first, last)))
}

/// So many different times that are all whole hours or days are no chance.
const ROUND: usize = 20;

/// To how many ticks all times are rounded: a day, an hour; 0 where they are finer, or too few to tell.
pub fn step(times: &[i64]) -> i64 {
    let known = || times.iter().copied().filter(|time| *time != NO_TIME);
    let Some(step) = [DAY, HOUR].into_iter().find(|step| known().all(|time| time % step == 0)) else { return 0 };
    let mut different: Vec<i64> = Vec::new();
    for time in known() {
        if !different.contains(&time) {
            different.push(time);
            if different.len() == ROUND {
                return step;
            }
        }
    }
    0
}

/// Whom events concern, as names that belong to people.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// The person of each name, [`NONE`] where it is nobody's.
    pub owner: &'a [u32],
    /// The name of who initiated each event.
    pub actors: &'a [u32],
    /// The name of each target.
    pub targets: &'a [u32],
    /// Names that stand in the changes of targets, by target, ascending: they count where the target is nobody.
    pub subjects: &'a [(u32, u32)],
}

/// The first and the last event of each person, [`NONE`] where there is none with a time. Of several at one
/// time the first and the last number.
pub fn sightings(store: &Store, names: Names, people: usize) -> Vec<[u32; 2]> {
    let mut seen = vec![(i64::MAX, NO_TIME, [NONE; 2]); people];
    let owner = |name: u32| names.owner.get(name as usize).copied().unwrap_or(NONE);
    let mut subjects = names.subjects.iter().peekable();
    for (event, time) in store.time.iter().copied().enumerate() {
        let mut sight = |person: u32| {
            if person == NONE || time == NO_TIME {
                return;
            }
            let (first, last, events) = &mut seen[person as usize];
            if time < *first {
                (*first, events[0]) = (time, event as u32);
            }
            if time >= *last {
                (*last, events[1]) = (time, event as u32);
            }
        };
        sight(owner(names.actors[event]));
        for target in store.targets_of(event) {
            let mut person = owner(names.targets[target]);
            while let Some((of, name)) = subjects.next_if(|(of, _)| *of as usize <= target) {
                if *of as usize == target && person == NONE {
                    person = owner(*name);
                }
            }
            sight(person);
        }
    }
    seen.into_iter().map(|(.., events)| events).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::SourceInfo;

    fn store() -> Store {
        let mut store = Store::default();
        store.sources.push(SourceInfo::default());
        let mut writer = store.writer(0);
        for (number, (time, activity)) in [(30, "b"), (10, "a"), (NO_TIME, "a"), (30, "a")].into_iter().enumerate() {
            if time != NO_TIME {
                writer.time(time);
            }
            writer.set(Column::Activity, activity.as_bytes());
            writer.set(Column::CorrelationId, number.to_string().as_bytes());
            writer.begin_target();
            writer.commit(number as u32 + 1);
        }
        store
    }

    #[test]
    fn events_come_by_kind_and_time() {
        let store = store();
        let of = |name: &str| store.dictionary(crate::model::Domain::Activity).find(name).unwrap() as usize;
        let mut kinds = vec![NO_KIND; 3];
        kinds[of("a")] = 1;
        assert_eq!(by_kind(&store, &kinds, 2), [vec![], vec![2, 1, 3]]);
        let mut wanted = [false; 3];
        wanted[of("a")] = true;
        assert_eq!(period(&store, Column::Activity, &wanted), (true, Some((10, 30))));
        assert_eq!(period(&store, Column::Activity, &[false; 3]), (false, None));
    }

    #[test]
    fn rounded_times_are_told_from_fine_and_from_few_ones() {
        let times = |step: i64| (0..30).map(|number| (20_000 + number) * step).collect::<Vec<i64>>();
        assert_eq!([step(&times(DAY)), step(&times(HOUR)), step(&times(HOUR / 2))], [DAY, HOUR, 0]);
        assert_eq!([step(&times(DAY)[..19]), step(&[NO_TIME; 30]), step(&[DAY; 30])], [0; 3]);
        assert_eq!(step(&[times(DAY), vec![NO_TIME]].concat()), DAY);
    }

    #[test]
    fn people_are_sighted_as_actors_targets_and_subjects() {
        let names = Names {
            owner: &[0, 1, NONE],
            actors: &[0, NONE, 0, 0],
            targets: &[NONE, 2, 1, NONE],
            subjects: &[(0, 1), (1, 0), (3, 1)],
        };
        // The third event has no time.
        assert_eq!(sightings(&store(), names, 3), [[1, 3], [0, 3], [NONE; 2]]);
    }
}
