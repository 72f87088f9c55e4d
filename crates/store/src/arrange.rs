//! Sorting that takes little room. The standard library's sort is compiled anew, at some kilobytes, for each
//! type and order it is used with, and there are over a hundred of these; here all of them share one.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

/// The places `0..length` in the order that `compare` gives; equal ones as they stand.
pub fn order(length: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..length as u32).collect();
    order.sort_by(|a, b| compare(*a as usize, *b as usize));
    order
}

/// The places of numbers in ascending order; equal ones as they stand.
pub fn order_of_numbers(numbers: &[i64]) -> Vec<u32> {
    let mut keyed: Vec<(i64, u32)> = numbers.iter().copied().zip(0..).collect();
    sort_pairs(&mut keyed);
    keyed.into_iter().map(|(_, at)| at).collect()
}

/// Puts pairs into order.
pub fn sort_pairs(pairs: &mut [(i64, u32)]) {
    pairs.sort_unstable();
}

/// The places of texts in ascending order of their bytes; equal ones as they stand.
pub fn order_of_texts(texts: &[&str]) -> Vec<u32> {
    const FIRST: usize = 16;
    let mut keyed: Vec<(u128, u32)> = Vec::with_capacity(texts.len());
    for (text, at) in texts.iter().zip(0..) {
        let mut bytes = [0; FIRST];
        let length = text.len().min(FIRST);
        bytes[..length].copy_from_slice(&text.as_bytes()[..length]);
        keyed.push((u128::from_be_bytes(bytes), at));
    }
    sort_keyed(&mut keyed, &|a, b| (texts[a as usize], a).cmp(&(texts[b as usize], b)));
    keyed.into_iter().map(|(_, at)| at).collect()
}

/// Puts numbers of 16 bytes into order, each once.
pub fn sort_once(numbers: &mut Vec<[u8; 16]>) {
    let mut keyed: Vec<(u128, u32)> = numbers.iter().map(|bytes| (u128::from_be_bytes(*bytes), 0)).collect();
    sort_keyed(&mut keyed, &|_, _| Ordering::Equal);
    numbers.clear();
    for (number, _) in keyed {
        let bytes = number.to_be_bytes();
        if numbers.last() != Some(&bytes) {
            numbers.push(bytes);
        }
    }
}

/// By keys, and where they are equal by the rest.
fn sort_keyed(keyed: &mut [(u128, u32)], rest: &dyn Fn(u32, u32) -> Ordering) {
    keyed.sort_unstable_by(|(one, a), (other, b)| one.cmp(other).then_with(|| rest(*a, *b)));
}

/// Moves every element to its place. `order`: per place, where the element that belongs there is.
fn put<T>(elements: &mut [T], mut order: Vec<u32>) {
    for begin in 0..elements.len() {
        let mut at = begin;
        loop {
            let from = std::mem::replace(&mut order[at], at as u32) as usize;
            if from == begin {
                break;
            }
            elements.swap(at, from);
            at = from;
        }
    }
}

/// Stable sorts, by the same words as those of the standard library.
pub trait Arrange<T> {
    /// As [`slice::sort`].
    fn arrange(&mut self)
    where
        T: Ord;
    /// As [`slice::sort_by`].
    fn arrange_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);
    /// As [`slice::sort_by_key`].
    fn arrange_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);
    /// As [`slice::sort_by_cached_key`].
    fn arrange_by_cached_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);
    /// By numbers: the quickest way for very many elements.
    fn arrange_by_number(&mut self, key: impl FnMut(&T) -> i64);
    /// By texts: the same.
    fn arrange_by_text(&mut self, key: impl Fn(&T) -> &str);
}

impl<T> Arrange<T> for [T] {
    fn arrange(&mut self)
    where
        T: Ord,
    {
        self.arrange_by(T::cmp);
    }

    fn arrange_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let order = order(self.len(), &mut |a, b| compare(&self[a], &self[b]));
        put(self, order);
    }

    fn arrange_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.arrange_by(|a, b| key(a).cmp(&key(b)));
    }

    fn arrange_by_cached_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K) {
        let keys: Vec<K> = self.iter().map(key).collect();
        let order = order(self.len(), &mut |a, b| keys[a].cmp(&keys[b]));
        put(self, order);
    }

    fn arrange_by_number(&mut self, key: impl FnMut(&T) -> i64) {
        let keys: Vec<i64> = self.iter().map(key).collect();
        put(self, order_of_numbers(&keys));
    }

    fn arrange_by_text(&mut self, key: impl Fn(&T) -> &str) {
        let keys: Vec<&str> = self.iter().map(key).collect();
        let order = order_of_texts(&keys);
        put(self, order);
    }
}

/// A map of these. Collecting into one would sort them first, by code of its own for each type.
pub fn map<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    for (key, value) in pairs {
        map.insert(key, value);
    }
    map
}

/// A set of these, likewise.
pub fn set<T: Ord>(elements: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    for element in elements {
        set.insert(element);
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn is_the_sort_of_the_standard_library(elements in prop::collection::vec((0..9_u8, any::<u16>()), 0..60)) {
            let (mut ours, mut theirs) = (elements.clone(), elements.clone());
            ours.arrange_by_key(|element| element.0);
            theirs.sort_by_key(|element| element.0);
            prop_assert_eq!(&ours, &theirs);
            ours.arrange_by_cached_key(|element| std::cmp::Reverse(element.1));
            theirs.sort_by_cached_key(|element| std::cmp::Reverse(element.1));
            prop_assert_eq!(&ours, &theirs);
            ours.arrange();
            theirs.sort_by(Ord::cmp);
            prop_assert_eq!(&ours, &theirs);
            ours.arrange_by_number(|element| i64::from(element.0));
            theirs.sort_by_key(|element| element.0);
            prop_assert_eq!(&ours, &theirs);
            let mut texts: Vec<String> = theirs.iter().map(|element| element.1.to_string()).collect();
            let mut sorted = texts.clone();
            texts.arrange_by_text(|text| text);
            sorted.sort();
            prop_assert_eq!(texts, sorted);
            let mut numbers: Vec<[u8; 16]> = theirs.iter().map(|element| [element.0; 16]).rev().collect();
            let mut set = numbers.clone();
            sort_once(&mut numbers);
            set.sort_unstable();
            set.dedup();
            prop_assert_eq!(numbers, set);
        }
    }
}
