//! A sequential scale in five steps.

/// Below 1, so that one very busy hour does not wash out all the others.
const BEND: f64 = 0.7;

/// The step of a count: 0 for none, else 1 to 5 by its share of the maximum.
pub fn heat_step(count: u32, max: u32) -> u8 {
    if count == 0 || max == 0 {
        return 0;
    }
    let share = (f64::from(count) / f64::from(max)).powf(BEND);
    (share * 5.0).ceil().clamp(1.0, 5.0) as u8
}

/// The counts that a step stands for, smallest and largest; `None` if no count does.
pub fn heat_range(step: u8, max: u32) -> Option<(u32, u32)> {
    let edge = |step: u8| (f64::from(max) * (f64::from(step) / 5.0).powf(1.0 / BEND)).floor() as u32;
    let (low, high) = (edge(step.checked_sub(1)?) + 1, edge(step));
    (low <= high).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_count_falls_into_its_steps_range() {
        for max in [1, 2, 7, 100, 12_345] {
            for count in 1..=max {
                let step = heat_step(count, max);
                let (low, high) = heat_range(step, max).unwrap();
                assert!((low..=high).contains(&count), "{count} of {max}: step {step} is {low} to {high}");
            }
        }
        assert_eq!(heat_step(0, 10), 0);
        assert_eq!(heat_step(10, 10), 5);
    }
}
