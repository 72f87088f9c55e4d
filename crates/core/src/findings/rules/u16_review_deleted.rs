//! U16: an access review is deleted.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U16",
    title: "Access review deleted",
    level: Level::Medium,
    checks: "A successful Delete access review.",
    why: "Without the review nobody is asked any more whether guests still need their access.",
    false_positives: &["Reviews that were made by mistake, or replaced by another."],
    references: &["Microsoft, governance custom alerts: deletion of an access review"],
    params: &[],
    needs: &[Need::Audit],
    sigma: Some(
        "    selection:\n        properties.message: Delete access review\n        Status: success\n    condition: selection",
    ),
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    for event in run.successes(Kind::DeleteReview) {
        let review = run.thing(event, &["accessreview"]);
        let by = run.actor_name(event);
        let sentence = format!("The access review {review} was deleted by {by} on {}.", run.when(run.time(event)));
        out.add(Subject::thing("review", &review), vec![event], sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn deleted_and_not() {
        let begin = |activity: &str| {
            let begin = event("2026-06-18T10:00:00Z", activity).by("alex@contoso.example");
            begin.target("AccessReview", "Quarterly guests", "")
        };
        assert_eq!(subjects(&check("U16", &[begin("Delete access review").json()])), ["Quarterly guests"]);
        assert_eq!(check("U16", &[begin("Delete access review").failed().json()]).status, Status::Clear);
        assert_eq!(check("U16", &[begin("Update access review").json()]).status, Status::Clear);
    }
}
