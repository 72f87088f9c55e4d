//! Azure Monitor's diagnostic logs, as storage accounts and event hubs receive them: an envelope around
//! a `directoryAudit` or a `signIn` in `properties`, one a line or in `{"records": []}`.
//!
//! Source: Azure Monitor's schemas of Entra audit and sign-in logs, and public samples; collectors write
//! the envelope's keys in any letter case.

use super::{
    Format,
    draft::Draft,
    graph_json,
    json_import::{JsonImport, RecordMap},
    json_read::{Read, Reader},
    json_value::Value,
    signin,
    signin_json::SignInReader,
};
use crate::model::{Column, Log};

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
    begin: |_| Box::new(JsonImport::new(AzureMonitorRecords { sign_ins: SignInReader::graph() })),
};

struct AzureMonitorRecords {
    sign_ins: SignInReader,
}

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
    /// The error code of a sign-in, and how its key is spelt.
    code: Value<'a>,
    code_key: &'a [u8],
    /// The record, where the category comes after it.
    record: Value<'a>,
}

/// What an envelope is around.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    Audit,
    SignIn(Log),
    Other,
}

impl Envelope<'_> {
    /// By the category, where known; else it is taken for an audit record.
    fn content(&self) -> Content {
        match self.category {
            Value::Plain(text) if text.eq_ignore_ascii_case(b"AuditLogs") => Content::Audit,
            Value::Plain(text) => signin::log_of(text).map_or(Content::Other, Content::SignIn),
            _ => Content::Audit,
        }
    }
}

/// The envelope's time yields to any of the record's own.
const ENVELOPE_TIME: u8 = 8;

impl RecordMap for AzureMonitorRecords {
    fn read(&mut self, reader: &mut Reader, draft: &mut Draft) -> Read<bool> {
        let mut envelope = Envelope::default();
        let mut found = false;
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
                    if envelope.category == Value::Null {
                        envelope.record = reader.value()?;
                    } else {
                        found |= self.properties(envelope.content(), reader, draft)?;
                    }
                    return Ok(());
                }
                _ => match graph_json::lower(key).as_slice() {
                    b"time" => &mut envelope.time,
                    b"category" => &mut envelope.category,
                    b"operationname" => &mut envelope.operation,
                    b"calleripaddress" => &mut envelope.address,
                    b"resultdescription" => &mut envelope.description,
                    b"correlationid" => &mut envelope.correlation,
                    b"resulttype" => {
                        envelope.code_key = key;
                        &mut envelope.code
                    }
                    _ => return draft.extra_json("", key, reader),
                },
            };
            *place = reader.value()?;
            Ok(())
        })?;
        let content = envelope.content();
        if let Value::Other(record) = envelope.record {
            found |= self.properties(content, &mut Reader::new(record), draft)?;
        }
        match content {
            Content::Other => return Ok(false),
            Content::Audit if !found && envelope.category == Value::Null => return Ok(false),
            Content::SignIn(_) if !found || !self.outer(&envelope, draft) => return Ok(false),
            Content::SignIn(_) => {}
            Content::Audit => {
                draft.outer(&[Column::Activity], "operationName", envelope.operation);
                draft.extra("", envelope.code_key, envelope.code);
            }
        }
        draft.outer_time(ENVELOPE_TIME, "time", envelope.time);
        draft.outer(&[Column::IpAddress], "callerIpAddress", envelope.address);
        draft.outer(&[Column::ResultReason], "resultDescription", envelope.description);
        draft.outer(&[Column::CorrelationId], "correlationId", envelope.correlation);
        let names = [Column::ActorName, Column::ActorUpn, Column::ActorServicePrincipalName, Column::ActorAppId];
        draft.outer(&names, "identity", envelope.identity);
        Ok(true)
    }
}

impl AzureMonitorRecords {
    /// Reads the record in the envelope; whether there is one.
    fn properties(&mut self, content: Content, reader: &mut Reader, draft: &mut Draft) -> Read<bool> {
        match content {
            Content::Audit => graph_json::read_audit(reader, draft, ""),
            Content::SignIn(log) => {
                self.sign_ins.begin(Some(log));
                self.sign_ins.object(reader, draft)?;
                Ok(true)
            }
            Content::Other => reader.skip().map(|()| false),
        }
    }

    /// Ends a sign-in with what the envelope says of it; whether it is one.
    fn outer(&mut self, envelope: &Envelope, draft: &mut Draft) -> bool {
        let sign_in = &mut self.sign_ins.sign_in;
        let mut buffer = Vec::new();
        if sign_in.outer_code(envelope.code.text(&mut buffer, &mut false), draft) {
            draft.extra("", envelope.code_key, envelope.code);
        }
        let is_one = sign_in.end(draft);
        // AD FS has a category of its own, and the operation of all others is the same.
        if envelope.category.text(&mut buffer, &mut false).eq_ignore_ascii_case(b"ADFSSignInLogs") {
            draft.extra("", b"category", envelope.category);
        }
        if envelope.operation != Value::Plain(b"Sign-in activity") {
            draft.extra("", b"operationName", envelope.operation);
        }
        is_one
    }
}
