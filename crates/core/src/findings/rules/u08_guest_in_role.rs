//! U08: a guest in a directory role.

use super::prelude::*;
use crate::identity::text::Lower as _;

pub(super) static RULE: Rule = Rule {
    id: "U08",
    title: "Guest given a directory role",
    level: Level::High,
    checks: "A directory role is given to a guest, for good, for a time or as eligible, through PIM or not. Roles on \
             the reader's list of harmless ones do not count.",
    why: "Microsoft advises against guests in privileged roles: their accounts are secured by somebody else.",
    false_positives: &["Partners that administer the tenant by contract. List their roles, or mark them as expected."],
    references: &[
        "SigmaHQ/sigma, rules/cloud/azure/audit_logs/azure_ad_guest_user_added_to_privileged_role.yml",
        "microsoft/zerotrustassessment, test 22128",
    ],
    params: &[Param::list("harmless", "Harmless roles", "")],
    needs: &[Need::Audit],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let harmless = run.list("harmless");
    for event in run.facts.of_any(run.store, &[Kind::AddRole, Kind::RoleOutsidePim]) {
        let guests = run.guests(event);
        if guests.is_empty() || !run.facts.succeeded(run.store, event) {
            continue;
        }
        let role = role_name(run, event);
        if harmless.contains(&role.lower()) {
            continue;
        }
        for guest in guests {
            let sentence = format!(
                "{} was given the role {role} by {} on {}.",
                run.address(guest),
                run.actor_name(event),
                run.when(run.time(event))
            );
            out.add(run.person(guest), vec![event], sentence);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn a_guest_and_a_member() {
        let role = |who: &str| {
            [event("2026-06-10T22:40:00Z", "Add member to role.")
                .by("ivan@contoso.example")
                .user(who)
                .change("Role.DisplayName", "", "\"Helpdesk Administrator\"")
                .json()]
        };
        let guest = role(&ext("mallory@evil.example"));
        assert_eq!(subjects(&check("U08", &guest)), ["mallory@evil.example"]);
        assert_eq!(check("U08", &role("adele@contoso.example")).status, Status::Clear);
        assert_eq!(
            check_with("U08", &guest, &[("U08.harmless", "Reader, helpdesk administrator")]).status,
            Status::Clear
        );
    }
}
