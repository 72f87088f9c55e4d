//! U07: a guest who redeems at once and is given a role soon after.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U07",
    title: "New guest given a role at once",
    level: Level::Medium,
    checks: "A guest redeems the invitation within the first limit and is given a directory role within the second \
             limit after the invitation.",
    why: "Invitation, redemption and role within an hour are the work of one person who holds both accounts.",
    false_positives: &["Partners that administer the tenant, invited in a call and given their role in it."],
    references: &["Azure/Azure-Sentinel, Detections/AuditLogs/NewExtUserGrantedAdmin (10 and 60 minutes)"],
    params: &[
        Param::number("redeem", "From invitation to redemption, at most", (10, 1, 10_080), "minutes"),
        Param::number("role", "From invitation to role, at most", (60, 1, 10_080), "minutes"),
    ],
    needs: &[Need::Audit, Need::Minutes],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let (redeem, role) = (run.number("redeem") * MINUTE, run.number("role") * MINUTE);
    for event in run.facts.of_any(run.store, &[Kind::AddRole, Kind::RoleOutsidePim]) {
        let Some(given) = run.time(event).filter(|_| run.facts.succeeded(run.store, event)) else { continue };
        for guest in run.users(event) {
            let fresh =
                |invitation: &&Invitation| invitation.time.is_some_and(|time| (0..=role).contains(&(given - time)));
            let Some(invitation) = run.invitations.of(guest).rfind(fresh) else { continue };
            let invited = invitation.time.unwrap_or(given);
            let Some(redeemed) = run.invitations.redemption(run, guest, invitation.time) else { continue };
            let Some(time) = run.time(redeemed).filter(|time| time - invited <= redeem) else { continue };
            let sentence = format!(
                "{} redeemed an invitation of {} after {} and was given the role {} {} after the invitation, by {}.",
                run.address(guest),
                run.actor_name(invitation.event),
                run.length(time - invited),
                role_name(run, event),
                run.length(given - invited),
                run.actor_name(event),
            );
            out.add(run.person(guest), vec![invitation.event, redeemed, event], sentence);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    fn story(redeemed: &str, role: &str) -> [String; 3] {
        let guest = ext("mallory@evil.example");
        [
            event("2026-06-10T22:00:00Z", "Invite external user")
                .by("ivan@contoso.example")
                .user(&guest)
                .detail("invitedUserEmailAddress", "mallory@evil.example")
                .json(),
            event(redeemed, "Redeem external user invite").by(&guest).user(&guest).json(),
            event(role, "Add member to role")
                .by("ivan@contoso.example")
                .user(&guest)
                .change("Role.DisplayName", "", "\"Helpdesk Administrator\"")
                .json(),
        ]
    }

    #[test]
    fn quick_and_slow() {
        let found = check("U07", &story("2026-06-10T22:06:00Z", "2026-06-10T22:40:00Z"));
        assert_eq!(subjects(&found), ["mallory@evil.example"]);
        assert_eq!(found.findings[0].events.len(), 3);
        let sentence = &found.findings[0].sentence;
        assert!(
            sentence.contains("after 6 minutes") && sentence.contains("Helpdesk Administrator 40 minutes"),
            "{sentence}"
        );
        assert_eq!(found.findings[0].inviter, "ivan@contoso.example");
        assert!(subjects(&check("U07", &story("2026-06-10T22:11:00Z", "2026-06-10T22:40:00Z"))).is_empty());
        assert!(subjects(&check("U07", &story("2026-06-10T22:06:00Z", "2026-06-10T23:01:00Z"))).is_empty());
        let wider = [("U07.redeem", "20")];
        assert_eq!(
            subjects(&check_with("U07", &story("2026-06-10T22:11:00Z", "2026-06-10T22:40:00Z"), &wider)).len(),
            1
        );
    }
}
