//! The table of requests.

use super::{Shown, is_stuck, lanes, words};
use crate::{
    entitlement::requests::{Request, Source},
    identity::Identity,
    report::{
        TableOf,
        blocks::{Table, TableLine, Value},
    },
};

const NOT_SAID: &str = "No loaded file says";
const NO_TIME: &str = "The records between which it would be measured are not in the files";

/// The requests of the chosen list.
pub(super) fn table(shown: &Shown) -> Table {
    let store = shown.scope.derived.store;
    let identity = shown.scope.derived.get::<Identity>();
    let names = words::Names { store, identity: &identity };
    let stuck_after = shown.stuck_after;
    let approvers = move |request: &&Request| match &request.approvers[..] {
        [] => Value::none("No loaded record of a decision by a person"),
        [one] => names.party(*one, NOT_SAID),
        several => Value::List(several.iter().map(|party| names.address(*party)).collect()),
    };
    let asked = move |request: &&Request| {
        let asked: Vec<String> = request.asked.iter().map(|party| names.address(*party)).collect();
        if asked.is_empty() { Value::none("No loaded record says who was asked") } else { Value::List(asked) }
    };
    TableOf::new("requests", "Requests", "request", "No request is in this list.")
        .help("Joined by request id, else by correlation id. Select a request for its way step by step.")
        .column("state", "State", "As Microsoft's page on the request process names it.", |r: &&Request| {
            words::state(r)
        })
        .ordered_by(|r: &&Request| Value::Number(r.state as u64))
        .column("receiver", "For whom", "Who receives access.", move |r: &&Request| names.party(r.receiver, NOT_SAID))
        .column("package", "Access package", "", move |r: &&Request| words::thing(store, r.package, NOT_SAID))
        .column("kind", "Kind", "How the request came about.", |r: &&Request| {
            if r.kind.id().is_empty() {
                Value::none("Its beginning is not in the files")
            } else {
                Value::Said(r.kind.label().into())
            }
        })
        .column(
            "requestor",
            "By whom",
            "Who asked; of a direct assignment the administrator who made it.",
            move |r: &&Request| names.party(r.requestor, NOT_SAID),
        )
        .column("submitted", "Submitted", "", |r: &&Request| {
            Value::time(r.submitted, "Before the loaded logs begin, or not in them")
        })
        .column("approver", "Decided by", "Approvers who answered.", approvers)
        .column("asked", "Asked to decide", "From the records “Add approver to request approval”.", asked)
        .column("decision", "Decision", "", |r: &&Request| {
            r.decision.map_or_else(
                || Value::none("No loaded record of a decision"),
                |d| Value::Said(words::decision(d).into()),
            )
        })
        .number("time-to-decision", "To decision", "From the request to its approval or denial.", |r: &&Request| {
            words::duration(r.time_to_decision(), NO_TIME)
        })
        .number(
            "time-to-deliver",
            "To deliver",
            "From ready to fulfill, else from the approval, to all access given.",
            |r: &&Request| words::duration(r.time_to_deliver(), NO_TIME),
        )
        .number("total", "In all", "From the request to its final state.", |r: &&Request| {
            words::duration(r.total_time(), "Not finished, or its beginning is not in the files")
        })
        .number(
            "open-for",
            "Open for",
            "From the request, or from ready to fulfill, to the end of what the files cover.",
            move |r: &&Request| {
                words::duration(r.undelivered_for().or(r.waiting_for()), "It is not waiting, nor undelivered")
            },
        )
        .column("open-as-of", "Open as of", "Until when the files cover an open request.", |r: &&Request| {
            Value::time(r.open_as_of, "It has reached a final state")
        })
        .column("policy", "Policy", "", move |r: &&Request| words::thing(store, r.policy, NOT_SAID))
        .column("justification", "Justification", "The requestor's own words.", |r: &&Request| {
            Value::text(r.justification.clone())
        })
        .column("ended", "Access ended", "When the access that it gave was taken away or given up.", |r: &&Request| {
            r.ended
                .map_or_else(|| Value::none("No loaded record says that it ended"), |ending| Value::Time(ending.time))
        })
        .column(
            "known-from",
            "Known from",
            "Whether audit records or an export of requests tell the state.",
            |r: &&Request| {
                Value::Said(
                    match (r.state_from, r.events.is_empty()) {
                        (Source::Records, _) => "Audit records",
                        (Source::Export(_), true) => "Export of requests",
                        (Source::Export(_), false) => "Export of requests, later than the audit records",
                    }
                    .into(),
                )
            },
        )
        .build(&shown.listed, shown.scope.tables, |request| {
            let mut data = lanes::data(request);
            data.push(("stuck".into(), is_stuck(request, stuck_after).to_string()));
            TableLine { key: request.key.clone(), data, opens: true, ..TableLine::default() }
        })
}
