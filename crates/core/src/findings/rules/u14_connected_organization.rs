//! U14: a connected organization is made.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U14",
    title: "Connected organization created",
    level: Level::Medium,
    checks: "A successful Create connected organization.",
    why: "Everybody of that organization may then request what policies open to connected organizations.",
    false_positives: &["Partners that were agreed on."],
    references: &["Microsoft, governance custom alerts: creation of a connected organization"],
    params: &[APPROVED_DOMAINS],
    needs: &[Need::Audit],
    sigma: Some(
        "    selection:\n        properties.message: Create connected organization\n        Status: success\n    condition: selection",
    ),
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let approved = run.list("approved-domains");
    for event in run.successes(Kind::AddOrganization) {
        let name = run.thing(event, &["connectedorganization"]);
        // The description ends with the domain or tenant on a line of its own.
        let about = run.detail(event, "description").to_lowercase();
        if about.split_whitespace().any(|word| approved.iter().any(|domain| domain == word)) {
            continue;
        }
        let sentence = format!(
            "{} created the connected organization {name} on {}.",
            run.actor_name(event),
            run.when(run.time(event))
        );
        out.add(Subject::thing("organization", &name), vec![event], sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn made_and_failed() {
        let begin = || {
            event("2026-06-13T10:00:00Z", "Create connected organization")
                .by("alex@contoso.example")
                .target("ConnectedOrganization", "Evil Example", "")
                .detail("Description", "evil.example\n3f0b8b1e-5c2a-4a53-9d0a-4f1f5a3e2b11")
        };
        assert_eq!(subjects(&check("U14", &[begin().json()])), ["Evil Example"]);
        assert_eq!(check("U14", &[begin().failed().json()]).status, Status::Clear);
        let list = [("approved-domains", "evil.example")];
        assert_eq!(check_with("U14", &[begin().json()], &list).status, Status::Clear);
    }
}
