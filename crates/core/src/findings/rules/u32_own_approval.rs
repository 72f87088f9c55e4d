//! U32: approved by whom it benefits, or assigned past the approval.

use super::prelude::*;
use crate::{entitlement::requests::Decision, model::TargetColumn};

pub(super) static RULE: Rule = Rule {
    id: "U32",
    title: "Own approval, or assignment past the approval",
    level: Level::Medium,
    checks: "A request is approved by the person it is for; or an administrator directly assigns a package although \
             the policy named in the record, or every loaded policy of the package, requires approval.",
    why: "The second pair of eyes is the same pair, or was walked around.",
    false_positives: &["Direct assignments at the start of a project, agreed on outside of the tool."],
    references: &["Activities of Microsoft's entitlement management logs (seed pages of this product's sources)"],
    params: &[],
    needs: &[Need::Audit],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    for request in run.requests.list.iter().filter(|request| request.decision == Some(Decision::Approved)) {
        let Some(subject) = run.party(request.receiver) else { continue };
        if !request.approvers.iter().any(|approver| run.party(*approver) == Some(subject)) {
            continue;
        }
        let package =
            if request.package.is_unknown() { "an access package".into() } else { request.package.name(run.store) };
        let sentence = format!(
            "{} approved the own request for {package} on {}.",
            run.address(subject),
            run.when(request.decided)
        );
        out.add(run.person(subject), request.events.iter().map(|(event, _)| *event).collect(), sentence);
    }
    let policies = run.store.entities(EntityKind::Policy);
    let requires: Vec<(String, String, bool)> = policies
        .newest()
        .into_iter()
        .filter_map(|row| {
            let required = policies.flag(row, Attribute::ApprovalRequired)?;
            let text = |attribute| policies.text(row, attribute).to_lowercase();
            Some((text(Attribute::Id), text(Attribute::PackageId), required))
        })
        .collect();
    if requires.is_empty() && !run.facts.of(Kind::DirectAssign).is_empty() {
        out.note(
            "Direct assignments are not judged: no export of assignment policies says whether approval is required."
                .into(),
        );
    }
    let past = run.successes(Kind::DirectAssign).filter(|event| is_past_approval(run, *event, &requires));
    for (who, own) in grouped(past.map(|event| (run.actor_subject(event), event))) {
        let to = run.users(own[0]).first().map_or_else(|| "somebody".into(), |person| run.address(*person));
        let package = run.thing(own[0], &["accesspackage"]);
        let more = if own.len() > 1 { format!(" and {} more", own.len() - 1) } else { String::new() };
        let sentence = format!(
            "{} directly assigned {package} to {to} on {}{more}, though the policies require approval.",
            who.name,
            run.when(run.time(own[0])),
        );
        out.add(who, own, sentence);
    }
}

/// Whether the policy that a direct assignment names, or every policy of its package, requires approval.
fn is_past_approval(run: &Run, event: u32, requires: &[(String, String, bool)]) -> bool {
    let ids: Vec<String> = run
        .store
        .targets_of(event as usize)
        .map(|target| run.store.target_text(target, TargetColumn::Id).to_lowercase())
        .filter(|id| !id.is_empty())
        .collect();
    if let Some((.., required)) = requires.iter().find(|(policy, ..)| ids.contains(policy)) {
        return *required;
    }
    let mut of_package = requires.iter().filter(|(_, package, _)| ids.contains(package)).peekable();
    of_package.peek().is_some() && of_package.all(|(.., required)| *required)
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use serde_json::json;

    #[test]
    fn own_and_others() {
        let approve = |by: &str| {
            [event("2026-06-06T14:01:00Z", "Approve access package assignment request")
                .by(by)
                .target("AccessPackage", "Partner Portal", "p1")
                .user(&ext("nora@woodgrove.example"))
                .correlated("c1")
                .json()]
        };
        assert_eq!(subjects(&check("U32", &approve(&ext("nora@woodgrove.example")))), ["nora@woodgrove.example"]);
        assert_eq!(check("U32", &approve("megan@contoso.example")).status, Status::Clear);
    }

    #[test]
    fn assigned_past_the_approval() {
        let assign = event("2026-06-09T08:00:00Z", "Administrator directly assigns user to access package")
            .by("alex@contoso.example")
            .target("AccessPackage", "Build Farm", "aaaaaaaa-0000-4000-8000-000000000001")
            .user(&ext("quinn@woodgrove.example"))
            .json();
        let files = |required: bool| {
            let policy = json!({"id": "bbbbbbbb-0000-4000-8000-000000000002", "displayName": "External",
                "allowedTargetScope": "allExternalUsers", "requestApprovalSettings": {"isApprovalRequiredForAdd": required, "stages": []},
                "accessPackage": {"id": "aaaaaaaa-0000-4000-8000-000000000001", "displayName": "Build Farm"}});
            let page = json!({"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignmentPolicies", "value": [policy]});
            [("audit.json", format!("[{assign}]")), ("policies.json", page.to_string())]
        };
        let found = check_files("U32", &files(true), &[]);
        assert_eq!(subjects(&found), ["alex@contoso.example"]);
        assert_eq!(check_files("U32", &files(false), &[]).status, Status::Clear);
        assert!(check("U32", std::slice::from_ref(&assign)).notes[0].contains("not judged"));
    }
}
