//! What the audit log tells of access reviews.
//!
//! Source of the activities: Microsoft, "Microsoft Entra audit log activity reference", service Access Reviews.

use super::{
    super::party::{Parties, Party},
    Bulk, Outcome,
};
use crate::identity::text::Lower as _;
use crate::{
    identity::Identity,
    model::{Column, Domain, TargetColumn},
    store::{NO_TIME, Store},
};

/// What an activity is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// One decision.
    Decide(Outcome),
    /// Decisions without their subjects.
    Bulk,
    /// A decision was carried out.
    Apply,
    /// All decisions of a review were carried out.
    ApplyReview,
    /// A review was deleted.
    Delete,
    /// Anything else about a review.
    About,
}

const ACTS: &[(&str, Act)] = &[
    ("Approve decision", Act::Decide(Outcome::Approve)),
    ("Deny decision", Act::Decide(Outcome::Deny)),
    ("Don't know decision", Act::Decide(Outcome::DontKnow)),
    ("Reset decision", Act::Decide(Outcome::Reset)),
    ("Bulk Approve decisions", Act::Bulk),
    ("Bulk Deny decisions", Act::Bulk),
    ("Bulk Reset decisions", Act::Bulk),
    ("Bulk mark decisions as don't know", Act::Bulk),
    ("Deny all decisions", Act::Bulk),
    ("Apply decision", Act::Apply),
    ("Apply review", Act::ApplyReview),
    ("Auto apply review", Act::ApplyReview),
    ("Delete access review", Act::Delete),
    ("Create access review", Act::About),
    ("Update access review", Act::About),
    ("Access review ended", Act::About),
    ("Auto review", Act::About),
];

/// An event about a review.
pub(super) struct Told {
    pub(super) event: u32,
    pub(super) act: Act,
    pub(super) time: Option<i64>,
    pub(super) subject: Option<u32>,
    pub(super) reviewer: Option<u32>,
    /// Id (lower case) and name of the review; either may be empty.
    pub(super) review: (String, String),
    /// Why, where the log says.
    pub(super) justification: String,
}

/// All successful events about reviews, and those in bulk.
pub(super) fn read(store: &Store, identity: &Identity, parties: &mut Parties) -> (Vec<Told>, Vec<Bulk>) {
    let activities = store.dictionary(Domain::Activity).len() as u32;
    let act_of = |code| ACTS.iter().find(|(name, _)| store.is_activity(code, &[*name])).map(|(_, act)| *act);
    let acts: Vec<Option<Act>> = (0..activities).map(act_of).collect();
    let (mut told, mut bulk) = (Vec::new(), Vec::new());
    if acts.iter().all(Option::is_none) {
        return (told, bulk);
    }
    let failure = store.dictionary(Domain::Result).find("failure");
    let justification = store.dictionary(Domain::DetailKey).find("Justification");
    for event in 0..store.len() {
        let Some(act) = acts[store.column(Column::Activity).get(event) as usize] else { continue };
        if failure == Some(store.column(Column::Result).get(event)) {
            continue;
        }
        let reviewer = parties.add(identity, actor(store, event));
        if act == Act::Bulk {
            bulk.push(Bulk { reviewer, event: event as u32 });
            continue;
        }
        let (mut subject, mut review) = (None, (String::new(), String::new()));
        for target in store.targets_of(event) {
            let text = |column| store.target_text(target, column).into_owned();
            let (id, upn) = (text(TargetColumn::Id), text(TargetColumn::Upn));
            let kind = text(TargetColumn::Type);
            if kind == "User" || (kind.is_empty() && !upn.is_empty()) {
                let party = Party { id, upn, name: text(TargetColumn::Name), ..Party::default() };
                subject = subject.or(parties.add(identity, party));
            } else if review.0.is_empty()
                && review.1.is_empty()
                && !matches!(kind.as_str(), "Group" | "ServicePrincipal")
            {
                review = (id.lower(), text(TargetColumn::Name));
            }
        }
        let time = Some(store.time[event]).filter(|time| *time != NO_TIME);
        let justification = store
            .details
            .of(event)
            .find(|pair| justification == Some(store.details.key.get(*pair)))
            .map(|pair| store.dictionary(Domain::DetailValue).get(store.details.value.get(pair)).into_owned());
        let justification = justification.unwrap_or_default();
        told.push(Told { event: event as u32, act, time, subject, reviewer, review, justification });
    }
    (told, bulk)
}

fn actor(store: &Store, event: usize) -> Party {
    let text = |column| store.text(event, column).into_owned();
    let id = [Column::ActorId, Column::ActorServicePrincipalId].map(text).into_iter().find(|id| !id.is_empty());
    Party { id: id.unwrap_or_default(), upn: text(Column::ActorUpn), name: text(Column::ActorName), ..Party::default() }
}
