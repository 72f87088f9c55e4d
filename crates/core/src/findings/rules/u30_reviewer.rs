//! U30: a reviewer who does not look.

use super::prelude::*;
use crate::arrange::Arrange as _;

pub(super) static RULE: Rule = Rule {
    id: "U30",
    title: "Recommendation overridden, or many approvals at once",
    level: Level::Medium,
    checks: "A decision Approve where Deny was recommended; or one reviewer who approves at least so many within so \
             many seconds. One finding per reviewer and kind.",
    why: "The recommendation is Deny because the guest has not signed in for long; and nobody looks at twenty guests \
          within a minute.",
    false_positives: &["Reviewers who prepared their decisions elsewhere.", "Guests who work without signing in."],
    references: &["Microsoft, downloadable review history: Recommendation, Result, ReviewedDate"],
    params: &[
        Param::number("many", "Approvals at once, at least", (20, 2, 10_000), "decisions"),
        Param::number("seconds", "Within", (60, 1, 86_400), "seconds"),
    ],
    needs: &[Need::Decisions],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let is_rounded = run.facts.rounded > 0;
    if is_rounded {
        out.note("Not judged: how quickly reviewers approve, because the loaded times are rounded.".into());
    }
    let decisions = run.store.entities(EntityKind::Decision);
    let is = |row: usize, attribute: Attribute, word: &str| decisions.text(row, attribute).eq_ignore_ascii_case(word);
    let approved: Vec<usize> =
        decisions.newest().into_iter().filter(|row| is(*row, Attribute::Decision, "Approve")).collect();
    let reviewer = |row: usize| {
        let names = [Attribute::ReviewerUpn, Attribute::ReviewerMail, Attribute::ReviewerId, Attribute::ReviewerName];
        let mut names =
            names.into_iter().map(|name| decisions.text(row, name).into_owned()).filter(|name| !name.is_empty());
        let name = names.next()?;
        Some(
            run.facts
                .identity
                .find(&name)
                .map_or_else(|| Subject::thing("reviewer", &name), |person| run.person(person)),
        )
    };
    let rows_of = |rows: &[usize]| rows.iter().map(|row| (EntityKind::Decision, *row as u32)).collect::<Vec<_>>();
    let review = |row: usize| decisions.text(row, Attribute::ReviewName).into_owned();
    for (who, rows) in grouped(approved.iter().filter_map(|row| Some((reviewer(*row)?, *row)))) {
        let against: Vec<usize> =
            rows.iter().copied().filter(|row| is(*row, Attribute::Recommendation, "Deny")).collect();
        if !against.is_empty() {
            let first = super::u29_denied_still_there::decided(run, against[0]);
            let name = first.map_or_else(|| "a user".into(), |person| run.address(person));
            let more = if against.len() > 1 { format!(" and {} more", against.len() - 1) } else { String::new() };
            let sentence = format!(
                "{} approved {name}{more} against the recommendation to deny, in the review {}.",
                who.name,
                review(against[0])
            );
            let draft = out.add(who.clone(), Vec::new(), sentence);
            draft.rows = rows_of(&against);
            draft.time = against.iter().filter_map(|row| decisions.time(*row, Attribute::Reviewed)).min();
        }
        if is_rounded {
            continue;
        }
        let mut timed: Vec<(i64, usize)> =
            rows.iter().filter_map(|row| Some((decisions.time(*row, Attribute::Reviewed)?, *row))).collect();
        timed.arrange();
        let span = run.number("seconds") * SECOND;
        let (mut from, mut best) = (0, 0..0);
        for to in 0..timed.len() {
            while timed[to].0 - timed[from].0 > span {
                from += 1;
            }
            if to + 1 - from > best.len() {
                best = from..to + 1;
            }
        }
        if best.len() >= run.number("many") as usize {
            let inside = &timed[best];
            let sentence = format!(
                "{} approved {} within {} from {}, in the review {}.",
                who.name,
                count(inside.len(), "guest"),
                run.length((inside[inside.len() - 1].0 - inside[0].0).max(SECOND)),
                run.when(Some(inside[0].0)),
                review(inside[0].1)
            );
            let rows: Vec<usize> = inside.iter().map(|(_, row)| *row).collect();
            let draft = out.add(who, Vec::new(), sentence);
            draft.rows = rows_of(&rows);
            draft.time = Some(inside[0].0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{testing::*, u29_denied_still_there::tests::decision};
    use serde_json::{Value, json};

    fn page(all: &[Value]) -> [(&'static str, String); 1] {
        let page = json!({"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#identityGovernance/accessReviews/definitions('5e')/instances('64')/decisions", "value": all});
        [("decisions.json", page.to_string())]
    }

    #[test]
    fn against_and_at_once() {
        let at = |number: u32, recommendation: &str, time: &str| {
            decision(number, &format!("g{number}@f.example"), "Approve", recommendation, "New", time)
        };
        let against = [at(1, "Deny", "2026-06-12T15:02:00Z")];
        assert_eq!(subjects(&check_files("U30", &page(&against), &[])), ["leo@contoso.example"]);
        let well: Vec<Value> =
            (0..24).map(|number| at(number, "Approve", &format!("2026-06-12T15:02:{number:02}Z"))).collect();
        let found = check_files("U30", &page(&well), &[]);
        assert_eq!(found.findings.len(), 1);
        assert_eq!(found.findings[0].rows.len(), 24);
        assert!(found.findings[0].sentence.contains("24 guests within 23 seconds"), "{}", found.findings[0].sentence);
        assert_eq!(check_files("U30", &page(&well), &[("U30.many", "25")]).status, Status::Clear);
        assert_eq!(check_files("U30", &page(&well[..5]), &[]).status, Status::Clear);
    }
}
