//! What exports of assignments tell: the state of each, and when it began and ends.

use super::{
    super::{
        fold::{Mark, Tells},
        raw::RawSubject,
        span::Assignment,
    },
    Found,
    length::Length,
};
use crate::identity::text::Lower as _;
use crate::{
    arrange::Arrange as _,
    model::{Attribute as A, EntityKind, Origin},
    store::{Entities, Store},
};
use hashbrown::{HashMap, HashSet};

/// The format whose files hold one package's assignments without naming it.
const TABLE: &str = "assignments-csv";

impl Found {
    /// Assignments: the newest row of each gives its state, all rows tell of its time.
    pub(super) fn assignments(&mut self, store: &Store) {
        let table = store.entities(EntityKind::Assignment);
        let newest: HashSet<usize> = table.newest().into_iter().collect();
        let lengths = policy_lengths(store);
        let mut index: HashMap<u32, u32> = HashMap::new();
        // A table without ids tells one assignment by whom and what it is of.
        let mut by_pair: HashMap<(u32, u32), u32> = HashMap::new();
        let mut files: HashMap<u32, u32> = HashMap::new();
        let mut rows: Vec<usize> = table.rows().filter(|row| table.origin(*row) != Origin::Template).collect();
        let seen = |row: usize| store.sources.get(table.source.get(row) as usize).and_then(|source| source.snapshot);
        rows.arrange_by_key(|row| (!newest.contains(row), std::cmp::Reverse(seen(*row)), *row));
        for row in rows {
            let source = table.source.get(row);
            let mut thing = self.row_package(store, &table, row);
            let info = store.sources.get(source as usize);
            if let Some(info) = info.filter(|info| thing.id == 0 && thing.name == 0 && info.format == TABLE) {
                let pool = &mut self.pool;
                thing.name = *files.entry(source).or_insert_with(|| pool.add(&crate::files::named(info).package));
                thing.by_file = true;
            }
            let own = table.origin(row) == Origin::Own;
            if !own && table.code(row, A::State) == 0 {
                continue;
            }
            // Graph names neither whom nor what unless asked to: such an assignment is listed all the same.
            let whose = [A::TargetId, A::TargetUpn, A::TargetMail, A::TargetName];
            let whose = self.row_subject(store, &table, row, whose);
            let tells = own && whose.is_some() && (thing.id != 0 || thing.name != 0);
            let subject = whose.unwrap_or_else(|| self.raws.subject(RawSubject::default()));
            let thing = self.raws.thing(thing);
            let id = table.code(row, A::Id);
            let seen = seen(row);
            let started = table.time(row, A::Started);
            let ends = table.time(row, A::Ends).map(|ends| (ends, false)).or_else(|| {
                let policy = table.code(row, A::PolicyId);
                let length = Length::read(&table.text(row, A::Duration))
                    .or_else(|| lengths.get(&policy).copied().filter(|_| policy != 0));
                Some((length?.after(started?)?, true))
            });
            let known = if id == 0 { by_pair.get(&(subject, thing)) } else { index.get(&id) };
            let at = known.copied().unwrap_or_else(|| {
                let at = self.assignments.len() as u32;
                self.assignments.push(Assignment {
                    id: table.text(row, A::Id).into_owned(),
                    subject,
                    package: thing,
                    policy: (table.text(row, A::PolicyId).lower(), table.text(row, A::PolicyName).into_owned()),
                    state: table.text(row, A::State).into_owned(),
                    status: table.text(row, A::Status).into_owned(),
                    started,
                    ends,
                    expired: table.time(row, A::Expired),
                    row: Some(row as u32),
                    seen,
                    ..Assignment::default()
                });
                at
            });
            if id == 0 {
                by_pair.insert((subject, thing), at)
            } else {
                index.insert(id, at)
            };
            if tells {
                self.assignment_marks(&table, row, at, subject, thing, started, ends.map(|(ends, _)| ends), seen);
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one call, of what the row says")]
    fn assignment_marks(
        &mut self,
        table: &Entities,
        row: usize,
        assignment: u32,
        subject: u32,
        thing: u32,
        started: Option<i64>,
        planned: Option<i64>,
        seen: Option<i64>,
    ) {
        let state = table.text(row, A::State);
        let gave = !matches!(&*state, "deliveryFailed" | "denied" | "canceled" | "scheduled" | "submitted");
        if !gave {
            return;
        }
        let mark = Mark {
            subject,
            thing,
            time: None,
            tells: Tells::Held,
            event: None,
            assignment: Some(assignment),
            managed: true,
            planned,
        };
        // One that is only being delivered has not begun for certain.
        let begun = state != "delivering";
        if let Some(started) = started.filter(|_| begun) {
            self.marks.push(Mark { time: Some(started), tells: Tells::Start, ..mark });
        }
        // An end that is told of an assignment that is still delivered is the one it is to have.
        let over = state == "expired";
        let expired = table.time(row, A::Expired).filter(|_| over || state.is_empty());
        match expired {
            Some(expired) => self.marks.push(Mark { time: Some(expired), tells: Tells::End, ..mark }),
            None if over => self.marks.push(Mark { time: seen, tells: Tells::Over, ..mark }),
            None if begun => self.marks.push(Mark { time: seen, tells: Tells::Held, ..mark }),
            None => {}
        }
    }
}

/// How long an assignment under a policy lasts, by the code of the policy's id.
fn policy_lengths(store: &Store) -> HashMap<u32, Length> {
    let table = store.entities(EntityKind::Policy);
    let mut lengths = HashMap::new();
    for row in table.newest() {
        let days = table.text(row, A::DurationDays).parse().ok().and_then(Length::days);
        if let Some(length) = days.or_else(|| Length::read(&table.text(row, A::Duration))) {
            lengths.insert(table.code(row, A::Id), length);
        }
    }
    lengths
}
