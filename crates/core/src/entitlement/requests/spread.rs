//! How durations are spread: the middle, the slow tenth, the longest.

use crate::arrange::Arrange as _;
/// Of some durations, ticks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// How many durations there are.
    pub count: u64,
    /// The median: of an even number the lower of the two in the middle.
    pub median: i64,
    /// The 90th percentile by nearest rank: nine of ten are no longer.
    pub slow: i64,
    /// The longest.
    pub longest: i64,
}

/// Measures durations; `None` where there is none. Orders them.
pub fn spread(durations: &mut [i64]) -> Option<Spread> {
    durations.arrange();
    // Nearest rank: the smallest value with at least that share of all values at or below it.
    let rank = |tenths: usize| durations[(durations.len() * tenths).div_ceil(10).max(1) - 1];
    let longest = *durations.last()?;
    Some(Spread { count: durations.len() as u64, median: rank(5), slow: rank(9), longest })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(mut durations: Vec<i64>, median: i64, slow: i64, longest: i64) {
        let count = durations.len() as u64;
        assert_eq!(spread(&mut durations), Some(Spread { count, median, slow, longest }));
    }

    #[test]
    fn ranks_are_the_nearest() {
        check(vec![7], 7, 7, 7);
        check(vec![9, 1], 1, 9, 9);
        check((1..=10).rev().collect(), 5, 9, 10);
        check((1..=11).collect(), 6, 10, 11);
        assert_eq!(spread(&mut []), None);
    }
}
