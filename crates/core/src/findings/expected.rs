//! What the reader expects: marks that keep a finding in the list but out of the score.
//!
//! A mark is a parameter of the view, named `expected.<rule>.<whom>`; its value is the reader's note. Whom
//! is the key of a subject, or `domain:` and a domain. Parameters are kept with the session, nowhere else.

use super::Subject;
use std::collections::BTreeMap;

const PREFIX: &str = "expected.";

/// The parameter of a mark on one subject.
pub fn of_subject(rule: &str, subject: &Subject) -> String {
    format!("{PREFIX}{rule}.{}", subject.key)
}

/// The parameter of a mark on everybody of a domain.
pub fn of_domain(rule: &str, domain: &str) -> String {
    format!("{PREFIX}{rule}.domain:{domain}")
}

/// The note of the mark on a finding of this rule about this subject.
pub fn note<'a>(params: &'a BTreeMap<String, String>, rule: &str, subject: &Subject) -> Option<&'a str> {
    let get = |name: String| params.get(&name).map(String::as_str).filter(|note| !note.is_empty());
    get(of_subject(rule, subject))
        .or_else(|| if subject.domain.is_empty() { None } else { get(of_domain(rule, &subject.domain)) })
}

/// All marks: parameter, rule, whom, note.
pub fn marks(params: &BTreeMap<String, String>) -> impl Iterator<Item = (String, String, String, String)> {
    let own = params.iter().filter(|(name, note)| name.starts_with(PREFIX) && !note.is_empty());
    own.filter_map(|(name, note)| {
        let (rule, whom) = name[PREFIX.len()..].split_once('.')?;
        Some((name.clone(), rule.to_owned(), whom.to_owned(), note.clone()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_on_one_rule_and_one_subject_or_domain() {
        let dana = Subject { key: "dana@f.example".into(), domain: "f.example".into(), ..Subject::default() };
        let app = Subject::thing("app", "Payroll");
        let mut params = BTreeMap::new();
        params.insert(of_subject("U11", &app), "agreed".into());
        params.insert(of_domain("U10", "f.example"), "partner".into());
        params.insert(of_subject("U11", &dana), String::new());
        assert_eq!(note(&params, "U11", &app), Some("agreed"));
        assert_eq!(note(&params, "U10", &app), None);
        assert_eq!(note(&params, "U10", &dana), Some("partner"));
        assert_eq!(note(&params, "U11", &dana), None);
        let all: Vec<_> = marks(&params).collect();
        assert_eq!(all.len(), 2);
        assert_eq!((all[1].1.as_str(), all[1].2.as_str()), ("U11", "app:payroll"));
    }
}
