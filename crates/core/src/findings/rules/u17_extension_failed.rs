//! U17: a custom extension fails.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U17",
    title: "Custom extension failed",
    level: Level::Low,
    checks: "Execute custom extension with another result than success. One finding per extension.",
    why: "A step that the policy relies on, such as a ticket or a check, did not happen.",
    false_positives: &["Outages that were noticed and repaired."],
    references: &[
        "Microsoft, governance custom alerts: custom extension failures",
        "The query on that page filters Result == \"success\"; failures are tested here",
    ],
    params: &[],
    needs: &[Need::Audit],
    sigma: Some(
        "    selection:\n        properties.message: Execute custom extension\n        Status: failure\n    condition: selection",
    ),
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let failed = run.facts.of(Kind::Extension).iter().filter(|event| !run.facts.succeeded(run.store, **event));
    let named = failed.map(|event| {
        let name = run.detail(*event, "customextensionname");
        (if name.is_empty() { run.thing(*event, &["customextension"]) } else { name }, *event)
    });
    for (name, own) in grouped(named) {
        let reason = run.store.text(own[0] as usize, Column::ResultReason).trim_end_matches('.').to_owned();
        let reason = if reason.is_empty() { String::new() } else { format!(": {reason}") };
        let sentence = format!(
            "The custom extension {name} failed {}, first on {}{reason}.",
            count(own.len(), "time"),
            run.when(run.time(own[0]))
        );
        out.add(Subject::thing("extension", &name), own, sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn failed_and_done() {
        let begin = || {
            let begin = event("2026-06-18T10:15:00Z", "Execute custom extension").by_app("Azure AD IGA");
            begin.detail("CustomExtensionName", "Open a ticket")
        };
        assert_eq!(subjects(&check("U17", &[begin().failed().json()])), ["Open a ticket"]);
        assert_eq!(check("U17", &[begin().json()]).status, Status::Clear);
    }
}
