//! Requests for access packages as rules look at them: the events of each, by what they say.

use super::{Kind, look::Look};
use crate::{
    identity::PersonId,
    model::{Column, TargetColumn},
};
use hashbrown::HashMap;

/// A request.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Its events with their kinds, in the order of time.
    pub events: Vec<(Kind, u32)>,
    /// Whom it is for.
    pub subject: Option<PersonId>,
    /// The access package's name; may be empty.
    pub package: String,
}

impl Request {
    /// The last event of a kind.
    pub fn last(&self, kind: Kind) -> Option<u32> {
        self.events.iter().rev().find(|(known, _)| *known == kind).map(|(_, event)| *event)
    }

    /// All events.
    pub fn evidence(&self) -> Vec<u32> {
        self.events.iter().map(|(_, event)| *event).collect()
    }
}

const KINDS: [Kind; 11] = [
    Kind::Request,
    Kind::DirectAssign,
    Kind::Approve,
    Kind::AutoApprove,
    Kind::Deny,
    Kind::TimedOut,
    Kind::CancelRequest,
    Kind::Ready,
    Kind::PartlyFulfilled,
    Kind::Fulfilled,
    Kind::RequestFailed,
];

/// All requests that the audit log tells of. Events belong together by the request's id or by their
/// correlation id.
pub fn requests(look: &Look) -> Vec<Request> {
    let store = look.store;
    let mut all: Vec<Request> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut events: Vec<(Kind, u32)> =
        KINDS.iter().flat_map(|kind| look.facts.of(*kind).iter().map(|event| (*kind, *event))).collect();
    // At the same moment the steps stand in their natural order.
    events.sort_by_key(|(kind, event)| (store.time[*event as usize], *kind as u8, *event));
    for (kind, event) in events {
        let at = event as usize;
        let of_type = |target: &usize| {
            store.target_text(*target, TargetColumn::Type).eq_ignore_ascii_case("AccessPackageAssignmentRequest")
        };
        let id =
            store.targets_of(at).find(of_type).map(|target| store.target_text(target, TargetColumn::Id).into_owned());
        let correlation = store.text(at, Column::CorrelationId).into_owned();
        let keys: Vec<String> = [id.map(|id| format!("id:{id}")), Some(format!("c:{correlation}"))]
            .into_iter()
            .flatten()
            .filter(|key| !key.ends_with(':'))
            .collect();
        let place = keys.iter().find_map(|key| known.get(key).copied()).unwrap_or_else(|| {
            all.push(Request::default());
            all.len() - 1
        });
        for key in keys {
            known.entry(key).or_insert(place);
        }
        let request = &mut all[place];
        request.events.push((kind, event));
        if request.subject.is_none() {
            request.subject = look.users(event).first().copied();
        }
        if request.subject.is_none() && kind == Kind::Request {
            request.subject = look.actor(event);
        }
        if request.package.is_empty() {
            request.package = look.target_name(event, &["accesspackage"]).unwrap_or_default();
        }
    }
    all
}
