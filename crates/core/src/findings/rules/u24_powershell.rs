//! U24: a guest who was just invited uses directory PowerShell.

use super::prelude::*;
use crate::identity::text::Lower as _;

pub(super) static RULE: Rule = Rule {
    id: "U24",
    title: "Directory PowerShell soon after the invitation",
    level: Level::Medium,
    checks: "A successful sign-in of a guest to a listed application within the limit after the guest was invited.",
    why: "Guests who open a document do not start PowerShell; whoever lists the directory does.",
    false_positives: &["Partners that administer the tenant."],
    references: &["Azure/Azure-Sentinel: external guest invitation followed by Azure AD PowerShell signin (one day)"],
    params: &[
        Param::number("hours", "After the invitation, within", (24, 1, 720), "hours"),
        Param::list(
            "applications",
            "Applications",
            "Azure Active Directory PowerShell, Microsoft Graph Command Line Tools, Microsoft Graph PowerShell, \
             Azure AD PowerShell",
        ),
    ],
    needs: &[Need::Audit, Need::SignIns, Need::Hours],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let (limit, list) = (run.number("hours") * HOUR, run.list("applications"));
    let names = run.store.dictionary(Domain::Principal);
    let mut listed: HashMap<u32, bool> = HashMap::new();
    let mut told: HashSet<u32> = HashSet::new();
    for sign_in in run.facts.sign_ins.iter().filter(|sign_in| sign_in.code == Some(0)) {
        let app = sign_in.app;
        if !*listed.entry(app).or_insert_with(|| list.contains(&names.get(app).lower())) {
            continue;
        }
        let (Some(guest), Some(time)) = (sign_in.person, run.time(sign_in.event)) else { continue };
        let fresh = |invitation: &&Invitation| invitation.time.is_some_and(|sent| (0..=limit).contains(&(time - sent)));
        let Some(invitation) = run.invitations.of(guest).rfind(fresh) else { continue };
        if !told.insert(invitation.event) {
            continue;
        }
        let sentence = format!(
            "{} signed in to {} {} after being invited by {}.",
            run.address(guest),
            names.get(app),
            run.length(time - invitation.time.unwrap_or(time)),
            run.actor_name(invitation.event)
        );
        out.add(run.person(guest), vec![invitation.event, sign_in.event], sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn soon_and_late() {
        let guest = ext("mika@nightowl.example");
        let invite = event("2026-06-16T19:42:00Z", "Invite external user")
            .by("tobias@contoso.example")
            .user(&guest)
            .detail("invitedUserEmailAddress", "mika@nightowl.example")
            .json();
        let files = |time: &str, app: &str| {
            [("audit.json", format!("[{invite}]")), ("SignIns.json", format!("[{}]", sign_in(time, &guest, app, 0)))]
        };
        let soon = files("2026-06-16T20:03:00Z", "Azure Active Directory PowerShell");
        let found = check_files("U24", &soon, &[]);
        assert_eq!(subjects(&found), ["mika@nightowl.example"]);
        assert_eq!(found.findings[0].events.len(), 2);
        let late = files("2026-06-18T20:03:00Z", "Azure Active Directory PowerShell");
        assert_eq!(check_files("U24", &late, &[]).status, Status::Clear);
        assert_eq!(check_files("U24", &files("2026-06-16T20:03:00Z", "Office 365"), &[]).status, Status::Clear);
        assert_eq!(check_files("U24", &soon[..1], &[]).status, Status::Lacking("sign-in logs".into()));
    }
}
