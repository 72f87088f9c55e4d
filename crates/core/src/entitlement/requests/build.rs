//! Makes a request of the records of one group: state, steps, people, reasons.

use super::{
    Decision, Party, Request, Step, Thing,
    gather::{Common, Group, TargetKind, Targets, codes_of},
    stage::{Kind, Stage, State},
};
use crate::arrange::Arrange as _;
use crate::{
    model::{Column, Domain, TargetColumn},
    store::{NO_TIME, Store},
    time,
};

/// What making requests needs to know of the store.
pub(super) struct Builder<'a> {
    store: &'a Store,
    targets: &'a Targets<'a>,
    last: Option<i64>,
    justification: Vec<u32>,
    /// Codes of results that say that nothing happened.
    failures: Vec<u32>,
    users: Vec<u32>,
}

/// A record with what orders it.
struct Moment {
    time: Option<i64>,
    stage: Stage,
    event: usize,
}

impl<'a> Builder<'a> {
    pub fn new(store: &'a Store, targets: &'a Targets<'a>, last: Option<i64>) -> Self {
        let of = |domain, words: &[&str]| words.iter().flat_map(|word| codes_of(store, domain, word)).collect();
        Self {
            store,
            targets,
            last,
            justification: of(Domain::DetailKey, &["Justification"]),
            failures: of(Domain::Result, &["failure", "failed", "timeout"]),
            users: of(Domain::ActorType, &["User"]),
        }
    }

    pub fn build(&self, group: &Group) -> Request {
        let moments = self.in_order(group);
        let mut request = Request { key: self.key(group, &moments), ..Request::default() };
        request.is_uncertain = matches!(group.common, Common::Pair(..));
        if let Common::Request(code) = group.common {
            request.id = code;
        }
        let begun = moments.iter().find_map(|moment| moment.stage.kind());
        request.kind = begun.unwrap_or(Kind::Unknown);
        self.name(&mut request, &moments);
        if begun.is_none() {
            request.kind = self.kind_of_end(&request, &moments);
        }
        self.walk(&mut request, &moments);
        request.events = moments.iter().map(|moment| (moment.event as u32, moment.stage)).collect();
        if !request.state.is_final() && !request.is_refused {
            request.open_as_of = self.last.max(request.last());
        }
        request
    }

    fn in_order(&self, group: &Group) -> Vec<Moment> {
        let mut moments: Vec<Moment> = group
            .records
            .iter()
            .map(|record| {
                let event = record.event as usize;
                let time = Some(self.store.time[event]).filter(|time| *time != NO_TIME);
                Moment { time, stage: record.stage, event }
            })
            .collect();
        // The event's own id breaks what ties are left, so that the order of files does not matter.
        let id = |moment: &Moment| self.store.text(moment.event, Column::EventId);
        moments.arrange_by(|a, b| {
            let (own, other) = (a.time.unwrap_or(i64::MAX), b.time.unwrap_or(i64::MAX));
            (own, a.stage).cmp(&(other, b.stage)).then_with(|| id(a).cmp(&id(b)))
        });
        moments
    }

    fn key(&self, group: &Group, moments: &[Moment]) -> String {
        let id = |code| self.store.dictionary(Domain::ObjectId).get(code);
        match group.common {
            Common::Request(code) => id(code).into_owned(),
            Common::Correlation(code, pair) => {
                let correlation = self.store.dictionary(Domain::CorrelationId).get(code);
                match pair {
                    None => format!("correlation-{correlation}"),
                    Some((package, receiver)) => format!("correlation-{correlation}-{}-{}", id(package), id(receiver)),
                }
            }
            Common::Pair(package, receiver) => {
                let first = moments.first().and_then(|moment| moment.time).map_or(String::new(), time::iso);
                format!("records-{}-{}-{first}", id(package), id(receiver))
            }
        }
    }

    fn code(&self, event: usize, column: Column) -> u32 {
        self.store.column(column).get(event)
    }

    fn actor(&self, event: usize) -> Party {
        Party {
            name: self.code(event, Column::ActorName),
            upn: self.code(event, Column::ActorUpn),
            id: self.code(event, Column::ActorId),
        }
    }

    /// The user who initiated an event; unknown where it was an application.
    fn user(&self, event: usize) -> Party {
        let kind = self.code(event, Column::ActorType);
        let is_user = if kind == 0 { self.code(event, Column::ActorUpn) != 0 } else { self.users.contains(&kind) };
        if is_user { self.actor(event) } else { Party::default() }
    }

    fn target_user(&self, target: usize) -> Party {
        let code = |column| self.store.target_column(column).get(target);
        Party { name: code(TargetColumn::Name), upn: code(TargetColumn::Upn), id: code(TargetColumn::Id) }
    }

    fn target_users(&self, event: usize) -> impl Iterator<Item = Party> + '_ {
        let users = self.targets.of(event).filter(|(_, kind)| *kind == TargetKind::User);
        users.map(|(target, _)| self.target_user(target))
    }

    fn failed(&self, event: usize) -> bool {
        self.failures.contains(&self.code(event, Column::Result))
    }

    fn reason(&self, event: usize) -> String {
        let details = &self.store.details;
        let pair = details.of(event).find(|pair| self.justification.contains(&details.key.get(*pair)));
        pair.map_or_else(String::new, |pair| {
            self.store.dictionary(Domain::DetailValue).get(details.value.get(pair)).into_owned()
        })
    }

    /// Who, for what, why.
    fn name(&self, request: &mut Request, moments: &[Moment]) {
        for moment in moments {
            let (event, stage) = (moment.event, moment.stage);
            if stage.is_of_approval() {
                continue;
            }
            for (target, kind) in self.targets.of(event) {
                let code = |column| self.store.target_column(column).get(target);
                let thing = || Thing { id: code(TargetColumn::Id), name: code(TargetColumn::Name) };
                match kind {
                    TargetKind::Package => fill_thing(&mut request.package, thing()),
                    TargetKind::Policy => fill_thing(&mut request.policy, thing()),
                    TargetKind::User => {
                        let user = self.target_user(target);
                        if request.receiver.is_unknown() || request.receiver.is(user) {
                            request.receiver.fill(user);
                        }
                    }
                    _ => {}
                }
            }
        }
        for moment in moments {
            let (event, stage) = (moment.event, moment.stage);
            let user = self.user(event);
            match stage {
                Stage::Begun(_) if stage.kind() == Some(request.kind) => {
                    if request.requestor.is_unknown() {
                        request.requestor = self.actor(event);
                    }
                    if request.justification.is_empty() {
                        request.justification = self.reason(event);
                    }
                }
                Stage::AnsweredYes | Stage::AnsweredNo | Stage::Approved | Stage::Denied => {
                    if !user.is_unknown() && !request.approvers.iter().any(|known| known.is(user)) {
                        request.approvers.push(user);
                    }
                    if request.answer.is_empty() {
                        request.answer = self.reason(event);
                    }
                }
                Stage::ApprovalCreated | Stage::ApproverAdded => {
                    for asked in self.target_users(event) {
                        let known = request.asked.iter().chain([&request.receiver, &request.requestor]);
                        if !known.into_iter().any(|known| known.is(asked)) {
                            request.asked.push(asked);
                        }
                    }
                }
                // Not every record of delivery has the receiver among its targets; its user is the receiver.
                Stage::Given | Stage::PartlyGiven if request.receiver.is_unknown() => request.receiver = user,
                _ => {}
            }
        }
        if request.receiver.is_unknown() && matches!(request.kind, Kind::UserAdd | Kind::UserUpdate | Kind::UserRemove)
        {
            request.receiver = request.requestor;
        } else if request.receiver.is(request.requestor) {
            let (receiver, requestor) = (request.receiver, request.requestor);
            request.receiver.fill(requestor);
            request.requestor.fill(receiver);
        }
    }

    /// What a request was for whose beginning is not there: to end access, if that is all it did.
    fn kind_of_end(&self, request: &Request, moments: &[Moment]) -> Kind {
        let ends = |moment: &&Moment| matches!(moment.stage, Stage::Removed | Stage::ResourceRemoved);
        let only_ends = moments.iter().all(|moment| ends(&moment) || moment.stage == Stage::Noted);
        let Some(end) = moments.iter().find(ends).filter(|_| only_ends) else { return Kind::Unknown };
        let user = self.user(end.event);
        match () {
            () if user.is_unknown() => Kind::SystemRemove,
            () if user.is(request.receiver) => Kind::UserRemove,
            () => Kind::AdminRemove,
        }
    }

    /// State, steps, moments.
    fn walk(&self, request: &mut Request, moments: &[Moment]) {
        let approval_only = moments.iter().all(|moment| moment.stage.is_of_approval());
        let mut state: Option<(State, bool)> = None;
        for moment in moments {
            let failed = self.failed(moment.event);
            if failed && request.failure.is_empty() {
                request.failure = self.store.text(moment.event, Column::ResultReason).into_owned();
            }
            if failed && moment.stage.kind() == Some(request.kind) && state.is_none() {
                request.is_refused = true;
            }
            let stage = effective(moment.stage, request.kind, failed, approval_only);
            let Some(next) = stage.and_then(|stage| next(state, stage)) else { continue };
            note(request, moment, next);
            if state != Some(next) {
                step(request, moment.time, next);
            }
            state = Some(next);
        }
        request.state = state.map_or(State::Submitted, |(state, _)| state);
    }
}

/// Takes over what is unknown of the same thing; another one is left alone.
fn fill_thing(own: &mut Thing, other: Thing) {
    if own.is_unknown() || own.id == 0 || own.id == other.id {
        own.fill(other);
    }
}

/// The stage that a record amounts to; `None` where it changes nothing.
fn effective(stage: Stage, kind: Kind, failed: bool, approval_only: bool) -> Option<Stage> {
    match stage {
        Stage::AnsweredYes if approval_only => Some(Stage::Approved),
        Stage::AnsweredNo if approval_only => Some(Stage::Denied),
        Stage::AnsweredNothing if approval_only => Some(Stage::TimedOut),
        Stage::Removed | Stage::ResourceRemoved if kind.is_removal() && !failed => Some(Stage::Given),
        Stage::Begun(_) if stage.kind() != Some(kind) => None,
        Stage::Ready | Stage::PartlyGiven | Stage::Given if failed => Some(Stage::Failed),
        Stage::Failed | Stage::TimedOut | Stage::Begun(_) => Some(stage),
        _ if failed => None,
        _ => Some(stage),
    }
}

/// The state after a record, and whether it is "approved"; `None` where the record comes too late to matter.
fn next(state: Option<(State, bool)>, stage: Stage) -> Option<(State, bool)> {
    let to = stage.leads_to()?;
    let Some((now, _)) = state else { return Some((to, is_approval(stage))) };
    let matters = match stage {
        Stage::Begun(_) => false,
        Stage::ApprovalCreated | Stage::ApproverAdded | Stage::StageCompleted => now.is_undecided(),
        Stage::Approved | Stage::AutoApproved => now < State::Delivering,
        Stage::Scheduled => now <= State::Delivering,
        // A failed delivery is tried again.
        Stage::Ready => !now.is_final() && now != State::PartiallyDelivered || now == State::DeliveryFailed,
        Stage::PartlyGiven => !now.is_final() || now == State::DeliveryFailed,
        Stage::Given | Stage::Extended => now != State::Delivered,
        _ => !now.is_final(),
    };
    matters.then_some((to, is_approval(stage)))
}

fn is_approval(stage: Stage) -> bool {
    matches!(stage, Stage::Approved | Stage::AutoApproved)
}

/// Notes the moments that durations are measured between.
fn note(request: &mut Request, moment: &Moment, (state, _): (State, bool)) {
    let time = moment.time;
    let decision = match moment.stage {
        Stage::Approved | Stage::AnsweredYes => Some(Decision::Approved),
        Stage::AutoApproved => Some(Decision::Automatic),
        Stage::Denied | Stage::AnsweredNo => Some(Decision::Denied),
        Stage::TimedOut | Stage::AnsweredNothing => Some(Decision::TimedOut),
        Stage::Canceled => Some(Decision::Canceled),
        _ => None,
    };
    if decision.is_some() && request.decision.is_none() {
        (request.decision, request.decided) = (decision, time);
    }
    match state {
        State::Submitted => request.submitted = request.submitted.or(time),
        State::Delivering if moment.stage == Stage::Ready => request.ready = request.ready.or(time),
        State::Delivered => request.delivered = request.delivered.or(time),
        _ => {}
    }
    if state.is_final() {
        request.finished = time;
    }
}

/// Ends the step at hand and begins the next.
fn step(request: &mut Request, time: Option<i64>, (state, approved): (State, bool)) {
    let Some(time) = time else { return };
    if let Some(last) = request.steps.last_mut().filter(|step| step.to.is_none()) {
        last.to = Some(time);
    }
    if !state.is_final() {
        request.steps.push(Step { state, approved, from: time, to: None });
    }
}
