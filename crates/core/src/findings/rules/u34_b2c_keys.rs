//! U34: B2C's identity providers and policy keys.

use super::prelude::*;
use crate::arrange::Arrange as _;

pub(super) static RULE: Rule = Rule {
    id: "U34",
    title: "B2C: identity provider or policy key touched",
    level: Level::High,
    checks: "An identity provider is made, changed or deleted; a policy key is read, made, uploaded, changed or deleted. \
             One finding per actor and day.",
    why: "Whoever adds a provider or holds a key can issue sign-ins for any consumer.",
    false_positives: &["Planned exchange of keys.", "Administrators who open the page of keys in the portal."],
    references: &[
        "Microsoft, security operations for consumer accounts",
        "Microsoft Entra audit activity reference: B2C",
    ],
    params: &[],
    needs: &[Need::Audit, Need::B2c, Need::Days],
    sigma: Some(
        "    selection:\n        properties.message:\n            - Create identity provider\n            - Update identity provider\n            - Delete identity provider\n            - Get policy key\n            - Upload secret into policy key\n            - Upload key to policy key\n            - Upload certificate to policy key\n        Status: success\n    condition: selection",
    ),
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let events = run.facts.of_any(run.store, &[Kind::IdentityProvider, Kind::PolicyKey]);
    let touched = events.into_iter().filter(|event| run.facts.succeeded(run.store, *event)).map(|event| {
        let time = run.time(event).unwrap_or(0);
        ((run.doer(event), (time + run.zone.offset(time)).div_euclid(DAY)), event)
    });
    for ((who, _), own) in grouped(touched) {
        let who = run.subject(who);
        let mut activities: Vec<String> =
            own.iter().map(|event| run.store.text(*event as usize, Column::Activity).into_owned()).collect();
        activities.dedup();
        activities.arrange();
        activities.dedup();
        let sentence = format!("{}: {}, from {}.", who.name, activities.join(", "), run.when(run.time(own[0])));
        out.add(who, own, sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn touched_and_left() {
        let record = |activity: &str, minute: u32| {
            event(&format!("2026-06-10T09:{minute:02}:00Z"), activity).by("alva@contoso.example").service("B2C").json()
        };
        let found = check("U34", &[record("Get policy key", 1), record("Upload secret into policy key", 2)]);
        assert_eq!(subjects(&found), ["alva@contoso.example"]);
        assert_eq!(found.findings[0].events.len(), 2);
        assert_eq!(check("U34", &[record("Get user flow", 1)]).status, Status::Clear);
        assert_eq!(check("U34", &[]).status.id(), "lacking");
    }
}
