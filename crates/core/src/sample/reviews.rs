//! Access reviews: their audit records and the downloadable review history, of the same decisions.

use super::{
    audit::{CORE, Event, Log, REVIEWS, Target},
    calendar::{at, end, moment},
    cast::{ADMIN, Cast, GOVERNANCE_ADMIN, HASTY_REVIEWER, INVITERS},
    directory::{Directory, REVIEWER},
    people::{Guest, People, guest_target},
    random::Random,
    write_csv,
};
use crate::time::{DAY, HOUR, MINUTE, SECOND, iso};

const HEADER: [&str; 34] = [
    "AccessReviewId",
    "ReviewType",
    "ResourceDisplayName",
    "ResourceId",
    "ReviewName",
    "CreatedDateTime",
    "ReviewStartDate",
    "ReviewEndDate",
    "ReviewStatus",
    "OwnerId",
    "OwnerName",
    "OwnerUPN",
    "PrincipalId",
    "PrincipalName",
    "PrincipalUPN",
    "ReviewDate",
    "ReviewResult",
    "Justification",
    "ReviewerId",
    "ReviewerName",
    "ReviewerUPN",
    "ReviewerEmailAddress",
    "AppliedByName",
    "AppliedByUPN",
    "AppliedByEmailAddress",
    "AppliedDate",
    "AccessRecommendation",
    "SubmissionResult",
    "PrincipalType",
    "AccessReviewSeriesId",
    "stage",
    "totalStages",
    "lastMultiStageDecision",
    "lastSignInDate",
];
/// No series: the reviews are one-time.
const NO_SERIES: &str = "00000000-0000-0000-0000-000000000000";
/// The review that somebody deletes before its end.
pub(super) const DELETED_REVIEW: &str = "Quarterly guest review";
/// Decisions that one reviewer made within a minute.
pub(super) const HASTY: usize = 24;

/// A review of the guests of a group.
pub(super) struct Review {
    pub id: String,
    pub name: &'static str,
    group: usize,
    reviewer: usize,
    from: i64,
    until: i64,
    decisions: Vec<Decision>,
}

struct Decision {
    guest: usize,
    /// `Approve`, `Deny` or `Not reviewed`.
    result: &'static str,
    time: i64,
    recommendation: &'static str,
    applied: bool,
}

/// The reviews of the period.
pub(super) fn plan(people: &People, seed: u64) -> Vec<Review> {
    let random = &mut Random::new(seed, "reviews");
    let plans = [
        ("Guests of Project Heron", 0, INVITERS[1], at(4, 13, 7, 0), at(4, 27, 7, 0), 22),
        ("Suppliers in the portal", 3, INVITERS[0], at(5, 4, 7, 0), at(5, 18, 7, 0), 34),
        ("Audit support", 5, HASTY_REVIEWER, at(6, 1, 7, 0), at(6, 15, 7, 0), HASTY),
        (DELETED_REVIEW, 13, GOVERNANCE_ADMIN, at(6, 8, 7, 0), at(6, 29, 7, 0), 0),
    ];
    plans
        .into_iter()
        .map(|(name, group, reviewer, from, until, count)| {
            let mut review = Review { id: random.guid(), name, group, reviewer, from, until, decisions: Vec::new() };
            let mut known: Vec<usize> =
                (0..people.guests.len()).filter(|number| people.guests[*number].is_active(from)).collect();
            for number in 0..count {
                let guest = known.swap_remove(random.below(known.len()));
                review.decisions.push(decision(random, &review, guest, number));
            }
            if review.reviewer == HASTY_REVIEWER {
                review.decisions.push(denied_in_vain());
            }
            review
        })
        .collect()
}

fn decision(random: &mut Random, review: &Review, guest: usize, number: usize) -> Decision {
    let recommendation = if random.percent(22) { "Deny" } else { "Approve" };
    if review.reviewer == HASTY_REVIEWER {
        let time = at(6, 12, 15, 2) + number as i64 * 60 * SECOND / HASTY as i64;
        return Decision { guest, result: "Approve", time, recommendation, applied: true };
    }
    let day = (review.from + random.between(0, 13) * DAY) / DAY * DAY;
    let time = moment(random, super::calendar::next_working(day)).clamp(review.from + HOUR, review.until - HOUR);
    let result = match random.below(20) {
        0..2 => "Not reviewed",
        2..17 => recommendation,
        _ => "Approve",
    };
    Decision { guest, result, time, recommendation, applied: result != "Not reviewed" }
}

/// A guest is denied, the decision is not applied, and the guest still signs in.
fn denied_in_vain() -> Decision {
    let time = at(6, 12, 15, 20);
    Decision { guest: Cast::Denied as usize, result: "Deny", time, recommendation: "Deny", applied: false }
}

/// The audit records.
pub(super) fn write(people: &People, directory: &Directory, reviews: &[Review], log: &mut Log) {
    let owner = people.member_actor(ADMIN);
    let robot = directory.robot(REVIEWER);
    for review in reviews {
        let target = || Target::new("Policy", &review.id, review.name);
        let created = Event::new(review.from - DAY, REVIEWS, "Policy", "Create access review");
        log.add(created.by(&owner).on(target()));
        for decision in review.decisions.iter().filter(|decision| decision.result != "Not reviewed") {
            let guest = &people.guests[decision.guest];
            let activity = if decision.result == "Deny" { "Deny decision" } else { "Approve decision" };
            let event = Event::new(decision.time, REVIEWS, "Policy", activity)
                .by(&people.member_actor(review.reviewer))
                .on(target())
                .on(guest_target(guest))
                .detail("Justification", justification(decision));
            log.add(event);
            if decision.result == "Deny" && decision.applied {
                remove(directory, review, guest, log);
            }
        }
        if review.name == DELETED_REVIEW {
            let event = Event::new(at(6, 12, 9, 10), REVIEWS, "Policy", "Delete access review");
            log.add(event.by(&people.member_actor(GOVERNANCE_ADMIN)).on(target()));
            continue;
        }
        log.add(Event::new(review.until, REVIEWS, "Policy", "Access review ended").by(robot).on(target()));
        let applied = Event::new(review.until + 5 * MINUTE, REVIEWS, "UserManagement", "Auto apply review");
        log.add(applied.by(robot).on(target()));
    }
}

/// A denied guest leaves the group when the review has ended.
fn remove(directory: &Directory, review: &Review, guest: &Guest, log: &mut Log) {
    let group = &directory.groups[review.group];
    let event = Event::new(review.until + 6 * MINUTE, CORE, "GroupManagement", "Remove member from group")
        .by(directory.robot(REVIEWER))
        .on(group.left_by(guest_target(guest)))
        .on(group.target())
        .detail("UserType", "Guest");
    log.add(event);
}

fn justification(decision: &Decision) -> &'static str {
    match decision.result {
        "Approve" => "Still needed",
        "Deny" => "No longer with us",
        _ => "",
    }
}

/// The review history of all reviews that were not deleted.
pub(super) fn file(people: &People, directory: &Directory, reviews: &[Review]) -> Vec<u8> {
    let kept = reviews.iter().filter(|review| review.name != DELETED_REVIEW);
    let rows =
        kept.flat_map(|review| review.decisions.iter().map(move |decision| row(people, directory, review, decision)));
    write_csv::plain(&HEADER, rows)
}

fn row(people: &People, directory: &Directory, review: &Review, decision: &Decision) -> Vec<String> {
    let (owner, reviewer) = (&people.members[ADMIN], &people.members[review.reviewer]);
    let guest = &people.guests[decision.guest];
    let decided = decision.result != "Not decided";
    let only = |condition: bool, text: &str| if condition { text.to_owned() } else { String::new() };
    let cell = |column: &str| -> String {
        match column {
            "AccessReviewId" => review.id.clone(),
            "ReviewType" => "Group".into(),
            "ResourceDisplayName" => directory.groups[review.group].name.into(),
            "ResourceId" => directory.groups[review.group].id.clone(),
            "ReviewName" => review.name.into(),
            "CreatedDateTime" => iso(review.from - DAY),
            "ReviewStartDate" => iso(review.from),
            "ReviewEndDate" => iso(review.until),
            "ReviewStatus" => if review.until < end() { "Applied" } else { "InProgress" }.into(),
            "OwnerId" => owner.id.clone(),
            "OwnerName" => owner.name.clone(),
            "OwnerUPN" => owner.upn.clone(),
            "PrincipalId" => guest.id.clone(),
            "PrincipalName" => guest.name.clone(),
            "PrincipalUPN" => guest.upn.clone(),
            "ReviewDate" => only(decided, &iso(decision.time - decision.time.rem_euclid(SECOND))),
            "ReviewResult" => decision.result.into(),
            "Justification" => justification(decision).into(),
            "ReviewerId" => only(decided, &reviewer.id),
            "ReviewerName" => only(decided, &reviewer.name),
            "ReviewerUPN" | "ReviewerEmailAddress" => only(decided, &reviewer.upn),
            "AppliedByName" => only(decision.applied, "Azure AD Access Reviews"),
            "AppliedDate" => only(decision.applied, &iso(review.until + 5 * MINUTE)),
            "AccessRecommendation" => decision.recommendation.into(),
            "SubmissionResult" => match (decided, decision.applied) {
                (false, _) => "New",
                (_, true) => "AppliedSuccessfully",
                _ => "AppliedWithUnknownFailure",
            }
            .into(),
            "PrincipalType" => "user".into(),
            "AccessReviewSeriesId" => NO_SERIES.into(),
            "stage" | "totalStages" => "1".into(),
            _ => String::new(),
        }
    };
    HEADER.iter().map(|column| cell(column)).collect()
}
