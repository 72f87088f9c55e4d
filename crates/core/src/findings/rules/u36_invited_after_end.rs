//! U36: invited again after being deleted or denied.

use super::prelude::*;
use crate::identity::text::Lower as _;

pub(super) static RULE: Rule = Rule {
    id: "U36",
    title: "Invited again after deletion or denial",
    level: Level::Medium,
    checks: "An address is invited after an account with the same address was deleted in the loaded logs, or after a \
             decision Deny of a loaded review about it.",
    why: "Somebody decided that this guest should go; somebody else brought them back.",
    false_positives: &["A new project with a former partner.", "An account deleted by mistake."],
    references: &["This product's own rule"],
    params: &[],
    needs: &[Need::Audit],
    sigma: None,
    run: look,
};

/// When somebody was to go: with the event of a deletion, or the row of a decision.
type End = (i64, Option<u32>, Option<usize>);

fn look(run: &Run, out: &mut Out) {
    let mut ended: HashMap<String, Vec<End>> = HashMap::new();
    for event in run.successes(Kind::DeleteUser) {
        let Some(time) = run.time(event) else { continue };
        for target in run.store.targets_of(event as usize) {
            let upn = run.store.target_text(target, crate::model::TargetColumn::Upn);
            if is_external(&upn) {
                ended.entry(address(&upn)).or_default().push((time, Some(event), None));
            } else if let Some(person) = run.facts.identity.target(target).filter(|person| run.is_guest(*person)) {
                ended.entry(run.address(person).lower()).or_default().push((time, Some(event), None));
            }
        }
    }
    let decisions = run.store.entities(EntityKind::Decision);
    for row in decisions.newest() {
        let deny = decisions.text(row, Attribute::Decision).eq_ignore_ascii_case("Deny");
        let person = super::u29_denied_still_there::decided(run, row).filter(|_| deny);
        if let (Some(person), Some(time)) = (person, decisions.time(row, Attribute::Reviewed)) {
            ended.entry(run.address(person).lower()).or_default().push((time, None, Some(row)));
        }
    }
    for invitation in &run.invitations.all {
        let (Some(time), Some(ends)) = (invitation.time, ended.get(&invitation.address)) else { continue };
        let Some((end, event, row)) = ends.iter().filter(|(end, ..)| *end < time).max_by_key(|(end, ..)| *end) else {
            continue;
        };
        let what = if event.is_some() { "deleted" } else { "denied in a review" };
        let sentence = format!(
            "{} was invited again by {} on {}, {} after being {what}.",
            invitation.address,
            run.actor_name(invitation.event),
            run.when(invitation.time),
            run.length(time - end)
        );
        let guest = invitation.guest.map_or_else(|| Subject::thing("address", &invitation.address), |g| run.person(g));
        let draft = out.add(guest, event.iter().copied().chain([invitation.event]).collect(), sentence);
        draft.rows.extend(row.map(|row| (EntityKind::Decision, row as u32)));
        draft.time = Some(time);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn again_and_for_the_first_time() {
        let paul = ext("paul@proseware.example");
        let id = "3f0b8b1e-5c2a-4a53-9d0a-4f1f5a3e2b11";
        let gone = event("2026-05-13T11:00:00Z", "Delete user")
            .by("alva@contoso.example")
            .user_with(&format!("{}{paul}", id.replace('-', "")), id)
            .json();
        let invite = |time: &str| {
            event(time, "Invite external user")
                .by("clara@contoso.example")
                .user_with(&paul, "4f0b8b1e-5c2a-4a53-9d0a-4f1f5a3e2b22")
                .detail("invitedUserEmailAddress", "paul@proseware.example")
                .json()
        };
        let found = check("U36", &[gone.clone(), invite("2026-06-03T09:10:00Z")]);
        assert_eq!(found.findings.len(), 1);
        assert!(found.findings[0].sentence.contains("after being deleted"), "{}", found.findings[0].sentence);
        assert_eq!(found.findings[0].events.len(), 2);
        assert_eq!(check("U36", &[invite("2026-05-03T09:10:00Z"), gone]).status, Status::Clear);
    }
}
