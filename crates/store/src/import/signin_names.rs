//! The names that values of a sign-in go by: the portal's columns, Graph's members, and the columns of
//! Log Analytics.
//!
//! A detail goes by the portal's name where the portal has one, so that the same value has the same name
//! in every format; by its own name, or the path to it, otherwise.

use super::{portal_header::plain, signin_slot::Place};
use crate::model::{Column, TargetColumn};
use std::sync::LazyLock;

/// The columns of the portal's download of user sign-ins, 57 as of 2026.
pub(super) const PORTAL: [&str; 57] = [
    "Date (UTC)",
    "Request ID",
    "User agent",
    "Correlation ID",
    "User ID",
    "User",
    "Username",
    "User type",
    "Cross tenant access type",
    "Incoming token type",
    "Authentication Protocol",
    "Unique token identifier",
    "Original transfer method",
    "Client credential type",
    "Token Protection - Sign In Session",
    "Token Protection - Sign In Session StatusCode",
    "Application",
    "Application ID",
    "App owner tenant ID",
    "Resource",
    "Resource ID",
    "Resource tenant ID",
    "Resource owner tenant ID",
    "Home tenant ID",
    "Home tenant name",
    "IP address",
    "Location",
    "Status",
    "Sign-in error code",
    "Failure reason",
    "Client app",
    "Device ID",
    "Browser",
    "Operating System",
    "Compliant",
    "Managed",
    "Join Type",
    "Multifactor authentication result",
    "Multifactor authentication auth method",
    "Multifactor authentication auth detail",
    "Authentication requirement",
    "Sign-in identifier",
    "Session ID",
    "IP address (seen by resource)",
    "Through Global Secure Access",
    "Global Secure Access IP address",
    "Autonomous system number",
    "Flagged for review",
    "Token issuer type",
    "Incoming token type",
    "Token issuer name",
    "Latency",
    "Conditional Access",
    "Managed Identity type",
    "Associated Resource Id",
    "Federated Token Id",
    "Federated Token Issuer",
];

/// The columns that the 55 of 2024 lack.
pub(super) const NOT_IN_55: [&str; 2] = ["App owner tenant ID", "Resource owner tenant ID"];

/// Further columns of the download of application sign-ins.
const OF_APPLICATIONS: [&str; 4] =
    ["Service principal ID", "Service principal name", "Credential key ID", "Credential thumbprint"];

/// What a column of that name, or a member at that path, is; and the name of its detail where that is
/// another. Letter case, spaces, hyphens and underscores do not matter.
pub(super) fn known(name: &[u8]) -> (Place, Option<&'static str>) {
    use Place::{Application, Resource, Set};
    let plain = plain(name);
    let place = match plain.as_str() {
        "date(utc)" | "date" | "createddatetime" => Place::Time(0),
        "requestid" | "id" => Set(Column::EventId),
        "correlationid" => Set(Column::CorrelationId),
        "useragent" => Set(Column::UserAgent),
        "ipaddress" => Set(Column::IpAddress),
        "userid" => Set(Column::ActorId),
        "user" | "userdisplayname" => Set(Column::ActorName),
        "username" | "userprincipalname" => Set(Column::ActorUpn),
        "usertype" => Place::UserType,
        "hometenantid" => Set(Column::ActorTenantId),
        "hometenantname" => Set(Column::ActorTenantName),
        "serviceprincipalid" => Set(Column::ActorServicePrincipalId),
        "serviceprincipalname" => Place::PrincipalName,
        "application" | "appdisplayname" => Application(TargetColumn::Name),
        "applicationid" | "appid" => Application(TargetColumn::Id),
        "resource" | "resourcedisplayname" => Resource(TargetColumn::Name),
        "resourceid" => Resource(TargetColumn::Id),
        "failurereason" | "status.failurereason" => Set(Column::ResultReason),
        "status" => Place::Status,
        "signinerrorcode" | "status.errorcode" => Place::ErrorCode,
        "signineventtypes" => Place::EventTypes,
        "isinteractive" => Place::IsInteractive,
        "additionalproperties" => Place::More,
        _ => Place::Detail,
    };
    (place, portal_name(&plain))
}

/// The portal's name of a value.
fn portal_name(plain_name: &str) -> Option<&'static str> {
    Some(match plain_name {
        "status.errorcode" => "Sign-in error code",
        "clientappused" => "Client app",
        "conditionalaccessstatus" => "Conditional Access",
        "processingtimeinmilliseconds" => "Latency",
        "ipaddressfromresourceprovider" => "IP address (seen by resource)",
        "isthroughglobalsecureaccess" => "Through Global Secure Access",
        "serviceprincipalcredentialkeyid" => "Credential key ID",
        "serviceprincipalcredentialthumbprint" => "Credential thumbprint",
        _ => return of_portal(plain_name),
    })
}

/// The portal's columns by their plain names.
fn of_portal(plain_name: &str) -> Option<&'static str> {
    static COLUMNS: LazyLock<Vec<(String, &str)>> = LazyLock::new(|| {
        PORTAL.into_iter().chain(OF_APPLICATIONS).map(|name| (plain(name.as_bytes()), name)).collect()
    });
    COLUMNS.iter().find(|(plain, _)| plain == plain_name).map(|(_, name)| *name)
}

/// Whether this is a column of the portal's downloads.
pub(super) fn is_portal(name: &[u8]) -> bool {
    of_portal(&plain(name)).is_some()
}
