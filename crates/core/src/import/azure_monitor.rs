//! Azure Monitor's diagnostic logs, as storage accounts and event hubs receive them: an envelope around
//! a `directoryAudit` in `properties`, one a line or in `{"records": []}`.
//!
//! Source: Azure Monitor's schema of Entra audit logs, and public samples; collectors write the
//! envelope's keys in any letter case.

use super::{
    Format,
    draft::Draft,
    graph_json,
    json_import::{JsonImport, RecordMap},
    json_read::{Read, Reader},
    json_value::Value,
};
use crate::model::Column;

/// Azure Monitor's JSON.
pub(super) const FORMAT: Format = Format {
    id: "azure-monitor-json",
    label: "Azure Monitor diagnostic log (JSON)",
    sniff: |head| {
        head.is_json()
            && head.any_record(|record| {
                let envelope = ["category", "operationname", "resourceid", "time"];
                let signs = envelope.iter().filter(|key| record.has(key)).count();
                (record.has_object("properties") && signs >= 1) || (record.has("time") && record.has("category"))
            })
    },
    begin: |_| Box::new(JsonImport::new(AzureMonitorRecords)),
};

struct AzureMonitorRecords;

/// Members of the envelope that say again what the record in it says.
#[derive(Default)]
struct Envelope<'a> {
    category: Value<'a>,
    time: Value<'a>,
    operation: Value<'a>,
    address: Value<'a>,
    identity: Value<'a>,
    description: Value<'a>,
    correlation: Value<'a>,
}

impl Envelope<'_> {
    /// Whether the category, where known, is that of audit logs.
    fn may_be_audit(&self) -> bool {
        match self.category {
            Value::Plain(text) => text.eq_ignore_ascii_case(b"AuditLogs"),
            _ => true,
        }
    }
}

/// The envelope's time yields to any of the record's own.
const ENVELOPE_TIME: u8 = 8;

impl RecordMap for AzureMonitorRecords {
    fn read(&mut self, reader: &mut Reader, draft: &mut Draft) -> Read<bool> {
        let mut envelope = Envelope::default();
        let mut audit = false;
        reader.object(|reader, key| {
            let place = match key {
                b"time" => &mut envelope.time,
                b"category" => &mut envelope.category,
                b"operationName" => &mut envelope.operation,
                b"callerIpAddress" => &mut envelope.address,
                b"identity" => &mut envelope.identity,
                b"resultDescription" => &mut envelope.description,
                b"correlationId" => &mut envelope.correlation,
                b"properties" | b"Properties" if reader.peek()? == b'{' => {
                    return if envelope.may_be_audit() {
                        audit |= graph_json::read_audit(reader, draft, "")?;
                        Ok(())
                    } else {
                        reader.skip()
                    };
                }
                _ => match graph_json::lower(key).as_slice() {
                    b"time" => &mut envelope.time,
                    b"category" => &mut envelope.category,
                    b"operationname" => &mut envelope.operation,
                    b"calleripaddress" => &mut envelope.address,
                    b"resultdescription" => &mut envelope.description,
                    b"correlationid" => &mut envelope.correlation,
                    _ => return draft.extra_json("", key, reader),
                },
            };
            *place = reader.value()?;
            Ok(())
        })?;
        if !envelope.may_be_audit() || (!audit && envelope.category == Value::Null) {
            return Ok(false);
        }
        draft.outer_time(ENVELOPE_TIME, "time", envelope.time);
        draft.outer(&[Column::Activity], "operationName", envelope.operation);
        draft.outer(&[Column::IpAddress], "callerIpAddress", envelope.address);
        draft.outer(&[Column::ResultReason], "resultDescription", envelope.description);
        draft.outer(&[Column::CorrelationId], "correlationId", envelope.correlation);
        let names = [Column::ActorName, Column::ActorUpn, Column::ActorServicePrincipalName, Column::ActorAppId];
        draft.outer(&names, "identity", envelope.identity);
        Ok(true)
    }
}
