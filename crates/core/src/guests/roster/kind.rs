//! What an event does to a guest, by its activity.
//!
//! Source: Microsoft, "Microsoft Entra audit log activity reference"; the spelling of 2024 and earlier ones.

use crate::store::Store;

/// What an event does to the guest it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Invited.
    Invited,
    /// Invited again: the redemption status was reset.
    InvitedAgain,
    /// Redeemed the invitation.
    Redeemed,
    /// The account was made.
    Created,
    /// The account was changed; what was changed says the rest.
    Updated,
    /// The account was deleted, and can be restored.
    Deleted,
    /// The account was deleted for good.
    Purged,
    /// The account was restored.
    Restored,
    /// Sign-in was blocked.
    Blocked,
    /// Sign-in was allowed again.
    Unblocked,
    /// Something was gained.
    Gained(Thing),
    /// Something was lost.
    Lost(Thing),
    /// A sponsor was set.
    SponsorAdded,
    /// A sponsor was taken away.
    SponsorRemoved,
    /// Somebody reviewed the guest's access.
    Reviewed,
    /// Anything else.
    Other,
}

/// What a guest gains and loses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Thing {
    /// Membership of a group.
    Group,
    /// A directory role.
    Role,
    /// A role of an application.
    App,
    /// An access package.
    Package,
}

impl Thing {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Group, Self::Role, Self::App, Self::Package];

    /// Stable kebab-case word.
    pub fn id(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Role => "role",
            Self::App => "app",
            Self::Package => "package",
        }
    }

    /// The word a reader sees.
    pub fn label(self) -> &'static str {
        match self {
            Self::Group => "Group",
            Self::Role => "Role",
            Self::App => "Application",
            Self::Package => "Access package",
        }
    }
}

const KINDS: [(Kind, &[&str]); 19] = [
    (Kind::Invited, &["Invite external user"]),
    (Kind::InvitedAgain, &["Invite external user with reset invitation status"]),
    (Kind::Redeemed, &["Redeem external user invite", "Redeem extern user invite"]),
    (Kind::Created, &["Add user", "Viral user creation"]),
    (Kind::Updated, &["Update user"]),
    (Kind::Deleted, &["Delete user", "Delete external user"]),
    (Kind::Purged, &["Hard Delete user"]),
    (Kind::Restored, &["Restore user"]),
    (Kind::Blocked, &["Disable account"]),
    (Kind::Unblocked, &["Enable account"]),
    (Kind::Gained(Thing::Group), &["Add member to group"]),
    (Kind::Lost(Thing::Group), &["Remove member from group"]),
    (
        Kind::Gained(Thing::Role),
        &[
            "Add member to role",
            "Add eligible member to role",
            "Add scoped member to role",
            "Add member to role scoped over Restricted Management Administrative Unit",
            "Add member to role completed (PIM activation)",
        ],
    ),
    (
        Kind::Lost(Thing::Role),
        &[
            "Remove member from role",
            "Remove eligible member from role",
            "Remove scoped member from role",
            "Remove member from role scoped over Restricted Management Administrative Unit",
            "Remove member from role (PIM activation expired)",
        ],
    ),
    (Kind::Gained(Thing::App), &["Add app role assignment grant to user", "Add app role assignment to user"]),
    (Kind::Lost(Thing::App), &["Remove app role assignment from user", "Remove app role assignment grant from user"]),
    (
        Kind::Gained(Thing::Package),
        &[
            "Fulfill access package assignment request",
            "Fulfill access package assignment",
            "Partially fulfill access package assignment request",
        ],
    ),
    (
        Kind::Lost(Thing::Package),
        &[
            "Administrator directly removes user access package assignment",
            "Entitlement Management removes access package assignment request for user",
            "User removes access package assignment",
            "Remove access package assignment",
        ],
    ),
    (
        Kind::Reviewed,
        &[
            "Approve decision",
            "Deny decision",
            "Don't know decision",
            "Reset decision",
            "Apply decision",
            "Apply review",
        ],
    ),
];

const SPONSORS: [(Kind, &[&str]); 2] =
    [(Kind::SponsorAdded, &["Add user sponsor"]), (Kind::SponsorRemoved, &["Remove user sponsor"])];

/// The kind of each activity, by its code.
pub fn kinds(store: &Store) -> Vec<Kind> {
    let count = store.dictionary(crate::model::Domain::Activity).len() as u32;
    let of = |code| {
        let all = KINDS.iter().chain(&SPONSORS);
        all.into_iter().find(|(_, names)| store.is_activity(code, names)).map_or(Kind::Other, |(kind, _)| *kind)
    };
    (0..count).map(of).collect()
}
