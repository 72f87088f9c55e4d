//! U06: an account of the tenant is linked to an identity outside.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U06",
    title: "Existing account linked to an outside identity",
    level: Level::Medium,
    checks: "A successful Update user that changes UserPrincipalName from one without #EXT# to one with it.",
    why: "Whoever holds the outside identity then signs in as the existing user, with that user's access.",
    false_positives: &["Inviting internal users to B2B collaboration on purpose."],
    references: &["Azure/Azure-Sentinel, Detections/AuditLogs/SuspiciousLinkingofExternalIdtoExistingUsers"],
    params: &[],
    needs: &[Need::Audit],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let Some(property) = run.facts.property("userprincipalname") else { return };
    let values = run.store.dictionary(Domain::PropertyValue);
    for event in run.successes(Kind::UpdateUser) {
        let text = |(old, new)| (plain(&values.get(old)).into_owned(), plain(&values.get(new)).into_owned());
        let mut changes = run.facts.change_codes(run.store, event, property).map(text);
        let Some((old, new)) = changes.find(|(old, new)| !old.is_empty() && !is_external(old) && is_external(new))
        else {
            continue;
        };
        let subject = run.users(event).first().map_or_else(|| Subject::thing("user", &old), |user| run.person(*user));
        let sentence = format!(
            "The account {old} was linked to the outside identity {} by {} on {}.",
            address(&new),
            run.actor_name(event),
            run.when(run.time(event))
        );
        out.add(subject, vec![event], sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn linked_and_renamed() {
        let update = |old: &str, new: &str| {
            [event("2026-06-16T10:00:00Z", "Update user")
                .by("alex@contoso.example")
                .user_with("carol@contoso.example", "3f0b8b1e-5c2a-4a53-9d0a-4f1f5a3e2b11")
                .change("UserPrincipalName", old, new)
                .json()]
        };
        let found =
            check("U06", &update("[\"carol@contoso.example\"]", "[\"carol_evil.example#EXT#@contoso.example\"]"));
        assert_eq!(found.findings.len(), 1);
        assert!(found.findings[0].sentence.contains("carol@evil.example"), "{}", found.findings[0].sentence);
        assert_eq!(
            check("U06", &update("[\"carol@contoso.example\"]", "[\"c@contoso.example\"]")).status,
            Status::Clear
        );
    }
}
