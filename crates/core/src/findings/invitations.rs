//! All invitations: who invited whom, when, and what became of it.

use super::{Kind, facts::Facts, look::Look};
use crate::{
    derived::{Derive, Derived},
    identity::PersonId,
    time::Zone,
};
use hashbrown::{HashMap, HashSet};

/// An invitation that succeeded.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The event.
    pub event: u32,
    /// When, ticks.
    pub time: Option<i64>,
    /// Who was invited.
    pub guest: Option<PersonId>,
    /// The address that was invited, lower case.
    pub address: String,
    /// Whether it was sent again.
    pub again: bool,
}

/// All successful invitations, and redemptions.
pub struct Invitations {
    /// In the order of time.
    pub all: Vec<Invitation>,
    /// Redemptions: event, guest.
    pub redeemed: Vec<(u32, PersonId)>,
    by_guest: HashMap<PersonId, Vec<usize>>,
    redeemed_by: HashMap<PersonId, Vec<u32>>,
}

impl Derive for Invitations {
    fn derive(from: &Derived) -> Self {
        let (facts, zone) = (from.get::<Facts>(), Zone::default());
        let look = Look { store: from.store, facts: &facts, zone: &zone };
        let events = facts.of_any(from.store, &[Kind::Invite, Kind::InviteAgain]);
        let again: HashSet<u32> = facts.of(Kind::InviteAgain).iter().copied().collect();
        let all: Vec<Invitation> = events
            .into_iter()
            .filter(|event| facts.succeeded(from.store, *event))
            .map(|event| {
                let address = look.invited_address(event);
                let guest = look.users(event).first().copied().or_else(|| facts.identity.find(&address));
                Invitation { event, time: look.time(event), guest, address, again: again.contains(&event) }
            })
            .collect();
        let redeemed: Vec<(u32, PersonId)> = look
            .successes(Kind::Redeem)
            .filter_map(|event| Some((event, look.users(event).first().copied().or_else(|| look.actor(event))?)))
            .collect();
        let mut redeemed_by: HashMap<PersonId, Vec<u32>> = HashMap::new();
        for (event, guest) in &redeemed {
            redeemed_by.entry(*guest).or_default().push(*event);
        }
        let mut by_guest: HashMap<PersonId, Vec<usize>> = HashMap::new();
        for (at, invitation) in all.iter().enumerate() {
            invitation.guest.into_iter().for_each(|guest| by_guest.entry(guest).or_default().push(at));
        }
        Self { all, redeemed, by_guest, redeemed_by }
    }
}

impl Invitations {
    /// The invitations of a guest, in the order of time.
    pub fn of(&self, guest: PersonId) -> impl DoubleEndedIterator<Item = &Invitation> {
        self.by_guest.get(&guest).into_iter().flatten().map(|at| &self.all[*at])
    }

    /// The redemption of a guest that follows a moment.
    pub fn redemption(&self, look: &Look, guest: PersonId, from: Option<i64>) -> Option<u32> {
        let own = self.redeemed_by.get(&guest)?;
        own.iter().copied().find(|event| look.time(*event) >= from)
    }
}
