//! Our rules in Sigma's format, where one event decides.

use super::{Level, Rule, rules};

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

/// All rules that Sigma can express, a document each; the head names the others.
pub fn sigma_file() -> String {
    let mut text = String::from(
        "# Rules of Guestlens that a detection of single events can express, with their default parameters.\n\
         # Not expressible, because they count, compare events or need other exports:\n",
    );
    for rule in rules::ALL.iter().filter(|rule| rule.sigma.is_none()) {
        text.extend(["# ", rule.id, " ", rule.title, "\n"]);
    }
    for document in rules::ALL.iter().filter_map(|rule| sigma_text(rule)) {
        text.push_str("---\n");
        text.push_str(&document);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::sigma;

    #[test]
    fn the_file_of_all_rules_is_read_by_our_own_parser() {
        let text = sigma_file();
        let read = sigma::parse(&text);
        let expressible = rules::ALL.iter().filter(|rule| rule.sigma.is_some());
        assert_eq!(read.len(), expressible.clone().count());
        for (rule, own) in read.iter().zip(expressible) {
            assert_eq!(rule.title, own.title);
            assert!(rule.unsupported.is_empty(), "{}: {:?}", own.id, rule.unsupported);
        }
        for rule in rules::ALL {
            assert_ne!(text.contains(&format!("# {} {}\n", rule.id, rule.title)), rule.sigma.is_some(), "{}", rule.id);
        }
    }
}
