//! U35: invitations and approvals at odd hours.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U35",
    title: "Invitation or approval outside working hours",
    level: Level::Low,
    checks: "A person's successful invitation, or approval of a request, before the first or from the last working \
             hour on, or on Saturday or Sunday, in the time zone that the page shows. One finding per person.",
    why: "Accounts that were taken over are used when their owners sleep.",
    false_positives: &[
        "Colleagues in other time zones.",
        "A page that shows another zone than the administrators live in.",
    ],
    references: &["Microsoft, security operations for user accounts: activity outside of working hours"],
    params: &[
        Param::number("from", "Working day begins", (6, 0, 23), "o'clock"),
        Param::number("to", "Working day ends", (20, 1, 24), "o'clock"),
        Param::number("weekend", "Saturday and Sunday count as off (0: no, 1: yes)", (1, 0, 1), ""),
    ],
    needs: &[Need::Audit, Need::Hours],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let (from, to, weekend) = (run.number("from"), run.number("to"), run.number("weekend") == 1);
    let events = run.facts.of_any(run.store, &[Kind::Invite, Kind::InviteAgain, Kind::Approve]);
    let off = events.into_iter().filter_map(|event| {
        let who = run.actor(event).filter(|_| run.facts.succeeded(run.store, event))?;
        let time = run.time(event)?;
        let local = time + run.zone.offset(time);
        // 1 January 1970 was a Thursday; 0 is Monday.
        let (hour, weekday) = (local.rem_euclid(DAY) / HOUR, (local.div_euclid(DAY) + 3).rem_euclid(7));
        let is_off = hour < from || hour >= to || (weekend && weekday >= 5);
        is_off.then_some((who, event))
    });
    for (who, own) in grouped(off) {
        let who = run.person(who);
        let sentence = format!(
            "{} invited or approved {} outside working hours, first on {}.",
            who.name,
            count(own.len(), "time"),
            run.when(run.time(own[0]))
        );
        out.add(who, own, sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn at_night_by_day_and_on_sunday() {
        let invite = |time: &str| {
            [event(time, "Invite external user")
                .by("ivan@contoso.example")
                .detail("invitedUserEmailAddress", "a@fabrikam.example")
                .json()]
        };
        assert_eq!(subjects(&check("U35", &invite("2026-06-10T22:00:00Z"))), ["ivan@contoso.example"]);
        assert_eq!(check("U35", &invite("2026-06-10T12:00:00Z")).status, Status::Clear);
        let sunday = invite("2026-06-14T12:00:00Z");
        assert_eq!(subjects(&check("U35", &sunday)), ["ivan@contoso.example"]);
        assert_eq!(check_with("U35", &sunday, &[("U35.weekend", "0")]).status, Status::Clear);
    }

    #[test]
    fn times_of_whole_days_are_no_working_hours() {
        let invite = |day: u32| {
            let address = format!("a{day}@fabrikam.example");
            event(&format!("2026-06-{day:02}T00:00:00Z"), "Invite external user")
                .by("ivan@contoso.example")
                .user(&ext(&address))
                .detail("invitedUserEmailAddress", &address)
                .json()
        };
        let rounded: Vec<_> = (1..=25).map(invite).collect();
        for rule in ["U07", "U12", "U35"] {
            let status = check(rule, &rounded).status;
            assert!(matches!(&status, Status::Lacking(what) if what.contains("rounded")), "{rule} {status:?}");
        }
        assert_eq!(check("U01", &rounded).status.id(), "clear");
    }
}
