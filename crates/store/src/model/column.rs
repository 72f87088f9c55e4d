//! What an event consists of: its columns, those of its targets, and the logs that events come from.

use super::Domain;
use serde::{Deserialize, Serialize};

closed_enum! {
    /// A column with one value per event.
    Column {
        /// The log that the record is of, see [`Log`].
        Log,
        /// The service that logged the event (`loggedByService`).
        Service,
        /// The category, as spelt in the file.
        Category,
        /// The activity's display name.
        Activity,
        /// The activity resource type: B2C's six types, or a legacy export's own.
        ActivityType,
        /// The operation type.
        OperationType,
        /// The result; `success`, `failure` and `timeout` in lower case, other spellings as in the file.
        Result,
        /// Why the result is what it is.
        ResultReason,
        /// `User` or `Application`.
        ActorType,
        /// Who initiated the event, under the best known name. Filled by the store.
        Actor,
        /// Display name of the initiating user or application.
        ActorName,
        /// User principal name of the initiating user (in redemptions: the guest's e-mail address).
        ActorUpn,
        /// Object id of the initiating user.
        ActorId,
        /// `Guest` or `Member`, where the file says so.
        ActorUserType,
        /// Home tenant id of the initiating user.
        ActorTenantId,
        /// Home tenant name of the initiating user.
        ActorTenantName,
        /// Application id of the initiating application.
        ActorAppId,
        /// Service principal id of the initiating application.
        ActorServicePrincipalId,
        /// Service principal name of the initiating application.
        ActorServicePrincipalName,
        /// The IP address the event came from.
        IpAddress,
        /// The user agent the event came from.
        UserAgent,
        /// Correlates the records of one operation.
        CorrelationId,
        /// The record's own id; absent in the portal's CSV.
        EventId,
    }
}

impl Column {
    /// The dictionary the column's codes point into.
    pub fn domain(self) -> Domain {
        match self {
            Self::Log => Domain::Log,
            Self::Service => Domain::Service,
            Self::Category => Domain::Category,
            Self::Activity => Domain::Activity,
            Self::ActivityType => Domain::ActivityType,
            Self::OperationType => Domain::OperationType,
            Self::Result => Domain::Result,
            Self::ResultReason => Domain::Reason,
            Self::ActorType => Domain::ActorType,
            Self::Actor => Domain::Principal,
            Self::ActorName | Self::ActorServicePrincipalName => Domain::Name,
            Self::ActorUpn => Domain::Upn,
            Self::ActorId | Self::ActorAppId | Self::ActorServicePrincipalId => Domain::ObjectId,
            Self::ActorUserType => Domain::UserType,
            Self::ActorTenantId => Domain::TenantId,
            Self::ActorTenantName => Domain::TenantName,
            Self::IpAddress => Domain::IpAddress,
            Self::UserAgent => Domain::UserAgent,
            Self::CorrelationId => Domain::CorrelationId,
            Self::EventId => Domain::EventId,
        }
    }
}

closed_enum! {
    /// A column with one value per target of an event.
    TargetColumn {
        /// The target under the best known name. Filled by the store.
        Target,
        /// `User`, `Group`, `ServicePrincipal`, `AccessPackage` and so on.
        Type,
        /// Display name.
        Name,
        /// Object id.
        Id,
        /// User principal name.
        Upn,
        /// Group type.
        GroupType,
    }
}

impl TargetColumn {
    /// The dictionary the column's codes point into.
    pub fn domain(self) -> Domain {
        match self {
            Self::Target => Domain::Principal,
            Self::Type => Domain::TargetType,
            Self::Name => Domain::Name,
            Self::Id => Domain::ObjectId,
            Self::Upn => Domain::Upn,
            Self::GroupType => Domain::GroupType,
        }
    }
}

closed_enum! {
    /// The logs that records come from. Sources: the Entra admin center's sign-in and audit logs, and
    /// Purview's audit search.
    Log {
        /// The directory's audit log.
        Audit,
        /// Sign-ins where a user gives a factor.
        Interactive,
        /// Sign-ins that a client does for a user.
        NonInteractive,
        /// Sign-ins of service principals.
        Application,
        /// Sign-ins of managed identities.
        ManagedIdentity,
        /// Sign-ins of Microsoft's own service principals.
        MicrosoftApplication,
        /// Purview's unified audit log.
        Unified,
    }
}

impl Log {
    /// The name in [`Column::Log`].
    pub fn label(self) -> &'static str {
        match self {
            Self::Audit => "Audit",
            Self::Interactive => "Interactive sign-ins",
            Self::NonInteractive => "Non-interactive sign-ins",
            Self::Application => "Application sign-ins",
            Self::ManagedIdentity => "Managed identity sign-ins",
            Self::MicrosoftApplication => "Microsoft application sign-ins",
            Self::Unified => "Unified audit log",
        }
    }

    /// The log of that name.
    pub fn from_label(label: &[u8]) -> Option<Self> {
        Self::ALL.iter().copied().find(|log| log.label().as_bytes() == label)
    }
}
