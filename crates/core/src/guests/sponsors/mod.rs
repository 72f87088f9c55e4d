//! Who answers for whom: sponsors of guests, and sponsors of the connected organizations they come from.
//!
//! Whether a sponsor still has an account is said as far as the files go: "not among the loaded users" is
//! not "left".

mod build;
mod organizations;

use super::party::{Parties, Party};
use crate::{
    derived::{Derive, Derived},
    identity::PersonId,
};

/// What the files tell of a sponsor's account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Presence {
    /// Among the loaded users, and not blocked as far as they say.
    Listed,
    /// Among the loaded users, with `accountEnabled` false.
    Blocked,
    /// Deleted by the audit log, and not restored since.
    Deleted,
    /// Not among the loaded users, which have members, or neither there nor in any event.
    NotFound,
    /// The loaded users have no members at all; events name the sponsor.
    OnlySeen,
    /// A group: who is in it, the files do not say.
    Group,
}

impl Presence {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Listed, Self::Blocked, Self::Deleted, Self::NotFound, Self::OnlySeen, Self::Group];

    /// Stable kebab-case name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::Blocked => "blocked",
            Self::Deleted => "deleted",
            Self::NotFound => "not-found",
            Self::OnlySeen => "only-seen",
            Self::Group => "group",
        }
    }

    /// The words a reader sees.
    pub fn label(self) -> &'static str {
        match self {
            Self::Listed => "Among the loaded users",
            Self::Blocked => "Blocked",
            Self::Deleted => "Deleted by the audit log",
            Self::NotFound => "Not found in the loaded users",
            Self::OnlySeen => "Seen in events only",
            Self::Group => "Group",
        }
    }

    /// Whether nobody is known to be there to answer.
    pub fn is_missing(self) -> bool {
        matches!(self, Self::Blocked | Self::Deleted | Self::NotFound)
    }
}

/// Someone who answers for guests.
#[derive(Clone, Debug, PartialEq)]
pub struct Sponsor {
    /// Who, in [`Sponsors::party`].
    pub party: u32,
    /// What the files tell of the account.
    pub presence: Presence,
    /// When it was deleted: the event.
    pub deleted: Option<u32>,
    /// The latest event that names the sponsor, ticks.
    pub seen: Option<i64>,
    /// The guests, indexes into [`Sponsors::guests`].
    pub guests: Vec<u32>,
    /// Guests of connected organizations that the sponsor answers for and who are not among `guests`.
    pub second_hand: Vec<u32>,
    /// Those organizations, indexes into [`Sponsors::organizations`].
    pub organizations: Vec<u32>,
}

/// What the files tell of a guest's sponsors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answered {
    /// Someone is named.
    Named,
    /// An export that lists sponsors has none.
    None,
    /// No export of this guest lists sponsors.
    Unknown,
}

/// A guest and those who answer for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Guest {
    /// Who.
    pub person: PersonId,
    /// Whether the files tell of sponsors.
    pub answered: Answered,
    /// The sponsors, indexes into [`Sponsors::sponsors`].
    pub sponsors: Vec<u32>,
    /// Sponsors of the connected organization, where they are others.
    pub second_hand: Vec<u32>,
    /// The connected organization, an index into [`Sponsors::organizations`].
    pub organization: Option<u32>,
    /// The newest record of the guest, a row of the table of people.
    pub row: Option<u32>,
    /// Who invited the guest, by the audit log.
    pub inviter: Option<PersonId>,
}

/// The key that stands for guests without a sponsor where that of a sponsor may stand.
pub const WITHOUT: &str = "-without-sponsor:";

/// A connected organization that has sponsors.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Organization {
    /// Object id, in lower case.
    pub id: String,
    /// Name.
    pub name: String,
    /// Domains its users come from, in lower case.
    pub domains: Vec<String>,
    /// Its sponsors, indexes into [`Sponsors::sponsors`], with whether they are of the own tenant.
    pub sponsors: Vec<(u32, bool)>,
}

/// Who answers for whom.
#[derive(Default)]
pub struct Sponsors {
    /// By their keys.
    pub sponsors: Vec<Sponsor>,
    /// Guests of now, by their keys: neither deleted by the log nor turned into members.
    pub guests: Vec<Guest>,
    /// Connected organizations, by id.
    pub organizations: Vec<Organization>,
    /// Whether the loaded users have members: only then does it say something not to be among them.
    pub has_members: bool,
    /// Events that add or remove a sponsor.
    pub changes: Vec<u32>,
    parties: Parties,
}

impl Derive for Sponsors {
    fn derive(from: &Derived) -> Self {
        build::sponsors(from)
    }
}

impl Sponsors {
    /// Who a sponsor is.
    pub fn party(&self, sponsor: &Sponsor) -> &Party {
        self.parties.get(sponsor.party)
    }

    /// The sponsor of that key.
    pub fn find(&self, key: &str) -> Option<&Sponsor> {
        let party = self.parties.find(key)?;
        self.sponsors.iter().find(|sponsor| sponsor.party == party)
    }

    /// Guests that an export lists without a sponsor, and that are like that.
    pub fn without(&self, is: impl Fn(&Guest) -> bool) -> Vec<&Guest> {
        self.guests.iter().filter(|guest| guest.answered == Answered::None && is(guest)).collect()
    }

    /// Whether a guest has sponsors, and none of them is known to be there.
    pub fn is_abandoned(&self, guest: &Guest) -> bool {
        let is_missing = |at: &u32| self.sponsors[*at as usize].presence.is_missing();
        !guest.sponsors.is_empty() && guest.sponsors.iter().all(is_missing)
    }

    /// Whether any of a guest's sponsors is like that.
    pub fn any(&self, guest: &Guest, presence: Presence) -> bool {
        guest.sponsors.iter().any(|at| self.sponsors[*at as usize].presence == presence)
    }
}
