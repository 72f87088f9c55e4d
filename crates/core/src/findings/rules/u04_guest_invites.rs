//! U04: a guest invites a guest.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U04",
    title: "Guest invites guest",
    level: Level::Medium,
    checks: "A successful invitation whose actor is a guest. One finding per inviting guest.",
    why: "Nobody of the tenant has vouched for the new guest.",
    false_positives: &["Tenants whose settings allow it on purpose."],
    references: &["Commented option in Azure/Azure-Sentinel templates on invitations (actor with #EXT#)"],
    params: &[],
    needs: &[Need::Audit],
    sigma: Some(
        "    selection:\n        properties.message: Invite external user\n        Status: success\n        InitiatedBy.user.userPrincipalName|contains: '#EXT#'\n    condition: selection",
    ),
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let by_guest = run.invitations.all.iter().filter_map(|invitation| {
        let actor = run.actor(invitation.event).filter(|actor| run.is_guest(*actor))?;
        Some((actor, invitation))
    });
    for (guest, own) in grouped(by_guest) {
        let guest = run.person(guest);
        let more = if own.len() > 1 { format!(" and {} more", own.len() - 1) } else { String::new() };
        let sentence =
            format!("{}, a guest, invited {}{more} on {}.", guest.name, own[0].address, run.when(own[0].time));
        out.add(guest, own.iter().map(|invitation| invitation.event).collect(), sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn by_a_guest_and_by_a_member() {
        let invite = |by: &str| {
            [event("2026-06-04T11:00:00Z", "Invite external user")
                .by(by)
                .detail("invitedUserEmailAddress", "rob@tailspin.example")
                .json()]
        };
        assert_eq!(subjects(&check("U04", &invite(&ext("yara@tailspin.example")))), ["yara@tailspin.example"]);
        assert_eq!(check("U04", &invite("adele@contoso.example")).status, Status::Clear);
    }
}
