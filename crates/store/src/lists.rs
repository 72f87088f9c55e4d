//! Long lists of people: sorting, searching, and finding who takes part. Nothing here is generic, so that it
//! is compiled once, for speed.

use crate::{query::Events, query::fold, store::Store};
use memchr::memmem::Finder;

/// No number.
const NONE: u32 = u32::MAX;

/// Texts in lower case, one behind the other, to look for a part of them.
#[derive(Default)]
pub struct Haystack {
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
}

/// Stands between the texts of one line; what a reader looks for never holds it.
const BETWEEN: char = '\u{1}';

impl Haystack {
    /// Adds a text to the line at hand.
    pub fn add(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if text.is_ascii() {
            let from = self.text.len();
            self.text.push_str(text);
            self.text[from..].make_ascii_lowercase();
        } else {
            self.text.push_str(&fold(text));
        }
        self.text.push(BETWEEN);
    }

    /// Ends the line.
    pub fn end(&mut self) {
        self.ends.push(self.text.len() as u32);
    }

    /// Of each line, whether it holds a text, letter case aside.
    pub fn holding(&self, text: &str) -> Vec<bool> {
        let needle = fold(text);
        let mut found = vec![needle.is_empty(); self.ends.len()];
        if needle.is_empty() || needle.contains(BETWEEN) {
            return found;
        }
        let (finder, bytes) = (Finder::new(needle.as_bytes()), self.text.as_bytes());
        let (mut from, mut line) = (0, 0);
        while let Some(at) = finder.find(&bytes[from..]) {
            let place = (from + at) as u32;
            // The next hit is mostly near.
            while self.ends[line] <= place {
                line += 1;
            }
            found[line] = true;
            from = self.ends[line] as usize;
        }
        found
    }
}

/// Which names, numbered below `count`, stand in these events: as whoever initiated one (`actors`, by event),
/// or as a target (`targets`, by target). [`u32::MAX`] is no name.
pub fn named(store: &Store, events: &Events, actors: &[u32], targets: &[u32], count: usize) -> Vec<bool> {
    let mut found = vec![false; count];
    let mut mark = |name: u32| {
        if name != NONE {
            found[name as usize] = true;
        }
    };
    if let Events::All(length) = events {
        for name in actors[..*length].iter().chain(targets) {
            mark(*name);
        }
        return found;
    }
    for event in events.iter() {
        mark(actors[event]);
        for name in &targets[store.targets_of(event)] {
            mark(*name);
        }
    }
    found
}

/// Of some places (`picks`) how many have each number below `count`, with the last of them.
pub fn counts(numbers: &[u32], picks: &[u32], count: usize) -> Vec<(u32, u32)> {
    let mut groups = vec![(0, 0); count];
    for pick in picks {
        let group = &mut groups[numbers[*pick as usize] as usize];
        *group = (group.0 + 1, *pick);
    }
    groups
}

/// Of each name what its owner has. [`u32::MAX`] is no name, no owner, nothing.
pub fn followed(names: &[u32], owner: &[u32], of: &[u32]) -> Vec<u32> {
    let at = |all: &[u32], place: u32| all.get(place as usize).copied().unwrap_or(NONE);
    let of_name: Vec<u32> = owner.iter().map(|owner| at(of, *owner)).collect();
    names.iter().map(|name| at(&of_name, *name)).collect()
}

/// The places of numbers below `count`, sorted by number and else as they stand; where those of each number begin,
/// with one more entry for the end.
pub fn grouped(numbers: &[u32], count: usize) -> (Vec<u32>, Vec<u32>) {
    let mut start = vec![0_u32; count + 1];
    for number in numbers {
        start[*number as usize + 1] += 1;
    }
    for at in 1..start.len() {
        start[at] += start[at - 1];
    }
    let mut next = start.clone();
    let mut places = vec![0; numbers.len()];
    for (number, place) in numbers.iter().zip(0..) {
        let next = &mut next[*number as usize];
        places[*next as usize] = place;
        *next += 1;
    }
    (start, places)
}

/// A moment that is not known, for [`counts_over`].
pub const NEVER: i64 = i64::MIN;

/// Of some places how many have a moment in each stretch of time. Edges are ascending: a stretch begins at
/// each and ends where the next one begins, the last one never; what is earlier counts for the first.
pub fn counts_over(edges: &[i64], times: &[i64], picks: &[u32]) -> Vec<u32> {
    let mut counts = vec![0; edges.len()];
    let (mut from, mut to, mut at) = (1, 0, 0);
    for pick in picks {
        let time = times[*pick as usize];
        if time == NEVER || edges.is_empty() {
            continue;
        }
        // Neighbours mostly lie in the same stretch.
        if !(from <= time && time < to) {
            at = edges.partition_point(|edge| *edge <= time).saturating_sub(1);
            from = if at == 0 { NEVER } else { edges[at] };
            to = edges.get(at + 1).copied().unwrap_or(i64::MAX);
        }
        counts[at] += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arrange::{order, order_of_numbers, order_of_texts};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn orders_are_those_of_the_standard_library(
            texts in prop::collection::vec("[aB\u{0}é]{0,40}", 0..40),
            numbers in prop::collection::vec(-3_i64..3, 0..40),
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let mut expected: Vec<u32> = (0..texts.len() as u32).collect();
            expected.sort_by_key(|at| texts[*at as usize]);
            prop_assert_eq!(order_of_texts(&texts), expected);
            let mut expected: Vec<u32> = (0..numbers.len() as u32).collect();
            expected.sort_by_key(|at| numbers[*at as usize]);
            prop_assert_eq!(order_of_numbers(&numbers), expected.clone());
            prop_assert_eq!(order(numbers.len(), &mut |a, b| numbers[a].cmp(&numbers[b])), expected);
        }

        #[test]
        fn counts_are_those_of_a_plain_walk(
            mut edges in prop::collection::vec(0_i64..50, 1..6),
            times in prop::collection::vec(-5_i64..60, 1..40),
        ) {
            edges.sort_unstable();
            let picks: Vec<u32> = (0..times.len() as u32).filter(|at| at % 3 != 0).collect();
            let place = |time: i64| edges.iter().rposition(|edge| *edge <= time).unwrap_or(0);
            let mut expected = vec![0; edges.len()];
            for pick in &picks {
                expected[place(times[*pick as usize])] += 1;
            }
            prop_assert_eq!(counts_over(&edges, &times, &picks), expected);
            let numbers: Vec<u32> = times.iter().map(|time| (time + 5) as u32).collect();
            let (start, places) = super::grouped(&numbers, 65);
            let mut expected: Vec<u32> = (0..numbers.len() as u32).collect();
            expected.sort_by_key(|at| numbers[*at as usize]);
            prop_assert_eq!(&places, &expected);
            for number in 0..65_u32 {
                let own = &places[start[number as usize] as usize..start[number as usize + 1] as usize];
                prop_assert!(own.iter().all(|at| numbers[*at as usize] == number));
            }
            let owner: Vec<u32> = (0..65).map(|name| if name % 4 == 0 { NONE } else { name % 7 }).collect();
            let followed = super::followed(&numbers, &owner, &[9, 8, NONE, 6, 5, 4]);
            for (name, found) in numbers.iter().zip(followed) {
                let owner = owner[*name as usize];
                let own = if owner == NONE { None } else { [9, 8, NONE, 6, 5, 4].get(owner as usize).copied() };
                prop_assert_eq!(found, own.unwrap_or(NONE));
            }
            let grouped = counts(&numbers, &picks, 65);
            for (number, (count, one)) in grouped.into_iter().enumerate() {
                let own: Vec<&u32> = picks.iter().filter(|pick| numbers[**pick as usize] == number as u32).collect();
                prop_assert_eq!((count as usize, own.last().copied()), (own.len(), own.last().map(|_| &one)));
            }
        }

        #[test]
        fn finds_what_looking_at_each_line_finds(
            lines in prop::collection::vec(prop::collection::vec("[abÉé]{0,6}", 0..3), 0..20),
            needle in "[aAbé]{0,2}",
        ) {
            let mut all = Haystack::default();
            for line in &lines {
                for text in line {
                    all.add(text);
                }
                all.end();
            }
            let has = |line: &Vec<String>| {
                needle.is_empty() || line.iter().any(|text| fold(text).contains(&fold(&needle)))
            };
            prop_assert_eq!(all.holding(&needle), lines.iter().map(has).collect::<Vec<bool>>());
        }
    }
}
