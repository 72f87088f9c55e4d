//! U18: cross-tenant access is opened.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U18",
    title: "Cross-tenant access changed",
    level: Level::Medium,
    checks: "A partner is added to the cross-tenant access settings; an inbound setting of a partner or of the \
             default is changed; synchronization from a partner is switched on.",
    why: "These settings decide whose users come in, and whose multifactor authentication is believed.",
    false_positives: &["Partners that were agreed on. List their domains, or mark the finding as expected."],
    references: &[
        "Microsoft, governance custom alerts: cross-tenant access settings",
        "Azure/Azure-Sentinel, Detections/AuditLogs, the Cross-tenant rules",
    ],
    params: &[],
    needs: &[Need::Audit],
    sigma: Some(
        "    selection:\n        properties.message:\n            - Add a partner to cross-tenant access setting\n            - Add a domain-based partner to cross-tenant access setting\n        Status: success\n    condition: selection",
    ),
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    for event in run.facts.of_any(run.store, &[Kind::AddPartner, Kind::UpdatePartner, Kind::SyncSetting]) {
        if !run.facts.succeeded(run.store, event) {
            continue;
        }
        let changes = run.facts.all_changes(run.store, event);
        let what = if run.facts.of(Kind::AddPartner).contains(&event) {
            "was added to the cross-tenant access settings".to_owned()
        } else if run.facts.of(Kind::SyncSetting).contains(&event) {
            let on = changes.iter().any(|(name, old, new)| {
                let all = format!("{name} {new}").to_lowercase();
                let was = format!("{name} {old}").to_lowercase();
                let is_on = |text: &str| text.contains("issyncallowed") && text.contains("true");
                is_on(&all) && !is_on(&was)
            });
            if !on {
                continue;
            }
            "may now synchronize its users into this tenant".to_owned()
        } else {
            let inbound: Vec<&str> = changes
                .iter()
                .filter(|(name, old, new)| name.contains("inbound") && old != new)
                .map(|(name, ..)| name.as_str())
                .collect();
            if inbound.is_empty() {
                continue;
            }
            format!("has other inbound settings now ({})", inbound.join(", "))
        };
        let partner = run.changed(event, "tenantId").filter(|_| run.target_name(event, &["policy"]).is_none());
        let partner = partner.unwrap_or_else(|| run.thing(event, &["policy"]));
        let sentence = format!("{partner} {what}, by {} on {}.", run.actor_name(event), run.when(run.time(event)));
        out.add(Subject::thing("partner", &partner), vec![event], sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn opened_and_left() {
        let begin = |activity: &str, name: &str, old: &str, new: &str| {
            [event("2026-06-04T07:52:00Z", activity)
                .by("bruno@contoso.example")
                .target("Policy", "Relecloud", "")
                .change(name, old, new)
                .json()]
        };
        let add = begin(
            "Add a partner to cross-tenant access setting",
            "tenantId",
            "",
            "3f0b8b1e-5c2a-4a53-9d0a-4f1f5a3e2b11",
        );
        assert_eq!(subjects(&check("U18", &add)), ["Relecloud"]);
        let update = "Update a partner cross-tenant access setting";
        let inbound =
            begin(update, "b2bCollaborationInbound", "{}", "{\"usersAndGroups\":{\"accessType\":\"allowed\"}}");
        assert!(check("U18", &inbound).findings[0].sentence.contains("inbound settings now"));
        assert_eq!(check("U18", &begin(update, "b2bCollaborationOutbound", "{}", "{\"a\":1}")).status, Status::Clear);
        let sync = "Update a partner cross-tenant identity sync setting";
        let on = begin(sync, "userSyncInbound", "{\"isSyncAllowed\":false}", "{\"isSyncAllowed\":true}");
        assert_eq!(check("U18", &on).findings.len(), 1);
        let off = begin(sync, "userSyncInbound", "{\"isSyncAllowed\":true}", "{\"isSyncAllowed\":false}");
        assert_eq!(check("U18", &off).status, Status::Clear);
    }
}
