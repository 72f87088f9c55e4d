//! What a rule is: its words, its parameters, the logs it needs, and the function that looks.

use super::{Level, Out, Run};
use crate::time::{DAY, HOUR, MINUTE};

/// A rule. All of it is shown to the reader and written to its page in `docs/rules`.
#[derive(Debug)]
pub struct Rule {
    /// Its stable id, for example `U07`.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// How serious its findings are, unless the finding itself says otherwise.
    pub level: Level,
    /// What it tests, exactly.
    pub checks: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// When a finding means nothing.
    pub false_positives: &'static [&'static str],
    /// Where the rule comes from; shown as text, never as a link.
    pub references: &'static [&'static str],
    /// What the reader can set.
    pub params: &'static [Param],
    /// What it cannot do without.
    pub needs: &'static [Need],
    /// The rule in Sigma's words, where they suffice.
    pub sigma: Option<&'static str>,
    /// Looks.
    pub run: fn(&Run, &mut Out),
}

/// Something that the reader can set.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// Its name within the rule; a list that several rules share has one of its own.
    pub name: &'static str,
    /// What it means.
    pub label: &'static str,
    /// Its kind and default.
    pub kind: ParamKind,
}

/// Kinds of parameters.
#[derive(Clone, Copy, Debug)]
pub enum ParamKind {
    /// A whole number.
    Number {
        /// If nothing is set.
        default: i64,
        /// Least.
        min: i64,
        /// Greatest.
        max: i64,
        /// What it counts.
        unit: &'static str,
    },
    /// Words, separated by commas.
    List {
        /// If nothing is set.
        default: &'static str,
    },
    /// The same list for all rules that have it.
    Shared,
}

impl Param {
    /// A number within bounds.
    pub const fn number(
        name: &'static str,
        label: &'static str,
        (default, min, max): (i64, i64, i64),
        unit: &'static str,
    ) -> Self {
        Self { name, label, kind: ParamKind::Number { default, min, max, unit } }
    }

    /// A list of its own.
    pub const fn list(name: &'static str, label: &'static str, default: &'static str) -> Self {
        Self { name, label, kind: ParamKind::List { default } }
    }

    /// The name under which it is kept with the view's parameters.
    pub fn full_name(&self, rule: &str) -> String {
        match self.kind {
            ParamKind::Shared => self.name.to_owned(),
            _ => format!("{rule}.{}", self.name),
        }
    }
}

/// Inviters that are expected to invite.
pub const APPROVED_INVITERS: Param =
    Param { name: "approved-inviters", label: "Approved inviters", kind: ParamKind::Shared };
/// Groups that guests are expected in.
pub const APPROVED_GROUPS: Param = Param { name: "approved-groups", label: "Approved groups", kind: ParamKind::Shared };
/// Domains that guests are expected of.
pub const APPROVED_DOMAINS: Param =
    Param { name: "approved-domains", label: "Approved domains", kind: ParamKind::Shared };
/// Groups that are to be joined through access packages alone.
pub const GOVERNED_GROUPS: Param = Param { name: "governed-groups", label: "Governed groups", kind: ParamKind::Shared };

/// The lists that rules share.
pub const SHARED: [Param; 4] = [APPROVED_INVITERS, APPROVED_GROUPS, APPROVED_DOMAINS, GOVERNED_GROUPS];

/// What a rule cannot do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Events of the audit log.
    Audit,
    /// Sign-ins.
    SignIns,
    /// Users.
    Users,
    /// Users with their sponsors.
    Sponsors,
    /// Decisions of access reviews.
    Decisions,
    /// Events of Azure AD B2C.
    B2c,
    /// Times to the minute.
    Minutes,
    /// Times to the hour.
    Hours,
    /// Times to the day.
    Days,
}

impl Need {
    /// What is missing where it is not met, and where to get it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Audit => "audit logs",
            Self::SignIns => "sign-in logs",
            Self::Users => "an export of users",
            Self::Sponsors => "an export of users with their sponsors ($expand=sponsors)",
            Self::Decisions => "a review history report, or the decisions of access reviews",
            Self::B2c => "audit logs of Azure AD B2C",
            Self::Minutes => "times to the minute",
            Self::Hours => "times to the hour",
            Self::Days => "times to the day",
        }
    }

    /// To how many ticks times may be rounded; none if times do not matter.
    pub fn step(self) -> Option<i64> {
        match self {
            Self::Minutes => Some(MINUTE),
            Self::Hours => Some(HOUR),
            Self::Days => Some(DAY),
            _ => None,
        }
    }
}
