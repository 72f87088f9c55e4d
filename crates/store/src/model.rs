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

mod column;
mod entity;
mod field;

pub use column::{Column, Log, TargetColumn};
pub use entity::{Attribute, EntityKind, ItemColumn, List, Origin};
pub use field::{Field, Place};

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
