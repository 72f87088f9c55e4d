//! Who decides how: reviewers, and their runs of many decisions within seconds.

use super::{super::taking_part::person, Reading};
use crate::arrange::Arrange as _;
use crate::{
    guests::reviews::{Outcome, Run},
    report::{
        TableOf, View,
        blocks::{Door, Table, TableLine, Value},
    },
};
use std::collections::BTreeMap;

/// Runs of many decisions within seconds, the largest first.
pub(super) fn runs(reading: &Reading, runs: &[Run]) -> Table {
    let mut is_in = vec![false; reading.reviews.decisions.len()];
    reading.all.iter().for_each(|at| is_in[*at as usize] = true);
    let mut lines: Vec<&Run> = runs.iter().filter(|run| run.decisions.iter().any(|at| is_in[*at as usize])).collect();
    lines.arrange_by_key(|run| (std::cmp::Reverse(run.decisions.len()), run.from));
    let of = |run: &Run, outcome| {
        let is = |at: &&u32| reading.decision(**at).outcome == outcome;
        Value::Number(run.decisions.iter().filter(is).count() as u64)
    };
    let help = format!(
        "{} decisions or more of one reviewer within {} seconds: they may have been made without a look at each. Decisions of one click on a selection have the same time and are in here too.",
        reading.count, reading.seconds
    );
    TableOf::new("fast-decisions", "Many decisions within seconds", "fast-decisions", "No reviewer decided that fast")
        .help(&help)
        .column("reviewer", "Reviewer", "", |run: &&Run| {
            person(reading.reviews.party(Some(run.reviewer)), "No file says who")
        })
        .column("begin", "From", "", |run| Value::Time(run.from))
        .column("length", "Within", "From the first to the last", |run| Value::Duration(run.to - run.from))
        .number("decisions", "Decisions", "", |run| Value::Number(run.decisions.len() as u64))
        .number("approved", "Approved", "", |run| of(run, Outcome::Approve))
        .number("denied", "Denied", "", |run| of(run, Outcome::Deny))
        .build(&lines, reading.scope.tables, |run| {
            let reviewer = &reading.reviews.party(Some(run.reviewer)).map_or("", |party| &party.key);
            let events: Vec<u32> = run.decisions.iter().flat_map(|at| &reading.decision(*at).events).copied().collect();
            let none = Door { view: Some(View::Reviews), params: super::showing("fast"), ..Door::default() };
            TableLine {
                key: format!("{reviewer} {}", run.from),
                data: vec![
                    ("reviewer".into(), (*reviewer).to_owned()),
                    ("count".into(), run.decisions.len().to_string()),
                ],
                door: Door::to_events(reading.scope.derived.store, "Decisions within seconds", &events).or(Some(none)),
                ..TableLine::default()
            }
        })
}

#[derive(Default)]
struct Tally {
    approved: u64,
    denied: u64,
    other: u64,
    against: u64,
    fast: u64,
    bulk: u64,
    reviews: Vec<u32>,
    events: Vec<u32>,
}

/// The reviewers, the busiest first.
pub(super) fn reviewers(reading: &Reading) -> Table {
    let mut tallies: BTreeMap<u32, Tally> = BTreeMap::new();
    for at in &reading.all {
        let decision = reading.decision(*at);
        let Some(reviewer) = decision.reviewer.filter(|_| decision.outcome.is_made()) else { continue };
        let tally = tallies.entry(reviewer).or_default();
        match decision.outcome {
            Outcome::Approve => tally.approved += 1,
            Outcome::Deny => tally.denied += 1,
            _ => tally.other += 1,
        }
        tally.against += u64::from(decision.is_against_recommendation());
        tally.fast += u64::from(reading.fast[*at as usize]);
        tally.events.extend(&decision.events);
        if !tally.reviews.contains(&decision.review) {
            tally.reviews.push(decision.review);
        }
    }
    if !reading.scope.is_filtered() {
        for bulk in &reading.reviews.bulk {
            let Some(reviewer) = bulk.reviewer else { continue };
            let tally = tallies.entry(reviewer).or_default();
            tally.bulk += 1;
            tally.events.push(bulk.event);
        }
    }
    let mut lines: Vec<(u32, Tally)> = tallies.into_iter().collect();
    let key = |at: u32| reading.reviews.party(Some(at)).map_or("", |party| &party.key);
    lines.arrange_by_key(|(at, own)| (std::cmp::Reverse(own.approved + own.denied + own.other), key(*at)));
    let share = |part: u64, all: u64| (part * 1000).checked_div(all).map(|share| Value::Share(share as u32));
    TableOf::new("reviewers", "Reviewers", "reviewer", "No decision has a reviewer")
        .help("How each reviewer decides")
        .column("reviewer", "Reviewer", "", |(at, _): &(u32, Tally)| {
            person(reading.reviews.party(Some(*at)), "No file says who")
        })
        .number("reviews", "Reviews", "", |(_, own)| Value::Number(own.reviews.len() as u64))
        .number("approved", "Approved", "", |(_, own)| Value::Number(own.approved))
        .number("denied", "Denied", "", |(_, own)| Value::Number(own.denied))
        .number("other", "Don't know", "", |(_, own)| Value::Number(own.other))
        .number("approval", "Approved share", "Of approved and denied", |(_, own)| {
            share(own.approved, own.approved + own.denied).unwrap_or_else(|| Value::none("No decision"))
        })
        .number("against", "Against the recommendation", "", |(_, own)| Value::Number(own.against))
        .number("fast", "Within seconds", "", |(_, own)| Value::Number(own.fast))
        .number(
            "bulk",
            "In bulk",
            "Events of decisions in bulk: the log does not say whom they are about",
            |(_, own)| Value::Number(own.bulk),
        )
        .build(&lines, reading.scope.tables, |(at, own)| {
            let party = reading.reviews.party(Some(*at));
            TableLine {
                key: key(*at).to_owned(),
                data: vec![
                    ("id".into(), party.map_or(String::new(), |party| party.id.clone())),
                    ("upn".into(), party.map_or(String::new(), |party| party.upn.clone())),
                ],
                door: Door::to_events(reading.scope.derived.store, "Decisions of a reviewer", &own.events),
                ..TableLine::default()
            }
        })
}
