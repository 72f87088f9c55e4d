//! Which activities the rules look at, by what they do.
//!
//! Sources: Microsoft Entra audit activity reference (10/04/2024), the Application role assignment
//! activity workbook, the queries of "Governance custom alerts", and names of records of Privileged
//! Identity Management and Azure AD B2C in Microsoft's security operations guides.

use crate::vocabulary::canonical_activity;

/// What an activity does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// An invitation.
    Invite,
    /// An invitation that is sent again.
    InviteAgain,
    /// The redemption of an invitation.
    Redeem,
    /// A new account.
    AddUser,
    /// A changed account.
    UpdateUser,
    /// The deletion of an account.
    DeleteUser,
    /// A directory role given, for good, for a time, or as eligible.
    AddRole,
    /// A directory role given without PIM.
    RoleOutsidePim,
    /// A PIM alert switched off.
    PimAlertOff,
    /// A member of a group.
    AddMember,
    /// An owner of a group.
    AddOwner,
    /// An application role given or taken.
    AppRole,
    /// Consent or a delegated grant.
    Consent,
    /// A new connected organization.
    AddOrganization,
    /// A new assignment policy.
    AddPolicy,
    /// A changed assignment policy.
    UpdatePolicy,
    /// The deletion of an access review.
    DeleteReview,
    /// A run of a custom extension.
    Extension,
    /// A partner in the cross-tenant access settings.
    AddPartner,
    /// A changed cross-tenant access setting.
    UpdatePartner,
    /// A setting for synchronization from a partner.
    SyncSetting,
    /// A request, by whoever it is for or on their behalf.
    Request,
    /// A request approved by a person.
    Approve,
    /// A request approved by policy.
    AutoApprove,
    /// A request denied.
    Deny,
    /// A request whose approval came too late.
    TimedOut,
    /// A request that was taken back.
    CancelRequest,
    /// An assignment given by an administrator.
    DirectAssign,
    /// A request that may be fulfilled.
    Ready,
    /// A request fulfilled.
    Fulfilled,
    /// A request fulfilled in part.
    PartlyFulfilled,
    /// A request that failed.
    RequestFailed,
    /// An identity provider of B2C made, changed or deleted.
    IdentityProvider,
    /// A policy key of B2C read, made, changed or deleted.
    PolicyKey,
    /// A token issued by B2C.
    Token,
    /// A sign-in.
    SignIn,
}

impl Kind {
    /// How many kinds there are.
    pub const COUNT: usize = Kind::SignIn as usize + 1;
}

const NAMES: &[(Kind, &[&str])] = &[
    (
        Kind::Invite,
        &["Invite external user", "Invite internal user to B2B collaboration", "Create external user invitation"],
    ),
    (Kind::InviteAgain, &["Invite external user with reset invitation status"]),
    (Kind::Redeem, &["Redeem external user invite"]),
    (Kind::AddUser, &["Add user", "Viral user creation", "Entitlement Management invites external user"]),
    (Kind::UpdateUser, &["Update user"]),
    (Kind::DeleteUser, &["Delete user", "Delete external user"]),
    (
        Kind::AddRole,
        &[
            "Add member to role",
            "Add eligible member to role",
            "Add scoped member to role",
            "Add member to role scoped over Restricted Management Administrative Unit",
            "Add role assignment to role definition",
            "Add EligibleRoleAssignment to RoleDefinition",
            "Add member to role in PIM completed (permanent)",
            "Add member to role in PIM completed (timebound)",
            "Add eligible member to role in PIM completed (permanent)",
            "Add eligible member to role in PIM completed (timebound)",
            "Add member to role completed (PIM activation)",
        ],
    ),
    (
        Kind::RoleOutsidePim,
        &["Add member to role outside of PIM (permanent)", "Add member to role outside of PIM (timebound)"],
    ),
    (Kind::PimAlertOff, &["Disable PIM alert", "Disable alert"]),
    (Kind::AddMember, &["Add member to group"]),
    (Kind::AddOwner, &["Add owner to group"]),
    (
        Kind::AppRole,
        &[
            "Add app role assignment grant to user",
            "Add app role assignment to group",
            "Add app role assignment to service principal",
            "Add a deletion-marked app role assignment grant to user as part of link removal",
            "Add a deletion-marked app role assignment grant to group as part of link removal",
            "Add a deletion-marked app role assignment grant to service principal as part of link removal",
            "Remove app role assignment from user",
            "Remove app role assignment from group",
            "Remove app role assignment from service principal",
        ],
    ),
    (
        Kind::Consent,
        &["Consent to application", "Add delegated permission grant", "Grant contextual consent to application"],
    ),
    (Kind::AddOrganization, &["Create connected organization"]),
    (Kind::AddPolicy, &["Create access package assignment policy"]),
    (Kind::UpdatePolicy, &["Update access package assignment policy"]),
    (Kind::DeleteReview, &["Delete access review"]),
    (Kind::Extension, &["Execute custom extension"]),
    (
        Kind::AddPartner,
        &["Add a partner to cross-tenant access setting", "Add a domain-based partner to cross-tenant access setting"],
    ),
    (
        Kind::UpdatePartner,
        &[
            "Update a partner cross-tenant access setting",
            "Update a domain-based partner to cross-tenant access setting",
            "Update the company default cross-tenant access setting",
        ],
    ),
    (
        Kind::SyncSetting,
        &["Create a partner cross-tenant identity sync setting", "Update a partner cross-tenant identity sync setting"],
    ),
    (
        Kind::Request,
        &[
            "User requests access package assignment",
            "User requests an access package assignment on behalf of service principal",
            "User requests to extend access package assignment",
            "Entitlement Management creates access package assignment request for user",
            "Create access package assignment user update request",
        ],
    ),
    (Kind::Approve, &["Approve access package assignment request"]),
    (Kind::AutoApprove, &["Auto approve access package assignment request"]),
    (Kind::Deny, &["Deny access package assignment request"]),
    (Kind::TimedOut, &["Access package assignment request timed out (no approver action taken)"]),
    (Kind::CancelRequest, &["Cancel access package assignment request", "Delete access package assignment request"]),
    (Kind::DirectAssign, &["Administrator directly assigns user to access package"]),
    (Kind::Ready, &["Ready to fulfill access package assignment request"]),
    (Kind::Fulfilled, &["Fulfill access package assignment request"]),
    (Kind::PartlyFulfilled, &["Partially fulfill access package assignment request"]),
    (Kind::RequestFailed, &["Failed access package assignment request"]),
    (
        Kind::IdentityProvider,
        &[
            "Create identity provider",
            "Update identity provider",
            "Delete identity provider",
            "Create custom identity provider",
            "Update custom identity provider",
            "Update local identity provider",
        ],
    ),
    (
        Kind::PolicyKey,
        &[
            "Get policy key",
            "Create policy key",
            "Update policy key",
            "Delete policy key",
            "Restore policy key",
            "Generate key",
            "Upload key to policy key",
            "Upload secret into policy key",
            "Upload certificate to policy key",
        ],
    ),
    (
        Kind::Token,
        &[
            "Issue an id_token to the application",
            "Issue an access token to the application",
            "Issue an authorization code to the application",
            "Exchange token",
        ],
    ),
    (Kind::SignIn, &["Sign-in", "UserLoggedIn", "UserLoginFailed"]),
];

/// What the activity of that name does, or of the name it had before; letter case and a final dot do not matter.
pub fn kind_of(activity: &str) -> Option<Kind> {
    let name = canonical_activity(activity);
    NAMES.iter().find(|(_, names)| names.iter().any(|known| known.eq_ignore_ascii_case(name))).map(|(kind, _)| *kind)
}

/// The names of a kind, for the pages of the rules.
pub fn names_of(kind: Kind) -> &'static [&'static str] {
    NAMES.iter().find(|(known, _)| *known == kind).map_or(&[], |(_, names)| names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_names_by_their_letters() {
        assert_eq!(kind_of("Redeem extern user invite"), Some(Kind::Redeem));
        assert_eq!(kind_of("update user."), Some(Kind::UpdateUser));
        assert_eq!(kind_of("Update device"), None);
        assert_eq!(names_of(Kind::Token).len(), 4);
    }

    #[test]
    fn every_name_is_of_one_kind() {
        let all: Vec<&str> = NAMES.iter().flat_map(|(_, names)| *names).copied().collect();
        for name in &all {
            assert!(canonical_activity(name).eq_ignore_ascii_case(name), "{name} is an alias");
            assert_eq!(all.iter().filter(|other| other.eq_ignore_ascii_case(name)).count(), 1, "{name}");
        }
    }
}
