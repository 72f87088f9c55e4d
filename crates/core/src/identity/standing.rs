//! Guest or member, how that is known, and how it changed.

use crate::arrange::Arrange as _;
use crate::store::NO_TIME;

/// What an account is in this tenant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UserType {
    /// `userType` is `Guest`.
    Guest,
    /// `userType` is `Member`.
    Member,
    /// No file says. `#EXT#` in a name does not tell.
    #[default]
    Unknown,
}

impl UserType {
    /// Microsoft's word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Guest => "Guest",
            Self::Member => "Member",
            Self::Unknown => "Unknown",
        }
    }

    fn of(code: u32) -> Self {
        match code {
            1 => Self::Guest,
            2 => Self::Member,
            _ => Self::Unknown,
        }
    }
}

/// How a user type is known. Later members are better evidence of one and the same moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Basis {
    /// Not at all.
    #[default]
    Nothing,
    /// An invitation makes a guest, unless it asks for a member; it does not say which.
    Invitation,
    /// An event states it of its actor or target.
    Event,
    /// An export of users states it.
    Export,
    /// An event set it.
    Change,
}

impl Basis {
    /// Where it is from, in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Nothing => "no file states the user type",
            Self::Invitation => "inferred from the invitation",
            Self::Event => "user type stated in events",
            Self::Export => "user type in the users export",
            Self::Change => "a change of UserType in the audit log",
        }
    }
}

/// One statement of a user type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Turn {
    /// When it was so, ticks; [`NO_TIME`] where unknown.
    pub time: i64,
    /// How it is known.
    pub basis: Basis,
    /// What it was before, where a change says so.
    pub from: UserType,
    /// What it was then.
    pub to: UserType,
    /// The event that changed it, or the row that states it.
    pub record: u32,
}

impl Turn {
    pub(super) fn changed(time: i64, from: u32, to: u32, event: u32) -> Self {
        Self { time, basis: Basis::Change, from: UserType::of(from), to: UserType::of(to), record: event }
    }

    pub(super) fn stated(time: i64, code: u32, row: u32) -> Self {
        Self { time, basis: Basis::Export, from: UserType::Unknown, to: UserType::of(code), record: row }
    }
}

/// What an account is and was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// What it was when last heard of.
    pub user_type: UserType,
    /// How that is known.
    pub how: Basis,
    /// Changes from guest to member or back, earliest first.
    pub changes: Vec<Turn>,
    was_guest: bool,
}

impl Standing {
    /// From spans in which events state a type (earliest and latest), an invitation, and turns.
    pub(super) fn new(guest: (i64, i64), member: (i64, i64), invited: i64, mut turns: Vec<Turn>) -> Self {
        for (to, (first, last)) in [(UserType::Guest, guest), (UserType::Member, member)] {
            if first <= last {
                for time in [first, last] {
                    turns.push(Turn { time, basis: Basis::Event, from: UserType::Unknown, to, record: 0 });
                }
            }
        }
        if invited != i64::MAX && turns.iter().all(|turn| turn.basis < Basis::Event) {
            let to = UserType::Guest;
            turns.push(Turn { time: invited, basis: Basis::Invitation, from: UserType::Unknown, to, record: 0 });
        }
        // A statement about the same moment as a change is about the time after it.
        turns.arrange_by_key(|turn| (turn.time, turn.basis, turn.to, turn.from));
        let was_guest = turns.iter().any(|turn| turn.to == UserType::Guest || turn.from == UserType::Guest);
        let Some(last) = turns.last().copied() else { return Self::default() };
        let is_change = |turn: &Turn| {
            turn.basis == Basis::Change
                && turn.from != turn.to
                && turn.from != UserType::Unknown
                && turn.time != NO_TIME
        };
        Self { user_type: last.to, how: last.basis, changes: turns.into_iter().filter(is_change).collect(), was_guest }
    }

    /// Whether it is a guest, as far as is known.
    pub fn is_guest(&self) -> bool {
        self.user_type == UserType::Guest
    }

    /// Whether it was a guest at any time, or is.
    pub fn was_guest(&self) -> bool {
        self.was_guest
    }

    /// Whether a guest became a member and still is one.
    pub fn is_converted(&self) -> bool {
        self.user_type == UserType::Member && self.was_guest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEVER: (i64, i64) = (i64::MAX, i64::MIN);

    #[test]
    fn the_latest_word_counts() {
        let standing = Standing::new(NEVER, NEVER, i64::MAX, Vec::new());
        assert_eq!((standing.user_type, standing.how), (UserType::Unknown, Basis::Nothing));
        let standing = Standing::new(NEVER, NEVER, 5, Vec::new());
        assert_eq!((standing.user_type, standing.how), (UserType::Guest, Basis::Invitation));
        let standing = Standing::new((3, 9), NEVER, i64::MAX, vec![Turn::changed(10, 1, 2, 0)]);
        assert!(standing.is_converted() && standing.was_guest());
        assert_eq!(standing.changes.len(), 1);
        let standing = Standing::new(NEVER, (3, 9), 5, Vec::new());
        assert_eq!((standing.user_type, standing.is_converted()), (UserType::Member, false));
        let standing = Standing::new((3, 9), NEVER, i64::MAX, vec![Turn::changed(9, 2, 1, 0)]);
        assert!(standing.is_guest());
    }
}
