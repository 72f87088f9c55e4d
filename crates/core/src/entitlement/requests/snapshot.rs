//! What exports of requests add to those of the audit log, and the requests that only they know.

use super::{
    Party, Request, Source, Step, Thing,
    stage::{Kind, State},
};
use crate::{
    model::{Attribute as A, EntityKind, Origin},
    store::{Entities, Store},
};
use hashbrown::HashMap;

/// Adds them; returns how many rows ask for a resource to be added to a catalog instead.
pub(super) fn add(store: &Store, list: &mut Vec<Request>) -> usize {
    let rows = store.entities(EntityKind::Request);
    let mut by_id: HashMap<u32, usize> = list.iter().enumerate().map(|(at, request)| (request.id, at)).collect();
    by_id.remove(&0);
    let names = Names::new(store);
    let mut resources = 0;
    for row in rows.newest() {
        if rows.origin(row) == Origin::Template {
            continue;
        }
        if asks_for_resource(rows, row) {
            resources += 1;
            continue;
        }
        let id = rows.code(row, A::Id);
        let at = by_id.get(&id).copied().unwrap_or_else(|| {
            let key = if id == 0 { unnamed(rows, row) } else { rows.text(row, A::Id).into_owned() };
            list.push(Request { id, key, kind: Kind::Unknown, ..Request::default() });
            list.len() - 1
        });
        read(store, rows, row, &mut list[at]);
    }
    names.complete(list);
    resources
}

/// A request to add a resource to a catalog names the catalog, but nobody and no package.
fn asks_for_resource(rows: Entities, row: usize) -> bool {
    let has = |attribute| rows.code(row, attribute) != 0;
    has(A::CatalogId)
        && ![A::PackageId, A::AssignmentId, A::RequestorId, A::RequestorName, A::RequestorUpn].into_iter().any(has)
}

/// A name for a row without id, from what it says.
fn unnamed(rows: Entities, row: usize) -> String {
    let time = rows.time(row, A::Created).map_or(String::new(), crate::time::iso);
    let texts = [A::RequestorUpn, A::RequestorMail, A::RequestorName, A::PackageName].map(|a| rows.text(row, a));
    format!("export-{time}-{}", texts.join("-"))
}

fn read(store: &Store, rows: Entities, row: usize, request: &mut Request) {
    let code = |attribute| rows.code(row, attribute);
    let upn = |upn, mail| if code(upn) == 0 { code(mail) } else { code(upn) };
    request.rows.push(row);
    let kind = Kind::from_id(&rows.text(row, A::RequestType));
    if request.kind == Kind::Unknown {
        request.kind = kind.unwrap_or_default();
        if kind.is_none() && request.events.is_empty() {
            request.kind = Kind::Unknown;
        }
    }
    let requestor =
        Party { name: code(A::RequestorName), upn: upn(A::RequestorUpn, A::RequestorMail), id: code(A::RequestorId) };
    let target = Party { name: code(A::TargetName), upn: upn(A::TargetUpn, A::TargetMail), id: code(A::TargetId) };
    if request.kind.is_direct() {
        // Graph's requestor of a direct assignment is its subject; who assigned is only in the audit log.
        fill_party(&mut request.receiver, if target.is_unknown() { requestor } else { target });
    } else {
        fill_party(&mut request.requestor, requestor);
        fill_party(&mut request.receiver, if target.is_unknown() { requestor } else { target });
    }
    request.package.fill(Thing { id: code(A::PackageId), name: code(A::PackageName) });
    request.policy.fill(Thing { id: code(A::PolicyId), name: code(A::PolicyName) });
    if request.justification.is_empty() {
        request.justification = rows.text(row, A::Justification).into_owned();
    }
    let snapshot = store.sources.get(rows.source.get(row) as usize).and_then(|source| source.snapshot);
    settle(request, rows.time(row, A::Created), rows.time(row, A::Completed), state(rows, row), snapshot);
}

fn state(rows: Entities, row: usize) -> Option<State> {
    State::from_id(&rows.text(row, A::State))
}

fn fill_party(own: &mut Party, other: Party) {
    if own.is_unknown() || own.is(other) {
        own.fill(other);
    }
}

/// Times and state. What the records say of a final state stands: they are the more exact; an export only
/// says more where it was taken later.
fn settle(
    request: &mut Request,
    created: Option<i64>,
    completed: Option<i64>,
    state: Option<State>,
    snapshot: Option<i64>,
) {
    let first = request.first();
    if request.submitted.is_none()
        && let Some(created) = created.filter(|created| first.is_none_or(|first| *created <= first))
    {
        request.submitted = Some(created);
        let to = first;
        request.steps.insert(0, Step { state: State::Submitted, approved: false, from: created, to });
    }
    let Some(state) = state else { return };
    let own_last = request.steps.last().map(|step| step.from).filter(|_| !request.events.is_empty());
    let is_later = match (snapshot, own_last) {
        (Some(snapshot), Some(own)) => snapshot >= own,
        (None, Some(_)) => state > request.state,
        (_, None) => true,
    };
    let is_news = !request.state.is_final() || (request.events.is_empty() && !request.is_refused);
    if !is_later || !is_news {
        return;
    }
    let same = state == request.state && !request.events.is_empty();
    (request.state, request.state_from) = (state, Source::Export(snapshot));
    request.is_refused = false;
    if state.is_final() {
        request.open_as_of = None;
        request.finished = completed;
        if state == State::Delivered {
            request.delivered = completed;
        }
        if let Some(last) = request.steps.last_mut().filter(|step| step.to.is_none()) {
            last.to = completed.filter(|completed| *completed >= last.from);
        }
        return;
    }
    request.open_as_of = snapshot.max(request.open_as_of).or(request.last());
    if same || !request.events.is_empty() {
        return;
    }
    // An export tells no more than that the request is in this state: the step begins with the request.
    if let Some(only) = request.steps.last_mut() {
        only.state = state;
    }
}

/// Names that other exports give to ids, and policies of assignments.
struct Names {
    packages: HashMap<u32, u32>,
    policies: HashMap<u32, u32>,
    /// Package and policy by assignment id.
    assignments: HashMap<u32, (Thing, Thing)>,
    requests: HashMap<usize, u32>,
}

impl Names {
    fn new(store: &Store) -> Self {
        let of = |kind| {
            let rows = store.entities(kind);
            let pairs = rows.rows().map(|row| (rows.code(row, A::Id), rows.code(row, A::Name)));
            pairs.filter(|(id, name)| *id != 0 && *name != 0).collect()
        };
        let rows = store.entities(EntityKind::Assignment);
        let thing = |row, id, name| Thing { id: rows.code(row, id), name: rows.code(row, name) };
        let assignments = rows.newest().into_iter().map(|row| {
            let things = (thing(row, A::PackageId, A::PackageName), thing(row, A::PolicyId, A::PolicyName));
            (rows.code(row, A::Id), things)
        });
        let requests = store.entities(EntityKind::Request);
        Self {
            packages: of(EntityKind::Package),
            policies: of(EntityKind::Policy),
            assignments: assignments.filter(|(id, _)| *id != 0).collect(),
            requests: requests.rows().map(|row| (row, requests.code(row, A::AssignmentId))).collect(),
        }
    }

    fn complete(&self, list: &mut [Request]) {
        for request in list {
            let assignment = request.rows.iter().find_map(|row| self.assignments.get(self.requests.get(row)?));
            if let Some((package, policy)) = assignment {
                request.package.fill(*package);
                request.policy.fill(*policy);
            }
            for (thing, names) in [(&mut request.package, &self.packages), (&mut request.policy, &self.policies)] {
                if thing.name == 0
                    && let Some(name) = names.get(&thing.id)
                {
                    thing.name = *name;
                }
            }
        }
    }
}
