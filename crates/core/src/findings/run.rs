//! What a rule sees while it runs: its parameters, the invitations, and everything of [`Look`].

use super::{
    Kind,
    invitations::Invitations,
    look::Look,
    rule::{Param, ParamKind, Rule},
    text,
};
use crate::{
    entitlement::requests::{Party, Requests},
    identity::PersonId,
};
use hashbrown::HashMap;
use std::{collections::BTreeMap, ops::Deref};

/// A run of one rule.
pub struct Run<'a> {
    /// The events, and what was prepared.
    pub look: Look<'a>,
    /// All invitations.
    pub invitations: &'a Invitations,
    /// All requests for access packages.
    pub requests: &'a Requests,
    /// The reader's parameters, by their full names.
    pub params: &'a BTreeMap<String, String>,
    /// The rule.
    pub rule: &'static Rule,
}

impl<'a> Deref for Run<'a> {
    type Target = Look<'a>;

    fn deref(&self) -> &Look<'a> {
        &self.look
    }
}

impl Run<'_> {
    fn param(&self, name: &str) -> Option<&'static Param> {
        self.rule.params.iter().find(|param| param.name == name)
    }

    fn set(&self, param: &Param) -> Option<&str> {
        self.params.get(&param.full_name(self.rule.id)).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A number of the rule, within its bounds.
    pub fn number(&self, name: &str) -> i64 {
        match self.param(name) {
            Some(param) => match param.kind {
                ParamKind::Number { default, min, max, .. } => {
                    self.set(param).and_then(|value| value.trim().parse().ok()).unwrap_or(default).clamp(min, max)
                }
                _ => 0,
            },
            None => 0,
        }
    }

    /// A list of the rule, in lower case; empty if nothing is set.
    pub fn list(&self, name: &str) -> Vec<String> {
        self.param(name).map_or(Vec::new(), |param| {
            let default = if let ParamKind::List { default } = param.kind { default } else { "" };
            text::words(self.set(param).unwrap_or(default))
        })
    }

    /// Label and value of each parameter.
    pub fn used(&self) -> Vec<(String, String)> {
        let value = |param: &Param| match param.kind {
            ParamKind::Number { unit, .. } => format!("{} {unit}", self.number(param.name)).trim_end().to_owned(),
            _ => self.list(param.name).join(", "),
        };
        self.rule.params.iter().map(|param| (param.label.to_owned(), value(param))).collect()
    }

    /// Accounts that were deleted and not invited again since: the event of the deletion.
    pub fn deleted(&self) -> HashMap<PersonId, u32> {
        let mut all = HashMap::new();
        for event in self.successes(Kind::DeleteUser) {
            for person in self.users(event) {
                let newest = self.invitations.of(person).next_back().and_then(|invitation| invitation.time);
                if newest.is_none_or(|newest| self.time(event).is_some_and(|time| time >= newest)) {
                    all.insert(person, event);
                }
            }
        }
        all
    }

    /// The person that a party to a request is.
    pub fn party(&self, party: Party) -> Option<PersonId> {
        self.facts.identity.of_codes(party.id, party.upn, 0)
    }
}
