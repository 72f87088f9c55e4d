//! What a guest may be asked to be, and the figures above the roster that count it.

use super::{Sheet, words};
use crate::{
    guests::roster::State,
    identity::UserType,
    lists,
    report::blocks::{Block, Stat},
};

/// What a guest may be asked to be. One guest may be several of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trait {
    /// The state of the roster.
    Is(State),
    /// Invited, and not redeemed as far as is known.
    Pending,
    /// Never signed in, by the export of users.
    NeverSignedIn,
    /// No sponsor, where files tell of sponsors.
    WithoutSponsor,
    /// Of no connected organization.
    WithoutOrganization,
    /// The user type is not stated anywhere.
    TypeUnknown,
    /// Perhaps the same person as another.
    Uncertain,
}

impl Trait {
    pub(super) const ALL: [Self; 12] = [
        Self::Is(State::Active),
        Self::Pending,
        Self::NeverSignedIn,
        Self::Is(State::Inactive),
        Self::Is(State::Blocked),
        Self::Is(State::Converted),
        Self::Is(State::Deleted),
        Self::Is(State::Unknown),
        Self::WithoutSponsor,
        Self::WithoutOrganization,
        Self::TypeUnknown,
        Self::Uncertain,
    ];

    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Is(state) => state.id(),
            Self::Pending => "pending",
            Self::NeverSignedIn => "never-signed-in",
            Self::WithoutSponsor => "without-sponsor",
            Self::WithoutOrganization => "without-organization",
            Self::TypeUnknown => "type-unknown",
            Self::Uncertain => "uncertain",
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Is(state) => state.label(),
            Self::Pending => "Pending acceptance",
            Self::NeverSignedIn => "Never signed in",
            Self::WithoutSponsor => "Without a sponsor",
            Self::WithoutOrganization => "Of no connected organization",
            Self::TypeUnknown => "User type not stated",
            Self::Uncertain => "Perhaps the same as another",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Is(State::Active) => "Signed in, or did something, within the threshold before the chosen day.",
            Self::Is(State::Inactive) => {
                "No sign-in for at least the threshold's days before the chosen day; who never signed in counts from creation."
            }
            Self::Is(State::Blocked) => "Sign-in is blocked, by the users export or the audit log.",
            Self::Is(State::Converted) => "Was a guest, and is a member now.",
            Self::Is(State::Deleted) => "Deleted by the audit log, and not back since.",
            Self::Is(_) => "The loaded files do not tell how these guests stand.",
            Self::Pending => "Invited and not redeemed; some of them may also be inactive.",
            Self::NeverSignedIn => "The users export has no sign-in of theirs, nor has a loaded log.",
            Self::WithoutSponsor => "The users export has sponsors, and none for these guests.",
            Self::WithoutOrganization => "Their domain is in no loaded connected organization.",
            Self::TypeUnknown => "External accounts: #EXT# is in the name, but no file states the user type.",
            Self::Uncertain => "Another name is perhaps theirs; it was not joined.",
        }
    }

    /// Its bit in [`marks`].
    pub(super) fn bit(id: &str) -> Option<u32> {
        Self::ALL.into_iter().position(|one| one.id() == id).map(|at| 1 << at)
    }
}

/// What each guest is, a bit for each of [`Trait::ALL`].
pub(super) fn marks(sheet: &Sheet) -> Vec<u32> {
    let bit = |one: Trait| Trait::ALL.iter().position(|other| *other == one).map_or(0, |at| 1_u32 << at);
    let mut of_state = [0; State::ALL.len()];
    for state in State::ALL {
        of_state[state as usize] = bit(Trait::Is(state));
    }
    let [pending, never, sponsorless, alone, typeless, uncertain] = [
        Trait::Pending,
        Trait::NeverSignedIn,
        Trait::WithoutSponsor,
        Trait::WithoutOrganization,
        Trait::TypeUnknown,
        Trait::Uncertain,
    ]
    .map(bit);
    let has_organizations = sheet.roster.has_organizations();
    let identity = &sheet.roster.identity;
    let mut marks = Vec::with_capacity(sheet.states.len());
    for (at, (guest, state)) in sheet.roster.guests().iter().zip(&sheet.states).enumerate() {
        let mut bits = of_state[*state as usize];
        let mut note = |is: bool, bit: u32| bits |= if is { bit } else { 0 };
        if !matches!(state, State::Deleted | State::Converted) {
            note(guest.is_waiting(), pending);
            note(guest.never_signed_in(), never);
            note(guest.stated.sponsors && guest.sponsors.is_empty(), sponsorless);
            note(has_organizations && !sheet.index.has_organization[at], alone);
        }
        note(identity.person(guest.person).standing.user_type == UserType::Unknown, typeless);
        note(identity.is_uncertain(guest.person), uncertain);
        marks.push(bits);
    }
    marks
}

/// The figures: each leads to its guests.
pub(super) fn stats(sheet: &Sheet, present: &[u32]) -> Block {
    let total = Stat {
        id: "guests-total".into(),
        label: "Guests".into(),
        value: Some(present.len() as u64),
        text: String::new(),
        help: "Everybody whose user type is or was Guest, and external accounts whose user type no file states. Deleted and converted ones are among them.".into(),
        door: Some(words::guests(&[("state", "")])),
    };
    let mut stats = vec![total];
    let mut counts = [0_u64; Trait::ALL.len()];
    for (marks, (number, _)) in lists::counts(&sheet.marks, present, 1 << Trait::ALL.len()).into_iter().enumerate() {
        for (bit, count) in counts.iter_mut().enumerate() {
            *count += u64::from(number) * (marks as u64 >> bit & 1);
        }
    }
    for (one, count) in Trait::ALL.into_iter().zip(counts) {
        let is_asked = matches!(
            one,
            Trait::Is(State::Active | State::Inactive) | Trait::Pending | Trait::NeverSignedIn | Trait::WithoutSponsor
        );
        if count == 0 && !is_asked {
            continue;
        }
        // A zero is only said where the files could tell otherwise.
        let is_known = match one {
            Trait::WithoutSponsor => present.iter().any(|at| sheet.guest(*at).stated.sponsors),
            Trait::NeverSignedIn => present.iter().any(|at| sheet.guest(*at).stated.sign_ins),
            _ => true,
        };
        stats.push(Stat {
            id: format!("guests-{}", one.id()),
            label: one.label().into(),
            value: is_known.then_some(count),
            text: if is_known { String::new() } else { "-".into() },
            help: if is_known { one.help().into() } else { format!("{} No loaded users export has it.", one.help()) },
            door: is_known.then(|| words::guests(&[("state", one.id())])),
        });
    }
    Block::Stats { stats }
}
