//! Pages of Azure AD Graph's `activities/audit` (2015 to 2019), which B2C's documentation of the time
//! has its readers download.
//!
//! Source: Azure AD reporting audit API reference (2016) and the names that consumers of it read; no page
//! itself is public, so several spellings are accepted.

use super::{
    Format,
    draft::Draft,
    graph_json,
    json_import::{JsonImport, RecordMap},
    json_read::{Read, Reader},
    json_value::Value,
    sniff::{Head, Shape},
};
use crate::model::{Column, TargetColumn};

/// The legacy audit API's JSON.
pub(super) const FORMAT: Format = Format {
    id: "legacy-audit-json",
    label: "Azure AD Graph audit activities (JSON)",
    sniff: |head| head.is_json() && is_legacy(head),
    begin: |_| Box::new(JsonImport::new(LegacyRecords)),
};

/// Whether the records are the legacy API's.
pub(super) fn is_legacy(head: &Head) -> bool {
    let signs = ["activitydate", "eventtime", "actor", "targets", "activitytype"];
    let legacy = |record: &Shape| record.has("activity") && signs.iter().any(|sign| record.has(sign));
    head.any_record(legacy)
}

/// Reads the legacy API's records.
pub(super) struct LegacyRecords;

impl RecordMap for LegacyRecords {
    fn read(&mut self, reader: &mut Reader, draft: &mut Draft) -> Read<bool> {
        reader.object(|reader, key| {
            let column = match graph_json::lower(key).as_slice() {
                b"id" => Column::EventId,
                b"activity" | b"activitydisplayname" => Column::Activity,
                b"activitytype" | b"activityresourcetype" => Column::ActivityType,
                b"category" => Column::Category,
                b"correlationid" => Column::CorrelationId,
                b"result" | b"activityresult" | b"activityresultstatus" => Column::Result,
                b"resultreason" | b"activityresultdescription" => Column::ResultReason,
                b"operationtype" | b"activityoperationtype" => Column::OperationType,
                b"loggedbyservice" | b"service" => Column::Service,
                b"useragent" => Column::UserAgent,
                b"ipaddress" => Column::IpAddress,
                b"activitydate" | b"eventtime" | b"activitydatetime" => {
                    return graph_json::read_time(reader, draft, 0);
                }
                b"actor" => return read_actor(reader, draft),
                b"targets" | b"target" => return read_targets(reader, draft),
                b"additionaldetails" => return graph_json::read_details(reader, draft),
                _ => return draft.extra_json("", key, reader),
            };
            draft.set_json(column, reader)
        })?;
        Ok(draft.event.has(Column::Activity))
    }
}

fn read_actor(reader: &mut Reader, draft: &mut Draft) -> Read<()> {
    if reader.peek()? != b'{' {
        return draft.extra_json("", b"actor", reader);
    }
    let (mut id, mut kind) = (Value::Null, Value::Null);
    reader.object(|reader, key| {
        let column = match graph_json::lower(key).as_slice() {
            b"objectid" | b"id" => {
                id = reader.value()?;
                return Ok(());
            }
            b"@odata.type" | b"type" => {
                kind = reader.value()?;
                return Ok(());
            }
            b"name" | b"displayname" => Column::ActorName,
            b"userprincipalname" | b"upn" => Column::ActorUpn,
            b"spn" | b"serviceprincipalname" => Column::ActorServicePrincipalName,
            b"applicationid" | b"appid" => Column::ActorAppId,
            b"ipaddress" => Column::IpAddress,
            _ => return draft.extra_json("actor.", key, reader),
        };
        draft.set_json(column, reader)
    })?;
    let says = |word: &[u8]| matches!(kind, Value::Plain(text) if text.windows(word.len()).any(|part| part == word));
    let user = draft.event.has(Column::ActorUpn) || says(b"User");
    let service = !user
        && (draft.event.has(Column::ActorServicePrincipalName)
            || draft.event.has(Column::ActorAppId)
            || says(b"Service")
            || says(b"Application"));
    let column = if service { Column::ActorServicePrincipalId } else { Column::ActorId };
    draft.outer(&[column], "actor.objectId", id);
    if user || service {
        draft.set(Column::ActorType, if user { b"User" } else { b"Application" });
    }
    Ok(())
}

fn read_targets(reader: &mut Reader, draft: &mut Draft) -> Read<()> {
    match reader.peek()? {
        b'[' => reader.array(|reader| read_target(reader, draft)),
        _ => read_target(reader, draft),
    }
}

fn read_target(reader: &mut Reader, draft: &mut Draft) -> Read<()> {
    if reader.peek()? != b'{' {
        return draft.extra_json("", b"targets", reader);
    }
    draft.event.begin_target();
    reader.object(|reader, key| {
        let column = match graph_json::lower(key).as_slice() {
            b"objectid" | b"id" => TargetColumn::Id,
            b"name" | b"displayname" => TargetColumn::Name,
            b"userprincipalname" | b"upn" => TargetColumn::Upn,
            b"targetresourcetype" | b"type" => TargetColumn::Type,
            b"grouptype" => TargetColumn::GroupType,
            b"modifiedproperties" => return graph_json::read_changes(reader, draft),
            _ => return draft.extra_json("targets.", key, reader),
        };
        draft.set_target_json(column, reader)
    })
}
