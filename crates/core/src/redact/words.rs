//! Which texts say nothing about anybody, because Microsoft chose them. Everything else is replaced.

use crate::{
    findings,
    model::{Domain, Field},
    vocabulary,
};
use hashbrown::HashSet;

/// One text a line, in sections.
const LISTED: &str = include_str!("../../data/public-words.txt");

/// The texts, ready to be looked up.
pub(crate) struct Words {
    listed: HashSet<&'static str>,
    reasons: HashSet<&'static str>,
    names: HashSet<&'static str>,
}

impl Words {
    pub(crate) fn new() -> Self {
        let section = |head: &str| {
            let lines = LISTED.lines().skip_while(|line| *line != head).skip(1);
            lines.take_while(|line| !line.starts_with('[')).filter(|line| !line.is_empty()).collect()
        };
        Self { listed: section("[words]"), reasons: section("[reasons]"), names: section("[names]") }
    }

    /// Whether a text of that domain may stay as it is.
    pub(crate) fn is_public(&self, domain: Domain, text: &str) -> bool {
        let field = match domain {
            Domain::Log => Field::Log,
            Domain::Service => Field::Service,
            Domain::Category => Field::Category,
            Domain::Activity => Field::Activity,
            Domain::ActivityType => Field::ActivityType,
            Domain::OperationType => Field::OperationType,
            Domain::Result => Field::Result,
            Domain::ActorType => Field::ActorType,
            Domain::UserType | Domain::TargetType | Domain::GroupType | Domain::PropertyName | Domain::DetailKey => {
                return self.listed.contains(text);
            }
            Domain::State => return self.listed.contains(text) || is_measure(text),
            Domain::Reason => return self.listed.contains(text) || self.reasons.contains(text),
            Domain::Name | Domain::Principal => return self.names.contains(text),
            Domain::PropertyValue | Domain::DetailValue => return self.is_value(text),
            _ => return false,
        };
        // Whatever a rule knows by its name is an activity of Microsoft's.
        (domain == Domain::Activity && findings::kind_of(text).is_some())
            || vocabulary::is_public(field, text.trim_end_matches('.'))
            || vocabulary::is_public(field, text)
            || self.listed.contains(text)
    }

    /// Whether a value of a property or detail is such a text, or a small number.
    pub(crate) fn is_value(&self, text: &str) -> bool {
        self.listed.contains(text) || self.names.contains(text) || self.reasons.contains(text) || is_measure(text)
    }

    /// All of them, and the words that they consist of.
    pub(crate) fn all(&self) -> impl Iterator<Item = &'static str> {
        self.listed.iter().chain(&self.reasons).chain(&self.names).copied()
    }
}

/// Numbers below 1000, codes of sign-in errors, and lengths of time in ISO 8601.
/// Source of the codes: Microsoft, "Microsoft Entra authentication and authorization error codes".
fn is_measure(text: &str) -> bool {
    let digits = !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    if digits {
        let error = ["50", "51", "53", "54", "65", "70", "80", "81", "90"].iter().any(|begin| text.starts_with(begin));
        return text.len() <= 3 || (text.len() == 5 && error) || ["500121", "530032", "500011"].contains(&text);
    }
    text.strip_prefix('P').is_some_and(|rest| {
        !rest.is_empty() && rest.len() <= 16 && rest.bytes().all(|byte| b"0123456789YMWDTHS.".contains(&byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_its_own_words_only() {
        let words = Words::new();
        let check = |domain, text, expect| assert_eq!(words.is_public(domain, text), expect, "{domain:?} {text}");
        check(Domain::PropertyName, "AccountEnabled", true);
        check(Domain::PropertyName, "extension_8f1c0a529d1e4c7a8b3e0f2d4c5b9a2b_badge", false);
        check(Domain::Name, "Azure AD Identity Governance - User Management", true);
        check(Domain::Name, "Dana Vale", false);
        check(Domain::State, "P90D", true);
        check(Domain::State, "Paula", false);
        check(Domain::State, "Delivered", true);
        check(Domain::Activity, "Invite external user", true);
        check(Domain::Activity, "Add Dana Vale", false);
        check(Domain::DetailValue, "50053", true);
        check(Domain::DetailValue, "42", true);
        check(Domain::DetailValue, "4917012345", false);
        check(Domain::Text, "true", false);
        check(Domain::Upn, "Guest", false);
    }

    #[test]
    fn no_listed_text_is_an_identifier() {
        for text in Words::new().all() {
            assert!(!text.contains('@') && super::super::forms::guid(text).is_none(), "{text}");
            assert!(!text.to_lowercase().contains("contoso") && !text.to_lowercase().contains("fabrikam"), "{text}");
        }
    }
}
