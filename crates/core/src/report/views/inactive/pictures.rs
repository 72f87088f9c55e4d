//! How long guests have been asleep, and what another threshold would say.

use super::{
    Report,
    judge::{Judged, door},
};
use crate::arrange::Arrange as _;
use crate::{
    guests::roster::Silence,
    report::blocks::{Block, Chart, ChartLine, ChartShape, Step, Tone},
};

/// Days from and to, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bucket(i64, i64);

/// The steps of the distribution. The first also holds days after the chosen one.
pub(super) const BUCKETS: [Bucket; 9] = [
    Bucket(i64::MIN, 6),
    Bucket(7, 29),
    Bucket(30, 59),
    Bucket(60, 89),
    Bucket(90, 119),
    Bucket(120, 179),
    Bucket(180, 364),
    Bucket(365, 729),
    Bucket(730, i64::MAX),
];

impl Bucket {
    /// Stable name, for example `30-59`.
    pub(super) fn id(self) -> String {
        match self {
            Self(i64::MIN, to) => format!("0-{to}"),
            Self(from, i64::MAX) => format!("{from}-"),
            Self(from, to) => format!("{from}-{to}"),
        }
    }

    pub(super) fn label(self) -> String {
        match self {
            Self(i64::MIN, to) => format!("Up to {to} days"),
            Self(from, i64::MAX) => format!("{from} days or more"),
            Self(from, to) => format!("{from} to {to} days"),
        }
    }

    pub(super) fn holds(self, days: i64) -> bool {
        (self.0..=self.1).contains(&days)
    }

    pub(super) fn from_id(id: &str) -> Option<Self> {
        BUCKETS.into_iter().find(|bucket| bucket.id() == id)
    }
}

/// Thresholds to compare.
const THRESHOLDS: [i64; 6] = [30, 60, 90, 120, 180, 365];

pub(super) fn charts(report: &Report) -> Vec<Block> {
    if report.judged.iter().all(|one| one.days.is_none()) {
        return Vec::new();
    }
    vec![Block::Chart(distribution(report)), Block::Chart(thresholds(report))]
}

fn distribution(report: &Report) -> Chart {
    let count = |is_wanted: &dyn Fn(&Judged) -> bool| -> Vec<Option<i64>> {
        let of = |bucket: Bucket| {
            report.judged.iter().filter(|one| one.days.is_some_and(|days| bucket.holds(days)) && is_wanted(one)).count()
        };
        BUCKETS.map(|bucket| Some(of(bucket) as i64)).to_vec()
    };
    let is_never = |one: &Judged| matches!(one.silence, Silence::Never(_));
    let steps = BUCKETS.map(|bucket| Step {
        label: bucket.id().trim_end_matches('-').to_owned() + if bucket.1 == i64::MAX { "+" } else { "" },
        time: None,
        door: Some(door(&[("days", &bucket.id()), ("show", "all")])),
    });
    Chart {
        id: "days-asleep".into(),
        title: "Days without a sign-in".into(),
        help: format!(
            "On the chosen day. {} counts; without any, days since the account was made.",
            report.basis.label()
        ),
        shape: ChartShape::Columns,
        unit: "guests".into(),
        steps: steps.to_vec(),
        lines: vec![
            ChartLine { name: "Signed in".into(), values: count(&|one| !is_never(one)), tone: Tone::Plain },
            ChartLine { name: "Never, since creation".into(), values: count(&is_never), tone: Tone::Attention },
        ],
        ..Chart::default()
    }
}

/// Help in choosing: how many would be inactive from another number of days on.
fn thresholds(report: &Report) -> Chart {
    let mut all = THRESHOLDS.to_vec();
    all.push(report.sheet.threshold);
    all.arrange();
    all.dedup();
    let judged = report.judged.iter().filter(|one| one.days.is_some()).count();
    let count = |least: i64| report.judged.iter().filter(|one| one.days.is_some_and(|days| days >= least)).count();
    let steps = all.iter().map(|least| Step {
        label: if *least == report.sheet.threshold { format!("{least} days, chosen") } else { format!("{least} days") },
        time: None,
        door: Some(door(&[("threshold", &least.to_string()), ("show", "inactive"), ("days", "")])),
    });
    Chart {
        id: "inactive-by-threshold".into(),
        title: "If the threshold were".into(),
        help: format!(
            "How many of the {judged} guests that can be judged would be inactive. A bar sets the threshold."
        ),
        shape: ChartShape::Bars,
        unit: "guests".into(),
        steps: steps.collect(),
        lines: vec![ChartLine {
            name: "Inactive".into(),
            values: all.iter().map(|least| Some(count(*least) as i64)).collect(),
            tone: Tone::Attention,
        }],
        ..Chart::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_cover_every_day_once() {
        for days in (-5..800).chain([i64::MIN, i64::MAX]) {
            assert_eq!(BUCKETS.iter().filter(|bucket| bucket.holds(days)).count(), 1, "{days}");
        }
        for bucket in BUCKETS {
            assert_eq!(Bucket::from_id(&bucket.id()), Some(bucket));
        }
    }
}
