//! A finding: what happened, whom it is about, on which evidence.

use super::{Level, Rule};
use crate::arrange::Arrange as _;
use crate::identity::text::Lower as _;
use crate::{identity::PersonId, model::EntityKind};
use std::{borrow::Cow, rc::Rc};

/// Whom or what a finding is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subject {
    /// Names it among all of its kind: a person's key, else its kind and name, for example `app:Payroll`.
    pub key: String,
    /// What a reader calls it: an address where it is a person; a text of a file.
    pub name: String,
    /// The person, where it is one.
    pub person: Option<PersonId>,
    /// The domain behind it, lower case; may be empty.
    pub domain: String,
}

impl Subject {
    /// Something that is not a person, for example an application, a policy, a domain.
    pub fn thing(kind: &str, name: &str) -> Self {
        let domain = if kind == "domain" { name.lower() } else { String::new() };
        Self { key: format!("{kind}:{}", name.lower()), name: name.into(), person: None, domain }
    }
}

/// What a rule has found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule, where it is one of our own.
    pub rule: Option<&'static Rule>,
    /// The rule's id, for example `U07`, or that of a Sigma rule: a text of a file.
    pub id: Cow<'static, str>,
    /// The rule's title; of a Sigma rule a text of a file.
    pub title: Cow<'static, str>,
    /// Names it among all findings of the same store.
    pub key: String,
    /// How serious it is.
    pub level: Level,
    /// Whom it is about.
    pub subject: Subject,
    /// What happened, in one sentence; holds texts of files.
    pub sentence: String,
    /// How sure it is, for example that the baseline is short.
    pub caution: String,
    /// The events, in the order of time.
    pub events: Vec<u32>,
    /// Records of other exports it rests on: kind and row.
    pub rows: Vec<(EntityKind, u32)>,
    /// When, ticks.
    pub time: Option<i64>,
    /// Who invited the subject, or invited at all, where that is known; a text of a file.
    pub inviter: String,
    /// The reader expects it, with the reader's note.
    pub expected: Option<String>,
}

/// How a rule stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// It has findings.
    Hit,
    /// It has looked and found nothing.
    Clear,
    /// It could not look, because this is missing.
    Lacking(String),
    /// It has not looked yet, but will.
    Pending,
}

impl Status {
    /// The stable word in `data-status`.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Clear => "clear",
            Self::Lacking(_) => "lacking",
            Self::Pending => "pending",
        }
    }
}

/// What became of a rule.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The rule.
    pub rule: &'static Rule,
    /// How it stands.
    pub status: Status,
    /// What it did not judge, or judged on little.
    pub notes: Vec<String>,
    /// What was set, in words: label and value.
    pub used: Vec<(String, String)>,
    /// What it has found.
    pub findings: Vec<Rc<Finding>>,
}

impl Outcome {
    /// That of a rule that has not looked yet.
    pub(super) fn pending(rule: &'static Rule) -> Self {
        Self { rule, status: Status::Pending, notes: Vec::new(), used: Vec::new(), findings: Vec::new() }
    }
}

/// Where a rule puts what it finds.
#[derive(Default)]
pub struct Out {
    pub(super) findings: Vec<Draft>,
    pub(super) notes: Vec<String>,
    pub(super) lacking: Option<String>,
}

/// A finding as a rule states it.
pub struct Draft {
    /// Whom it is about.
    pub subject: Subject,
    /// One sentence.
    pub sentence: String,
    /// The events.
    pub events: Vec<u32>,
    /// If it is not the rule's.
    pub level: Option<Level>,
    /// How sure it is.
    pub caution: String,
    /// Records of other exports.
    pub rows: Vec<(EntityKind, u32)>,
    /// If it is not that of the first event.
    pub time: Option<i64>,
}

impl Out {
    /// Adds a finding on these events; what else there is to say can be set on what is returned.
    pub fn add(&mut self, subject: Subject, events: Vec<u32>, sentence: String) -> &mut Draft {
        let draft =
            Draft { subject, sentence, events, level: None, caution: String::new(), rows: Vec::new(), time: None };
        self.findings.push(draft);
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    /// Says what was not judged.
    pub fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// Says that the rule cannot look, and what it needs.
    pub fn lacking(&mut self, what: &str) {
        self.lacking = Some(what.into());
    }
}

impl Out {
    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Puts findings into the order of their subjects, where they come without one.
    pub fn sort(&mut self) {
        self.findings.arrange_by(|a, b| (&a.subject.name, &a.sentence).cmp(&(&b.subject.name, &b.sentence)));
    }
}
