//! All of one decision.

use super::{super::taking_part::person, Reading, decisions, reasons};
use crate::{
    guests::reviews::{Application, Decision},
    report::{
        View,
        blocks::{Block, Door, Fact, Note, Opened, Tone, Value},
    },
};

pub(super) fn opened(reading: &Reading, key: &str) -> Option<Opened> {
    let at = reading.all.iter().copied().find(|at| decisions::key(reading, reading.decision(*at)) == key)?;
    let (decision, reviews) = (reading.decision(at), reading.reviews);
    let review = &reviews.reviews[decision.review as usize];
    let subject = reviews.party(decision.subject);
    let mut blocks = vec![Block::Facts { facts: facts(reading, decision) }];
    if decision.is_denied_in_vain() {
        blocks.push(Block::Note(Note {
            id: "not-applied-reasons".into(),
            tone: Tone::Attention,
            title: "Why it may not be applied".into(),
            text: "No export says which of these it was. Documented by Microsoft for what is reviewed:".into(),
            steps: reasons::fitting(decision, review),
            ..Note::default()
        }));
    }
    Some(Opened {
        key: key.into(),
        title: subject.map_or("A decision", |party| party.called()).into(),
        subtitle: review.called().into(),
        testid: "decision-details".into(),
        blocks,
    })
}

fn facts(reading: &Reading, decision: &Decision) -> Vec<Fact> {
    let (reviews, store) = (reading.reviews, reading.scope.derived.store);
    let review = &reviews.reviews[decision.review as usize];
    let subject = reviews.party(decision.subject);
    let fact = |label: &str, value, help: &str, door| Fact { label: label.into(), value, help: help.into(), door };
    let known = subject.filter(|party| party.person.is_some());
    let guest = known.map(|party| Door { view: Some(View::Guests), open: Some(party.key.clone()), ..Door::default() });
    let mut facts = vec![
        fact("About", person(subject, "No file says"), "", guest),
        fact(
            "Decision",
            decisions::outcome(decision),
            "",
            Door::to_events(store, "Events of a decision", &decision.events),
        ),
        fact("Decided", Value::time(decision.time, "No file says when"), "", None),
        fact("Reviewer", person(reviews.party(decision.reviewer), "No file says who"), "", None),
        fact("Justification", Value::text(decision.justification.as_str()), "", None),
        fact("Recommended", decisions::recommendation(decision), "By the system", None),
        fact("Applied", decisions::applied(decision), "", None),
        fact("What is reviewed", Value::text(review.resource.as_str()), "", None),
        fact("Status of the review", Value::text(review.status.as_str()), "", None),
    ];
    if let Application::Failed(word) = &decision.application {
        facts.push(fact("Apply result", Value::Text(word.clone()), "As the export has it", None));
    }
    if let Some(after) = decision.after.as_deref() {
        let since = "Successful events by this person since the denial was applied, else since it was made";
        let number = Value::Number(after.events.len() as u64);
        facts.push(fact("Events since", number, since, Door::to_events(store, "Events after a denial", &after.events)));
        let why = "No export of users tells of a sign-in since";
        facts.push(fact("Signed in since", Value::time(after.signed_in, why), "From an export of users", None));
        let time_of = |event: Option<u32>| event.map(|event| store.time[event as usize]);
        let list = |event: Option<u32>| event.into_iter().collect::<Vec<u32>>();
        let removed = Value::time(time_of(after.removed), "No event since takes the access away");
        let door = Door::to_events(store, "Access taken away", list(after.removed));
        facts.push(fact("Access taken away", removed, "The first such event since the denial", door));
        let regained = Value::time(time_of(after.regained), "No event since gives the access again");
        let door = Door::to_events(store, "Access given again", list(after.regained));
        facts.push(fact("Given again", regained, "The last such event since the denial", door));
    }
    facts
}
