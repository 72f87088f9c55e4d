//! U05: a guest becomes a member.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U05",
    title: "Guest turned into member",
    level: Level::Medium,
    checks: "A successful Update user that changes UserType from Guest to Member.",
    why: "A member reads the whole directory and falls out of every rule, review and policy for guests.",
    false_positives: &["Companies of one group that are members of each other's tenants.", "Mergers."],
    references: &[
        "Microsoft, security operations for user accounts: guest users converted to members",
        "Azure/Azure-Sentinel, Detections/AuditLogs/UserStatechangedfromGuesttoMember",
        "SigmaHQ/sigma, rules/cloud/azure/audit_logs/azure_guest_to_member.yml",
    ],
    params: &[],
    needs: &[Need::Audit],
    sigma: Some(
        "    selection:\n        properties.message: Update user\n        Status: success\n        TargetResources.modifiedProperties.displayName: UserType\n        TargetResources.modifiedProperties.oldValue|contains: Guest\n        TargetResources.modifiedProperties.newValue|contains: Member\n    condition: selection",
    ),
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let Some(property) = run.facts.property("usertype") else { return };
    let values = run.store.dictionary(Domain::PropertyValue);
    let mut turns: HashMap<(u32, u32), bool> = HashMap::new();
    for event in run.successes(Kind::UpdateUser) {
        let is = |code, word: &str| plain(&values.get(code)).eq_ignore_ascii_case(word);
        let mut turned = |(old, new)| *turns.entry((old, new)).or_insert_with(|| is(old, "guest") && is(new, "member"));
        if !run.facts.change_codes(run.store, event, property).any(&mut turned) {
            continue;
        }
        for person in run.users(event) {
            let sentence = format!(
                "{} was turned from guest into member by {} on {}.",
                run.address(person),
                run.actor_name(event),
                run.when(run.time(event))
            );
            out.add(run.person(person), vec![event], sentence);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn turned_and_turned_back() {
        let update = |old: &str, new: &str| {
            [event("2026-06-16T10:00:00Z", "Update user")
                .by("alex@contoso.example")
                .user(&ext("tess@fabrikam.example"))
                .change("UserType", old, new)
                .json()]
        };
        assert_eq!(subjects(&check("U05", &update("[\"Guest\"]", "[\"Member\"]"))), ["tess@fabrikam.example"]);
        assert_eq!(check("U05", &update("[\"Member\"]", "[\"Guest\"]")).status, Status::Clear);
        assert_eq!(check("U05", &update("[]", "[\"Member\"]")).status, Status::Clear);
    }
}
