//! U12: an account that lives less than a day.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U12",
    title: "Short-lived account",
    level: Level::High,
    checks: "An account is deleted within the limit after it was created or invited.",
    why: "Accounts that are needed for some hours only, and then cleared away, are a way to act and leave no owner.",
    false_positives: &["A typing error in an address, put right at once.", "Tests of an automation."],
    references: &[
        "Microsoft, security operations for user accounts: accounts created and deleted in a short time frame",
        "Azure/Azure-Sentinel, Detections/AuditLogs/AccountCreatedandDeletedInShortTimeframe (one day)",
    ],
    params: &[Param::number("hours", "Lived less than", (24, 1, 720), "hours")],
    needs: &[Need::Audit, Need::Hours],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let limit = run.number("hours") * HOUR;
    let mut begun: HashMap<PersonId, Vec<u32>> = HashMap::new();
    for event in run.successes(Kind::AddUser) {
        run.users(event).into_iter().for_each(|person| begun.entry(person).or_default().push(event));
    }
    for invitation in run.invitations.all.iter().filter(|invitation| !invitation.again) {
        invitation.guest.into_iter().for_each(|guest| begun.entry(guest).or_default().push(invitation.event));
    }
    for event in run.successes(Kind::DeleteUser) {
        let Some(deleted) = run.time(event) else { continue };
        for person in run.users(event) {
            let fresh = |begin: &u32| run.time(*begin).is_some_and(|time| (0..limit).contains(&(deleted - time)));
            let mut events: Vec<u32> = begun.get(&person).into_iter().flatten().copied().filter(fresh).collect();
            let Some(time) = events.iter().filter_map(|event| run.time(*event)).min() else { continue };
            events.push(event);
            let sentence = format!(
                "The account {} was created on {} and deleted {} later by {}.",
                run.address(person),
                run.when(Some(time)),
                run.length(deleted - time),
                run.actor_name(event),
            );
            out.add(run.person(person), events, sentence);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn hours_and_days() {
        let story = |deleted: &str| {
            let guest = ext("mallory@evil.example");
            let id = "3f0b8b1e-5c2a-4a53-9d0a-4f1f5a3e2b11";
            let gone = format!("{}{guest}", id.replace('-', ""));
            [
                event("2026-06-10T22:00:00Z", "Add user").by("ivan@contoso.example").user_with(&guest, id).json(),
                event(deleted, "Delete user").by("alex@contoso.example").user_with(&gone, id).json(),
            ]
        };
        let found = check("U12", &story("2026-06-11T09:00:00Z"));
        assert_eq!(subjects(&found), ["mallory@evil.example"]);
        assert!(found.findings[0].sentence.contains("deleted 11 hours later"), "{}", found.findings[0].sentence);
        assert_eq!(check("U12", &story("2026-06-11T22:00:00Z")).status, Status::Clear);
        assert_eq!(subjects(&check_with("U12", &story("2026-06-11T22:00:00Z"), &[("U12.hours", "48")])).len(), 1);
        assert_eq!(check("U12", &story("2026-06-11T09:00:00Z")[1..]).status, Status::Clear);
    }
}
