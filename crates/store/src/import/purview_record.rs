//! A record of the unified audit log: the JSON in `AuditData`.
//!
//! Source: Office 365 Management Activity API schema: its common schema, the enums `AuditLogRecordType` and
//! `User Type`, and the base schemas of Azure Active Directory.

use super::{
    draft::Draft,
    graph_json,
    json_read::{Read, Reader, is_whole},
    json_value::{Value, unescape},
    purview_identity::{Identity, whole},
};
use crate::{
    model::{Column, TargetColumn},
    store::ProblemKind,
};

/// The name of a record type that a file gives as a number; others are kept as they are.
pub(super) fn record_type(text: &[u8]) -> &[u8] {
    match text {
        b"8" => b"AzureActiveDirectory",
        b"9" => b"AzureActiveDirectoryAccountLogon",
        b"15" => b"AzureActiveDirectoryStsLogon",
        _ => text,
    }
}

/// Operations of Entra end with a dot, which the same activities in the audit log do not have.
pub(super) fn without_dot(text: &[u8]) -> &[u8] {
    text.strip_suffix(b".").unwrap_or(text)
}

/// Reads records; keeps what one member must know of another.
#[derive(Default)]
pub(super) struct RecordReader {
    user: Vec<u8>,
    object: Vec<u8>,
    address: Vec<u8>,
    actor_address: Vec<u8>,
    record_type: Vec<u8>,
    target: Identity,
    actor: Identity,
    path: Vec<u8>,
    text: Vec<u8>,
    json: Vec<u8>,
}

impl RecordReader {
    /// How deep objects are flattened; what is deeper is kept as JSON.
    const DEEPEST: u32 = 4;

    /// Begins a record.
    pub(super) fn begin(&mut self) {
        let Self { user, object, address, actor_address, record_type, path, .. } = self;
        [user, object, address, actor_address, record_type, path].into_iter().for_each(Vec::clear);
        self.target.clear();
        self.actor.clear();
    }

    /// Reads a record.
    pub(super) fn read(&mut self, reader: &mut Reader, draft: &mut Draft) -> Read<()> {
        reader.object(|reader, key| self.member(reader, key, draft))
    }

    fn member(&mut self, reader: &mut Reader, key: &[u8], draft: &mut Draft) -> Read<()> {
        let column = match key {
            b"CreationTime" => return graph_json::read_time(reader, draft, 0),
            b"ModifiedProperties" => return graph_json::read_changes(reader, draft),
            b"ExtendedProperties" => return self.pairs(reader, "", draft),
            b"DeviceProperties" => return self.pairs(reader, "DeviceProperties.", draft),
            b"Actor" => return self.actor.read(reader, "Actor", draft),
            b"Target" => return self.target.read(reader, "Target", draft),
            b"Id" => Column::EventId,
            b"CorrelationId" => Column::CorrelationId,
            b"Workload" => Column::Service,
            b"LogonError" => Column::ResultReason,
            b"ActorContextId" => Column::ActorTenantId,
            b"UserAgent" => Column::UserAgent,
            b"Operation" | b"ResultStatus" | b"UserId" | b"ObjectId" | b"ClientIP" | b"ActorIpAddress"
            | b"RecordType" | b"UserType" => {
                let value = reader.value()?;
                self.known(key, value, draft);
                return Ok(());
            }
            _ => {
                self.path.clear();
                return self.other(key, reader, draft, 1);
            }
        };
        draft.set_json(column, reader)
    }

    fn known(&mut self, key: &[u8], value: Value, draft: &mut Draft) {
        let mut bad = false;
        let text = value.text(&mut self.text, &mut bad);
        match key {
            b"Operation" => draft.set(Column::Activity, without_dot(text)),
            b"ResultStatus" => draft.set(Column::Result, result(text)),
            b"UserId" => text.clone_into(&mut self.user),
            b"ObjectId" => text.clone_into(&mut self.object),
            b"ClientIP" => text.clone_into(&mut self.address),
            b"ActorIpAddress" => text.clone_into(&mut self.actor_address),
            b"RecordType" => text.clone_into(&mut self.record_type),
            _ => {
                // Regular, Admin and DcAdmin; Application and ServicePrincipal.
                match text {
                    b"0" | b"2" | b"3" => draft.set(Column::ActorType, b"User"),
                    b"5" | b"6" => draft.set(Column::ActorType, b"Application"),
                    _ => {}
                }
                draft.event.detail(key, text);
            }
        }
        if bad {
            draft.note(ProblemKind::BadText);
        }
    }

    /// Names and values. What is JSON under the name `additionalDetails` is details by itself.
    fn pairs(&mut self, reader: &mut Reader, path: &str, draft: &mut Draft) -> Read<()> {
        if reader.peek()? != b'[' {
            return whole(path, reader, draft);
        }
        reader.array(|reader| {
            let (mut name, mut content) = (Value::Null, Value::Null);
            reader.object(|reader, key| {
                match key {
                    b"Name" => name = reader.value()?,
                    b"Value" => content = reader.value()?,
                    _ => draft.extra_json(path, key, reader)?,
                }
                Ok(())
            })?;
            if name == Value::Plain(b"additionalDetails") && self.details(content, draft) {
                return Ok(());
            }
            if name == Value::Plain(b"UserAgent") && !draft.event.has(Column::UserAgent) {
                draft.set(Column::UserAgent, content.text(&mut self.text, &mut false));
                return Ok(());
            }
            self.text.clear();
            self.text.extend_from_slice(path.as_bytes());
            let bad = match name {
                Value::Plain(name) | Value::Escaped(name) => unescape(name, &mut self.text),
                _ => false,
            };
            let mut wrong = bad;
            draft.event.detail(&self.text, content.text(&mut self.json, &mut wrong));
            if wrong {
                draft.note(ProblemKind::BadText);
            }
            Ok(())
        })
    }

    /// Adds the details in a string that holds a JSON object; whether it holds one.
    fn details(&mut self, content: Value, draft: &mut Draft) -> bool {
        let mut json = std::mem::take(&mut self.json);
        let text = content.text(&mut json, &mut false);
        let whole = text.first() == Some(&b'{') && is_whole(text);
        if whole {
            let _ = Reader::new(text).object(|reader, key| {
                let value = reader.value()?;
                // A key has no quotes of its own, so that its escapes can be read as a value's.
                draft.detail(Value::Escaped(key), value);
                Ok(())
            });
        }
        self.json = json;
        whole
    }

    /// A detail under its path.
    fn other(&mut self, key: &[u8], reader: &mut Reader, draft: &mut Draft, depth: u32) -> Read<()> {
        let length = self.path.len();
        if length > 0 {
            self.path.push(b'.');
        }
        let mut bad = unescape(key, &mut self.path);
        if reader.peek()? == b'{' && depth <= Self::DEEPEST {
            reader.object(|reader, key| self.other(key, reader, draft, depth + 1))?;
        } else {
            let value = reader.value()?;
            if !value.is_empty() {
                draft.event.detail(&self.path, value.text(&mut self.text, &mut bad));
            }
        }
        if bad {
            draft.note(ProblemKind::BadText);
        }
        self.path.truncate(length);
        Ok(())
    }

    /// Ends a record, whose type the file may give as a name: who did what to what.
    pub(super) fn end(&mut self, named_type: &[u8], draft: &mut Draft) {
        self.kind(named_type, draft);
        self.end_actor(draft);
        self.end_target(draft);
    }

    fn kind(&self, named: &[u8], draft: &mut Draft) {
        let own = record_type(&self.record_type);
        if named.is_empty() || named.iter().all(u8::is_ascii_digit) {
            return draft.set(Column::Category, if own.is_empty() { record_type(named) } else { own });
        }
        draft.set(Column::Category, named);
        if !own.is_empty() && own != named {
            draft.event.detail(b"RecordType", &self.record_type);
        }
    }

    fn end_actor(&self, draft: &mut Draft) {
        let Self { user, actor, address, actor_address, .. } = self;
        let (mut upn, mut name) = (&actor.upn, &actor.name);
        if !user.is_empty() && !actor.has(user) {
            // The user stands for the actor; what `Actor` has in its place is kept.
            let place = if user.contains(&b'@') { &mut upn } else { &mut name };
            if !place.is_empty() {
                draft.event.detail(b"Actor", place);
            }
            *place = user;
        }
        draft.set(Column::ActorUpn, upn);
        draft.set(Column::ActorName, name);
        if actor.is_application() {
            draft.set(Column::ActorType, b"Application");
        } else if actor.kind == b"User" {
            draft.set(Column::ActorType, b"User");
        }
        let application = draft.event.is(Column::ActorType, b"Application");
        draft.set(if application { Column::ActorServicePrincipalId } else { Column::ActorId }, &actor.id);
        draft.set(Column::IpAddress, if address.is_empty() { actor_address } else { address });
        if !address.is_empty() && !actor_address.is_empty() && address != actor_address {
            draft.event.detail(b"ActorIpAddress", actor_address);
        }
    }

    fn end_target(&mut self, draft: &mut Draft) {
        let Self { object, target, .. } = self;
        if target.is_empty() && !object.is_empty() {
            object.clone_into(if object.contains(&b'@') { &mut target.upn } else { &mut target.id });
        } else if !object.is_empty() && !target.has(object) {
            draft.event.detail(b"ObjectId", object);
        }
        if !target.is_empty() || !target.kind.is_empty() {
            draft.event.ensure_target();
            draft.event.set_target(TargetColumn::Type, &target.kind);
            draft.event.set_target(TargetColumn::Name, &target.name);
            draft.event.set_target(TargetColumn::Id, &target.id);
            draft.event.set_target(TargetColumn::Upn, &target.upn);
        }
    }
}

/// `success` and `failure` in the audit log's words; Exchange says `True` and `False`.
fn result(text: &[u8]) -> &[u8] {
    match text {
        b"Succeeded" | b"Success" | b"True" => b"success",
        b"Failed" | b"Failure" | b"False" => b"failure",
        _ => text,
    }
}
