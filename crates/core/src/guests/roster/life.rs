//! What became of an account: its steps in the order of time.

use super::guest::{At, From, Guest};
use crate::{
    identity::Identity,
    model::{Attribute as A, Column},
    store::{NO_TIME, Store},
};

/// What a step is. At one moment they happened in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    Created,
    Invited,
    InvitedAgain,
    Redeemed,
    Accepted,
    Unblocked,
    Blocked,
    Restored,
    Deleted,
}

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Step {
    pub(super) time: i64,
    pub(super) turn: Turn,
    pub(super) event: u32,
}

impl Guest {
    /// Takes the steps, which are in the order of time.
    pub(super) fn live(&mut self, steps: &[Step], store: &Store, identity: &Identity) {
        for step in steps {
            let at = At { time: step.time, from: From::Event(step.event) };
            match step.turn {
                Turn::Created => {
                    if self.created.is_none() || self.deleted.is_some() {
                        self.begin_again();
                        self.created = Some(at);
                    }
                }
                Turn::Invited => {
                    if self.deleted.is_some() {
                        self.begin_again();
                    }
                    self.invitations += 1;
                    if self.invited.is_none() {
                        self.invited = Some(at);
                        self.set_inviter(store, identity, step.event as usize);
                    }
                    self.created = self.created.or(Some(at));
                }
                Turn::InvitedAgain => {
                    self.invitations += 1;
                    self.reset = Some(at);
                    if self.inviter.is_none() && self.inviter_name == 0 {
                        self.set_inviter(store, identity, step.event as usize);
                    }
                }
                Turn::Redeemed | Turn::Accepted => {
                    // The directory notes the acceptance within moments of the redemption.
                    if self.redeemed.is_none() || self.reset.is_some_and(|reset| reset.time < step.time) {
                        let is_first = self.redeemed.is_none();
                        self.reset = None;
                        if is_first {
                            self.redeemed = Some(at);
                        }
                    }
                }
                Turn::Blocked => self.blocked = Some(at),
                Turn::Unblocked => self.blocked = None,
                Turn::Deleted => self.deleted = Some(at),
                Turn::Restored => self.deleted = None,
            }
        }
    }

    /// The account is made anew: what the old one went through is over.
    fn begin_again(&mut self) {
        if self.deleted.take().is_some() {
            (self.created, self.invited, self.redeemed, self.reset, self.blocked) = (None, None, None, None, None);
            (self.inviter, self.inviter_name) = (None, 0);
        }
    }

    fn set_inviter(&mut self, store: &Store, identity: &Identity, event: usize) {
        self.inviter = identity.actor(event);
        self.inviter_name = store.column(Column::Actor).get(event);
    }

    /// What the newest export says of the account, where it is newer than what the events say.
    pub(super) fn state_by_export(&mut self, export: &super::snapshot::Listed) {
        let at = |attribute, time| At { time, from: From::Field(export.row, attribute) };
        if let Some(created) = export.created {
            // The directory's own date; the event has the moment where it is the same day.
            let is_same = self.created.is_some_and(|known| super::state::days(known.time, created) == 0);
            if !is_same {
                self.created = Some(at(A::Created, created));
            }
        }
        if self.deleted.is_some_and(|deleted| deleted.time < export.snapshot) {
            self.deleted = None;
        }
        match export.enabled {
            Some(false) if self.blocked.is_none() => self.blocked = Some(at(A::AccountEnabled, NO_TIME)),
            Some(true) if self.blocked.is_some_and(|blocked| blocked.time <= export.snapshot) => self.blocked = None,
            _ => {}
        }
        if let Some(is_pending) = export.is_pending {
            if !is_pending && self.redeemed.is_none() {
                self.redeemed = Some(at(A::InvitationStateChanged, export.state_changed.unwrap_or(NO_TIME)));
            }
            let is_later = |known: Option<At>| known.is_some_and(|known| known.time > export.snapshot);
            self.is_pending = Some(is_pending && !is_later(self.redeemed));
        }
    }
}
