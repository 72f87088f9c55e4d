//! U28: guests of a domain that was not seen before, or is not expected.

use super::prelude::*;
use crate::arrange::Arrange as _;
use crate::identity::text::Lower as _;

pub(super) static RULE: Rule = Rule {
    id: "U28",
    title: "New or unexpected domain",
    level: Level::Low,
    checks: "The first event of any guest of a domain, with at least the least log before it; whether the domain is in \
             no loaded connected organization is said. With a list of approved domains, every domain that is not on \
             it, and none that is. One finding per domain.",
    why: "A partner that nobody knows of begins with its first guest.",
    false_positives: &["Domains whose earlier guests are outside of the loaded logs."],
    references: &[
        "Microsoft, external access: discover the current state",
        "microsoft/zerotrustassessment, test 21874",
    ],
    params: &[APPROVED_DOMAINS, Param::number("least", "Least log before the first event", (14, 0, 365), "days")],
    needs: &[Need::Audit, Need::Days],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let (approved, least) = (run.list("approved-domains"), run.number("least") * DAY);
    let mut first: HashMap<String, (i64, u32, PersonId)> = HashMap::new();
    let mut before: HashSet<String> = HashSet::new();
    let people = run.store.entities(EntityKind::Person);
    let mut created: HashMap<PersonId, i64> = HashMap::new();
    for row in people.rows().filter(|row| people.origin(*row) == Origin::Own) {
        if let (Some(person), Some(time)) = (run.facts.identity.person_of(row), people.time(row, Attribute::Created)) {
            created.insert(person, time);
        }
    }
    for at in 0..run.facts.identity.people().len() {
        let person = at as PersonId;
        if !run.is_guest(person) {
            continue;
        }
        let domain = run.person(person).domain;
        if domain.is_empty() {
            continue;
        }
        if let (Some(created), Some(begin)) = (created.get(&person), run.facts.begin())
            && *created < begin
        {
            before.insert(domain.clone());
        }
        let Some(event) = run.facts.first_seen[at] else { continue };
        let Some(time) = run.time(event) else { continue };
        let known = first.entry(domain).or_insert((time, event, person));
        *known = (*known).min((time, event, person));
    }
    let connected = connected_domains(run);
    let mut all: Vec<_> = first.into_iter().collect();
    all.arrange();
    let mut unjudged = 0;
    for (domain, (time, event, person)) in all {
        let is_listed = approved.contains(&domain);
        let covered = run.facts.begin().map_or(0, |begin| run.facts.covered(begin, time));
        let is_new = !before.contains(&domain) && covered >= least;
        unjudged += usize::from(approved.is_empty() && !before.contains(&domain) && covered < least);
        if is_listed || (approved.is_empty() && !is_new) {
            continue;
        }
        let mut reasons = Vec::new();
        if !approved.is_empty() {
            reasons.push("is not on the list of approved domains".to_owned());
        }
        if is_new {
            reasons.push(format!("was not seen in the {} of log before", length(covered / DAY * DAY)));
        }
        if run.facts.has_organizations && !connected.contains(&domain) {
            reasons.push("is in no loaded connected organization".into());
        }
        let sentence = format!(
            "The domain {domain} {}: first seen with {} on {}.",
            reasons.join(", "),
            run.address(person),
            run.when(Some(time))
        );
        out.add(Subject::thing("domain", &domain), vec![event], sentence);
    }
    if unjudged > 0 {
        let what = count(unjudged, "domain");
        out.note(format!("Not judged: {what} first seen with less than {} of log before.", length(least)));
    }
}

fn connected_domains(run: &Run) -> HashSet<String> {
    let organizations = run.store.entities(EntityKind::Organization);
    let mut domains = HashSet::new();
    for row in organizations.rows() {
        domains.insert(organizations.text(row, Attribute::DomainName).lower());
        for item in organizations.list(row, List::IdentitySource) {
            domains.insert(organizations.item_text(item, ItemColumn::DomainName).lower());
            domains.insert(organizations.item_text(item, ItemColumn::Name).lower());
        }
    }
    domains
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn new_known_and_listed() {
        let invite = |time: &str, mail: &str| {
            event(time, "Invite external user")
                .by("adele@contoso.example")
                .user(&ext(mail))
                .detail("invitedUserEmailAddress", mail)
                .json()
        };
        let records = [
            invite("2026-06-01T09:00:00Z", "a@fabrikam.example"),
            invite("2026-06-20T09:00:00Z", "b@fabrikam.example"),
            invite("2026-06-20T10:00:00Z", "c@relecloud.example"),
        ];
        let found = check("U28", &records);
        assert_eq!(subjects(&found), ["relecloud.example"]);
        assert!(found.notes[0].contains("1 domain"), "{:?}", found.notes);
        let list = [("approved-domains", "relecloud.example")];
        assert_eq!(subjects(&check_with("U28", &records, &list)), ["fabrikam.example"]);
        assert_eq!(check("U28", &records[..2]).status, Status::Clear);
    }
}
