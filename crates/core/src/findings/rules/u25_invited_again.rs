//! U25: an invitation is sent again, or redeemed under another address.

use super::prelude::*;
use crate::identity::text::Lower as _;

pub(super) static RULE: Rule = Rule {
    id: "U25",
    title: "Invitation sent again, or redeemed under another address",
    level: Level::Low,
    checks: "An invitation with reset invitation status; or a redemption whose e-mail address is another than the one \
             that was invited.",
    why: "A reset binds the account to whoever redeems next; another address may be another person.",
    false_positives: &["People whose first message was lost.", "Companies that renamed their domain."],
    references: &["Microsoft Entra audit activity reference: Invite external user with reset invitation status"],
    params: &[],
    needs: &[Need::Audit],
    sigma: Some(
        "    selection:\n        properties.message: Invite external user with reset invitation status\n        Status: success\n    condition: selection",
    ),
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    for invitation in run.invitations.all.iter().filter(|invitation| invitation.again) {
        let subject =
            invitation.guest.map_or_else(|| Subject::thing("address", &invitation.address), |g| run.person(g));
        let sentence = format!(
            "The invitation of {} was sent again, with reset status, by {} on {}.",
            invitation.address,
            run.actor_name(invitation.event),
            run.when(invitation.time)
        );
        out.add(subject, vec![invitation.event], sentence);
    }
    for (event, guest) in &run.invitations.redeemed {
        let before = |invitation: &&Invitation| invitation.time <= run.time(*event);
        let Some(invitation) = run.invitations.of(*guest).rfind(before) else { continue };
        let redeemed = redeemer(run, *event);
        // Both have to be addresses: a user principal name says nothing about the mailbox.
        if redeemed.is_empty() || !invitation.address.contains('@') || redeemed == invitation.address {
            continue;
        }
        let sentence = format!(
            "{} was invited by {}, and redeemed as {redeemed} on {}.",
            invitation.address,
            run.actor_name(invitation.event),
            run.when(run.time(*event))
        );
        out.add(run.person(*guest), vec![invitation.event, *event], sentence);
    }
}

/// The address in the sentence `UPN: .., Email: ..` of a redemption; empty where there is none.
fn redeemer(run: &Run, event: u32) -> String {
    use crate::model::TargetColumn;
    let texts = run
        .store
        .targets_of(event as usize)
        .flat_map(|target| [TargetColumn::Name, TargetColumn::Upn].map(|column| run.store.target_text(target, column)));
    for text in texts.filter(|text| text.starts_with("UPN:")) {
        if let Some(rest) = text.find("Email:").map(|at| &text[at + 6..]) {
            return rest.split(',').next().unwrap_or_default().trim().lower();
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    fn invite(activity: &str) -> String {
        event("2026-06-03T09:00:00Z", activity)
            .by("adele@contoso.example")
            .user(&ext("rosa@lucerne.example"))
            .detail("invitedUserEmailAddress", "rosa@lucerne.example")
            .json()
    }

    fn redeem(mail: &str) -> String {
        let upn = ext("rosa@lucerne.example");
        let name = format!("UPN: {upn}, Email: {mail}, InvitationId: 1, Source: Mail");
        event("2026-06-04T09:00:00Z", "Redeem external user invite").by(mail).target("User", &name, "").json()
    }

    #[test]
    fn again_and_under_another_address() {
        let again = [invite("Invite external user with reset invitation status")];
        assert_eq!(subjects(&check("U25", &again)), ["rosa@lucerne.example"]);
        let first = invite("Invite external user");
        let other = check("U25", &[first.clone(), redeem("r@lucernegroup.example")]);
        assert_eq!(other.findings.len(), 1);
        assert_eq!(other.findings[0].events.len(), 2);
        assert_eq!(check("U25", &[first, redeem("Rosa@lucerne.example")]).status, Status::Clear);
    }
}
