//! U19: PIM is switched off, or passed by.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U19",
    title: "PIM alert disabled, or role given outside PIM",
    level: Level::High,
    checks: "A PIM alert is disabled; or a role is given outside of PIM, as PIM itself reports it.",
    why: "Roles that PIM does not see are held for good, without request, approval or end.",
    false_positives: &["Emergency access accounts.", "The first days after PIM was introduced."],
    references: &["Microsoft, governance custom alerts: PIM alerts disabled, role assignments outside PIM"],
    params: &[],
    needs: &[Need::Audit],
    sigma: Some(
        "    selection:\n        properties.message:\n            - Disable PIM alert\n            - Add member to role outside of PIM (permanent)\n        Status: success\n    condition: selection",
    ),
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    for event in run.successes(Kind::PimAlertOff) {
        let alert = run.thing(event, &["other"]);
        let sentence = format!(
            "The PIM alert {alert} was disabled by {} on {}.",
            run.actor_name(event),
            run.when(run.time(event))
        );
        out.add(Subject::thing("alert", &alert), vec![event], sentence);
    }
    for event in run.successes(Kind::RoleOutsidePim) {
        let (role, by, when) = (role_name(run, event), run.actor_name(event), run.when(run.time(event)));
        let person = run.users(event).first().copied();
        let who = person.map_or_else(|| Subject::thing("role", &role), |person| run.person(person));
        let sentence = format!("{} was given the role {role} outside of PIM by {by} on {when}.", who.name);
        out.add(who, vec![event], sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn off_outside_and_inside() {
        let begin = |activity: &str| event("2026-06-12T09:24:00Z", activity).by("hanna@contoso.example").service("PIM");
        let alert = begin("Disable PIM alert").target("Other", "Too many administrators", "");
        assert_eq!(subjects(&check("U19", &[alert.json()])), ["Too many administrators"]);
        let role = |activity: &str| {
            [begin(activity).target("Role", "Helpdesk Administrator", "").user("sven@contoso.example").json()]
        };
        assert_eq!(
            subjects(&check("U19", &role("Add member to role outside of PIM (permanent)"))),
            ["sven@contoso.example"]
        );
        assert_eq!(check("U19", &role("Add member to role in PIM completed (timebound)")).status, Status::Clear);
    }
}
