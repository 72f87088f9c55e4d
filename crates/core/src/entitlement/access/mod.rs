//! Who had access to what, from when to when: spans rebuilt from events and exports.
//!
//! Packages come from entitlement management's events, assignments and requests; groups, application roles
//! and directory roles from the directory's events. Files may come in any order.

mod fold;
mod gather;
mod link;
mod raw;
mod span;
mod ways;

use crate::arrange::Arrange as _;
pub use link::Gift;
pub use span::{Assignment, Kind, Span, Subject, Sure, Thing, Why, Within};
pub use ways::{Held, Way};

use crate::{
    derived::{Derive, Derived},
    files,
    identity::Identity,
    model::{Domain, EntityKind, Log},
    store::{NO_TIME, Store},
    time::DAY,
};
use fold::{Limits, Mark, fold};
use gather::Found;
use hashbrown::HashMap;

/// All access that the files tell of.
#[derive(Debug, Default)]
pub struct Access {
    /// Whoever has access to anything, by key.
    pub subjects: Vec<Subject>,
    /// What they have access to, by key.
    pub things: Vec<Thing>,
    /// Spans by subject, thing and time.
    pub spans: Vec<Span>,
    /// Assignments of packages: those of exports, and those that the log alone shows.
    pub assignments: Vec<Assignment>,
    /// What packages give.
    pub gifts: Vec<Gift>,
    /// The newest moment that any file tells of, ticks.
    pub as_of: Option<i64>,
    /// When the audit events begin and end, without gaps of more than a day, ticks.
    pub runs: Vec<(i64, i64)>,
    /// Events about assignments that do not say whose or of what.
    pub unplaced: Vec<u32>,
    /// First span of each subject; one more entry than subjects.
    start: Vec<u32>,
    /// Assignments by subject: subject, assignment.
    of_subject: Vec<(u32, u32)>,
}

impl Derive for Access {
    fn derive(from: &Derived) -> Self {
        let store = from.store;
        let identity = from.get::<Identity>();
        let Found { pool, raws, mut marks, gifts, mut assignments, accounts, unplaced } = Found::of(from);
        let (subjects, subject_of) = raws.resolve_subjects(&pool, store, &identity);
        let (things, thing_of) = raws.resolve_things(&pool);
        for assignment in &mut assignments {
            assignment.subject = subject_of[assignment.subject as usize];
            assignment.package = thing_of[assignment.package as usize];
        }
        let of_assignments = name_assignments(&mut assignments, &subjects, &things);
        for mark in &mut marks {
            mark.subject = subject_of[mark.subject as usize];
            mark.thing = thing_of[mark.thing as usize];
            mark.assignment = mark.assignment.map(|at| of_assignments[at as usize]);
        }
        let (runs, as_of) = (runs(store), as_of(store));
        let spans = spans(marks, &subject_of, accounts, &runs, as_of.unwrap_or(i64::MIN));
        let mut start = vec![0; subjects.len() + 1];
        for span in &spans {
            start[span.subject as usize + 1] += 1;
        }
        (1..start.len()).for_each(|at| start[at] += start[at - 1]);
        let mut access = Self { subjects, things, spans, assignments, as_of, runs, unplaced, start, ..Self::default() };
        access.gifts = link::gifts(&mut access, &gifts, &thing_of);
        access.join_assignments();
        access.of_subject = access.assignments.iter().zip(0..).map(|(one, at)| (one.subject, at)).collect();
        access.of_subject.arrange();
        access
    }
}

impl Access {
    /// Whether any file can tell of access packages at all.
    pub fn has_packages(store: &Store) -> bool {
        let tables =
            [EntityKind::Assignment, EntityKind::Request, EntityKind::Resource, EntityKind::ResourceAssignment];
        let mut is_target = false;
        let types = store.dictionary(Domain::TargetType);
        types.for_each(|_, name| is_target |= name.eq_ignore_ascii_case(b"AccessPackage"));
        is_target || tables.iter().any(|kind| !store.entities(*kind).is_empty())
    }

    /// The spans of a subject.
    pub fn spans_of(&self, subject: u32) -> impl Iterator<Item = (u32, &Span)> {
        let range = self.start[subject as usize]..self.start[subject as usize + 1];
        range.map(|at| (at, &self.spans[at as usize]))
    }

    /// The assignments of a subject.
    pub fn assignments_of(&self, subject: u32) -> Vec<u32> {
        let first = self.of_subject.partition_point(|(own, _)| *own < subject);
        self.of_subject[first..].iter().take_while(|(own, _)| *own == subject).map(|(_, at)| *at).collect()
    }

    /// The subject of a key.
    pub fn subject(&self, key: &str) -> Option<u32> {
        let at = self.subjects.binary_search_by(|subject| subject.key.as_str().cmp(key)).ok()?;
        u32::try_from(at).ok()
    }

    /// The thing of a key.
    pub fn thing(&self, key: &str) -> Option<u32> {
        let at = self.things.binary_search_by(|thing| thing.key.as_str().cmp(key)).ok()?;
        u32::try_from(at).ok()
    }

    /// What a package gives.
    pub fn gifts_of(&self, package: u32) -> impl Iterator<Item = &Gift> {
        let first = self.gifts.partition_point(|gift| gift.package < package);
        self.gifts[first..].iter().take_while(move |gift| gift.package == package)
    }

    /// Gives each assignment its span, and each package's span without one an assignment from the log.
    fn join_assignments(&mut self) {
        let mut taken = vec![false; self.spans.len()];
        for (at, assignment) in (0..).zip(&mut self.assignments) {
            // Spans are ordered by subject and thing.
            let pair = (assignment.subject, assignment.package);
            let first = self.spans.partition_point(|span| (span.subject, span.thing) < pair);
            let number = self.spans[first..].iter().take_while(|span| (span.subject, span.thing) == pair).count();
            let spans: Vec<u32> = (first as u32..(first + number) as u32).collect();
            let own = spans.iter().find(|span| self.spans[**span as usize].assignment == Some(at));
            let about = assignment.started.or(assignment.expired).or(assignment.seen);
            let near = || {
                spans.iter().rev().find(|span| {
                    let span = &self.spans[**span as usize];
                    about.is_none_or(|about| span.from.is_none_or(|from| from - DAY <= about))
                })
            };
            assignment.span = own.or_else(near).copied();
            if let Some(span) = assignment.span {
                taken[span as usize] = true;
                self.spans[span as usize].assignment.get_or_insert(at);
            }
        }
        for (at, taken) in (0..).zip(taken) {
            let span = &self.spans[at as usize];
            let thing = &self.things[span.thing as usize];
            if taken || thing.kind != Kind::Package {
                continue;
            }
            let subject = &self.subjects[span.subject as usize];
            let begun = span.from.map_or_else(String::new, |from| from.to_string());
            self.assignments.push(Assignment {
                key: format!("{}|{}|{begun}", subject.key, thing.key),
                subject: span.subject,
                package: span.thing,
                state: if span.is_open() { "delivered".into() } else { "expired".into() },
                started: span.from.filter(|_| span.from_is != Sure::Unknown),
                expired: span.to.filter(|_| span.to_is != Sure::Unknown),
                ends: span.planned.map(|planned| (planned, true)),
                span: Some(at),
                ..Assignment::default()
            });
            self.spans[at as usize].assignment = Some(self.assignments.len() as u32 - 1);
        }
    }
}

/// Orders assignments by a key that does not depend on the order of files; of each the new index.
fn name_assignments(assignments: &mut Vec<Assignment>, subjects: &[Subject], things: &[Thing]) -> Vec<u32> {
    for assignment in &mut *assignments {
        let (subject, package) = (&subjects[assignment.subject as usize].key, &things[assignment.package as usize].key);
        assignment.key = if assignment.id.is_empty() { format!("{subject}|{package}") } else { assignment.id.clone() };
    }
    let mut order: Vec<u32> = (0..assignments.len() as u32).collect();
    order.arrange_by(|a, b| {
        let [a, b] = [a, b].map(|at| &assignments[*at as usize]);
        (&a.key, &a.state, a.started, a.seen).cmp(&(&b.key, &b.state, b.started, b.seen))
    });
    // What a table without ids says of whom and what is said of the assignment that has one.
    let mut with_id: HashMap<(u32, u32), u32> = HashMap::new();
    for at in order.iter().copied().filter(|at| !assignments[*at as usize].id.is_empty()) {
        let one = &assignments[at as usize];
        let best = with_id.entry((one.subject, one.package)).or_insert(at);
        if one.is_current() && !assignments[*best as usize].is_current() {
            *best = at;
        }
    }
    // Two records that are one by their key become one: the better told stays.
    let mut stays: Vec<u32> = Vec::with_capacity(order.len());
    let mut new = vec![0; order.len()];
    let mut twins = Vec::new();
    for old in order {
        let one = &assignments[old as usize];
        let twin = with_id.get(&(one.subject, one.package)).filter(|_| one.id.is_empty());
        if let Some(twin) = twin {
            twins.push((old, *twin));
            continue;
        }
        match stays.last_mut().filter(|last| assignments[**last as usize].key == one.key) {
            Some(last) if assignments[*last as usize].seen <= one.seen => *last = old,
            Some(_) => {}
            None => stays.push(old),
        }
        new[old as usize] = stays.len() as u32 - 1;
    }
    for (old, twin) in twins {
        new[old as usize] = new[twin as usize];
    }
    *assignments = stays.into_iter().map(|old| std::mem::take(&mut assignments[old as usize])).collect();
    new
}

fn spans(
    mut marks: Vec<Mark>,
    subject_of: &[u32],
    accounts: Vec<(u32, i64, fold::Tells, u32)>,
    runs: &[(i64, i64)],
    as_of: i64,
) -> Vec<Span> {
    let mut of_subject: HashMap<u32, Vec<Mark>> = HashMap::new();
    for (subject, time, tells, event) in accounts {
        let subject = subject_of[subject as usize];
        let mark = Mark {
            subject,
            thing: 0,
            time: Some(time),
            tells,
            event: Some(event),
            assignment: None,
            managed: false,
            planned: None,
        };
        of_subject.entry(subject).or_default().push(mark);
    }
    // What a file without a date tells comes last: it must not be taken for the oldest.
    let order = |mark: &Mark| (mark.time.is_none(), mark.time, mark.tells, mark.planned, mark.assignment, mark.event);
    marks.arrange_by_key(|mark| (mark.subject, mark.thing, order(mark)));
    let covered =
        |time: i64| runs.iter().find(|(from, to)| (*from..=*to).contains(&time)).copied().unwrap_or((time, time));
    let limits = Limits { covered: &covered, as_of };
    let mut spans = Vec::new();
    let mut with_accounts = Vec::new();
    for own in marks.chunk_by(|a, b| (a.subject, a.thing) == (b.subject, b.thing)) {
        match of_subject.get(&own[0].subject) {
            None => fold(own, limits, &mut spans),
            Some(accounts) => {
                with_accounts.clear();
                with_accounts.extend_from_slice(own);
                with_accounts.extend(accounts.iter().map(|mark| Mark { thing: own[0].thing, ..*mark }));
                with_accounts.arrange_by_key(order);
                fold(&with_accounts, limits, &mut spans);
            }
        }
    }
    spans
}

/// When the audit logs begin and end, joined where less than a day is between them.
fn runs(store: &Store) -> Vec<(i64, i64)> {
    let audit = |log: &str| log == Log::Audit.label() || log == Log::Unified.label();
    let logs =
        store.sources.iter().flat_map(|source| &source.logs).filter(|log| audit(&log.log) && log.records > log.b2c);
    let mut spans: Vec<(i64, i64)> = logs.filter_map(|log| Some((log.first?, log.last?))).collect();
    spans.arrange();
    let mut runs: Vec<(i64, i64)> = Vec::new();
    for (from, to) in spans {
        match runs.last_mut() {
            Some(last) if from <= last.1.saturating_add(DAY) => last.1 = last.1.max(to),
            _ => runs.push((from, to)),
        }
    }
    runs
}

/// The moment that all views are as of.
fn as_of(store: &Store) -> Option<i64> {
    // A store that is made without files has its events alone.
    let events = || store.time.iter().copied().max().filter(|time| *time != NO_TIME);
    files::as_of(store).map(|as_of| as_of.moment).or_else(events)
}
