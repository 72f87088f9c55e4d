//! What is known of one guest.

use crate::{
    identity::PersonId,
    model::Attribute,
    store::{NO_TIME, Store},
};
use std::cmp::Ordering;

/// Where a moment is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// An event.
    Event(u32),
    /// An attribute of a row of people.
    Field(u32, Attribute),
}

/// A moment and where it is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    /// Ticks; [`NO_TIME`] where only the fact is known.
    pub time: i64,
    /// Where it is known from.
    pub from: From,
}

impl At {
    /// The moment, if it is known.
    pub fn ticks(self) -> Option<i64> {
        Some(self.time).filter(|ticks| *ticks != NO_TIME)
    }

    /// The event, if it is one.
    pub fn event(self) -> Option<usize> {
        match self.from {
            From::Event(event) => Some(event as usize),
            From::Field(..) => None,
        }
    }

    /// The log or field, in words.
    pub fn source(self, store: &Store) -> String {
        match self.from {
            From::Event(event) => store.text(event as usize, crate::model::Column::Log).into_owned(),
            From::Field(_, attribute) => format!("Users export, {}", attribute.label()),
        }
    }
}

/// Keeps the later of two moments.
pub(super) fn later(known: &mut Option<At>, new: At) {
    let is_later = known.is_none_or(|known| match new.time.cmp(&known.time) {
        Ordering::Equal => order(new.from) > order(known.from),
        order => order.is_gt(),
    });
    if is_later {
        *known = Some(new);
    }
}

/// An order of moments at the same time; a field of an export says it more plainly than an event.
fn order(from: From) -> (u8, u32) {
    match from {
        From::Event(event) => (0, u32::MAX - event),
        From::Field(row, _) => (1, u32::MAX - row),
    }
}

/// What the exports of users say of sign-ins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // four columns, each there or not
pub struct Stated {
    /// Whether the export has when people signed in last at all.
    pub sign_ins: bool,
    /// Whether it has when they succeeded last.
    pub successes: bool,
    /// Whether it has non-interactive ones.
    pub non_interactive: bool,
    /// Whether it has sponsors.
    pub sponsors: bool,
}

/// Someone who answers for a guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// Who, if that is known.
    pub person: Option<PersonId>,
    /// As the record names them.
    pub name: String,
}

/// A guest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Guest {
    /// Who it is.
    pub person: PersonId,
    /// When the account was made.
    pub created: Option<At>,
    /// The invitation that led to the account, or to the newest of its accounts.
    pub invited: Option<At>,
    /// Who invited: a person, or else a code of [`crate::model::Domain::Principal`].
    pub inviter: Option<PersonId>,
    /// See [`Guest::inviter`].
    pub inviter_name: u32,
    /// Invitations that succeeded, later ones included.
    pub invitations: u32,
    /// When the redemption status was last reset.
    pub reset: Option<At>,
    /// When the invitation was redeemed.
    pub redeemed: Option<At>,
    /// Whether the newest export says that the invitation is not accepted yet.
    pub is_pending: Option<bool>,
    /// When the account was deleted, unless it came back.
    pub deleted: Option<At>,
    /// When sign-in was blocked, or which export says that it is.
    pub blocked: Option<At>,
    /// The latest thing done, in the audit log.
    pub action: Option<At>,
    /// The latest interactive sign-in, successful or not.
    pub interactive: Option<At>,
    /// The latest non-interactive one, successful or not.
    pub non_interactive: Option<At>,
    /// The latest successful sign-in of either kind.
    pub succeeded: Option<At>,
    /// Successful sign-ins in the loaded logs.
    pub sign_ins: u32,
    /// Failed ones.
    pub failed_sign_ins: u32,
    /// What the exports that list the guest have.
    pub stated: Stated,
    /// The newest row of people about the guest.
    pub row: Option<u32>,
    /// Those who answer for the guest.
    pub sponsors: Vec<Answers>,
    /// How often groups, roles, application roles and packages were given.
    pub gained: [u16; 4],
    /// How often they were taken.
    pub lost: [u16; 4],
}

impl Guest {
    /// From invitation to redemption, ticks.
    pub fn waited(&self) -> Option<i64> {
        let (invited, redeemed) = (self.invited?.ticks()?, self.redeemed?.ticks()?);
        (redeemed >= invited).then_some(redeemed - invited)
    }

    /// The latest sign-in or action, whatever it was.
    pub fn last_activity(&self) -> Option<At> {
        let mut last = None;
        for at in [self.action, self.redeemed, self.interactive, self.non_interactive, self.succeeded] {
            if let Some(at) = at.filter(|at| at.time != NO_TIME) {
                later(&mut last, at);
            }
        }
        last
    }

    /// Whether the invitation was not redeemed, as far as is known.
    pub fn is_waiting(&self) -> bool {
        if self.redeemed.is_some()
            && self.reset.is_none_or(|reset| self.redeemed.is_some_and(|at| at.time >= reset.time))
        {
            return false;
        }
        match self.is_pending {
            Some(pending) => pending,
            None => self.invited.is_some() && self.action.is_none() && self.succeeded.is_none(),
        }
    }

    /// Whether the files say that the guest never signed in: the export of users has sign-ins and none of
    /// this guest's, nor has any log.
    pub fn never_signed_in(&self) -> bool {
        self.stated.sign_ins && self.interactive.is_none() && self.non_interactive.is_none() && self.succeeded.is_none()
    }

    /// Whether all known sign-ins failed.
    pub fn only_failed(&self) -> bool {
        self.succeeded.is_none()
            && (self.interactive.is_some() || self.non_interactive.is_some())
            && (self.stated.successes || self.failed_sign_ins > 0)
    }
}
