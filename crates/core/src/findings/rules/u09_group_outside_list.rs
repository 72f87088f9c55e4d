//! U09: a guest in a group that is not on the reader's list.

use super::prelude::*;
use crate::arrange::Arrange as _;
use crate::identity::text::Lower as _;

pub(super) static RULE: Rule = Rule {
    id: "U09",
    title: "Guest added to a group that is not approved",
    level: Level::High,
    checks: "A guest is added, as member or owner, to a group whose name or object ID is not on the list of approved \
             groups. One finding per group.",
    why: "Groups carry access to sites, teams and applications that was not meant for guests.",
    false_positives: &["A list that was not kept up to date."],
    references: &[
        "Azure/Azure-Sentinel, Detections/AuditLogs/GuestAccountsAddedinAADGroupsOtherThanTheOnesSpecified",
        "As published, its last line compares a column with itself (GroupID != GroupID) and never fires",
    ],
    params: &[APPROVED_GROUPS],
    needs: &[Need::Audit],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let approved = run.list("approved-groups");
    if approved.is_empty() {
        return out.lacking("a list of approved groups");
    }
    let events = run.facts.of_any(run.store, &[Kind::AddMember, Kind::AddOwner]);
    let outside = events.into_iter().filter(|event| run.facts.succeeded(run.store, *event)).filter_map(|event| {
        let guests = run.guests(event);
        let group = group_name(run, event);
        let listed = approved.contains(&group.lower()) || approved.contains(&group_id(run, event).lower());
        (!guests.is_empty() && !listed).then_some((group, (event, guests)))
    });
    for (group, own) in grouped(outside) {
        let mut guests: Vec<String> =
            own.iter().flat_map(|(_, guests)| guests).map(|guest| run.address(*guest)).collect();
        guests.arrange();
        guests.dedup();
        let more = if guests.len() > 1 { format!(" and {} more", guests.len() - 1) } else { String::new() };
        let sentence = format!(
            "{}{more} came into the group {group}, which is not on the list of approved groups, first by {} on {}.",
            guests[0],
            run.actor_name(own[0].0),
            run.when(run.time(own[0].0))
        );
        out.add(Subject::thing("group", &group), own.iter().map(|(event, _)| *event).collect(), sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn on_the_list_and_not() {
        let join = |group: &str, who: &str, activity: &str| {
            event("2026-06-02T10:00:00Z", activity)
                .by("adele@contoso.example")
                .user(who)
                .change("Group.DisplayName", "", &format!("\"{group}\""))
                .target("Group", group, "9d1f")
                .json()
        };
        let guest = ext("dana@fabrikam.example");
        let records = [
            join("Project Falcon", &guest, "Add member to group"),
            join("Finance", &guest, "Add owner to group"),
            join("Finance", "adele@contoso.example", "Add member to group"),
        ];
        let list = [("approved-groups", "project falcon")];
        let found = check_with("U09", &records, &list);
        assert_eq!(subjects(&found), ["Finance"]);
        assert_eq!(found.findings[0].events.len(), 1);
        assert_eq!(check_with("U09", &records[2..], &list).status, Status::Clear);
        assert_eq!(check("U09", &records).status.id(), "lacking");
    }
}
