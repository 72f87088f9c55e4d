//! U29: denied in a review, and still there.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U29",
    title: "Denied in a review, and still there",
    level: Level::High,
    checks: "A decision Deny of a guest that the review history does not show as applied; or (low, for it may \
             be by other access) a guest who is active in the loaded logs more than the days of grace after it.",
    why: "The organization decided that this access ends, and it did not.",
    false_positives: &["Reviews that still run: decisions are applied at their end.", "Access to something else."],
    references: &[
        "Microsoft, complete an access review: five reasons why a denial is not applied",
        "Microsoft, downloadable review history: SubmissionResult",
    ],
    params: &[Param::number("grace", "Active later than", (1, 0, 90), "days after the decision")],
    needs: &[Need::Decisions, Need::Days],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let grace = run.number("grace") * DAY;
    let decisions = run.store.entities(EntityKind::Decision);
    for row in decisions.newest() {
        if !decisions.text(row, Attribute::Decision).eq_ignore_ascii_case("Deny") {
            continue;
        }
        let Some(guest) = decided(run, row) else { continue };
        if !run.is_guest(guest) {
            continue;
        }
        let result = decisions.text(row, Attribute::ApplyResult).into_owned();
        let plain: String = result.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        let applied = plain.starts_with("appliedsuccess") || plain == "applied" || plain == "success";
        let decided_at = decisions.time(row, Attribute::Reviewed);
        let last = run.facts.last_seen[guest as usize];
        let active = last.filter(|event| {
            run.facts.identity.actor(*event as usize) == Some(guest)
                && matches!((run.time(*event), decided_at), (Some(time), Some(decided)) if time > decided + grace)
        });
        let not_applied = !result.is_empty() && !applied;
        if !not_applied && active.is_none() {
            continue;
        }
        let review = decisions.text(row, Attribute::ReviewName);
        let mut what = Vec::new();
        if not_applied {
            what.push(format!("the result is {result}"));
        }
        if let Some(event) = active {
            what.push(format!("was active on {}", run.when(run.time(event))));
        }
        let sentence = format!(
            "{} was denied in the review {review}{}, and {}.",
            run.address(guest),
            decided_at.map_or(String::new(), |time| format!(" on {}", run.when(Some(time)))),
            what.join(" and ")
        );
        let draft = out.add(run.person(guest), active.into_iter().collect(), sentence);
        draft.rows.push((EntityKind::Decision, row as u32));
        if !not_applied {
            draft.level = Some(Level::Low);
            draft.caution = "The denial may be applied: the guest may have been active with other access.".into();
        }
        draft.time = decided_at;
    }
}

/// Whom a decision is about.
pub(super) fn decided(run: &Run, row: usize) -> Option<PersonId> {
    let decisions = run.store.entities(EntityKind::Decision);
    [Attribute::TargetId, Attribute::TargetUpn, Attribute::TargetMail]
        .into_iter()
        .map(|attribute| decisions.text(row, attribute))
        .filter(|name| !name.is_empty())
        .find_map(|name| run.facts.identity.find(&name))
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::testing::*;
    use crate::findings::Level;
    use serde_json::{Value, json};

    pub(in super::super) fn decision(
        number: u32,
        who: &str,
        decision: &str,
        recommendation: &str,
        result: &str,
        time: &str,
    ) -> Value {
        json!({
            "id": format!("d{number}"), "accessReviewId": "r1", "reviewedDateTime": time, "decision": decision,
            "justification": "", "appliedDateTime": null, "applyResult": result, "recommendation": recommendation,
            "principal": {"@odata.type": "#microsoft.graph.userIdentity", "id": format!("id-{who}"), "displayName": who, "userPrincipalName": ext(who)},
            "reviewedBy": {"id": "id-leo", "displayName": "Leo", "userPrincipalName": "leo@contoso.example"},
            "appliedBy": {"id": "", "displayName": "", "userPrincipalName": ""},
            "resource": {"id": "g1", "displayName": "Audit support", "type": "group"},
        })
    }

    fn files(decision: &Value, active: Option<&str>) -> Vec<(&'static str, String)> {
        let page = json!({"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#identityGovernance/accessReviews/definitions('5e')/instances('64')/decisions", "value": [decision]});
        let mut all = vec![("decisions.json", page.to_string())];
        all.extend(active.map(|time| {
            let value = sign_in(time, &ext("nora@woodgrove.example"), "Office 365", 0);
            ("SignIns.json", format!("[{value}]"))
        }));
        all
    }

    #[test]
    fn not_applied_active_and_gone() {
        let nora = |decide: &str, result: &str| {
            decision(1, "nora@woodgrove.example", decide, "Deny", result, "2026-06-12T15:20:00Z")
        };
        let found = check_files("U29", &files(&nora("Deny", "AppliedWithUnknownFailure"), None), &[]);
        assert_eq!(subjects(&found), ["nora@woodgrove.example"]);
        let done = nora("Deny", "AppliedSuccessfully");
        assert_eq!(check_files("U29", &files(&done, None), &[]).status, Status::Clear);
        let active = check_files("U29", &files(&done, Some("2026-06-25T09:14:00Z")), &[]);
        assert!(active.findings[0].sentence.contains("was active on 25 Jun"), "{}", active.findings[0].sentence);
        assert_eq!((active.findings[0].events.len(), active.findings[0].level), (1, Level::Low));
        let soon = files(&done, Some("2026-06-12T18:00:00Z"));
        assert_eq!(check_files("U29", &soon, &[]).status, Status::Clear);
        let kept = files(&nora("Approve", "New"), Some("2026-06-25T09:14:00Z"));
        assert_eq!(check_files("U29", &kept, &[]).status, Status::Clear);
        assert_eq!(check("U29", &[]).status.id(), "lacking");
    }
}
