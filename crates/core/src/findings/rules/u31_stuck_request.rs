//! U31: a request that does not arrive.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U31",
    title: "Request that is stuck, failed or timed out",
    level: Level::Low,
    checks: "A request that was ready to fulfill, or fulfilled in part, and is not fulfilled so many hours later (or \
             not until the end of the loaded logs, so many hours later); one that failed; one that timed out without \
             an approver's action. Stuck and failed requests are medium.",
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
    needs: &[Need::Audit],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let end = run.facts.period.map_or(0, |(_, to)| to);
    for request in requests(run) {
        let who =
            request.subject.map_or_else(|| Subject::thing("package", &request.package), |person| run.person(person));
        let package = if request.package.is_empty() { "an access package" } else { &request.package };
        let begun = request.events.first().and_then(|(_, event)| run.time(*event));
        let done = request.last(Kind::Fulfilled).and_then(|event| run.time(event));
        let over = request.last(Kind::CancelRequest).is_some() || request.last(Kind::Deny).is_some();
        let waits = |kind: Kind, hours: &str| {
            let since = run.time(request.last(kind)?)?;
            let until = done.unwrap_or(end);
            (!over && until - since > run.number(hours) * HOUR).then_some((since, until))
        };
        let failed = request.last(Kind::RequestFailed);
        let asked = format!("The request of {} for {package}", who.name);
        let (sentence, level) = if let Some(event) = failed {
            (format!("{asked} failed on {}.", run.when(run.time(event))), Level::Medium)
        } else if let Some(event) = request.last(Kind::TimedOut) {
            let asked_at = begun.zip(run.time(event)).map(|(from, to)| to - from).filter(|after| *after > 0);
            let after = asked_at.map_or_else(
                || format!("on {} (it was made before the loaded logs begin)", run.when(run.time(event))),
                |after| format!("after {}", length(after)),
            );
            (format!("{asked} timed out {after} without an approver's action."), Level::Low)
        } else if let Some((since, until)) = waits(Kind::PartlyFulfilled, "partly") {
            let rest =
                if done.is_some() { "was fulfilled only" } else { "is fulfilled in part, and nothing more is seen" };
            (format!("{asked} {rest} {} after {}.", length(until - since), run.when(Some(since))), Level::Medium)
        } else if let Some((since, until)) = waits(Kind::Ready, "ready") {
            let rest = if done.is_some() { "was fulfilled" } else { "is not fulfilled" };
            (
                format!("{asked} was ready on {} and {rest} {} later.", run.when(Some(since)), length(until - since)),
                Level::Medium,
            )
        } else {
            continue;
        };
        out.add(who, request.evidence(), sentence).level = Some(level);
    }
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
        let found = check("U31", &with(&[later.clone()]));
        assert_eq!(subjects(&found), ["dana@fabrikam.example"]);
        assert_eq!((found.findings[0].events.len(), found.findings[0].level), (2, Level::Medium));
        assert!(found.findings[0].sentence.contains("for Build Farm was ready"), "{}", found.findings[0].sentence);
        let done = with(&[step("2026-06-14T08:10:00Z", DONE), later.clone()]);
        assert_eq!(check("U31", &done).status, Status::Clear);
        assert_eq!(check_with("U31", &with(&[later.clone()]), &[("U31.ready", "200")]).status, Status::Clear);
        assert_eq!(check("U31", &begin).status, Status::Clear);
        let failed = with(&[step("2026-06-14T08:10:00Z", "Failed access package assignment request")]);
        assert!(check("U31", &failed).findings[0].sentence.contains("failed on"));
        let timed_out = "Access package assignment request timed out (no approver action taken)";
        let timed_out = check("U31", &[step("2026-06-14T08:00:00Z", ASKED), step("2026-06-28T08:00:00Z", timed_out)]);
        assert!(timed_out.findings[0].sentence.contains("timed out after 14 days"));
        assert_eq!(timed_out.findings[0].level, Level::Low);
        let partly = [step("2026-06-14T08:00:00Z", "Partially fulfill access package assignment request"), later];
        assert!(check("U31", &partly).findings[0].sentence.contains("in part"));
        let waits = [step("2026-06-14T08:00:00Z", ASKED), step("2026-06-14T08:10:00Z", DONE)];
        assert_eq!(check("U31", &waits).status, Status::Clear);
    }
}
