//! U01: somebody who was not seen inviting before invites.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U01",
    title: "First-time inviter",
    level: Level::Medium,
    checks: "A successful invitation by somebody who was not seen inviting within the baseline before it: medium for \
             the first one in the loaded audit logs, low for somebody who had invited before that. A first invitation \
             for which the logs cover less than the baseline is reported with that caution; with less than the least \
             log before it, it is not judged. Nor is that of an earlier inviter, unless the logs cover the baseline.",
    why: "Whoever takes over an account that may invite uses it to bring in an account of their own.",
    false_positives: &[
        "A new project, a new colleague, a new sponsor: the first invitation is always a first.",
        "The logs begin shortly before: earlier invitations are not in them.",
    ],
    references: &["Azure/Azure-Sentinel, Detections/AuditLogs/GuestUsersInvitedtoTenantbyNewInviters.yaml (14 days)"],
    params: &[
        Param::number("baseline", "No invitation within", (14, 1, 365), "days"),
        Param::number("least", "Least log before a first invitation", (3, 0, 365), "days"),
    ],
    needs: &[Need::Audit, Need::Days],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let (baseline, least) = (run.number("baseline") * DAY, run.number("least") * DAY);
    let mut seen: HashMap<Doer, i64> = HashMap::new();
    let mut unjudged = [0; 2];
    for invitation in &run.invitations.all {
        let Some(time) = invitation.time else { continue };
        let inviter = run.doer(invitation.event);
        let before = seen.insert(inviter, time);
        if before.is_some_and(|before| time - before <= baseline) {
            continue;
        }
        let covered = run.facts.covered(time - baseline, time);
        // Days without a log may hold the invitation that makes an earlier inviter a known one.
        if covered < if before.is_some() { baseline } else { least } {
            unjudged[usize::from(before.is_some())] += 1;
            continue;
        }
        let inviter = run.subject(inviter);
        let how = match before {
            Some(before) => format!("had not invited anybody for {}", run.length(time - before)),
            None => "was not seen inviting before".into(),
        };
        let sentence =
            format!("{} invited {} on {} and {how}.", inviter.name, invitation.address, run.when(invitation.time));
        let draft = out.add(inviter, vec![invitation.event], sentence);
        if before.is_some() {
            draft.level = Some(Level::Low);
        }
        if covered < baseline {
            draft.caution = format!(
                "Short baseline: of the {} before, the loaded logs cover {}.",
                length(baseline),
                run.length(covered)
            );
        }
    }
    let [first, later] = unjudged;
    if first > 0 {
        let first = count(first, "first invitation");
        out.note(format!("Not judged: {first}, because the logs begin less than {} before.", length(least)));
    }
    if later > 0 {
        let later = count(later, "invitation");
        out.note(format!(
            "Not judged: {later} by somebody who had invited before, because the logs do not cover all of the {} before.",
            length(baseline)
        ));
    }
    if let (Some((from, to)), true) = (run.facts.period, out.is_empty()) {
        let covered = run.facts.covered(from, to);
        if covered < baseline {
            out.note(format!(
                "Short baseline: the audit logs cover {}, the rule wants {}.",
                run.length(covered),
                length(baseline)
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, Level};

    fn invite(day: &str, by: &str, mail: &str) -> String {
        event(day, "Invite external user").by(by).user(&ext(mail)).detail("invitedUserEmailAddress", mail).json()
    }

    #[test]
    fn a_new_inviter_and_one_seen_within_the_baseline() {
        let invitations = [
            invite("2026-06-01T09:00:00Z", "adele@contoso.example", "a@fabrikam.example"),
            invite("2026-06-15T09:00:00Z", "adele@contoso.example", "b@fabrikam.example"),
            invite("2026-06-20T22:00:00Z", "ivan@contoso.example", "c@fabrikam.example"),
        ];
        let found = check("U01", &invitations);
        assert_eq!(subjects(&found), ["ivan@contoso.example"]);
        assert_eq!(found.findings[0].caution, "");
        assert_eq!(found.findings[0].events.len(), 1);
        assert!(found.notes[0].contains("Not judged: 1 first invitation"), "{:?}", found.notes);
    }

    #[test]
    fn one_who_was_last_seen_before_the_baseline_is_new_again() {
        let invitations = [
            invite("2026-06-01T09:00:00Z", "adele@contoso.example", "a@fabrikam.example"),
            invite("2026-06-15T09:00:01Z", "adele@contoso.example", "b@fabrikam.example"),
        ];
        let found = check("U01", &invitations);
        assert_eq!(subjects(&found), ["adele@contoso.example"]);
        assert!(found.findings[0].sentence.contains("had not invited anybody for 14 days"), "{:?}", found.findings[0]);
        assert_eq!(found.findings[0].level, Level::Low);
        assert_eq!(check_with("U01", &invitations, &[("U01.baseline", "15")]).status, Status::Clear);
    }

    #[test]
    fn one_who_came_back_after_days_without_a_log_is_not_judged() {
        let files = [
            ("a.json", format!("[{}]", invite("2026-06-01T09:00:00Z", "adele@contoso.example", "a@fabrikam.example"))),
            ("b.json", format!("[{}]", invite("2026-06-20T09:00:01Z", "adele@contoso.example", "b@fabrikam.example"))),
        ];
        let found = check_files("U01", &files, &[]);
        assert!(found.findings.is_empty());
        assert!(found.notes.iter().any(|note| note.contains("1 invitation by somebody who had")), "{:?}", found.notes);
    }

    #[test]
    fn a_short_baseline_is_said() {
        let short = [
            invite("2026-06-01T09:00:00Z", "adele@contoso.example", "a@fabrikam.example"),
            invite("2026-06-06T22:00:00Z", "ivan@contoso.example", "c@fabrikam.example"),
        ];
        let found = check("U01", &short);
        assert_eq!(subjects(&found), ["ivan@contoso.example"]);
        assert!(found.findings[0].caution.contains("cover 5 days 13 hours"), "{}", found.findings[0].caution);
        assert_eq!(check("U01", &short[..1]).status, Status::Clear);
        assert_eq!(check("U01", &[]).status.id(), "lacking");
    }
}
