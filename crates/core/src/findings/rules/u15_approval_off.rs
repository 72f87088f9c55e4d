//! U15: an assignment policy without approval.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U15",
    title: "Assignment policy without approval",
    level: Level::Medium,
    checks: "An assignment policy is created with IsApprovalRequiredForAdd False, or an update sets it to False (from \
             anything but False).",
    why: "Whoever may request the access package then gets it without anybody's yes.",
    false_positives: &["Packages that everybody is meant to have, or that only administrators assign."],
    references: &[
        "Microsoft, entitlement management logs and reporting (IsApprovalRequiredForAdd)",
        "Microsoft, governance custom alerts: policy changes",
    ],
    params: &[],
    needs: &[Need::Audit],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let is_off = |value: &str| value.eq_ignore_ascii_case("false");
    for event in run.facts.of_any(run.store, &[Kind::AddPolicy, Kind::UpdatePolicy]) {
        if !run.facts.succeeded(run.store, event) {
            continue;
        }
        let changes = run.facts.changes(run.store, event, "isapprovalrequiredforadd");
        let is_new = run.facts.of(Kind::AddPolicy).contains(&event);
        let off = match changes.first() {
            Some((old, new)) => is_off(new) && !is_off(old),
            // An update that tells only of the value may have left it as it was.
            None => is_off(&run.detail(event, "isapprovalrequiredforadd")) && is_new,
        };
        if !off {
            continue;
        }
        let policy = run.thing(event, &["accesspackageassignmentpolicy"]);
        let package = run.target_name(event, &["accesspackage"]);
        let of = package.map_or(String::new(), |package| format!(" of {package}"));
        let how = if is_new { "created without approval" } else { "changed to need no approval any more" };
        let sentence = format!(
            "The assignment policy {policy}{of} was {how} by {} on {}.",
            run.actor_name(event),
            run.when(run.time(event))
        );
        out.add(Subject::thing("policy", &policy), vec![event], sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn off_on_and_as_before() {
        let update = |old: &str, new: &str| {
            [event("2026-06-13T10:05:00Z", "Update access package assignment policy")
                .by("alex@contoso.example")
                .target("AccessPackageAssignmentPolicy", "Partners - all", "")
                .change("IsApprovalRequiredForAdd", old, new)
                .target("AccessPackage", "Partner Portal", "")
                .json()]
        };
        let found = check("U15", &update("\"True\"", "\"False\""));
        assert_eq!(subjects(&found), ["Partners - all"]);
        assert!(found.findings[0].sentence.contains("of Partner Portal was changed"), "{}", found.findings[0].sentence);
        assert_eq!(check("U15", &update("\"False\"", "\"True\"")).status, Status::Clear);
        assert_eq!(check("U15", &update("\"False\"", "\"False\"")).status, Status::Clear);
        let create = event("2026-06-13T10:05:00Z", "Create access package assignment policy")
            .by("alex@contoso.example")
            .target("AccessPackageAssignmentPolicy", "Open", "")
            .detail("IsApprovalRequiredForAdd", "False");
        assert_eq!(subjects(&check("U15", &[create.json()])), ["Open"]);
    }
}
