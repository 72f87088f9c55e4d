//! Many decisions of one reviewer within seconds.

use super::Reviews;
use crate::arrange::Arrange as _;
use crate::time::DAY;

/// Decisions of one reviewer, each a short time after the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Who, see [`Reviews::party`].
    pub reviewer: u32,
    /// Time of the first one, ticks.
    pub from: i64,
    /// Time of the last one, ticks.
    pub to: i64,
    /// Indexes into [`Reviews::decisions`], earliest first.
    pub decisions: Vec<u32>,
}

impl Reviews {
    /// Runs in which any `count` decisions in a row lie within `within` ticks, ends included. Runs that
    /// overlap are one. A decision at midnight exactly has a day and no time of day, so it counts in no run.
    pub fn runs(&self, count: usize, within: i64) -> Vec<Run> {
        let mut times: Vec<(u32, i64, u32)> = Vec::new();
        for (at, decision) in (0..).zip(&self.decisions) {
            if let (Some(reviewer), Some(time), true) = (decision.reviewer, decision.time, decision.outcome.is_made())
                && time.rem_euclid(DAY) != 0
            {
                times.push((reviewer, time, at));
            }
        }
        times.arrange();
        let step = count.max(2) - 1;
        let mut runs = Vec::new();
        for own in times.chunk_by(|a, b| a.0 == b.0) {
            let mut open: Option<(usize, usize)> = None;
            for first in (0..own.len().saturating_sub(step)).filter(|at| own[at + step].1 - own[*at].1 <= within) {
                match &mut open {
                    Some((_, last)) if first <= *last => *last = first + step,
                    _ => runs.extend(open.replace((first, first + step)).map(|run| made(own, run))),
                }
            }
            runs.extend(open.map(|run| made(own, run)));
        }
        runs
    }
}

fn made(own: &[(u32, i64, u32)], (first, last): (usize, usize)) -> Run {
    let decisions = own[first..=last].iter().map(|(_, _, at)| *at).collect();
    Run { reviewer: own[first].0, from: own[first].1, to: own[last].1, decisions }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Application, Decision, Outcome, Recommendation},
        *,
    };
    use crate::time::SECOND;

    fn decided(reviewer: u32, seconds: i64) -> Decision {
        Decision {
            outcome: Outcome::Approve,
            time: Some(DAY + seconds * SECOND),
            subject: None,
            reviewer: Some(reviewer),
            review: 0,
            recommendation: Recommendation::Unknown,
            application: Application::Unknown,
            stands: true,
            row: None,
            events: Vec::new(),
            justification: String::new(),
            after: None,
        }
    }

    #[test]
    fn finds_runs_and_joins_those_that_overlap() {
        let times = [(1, 5), (1, 7), (1, 9), (1, 14), (1, 100), (1, 300), (1, 301), (1, 302), (2, 6), (2, 8), (2, 0)];
        let decisions = times.into_iter().map(|(reviewer, seconds)| decided(reviewer, seconds)).collect();
        let reviews = Reviews { decisions, ..Reviews::default() };
        let found: Vec<_> = reviews
            .runs(3, 7 * SECOND)
            .into_iter()
            .map(|run| (run.reviewer, (run.to - run.from) / SECOND, run.decisions.len()))
            .collect();
        assert_eq!(found, [(1, 9, 4), (1, 2, 3)]);
        assert_eq!(reviews.runs(5, 7 * SECOND), []);
        // The third of the second reviewer has no time of day.
        assert_eq!(reviews.runs(2, 7 * SECOND).iter().filter(|run| run.reviewer == 2).count(), 1);
    }
}
