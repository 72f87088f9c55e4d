//! A score per subject: nothing but the sum of its listed findings.

use super::{Finding, Level, Subject};
use crate::arrange::Arrange as _;
use hashbrown::HashMap;
use std::rc::Rc;

/// The score of a subject.
#[derive(Clone, Debug)]
pub struct Score {
    /// Whom it is about.
    pub subject: Subject,
    /// Sum of the weights of the findings that are not expected, see [`Level::weight`].
    pub points: u64,
    /// Findings by level: high, medium, low, info.
    pub levels: [u64; 4],
    /// The findings, most serious first.
    pub findings: Vec<Rc<Finding>>,
}

/// The scores of all subjects, highest first. Expected findings do not count.
pub fn scores(findings: &[Rc<Finding>]) -> Vec<Score> {
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut all: Vec<Score> = Vec::new();
    for finding in findings.iter().filter(|finding| finding.expected.is_none()) {
        let at = *known.entry(&finding.subject.key).or_insert_with(|| {
            all.push(Score { subject: finding.subject.clone(), points: 0, levels: [0; 4], findings: Vec::new() });
            all.len() - 1
        });
        let score = &mut all[at];
        score.points += finding.level.weight();
        score.levels[Level::ALL.iter().position(|level| *level == finding.level).unwrap_or(3)] += 1;
        score.findings.push(finding.clone());
    }
    for score in &mut all {
        score.findings.arrange_by_cached_key(|finding| (std::cmp::Reverse(finding.level), finding.id.clone()));
    }
    all.arrange_by(|a, b| b.points.cmp(&a.points).then_with(|| a.subject.name.cmp(&b.subject.name)));
    all
}
