//! The page of a rule for `docs/rules`, written from the rule's own words.

use super::{Kind, Level, ParamKind, Rule, names_of, rules};
use std::fmt::Write;

/// The page of a rule, Markdown.
pub fn page(rule: &Rule) -> String {
    let mut text = format!("# {} {}\n\nLevel: {}\n\n", rule.id, rule.title, rule.level.label());
    let _ = write!(text, "**What it checks.** {}\n\n**Why it matters.** {}\n\n", rule.checks, rule.why);
    list(&mut text, "False positives", rule.false_positives.iter().copied());
    text.push_str("## Data it needs\n\n");
    if rule.needs.is_empty() {
        text.push_str("Any of the loaded files may do; the rule says what it lacks.\n\n");
    }
    for need in rule.needs {
        let _ = writeln!(text, "- {}", need.words());
    }
    text.push_str(if rule.needs.is_empty() { "" } else { "\n" });
    text.push_str("## Parameters\n\n");
    if rule.params.is_empty() {
        text.push_str("None.\n\n");
    } else {
        text.push_str("| name | meaning | default | bounds |\n|---|---|---|---|\n");
        for param in rule.params {
            let name = param.full_name(rule.id);
            let (default, bounds) = match param.kind {
                ParamKind::Number { default, min, max, unit } => {
                    (format!("{default} {unit}").trim_end().to_owned(), format!("{min} to {max}"))
                }
                ParamKind::List { default: "" } => ("empty".into(), "a list, separated by commas".into()),
                ParamKind::List { default } => (default.to_owned(), "a list, separated by commas".into()),
                ParamKind::Shared => ("empty".into(), "a list that several rules share".into()),
            };
            let _ = writeln!(text, "| `{name}` | {} | {default} | {bounds} |", param.label);
        }
        text.push('\n');
    }
    list(&mut text, "References", rule.references.iter().copied());
    text.push_str("## As Sigma\n\n");
    match super::sigma_text(rule) {
        Some(sigma) => {
            let _ = write!(text, "```yaml\n{sigma}```\n");
        }
        None => text.push_str("Not expressible: the rule compares several events, or an event with an export.\n"),
    }
    text
}

fn list<'a>(text: &mut String, title: &str, all: impl Iterator<Item = &'a str>) {
    let _ = write!(text, "## {title}\n\n");
    for line in all {
        let _ = writeln!(text, "- {line}");
    }
    text.push('\n');
}

/// The list of all rules, Markdown.
pub fn index() -> String {
    let mut text = String::from(
        "# Rules\n\nWritten from the rules' own words by a test, see `crates/core/tests/rule_pages.rs`.\n\n\
         | rule | level | title |\n|---|---|---|\n",
    );
    for rule in rules::ALL {
        let _ = writeln!(text, "| [{0}]({0}.md) | {1} | {2} |", rule.id, rule.level.label(), rule.title);
    }
    let weights: Vec<String> =
        Level::ALL.iter().map(|level| format!("{} {}", level.label().to_lowercase(), level.weight())).collect();
    let _ =
        write!(text, "\nA score is the sum of the listed findings that are not expected: {}.\n\n", weights.join(", "));
    text.push_str("## Activities\n\nNames are compared without letter case and final dot; names that an activity had before (`crates/store/data/aliases.tsv`) count as well.\n\n");
    for kind in [Kind::Invite, Kind::InviteAgain, Kind::Redeem, Kind::AddRole, Kind::RoleOutsidePim, Kind::AppRole] {
        let _ = writeln!(text, "- {kind:?}: {}", names_of(kind).join("; "));
    }
    text
}
