//! U13: consent by a guest, or for one.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U13",
    title: "Consent by or for a guest",
    level: Level::Medium,
    checks: "A successful consent or delegated permission grant whose actor or target is a guest. One finding per \
             application.",
    why: "A guest who lets an application act for them hands their access in this tenant to its maker.",
    false_positives: &["Applications that every guest has to consent to, such as a portal for partners."],
    references: &[
        "Microsoft, security operations for applications: end-user consent",
        "Application-Insights-Workbooks, App Consent Audit",
    ],
    params: &[],
    needs: &[Need::Audit],
    sigma: Some(
        "    selection:\n        properties.message: Consent to application\n        Status: success\n        InitiatedBy.user.userPrincipalName|contains: '#EXT#'\n    condition: selection",
    ),
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let of_guest = run.successes(Kind::Consent).filter_map(|event| {
        let by = run.actor(event).filter(|actor| run.is_guest(*actor));
        let guest = by.or_else(|| run.guests(event).first().copied())?;
        Some((run.thing(event, &["serviceprincipal", "application"]), (event, guest, by.is_some())))
    });
    for (app, own) in grouped(of_guest) {
        let (event, guest, by) = own[0];
        let scopes = own.iter().find_map(|(event, ..)| {
            run.changed(*event, "DelegatedPermissionGrant.Scope")
                .or_else(|| run.changed(*event, "ConsentAction.Permissions"))
        });
        let sentence = format!(
            "{} for the application {app} on {}{}.",
            if by {
                format!("{}, a guest, consented", run.address(guest))
            } else {
                format!("{} consented for {}, a guest,", run.actor_name(event), run.address(guest))
            },
            run.when(run.time(event)),
            scopes.map_or(String::new(), |scopes| format!(", with {}", scopes.trim())),
        )
        .replace("consented for the application", "consented to the application");
        out.add(Subject::thing("app", &app), own.iter().map(|(event, ..)| *event).collect(), sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn by_a_guest_and_by_a_member() {
        let consent = |by: &str| {
            [event("2026-06-17T10:00:00Z", "Consent to application")
                .by(by)
                .target("ServicePrincipal", "Mail Merge Pro", "")
                .change("ConsentAction.Permissions", "", "\"Mail.Read\"")
                .json()]
        };
        let found = check("U13", &consent(&ext("dana@fabrikam.example")));
        assert_eq!(subjects(&found), ["Mail Merge Pro"]);
        let sentence = &found.findings[0].sentence;
        assert!(
            sentence.starts_with("dana@fabrikam.example, a guest, consented to the application Mail Merge Pro"),
            "{sentence}"
        );
        assert!(sentence.ends_with("with Mail.Read."), "{sentence}");
        assert_eq!(check("U13", &consent("adele@contoso.example")).status, Status::Clear);
    }
}
