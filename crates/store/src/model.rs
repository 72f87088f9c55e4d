//! The closed vocabularies of the product, in the field's words: what an event consists of, which
//! of its values may identify a person, and what a query can name.

use serde::{Deserialize, Serialize};

/// How revealing a value is. Redaction is decided per class, so each [`Domain`] has exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DataClass {
    /// Words of Microsoft's own vocabulary: services, categories, activities, results, key names.
    Vocabulary,
    /// Names a person, group, application or device.
    Name,
    /// User principal names and e-mail addresses.
    Address,
    /// Object, tenant, event and correlation ids.
    Identifier,
    /// Network addresses.
    Network,
    /// Browser and client descriptions.
    Client,
    /// Anything else. Dropped by every sharing policy unless scrubbed.
    FreeText,
}

macro_rules! closed_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[repr(u8)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }
        impl $name {
            /// Every member, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// How many members there are.
            pub const COUNT: usize = Self::ALL.len();
        }
    };
}

mod entity;

pub use entity::{Attribute, EntityKind, ItemColumn, List, Origin};

closed_enum! {
    /// A set of distinct strings that several columns may share. Its dictionary holds each string once.
    Domain {
        /// Names of the logs that records are of, see [`Log`].
        Log,
        /// Logging services, for example `Core Directory`.
        Service,
        /// Categories, for example `UserManagement`.
        Category,
        /// Activity display names.
        Activity,
        /// Activity resource types, for example B2C's `Authentication`.
        ActivityType,
        /// Operation types, for example `Add`.
        OperationType,
        /// `success`, `failure`, `timeout` and what else a file holds.
        Result,
        /// Reasons given for a result.
        Reason,
        /// `User` or `Application`.
        ActorType,
        /// `Guest`, `Member`.
        UserType,
        /// Actors and targets under the one name they are best known by: UPN, else name, else id.
        Principal,
        /// Display names.
        Name,
        /// User principal names and e-mail addresses used in their place.
        Upn,
        /// Object ids of users, groups, applications, service principals.
        ObjectId,
        /// Tenant ids.
        TenantId,
        /// Tenant names.
        TenantName,
        /// IP addresses.
        IpAddress,
        /// User agents.
        UserAgent,
        /// Target types, for example `User`, `Group`.
        TargetType,
        /// Group types, for example `unifiedGroups`.
        GroupType,
        /// Names of modified properties.
        PropertyName,
        /// Old and new values of modified properties.
        PropertyValue,
        /// Keys of additional details.
        DetailKey,
        /// Values of additional details.
        DetailValue,
        /// Names of fields that no column knows.
        ExtraKey,
        /// Values of fields that no column knows.
        ExtraValue,
        /// Ids of audit records.
        EventId,
        /// Correlation ids.
        CorrelationId,
        /// States, types, decisions and flags of entities.
        State,
        /// Descriptions, justifications, departments, places: anything a person wrote about an entity.
        Text,
    }
}

impl Domain {
    /// How revealing the strings of this domain are.
    pub fn class(self) -> DataClass {
        use DataClass as C;
        match self {
            Self::Log
            | Self::Service
            | Self::Category
            | Self::Activity
            | Self::ActivityType
            | Self::OperationType
            | Self::Result
            | Self::ActorType
            | Self::UserType
            | Self::TargetType
            | Self::GroupType
            | Self::PropertyName
            | Self::DetailKey
            | Self::State => C::Vocabulary,
            Self::Name | Self::TenantName => C::Name,
            Self::Principal | Self::Upn => C::Address,
            Self::ObjectId | Self::TenantId | Self::EventId | Self::CorrelationId => C::Identifier,
            Self::IpAddress => C::Network,
            Self::UserAgent => C::Client,
            Self::Reason | Self::PropertyValue | Self::DetailValue | Self::ExtraKey | Self::ExtraValue | Self::Text => {
                C::FreeText
            }
        }
    }
}

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
    /// What a query can filter, group, sort and show. Its kebab-case name is stable: URLs and
    /// automation use it.
    Field {
        /// When the event happened.
        Time,
        /// See [`Column::Log`].
        Log,
        /// See [`Column::Service`].
        Service,
        /// See [`Column::Category`].
        Category,
        /// See [`Column::Activity`].
        Activity,
        /// See [`Column::ActivityType`].
        ActivityType,
        /// See [`Column::OperationType`].
        OperationType,
        /// See [`Column::Result`].
        Result,
        /// See [`Column::ResultReason`].
        ResultReason,
        /// See [`Column::ActorType`].
        ActorType,
        /// See [`Column::Actor`]; the portal calls it "Initiated by (actor)".
        Actor,
        /// See [`Column::ActorName`].
        ActorName,
        /// See [`Column::ActorUpn`].
        ActorUpn,
        /// See [`Column::ActorId`].
        ActorId,
        /// See [`Column::ActorUserType`].
        ActorUserType,
        /// See [`Column::ActorTenantId`].
        ActorTenantId,
        /// See [`Column::ActorTenantName`].
        ActorTenantName,
        /// See [`Column::ActorAppId`].
        ActorAppId,
        /// See [`Column::ActorServicePrincipalId`].
        ActorServicePrincipalId,
        /// See [`Column::ActorServicePrincipalName`].
        ActorServicePrincipalName,
        /// See [`TargetColumn::Target`].
        Target,
        /// See [`TargetColumn::Type`].
        TargetType,
        /// See [`TargetColumn::Name`].
        TargetName,
        /// See [`TargetColumn::Id`].
        TargetId,
        /// See [`TargetColumn::Upn`].
        TargetUpn,
        /// See [`TargetColumn::GroupType`].
        GroupType,
        /// Names of the modified properties.
        Property,
        /// Old and new values of the modified properties.
        PropertyValue,
        /// Keys of the additional details.
        DetailKey,
        /// Values of the additional details.
        DetailValue,
        /// See [`Column::IpAddress`].
        IpAddress,
        /// See [`Column::UserAgent`].
        UserAgent,
        /// See [`Column::CorrelationId`].
        CorrelationId,
        /// See [`Column::EventId`].
        EventId,
        /// The file the event was read from.
        Source,
    }
}

/// Where a field's values stand in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The time column.
    Time,
    /// One value per event.
    Event(Column),
    /// One value per target.
    Target(TargetColumn),
    /// Names of changes.
    ChangeName,
    /// Old and new values of changes.
    ChangeValue,
    /// Keys of additional details.
    DetailKey,
    /// Values of additional details.
    DetailValue,
    /// The source of the event.
    Source,
}

impl Field {
    /// Where the field's values stand in the store.
    pub fn place(self) -> Place {
        use Place::{Event, Target};
        match self {
            Self::Time => Place::Time,
            Self::Log => Event(Column::Log),
            Self::Service => Event(Column::Service),
            Self::Category => Event(Column::Category),
            Self::Activity => Event(Column::Activity),
            Self::ActivityType => Event(Column::ActivityType),
            Self::OperationType => Event(Column::OperationType),
            Self::Result => Event(Column::Result),
            Self::ResultReason => Event(Column::ResultReason),
            Self::ActorType => Event(Column::ActorType),
            Self::Actor => Event(Column::Actor),
            Self::ActorName => Event(Column::ActorName),
            Self::ActorUpn => Event(Column::ActorUpn),
            Self::ActorId => Event(Column::ActorId),
            Self::ActorUserType => Event(Column::ActorUserType),
            Self::ActorTenantId => Event(Column::ActorTenantId),
            Self::ActorTenantName => Event(Column::ActorTenantName),
            Self::ActorAppId => Event(Column::ActorAppId),
            Self::ActorServicePrincipalId => Event(Column::ActorServicePrincipalId),
            Self::ActorServicePrincipalName => Event(Column::ActorServicePrincipalName),
            Self::Target => Target(TargetColumn::Target),
            Self::TargetType => Target(TargetColumn::Type),
            Self::TargetName => Target(TargetColumn::Name),
            Self::TargetId => Target(TargetColumn::Id),
            Self::TargetUpn => Target(TargetColumn::Upn),
            Self::GroupType => Target(TargetColumn::GroupType),
            Self::Property => Place::ChangeName,
            Self::PropertyValue => Place::ChangeValue,
            Self::DetailKey => Place::DetailKey,
            Self::DetailValue => Place::DetailValue,
            Self::IpAddress => Event(Column::IpAddress),
            Self::UserAgent => Event(Column::UserAgent),
            Self::CorrelationId => Event(Column::CorrelationId),
            Self::EventId => Event(Column::EventId),
            Self::Source => Place::Source,
        }
    }

    /// The dictionary of the field's values; time and source have none.
    pub fn domain(self) -> Option<Domain> {
        match self.place() {
            Place::Event(column) => Some(column.domain()),
            Place::Target(column) => Some(column.domain()),
            Place::ChangeName => Some(Domain::PropertyName),
            Place::ChangeValue => Some(Domain::PropertyValue),
            Place::DetailKey => Some(Domain::DetailKey),
            Place::DetailValue => Some(Domain::DetailValue),
            Place::Time | Place::Source => None,
        }
    }

    /// The heading a reader sees: the portal's own words where it has some.
    pub fn label(self) -> &'static str {
        match self {
            Self::Time => "Date",
            Self::Log => "Log",
            Self::Service => "Service",
            Self::Category => "Category",
            Self::Activity => "Activity",
            Self::ActivityType => "Activity resource type",
            Self::OperationType => "Operation type",
            Self::Result => "Status",
            Self::ResultReason => "Status reason",
            Self::ActorType => "Actor type",
            Self::Actor => "Initiated by (actor)",
            Self::ActorName => "Actor display name",
            Self::ActorUpn => "Actor user principal name",
            Self::ActorId => "Actor object ID",
            Self::ActorUserType => "Actor user type",
            Self::ActorTenantId => "Actor home tenant ID",
            Self::ActorTenantName => "Actor home tenant name",
            Self::ActorAppId => "Actor application ID",
            Self::ActorServicePrincipalId => "Actor service principal ID",
            Self::ActorServicePrincipalName => "Actor service principal name",
            Self::Target => "Target",
            Self::TargetType => "Target type",
            Self::TargetName => "Target display name",
            Self::TargetId => "Target object ID",
            Self::TargetUpn => "Target user principal name",
            Self::GroupType => "Group type",
            Self::Property => "Modified property",
            Self::PropertyValue => "Modified property value",
            Self::DetailKey => "Additional detail",
            Self::DetailValue => "Additional detail value",
            Self::IpAddress => "IP address",
            Self::UserAgent => "User agent",
            Self::CorrelationId => "Correlation ID",
            Self::EventId => "Event ID",
            Self::Source => "File",
        }
    }

    /// The stable kebab-case name.
    pub fn id(self) -> String {
        serde_json::to_value(self).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// The field of that stable name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.id() == id)
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
