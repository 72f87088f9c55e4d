//! U31: a request that does not arrive.

use super::prelude::*;
use crate::entitlement::requests::State;

pub(super) static RULE: Rule = Rule {
    id: "U31",
    title: "Request that is stuck, failed or timed out",
    level: Level::Low,
    checks: "A request that was ready to fulfill, or fulfilled in part, and is not fulfilled so many hours later (or \
             not until the end of the loaded logs, so many hours later); one that failed; one that timed out without \
             an approver's action. Requests that are stuck or failed are medium, those that arrived late low.",
    why: "Somebody waits for access that was granted, or for an answer.",
    false_positives: &["Fulfilment in a gap between the logs."],
    references: &[
        "Microsoft, entitlement management: request process and states",
        "Microsoft, entitlement management: troubleshoot requests",
    ],
    params: &[
        Param::number("ready", "Ready and not fulfilled, longer than", (24, 1, 8760), "hours"),
        Param::number("partly", "Fulfilled in part, longer than", (24, 1, 8760), "hours"),
    ],
    needs: &[Need::Hours],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    if !run.facts.has_audit && run.requests.list.is_empty() {
        return out.lacking("audit logs or an export of requests");
    }
    let (ready, partly) = (run.number("ready") * HOUR, run.number("partly") * HOUR);
    for request in run.requests.list.iter().filter(|request| !request.is_refused && !request.kind.is_removal()) {
        let package =
            if request.package.is_unknown() { "an access package".into() } else { request.package.name(run.store) };
        let receiver = if request.receiver.is_unknown() { request.requestor } else { request.receiver };
        let who = match run.party(receiver) {
            Some(person) => run.person(person),
            None if receiver.is_unknown() => Subject::thing("package", &package),
            None => Subject::thing("receiver", &receiver.address(run.store)),
        };
        let asked = format!("The request of {} for {package}", who.name);
        let part = request.time_in_part().filter(|part| *part > partly);
        let late =
            request.delivered.zip(request.ready).map(|(given, ready)| given - ready).filter(|late| *late > ready);
        let (sentence, level) = match request.state {
            State::DeliveryFailed => {
                let why = if request.failure.is_empty() { String::new() } else { format!(": {}", request.failure) };
                (format!("{asked} failed on {}{why}.", run.when(request.finished)), Level::Medium)
            }
            State::Expired => {
                let after = request.total_time().filter(|after| *after > 0).map_or_else(
                    || format!("on {} (when it was made is not in the loaded files)", run.when(request.finished)),
                    |after| format!("after {}", run.length(after)),
                );
                (format!("{asked} timed out {after} without an approver's action."), Level::Low)
            }
            State::PartiallyDelivered if part.is_some() => {
                let part = run.length(part.unwrap_or_default());
                (
                    format!("{asked} has been fulfilled in part only for {part}, to the end of what is known."),
                    Level::Medium,
                )
            }
            State::Delivered if part.is_some() => {
                let part = run.length(part.unwrap_or_default());
                (format!("{asked} was fulfilled in part only for {part}, then as a whole."), Level::Low)
            }
            State::Delivered if late.is_some() => {
                let late = run.length(late.unwrap_or_default());
                (format!("{asked} was fulfilled {late} after it was ready."), Level::Low)
            }
            _ => match (request.undelivered_since(), request.undelivered_for()) {
                (Some(since), Some(waits)) if waits > ready => {
                    let what = if request.ready.is_some() { "was ready to fulfill" } else { "was approved" };
                    let (when, waits) = (run.when(Some(since)), run.length(waits));
                    (format!("{asked} {what} on {when} and is not fulfilled {waits} later."), Level::Medium)
                }
                _ => continue,
            },
        };
        let draft = out.add(who, request.events.iter().map(|(event, _)| *event).collect(), sentence);
        draft.level = Some(level);
        draft.rows = request.rows.iter().map(|row| (EntityKind::Request, *row as u32)).collect();
        draft.time = request.first();
        if let (Some(since), Some(until)) = (request.undelivered_since(), request.open_as_of) {
            draft.caution = run.facts.uncovered(since, until);
        }
        if request.is_uncertain {
            draft.caution.push_str(" Its records were joined by person and package alone.");
        }
    }
    out.sort();
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use crate::findings::Level;

    fn step(time: &str, activity: &str) -> String {
        event(time, activity)
            .by_app("Azure AD Identity Governance - User Management")
            .service("Entitlement Management")
            .target("AccessPackage", "Build Farm", "p1")
            .user(&ext("dana@fabrikam.example"))
            .correlated("c1")
            .json()
    }

    const ASKED: &str = "User requests access package assignment";
    const READY: &str = "Ready to fulfill access package assignment request";
    const DONE: &str = "Fulfill access package assignment request";

    #[test]
    fn stuck_done_failed_and_timed_out() {
        let later =
            event("2026-06-20T08:00:00Z", "Update user").by("a@contoso.example").user("a@contoso.example").json();
        let begin = [step("2026-06-14T08:00:00Z", ASKED), step("2026-06-14T08:00:40Z", READY)];
        let with = |more: &[String]| [&begin[..], more].concat();
        let found = check("U31", &with(std::slice::from_ref(&later)));
        assert_eq!(subjects(&found), ["dana@fabrikam.example"]);
        assert_eq!((found.findings[0].events.len(), found.findings[0].level), (2, Level::Medium));
        assert!(
            found.findings[0].sentence.contains("for Build Farm was ready to fulfill"),
            "{}",
            found.findings[0].sentence
        );
        let done = with(&[step("2026-06-14T08:10:00Z", DONE), later.clone()]);
        assert_eq!(check("U31", &done).status, Status::Clear);
        assert_eq!(
            check_with("U31", &with(std::slice::from_ref(&later)), &[("U31.ready", "200")]).status,
            Status::Clear
        );
        assert_eq!(check("U31", &begin).status, Status::Clear);
        let failed = with(&[step("2026-06-14T08:10:00Z", "Failed access package assignment request")]);
        assert!(check("U31", &failed).findings[0].sentence.contains("failed on"));
        let timed_out = "Access package assignment request timed out (no approver action taken)";
        let timed_out = check("U31", &[step("2026-06-14T08:00:00Z", ASKED), step("2026-06-28T08:00:00Z", timed_out)]);
        assert!(timed_out.findings[0].sentence.contains("timed out after 14 days"));
        assert_eq!(timed_out.findings[0].level, Level::Low);
        let partly = [step("2026-06-14T08:00:00Z", "Partially fulfill access package assignment request"), later];
        assert!(check("U31", &partly).findings[0].sentence.contains("in part only"));
        let waits = [step("2026-06-14T08:00:00Z", ASKED), step("2026-06-14T08:10:00Z", DONE)];
        assert_eq!(check("U31", &waits).status, Status::Clear);
    }
}
