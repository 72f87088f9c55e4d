//! The table of decisions.

use super::{super::taking_part::person, Reading, SHOWN, end_tick, first_tick};
use crate::report::Door;
use crate::{
    guests::reviews::{After, Application, Decision, Outcome, Recommendation},
    report::{
        TableOf,
        blocks::{Table, TableLine, Tone, Value},
    },
};

/// Names a decision among all.
pub(super) fn key(reading: &Reading, decision: &Decision) -> String {
    let review = &reading.reviews.reviews[decision.review as usize].key;
    let subject = reading.reviews.party(decision.subject).map_or("", |party| &party.key);
    format!("{review} {subject} {} {}", decision.time.unwrap_or(0), decision.outcome.label())
}

/// The decisions that are shown, newest first.
pub(super) fn table(reading: &Reading) -> Table {
    let (scope, reviews) = (reading.scope, reading.reviews);
    let shown = scope.param("show").unwrap_or("all");
    let since = scope.param("since").and_then(|day| first_tick(day, scope.zone()));
    let until = scope.param("until").and_then(|day| end_tick(day, scope.zone()));
    let is_in_time = |at: u32| match reading.decision(at).time {
        Some(time) => since.is_none_or(|since| time >= since) && until.is_none_or(|until| time < until),
        None => since.is_none() && until.is_none(),
    };
    let wanted = |at: &u32| reading.is_shown(*at, shown) && is_in_time(*at);
    let lines: Vec<u32> = reading.all.iter().rev().copied().filter(wanted).collect();
    let title = SHOWN.iter().find(|(id, _)| *id == shown).map_or("All decisions", |(_, label)| label);
    let review = |at: &u32| &reviews.reviews[reading.decision(*at).review as usize];
    TableOf::new("decisions", title, "review-decision", "No decision is like that")
        .help("Newest first. A decision of an export and its event in the audit log are one line.")
        .column("time", "Decided", "Of answers on a sheet: by the clock of the sponsor's computer", |at: &u32| {
            Value::time(reading.decision(*at).time, "Nobody has decided, or no file says when")
        })
        .column("subject", "About", "", |at| {
            person(reviews.party(reading.decision(*at).subject), "The log does not say whom the decision is about")
        })
        .column("outcome", "Decision", "", |at| outcome(reading.decision(*at)))
        .column("reviewer", "Reviewer", "", |at| {
            person(reviews.party(reading.decision(*at).reviewer), "Nobody has decided, or no file says who")
        })
        .column("recommendation", "Recommended", "By the system", |at| recommendation(reading.decision(*at)))
        .column("applied", "Applied", "", |at| applied(reading.decision(*at)))
        .column("afterwards", "Afterwards", "Of denials: what the person did since", |at| {
            afterwards(reading.decision(*at))
        })
        .column("review", "Review", "", |at| Value::Name(review(at).called().into()))
        .column("resource", "What is reviewed", "", |at| Value::text(review(at).resource.as_str()))
        .column("justification", "Justification", "", |at| Value::text(reading.decision(*at).justification.as_str()))
        .build(&lines, scope.tables, |at| line(reading, reading.decision(*at)))
}

fn line(reading: &Reading, decision: &Decision) -> TableLine {
    let party = reading.reviews.party(decision.subject);
    let data = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let applied = match decision.application {
        Application::Applied(_) => "applied",
        Application::Failed(_) => "failed",
        Application::NotApplied => "not-applied",
        Application::Running => "running",
        Application::Unknown => "unknown",
    };
    let mut events = decision.events.clone();
    events.extend(
        decision.after.iter().flat_map(|after| after.events.iter().chain(&after.removed).chain(&after.regained)),
    );
    TableLine {
        key: key(reading, decision),
        data: vec![
            data("decision", &decision.outcome.label().to_lowercase().replace([' ', '\''], "-")),
            data("id", party.map_or("", |party| &party.id)),
            data("upn", party.map_or("", |party| &party.upn)),
            data("applied", applied),
            data("stands", if decision.stands { "true" } else { "false" }),
        ],
        door: Door::to_events(reading.scope.derived.store, "Events of a decision and after it", &events),
        opens: true,
        ..TableLine::default()
    }
}

pub(super) fn outcome(decision: &Decision) -> Value {
    let tone = match decision.outcome {
        _ if !decision.stands => Tone::Unknown,
        Outcome::Approve => Tone::Good,
        Outcome::Deny => Tone::Serious,
        Outcome::DontKnow | Outcome::NotReviewed => Tone::Attention,
        _ => Tone::Plain,
    };
    let word = decision.outcome.label();
    let is_replaced = !decision.stands && decision.outcome != Outcome::Reset;
    Value::state(if is_replaced { format!("{word}, changed later") } else { word.into() }, tone)
}

pub(super) fn recommendation(decision: &Decision) -> Value {
    let against = if decision.is_against_recommendation() { Tone::Attention } else { Tone::Plain };
    match decision.recommendation {
        Recommendation::Approve => Value::state("Approve", against),
        Recommendation::Deny => Value::state("Deny", against),
        Recommendation::Nothing => Value::Said("No recommendation".into()),
        Recommendation::Unknown => Value::none("Only an export of reviews tells"),
    }
}

pub(super) fn applied(decision: &Decision) -> Value {
    let serious = if decision.outcome == Outcome::Deny { Tone::Serious } else { Tone::Plain };
    match &decision.application {
        Application::Applied(Some(time)) => Value::Time(*time),
        Application::Applied(None) => Value::state("Applied", Tone::Good),
        // The file's word: not the page's own.
        Application::Failed(word) if serious == Tone::Plain => Value::Text(word.clone()),
        Application::Failed(_) => Value::state("Not applied: failed or not supported", serious),
        Application::NotApplied => Value::state("Not applied", serious),
        Application::Running => Value::state("The review is not over", Tone::Plain),
        Application::Unknown => Value::none("No file says whether it was applied"),
    }
}

/// What happened after a denial.
fn afterwards(decision: &Decision) -> Value {
    let Some(after) = decision.after.as_deref() else {
        return Value::none("Only of denials that stand, of people with a name that other files use");
    };
    match after {
        After { regained: Some(_), .. } => Value::state("Given access again", Tone::Serious),
        After { events, .. } if !events.is_empty() => {
            let word = if events.len() == 1 {
                "1 event".into()
            } else {
                format!("{} events", crate::number::thousands(events.len() as u64))
            };
            Value::state(format!("Active: {word}"), Tone::Serious)
        }
        After { signed_in: Some(_), .. } => Value::state("Active: signed in", Tone::Serious),
        After { removed: Some(_), .. } => Value::state("Removed", Tone::Good),
        After { .. } => Value::none("Nothing by this person in the loaded files since"),
    }
}
