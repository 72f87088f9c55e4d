//! U01: somebody who was not seen inviting before invites.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U01",
    title: "First-time inviter",
    level: Level::Medium,
    checks: "The first successful invitation of each inviter in the loaded audit logs. An invitation that has less \
             log before it than the baseline is reported with that caution; one with less than the least log is not \
             judged. With \"returning after\" set, an inviter also counts as new after so many days without an \
             invitation.",
    why: "Whoever takes over an account that may invite uses it to bring in an account of their own.",
    false_positives: &[
        "A new project, a new colleague, a new sponsor: the first invitation is always a first.",
        "The logs begin shortly before: earlier invitations are not in them.",
    ],
    references: &[
        "Azure/Azure-Sentinel, Detections/AuditLogs/GuestUsersInvitedtoTenantbyNewInviters.yaml (14 days)",
        "The source looks back 14 days because its query does; the whole of the loaded logs is looked at here",
    ],
    params: &[
        Param::number("baseline", "Log wanted before the invitation", (14, 1, 365), "days"),
        Param::number("least", "Least log before the invitation", (3, 0, 365), "days"),
        Param::number("returning", "Also new when returning after (0: never)", (0, 0, 365), "days"),
    ],
    needs: &[Need::Audit],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let (baseline, least) = (run.number("baseline") * DAY, run.number("least") * DAY);
    let returning = run.number("returning") * DAY;
    let mut seen: HashMap<Doer, i64> = HashMap::new();
    let mut unjudged = 0;
    for invitation in &run.invitations.all {
        let Some(time) = invitation.time else { continue };
        let inviter = run.doer(invitation.event);
        let before = seen.insert(inviter, time);
        if before.is_some_and(|before| returning == 0 || time - before < returning) {
            continue;
        }
        let covered = run.facts.covered(time - baseline, time);
        if before.is_none() && covered < least {
            unjudged += 1;
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
        if covered < baseline {
            draft.caution = format!(
                "Short baseline: of the {} before, the loaded logs cover {}.",
                length(baseline),
                run.length(covered)
            );
        }
    }
    if unjudged > 0 {
        out.note(format!(
            "Not judged: {}, because the logs begin less than {} before.",
            count(unjudged, "first invitation"),
            length(least)
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
    use super::super::testing::*;

    fn invite(day: &str, by: &str, mail: &str) -> String {
        event(day, "Invite external user").by(by).user(&ext(mail)).detail("invitedUserEmailAddress", mail).json()
    }

    #[test]
    fn a_new_inviter_and_a_known_one() {
        let late = [
            invite("2026-06-01T09:00:00Z", "adele@contoso.example", "a@fabrikam.example"),
            invite("2026-06-20T09:00:00Z", "adele@contoso.example", "b@fabrikam.example"),
            invite("2026-06-20T22:00:00Z", "ivan@contoso.example", "c@fabrikam.example"),
        ];
        let found = check("U01", &late);
        assert_eq!(subjects(&found), ["ivan@contoso.example"]);
        assert_eq!(found.findings[0].caution, "");
        assert_eq!(found.findings[0].events.len(), 1);
        assert!(found.notes[0].contains("Not judged: 1 first invitation"), "{:?}", found.notes);
        let again = check_with("U01", &late, &[("U01.returning", "14")]);
        assert_eq!(subjects(&again), ["adele@contoso.example", "ivan@contoso.example"]);
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
