//! All guests, and the life of each.

mod charts;
mod filter;
mod groups;
mod lanes;
pub(super) mod opened;
mod order;
mod side;
mod story;
pub(super) mod table;
mod traits;
pub(super) mod words;

use super::{Made, ViewScope, as_of::AsOf, taking_part::TakingPart};
use crate::report::Gap;
use crate::{
    entitlement::access::Access,
    findings::{self, Counts},
    guests::roster::{
        Guest, Index, Kind, Roster, State, THRESHOLD, kinds,
        line::{Life, life},
    },
    identity::Person,
    report::{
        Logs, Need, Reach,
        blocks::{Block, Note, Tone},
        coverage, guide,
    },
    store::Store,
};
use filter::Filter;
use hashbrown::HashMap;
use side::Months;
use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
};

/// What the parts of the view share.
pub(super) struct Sheet<'a> {
    pub(super) scope: &'a ViewScope<'a>,
    pub(super) store: &'a Store,
    pub(super) roster: Rc<Roster>,
    index: Rc<Index>,
    kinds: Vec<Kind>,
    /// How each guest stands.
    pub(super) states: Vec<State>,
    /// How many findings there are about each; none while the rules have not looked.
    findings: Option<Rc<Counts>>,
    /// Who had which access package; none while that is not worked out.
    access: Option<Rc<Access>>,
    /// What each guest is, see [`traits::marks`].
    marks: Vec<u32>,
    /// Lives that were told already: several parts of the view show the same.
    lives: RefCell<HashMap<u32, Rc<Life>>>,
    months: OnceCell<Months>,
    pub(super) as_of: i64,
    pub(super) threshold: i64,
    /// What "not seen" means in the audit log, and in the sign-in logs.
    pub(super) unseen: [String; 2],
    /// Begin and end of the loaded logs, ticks.
    pub(super) logs: Option<(i64, i64)>,
    /// Whole days in between that no audit log covers, ticks.
    pub(super) holes: Vec<(i64, i64)>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(scope: &'a ViewScope<'a>, as_of: i64) -> Self {
        let store = scope.derived.store;
        let roster = scope.derived.get::<Roster>();
        let threshold = scope.number("threshold", THRESHOLD, 1, 3650);
        let people = roster.identity.people();
        let states = roster
            .guests()
            .iter()
            .map(|guest| guest.state(&people[guest.person as usize].standing, as_of, threshold))
            .collect();
        let reaches = [Logs::Audit, Logs::SignIns].map(|logs| Reach::of(store, logs, scope.zone()));
        let from = reaches.iter().filter_map(|reach| reach.period).map(|(from, _)| from).min();
        let to = reaches.iter().filter_map(|reach| reach.period).map(|(_, to)| to).max();
        let unseen = reaches.map(|reach| reach.not_seen(scope.zone()));
        let coverage = coverage(store, 0, scope.zone());
        let audit = coverage.kinds.iter().filter(|kind| kind.label == "Audit logs");
        let holes = audit.flat_map(|kind| &kind.gaps).map(Gap::whole_days).collect();
        Self {
            scope,
            store,
            index: scope.derived.get::<Index>(),
            roster,
            kinds: kinds(store),
            states,
            findings: counts(scope),
            access: access(scope),
            marks: Vec::new(),
            lives: RefCell::default(),
            months: OnceCell::new(),
            as_of,
            threshold,
            unseen,
            logs: from.zip(to),
            holes,
        }
    }

    /// All months that guests have to do with, and that of the chosen day.
    fn months(&self) -> &Months {
        self.months.get_or_init(|| {
            let (from, to) = self.index.period.unwrap_or((self.as_of, self.as_of));
            Months::new((from.min(self.as_of), to.max(self.as_of)), self.scope.zone())
        })
    }

    /// What a guest held, and what happened.
    fn life(&self, at: u32) -> Rc<Life> {
        let known = self.lives.borrow().get(&at).cloned();
        known.unwrap_or_else(|| {
            let access = self.access.clone().unwrap_or_default();
            let new = Rc::new(life(&self.roster, &access, self.store, &self.kinds, at as usize));
            self.lives.borrow_mut().insert(at, new.clone());
            new
        })
    }

    /// What is not worked out yet.
    fn still_reading(&self) -> Option<Block> {
        let note = || Note { id: "still-reading".into(), tone: Tone::Unknown, text: READING.into(), ..Note::default() };
        self.access.is_none().then(|| Block::Note(note()))
    }

    pub(super) fn guest(&self, at: u32) -> &Guest {
        &self.roster.guests()[at as usize]
    }

    pub(super) fn person(&self, at: u32) -> &Person {
        self.roster.identity.person(self.guest(at).person)
    }
}

/// Up to so many events the page waits for all of the roster.
const AT_ONCE: usize = 20_000;

/// Whether all is to be in the answer. Else what takes long is worked out while nothing else is asked.
fn waits(scope: &ViewScope) -> bool {
    scope.derived.store.len() <= AT_ONCE || !findings::is_stepwise(&scope.derived)
}

/// Said where access packages are not worked out yet.
const READING: &str = "Access packages are still being read. They are filled in as soon as that is done.";

/// All access, asked for only where any file tells of packages.
fn access(scope: &ViewScope) -> Option<Rc<Access>> {
    if !Access::has_packages(scope.derived.store) {
        return Some(Rc::default());
    }
    scope.derived.known().or_else(|| waits(scope).then(|| scope.derived.get()))
}

fn counts(scope: &ViewScope) -> Option<Rc<Counts>> {
    scope.derived.known().or_else(|| waits(scope).then(|| scope.derived.get()))
}

pub(super) fn view(scope: &ViewScope) -> Made {
    let as_of = AsOf::new(scope);
    let mut sheet = Sheet::new(scope, as_of.as_ref().map_or(0, |as_of| as_of.day));
    sheet.marks = traits::marks(&sheet);
    let sheet = sheet;
    if sheet.roster.guests().is_empty() {
        return Made { blocks: nothing(&sheet), opened: None };
    }
    let filter = Filter::new(&sheet);
    let taking_part = TakingPart::new(scope);
    let mut present = sheet.index.newest.clone();
    present.retain(|at| taking_part.has(Some(sheet.guest(*at).person)));
    let left_out = sheet.index.newest.len() - present.len();
    let shown = filter.passing(&sheet, present.clone());

    let mut blocks = vec![traits::stats(&sheet, &present)];
    blocks.extend(taking_part.note(left_out, "guests"));
    blocks.extend(sheet.still_reading());
    blocks.push(filter.controls(&sheet, &present, as_of.as_ref()));
    blocks.extend(groups::table(&sheet, &filter, &shown));
    blocks.push(table::table(&sheet, &shown));
    blocks.push(lanes::control(&sheet));
    blocks.push(lanes::all(&sheet, &shown));
    blocks.push(Block::Heading {
        title: "Guests in figures".into(),
        text: "Counted over the guests listed above; each step of a chart leads to its guests.".into(),
    });
    blocks.extend(charts::charts(&sheet, &shown));
    blocks.extend(missing(&sheet));
    let opened = scope.open.and_then(|key| opened::opened(&sheet, key));
    Made { blocks, opened }
}

/// What to load, where nothing tells of a guest.
fn nothing(sheet: &Sheet) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !sheet.store.is_empty() || sheet.store.entity_count() > 0 {
        let failed = sheet.roster.failed_only;
        let more = if failed > 0 { format!(" {failed} addresses were invited in vain.") } else { String::new() };
        let text =
            format!("No loaded file tells of a guest: no user type Guest, no invitation, no name with #EXT#.{more}");
        blocks.push(Block::Note(Note { id: "no-guests".into(), tone: Tone::Unknown, text, ..Note::default() }));
    }
    let needs = [Need::Users, Need::AuditLogs].into_iter().filter(|need| !need.is_met(sheet.store));
    blocks.extend(needs.map(|need| Block::Note(guide(need))));
    blocks
}

/// What the loaded files do not tell, and how to get it.
fn missing(sheet: &Sheet) -> Vec<Block> {
    let mut blocks = Vec::new();
    let failed = sheet.roster.failed_only;
    if failed > 0 {
        let (who, are) = if failed == 1 {
            ("1 address".to_owned(), "is")
        } else {
            (format!("{} addresses", crate::number::thousands(failed as u64)), "are")
        };
        let text =
            format!("{who} {are} known only from invitations that failed, and {are} not listed: no account was made.");
        blocks.push(Block::Note(Note { id: "failed-invitations".into(), text, ..Note::default() }));
    }
    let store = sheet.store;
    blocks.push(Block::Note(Reach::of(store, Logs::Audit, sheet.scope.zone()).note(sheet.scope.zone())));
    let needs = [Need::Users, Need::AuditLogs, Need::SignIns].into_iter().filter(|need| !need.is_met(store));
    blocks.extend(needs.map(|need| Block::Note(guide(need))));
    blocks
}
