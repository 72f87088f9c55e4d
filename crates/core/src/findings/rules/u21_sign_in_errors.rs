//! U21: guests' sign-ins fail in ways that point to an attack.

use super::prelude::*;
use crate::arrange::Arrange as _;

pub(super) static RULE: Rule = Rule {
    id: "U21",
    title: "Sign-in errors of guests",
    level: Level::Medium,
    checks: "Sign-ins of one guest that fail with the listed error codes, at least so many within a day; and, as one \
             high finding, so many guests with the same code within a day.",
    why: "50126 is a wrong password, 50053 a locked account, 500121, 50074, 50097, 50155 and 50158 a factor that was \
          not given, 53003 a refusal by Conditional Access, 50057 a disabled account: what guessing and stolen \
          passwords look like.",
    false_positives: &["People who forget passwords.", "A new policy on the day it is switched on."],
    references: &["Microsoft, security operations for user accounts: sign-in failures (alone medium, pattern high)"],
    params: &[
        Param::list("codes", "Error codes", "50126, 50053, 500121, 50074, 50097, 50155, 50158, 53003, 50057"),
        Param::number("failures", "Failures of one guest within a day, at least", (3, 1, 1000), "sign-ins"),
        Param::number("guests", "Guests with the same code within a day, at least", (5, 2, 1000), "guests"),
    ],
    needs: &[Need::SignIns, Need::Hours],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let codes: HashSet<u32> = run.list("codes").iter().filter_map(|code| code.parse().ok()).collect();
    let failed: Vec<(u32, PersonId, u32, i64)> = run
        .facts
        .sign_ins
        .iter()
        .filter_map(|sign_in| {
            let code = sign_in.code.filter(|code| codes.contains(code))?;
            let guest = sign_in.person.filter(|person| run.is_guest(*person))?;
            Some((sign_in.event, guest, code, run.time(sign_in.event)?))
        })
        .collect();
    let least = run.number("failures") as usize;
    for (guest, own) in grouped(failed.iter().map(|failure| (failure.1, failure))) {
        // Most failures within any 24 hours: the window slides over the failures in the order of time.
        let (mut from, mut best) = (0, 0..0);
        for to in 0..own.len() {
            while own[to].3 - own[from].3 >= DAY {
                from += 1;
            }
            if to + 1 - from > best.len() {
                best = from..to + 1;
            }
        }
        if best.len() < least {
            continue;
        }
        let inside = &own[best];
        let mut seen: Vec<String> = inside.iter().map(|failure| failure.2.to_string()).collect();
        seen.arrange();
        seen.dedup();
        let sentence = format!(
            "Sign-ins of {} failed {} within a day from {} (error {}).",
            run.address(guest),
            count(inside.len(), "time"),
            run.when(Some(inside[0].3)),
            seen.join(", ")
        );
        out.add(run.person(guest), inside.iter().map(|failure| failure.0).collect(), sentence);
    }
    let by_day = failed.iter().map(|failure| {
        let day = (failure.3 + run.zone.offset(failure.3)).div_euclid(DAY);
        ((failure.2, day), failure)
    });
    for ((code, _), own) in grouped(by_day) {
        let guests: HashSet<PersonId> = own.iter().map(|failure| failure.1).collect();
        if (guests.len() as i64) < run.number("guests") {
            continue;
        }
        let sentence = format!(
            "Error {code} in sign-ins of {} on one day, from {}.",
            count(guests.len(), "guest"),
            run.when(Some(own[0].3))
        );
        let subject = Subject::thing("error", &format!("Error {code}"));
        out.add(subject, own.iter().map(|failure| failure.0).collect(), sentence).level = Some(Level::High);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use crate::findings::Level;

    fn file(records: &[(String, &str, u32)]) -> [(&'static str, String); 1] {
        let all: Vec<String> =
            records.iter().map(|(who, time, code)| sign_in(time, who, "Office 365", *code).to_string()).collect();
        [("SignIns.json", format!("[{}]", all.join(",")))]
    }

    #[test]
    fn one_guest_and_a_pattern() {
        let dana = ext("dana@fabrikam.example");
        let three = |code| {
            let times = ["2026-06-01T08:00:00Z", "2026-06-01T08:01:00Z", "2026-06-02T07:59:00Z"];
            times.map(|time| (dana.clone(), time, code))
        };
        let found = check_files("U21", &file(&three(50126)), &[]);
        assert_eq!(subjects(&found), ["dana@fabrikam.example"]);
        assert_eq!(found.findings[0].level, Level::Medium);
        assert_eq!(check_files("U21", &file(&three(50126)[..2]), &[]).status, Status::Clear);
        assert_eq!(check_files("U21", &file(&three(0)), &[]).status, Status::Clear);
        assert_eq!(check_files("U21", &file(&three(50126)), &[("U21.codes", "50053")]).status, Status::Clear);
        let many: Vec<_> = ["a", "b", "c", "d", "e"]
            .map(|name| (ext(&format!("{name}@fabrikam.example")), "2026-06-01T08:00:00Z", 50053))
            .into();
        let found = check_files("U21", &file(&many), &[]);
        assert_eq!(subjects(&found), ["Error 50053"]);
        assert_eq!((found.findings[0].level, found.findings[0].events.len()), (Level::High, 5));
        let member = [("adele@contoso.example".to_owned(), "2026-06-01T08:00:00Z", 50126)];
        assert_eq!(check_files("U21", &file(&member), &[("U21.failures", "1")]).status, Status::Clear);
    }
}
