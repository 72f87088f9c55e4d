//! How the access that a request gave came to its end: by a record of the same request, or else by the next
//! record that takes the same package from the same person.

use super::{
    Ending, Request,
    stage::{Kind, State},
};
use crate::arrange::Arrange as _;
use crate::{
    model::Column,
    store::{NO_TIME, Store},
};
use hashbrown::HashMap;

/// Links grants to what ended them.
pub(super) fn link(store: &Store, list: &mut [Request]) {
    let moment = |event: u32| Some(store.time[event as usize]).filter(|time| *time != NO_TIME);
    // (package, receiver) -> endings by other requests.
    let mut others: HashMap<(u32, u32), Vec<Ending>> = HashMap::default();
    for request in list.iter().filter(|request| request.kind.is_removal() && !request.is_refused) {
        let Some(pair) = pair(request) else { continue };
        // Access ends when its removal is complete; where that is not in the files, at the removal's beginning.
        let timed = request.events.iter().filter_map(|(event, _)| Some((*event, moment(*event)?)));
        let complete = timed.clone().find(|(_, time)| Some(*time) == request.finished);
        let Some((event, time)) = complete.or_else(|| timed.min_by_key(|(_, time)| *time)) else { continue };
        others.entry(pair).or_default().push(Ending { time, kind: request.kind, is_certain: false, event });
    }
    for endings in others.values_mut() {
        endings.arrange_by_key(|ending| (ending.time, ending.kind.id()));
    }
    // The next grant of the same pair: an ending after it belongs to that one.
    let mut grants: HashMap<(u32, u32), Vec<i64>> = HashMap::default();
    for request in list.iter().filter(|request| gave_access(request)) {
        if let (Some(pair), Some(time)) = (pair(request), given(request)) {
            grants.entry(pair).or_default().push(time);
        }
    }
    for request in list.iter_mut().filter(|request| gave_access(request)) {
        let Some(from) = given(request) else { continue };
        let own = request.events.iter().filter(|(_, stage)| stage.ends_access());
        let own = own.filter_map(|(event, stage)| {
            let time = moment(*event).filter(|time| *time >= from)?;
            Some(Ending {
                time,
                kind: stage.kind().unwrap_or_else(|| by_whom(store, *event, request)),
                is_certain: true,
                event: *event,
            })
        });
        let own = own.min_by_key(|ending| ending.time);
        let pair = pair(request);
        let next = pair.and_then(|pair| grants.get(&pair)?.iter().copied().filter(|time| *time > from).min());
        let other = pair.and_then(|pair| {
            let is_of_this = |time: i64| time >= from && next.is_none_or(|next| time < next);
            others.get(&pair)?.iter().find(|ending| is_of_this(ending.time)).copied()
        });
        request.ended = own.or(other);
    }
}

/// Who took access away, by the actor of the record.
fn by_whom(store: &Store, event: u32, request: &Request) -> Kind {
    let actor = store.column(Column::ActorUpn).get(event as usize);
    match actor {
        0 => Kind::SystemRemove,
        upn if upn == request.receiver.upn => Kind::UserRemove,
        _ => Kind::AdminRemove,
    }
}

fn pair(request: &Request) -> Option<(u32, u32)> {
    let package = if request.package.id == 0 { request.package.name } else { request.package.id };
    let receiver = if request.receiver.id == 0 { request.receiver.upn } else { request.receiver.id };
    (package != 0 && receiver != 0).then_some((package, receiver))
}

fn gave_access(request: &Request) -> bool {
    !request.kind.is_removal() && matches!(request.state, State::Delivered | State::PartiallyDelivered)
}

fn given(request: &Request) -> Option<i64> {
    let part = request.steps.iter().find(|step| step.state == State::PartiallyDelivered).map(|step| step.from);
    part.or(request.delivered)
}
