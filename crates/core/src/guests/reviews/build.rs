//! Makes the decisions out of exports and the log.
//!
//! A decision of an export and an event of the log are one if both are about the same subject and the same
//! review, say the same, and are at most [`SAME`] apart. Of several exports of one decision the newest
//! counts.

use super::{
    super::party::{Parties, Party},
    Application, Decision, Outcome, Recommendation, Review, Reviews, SPONSOR_SHEET, after,
    log::{self, Act, Told},
};
use crate::arrange::Arrange as _;
use crate::identity::text::Lower as _;
use crate::{
    derived::Derived,
    identity::Identity,
    model::{Attribute as A, EntityKind, Origin},
    store::{Entities, Store},
    time::MINUTE,
};
use hashbrown::HashMap;

/// How far an export's time of a decision and the log's may be apart.
const SAME: i64 = MINUTE;

/// The reviews by their keys, while they are found.
#[derive(Default)]
struct Found {
    list: Vec<Review>,
    known: HashMap<String, usize>,
}

impl Found {
    fn of(&mut self, key: &str) -> usize {
        *self.known.entry_ref(key).or_insert_with(|| {
            self.list.push(Review { key: key.into(), ..Review::default() });
            self.list.len() - 1
        })
    }

    /// The review that an event is about: by id, by the id of its series, or by name, where several share
    /// one: the one whose time it falls into, else the latest that began before.
    fn of_event(&mut self, told: &Told) -> Option<usize> {
        let (id, name) = &told.review;
        if let Some(known) = self.known.get(id.as_str()).filter(|_| !id.is_empty()) {
            return Some(*known);
        }
        let like = |review: &Review| {
            (!id.is_empty() && review.series == *id) || (!name.is_empty() && review.name.eq_ignore_ascii_case(name))
        };
        let began = |review: &Review| told.time.zip(review.from).is_none_or(|(time, from)| from <= time);
        let runs =
            |review: &Review| began(review) && told.time.zip(review.until).is_none_or(|(time, until)| time <= until);
        let rank = |review: &Review| (runs(review), began(review), review.from, review.key.clone());
        let best =
            self.list.iter().enumerate().filter(|(_, review)| like(review)).max_by_key(|(_, review)| rank(review));
        if let Some((at, _)) = best {
            return Some(at);
        }
        let key = if id.is_empty() { name.to_lowercase() } else { id.clone() };
        (!key.is_empty()).then(|| {
            let at = self.of(&key);
            fill(&mut self.list[at].name, name);
            at
        })
    }
}

/// Sets what is not known yet; of two different texts the least stays, whatever the order of files.
fn fill(own: &mut String, text: &str) {
    if !text.is_empty() && (own.is_empty() || text < own.as_str()) {
        text.clone_into(own);
    }
}

/// A decision of an export, with what decides which of several is the newest: the newer snapshot, else
/// what is further on; the rest only keeps the order of files out.
struct Recorded {
    key: String,
    age: (i64, Option<i64>, Option<i64>, std::cmp::Reverse<Application>, Outcome, String),
    decision: Decision,
}

pub(super) fn reviews(from: &Derived) -> Reviews {
    let (store, identity) = (from.store, from.get::<Identity>());
    let identity = &*identity;
    let (mut found, mut parties) = (Found::default(), Parties::default());
    let horizon = crate::files::as_of(store).map_or(i64::MIN, |as_of| as_of.moment);
    definitions(store, &mut found);
    let rows = store.entities(EntityKind::Decision);
    let wanted = rows.rows().filter(|row| rows.origin(*row) != Origin::Template);
    let mut recorded: Vec<Recorded> =
        wanted.map(|row| record(&rows, row, horizon, store, identity, &mut found, &mut parties)).collect();
    let has_export = !recorded.is_empty();
    // The newest of each stays.
    recorded.arrange_by(|a, b| (&a.key, &b.age).cmp(&(&b.key, &a.age)));
    recorded.dedup_by(|later, first| later.key == first.key);
    let mut decisions: Vec<Decision> = recorded.into_iter().map(|own| own.decision).collect();
    let (told, bulk) = log::read(store, identity, &mut parties);
    merge(&mut decisions, &told, &mut found);
    // In the order of keys, so that the order of files does not matter.
    let mut order: Vec<usize> = (0..found.list.len()).collect();
    order.arrange_by(|a, b| found.list[*a].key.cmp(&found.list[*b].key));
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(new, old)| place[*old] = new as u32);
    let reviews: Vec<Review> = order.iter().map(|old| found.list[*old].clone()).collect();
    for decision in &mut decisions {
        decision.review = place[decision.review as usize];
    }
    sort(&mut decisions, &reviews, &parties);
    settle(store, &rows, &mut decisions);
    after::follow(store, identity, &parties, &reviews, &mut decisions);
    let mut about: HashMap<u32, Vec<u32>> = HashMap::default();
    for (at, decision) in (0..).zip(&decisions) {
        if let Some(subject) = decision.subject {
            about.entry(subject).or_default().push(at);
        }
    }
    Reviews { decisions, reviews, bulk, parties, about, has_export }
}

/// Reviews that exports list.
fn definitions(store: &Store, found: &mut Found) {
    let rows = store.entities(EntityKind::Review);
    for row in rows.rows() {
        let id = rows.text(row, A::Id).lower();
        if !id.is_empty() {
            let at = found.of(&id);
            describe(&mut found.list[at], &rows, row, A::Name);
        }
    }
}

/// Adds what a record says of a review.
fn describe(review: &mut Review, rows: &Entities, row: usize, name: A) {
    fill(&mut review.name, &rows.text(row, name));
    fill(&mut review.series, &rows.text(row, A::SeriesId).lower());
    fill(&mut review.resource, &rows.text(row, A::ResourceName));
    fill(&mut review.resource_id, &rows.text(row, A::ResourceId).lower());
    let kind = [A::ReviewType, A::ResourceType].map(|attribute| rows.text(row, attribute));
    fill(&mut review.resource_type, kind.iter().find(|text| !text.is_empty()).map_or("", |text| text));
    let status = (rows.snapshot_of(row), rows.text(row, A::Status).into_owned());
    if !status.1.is_empty() && (review.status.is_empty() || status > (review.status_at, review.status.clone())) {
        (review.status_at, review.status) = status;
    }
    review.from = [review.from, rows.time(row, A::Started)].into_iter().flatten().min();
    review.until = review.until.max(rows.time(row, A::Ends));
    review.is_sheet |= review.name == SPONSOR_SHEET;
}

fn record(
    rows: &Entities,
    row: usize,
    horizon: i64,
    store: &Store,
    identity: &Identity,
    found: &mut Found,
    parties: &mut Parties,
) -> Recorded {
    let text = |attribute| rows.text(row, attribute).into_owned();
    let source = store.sources.get(rows.source.get(row) as usize);
    let (id, name) = (text(A::ReviewId).lower(), text(A::ReviewName));
    let review = match () {
        () if !id.is_empty() => found.of(&id),
        () if !name.is_empty() => found.of(&name.to_lowercase()),
        () => found.of(&source.map_or(String::new(), |source| source.name.to_lowercase())),
    };
    describe(&mut found.list[review], rows, row, A::ReviewName);
    let subject = Party {
        id: text(A::TargetId),
        upn: text(A::TargetUpn),
        mail: text(A::TargetMail),
        name: text(A::TargetName),
        ..Party::default()
    };
    let reviewer = Party {
        id: text(A::ReviewerId),
        upn: text(A::ReviewerUpn),
        mail: text(A::ReviewerMail),
        name: text(A::ReviewerName),
        ..Party::default()
    };
    let (subject, reviewer) = (parties.add(identity, subject), parties.add(identity, reviewer));
    let outcome = outcome(&text(A::Decision));
    let (time, applied) = (rows.time(row, A::Reviewed), rows.time(row, A::Applied));
    let until = found.list[review].until;
    let own_key = text(A::Id).lower();
    let key = match subject.map(|subject| parties.get(subject)) {
        _ if !own_key.is_empty() => own_key,
        Some(subject) => format!("{}\n{}\n{}", found.list[review].key, subject.key, text(A::Stage)),
        None => format!("{}\n\n{}\n{row}", found.list[review].key, rows.record[row]), // nobody to know it by
    };
    let snapshot = rows.snapshot_of(row).unwrap_or(i64::MIN);
    let decision = Decision {
        outcome,
        time: time.filter(|_| outcome != Outcome::NotReviewed),
        subject,
        reviewer,
        review: review as u32,
        recommendation: recommendation(&text(A::Recommendation)),
        application: application(
            &text(A::ApplyResult),
            applied,
            &text(A::Status),
            until.is_some_and(|end| end <= horizon),
        ),
        stands: true,
        row: Some(row as u32),
        events: Vec::new(),
        justification: text(A::Justification),
        after: None,
    };
    let words = format!("{}\n{:?}", decision.justification, reviewer.map(|at| &parties.get(at).key));
    let age = (snapshot, applied, time, std::cmp::Reverse(decision.application.clone()), outcome, words);
    Recorded { key, age, decision }
}

fn outcome(word: &str) -> Outcome {
    match word {
        "Approve" => Outcome::Approve,
        "Deny" => Outcome::Deny,
        "DontKnow" => Outcome::DontKnow,
        "NotReviewed" | "" => Outcome::NotReviewed,
        _ => Outcome::Other,
    }
}

fn recommendation(word: &str) -> Recommendation {
    match word.to_lowercase().replace([' ', '_'], "").as_str() {
        "approve" | "approved" => Recommendation::Approve,
        "deny" | "denied" => Recommendation::Deny,
        "" => Recommendation::Unknown,
        _ => Recommendation::Nothing,
    }
}

/// The words of Graph; spaces and letter case aside, as a CSV may have them otherwise.
fn application(word: &str, applied: Option<i64>, status: &str, is_over: bool) -> Application {
    let plain = word.to_lowercase().replace([' ', '_', '-'], "");
    let is_over = is_over || matches!(status.to_lowercase().as_str(), "completed" | "applied" | "autoreviewed");
    match plain.as_str() {
        known if known.starts_with("appliedsuccessfully") => Application::Applied(applied),
        "appliedwithunknownfailure" | "applynotsupported" => Application::Failed(word.into()),
        "new" | "notapplied" if is_over => Application::NotApplied,
        "new" | "notapplied" => Application::Running,
        "" if applied.is_some() => Application::Applied(applied),
        "" if !is_over && !status.is_empty() => Application::Running,
        _ => Application::Unknown,
    }
}

/// Adds what the log tells to the decisions.
fn merge(decisions: &mut Vec<Decision>, told: &[Told], found: &mut Found) {
    let mut about: HashMap<(Option<u32>, usize), Vec<usize>> = HashMap::default();
    for (at, decision) in decisions.iter().enumerate() {
        about.entry((decision.subject, decision.review as usize)).or_default().push(at);
    }
    for told in told {
        let Some(review) = found.of_event(told) else { continue };
        match told.act {
            Act::Decide(outcome) if told.subject.is_some() => {
                let near = |decision: &Decision| match (decision.time, told.time) {
                    (Some(own), Some(time)) => (own - time).abs() <= SAME,
                    _ => true,
                };
                let own = about.entry((told.subject, review)).or_default();
                let same = |at: &&usize| decisions[**at].outcome == outcome && near(&decisions[**at]);
                if let Some(at) = own.iter().find(same) {
                    let known = &mut decisions[*at];
                    known.events.push(told.event);
                    known.time = known.time.or(told.time);
                    known.reviewer = known.reviewer.or(told.reviewer);
                    continue;
                }
                own.push(decisions.len());
                decisions.push(Decision {
                    outcome,
                    time: told.time,
                    subject: told.subject,
                    reviewer: told.reviewer,
                    review: review as u32,
                    recommendation: Recommendation::Unknown,
                    application: Application::Unknown,
                    stands: true,
                    row: None,
                    events: vec![told.event],
                    justification: told.justification.clone(),
                    after: None,
                });
            }
            Act::Apply if told.subject.is_some() => {
                let own = about.get(&(told.subject, review)).into_iter().flatten();
                for at in own {
                    let decision = &mut decisions[*at];
                    decision.events.push(told.event);
                    if decision.application == Application::Unknown {
                        decision.application = Application::Applied(told.time);
                    }
                }
            }
            Act::Delete => {
                found.list[review].deleted = Some(told.event);
                found.list[review].events.push(told.event);
            }
            _ => found.list[review].events.push(told.event),
        }
    }
}

/// Earliest first, those without a time at the end; of the same time by what they are.
fn sort(decisions: &mut [Decision], reviews: &[Review], parties: &Parties) {
    let key = |party: Option<u32>| party.map(|at| parties.get(at).key.as_str());
    decisions.arrange_by(|a, b| {
        let own = |decision: &Decision| (decision.time.is_none(), decision.time, decision.outcome);
        own(a)
            .cmp(&own(b))
            .then_with(|| reviews[a.review as usize].key.cmp(&reviews[b.review as usize].key))
            .then_with(|| key(a.subject).cmp(&key(b.subject)))
            .then_with(|| key(a.reviewer).cmp(&key(b.reviewer)))
            .then_with(|| a.justification.cmp(&b.justification))
    });
}

/// Of several decisions about one subject in one stage of a review the last one stands; of an export's
/// and the log's at the same time the export's.
fn settle(store: &Store, rows: &Entities, decisions: &mut [Decision]) {
    let stage = |decision: &Decision| decision.row.map_or(0, |row| rows.code(row as usize, A::Stage));
    let mut last: HashMap<(u32, u32), Vec<usize>> = HashMap::default();
    for (at, decision) in decisions.iter_mut().enumerate() {
        decision.events.arrange_by_key(|event| (store.time[*event as usize], *event));
        decision.stands = decision.outcome != Outcome::Reset;
        if let Some(subject) = decision.subject {
            last.entry((decision.review, subject)).or_default().push(at);
        }
    }
    for own in last.into_values().filter(|own| own.len() > 1) {
        // An export knows what stands in each of its stages; the log only what was decided when.
        let newest = own.iter().rev().find(|at| decisions[**at].time.is_some()).copied();
        for at in &own {
            let decision = &decisions[*at];
            let other_stage = own.iter().any(|other| {
                other != at
                    && decision.row.is_some()
                    && decisions[*other].row.is_some()
                    && stage(&decisions[*other]) != stage(decision)
            });
            let later = own.iter().any(|other| other > at && decisions[*other].time > decision.time);
            let was_reset = newest.is_none_or(|newest| decisions[newest].outcome == Outcome::Reset);
            let stands = match newest {
                Some(newest) if newest == *at => decision.outcome != Outcome::Reset,
                _ if decision.outcome == Outcome::NotReviewed => other_stage || was_reset,
                _ => decision.row.is_some() && (other_stage || !later),
            };
            decisions[*at].stands = stands;
        }
    }
}
