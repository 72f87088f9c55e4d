//! U20: users of this tenant sign in to another.

use super::prelude::*;
use crate::arrange::Arrange as _;

pub(super) static RULE: Rule = Rule {
    id: "U20",
    title: "Sign-in to another tenant",
    level: Level::Low,
    checks: "A successful sign-in whose home tenant is this one and whose resource tenant is another. This tenant is \
             the one that most users of the logs sign in to at home. One finding per user.",
    why: "Data leaves with whoever works as a guest elsewhere without being expected to.",
    false_positives: &["Partners' tenants that employees work in. List their tenant IDs."],
    references: &["Microsoft, security operations for user accounts: authentications to other tenants (low)"],
    params: &[Param::list("tenants", "Expected tenants", "")],
    needs: &[Need::SignIns],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let expected = run.list("tenants");
    if run.facts.sign_ins.iter().all(|sign_in| sign_in.tenants.is_none()) {
        return out.lacking("sign-in logs with home tenant and resource tenant");
    }
    let Some(own) = run.facts.tenant.as_deref() else {
        return out.lacking("sign-ins of this tenant's own users, to tell which tenant is this one");
    };
    let away = run.facts.sign_ins.iter().filter(|sign_in| sign_in.code == Some(0)).filter_map(|sign_in| {
        let (home, resource) = sign_in.tenants.as_ref()?;
        let goes = home == own && resource != own && !expected.contains(resource);
        goes.then(|| (run.doer(sign_in.event), (sign_in.event, resource)))
    });
    for (who, own) in grouped(away) {
        let who = run.subject(who);
        let mut tenants: Vec<&str> = own.iter().map(|(_, tenant)| tenant.as_str()).collect();
        tenants.arrange();
        tenants.dedup();
        let sentence = format!(
            "{} signed in {} to {}: {}.",
            who.name,
            count(own.len(), "time"),
            count(tenants.len(), "other tenant"),
            tenants.join(", ")
        );
        out.add(who, own.iter().map(|(event, _)| *event).collect(), sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use serde_json::json;

    #[test]
    fn away_and_at_home() {
        let record = |who: &str, time: &str, resource: &str| {
            let mut value = sign_in(time, who, "Office 365", 0);
            value["homeTenantId"] = json!("aaaaaaaa-0000-4000-8000-000000000001");
            value["resourceTenantId"] = json!(resource);
            value.to_string()
        };
        let home = "aaaaaaaa-0000-4000-8000-000000000001";
        let other = "bbbbbbbb-0000-4000-8000-000000000002";
        let file = |records: &[String]| [("SignIns.json", format!("[{}]", records.join(",")))];
        let at_home = record("adele@contoso.example", "2026-06-01T08:00:00Z", home);
        let away = record("ivan@contoso.example", "2026-06-01T09:00:00Z", other);
        let both = file(&[at_home.clone(), away]);
        assert_eq!(subjects(&check_files("U20", &both, &[])), ["ivan@contoso.example"]);
        assert_eq!(check_files("U20", &both, &[("U20.tenants", other)]).status, Status::Clear);
        assert_eq!(check_files("U20", &file(&[at_home]), &[]).status, Status::Clear);
        assert_eq!(check("U20", &[]).status, Status::Lacking("sign-in logs".into()));
    }
}
