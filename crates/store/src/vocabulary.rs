//! Which values are Microsoft's own words. Only these may stand where others can read them, such as
//! in an address: a value that is not known here may be a name that somebody chose. Also which of them
//! mean the same, because they changed over the years.

mod aliases;

pub use aliases::{
    b2c_activity_type, canonical_activity, canonical_category, is_legacy_service, is_same_activity, other_names,
};

use crate::model::{Field, Log};

/// Service, category and activity, one combination a line.
const TABLE: &str = include_str!("../data/vocabulary.tsv");

/// Further services, from the service filter of the Entra admin center.
const SERVICES: &[&str] = &[
    "AAD Management UX",
    "Authentication Methods",
    "Azure MFA",
    "Conditional Access",
    "Device Registration Service",
    "Hybrid Authentication",
    "MyApps",
    "PIM",
    "SSPR",
    "Self-service Password Management",
    "Sign-ins",
    "Verified ID",
];

/// Categories that the table lacks.
const CATEGORIES: &[&str] = &[
    "AdministrativeUnit",
    "ApplicationManagement",
    "Authentication",
    "AuthorizationPolicy",
    "ContactManagement",
    "CrossTenantAccessSettings",
    "Device",
    "DeviceConfiguration",
    "DeviceManagement",
    "DirectoryManagement",
    "EntitlementManagement",
    "ExternalUserProfile",
    "GroupManagement",
    "KerberosDomain",
    "KeyManagement",
    "Label",
    "MicrosoftSupportAccessManagement",
    "Other",
    "PermissionGrantPolicy",
    "Policy",
    "PolicyManagement",
    "PrivateEndpoint",
    "PrivateLinkResource",
    "ProvisioningManagement",
    "ResourceManagement",
    "RoleManagement",
    "TaskManagement",
    "UserManagement",
];

/// Graph's `signInEventTypes`, which are the categories of sign-ins.
const SIGN_IN_EVENT_TYPES: &[&str] = &["interactiveUser", "nonInteractiveUser", "servicePrincipal", "managedIdentity"];

const ACTIVITY_TYPES: &[&str] = &["Application", "Authentication", "Authorization", "Directory", "Key", "Resource"];
const OPERATION_TYPES: &[&str] = &[
    "Activate",
    "ActivateAlert",
    "Add",
    "Approve",
    "Assign",
    "AutoReview",
    "Cancel",
    "Create",
    "Delete",
    "Deny",
    "HardDelete",
    "Other",
    "Remove",
    "Renew",
    "Request",
    "Resolve",
    "Restore",
    "SoftDelete",
    "Unassign",
    "Update",
];

/// Whether the value of that field is a word of Microsoft's, so that it says nothing about anybody.
/// "No value" always is; fields that hold anything else than such words never are.
pub fn is_public(field: Field, value: &str) -> bool {
    let listed = |column: usize| aliases::lines::<3>(TABLE).any(|line| line[column] == value);
    match field {
        Field::Log => value.is_empty() || Log::from_label(value.as_bytes()).is_some(),
        Field::Service => value.is_empty() || listed(0) || SERVICES.contains(&value) || is_legacy_service(value),
        Field::Category => {
            value.is_empty() || listed(1) || CATEGORIES.contains(&value) || SIGN_IN_EVENT_TYPES.contains(&value)
        }
        Field::Activity => value.is_empty() || value == "Sign-in" || listed(2) || aliases::is_alias(value),
        Field::ActivityType => value.is_empty() || ACTIVITY_TYPES.contains(&value),
        Field::OperationType => value.is_empty() || OPERATION_TYPES.contains(&value),
        Field::Result => ["", "success", "failure", "timeout", "interrupted"].contains(&value),
        Field::ActorType => ["", "User", "Application"].contains(&value),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(field: Field, value: &str, public: bool) {
        assert_eq!(is_public(field, value), public, "{field:?} {value}");
    }

    #[test]
    fn knows_its_own_words_only() {
        check(Field::Service, "Core Directory", true);
        check(Field::Category, "UserManagement", true);
        check(Field::Activity, "Invite external user", true);
        check(Field::Activity, "", true);
        check(Field::Activity, "Create new IDP", true);
        check(Field::Activity, "Add Dana Vale", false);
        check(Field::Service, "Contoso payroll", false);
        check(Field::Result, "success", true);
        check(Field::Log, "Interactive sign-ins", true);
        check(Field::Log, "Contoso", false);
        check(Field::Category, "servicePrincipal", true);
        check(Field::Actor, "", false);
        check(Field::Target, "User", false);
        check(Field::Activity, "service", false);
    }
}
