//! Access reviews: what was decided about whom by whom, and what became of it. Decisions come from
//! exports of reviews and from the audit log; those of both are one.

mod after;
mod build;
mod log;
mod runs;

pub use after::After;
pub use runs::Run;

use super::party::{Parties, Party};
use crate::derived::{Derive, Derived};
use hashbrown::HashMap;

/// The review name of answers that sponsors gave on a sheet of this page.
pub const SPONSOR_SHEET: &str = "Sponsor sheet";

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Access stays.
    Approve,
    /// Access goes.
    Deny,
    /// The reviewer does not know.
    DontKnow,
    /// Nobody has decided.
    NotReviewed,
    /// An earlier decision was taken back.
    Reset,
    /// A word that is none of Microsoft's.
    Other,
}

impl Outcome {
    /// All of them, in the order of charts.
    pub const ALL: [Self; 6] = [Self::Approve, Self::Deny, Self::DontKnow, Self::NotReviewed, Self::Reset, Self::Other];

    /// The word a reader sees.
    pub fn label(self) -> &'static str {
        match self {
            Self::Approve => "Approved",
            Self::Deny => "Denied",
            Self::DontKnow => "Don't know",
            Self::NotReviewed => "Not reviewed",
            Self::Reset => "Reset",
            Self::Other => "Another word",
        }
    }

    /// Whether someone has decided.
    pub fn is_made(self) -> bool {
        matches!(self, Self::Approve | Self::Deny | Self::DontKnow)
    }
}

/// What the system recommended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recommendation {
    /// To approve.
    Approve,
    /// To deny.
    Deny,
    /// The file says that there was none.
    Nothing,
    /// No file says.
    Unknown,
}

/// Whether a decision was carried out.
/// Source of the words: Graph reference, `accessReviewInstanceDecisionItem`, `applyResult`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Application {
    /// It was; when, ticks, where a file says.
    Applied(Option<i64>),
    /// It was tried in vain, in the file's word.
    Failed(String),
    /// The review is over, and it was not.
    NotApplied,
    /// The review is not over.
    Running,
    /// The files do not say.
    Unknown,
}

/// One decision about one subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What was decided.
    pub outcome: Outcome,
    /// When, ticks.
    pub time: Option<i64>,
    /// Who is reviewed, in [`Reviews::parties`].
    pub subject: Option<u32>,
    /// Who decided, in [`Reviews::parties`].
    pub reviewer: Option<u32>,
    /// Index into [`Reviews::reviews`].
    pub review: u32,
    /// What the system recommended.
    pub recommendation: Recommendation,
    /// Whether it was carried out.
    pub application: Application,
    /// Whether no later decision of the same review and stage is about the same subject.
    pub stands: bool,
    /// Its record, a row of the table of decisions.
    pub row: Option<u32>,
    /// Events of the audit log that tell of it.
    pub events: Vec<u32>,
    /// Why the reviewer decided so.
    pub justification: String,
    /// Of a denial: what its subject did, and what happened to it, afterwards.
    pub after: Option<Box<After>>,
}

impl Decision {
    /// Whether access was denied, the review is over and the denial was not carried out.
    pub fn is_denied_in_vain(&self) -> bool {
        let vain = matches!(self.application, Application::Failed(_) | Application::NotApplied);
        self.stands && self.outcome == Outcome::Deny && vain
    }

    /// Whether access was denied and the subject was active afterwards.
    pub fn is_denied_but_active(&self) -> bool {
        self.stands && self.outcome == Outcome::Deny && self.after.as_ref().is_some_and(|after| after.is_active())
    }

    /// Whether the reviewer decided otherwise than recommended.
    pub fn is_against_recommendation(&self) -> bool {
        use Recommendation as R;
        self.stands
            && matches!((self.outcome, self.recommendation), (Outcome::Approve, R::Deny) | (Outcome::Deny, R::Approve))
    }
}

/// A review: an instance with its decisions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Review {
    /// Names it among all: its id, else its name, else the file it is from; in lower case.
    pub key: String,
    /// Name; may be empty.
    pub name: String,
    /// Id of the series it belongs to, in lower case; may be empty.
    pub series: String,
    /// What is reviewed; may be empty.
    pub resource: String,
    /// Its id, in lower case; may be empty.
    pub resource_id: String,
    /// Its kind, in the file's word; may be empty.
    pub resource_type: String,
    /// Status in the word of the newest file; may be empty.
    pub status: String,
    /// The age of that file: the latest past moment that it tells of, ticks.
    pub status_at: Option<i64>,
    /// Begin, ticks.
    pub from: Option<i64>,
    /// End, ticks.
    pub until: Option<i64>,
    /// Events of the audit log about the review itself.
    pub events: Vec<u32>,
    /// The event that deleted it.
    pub deleted: Option<u32>,
    /// Whether it is a sponsor's sheet.
    pub is_sheet: bool,
}

impl Review {
    /// The name to show.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.key } else { &self.name }
    }
}

/// Several decisions of one click, of which the log does not say whom they are about.
#[derive(Clone, Debug, PartialEq)]
pub struct Bulk {
    /// Who decided, in [`Reviews::parties`].
    pub reviewer: Option<u32>,
    /// The event.
    pub event: u32,
}

/// All that the files tell of access reviews.
#[derive(Default)]
pub struct Reviews {
    /// Earliest first, those without a time at the end.
    pub decisions: Vec<Decision>,
    /// By their keys.
    pub reviews: Vec<Review>,
    /// Decisions in bulk.
    pub bulk: Vec<Bulk>,
    parties: Parties,
    /// The decisions about each subject.
    about: HashMap<u32, Vec<u32>>,
    /// Whether there are exports of decisions, besides the log.
    pub has_export: bool,
}

impl Derive for Reviews {
    fn derive(from: &Derived) -> Self {
        build::reviews(from)
    }
}

impl Reviews {
    /// A subject or reviewer.
    pub fn party(&self, at: Option<u32>) -> Option<&Party> {
        at.map(|at| self.parties.get(at))
    }

    /// The decisions about a person, by the person's key, earliest first.
    pub fn about<'a>(&'a self, key: &str) -> impl Iterator<Item = &'a Decision> {
        let own = self.parties.find(key).and_then(|party| self.about.get(&party));
        own.into_iter().flatten().map(|at| &self.decisions[*at as usize])
    }
}
