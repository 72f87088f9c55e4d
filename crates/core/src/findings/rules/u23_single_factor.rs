//! U23: a guest reaches a sensitive application with one factor.

use super::prelude::*;
use crate::arrange::Arrange as _;
use crate::identity::text::Lower as _;

pub(super) static RULE: Rule = Rule {
    id: "U23",
    title: "Single-factor sign-in of a guest to a sensitive application",
    level: Level::Low,
    checks: "A successful sign-in of a guest to an application on the list, with the authentication requirement \
             singleFactorAuthentication. One finding per guest.",
    why: "One password is all that stands between the tenant's administration and whoever finds it.",
    false_positives: &["Partners whose multifactor authentication is trusted through cross-tenant access settings."],
    references: &["Microsoft, security operations for user accounts: sign-ins with a single factor (low)"],
    params: &[Param::list("applications", "Sensitive applications", SENSITIVE)],
    needs: &[Need::SignIns],
    sigma: None,
    run: look,
};

/// Microsoft's own portals and tools of administration, by the names in sign-in logs.
const SENSITIVE: &str = "Azure Portal, Microsoft Azure Management, Windows Azure Service Management API, \
                         Microsoft Admin Portals, Microsoft 365 Admin portal, Azure Active Directory PowerShell, \
                         Microsoft Graph Command Line Tools, Graph Explorer, Microsoft Azure CLI, \
                         Microsoft Azure PowerShell, Microsoft Exchange Online Remote PowerShell";

fn look(run: &Run, out: &mut Out) {
    if run.facts.sign_ins.iter().all(|sign_in| sign_in.single_factor.is_none()) {
        return out.lacking("sign-in logs with the authentication requirement");
    }
    let list = run.list("applications");
    let names = run.store.dictionary(Domain::Principal);
    let mut sensitive: HashMap<u32, bool> = HashMap::new();
    let found = run.facts.sign_ins.iter().filter_map(|sign_in| {
        let is_one = sign_in.code == Some(0) && sign_in.single_factor == Some(true);
        let guest = sign_in.person.filter(|person| is_one && run.is_guest(*person))?;
        let app = sign_in.app;
        let listed = *sensitive.entry(app).or_insert_with(|| list.contains(&names.get(app).lower()));
        listed.then_some((guest, (sign_in.event, app)))
    });
    for (guest, own) in grouped(found) {
        let mut apps: Vec<String> = own.iter().map(|(_, app)| names.get(*app).into_owned()).collect();
        apps.arrange();
        apps.dedup();
        let sentence = format!(
            "{} signed in to {} with a single factor, {}, first on {}.",
            run.address(guest),
            apps.join(", "),
            count(own.len(), "time"),
            run.when(run.time(own[0].0))
        );
        out.add(run.person(guest), own.iter().map(|(event, _)| *event).collect(), sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use serde_json::json;

    #[test]
    fn one_factor_and_two() {
        let file = |app: &str, requirement: &str| {
            let mut value = sign_in("2026-06-01T08:00:00Z", &ext("dana@fabrikam.example"), app, 0);
            value["authenticationRequirement"] = json!(requirement);
            [("SignIns.json", format!("[{value}]"))]
        };
        let one = "singleFactorAuthentication";
        assert_eq!(subjects(&check_files("U23", &file("Azure Portal", one), &[])), ["dana@fabrikam.example"]);
        assert_eq!(check_files("U23", &file("Azure Portal", "multiFactorAuthentication"), &[]).status, Status::Clear);
        assert_eq!(check_files("U23", &file("Partner Portal", one), &[]).status, Status::Clear);
        let own = [("U23.applications", "partner portal")];
        assert_eq!(check_files("U23", &file("Partner Portal", one), &own).findings.len(), 1);
    }
}
