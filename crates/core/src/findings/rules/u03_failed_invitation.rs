//! U03: invitations that failed.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U03",
    title: "Failed invitation",
    level: Level::Medium,
    checks: "Invitations whose result is not success. One finding per inviter.",
    why: "Somebody without the right to invite has tried, perhaps with an account that is not theirs.",
    false_positives: &["People who do not know that they may not invite.", "Domains that the settings do not allow."],
    references: &["SigmaHQ/sigma, rules/cloud/azure/audit_logs/azure_guest_invite_failure.yml"],
    params: &[Param::number("attempts", "Failed attempts, at least", (1, 1, 1000), "attempts")],
    needs: &[Need::Audit],
    sigma: Some(
        "    selection:\n        properties.message: Invite external user\n        Status: failure\n    condition: selection",
    ),
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let events = run.facts.of_any(run.store, &[Kind::Invite, Kind::InviteAgain]);
    let failed = events.into_iter().filter(|event| !run.facts.succeeded(run.store, *event));
    for (inviter, own) in grouped(failed.map(|event| (run.doer(event), event))) {
        if (own.len() as i64) < run.number("attempts") {
            continue;
        }
        let inviter = run.subject(inviter);
        let mut addresses: Vec<String> = own.iter().map(|event| run.invited_address(*event)).collect();
        addresses.dedup();
        let more = if addresses.len() > 1 { format!(" and {} more", addresses.len() - 1) } else { String::new() };
        let reason = run.store.text(own[0] as usize, Column::ResultReason).trim_end_matches('.').to_owned();
        let reason = if reason.is_empty() { "no reason given".into() } else { reason };
        let sentence = format!(
            "{} failed to invite {}{more}: {} ({reason}).",
            inviter.name,
            addresses[0],
            count(own.len(), "attempt"),
        );
        out.add(inviter, own, sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn failed_and_sent() {
        let invite = |mail: &str| {
            event("2026-06-04T11:00:00Z", "Invite external user")
                .by("megan@contoso.example")
                .detail("invitedUserEmailAddress", mail)
        };
        let failed = [invite("rob@tailspin.example").failed().json(), invite("roy@tailspin.example").failed().json()];
        let found = check("U03", &failed);
        assert_eq!(subjects(&found), ["megan@contoso.example"]);
        assert_eq!(found.findings[0].events.len(), 2);
        assert!(
            found.findings[0].sentence.contains("rob@tailspin.example and 1 more"),
            "{}",
            found.findings[0].sentence
        );
        assert_eq!(check_with("U03", &failed, &[("U03.attempts", "3")]).status, Status::Clear);
        assert_eq!(check("U03", &[invite("rob@tailspin.example").json()]).status, Status::Clear);
    }
}
