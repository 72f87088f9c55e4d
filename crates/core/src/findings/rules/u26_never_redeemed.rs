//! U26: invited long ago, never redeemed.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U26",
    title: "Invitation not redeemed",
    level: Level::Low,
    checks: "An invitation without a redemption in the loaded logs, and not Accepted in a loaded export of users, so \
             many days before the end of the loaded data. Guests of a users export that are PendingAcceptance count \
             from their creation.",
    why: "The account exists and waits for anybody who reads that mailbox.",
    false_positives: &["Redemptions in a gap between the logs: without an export of users they are not seen."],
    references: &["KelvinTegelaar/CIPP-API, pull request 1427: a filter on days misses guests who never accepted"],
    params: &[Param::number("days", "Invited, at least", (30, 1, 3650), "days before")],
    needs: &[Need::Days],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    if !run.facts.has_audit && !run.facts.has_users {
        return out.lacking("audit logs or an export of users");
    }
    let limit = run.number("days");
    let Some(end) = crate::files::as_of(run.store).map(|as_of| as_of.moment) else {
        return out.lacking("events or users with times");
    };
    let people = run.store.entities(EntityKind::Person);
    let mut states: HashMap<PersonId, (String, usize)> = HashMap::new();
    for row in people.newest() {
        if people.origin(row) != Origin::Own {
            continue;
        }
        if let Some(person) = run.facts.identity.person_of(row) {
            states.insert(person, (people.text(row, Attribute::InvitationState).into_owned(), row));
        }
    }
    let deleted = run.deleted();
    let mut told: HashSet<PersonId> = HashSet::new();
    for (guest, own) in
        grouped(run.invitations.all.iter().filter_map(|invitation| Some((invitation.guest?, invitation))))
    {
        told.insert(guest);
        let state = states.get(&guest);
        let accepted = state.is_some_and(|(state, _)| state.eq_ignore_ascii_case("Accepted"));
        // The first invitation counts: sending it again does not make the account younger.
        let Some(first) = own[0].time else { continue };
        let redeemed = run.invitations.redemption(run, guest, Some(first)).is_some();
        if accepted || redeemed || deleted.contains_key(&guest) || days(first, end) < limit {
            continue;
        }
        let again =
            if own.len() > 1 { format!(", sent again {}", count(own.len() - 1, "time")) } else { String::new() };
        let known = if state.is_some() {
            "neither the loaded logs nor the export of users know of a redemption"
        } else {
            "the loaded logs have no redemption"
        };
        let sentence = format!(
            "{} was invited by {} {} before the end of the data{again}; {known}.",
            own[0].address,
            run.actor_name(own[0].event),
            length(days(first, end) * DAY)
        );
        let draft = out.add(run.person(guest), own.iter().map(|invitation| invitation.event).collect(), sentence);
        match state {
            Some((_, row)) => draft.rows.push((EntityKind::Person, *row as u32)),
            None => draft.caution = run.facts.uncovered(first, end),
        }
    }
    for (person, (state, row)) in states {
        let created = people.time(row, Attribute::Created);
        let old = created.is_some_and(|created| days(created, end) >= limit);
        if !state.eq_ignore_ascii_case("PendingAcceptance")
            || !old
            || told.contains(&person)
            || deleted.contains_key(&person)
        {
            continue;
        }
        let sentence = format!(
            "{} was created {} before the end of the data and is still PendingAcceptance in the export of users.",
            run.address(person),
            length(days(created.unwrap_or(end), end) * DAY)
        );
        let draft = out.add(run.person(person), Vec::new(), sentence);
        draft.rows.push((EntityKind::Person, row as u32));
        draft.time = created;
    }
    // States come out of a table without an order.
    out.sort();
}

/// Whole days of the calendar.
fn days(from: i64, to: i64) -> i64 {
    to.div_euclid(DAY) - from.div_euclid(DAY)
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    fn invite(mail: &str) -> String {
        event("2026-05-01T09:00:00Z", "Invite external user")
            .by("adele@contoso.example")
            .user(&ext(mail))
            .detail("invitedUserEmailAddress", mail)
            .json()
    }

    fn other(time: &str) -> String {
        event(time, "Update user").by("adele@contoso.example").user("adele@contoso.example").json()
    }

    #[test]
    fn pending_redeemed_young_and_accepted() {
        let eli = ext("eli@fabrikam.example");
        let late = other("2026-06-15T09:00:00Z");
        let found = check("U26", &[invite("eli@fabrikam.example"), late.clone()]);
        assert_eq!(subjects(&found), ["eli@fabrikam.example"]);
        assert!(found.findings[0].sentence.contains("45 days before"), "{}", found.findings[0].sentence);
        let redeemed = event("2026-05-02T09:00:00Z", "Redeem external user invite").by(&eli).user(&eli).json();
        assert_eq!(check("U26", &[invite("eli@fabrikam.example"), redeemed, late.clone()]).status, Status::Clear);
        assert_eq!(
            check("U26", &[invite("eli@fabrikam.example"), other("2026-05-20T09:00:00Z")]).status,
            Status::Clear
        );
        let user = |state: &str| {
            format!(
                r#"{{"value":[{{"id":"3f0b8b1e-5c2a-4a53-9d0a-4f1f5a3e2b11","userPrincipalName":"{eli}","mail":"eli@fabrikam.example","userType":"Guest","createdDateTime":"2026-05-01T09:00:00Z","externalUserState":"{state}"}}]}}"#
            )
        };
        let files = |state: &str| {
            let audit = format!("[{},{late}]", invite("eli@fabrikam.example"));
            [("audit.json", audit), ("users.json", user(state))]
        };
        assert_eq!(check_files("U26", &files("Accepted"), &[]).status, Status::Clear);
        let both = check_files("U26", &files("PendingAcceptance"), &[]);
        assert_eq!(both.findings.len(), 1);
        assert_eq!(both.findings[0].rows.len(), 1);
        let alone = [("audit.json", format!("[{late}]")), ("users.json", user("PendingAcceptance"))];
        assert_eq!(subjects(&check_files("U26", &alone, &[])), ["eli@fabrikam.example"]);
        assert_eq!(check("U26", &[]).status.id(), "lacking");
    }
}
