//! Our rules in Sigma's format, where one event decides.

use super::{Level, Rule};

/// The rule as a Sigma document; `None` where Sigma's detections of single events do not suffice.
pub fn sigma_text(rule: &Rule) -> Option<String> {
    let detection = rule.sigma?;
    let service = "auditlogs";
    let level = match rule.level {
        Level::Info => "informational",
        Level::Low => "low",
        Level::Medium => "medium",
        Level::High => "high",
    };
    // The id is made of the rule's: Sigma wants a UUID that stays the same.
    let number: u32 = rule.id[1..].parse().unwrap_or(0);
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let list =
        |lines: &[&str]| lines.iter().map(|line| ["    - ", &quoted(line), "\n"].concat()).collect::<Vec<_>>().concat();
    let (references, positives) = (list(rule.references), list(rule.false_positives));
    Some(format!(
        "title: {}\nid: 6775e577-6c65-4e73-8000-{number:012}\nstatus: experimental\ndescription: {}\n\
         references:\n{references}author: Guestlens\nlogsource:\n    product: azure\n    service: {service}\n\
         detection:\n{detection}\nfalsepositives:\n{positives}level: {level}\n",
        quoted(rule.title),
        quoted(rule.checks),
    ))
}
