//! Requests for access packages, put together from audit records and from exports of requests.
//!
//! The order of events and files makes no difference. Texts are kept as codes of the store's dictionaries.

mod build;
mod endings;
mod gather;
mod snapshot;
mod spread;
pub mod stage;

use crate::arrange::Arrange as _;
pub use spread::{Spread, spread};
pub use stage::{Kind, Stage, State};

use crate::{
    derived::{Derive, Derived},
    model::Domain,
    store::Store,
};
use std::borrow::Cow;

/// A person or application, by codes; 0 where unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Party {
    /// Display name, `Domain::Name`.
    pub name: u32,
    /// User principal name or address, `Domain::Upn`.
    pub upn: u32,
    /// Object id, `Domain::ObjectId`.
    pub id: u32,
}

/// A package, policy or catalog, by codes; 0 where unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Thing {
    /// Object id, `Domain::ObjectId`.
    pub id: u32,
    /// Display name, `Domain::Name`.
    pub name: u32,
}

/// Part of the way of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// In which state it was. A request that is approved and not yet ready is [`State::Delivering`], too.
    pub state: State,
    /// Whether it was approved and not yet ready to be delivered.
    pub approved: bool,
    /// Begin, ticks.
    pub from: i64,
    /// End, ticks; `None` where it lasts to the end of what is known.
    pub to: Option<i64>,
}

/// How a decision came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Somebody approved.
    Approved,
    /// The policy asks nobody.
    Automatic,
    /// Somebody said no.
    Denied,
    /// Nobody decided in time.
    TimedOut,
    /// The request was taken back first.
    Canceled,
}

/// How the access that a request gave came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// When, ticks.
    pub time: i64,
    /// By whom: given up, taken away, or at expiry.
    pub kind: Kind,
    /// Whether the same request id says so; else it is the same person and package, later.
    pub is_certain: bool,
    /// The record.
    pub event: u32,
}

/// Where the state of a request comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// Audit records.
    #[default]
    Records,
    /// An export of requests, taken at that time where it is known.
    Export(Option<i64>),
}

/// A request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Names it among all: its id, else what its records share.
    pub key: String,
    /// Its id, `Domain::ObjectId`; 0 where no file says it.
    pub id: u32,
    /// What is asked for.
    pub kind: Kind,
    /// How it stands at the end of what is known.
    pub state: State,
    /// What says so.
    pub state_from: Source,
    /// Until when that is known, where more is to come: the end of the audit logs, or the moment of the export.
    pub open_as_of: Option<i64>,
    /// Who asked, or assigned directly.
    pub requestor: Party,
    /// Who is to receive access.
    pub receiver: Party,
    /// Who decided, or answered in a stage of approval; in the order of time, each once.
    pub approvers: Vec<Party>,
    /// Who was asked to decide.
    pub asked: Vec<Party>,
    /// The requestor's reason: a text of the files.
    pub justification: String,
    /// The approver's reason.
    pub answer: String,
    /// For which package.
    pub package: Thing,
    /// Under which policy.
    pub policy: Thing,
    /// How it was decided.
    pub decision: Option<Decision>,
    /// When it was made, ticks.
    pub submitted: Option<i64>,
    /// When it was decided.
    pub decided: Option<i64>,
    /// When delivery could begin.
    pub ready: Option<i64>,
    /// When all access was given.
    pub delivered: Option<i64>,
    /// When its final state was reached.
    pub finished: Option<i64>,
    /// Its way, in the order of time.
    pub steps: Vec<Step>,
    /// When the access ended that it gave.
    pub ended: Option<Ending>,
    /// Why it failed, in the words of the record.
    pub failure: String,
    /// Whether making the request failed, so that there is none.
    pub is_refused: bool,
    /// Whether its records were joined by person and package alone.
    pub is_uncertain: bool,
    /// Its records, in the order of time.
    pub events: Vec<(u32, Stage)>,
    /// Its rows of exports (`EntityKind::Request`).
    pub rows: Vec<usize>,
}

impl Request {
    /// From the request to the decision, ticks.
    pub fn time_to_decision(&self) -> Option<i64> {
        let decided = matches!(self.decision, Some(Decision::Approved | Decision::Automatic | Decision::Denied));
        Some(self.decided.filter(|_| decided)? - self.submitted?)
    }

    /// From ready (else approved, else, where nobody was asked, the beginning) to all access given, ticks.
    pub fn time_to_deliver(&self) -> Option<i64> {
        let direct = || self.submitted.filter(|_| self.kind.is_direct());
        Some(self.delivered? - self.ready.or(self.decided).or_else(direct)?)
    }

    /// From the request to its final state, ticks.
    pub fn total_time(&self) -> Option<i64> {
        Some(self.finished? - self.submitted?)
    }

    /// How long it was delivered in part, ticks; open ends count to the end of what is known.
    pub fn time_in_part(&self) -> Option<i64> {
        let parts = self.steps.iter().filter(|step| step.state == State::PartiallyDelivered);
        let lengths = parts.filter_map(|step| Some(step.to.or(self.open_as_of)? - step.from));
        lengths.reduce(|a, b| a + b)
    }

    /// Whether more is to come, as far as is known.
    pub fn is_open(&self) -> bool {
        self.open_as_of.is_some()
    }

    /// Whether somebody has to decide it.
    pub fn is_waiting(&self) -> bool {
        self.is_open() && self.state.is_undecided() && !self.kind.is_direct() && !self.kind.is_removal()
    }

    /// Since when it is approved, or in need of no approval, and not delivered, not even in part.
    pub fn undelivered_since(&self) -> Option<i64> {
        if !self.is_open() || self.kind.is_removal() {
            return None;
        }
        match self.state {
            State::Delivering => self.ready.or(self.decided).or(self.submitted),
            State::Submitted if self.kind.is_direct() => self.submitted,
            _ => None,
        }
    }

    /// How long it has been undelivered at the end of what is known, ticks.
    pub fn undelivered_for(&self) -> Option<i64> {
        Some(self.open_as_of? - self.undelivered_since()?)
    }

    /// How long it has been waiting for a decision at the end of what is known, ticks.
    pub fn waiting_for(&self) -> Option<i64> {
        Some(self.open_as_of.filter(|_| self.is_waiting())? - self.submitted?)
    }

    /// Its first moment.
    pub fn first(&self) -> Option<i64> {
        self.steps.first().map(|step| step.from).or(self.submitted).or(self.finished)
    }

    /// Its last moment, that of open ends included.
    pub fn last(&self) -> Option<i64> {
        self.open_as_of.max(self.finished).max(self.first())
    }
}

/// All requests.
#[derive(Default)]
pub struct Requests {
    /// Newest first, ties by key.
    pub list: Vec<Request>,
    /// Events with an activity of requests that belong to none of them.
    pub unjoined: Vec<u32>,
    /// Rows of exports that ask for a resource to be added to a catalog, not for access.
    pub resource_requests: usize,
    /// The end of what the audit logs cover, B2C's aside, ticks.
    pub last: Option<i64>,
}

impl Derive for Requests {
    fn derive(from: &Derived) -> Self {
        let store = from.store;
        let gathered = gather::gather(store);
        let targets = gather::Targets::new(store);
        let last = gathered.last.map(|last| crate::files::audit_end(store).map_or(last, |end| end.max(last)));
        let builder = build::Builder::new(store, &targets, last);
        let mut list: Vec<Request> = gathered.groups.iter().map(|group| builder.build(group)).collect();
        let resource_requests = snapshot::add(store, &mut list);
        endings::link(store, &mut list);
        Self { list: newest_first(list), unjoined: gathered.unjoined, resource_requests, last }
    }
}

/// Orders requests by places, because requests are too large to be moved often.
fn newest_first(list: Vec<Request>) -> Vec<Request> {
    let mut order: Vec<(Option<i64>, usize)> = list.iter().enumerate().map(|(at, own)| (own.first(), at)).collect();
    order.arrange_by(|a, b| b.0.cmp(&a.0).then_with(|| list[a.1].key.cmp(&list[b.1].key)));
    let mut places: Vec<Option<Request>> = list.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(_, at)| places[at].take()).collect()
}

impl Requests {
    /// The request of that key.
    pub fn find(&self, key: &str) -> Option<&Request> {
        self.list.iter().find(|request| request.key == key)
    }
}

impl Party {
    /// Whether nothing is known of it.
    pub fn is_unknown(self) -> bool {
        self == Self::default()
    }

    /// Whether both are the same: by object id, else by user principal name, else by name.
    pub fn is(self, other: Self) -> bool {
        let pairs = [(self.id, other.id), (self.upn, other.upn), (self.name, other.name)];
        pairs.into_iter().find(|(own, other)| *own != 0 && *other != 0).is_some_and(|(own, other)| own == other)
    }

    /// Display name; may be empty.
    pub fn name(self, store: &Store) -> Cow<'_, str> {
        store.dictionary(Domain::Name).get(self.name)
    }

    /// User principal name, else id, else name.
    pub fn address(self, store: &Store) -> Cow<'_, str> {
        match self {
            Self { upn, .. } if upn != 0 => store.dictionary(Domain::Upn).get(upn),
            Self { id, .. } if id != 0 => store.dictionary(Domain::ObjectId).get(id),
            _ => self.name(store),
        }
    }

    /// Takes over what is unknown.
    pub(super) fn fill(&mut self, from: Self) {
        for (own, other) in [(&mut self.name, from.name), (&mut self.upn, from.upn), (&mut self.id, from.id)] {
            if *own == 0 {
                *own = other;
            }
        }
    }
}

impl Thing {
    /// Whether nothing is known of it.
    pub fn is_unknown(self) -> bool {
        self == Self::default()
    }

    /// Display name, else id.
    pub fn name(self, store: &Store) -> Cow<'_, str> {
        if self.name == 0 {
            store.dictionary(Domain::ObjectId).get(self.id)
        } else {
            store.dictionary(Domain::Name).get(self.name)
        }
    }

    /// Id, else name: tells things of one name apart.
    pub fn key(self, store: &Store) -> Cow<'_, str> {
        if self.id == 0 {
            store.dictionary(Domain::Name).get(self.name)
        } else {
            store.dictionary(Domain::ObjectId).get(self.id)
        }
    }

    /// Takes over what is unknown.
    pub(super) fn fill(&mut self, from: Self) {
        for (own, other) in [(&mut self.id, from.id), (&mut self.name, from.name)] {
            if *own == 0 {
                *own = other;
            }
        }
    }
}
