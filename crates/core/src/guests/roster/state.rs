//! How a guest stands on a day, and how many days nothing was heard.

use super::guest::{At, Guest, later};
use crate::{identity::Standing, time::DAY};

/// Days without a sign-in from which Microsoft's report calls a guest inactive, unless asked otherwise.
/// Source: Microsoft, "Monitor and clean up stale guest accounts".
pub const THRESHOLD: i64 = 90;

/// How a guest stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Heard of within the threshold.
    Active,
    /// Not heard of for at least as many days as the threshold says.
    Inactive,
    /// Invited, and not redeemed.
    Pending,
    /// Never signed in, but not long enough to be inactive.
    NeverSignedIn,
    /// Sign-in is blocked.
    Blocked,
    /// The account was deleted.
    Deleted,
    /// A member now.
    Converted,
    /// The files do not tell.
    Unknown,
}

impl State {
    /// All of them, in the order of lists.
    pub const ALL: [Self; 8] = [
        Self::Active,
        Self::Pending,
        Self::NeverSignedIn,
        Self::Inactive,
        Self::Blocked,
        Self::Converted,
        Self::Deleted,
        Self::Unknown,
    ];

    /// The stable word in `data-state`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Pending => "pending",
            Self::NeverSignedIn => "never-signed-in",
            Self::Blocked => "blocked",
            Self::Deleted => "deleted",
            Self::Converted => "converted",
            Self::Unknown => "unknown",
        }
    }

    /// The words a reader sees.
    pub fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Inactive => "Inactive",
            Self::Pending => "Pending acceptance",
            Self::NeverSignedIn => "Never signed in",
            Self::Blocked => "Blocked",
            Self::Deleted => "Deleted",
            Self::Converted => "Converted to member",
            Self::Unknown => "Not known",
        }
    }
}

/// Which sign-ins count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Basis {
    /// The later of interactive and non-interactive, failed ones included.
    #[default]
    Last,
    /// Successful ones of either kind.
    Successful,
    /// Interactive, failed ones included.
    Interactive,
    /// Non-interactive, failed ones included.
    NonInteractive,
}

impl Basis {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Last, Self::Successful, Self::Interactive, Self::NonInteractive];

    /// Stable kebab-case name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Last => "last",
            Self::Successful => "successful",
            Self::Interactive => "interactive",
            Self::NonInteractive => "non-interactive",
        }
    }

    /// The words a reader sees.
    pub fn label(self) -> &'static str {
        match self {
            Self::Last => "Last sign-in of any kind, failed ones included",
            Self::Successful => "Last successful sign-in",
            Self::Interactive => "Last interactive sign-in, failed ones included",
            Self::NonInteractive => "Last non-interactive sign-in, failed ones included",
        }
    }

    /// The basis of that name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.id() == id)
    }
}

/// Since when nothing was heard of a guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// Since that sign-in.
    Since(At),
    /// Since the account was made: no sign-in that counts is known, and the files would have it.
    Never(At),
    /// The files do not tell.
    Unknown,
}

impl Guest {
    /// The latest sign-in of a basis.
    pub fn last_sign_in(&self, basis: Basis) -> Option<At> {
        match basis {
            Basis::Successful => self.succeeded,
            Basis::Interactive => self.interactive,
            Basis::NonInteractive => self.non_interactive,
            Basis::Last => {
                let mut last = self.interactive;
                if let Some(at) = self.non_interactive {
                    later(&mut last, at);
                }
                if let Some(at) = self.succeeded {
                    later(&mut last, at);
                }
                last
            }
        }
    }

    /// Since when no sign-in that counts is known.
    pub fn silence(&self, basis: Basis) -> Silence {
        let is_stated = match basis {
            Basis::Last | Basis::Interactive => self.stated.sign_ins,
            Basis::Successful => self.stated.successes,
            Basis::NonInteractive => self.stated.non_interactive,
        };
        match (self.last_sign_in(basis), self.created.filter(|at| at.ticks().is_some())) {
            (Some(at), _) => Silence::Since(at),
            (None, Some(created)) if is_stated => Silence::Never(created),
            _ => Silence::Unknown,
        }
    }

    /// How the guest stands on a day: what is final first, then silence of at least the threshold's days.
    /// Where no sign-in is known, what the guest did counts.
    pub fn state(&self, standing: &Standing, as_of: i64, threshold: i64) -> State {
        if self.deleted.is_some() {
            return State::Deleted;
        }
        if standing.is_converted() {
            return State::Converted;
        }
        if self.blocked.is_some() {
            return State::Blocked;
        }
        let acted = self.action.filter(|at| at.ticks().is_some());
        let silence = match (self.silence(Basis::Last), acted) {
            (Silence::Unknown, Some(at)) => Silence::Since(at),
            // What the audit log has of the guest is later than the last sign-in that is known.
            (Silence::Since(signed_in), Some(at)) if at.time > signed_in.time => Silence::Since(at),
            (silence, _) => silence,
        };
        let is_waiting = self.is_waiting();
        match silence {
            Silence::Since(at) | Silence::Never(at) if days(at.time, as_of) >= threshold => State::Inactive,
            _ if is_waiting => State::Pending,
            Silence::Since(_) => State::Active,
            Silence::Never(_) => State::NeverSignedIn,
            Silence::Unknown => match self.redeemed.and_then(At::ticks) {
                Some(redeemed) if days(redeemed, as_of) >= threshold => State::Inactive,
                Some(_) => State::Active,
                None => State::Unknown,
            },
        }
    }
}

/// Whole days between the days of two moments, in UTC as Microsoft counts.
pub fn days(from: i64, as_of: i64) -> i64 {
    as_of.div_euclid(DAY) - from.div_euclid(DAY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guests::roster::guest::{From, Stated};

    fn at(day: i64) -> At {
        At { time: day * DAY + DAY / 2, from: From::Event(0) }
    }

    #[test]
    fn at_exactly_the_threshold_is_inactive() {
        let state = |last| {
            let guest = Guest { created: Some(at(0)), interactive: Some(at(last)), ..Guest::default() };
            guest.state(&Standing::default(), 200 * DAY, 90)
        };
        assert_eq!([state(109), state(110), state(111)], [State::Inactive, State::Inactive, State::Active]);
    }

    #[test]
    fn never_counts_from_creation_where_the_export_would_know() {
        let mut guest = Guest { created: Some(at(100)), ..Guest::default() };
        let state = |guest: &Guest, as_of: i64| guest.state(&Standing::default(), as_of * DAY, 90);
        assert_eq!(state(&guest, 400), State::Unknown);
        guest.stated = Stated { sign_ins: true, ..Stated::default() };
        assert_eq!([state(&guest, 190), state(&guest, 189)], [State::Inactive, State::NeverSignedIn]);
        guest.is_pending = Some(true);
        assert_eq!([state(&guest, 190), state(&guest, 189)], [State::Inactive, State::Pending]);
    }

    #[test]
    fn failed_sign_ins_count_unless_successes_are_asked_for() {
        let stated = Stated { sign_ins: true, successes: true, ..Stated::default() };
        let guest = Guest { created: Some(at(1)), interactive: Some(at(50)), stated, ..Guest::default() };
        assert_eq!(guest.silence(Basis::Last), Silence::Since(at(50)));
        assert_eq!(guest.silence(Basis::Successful), Silence::Never(at(1)));
        assert_eq!(guest.silence(Basis::NonInteractive), Silence::Unknown);
        assert!(guest.only_failed() && !guest.never_signed_in());
    }
}
