//! Graph `directoryAudit` objects, as the portal downloads them and as Graph, its PowerShell module and
//! collectors of its pages write them.
//!
//! Source: Microsoft Graph reference, `directoryAudit`, v1.0 and beta. Keys are read whatever their
//! letter case: `ConvertTo-Json` of the module's objects writes `ActivityDateTime`.

use super::{
    Format, Importer,
    draft::Draft,
    json_import::{JsonImport, RecordMap},
    json_read::{Read, Reader},
    json_value::Value,
    powershell,
    sniff::Head,
};
use crate::model::{Column, TargetColumn};

/// The portal's JSON and Graph's.
pub(super) const FORMAT: Format = Format {
    id: "graph-json",
    label: "Graph directoryAudit (JSON)",
    sniff: |head| head.is_json() && (head.is_empty_page() || is_audit(head)),
    begin: |_| Box::new(importer()),
};

/// Whether the records are audit records of Graph.
pub(super) fn is_audit(head: &Head) -> bool {
    const SIGNS: [&str; 5] =
        ["activitydisplayname", "activitydatetime", "initiatedby", "targetresources", "loggedbyservice"];
    head.any_record(|record| SIGNS.iter().filter(|sign| record.has(sign)).count() >= 2)
}

/// Reads Graph's records.
pub(super) fn importer() -> impl Importer {
    JsonImport::new(GraphRecords)
}

struct GraphRecords;

impl RecordMap for GraphRecords {
    #[inline]
    fn read(&mut self, reader: &mut Reader, draft: &mut Draft) -> Read<bool> {
        read_audit(reader, draft, "")
    }
}

/// Times that a record may have, best first.
const ACTIVITY_TIME: u8 = 0;
const CREATED_TIME: u8 = 1;

/// A member of a `directoryAudit`.
#[derive(Clone, Copy)]
enum Member {
    Set(Column),
    Time(u8),
    InitiatedBy,
    Targets,
    Details,
    AdditionalProperties,
    Unknown,
}

#[inline]
fn member(key: &[u8]) -> Member {
    match key {
        b"id" => Member::Set(Column::EventId),
        b"category" => Member::Set(Column::Category),
        b"correlationId" => Member::Set(Column::CorrelationId),
        b"result" => Member::Set(Column::Result),
        b"resultReason" => Member::Set(Column::ResultReason),
        b"activityDisplayName" => Member::Set(Column::Activity),
        b"activityDateTime" => Member::Time(ACTIVITY_TIME),
        b"loggedByService" => Member::Set(Column::Service),
        b"operationType" => Member::Set(Column::OperationType),
        b"userAgent" => Member::Set(Column::UserAgent),
        b"initiatedBy" => Member::InitiatedBy,
        b"targetResources" => Member::Targets,
        b"additionalDetails" => Member::Details,
        _ => Member::Unknown,
    }
}

#[cold]
fn member_any_case(key: &[u8]) -> Member {
    match lower(key).as_slice() {
        b"id" => Member::Set(Column::EventId),
        b"category" => Member::Set(Column::Category),
        b"correlationid" => Member::Set(Column::CorrelationId),
        b"result" => Member::Set(Column::Result),
        b"resultreason" => Member::Set(Column::ResultReason),
        b"activitydisplayname" => Member::Set(Column::Activity),
        // Graph has no such members; our own export writes what other logs hold.
        b"log" => Member::Set(Column::Log),
        b"activitytype" => Member::Set(Column::ActivityType),
        b"activitydatetime" => Member::Time(ACTIVITY_TIME),
        b"createddatetime" => Member::Time(CREATED_TIME),
        b"loggedbyservice" => Member::Set(Column::Service),
        b"operationtype" => Member::Set(Column::OperationType),
        b"useragent" => Member::Set(Column::UserAgent),
        b"initiatedby" => Member::InitiatedBy,
        b"targetresources" | b"targetresource" => Member::Targets,
        b"additionaldetails" => Member::Details,
        b"additionalproperties" => Member::AdditionalProperties,
        _ => Member::Unknown,
    }
}

/// A key in lower case, its escapes left alone.
pub(super) fn lower(key: &[u8]) -> Vec<u8> {
    key.to_ascii_lowercase()
}

/// Reads a `directoryAudit`; whether it is one. Unknown members are kept under `path`.
#[inline]
pub(super) fn read_audit(reader: &mut Reader, draft: &mut Draft, path: &str) -> Read<bool> {
    read_members(reader, draft, path, false)
}

/// `more`: these stand beside the record's own members and yield to them.
#[inline]
fn read_members(reader: &mut Reader, draft: &mut Draft, path: &str, more: bool) -> Read<bool> {
    let mut signs = false;
    reader.object(|reader, key| {
        let mut found = member(key);
        if matches!(found, Member::Unknown) {
            found = member_any_case(key);
        }
        match found {
            Member::Set(column) if more && draft.event.has(column) => draft.extra_json(path, key, reader),
            Member::Set(column) => draft.set_json(column, reader),
            Member::Time(rank) => {
                signs |= rank == ACTIVITY_TIME;
                read_time(reader, draft, rank)
            }
            Member::InitiatedBy => {
                signs = true;
                read_initiated_by(reader, draft)
            }
            Member::Targets => {
                signs = true;
                read_targets(reader, draft)
            }
            Member::Details => read_details(reader, draft),
            Member::AdditionalProperties => read_more(reader, draft, path, &mut signs),
            Member::Unknown => draft.extra_json(path, key, reader),
        }
    })?;
    Ok(draft.event.has(Column::Activity) || (signs && draft.event.has(Column::Category)))
}

/// PowerShell keeps members it does not know apart; they belong to the record all the same.
#[cold]
fn read_more(reader: &mut Reader, draft: &mut Draft, path: &str, signs: &mut bool) -> Read<()> {
    if reader.peek()? != b'{' {
        return draft.extra_json(path, b"AdditionalProperties", reader);
    }
    *signs |= read_members(reader, draft, path, true)?;
    Ok(())
}

/// Reads a time: a string, or what Windows PowerShell makes of one, `{"value": "/Date(…)/", …}`.
pub(super) fn read_time(reader: &mut Reader, draft: &mut Draft, rank: u8) -> Read<()> {
    if reader.peek()? == b'{' {
        return reader.object(|reader, key| {
            if key.eq_ignore_ascii_case(b"value") { read_time_text(reader, draft, rank) } else { reader.skip() }
        });
    }
    read_time_text(reader, draft, rank)
}

fn read_time_text(reader: &mut Reader, draft: &mut Draft, rank: u8) -> Read<()> {
    let value = reader.value()?;
    let mut buffer = std::mem::take(&mut draft.texts.first);
    draft.time(rank, value.text(&mut buffer, &mut false));
    draft.texts.first = buffer;
    Ok(())
}

/// Reads `initiatedBy`.
pub(super) fn read_initiated_by(reader: &mut Reader, draft: &mut Draft) -> Read<()> {
    if reader.peek()? != b'{' {
        return draft.extra_json("", b"initiatedBy", reader);
    }
    reader.object(|reader, key| match key {
        _ if reader.peek()? != b'{' => draft.extra_json("initiatedBy.", key, reader),
        b"user" | b"User" => read_user(reader, draft),
        b"app" | b"App" => read_app(reader, draft),
        _ => draft.extra_json("initiatedBy.", key, reader),
    })
}

fn read_user(reader: &mut Reader, draft: &mut Draft) -> Read<()> {
    let mut any = false;
    reader.object(|reader, key| {
        let column = match key {
            b"id" | b"Id" => Column::ActorId,
            b"displayName" | b"DisplayName" | b"displayname" => Column::ActorName,
            b"userPrincipalName" | b"UserPrincipalName" | b"userprincipalname" => Column::ActorUpn,
            b"ipAddress" | b"IPAddress" | b"IpAddress" | b"ipaddress" => {
                return draft.set_json(Column::IpAddress, reader);
            }
            b"userType" | b"UserType" | b"usertype" => Column::ActorUserType,
            b"homeTenantId" | b"HomeTenantId" | b"hometenantid" => Column::ActorTenantId,
            b"homeTenantName" | b"HomeTenantName" | b"hometenantname" => Column::ActorTenantName,
            _ => return draft.extra_json("initiatedBy.user.", key, reader),
        };
        draft.set_json(column, reader)?;
        // An application has a home tenant, too.
        any |= draft.event.has(column) && !matches!(column, Column::ActorTenantId | Column::ActorTenantName);
        Ok(())
    })?;
    if any {
        draft.set(Column::ActorType, b"User");
    }
    Ok(())
}

fn read_app(reader: &mut Reader, draft: &mut Draft) -> Read<()> {
    let mut any = false;
    reader.object(|reader, key| {
        let column = match key {
            b"appId" | b"AppId" | b"appid" => Column::ActorAppId,
            b"displayName" | b"DisplayName" | b"displayname" => {
                // Of an empty user and an app, the app has the name.
                let value = reader.value()?;
                if !value.is_empty() {
                    any = true;
                    let mut buffer = std::mem::take(&mut draft.texts.first);
                    draft.set_missing(Column::ActorName, value.text(&mut buffer, &mut false));
                    draft.texts.first = buffer;
                }
                return Ok(());
            }
            b"servicePrincipalId" | b"ServicePrincipalId" | b"serviceprincipalid" => Column::ActorServicePrincipalId,
            b"servicePrincipalName" | b"ServicePrincipalName" | b"serviceprincipalname" => {
                Column::ActorServicePrincipalName
            }
            _ => return draft.extra_json("initiatedBy.app.", key, reader),
        };
        draft.set_json(column, reader)?;
        any |= draft.event.has(column);
        Ok(())
    })?;
    if any {
        draft.set_missing(Column::ActorType, b"Application");
    }
    Ok(())
}

/// Reads `targetResources`: an array, or a single target in its place.
pub(super) fn read_targets(reader: &mut Reader, draft: &mut Draft) -> Read<()> {
    match reader.peek()? {
        b'[' => reader.array(|reader| read_target(reader, draft)),
        b'{' => read_target(reader, draft),
        _ => draft.extra_json("", b"targetResources", reader),
    }
}

fn read_target(reader: &mut Reader, draft: &mut Draft) -> Read<()> {
    if reader.peek()? != b'{' {
        return draft.extra_json("", b"targetResources", reader);
    }
    draft.event.begin_target();
    reader.object(|reader, key| {
        let column = match key {
            b"id" | b"Id" => TargetColumn::Id,
            b"displayName" | b"DisplayName" | b"displayname" => TargetColumn::Name,
            b"type" | b"Type" => TargetColumn::Type,
            b"userPrincipalName" | b"UserPrincipalName" | b"userprincipalname" => TargetColumn::Upn,
            b"groupType" | b"GroupType" | b"grouptype" => TargetColumn::GroupType,
            b"modifiedProperties" | b"ModifiedProperties" | b"modifiedproperties" => {
                return read_changes(reader, draft);
            }
            _ => return draft.extra_json("targetResources.", key, reader),
        };
        draft.set_target_json(column, reader)
    })
}

/// Reads `modifiedProperties`.
pub(super) fn read_changes(reader: &mut Reader, draft: &mut Draft) -> Read<()> {
    match reader.peek()? {
        b'[' => reader.array(|reader| read_change(reader, draft)),
        _ => read_change(reader, draft),
    }
}

fn read_change(reader: &mut Reader, draft: &mut Draft) -> Read<()> {
    if reader.peek()? != b'{' {
        let value = reader.value()?;
        powershell::change(value, draft, "targetResources.");
        return Ok(());
    }
    let (mut name, mut old, mut new) = (Value::Null, Value::Null, Value::Null);
    reader.object(|reader, key| {
        let place = match key {
            b"displayName" | b"DisplayName" | b"displayname" | b"name" | b"Name" | b"key" | b"Key" => &mut name,
            b"oldValue" | b"OldValue" | b"oldvalue" => &mut old,
            b"newValue" | b"NewValue" | b"newvalue" => &mut new,
            _ => return draft.extra_json("targetResources.modifiedProperties.", key, reader),
        };
        *place = reader.value()?;
        Ok(())
    })?;
    draft.change(name, old, new);
    Ok(())
}

/// Reads `additionalDetails`.
pub(super) fn read_details(reader: &mut Reader, draft: &mut Draft) -> Read<()> {
    match reader.peek()? {
        b'[' => reader.array(|reader| read_detail(reader, draft)),
        _ => read_detail(reader, draft),
    }
}

fn read_detail(reader: &mut Reader, draft: &mut Draft) -> Read<()> {
    if reader.peek()? != b'{' {
        let value = reader.value()?;
        powershell::detail(value, draft);
        return Ok(());
    }
    let (mut name, mut content) = (Value::Null, Value::Null);
    reader.object(|reader, key| {
        let place = match key {
            b"key" | b"Key" | b"name" | b"Name" | b"displayName" => &mut name,
            b"value" | b"Value" => &mut content,
            _ => return draft.extra_json("additionalDetails.", key, reader),
        };
        *place = reader.value()?;
        Ok(())
    })?;
    draft.detail(name, content);
    Ok(())
}
