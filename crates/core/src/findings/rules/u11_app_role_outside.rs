//! U11: an application role given or taken past entitlement management.

use super::prelude::*;
use crate::identity::text::Lower as _;

pub(super) static RULE: Rule = Rule {
    id: "U11",
    title: "Application role changed outside entitlement management",
    level: Level::Medium,
    checks: "An application role is granted or removed, and not by the application Azure AD Identity Governance - \
             User Management. Only grants that concern a guest, unless members are asked for as well.",
    why: "Access that no package gives is not reviewed, does not expire and has no approver.",
    false_positives: &["Applications that are not under entitlement management at all."],
    references: &[
        "Application-Insights-Workbooks, EntitlementManagementAppRoleAssignments (nine activities)",
        "The workbook's own omission test compares app.appid and lets through more than it says; here the name of \
         the initiating application alone decides",
    ],
    params: &[
        Param::number("members", "Members too (0: guests only, 1: everybody)", (0, 0, 1), ""),
        Param::list("applications", "Only these applications (empty: all)", ""),
    ],
    needs: &[Need::Audit],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let (members, only) = (run.number("members") == 1, run.list("applications"));
    for event in run.successes(Kind::AppRole) {
        if run.is_by_governance(event) {
            continue;
        }
        let app = run.thing(event, &["serviceprincipal", "application"]);
        if !only.is_empty() && !only.contains(&app.lower()) {
            continue;
        }
        let role = run.changed(event, "AppRole.DisplayName").or_else(|| run.changed(event, "AppRole.Value"));
        let role = role.unwrap_or_else(|| "an unnamed role".into());
        let activity = run.store.text(event as usize, Column::Activity).to_lowercase();
        let taken = activity.starts_with("remove") || activity.contains("deletion-marked");
        for person in run.users(event).into_iter().filter(|person| members || run.is_guest(*person)) {
            let sentence = format!(
                "{} {} the role {role} of {app} by {} on {}, not through an access package.",
                run.address(person),
                if taken { "lost" } else { "was given" },
                run.actor_name(event),
                run.when(run.time(event)),
            );
            out.add(run.person(person), vec![event], sentence);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    fn grant(by: Builder, who: &str) -> [String; 1] {
        [by.target("ServicePrincipal", "Payroll", "")
            .change("AppRole.DisplayName", "", "\"Reader\"")
            .change("User.UPN", "", &format!("\"{who}\""))
            .json()]
    }

    #[test]
    fn past_governance_and_through_it() {
        let begin = || event("2026-06-10T22:45:00Z", "Add app role assignment grant to user");
        let guest = ext("mallory@evil.example");
        let found = check("U11", &grant(begin().by("ivan@contoso.example"), &guest));
        assert_eq!(subjects(&found), ["mallory@evil.example"]);
        assert!(
            found.findings[0].sentence.contains("the role Reader of Payroll by ivan"),
            "{}",
            found.findings[0].sentence
        );
        let governed = grant(begin().by_app("Azure AD Identity Governance - User Management"), &guest);
        assert_eq!(check("U11", &governed).status, Status::Clear);
        let member = grant(begin().by("ivan@contoso.example"), "adele@contoso.example");
        assert_eq!(check("U11", &member).status, Status::Clear);
        assert_eq!(subjects(&check_with("U11", &member, &[("U11.members", "1")])), ["adele@contoso.example"]);
    }
}
