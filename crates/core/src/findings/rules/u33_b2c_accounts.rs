//! U33: many accounts made or deleted in B2C.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U33",
    title: "B2C: many accounts made or deleted, or given a role",
    level: Level::High,
    checks: "In logs with Azure AD B2C: one actor makes or deletes at least so many accounts within an hour, CPIM Service \
             (high) or anybody else (medium); or a directory role is given to an account that CPIM Service made (high).",
    why: "Consumers come one by one; floods come from scripts, and consumers hold no roles.",
    false_positives: &["Campaigns and migrations."],
    references: &["Microsoft, security operations for consumer accounts"],
    params: &[
        Param::number("service", "Accounts in an hour by CPIM Service, at least", (50, 2, 100_000), "accounts"),
        Param::number("others", "Accounts in an hour by anybody else, at least", (10, 2, 100_000), "accounts"),
    ],
    needs: &[Need::Audit, Need::B2c, Need::Hours],
    sigma: None,
    run: look,
};

const SERVICE: &str = "CPIM Service";

fn look(run: &Run, out: &mut Out) {
    let by_service = |event: u32| {
        [Column::ActorName, Column::ActorServicePrincipalName, Column::Actor]
            .iter()
            .any(|column| run.store.text(event as usize, *column).eq_ignore_ascii_case(SERVICE))
    };
    let accounts = [(Kind::AddUser, "made"), (Kind::DeleteUser, "deleted")];
    for (kind, what) in accounts {
        for (who, own) in grouped(run.successes(kind).map(|event| (run.doer(event), event))) {
            let service = by_service(own[0]);
            let least = run.number(if service { "service" } else { "others" }) as usize;
            let (mut from, mut best) = (0, 0..0);
            let time = |at: usize| run.store.time[own[at] as usize];
            for to in 0..own.len() {
                while time(to) - time(from) >= HOUR {
                    from += 1;
                }
                if to + 1 - from > best.len() {
                    best = from..to + 1;
                }
            }
            if best.len() < least {
                continue;
            }
            let (who, inside) = (run.subject(who), &own[best]);
            let sentence = format!(
                "{} {what} {} within an hour from {}.",
                who.name,
                count(inside.len(), "account"),
                run.when(run.time(inside[0]))
            );
            out.add(who, inside.to_vec(), sentence).level = Some(if service { Level::High } else { Level::Medium });
        }
    }
    let made: HashMap<PersonId, u32> = run
        .successes(Kind::AddUser)
        .filter(|event| by_service(*event))
        .flat_map(|event| run.users(event).into_iter().map(move |user| (user, event)))
        .collect();
    for event in run.successes(Kind::AddRole) {
        for person in run.users(event) {
            if let Some(begun) = made.get(&person) {
                let sentence = format!(
                    "{}, an account that {SERVICE} made, was given the role {} by {} on {}.",
                    run.address(person),
                    role_name(run, event),
                    run.actor_name(event),
                    run.when(run.time(event))
                );
                out.add(run.person(person), vec![*begun, event], sentence);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use crate::findings::Level;

    #[test]
    fn a_flood_and_a_role() {
        let add = |minute: u32, by: fn(Builder) -> Builder| {
            let begin = event(&format!("2026-06-19T01:{minute:02}:00Z"), "Add user");
            by(begin).user(&format!("c{minute}@contosob2c.example")).json()
        };
        let service = |builder: Builder| builder.by_app("CPIM Service");
        let person = |builder: Builder| builder.by("alex@contoso.example");
        let token = event("2026-06-19T01:00:00Z", "Issue an id_token to the application").service("B2C").json();
        let flood = |count: u32, by: fn(Builder) -> Builder| {
            let mut all: Vec<String> = (0..count).map(|minute| add(minute, by)).collect();
            all.push(token.clone());
            all
        };
        let found = check("U33", &flood(50, service));
        assert_eq!((subjects(&found), found.findings[0].level), (vec!["CPIM Service"], Level::High));
        assert_eq!(check("U33", &flood(49, service)).status, Status::Clear);
        let found = check("U33", &flood(10, person));
        assert_eq!((subjects(&found), found.findings[0].level), (vec!["alex@contoso.example"], Level::Medium));
        let role = event("2026-06-19T02:00:00Z", "Add member to role")
            .by("alex@contoso.example")
            .user("c1@contosob2c.example")
            .change("Role.DisplayName", "", "\"Reports Reader\"")
            .json();
        assert_eq!(subjects(&check("U33", &[add(1, service), role.clone(), token.clone()])), ["c1@contosob2c.example"]);
        assert_eq!(check("U33", &[add(1, person), role.clone(), token]).status, Status::Clear);
        assert_eq!(check("U33", &[role]).status.id(), "lacking");
    }
}
