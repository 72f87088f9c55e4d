//! A scale of counts from zero.

/// Whole-numbered ticks from zero in steps of 1, 2 or 5 times a power of ten; about so many, the last
/// one at or above the maximum.
pub fn count_ticks(max: u64, about: u64) -> Vec<u64> {
    let step = step(max, about);
    let last = max.max(1).div_ceil(step);
    (0..=last).map(|tick| tick * step).collect()
}

/// The last of [`count_ticks`]: the count at the upper end of the axis.
pub fn nice_max(max: u64, about: u64) -> u64 {
    let step = step(max, about);
    max.max(1).div_ceil(step) * step
}

fn step(max: u64, about: u64) -> u64 {
    let rough = max.max(1).div_ceil(about.max(1));
    let power = 10_u64.pow(rough.ilog10());
    [1, 2, 5, 10].into_iter().map(|factor| factor * power).find(|step| *step >= rough).unwrap_or(10 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(max: u64, about: u64, expect: &[u64]) {
        assert_eq!(count_ticks(max, about), expect);
        assert_eq!(nice_max(max, about), *expect.last().unwrap());
    }

    #[test]
    fn ticks_are_round_and_cover_the_maximum() {
        check(0, 4, &[0, 1]);
        check(1, 4, &[0, 1]);
        check(3, 4, &[0, 1, 2, 3]);
        check(9, 4, &[0, 5, 10]);
        check(100, 4, &[0, 50, 100]);
        check(101, 4, &[0, 50, 100, 150]);
        check(1_284, 4, &[0, 500, 1_000, 1_500]);
        check(7_999, 4, &[0, 2_000, 4_000, 6_000, 8_000]);
    }
}
