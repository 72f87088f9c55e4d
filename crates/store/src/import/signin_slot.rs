//! What a value of a sign-in is, and the detail that it makes where it is one.

use super::{draft::Draft, signin_names};
use crate::model::{Column, TargetColumn};

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A time; of several the lowest rank counts.
    Time(u8),
    Set(Column),
    UserType,
    /// Of the application that is signed in to.
    Application(TargetColumn),
    /// Of the resource that it wants.
    Resource(TargetColumn),
    /// The service principal's name: the actor's, unless that is a user.
    PrincipalName,
    /// `Success`, `Failure` or `Interrupted`.
    Status,
    /// The error code; 0 is success. Also a detail.
    ErrorCode,
    /// Graph's list of one event type.
    EventTypes,
    /// Also a detail.
    IsInteractive,
    /// PowerShell's object of members that belong to the object around it.
    More,
    Detail,
}

/// A column or member: what it is, and the detail it makes where it is one.
#[derive(PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) place: Place,
    name: Vec<u8>,
    /// The code of `name`, once it is needed.
    key: u32,
}

impl Slot {
    /// The slot of a column or of a member's path.
    pub(super) fn new(name: &[u8]) -> Self {
        let (place, known) = signin_names::known(name);
        Self {
            place,
            name: known.map_or_else(|| name.trim_ascii().to_vec(), |known| known.as_bytes().to_vec()),
            key: 0,
        }
    }

    /// A slot of another place than its name says.
    pub(super) fn of(place: Place, name: &[u8]) -> Self {
        Self { place, ..Self::new(name) }
    }

    /// The same value once more, as a detail under a numbered name.
    pub(super) fn numbered(self, number: usize) -> Self {
        let mut name = self.name;
        name.extend_from_slice(format!(" {number}").as_bytes());
        Self { place: Place::Detail, name, key: 0 }
    }

    /// The name of its detail.
    pub(super) fn name(&self) -> &[u8] {
        &self.name
    }

    /// Adds the detail.
    #[inline]
    pub(super) fn detail(&mut self, text: &[u8], draft: &mut Draft) {
        if self.key == 0 {
            self.key = draft.event.detail_key(&self.name);
        }
        draft.event.detail_of(self.key, text);
    }
}
