//! What a query can name.

use super::{Column, Domain, TargetColumn};
use serde::{Deserialize, Serialize};

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
