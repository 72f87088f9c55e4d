//! Who is asked about which guests: a sponsor about their own; where nobody is named as the sponsor, whoever
//! invited the guest, or the administrator.

use crate::{
    derived::Derived,
    guests::{
        party::Party,
        sponsors::{Guest, Sponsors, WITHOUT},
    },
    identity::Identity,
};

/// Why somebody is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    Sponsor,
    Inviter,
    Administrator,
}

/// Who is asked, and about whom.
pub(super) struct Asked<'a> {
    pub(super) party: Party,
    pub(super) why: Why,
    pub(super) guests: Vec<&'a Guest>,
}

impl Why {
    /// Why the reader of a sheet got it; `count` names the guests.
    pub(super) fn words(self, count: &str) -> String {
        match self {
            Self::Sponsor => format!("You are named as the sponsor of {count}."),
            Self::Inviter => format!("You invited {count}, and nobody is named as their sponsor."),
            Self::Administrator => format!("Nobody is named as the sponsor of {count}."),
        }
    }
}

/// What a sheet's key asks for: that of a sponsor, [`WITHOUT`], or [`WITHOUT`] with an inviter's key behind it.
pub(super) fn asked<'a>(derived: &Derived, sponsors: &'a Sponsors, key: &str) -> Option<Asked<'a>> {
    let asked = match key.strip_prefix(WITHOUT) {
        None => {
            let sponsor = sponsors.find(key)?;
            let guests = sponsor.guests.iter().map(|at| &sponsors.guests[*at as usize]).collect();
            Asked { party: sponsors.party(sponsor).clone(), why: Why::Sponsor, guests }
        }
        Some("") => {
            let party = Party { key: key.to_owned(), name: "Administrator".into(), ..Party::default() };
            Asked { party, why: Why::Administrator, guests: sponsors.without(|_| true) }
        }
        Some(inviter) => {
            let identity = derived.get::<Identity>();
            let person = identity.find(inviter)?;
            let who = identity.person(person);
            let (id, upn, mail, name) = (who.id.clone(), who.upn.clone(), who.mail.clone(), who.name.clone());
            let party = Party { key: who.key.clone(), id, upn, mail, name, person: Some(person) };
            let invited = |guest: &Guest| guest.inviter == Some(person);
            Asked { party, why: Why::Inviter, guests: sponsors.without(invited) }
        }
    };
    (!asked.guests.is_empty()).then_some(asked)
}
