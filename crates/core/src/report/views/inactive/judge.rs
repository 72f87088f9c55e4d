//! Who is inactive by the rule, and what else is told apart.

use super::{super::entitled::to_view, Report, Sheet};
use crate::arrange::Arrange as _;
use crate::{
    guests::roster::{Basis, Silence, State, days},
    report::{blocks::Door, view::View},
};

/// A guest and for how long nothing was heard.
#[derive(Clone, Copy)]
pub(super) struct Judged {
    pub(super) at: u32,
    pub(super) silence: Silence,
    /// Days without a sign-in that counts.
    pub(super) days: Option<i64>,
}

/// All guests that are there, the longest asleep first, and how many are not there any more.
pub(super) fn judge(sheet: &Sheet, basis: Basis) -> (Vec<Judged>, usize) {
    let mut judged = Vec::with_capacity(sheet.states.len());
    for (at, state) in sheet.states.iter().enumerate() {
        if matches!(state, State::Deleted | State::Converted) {
            continue;
        }
        let silence = sheet.guest(at as u32).silence(basis);
        let days = match silence {
            Silence::Since(at) | Silence::Never(at) => at.ticks().map(|time| days(time, sheet.as_of)),
            Silence::Unknown => None,
        };
        judged.push(Judged { at: at as u32, silence, days });
    }
    let gone = sheet.states.len() - judged.len();
    judged.arrange_by_key(|one| std::cmp::Reverse(one.days));
    (judged, gone)
}

/// What guests are told apart by. One guest may be of several kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Inactive,
    Active,
    NeverSignedIn,
    SignedInOnce,
    Pending,
    OnlyFailed,
    Blocked,
    Unknown,
}

impl Kind {
    pub(super) const ALL: [Self; 8] = [
        Self::Inactive,
        Self::Active,
        Self::NeverSignedIn,
        Self::SignedInOnce,
        Self::Pending,
        Self::OnlyFailed,
        Self::Blocked,
        Self::Unknown,
    ];

    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Inactive => "inactive",
            Self::Active => "active",
            Self::NeverSignedIn => "never-signed-in",
            Self::SignedInOnce => "signed-in-once",
            Self::Pending => "pending",
            Self::OnlyFailed => "only-failed",
            Self::Blocked => "blocked",
            Self::Unknown => "unknown",
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Inactive => "Inactive",
            Self::Active => "Not inactive",
            Self::NeverSignedIn => "Never signed in",
            Self::SignedInOnce => "Signed in once",
            Self::Pending => "Pending acceptance",
            Self::OnlyFailed => "Only failed sign-ins",
            Self::Blocked => "Blocked",
            Self::Unknown => "Not judged",
        }
    }

    pub(super) fn help(self) -> &'static str {
        match self {
            Self::Inactive => "At least the threshold's days without a sign-in that counts.",
            Self::Active => "Judged by the same rule, and not inactive yet.",
            Self::NeverSignedIn => "The users export has no sign-in of theirs of any kind, nor has a loaded log.",
            Self::SignedInOnce => {
                "Exactly one successful sign-in in the loaded sign-in logs; before these begin there may be more."
            }
            Self::Pending => "Invited, and not redeemed as far as the files tell.",
            Self::OnlyFailed => "Sign-ins are known, and none that succeeded.",
            Self::Blocked => "Sign-in is blocked, by the users export or the audit log.",
            Self::Unknown => "The files have no sign-in that counts, and no export that would have it.",
        }
    }

    pub(super) fn holds(self, report: &Report, one: &Judged) -> bool {
        let guest = report.sheet.guest(one.at);
        match self {
            Self::Inactive => one.days.is_some_and(|days| days >= report.sheet.threshold),
            Self::Active => one.days.is_some_and(|days| days < report.sheet.threshold),
            Self::NeverSignedIn => guest.never_signed_in(),
            Self::SignedInOnce => guest.sign_ins == 1,
            Self::Pending => guest.is_waiting(),
            Self::OnlyFailed => guest.only_failed(),
            Self::Blocked => guest.blocked.is_some(),
            Self::Unknown => one.days.is_none(),
        }
    }

    /// Whether the files could tell of such a guest.
    pub(super) fn is_known(self, report: &Report) -> bool {
        let mut guests = report.judged.iter().map(|one| report.sheet.guest(one.at));
        match self {
            Self::NeverSignedIn => guests.any(|guest| guest.stated.sign_ins),
            Self::SignedInOnce => guests.any(|guest| guest.sign_ins + guest.failed_sign_ins > 0),
            Self::OnlyFailed => guests.any(|guest| guest.stated.successes || guest.failed_sign_ins > 0),
            Self::Inactive | Self::Active => {
                report.judged.is_empty() || report.judged.iter().any(|one| one.days.is_some())
            }
            Self::Pending | Self::Blocked | Self::Unknown => true,
        }
    }

    pub(super) fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// The stable word for a guest in this view: inactive by the rule first.
pub(super) fn state(report: &Report, one: &Judged) -> State {
    match report.sheet.states[one.at as usize] {
        State::Blocked if !Kind::Inactive.holds(report, one) => State::Blocked,
        _ if Kind::Inactive.holds(report, one) => State::Inactive,
        _ if Kind::Pending.holds(report, one) => State::Pending,
        _ if Kind::NeverSignedIn.holds(report, one) => State::NeverSignedIn,
        _ if one.days.is_some() => State::Active,
        _ => State::Unknown,
    }
}

/// What is listed: what the reader chose, else the inactive guests.
pub(super) fn shown<'a>(report: &Report<'a>) -> &'a str {
    report.sheet.scope.param("show").unwrap_or("inactive")
}

/// A door within this view.
pub(super) fn door(params: &[(&str, &str)]) -> Door {
    to_view(View::Inactive, params)
}
