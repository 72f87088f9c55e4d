//! One row of Log Analytics' `AuditLogs` table, cell by cell, whatever wrapping it came in.

use super::{
    draft::Draft,
    graph_json,
    json_read::{Fault, Read, Reader},
    json_value::Value,
};
use crate::model::Column;

/// What a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Set(Column),
    ActivityTime,
    TimeGenerated,
    /// The activity's name, where there is no display name.
    Operation,
    Identity,
    Description,
    InitiatedBy,
    Targets,
    Details,
    /// The name of the table.
    Table,
    Extra,
}

impl Field {
    /// Whether only audit logs have such a column.
    pub(super) fn is_sign(self) -> bool {
        matches!(
            self,
            Self::InitiatedBy
                | Self::Targets
                | Self::ActivityTime
                | Self::Set(Column::Activity | Column::OperationType | Column::Service)
        )
    }

    /// Whether its cells hold JSON that is read.
    pub(super) fn is_dynamic(self) -> bool {
        matches!(self, Self::InitiatedBy | Self::Targets | Self::Details)
    }
}

/// What a column of that name is.
pub(super) fn field(name: &[u8]) -> Field {
    let name = String::from_utf8_lossy(name).trim().to_lowercase();
    let name = name.trim_end_matches(" [utc]");
    // A column whose cells have two types is exported as two.
    let name = name.strip_suffix("_dynamic").or(name.strip_suffix("_string")).unwrap_or(name);
    Field::Set(match name {
        "activitydatetime" => return Field::ActivityTime,
        "timegenerated" => return Field::TimeGenerated,
        "operationname" => return Field::Operation,
        "identity" => return Field::Identity,
        "resultdescription" => return Field::Description,
        "initiatedby" => return Field::InitiatedBy,
        "targetresources" => return Field::Targets,
        "additionaldetails" => return Field::Details,
        "type" => return Field::Table,
        "activitydisplayname" => Column::Activity,
        "aadoperationtype" | "operationtype" => Column::OperationType,
        "category" => Column::Category,
        "correlationid" => Column::CorrelationId,
        "id" => Column::EventId,
        "loggedbyservice" => Column::Service,
        "result" => Column::Result,
        "resultreason" => Column::ResultReason,
        "useragent" => Column::UserAgent,
        _ => return Field::Extra,
    })
}

/// Reads rows; keeps what one cell must know of another.
#[derive(Default)]
pub(super) struct RowReader {
    signs: bool,
    operation: Vec<u8>,
    identity: Vec<u8>,
    description: Vec<u8>,
    generated: Vec<u8>,
    /// Cells that should hold JSON and do not.
    pub(super) unreadable: u64,
}

impl RowReader {
    /// Begins a row.
    pub(super) fn begin(&mut self) {
        self.signs = false;
        for text in [&mut self.operation, &mut self.identity, &mut self.description, &mut self.generated] {
            text.clear();
        }
    }

    /// Reads a cell that is not empty.
    pub(super) fn cell(&mut self, field: Field, name: &[u8], text: &[u8], draft: &mut Draft) {
        self.signs |= field.is_sign();
        let keep = match field {
            Field::Set(column) => return draft.set(column, text),
            Field::ActivityTime => return draft.time(0, text),
            Field::Extra => return draft.event.extra(name, text),
            Field::Table => return self.signs |= text.eq_ignore_ascii_case(b"AuditLogs"),
            Field::InitiatedBy => return self.json(name, text, draft, graph_json::read_initiated_by),
            Field::Targets => return self.json(name, text, draft, graph_json::read_targets),
            Field::Details => return self.json(name, text, draft, graph_json::read_details),
            Field::Operation => &mut self.operation,
            Field::Identity => &mut self.identity,
            Field::Description => &mut self.description,
            Field::TimeGenerated => &mut self.generated,
        };
        text.clone_into(keep);
    }

    fn json(&mut self, name: &[u8], text: &[u8], draft: &mut Draft, read: fn(&mut Reader, &mut Draft) -> Read<()>) {
        let mut reader = Reader::new(text);
        let whole = match reader.peek() {
            Ok(b'[' | b'{') => read(&mut reader, draft).is_ok() && reader.peek() == Err(Fault::End),
            _ => false,
        };
        if !whole {
            self.unreadable += 1;
            draft.event.extra(name, text);
        }
    }

    /// Ends a row; whether it is an audit event.
    pub(super) fn end(&mut self, draft: &mut Draft) -> bool {
        draft.outer_time(1, "TimeGenerated", Value::Plain(&self.generated));
        draft.outer(&[Column::Activity], "OperationName", Value::Plain(&self.operation));
        draft.outer(&[Column::ResultReason], "ResultDescription", Value::Plain(&self.description));
        let names = [Column::ActorName, Column::ActorUpn, Column::ActorServicePrincipalName, Column::ActorAppId];
        draft.outer(&names, "Identity", Value::Plain(&self.identity));
        self.signs && draft.event.has(Column::Activity)
    }
}
