//! What is unusual: rules over the events and exports, what they find, and on which evidence.
//!
//! [`facts`] prepares once what all rules look at; a [`Rule`] is one file of [`rules`]; [`Findings`] runs
//! them with the reader's parameters and keeps what came of each, so that only those rules run again whose
//! parameters change.

mod activity;
pub mod expected;
pub mod facts;
mod finding;
mod invitations;
mod level;
mod look;
pub mod page;
mod rule;
pub mod rules;
mod run;
mod score;
pub mod sigma;
mod sigma_text;
pub mod signins;
pub mod text;
pub mod timeline;
pub mod trends;

use crate::arrange::Arrange as _;
pub use activity::{Kind, kind_of, names_of};
pub use finding::{Draft, Finding, Out, Outcome, Status, Subject};
pub use invitations::{Invitation, Invitations};
pub use level::Level;
pub use look::{Doer, Look};
pub use rule::{
    APPROVED_DOMAINS, APPROVED_GROUPS, APPROVED_INVITERS, GOVERNED_GROUPS, Need, Param, ParamKind, Rule, SHARED,
};
pub use run::Run;
pub use score::{Score, scores};
pub use sigma_text::{sigma_file, sigma_text};

use crate::{
    derived::{Derive, Derived, Memory},
    entitlement::requests::Requests,
    identity::{Identity, PersonId},
    query::passes,
    store::Store,
    time::{self, DAY, HOUR, MINUTE, Zone},
};
use facts::Facts;
use hashbrown::HashMap;
use std::{
    cell::{Cell, RefCell},
    cmp::Reverse,
    collections::BTreeMap,
    rc::Rc,
};

/// What the rules have found, for one state of the store. Runs of rules are kept by their parameters.
#[derive(Default)]
pub struct Findings {
    known: RefCell<HashMap<&'static str, Kept>>,
    /// Sentences of Sigma's findings name times, so they are kept with their calendar.
    sigma: RefCell<Option<(Zone, Vec<Rc<sigma::SigmaOutcome>>)>>,
    /// Of a store with rounded times: the same store with exact ones, by which rules judge. What they say is
    /// rounded all the same.
    exact: Option<Box<(Store, Memory)>>,
    /// Whether rules whose outcome is not known are left for [`step`].
    is_stepwise: Cell<bool>,
    /// With what rules were asked for that are left.
    wanted: RefCell<Option<Set>>,
}

/// What is set: parameters by their full names, and the calendar.
pub type Set = (BTreeMap<String, String>, Zone);

struct Kept {
    set: Vec<Option<String>>,
    zone: Zone,
    outcome: Rc<Outcome>,
}

impl Findings {
    /// Findings about a store with rounded times that are judged by the same store with exact ones, whose
    /// [`Store::rounding`] says how they are told.
    pub fn judged_by(exact: Store) -> Self {
        let mut memory = Memory::default();
        memory.refresh(&exact);
        Self { exact: Some(Box::new((exact, memory))), ..Self::default() }
    }
}

impl Derive for Findings {
    fn derive(_: &Derived) -> Self {
        Self::default()
    }
}

/// All findings, most serious first, and how each rule stands.
pub struct Found {
    /// One per rule, in the order of their ids.
    pub outcomes: Vec<Rc<Outcome>>,
    /// One per rule of the loaded Sigma files.
    pub sigma: Vec<Rc<sigma::SigmaOutcome>>,
    /// Most serious first, then by the score of their subject, then by subject and time. Expected ones last.
    pub findings: Vec<Rc<Finding>>,
    /// How many rules have not looked yet, loaded Sigma files counted as one.
    pub pending: usize,
}

/// How many findings there are about each person, with the rules' own settings.
pub struct Counts {
    of: Vec<u32>,
}

impl Derive for Counts {
    fn derive(from: &Derived) -> Self {
        let mut of = vec![0; from.get::<Identity>().people().len()];
        let (_, utc) = own_settings();
        let found = all(from, &utc);
        for person in found.iter().filter_map(|finding| finding.subject.person) {
            of[person as usize] += 1;
        }
        Self { of }
    }
}

impl Counts {
    /// How many there are about a person.
    pub fn of(&self, person: PersonId) -> u32 {
        self.of.get(person as usize).copied().unwrap_or_default()
    }
}

/// Nothing set, and days in UTC.
pub fn own_settings() -> Set {
    (BTreeMap::new(), Zone { name: "UTC".into(), ..Zone::default() })
}

/// Runs all rules, or takes what is known of them.
pub fn find(derived: &Derived, params: &BTreeMap<String, String>, zone: &Zone) -> Found {
    let found = in_no_order(derived, params, zone);
    Found { findings: ordered(&found.findings), ..found }
}

/// What the rules found about a person with their own settings, most serious first, and how many rules have not
/// looked yet: none if the answer is to wait for them.
pub fn about(derived: &Derived, person: PersonId, zone: &Zone, waits: bool) -> (Vec<Rc<Finding>>, usize) {
    let (mut own, pending) = if waits {
        (all(derived, zone), 0)
    } else {
        let found = in_no_order(derived, &BTreeMap::new(), zone);
        (found.findings, found.pending)
    };
    own.retain(|finding| finding.subject.person == Some(person));
    (ordered(&own), pending)
}

/// All findings with the rules' own settings, whatever answers may leave for later.
fn all(derived: &Derived, zone: &Zone) -> Vec<Rc<Finding>> {
    let kept = derived.get::<Findings>();
    let is_stepwise = kept.is_stepwise.replace(false);
    let found = in_no_order(derived, &BTreeMap::new(), zone);
    kept.is_stepwise.set(is_stepwise);
    found.findings
}

fn in_no_order(derived: &Derived, params: &BTreeMap<String, String>, zone: &Zone) -> Found {
    let kept = derived.get::<Findings>();
    let exact = kept.exact.as_deref().map(|(store, memory)| Derived::new(store, memory));
    let derived = exact.as_ref().unwrap_or(derived);
    let mut pending = 0;
    let outcome = |rule: &&'static Rule| match kept.known(rule, params, zone) {
        Some(outcome) => outcome,
        None if kept.is_stepwise.get() => {
            pending += 1;
            Rc::new(Outcome::pending(rule))
        }
        None => kept.look(derived, rule, params, zone),
    };
    let outcomes: Vec<Rc<Outcome>> = rules::ALL.iter().map(outcome).collect();
    let sigma = match sigma::known(derived, &kept, zone) {
        Some(known) => known,
        None if kept.is_stepwise.get() => {
            pending += 1;
            Vec::new()
        }
        None => sigma::outcomes(derived, &kept, zone),
    };
    let all = outcomes.iter().flat_map(|outcome| &outcome.findings);
    let has_marks = expected::marks(params).next().is_some();
    let with_mark = |finding: &Rc<Finding>| {
        let note = has_marks.then(|| expected::note(params, &finding.id, &finding.subject)).flatten();
        note.map_or_else(
            || finding.clone(),
            |note| Rc::new(Finding { expected: Some(note.to_owned()), ..Finding::clone(finding) }),
        )
    };
    let findings: Vec<Rc<Finding>> =
        all.chain(sigma.iter().flat_map(|outcome| &outcome.findings)).map(with_mark).collect();
    if pending > 0 {
        kept.wanted.replace(Some((params.clone(), zone.clone())));
    }
    Found { outcomes, sigma, findings, pending }
}

/// Has [`find`] leave rules for [`step`] from now on, or not.
pub fn set_stepwise(derived: &Derived, is_stepwise: bool) {
    derived.get::<Findings>().is_stepwise.set(is_stepwise);
}

/// Whether answers leave what takes long, see [`set_stepwise`].
pub fn is_stepwise(derived: &Derived) -> bool {
    derived.get::<Findings>().is_stepwise.get()
}

/// With what [`find`] was asked last, where it has left rules; said once.
pub fn take_wanted(derived: &Derived) -> Option<Set> {
    derived.get::<Findings>().wanted.take()
}

/// Takes the next step towards knowing what all rules find: what they all look at, a rule, the Sigma files.
/// `false` if there was none left to take.
pub fn step(derived: &Derived, (params, zone): &Set) -> bool {
    let kept = derived.get::<Findings>();
    if let Some(rule) = rules::ALL.iter().find(|rule| kept.known(rule, params, zone).is_none()) {
        type Prepare = (bool, fn(&Derived));
        let prepare: [Prepare; 4] = [
            (derived.known::<Identity>().is_some(), |from| drop(from.get::<Identity>())),
            (derived.known::<Requests>().is_some(), |from| drop(from.get::<Requests>())),
            (derived.known::<Facts>().is_some(), |from| drop(from.get::<Facts>())),
            (derived.known::<Invitations>().is_some(), |from| drop(from.get::<Invitations>())),
        ];
        match prepare.iter().find(|(is_known, _)| !is_known) {
            Some((_, prepare)) => prepare(derived),
            None => drop(kept.look(derived, rule, params, zone)),
        }
        return true;
    }
    let is_known = sigma::known(derived, &kept, zone).is_some();
    if !is_known {
        sigma::outcomes(derived, &kept, zone);
    }
    !is_known
}

/// Expected ones last; most serious first, then by the score of their subject, then by subject and time.
fn ordered(findings: &[Rc<Finding>]) -> Vec<Rc<Finding>> {
    let mut points: HashMap<&str, u64> = HashMap::new();
    for finding in findings.iter().filter(|finding| finding.expected.is_none()) {
        *points.entry(&finding.subject.key).or_default() += finding.level.weight();
    }
    let rank = |finding: &Rc<Finding>| {
        let points = points.get(&*finding.subject.key).copied().unwrap_or(0);
        (finding.expected.is_some(), Reverse((finding.level, points)))
    };
    let ranks: Vec<_> = findings.iter().map(rank).collect();
    let mut places: Vec<usize> = (0..findings.len()).collect();
    places.arrange_by(|a, b| {
        let (one, other) = (&findings[*a], &findings[*b]);
        ranks[*a]
            .cmp(&ranks[*b])
            .then_with(|| one.subject.name.cmp(&other.subject.name))
            .then_with(|| (one.time, &one.id, &one.key).cmp(&(other.time, &other.id, &other.key)))
    });
    places.into_iter().map(|at| findings[at].clone()).collect()
}

impl Findings {
    fn known(&self, rule: &'static Rule, params: &BTreeMap<String, String>, zone: &Zone) -> Option<Rc<Outcome>> {
        let known = self.known.borrow();
        let kept = known.get(rule.id).filter(|kept| kept.zone == *zone)?;
        let set = rule.params.iter().map(|param| params.get(&param.full_name(rule.id)));
        kept.set.iter().map(Option::as_ref).eq(set).then(|| kept.outcome.clone())
    }

    fn look(
        &self,
        derived: &Derived,
        rule: &'static Rule,
        params: &BTreeMap<String, String>,
        zone: &Zone,
    ) -> Rc<Outcome> {
        let coarse = if self.exact.is_some() { 0 } else { derived.store.rounding };
        let finer = |need: &Need| need.step().is_some_and(|step| coarse > step);
        let outcome = Rc::new(match rule.needs.iter().copied().find(finer) {
            None => run(derived, rule, params, zone),
            Some(need) => Outcome { status: Status::Lacking(lacking(need)), ..Outcome::pending(rule) },
        });
        let set = rule.params.iter().map(|param| params.get(&param.full_name(rule.id)).cloned()).collect();
        self.known.borrow_mut().insert(rule.id, Kept { set, zone: zone.clone(), outcome: outcome.clone() });
        outcome
    }
}

/// Runs one rule.
pub fn run(derived: &Derived, rule: &'static Rule, params: &BTreeMap<String, String>, zone: &Zone) -> Outcome {
    let (facts, invitations) = (derived.get::<Facts>(), derived.get::<Invitations>());
    let look = Look { store: derived.store, facts: &facts, zone };
    let requests = derived.get::<Requests>();
    let run = Run { look, invitations: &invitations, requests: &requests, params, rule };
    let mut out = Out::default();
    let missing: Vec<String> =
        rule.needs.iter().filter(|need| !is_met(**need, &facts)).map(|need| lacking(*need)).collect();
    if missing.is_empty() {
        (rule.run)(&run, &mut out);
    } else {
        out.lacking(&missing.join(" and "));
    }
    let mut seen: HashMap<String, u32> = HashMap::with_capacity(out.findings.len());
    let findings: Vec<Rc<Finding>> = out
        .findings
        .into_iter()
        .map(|mut draft| {
            let time_of = |event: &u32| run.time(*event);
            passes::in_order(derived.store, &mut draft.events);
            draft.events.dedup();
            let time = draft.time.or_else(|| draft.events.iter().find_map(time_of));
            let time = time.map(|ticks| time::rounded(ticks, derived.store.rounding));
            let number = seen.entry_ref(draft.subject.key.as_str()).or_default();
            *number += 1;
            let mut key = [rule.id, ":", &draft.subject.key].concat();
            if *number > 1 {
                key.push(':');
                key.push_str(&number.to_string());
            }
            Rc::new(Finding {
                rule: Some(rule),
                id: rule.id.into(),
                title: rule.title.into(),
                key,
                level: draft.level.unwrap_or(rule.level),
                inviter: inviter(&run, &draft.subject),
                subject: draft.subject,
                sentence: draft.sentence,
                caution: draft.caution,
                events: draft.events,
                rows: draft.rows,
                time,
                expected: None,
            })
        })
        .collect();
    let status = match out.lacking {
        Some(_) if !findings.is_empty() => Status::Hit,
        Some(what) => Status::Lacking(what),
        None if findings.is_empty() => Status::Clear,
        None => Status::Hit,
    };
    Outcome { rule, status, notes: out.notes, used: run.used(), findings }
}

/// Who invited a guest; an inviter is known under the own name.
fn inviter(run: &Run, subject: &Subject) -> String {
    let Some(person) = subject.person else { return String::new() };
    let newest = run.invitations.of(person).next_back();
    newest.map_or(String::new(), |invitation| run.actor_name(invitation.event))
}

/// What is missing, in words.
fn lacking(need: Need) -> String {
    match need.step() {
        Some(_) => format!("{}, finer than the rounded ones at hand", need.words()),
        None => need.words().to_owned(),
    }
}

fn is_met(need: Need, facts: &Facts) -> bool {
    match need {
        Need::Audit => facts.has_audit,
        Need::SignIns => !facts.sign_ins.is_empty(),
        Need::Users => facts.has_users,
        Need::Sponsors => facts.has_sponsors,
        Need::Decisions => facts.has_decisions,
        Need::B2c => facts.has_b2c,
        Need::Minutes => facts.rounded <= MINUTE,
        Need::Hours => facts.rounded <= HOUR,
        Need::Days => facts.rounded <= DAY,
    }
}
