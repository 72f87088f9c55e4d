//! By which ways somebody has a resource, and what goes when one of them goes.

use super::{
    Access,
    span::{Kind, Span, Sure},
};
use std::collections::BTreeMap;

/// A way by which somebody has a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Way {
    /// The assignment of a package that gives it, an index into [`Access::assignments`].
    pub assignment: Option<u32>,
    /// The access to the resource itself, an index into [`Access::spans`].
    pub span: Option<u32>,
    /// Whether entitlement management gave it; then without an assignment its package is not known.
    pub managed: bool,
    /// How sure it is that the package gives it.
    pub sure: Sure,
}

/// A resource that somebody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Index of the subject.
    pub subject: u32,
    /// Index of the resource among the things.
    pub thing: u32,
    /// The ways, packages first.
    pub ways: Vec<Way>,
}

impl Access {
    /// Whether an assignment gives access at a moment, as far as the files tell.
    pub fn is_current(&self, assignment: u32, as_of: i64) -> bool {
        let assignment = &self.assignments[assignment as usize];
        match assignment.span.map(|span| &self.spans[span as usize]) {
            Some(span) => span.holds_at(as_of),
            None => assignment.is_current(),
        }
    }

    /// The resources that somebody has at a moment, by key.
    pub fn held(&self, subject: u32, assignments: &[u32], as_of: i64) -> Vec<Held> {
        let mut held: BTreeMap<u32, Vec<Way>> = BTreeMap::new();
        for at in assignments.iter().filter(|at| self.is_current(**at, as_of)) {
            for gift in self.gifts_of(self.assignments[*at as usize].package) {
                held.entry(gift.thing).or_default().push(Way {
                    assignment: Some(*at),
                    span: None,
                    managed: true,
                    sure: gift.sure,
                });
            }
        }
        for (at, span) in self.spans_of(subject) {
            if self.things[span.thing as usize].kind == Kind::Package || !span.holds_at(as_of) {
                continue;
            }
            let ways = held.entry(span.thing).or_default();
            let through = span.through.and_then(|(package, _)| self.spans[package as usize].assignment);
            let own = ways.iter().position(|way| way.assignment.is_some() && way.assignment == through);
            // What a package gives and entitlement management gave is that package's, whichever record tells it.
            let own = own.or_else(|| ways.iter().position(|way| span.managed && way.span.is_none()));
            match own {
                Some(own) => ways[own].span = Some(at),
                None => ways.push(Way { assignment: None, span: Some(at), managed: span.managed, sure: Sure::Known }),
            }
        }
        held.into_iter().map(|(thing, ways)| Held { subject, thing, ways }).collect()
    }
}

impl Held {
    /// Whether it goes if this assignment is removed: then no other way is left.
    pub fn goes_with(&self, assignment: u32) -> Option<bool> {
        let own = self.ways.iter().any(|way| way.assignment == Some(assignment));
        own.then(|| self.ways.iter().all(|way| way.assignment == Some(assignment)))
    }
}

impl Span {
    /// Whether access is there at a moment, as far as the files tell: an end that no file tells of has not come.
    pub fn holds_at(&self, moment: i64) -> bool {
        let begun = self.from_is == Sure::Unknown || self.from.is_none_or(|from| from <= moment);
        let ended = match self.to_is {
            Sure::Unknown => !self.is_open(),
            _ => self.to.is_some_and(|to| to <= moment),
        };
        begun && !ended
    }
}
