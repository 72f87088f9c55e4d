//! Figures, decisions over time, and the reviews themselves.

use super::{Reading, day_text, showing};
use crate::arrange::Arrange as _;
use crate::{
    guests::reviews::{Outcome, Review},
    query::TimeBins,
    report::{
        TableOf, View,
        blocks::{Block, Chart, ChartLine, ChartShape, Door, Stat, Step, Table, TableLine, Tone, Value},
    },
    time::DAY,
};

/// The figures; each leads to its decisions.
pub(super) fn stats(reading: &Reading) -> Block {
    let door = |shown: &str| Door { view: Some(View::Reviews), params: showing(shown), ..Door::default() };
    let figure = |id: &str, label: &str, shown: &str, help: &str| Stat {
        id: id.into(),
        label: label.into(),
        value: Some(reading.number_of(shown)),
        text: String::new(),
        help: help.into(),
        door: Some(door(shown)),
    };
    let made = reading.all.iter().filter(|at| reading.decision(**at).outcome.is_made()).count() as u64;
    let decided = Stat {
        id: "decisions".into(),
        label: "Decisions".into(),
        value: Some(made),
        text: String::new(),
        help: "Approved, denied and don't know, also those that were changed later".into(),
        door: Some(door("all")),
    };
    let unknown = reading.all.iter().filter(|at| {
        let decision = reading.decision(**at);
        let is_unknown = decision.application == crate::guests::reviews::Application::Unknown;
        decision.stands && decision.outcome == Outcome::Deny && is_unknown
    });
    let in_vain = match unknown.count() {
        0 => "The review is over and access was not taken away, by the word of an export".to_owned(),
        unknown => format!(
            "The review is over and access was not taken away, by the word of an export. Of {unknown} more denials no file says whether they were applied."
        ),
    };
    let fast = format!("{} decisions or more of one reviewer within {} seconds", reading.count, reading.seconds);
    let stats = vec![
        decided,
        figure("approved", "Approved", "approved", "Decisions that stand"),
        figure("denied", "Denied", "denied", "Decisions that stand"),
        figure(
            "not-reviewed",
            "Not reviewed",
            "not-reviewed",
            "Only exports of reviews tell; the audit log has no event for it",
        ),
        figure("denied-not-applied", "Denied, not applied", "denied-not-applied", &in_vain),
        figure(
            "denied-but-active",
            "Denied, active afterwards",
            "denied-but-active",
            "A successful event or sign-in by the same person after the denial, or access given again. A denial takes away what was reviewed, not the account: the person may have acted by another right.",
        ),
        figure(
            "against-recommendation",
            "Against the recommendation",
            "against-recommendation",
            "Approved where the system recommended to deny, or denied where it recommended to approve",
        ),
        match reading.scope.derived.store.rounding {
            _ if reading.all.is_empty() => figure("fast-decisions", "Decided within seconds", "fast", &fast),
            0 => figure("fast-decisions", "Decided within seconds", "fast", &fast),
            _ => Stat {
                value: None,
                text: "-".into(),
                door: None,
                ..figure("fast-decisions", "Decided within seconds", "fast", "Times of this copy are rounded")
            },
        },
    ];
    Block::Stats { stats }
}

/// Decisions over time, none where no decision has a time.
pub(super) fn over_time(reading: &Reading) -> Option<Block> {
    let zone = reading.scope.zone();
    let made = |at: &&u32| reading.decision(**at).outcome != Outcome::NotReviewed;
    let times: Vec<(i64, Outcome)> = reading
        .all
        .iter()
        .filter(made)
        .filter_map(|at| Some((reading.decision(*at).time?, reading.decision(*at).outcome)))
        .collect();
    let (first, last) = (times.iter().map(|own| own.0).min()?, times.iter().map(|own| own.0).max()?);
    // A bar is a day or more, so that a bar can be shown by the two days of the controls.
    let wide = if last - first < 8 * DAY { (first - 4 * DAY, last + 4 * DAY) } else { (first, last) };
    let bins = TimeBins::fit(Some(wide), zone, 26);
    let line = |outcome: Outcome| {
        let mut values = vec![0; bins.len()];
        let own = times.iter().filter(|(_, own)| *own == outcome).filter_map(|(time, _)| bins.find(*time));
        own.for_each(|at| values[at] += 1);
        let tone = match outcome {
            Outcome::Approve => Tone::Good,
            Outcome::Deny => Tone::Serious,
            Outcome::DontKnow => Tone::Attention,
            _ => Tone::Plain,
        };
        let is_empty = values.iter().all(|value| *value == 0);
        let values = values.into_iter().map(Some).collect();
        (!is_empty).then(|| ChartLine { name: outcome.label().into(), values, tone })
    };
    let step = |edges: &[i64]| {
        let days = [("since".to_owned(), day_text(edges[0], zone)), ("until".into(), day_text(edges[1] - 1, zone))];
        let door = Door { view: Some(View::Reviews), params: days.into(), ..Door::default() };
        Step { label: day_text(edges[0], zone), time: Some(edges[0]), door: Some(door) }
    };
    let without = reading.all.iter().filter(made).count() - times.len();
    let help = match without {
        0 => "All decisions, also those that were changed later".to_owned(),
        without => format!("All decisions, also those that were changed later; {without} have no time"),
    };
    Some(Block::Chart(Chart {
        id: "decisions-over-time".into(),
        title: "Decisions over time".into(),
        help,
        shape: ChartShape::Columns,
        bin: Some(bins.bin),
        unit: "decisions".into(),
        steps: bins.edges.windows(2).map(step).collect(),
        lines: Outcome::ALL.iter().filter_map(|outcome| line(*outcome)).collect(),
    }))
}

/// One review, with what was decided in it.
struct Line<'a> {
    review: &'a Review,
    counts: [u64; 4],
    events: Vec<u32>,
}

/// The reviews.
pub(super) fn reviews(reading: &Reading) -> Table {
    let all = &reading.reviews.reviews;
    let mut lines: Vec<Line> =
        all.iter().map(|review| Line { review, counts: [0; 4], events: review.events.clone() }).collect();
    for at in &reading.all {
        let decision = reading.decision(*at);
        let line = &mut lines[decision.review as usize];
        line.events.extend(&decision.events);
        let column = match decision.outcome {
            Outcome::Approve => 0,
            Outcome::Deny => 1,
            Outcome::NotReviewed => 3,
            _ => 2,
        };
        line.counts[column] += u64::from(decision.stands);
    }
    let is_series = |review: &Review| all.iter().any(|other| !other.series.is_empty() && other.series == review.key);
    // A series has no decisions of its own: its instances are listed.
    lines.retain(|line| line.counts != [0; 4] || line.review.deleted.is_some() || !is_series(line.review));
    if reading.scope.is_filtered() {
        lines.retain(|line| line.counts != [0; 4]);
    }
    lines.arrange_by_key(|line| (std::cmp::Reverse(line.review.until), line.review.key.clone()));
    let store = reading.scope.derived.store;
    let count = |at: usize| move |line: &Line| Value::Number(line.counts[at]);
    TableOf::new("reviews", "Reviews", "review", "No review is left by the filters")
        .help("From exports of reviews and from the audit log")
        .column("name", "Review", "", |line: &Line| Value::Name(line.review.called().into()))
        .column("resource", "What is reviewed", "", |line| Value::text(line.review.resource.as_str()))
        .column("status", "Status", "As an export has it, or deleted by the audit log", |line| status(line.review))
        .column("begin", "Begin", "", |line| Value::time(line.review.from, "Only an export of reviews tells"))
        .column("end", "End", "", |line| Value::time(line.review.until, "Only an export of reviews tells"))
        .number("approved", "Approved", "", count(0))
        .number("denied", "Denied", "", count(1))
        .number("other", "Don't know, other", "", count(2))
        .number("not-reviewed", "Not reviewed", "", count(3))
        .build(&lines, reading.scope.tables, |line| TableLine {
            key: line.review.key.clone(),
            data: vec![
                ("id".into(), line.review.key.clone()),
                ("name".into(), line.review.name.clone()),
                ("deleted".into(), line.review.deleted.is_some().to_string()),
            ],
            door: Door::to_events(store, "Events of a review", &line.events),
            ..TableLine::default()
        })
}

fn status(review: &Review) -> Value {
    match () {
        () if review.deleted.is_some() => Value::state("Deleted", Tone::Attention),
        () if review.is_sheet => Value::Said("Answers of a sponsor".into()),
        () => Value::text(review.status.as_str()),
    }
}
