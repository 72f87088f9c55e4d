//! Where a field of a Sigma rule stands in our events.
//!
//! Sources: fields of the rules in `SigmaHQ/sigma`, `rules/cloud/azure/audit_logs` and `signin_logs`, and the
//! columns of Azure Monitor's tables `AuditLogs` and `SigninLogs`.

use crate::model::{Column, TargetColumn};

/// Where the values of a field stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// One value of the event.
    Event(Column),
    /// Any of these of the event.
    Actor(&'static [Column]),
    /// One column of any target.
    Target(TargetColumn),
    /// All that is known of the targets, changes included.
    Targets,
    /// Names of changed properties.
    ChangeName,
    /// Old values.
    ChangeOld,
    /// New values.
    ChangeNew,
    /// The new value of the property, or the detail, of that name: letters and digits in lower case.
    Named(String),
}

const ACTOR: &[Column] = &[
    Column::ActorUpn,
    Column::ActorName,
    Column::ActorId,
    Column::ActorAppId,
    Column::ActorServicePrincipalId,
    Column::ActorServicePrincipalName,
];

/// Letters and digits, in lower case.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// The place of a field; else why there is none.
pub(super) fn place(field: &str, of_audit: bool) -> Result<Place, String> {
    let lower = field.to_ascii_lowercase();
    let name = lower.strip_prefix("properties.").unwrap_or(&lower);
    let common = match name {
        "operationname" | "message" | "activitydisplayname" | "activity" | "activitytype" => {
            Place::Event(Column::Activity)
        }
        "category" => Place::Event(Column::Category),
        "resultreason" | "resultdescription" => Place::Event(Column::ResultReason),
        "correlationid" => Place::Event(Column::CorrelationId),
        "ipaddress" | "calleripaddress" => Place::Event(Column::IpAddress),
        "useragent" => Place::Event(Column::UserAgent),
        "result" | "status" | "status.result" => Place::Event(Column::Result),
        "timegenerated" | "activitydatetime" | "createddatetime" => return Err(format!("times, as in field {field}")),
        _ => return if of_audit { audit(field, name) } else { sign_in(field, name) },
    };
    Ok(common)
}

fn audit(field: &str, name: &str) -> Result<Place, String> {
    Ok(match name {
        "loggedbyservice" | "service" => Place::Event(Column::Service),
        "operationtype" | "aadoperationtype" => Place::Event(Column::OperationType),
        "initiatedby" | "identity" | "actor" => Place::Actor(ACTOR),
        "initiatedby.user" => Place::Actor(&[Column::ActorUpn, Column::ActorName, Column::ActorId]),
        "initiatedby.user.userprincipalname" | "userprincipalname" => Place::Event(Column::ActorUpn),
        "initiatedby.user.id" => Place::Event(Column::ActorId),
        "initiatedby.user.displayname" => Place::Event(Column::ActorName),
        "initiatedby.user.ipaddress" => Place::Event(Column::IpAddress),
        "initiatedby.app" => Place::Actor(&[
            Column::ActorName,
            Column::ActorAppId,
            Column::ActorServicePrincipalId,
            Column::ActorServicePrincipalName,
        ]),
        "initiatedby.app.displayname" => Place::Actor(&[Column::ActorName, Column::ActorServicePrincipalName]),
        "initiatedby.app.appid" => Place::Event(Column::ActorAppId),
        "initiatedby.app.serviceprincipalid" => Place::Event(Column::ActorServicePrincipalId),
        "targetresources" | "target" | "targetusername" => Place::Targets,
        "targetresources.type" => Place::Target(TargetColumn::Type),
        "targetresources.displayname" => Place::Target(TargetColumn::Name),
        "targetresources.id" => Place::Target(TargetColumn::Id),
        "targetresources.userprincipalname" => Place::Target(TargetColumn::Upn),
        "targetresources.grouptype" => Place::Target(TargetColumn::GroupType),
        "targetresources.modifiedproperties" => return Err(format!("whole lists, as in field {field}")),
        "targetresources.modifiedproperties.displayname" => Place::ChangeName,
        "targetresources.modifiedproperties.oldvalue" => Place::ChangeOld,
        "targetresources.modifiedproperties.newvalue" => Place::ChangeNew,
        _ => Place::Named(plain(name.strip_prefix("additionaldetails.").unwrap_or(name))),
    })
}

fn sign_in(field: &str, name: &str) -> Result<Place, String> {
    Ok(match name {
        "userprincipalname" | "username" => Place::Event(Column::ActorUpn),
        "userid" => Place::Event(Column::ActorId),
        "userdisplayname" | "identity" => Place::Event(Column::ActorName),
        "usertype" => Place::Event(Column::ActorUserType),
        "hometenantid" => Place::Event(Column::ActorTenantId),
        "appdisplayname" | "resourcedisplayname" => Place::Target(TargetColumn::Name),
        "appid" | "resourceid" | "resourceidentity" => Place::Target(TargetColumn::Id),
        "serviceprincipalid" => Place::Event(Column::ActorServicePrincipalId),
        "serviceprincipalname" => Place::Event(Column::ActorServicePrincipalName),
        "resulttype" | "status.errorcode" => Place::Named("signinerrorcode".into()),
        "conditionalaccessstatus" => Place::Named("conditionalaccess".into()),
        "clientappused" => Place::Named("clientapp".into()),
        "isinteractive" => Place::Named("isinteractive".into()),
        "status.failurereason" => Place::Event(Column::ResultReason),
        "networklocationdetails" | "devicedetail" | "location" if name != "location" => {
            return Err(format!("whole objects, as in field {field}"));
        }
        _ => Place::Named(plain(name)),
    })
}
