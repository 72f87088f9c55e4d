//! U10: a governed group is joined without an access package.

use super::prelude::*;
use crate::identity::text::Lower as _;

pub(super) static RULE: Rule = Rule {
    id: "U10",
    title: "Governed group joined without an access package",
    level: Level::Medium,
    checks: "Add member to group, not by the application Azure AD Identity Governance - User Management, for a group \
             that is a resource of a loaded access package or on the list of governed groups. One finding per group.",
    why: "The group is meant to be joined by request, approval and expiry; this membership has none of them.",
    false_positives: &["Groups that are shared between packages and other ways in."],
    references: &["Microsoft, governance custom alerts: adding a user to a group outside entitlement management"],
    params: &[GOVERNED_GROUPS],
    needs: &[Need::Audit],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let mut governed: HashSet<String> = run.list("governed-groups").into_iter().collect();
    let resources = run.store.entities(EntityKind::Resource);
    for row in resources.rows() {
        let system = resources.text(row, Attribute::OriginSystem);
        if system.is_empty() || system.eq_ignore_ascii_case("AadGroup") {
            let id = resources.text(row, Attribute::ResourceId).lower();
            governed.extend(Some(id).filter(|id| !id.is_empty()));
        }
    }
    if governed.is_empty() {
        return out.lacking("access packages with their resources, or a list of governed groups");
    }
    let past = run.successes(Kind::AddMember).filter(|event| !run.is_by_governance(*event)).filter_map(|event| {
        let group = group_name(run, event);
        let known = governed.contains(&group.lower()) || governed.contains(&group_id(run, event).lower());
        known.then_some((group, event))
    });
    for (group, own) in grouped(past) {
        let who = run.users(own[0]).first().map_or_else(|| "a member".into(), |person| run.address(*person));
        let more = if own.len() > 1 { format!(" and {} more", count(own.len() - 1, "time")) } else { String::new() };
        let sentence = format!(
            "{} added {who} to the group {group} directly on {}{more}, though access packages give it.",
            run.actor_name(own[0]),
            run.when(run.time(own[0])),
        );
        out.add(Subject::thing("group", &group), own, sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn directly_and_through_a_package() {
        let begin = || event("2026-06-02T10:00:00Z", "Add member to group");
        let end = |builder: Builder| {
            let user =
                builder.user(&ext("dana@fabrikam.example")).change("Group.DisplayName", "", "\"Project Falcon\"");
            [user.target("Group", "Project Falcon", "9d1f").json()]
        };
        let list = [("governed-groups", "project falcon")];
        let direct = end(begin().by("adele@contoso.example"));
        assert_eq!(subjects(&check_with("U10", &direct, &list)), ["Project Falcon"]);
        let governed = end(begin().by_app("Azure AD Identity Governance - User Management"));
        assert_eq!(check_with("U10", &governed, &list).status, Status::Clear);
        assert_eq!(check_with("U10", &direct, &[("governed-groups", "other")]).status, Status::Clear);
        assert_eq!(check("U10", &direct).status.id(), "lacking");
    }
}
