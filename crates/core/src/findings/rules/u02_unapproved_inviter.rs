//! U02: somebody invites who is not on the reader's list of inviters.

use super::prelude::*;
use crate::identity::text::Lower as _;

pub(super) static RULE: Rule = Rule {
    id: "U02",
    title: "Inviter who is not approved",
    level: Level::Medium,
    checks: "A successful invitation by somebody whose address, name or domain is not on the list of approved inviters. \
             One finding per inviter.",
    why: "Where inviting is the task of few, an invitation by anybody else went past them.",
    false_positives: &["A list that was not kept up to date."],
    references: &["Microsoft, security operations for user accounts: external users invited by non-approved inviters"],
    params: &[APPROVED_INVITERS],
    needs: &[Need::Audit],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let approved = run.list("approved-inviters");
    if approved.is_empty() {
        return out.lacking("a list of approved inviters");
    }
    let all = run.invitations.all.iter().map(|invitation| (run.doer(invitation.event), invitation));
    for (inviter, own) in grouped(all) {
        let inviter = run.subject(inviter);
        let name = inviter.name.lower();
        if approved.contains(&name) || approved.contains(&inviter.key) || approved.contains(&inviter.domain) {
            continue;
        }
        let sentence = format!(
            "{} sent {} (first to {}) and is not on the list of approved inviters.",
            inviter.name,
            count(own.len(), "invitation"),
            own[0].address
        );
        out.add(inviter, own.iter().map(|invitation| invitation.event).collect(), sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn on_the_list_and_not() {
        let records = ["adele@contoso.example", "ivan@contoso.example"].map(|by| {
            event("2026-06-01T09:00:00Z", "Invite external user")
                .by(by)
                .detail("invitedUserEmailAddress", "a@fabrikam.example")
                .json()
        });
        let list = [("approved-inviters", "Adele@contoso.example")];
        assert_eq!(subjects(&check_with("U02", &records, &list)), ["ivan@contoso.example"]);
        assert_eq!(check_with("U02", &records, &[("approved-inviters", "contoso.example")]).status, Status::Clear);
        assert_eq!(check("U02", &records).status, Status::Lacking("a list of approved inviters".into()));
    }
}
