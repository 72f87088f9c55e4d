//! One row of Log Analytics' tables of sign-ins, cell by cell, whatever wrapping it came in.
//!
//! Source: Azure Monitor's table reference, `SigninLogs`, `AADNonInteractiveUserSignInLogs`,
//! `AADServicePrincipalSignInLogs`, `AADManagedIdentitySignInLogs`, `ADFSSignInLogs`.

use super::{
    draft::Draft,
    json_read::{Reader, is_whole},
    json_value::{Value, compact},
    signin,
    signin_json::SignInReader,
    signin_slot::{Place, Slot},
};
use crate::model::{Column, TargetColumn};

/// What a column is.
#[derive(PartialEq, Eq)]
pub(super) enum SignInCell {
    /// A value of the sign-in, by the name that its members have in JSON.
    Value(Slot, Vec<u8>),
    /// The name of the table.
    Table,
    /// The diagnostic category, which names the table, too.
    Category,
    TimeGenerated,
    Operation,
    Identity,
    Code,
    Description,
    /// What every table has and no sign-in.
    Extra,
}

impl SignInCell {
    /// What a column of that name is.
    pub(super) fn new(name: &[u8]) -> Self {
        let own = String::from_utf8_lossy(name).trim().to_owned();
        let own = own.strip_suffix(" [UTC]").unwrap_or(&own);
        // A column whose cells have two types is exported as two.
        let own = own.strip_suffix("_dynamic").or(own.strip_suffix("_string")).unwrap_or(own);
        match own.to_lowercase().as_str() {
            "type" => Self::Table,
            "category" => Self::Category,
            "timegenerated" => Self::TimeGenerated,
            "operationname" => Self::Operation,
            "identity" => Self::Identity,
            "resulttype" => Self::Code,
            "resultdescription" => Self::Description,
            "resourceidentity" => {
                Self::Value(Slot::of(Place::Resource(TargetColumn::Id), own.as_bytes()), own.as_bytes().to_vec())
            }
            "tenantid" | "sourcesystem" | "operationversion" | "resultsignature" | "durationms" | "level"
            | "resource" | "resourceid" | "resourcegroup" | "resourceprovider" => Self::Extra,
            _ => Self::Value(Slot::new(own.as_bytes()), own.as_bytes().to_vec()),
        }
    }

    /// Whether it is a value of the sign-in.
    pub(super) fn is_value(&self) -> bool {
        matches!(self, Self::Value(..))
    }
}

/// Reads rows; keeps what one cell must know of another.
#[derive(Default)]
pub(super) struct SignInRow {
    reader: SignInReader,
    table_name: Vec<u8>,
    category: Vec<u8>,
    operation: Vec<u8>,
    identity: Vec<u8>,
    code: Vec<u8>,
    description: Vec<u8>,
    generated: Vec<u8>,
    /// Cells that should hold JSON and do not.
    pub(super) unreadable: u64,
    text: Vec<u8>,
}

impl SignInRow {
    /// Begins a row.
    pub(super) fn begin(&mut self) {
        self.reader.begin(None);
        let Self { table_name, category, operation, identity, code, description, generated, .. } = self;
        for text in [table_name, category, operation, identity, code, description, generated] {
            text.clear();
        }
    }

    /// Reads a cell that is not empty.
    pub(super) fn cell(&mut self, cell: &mut SignInCell, name: &[u8], text: &[u8], draft: &mut Draft) {
        let keep = match cell {
            SignInCell::Value(slot, path) => return self.value(slot, path, text, draft),
            SignInCell::Extra => return draft.event.extra(name, text),
            SignInCell::Table => &mut self.table_name,
            SignInCell::Category => &mut self.category,
            SignInCell::TimeGenerated => &mut self.generated,
            SignInCell::Operation => &mut self.operation,
            SignInCell::Identity => &mut self.identity,
            SignInCell::Code => &mut self.code,
            SignInCell::Description => &mut self.description,
        };
        text.clone_into(keep);
    }

    /// An object is flattened, a list is kept without its white space, and anything else as it is.
    fn value(&mut self, slot: &mut Slot, path: &[u8], text: &[u8], draft: &mut Draft) {
        let first = text.first().copied();
        if !matches!(first, Some(b'{' | b'[')) {
            return self.reader.sign_in.put(slot, text, draft);
        }
        if !is_whole(text) {
            self.unreadable += 1;
            return self.reader.sign_in.put(slot, text, draft);
        }
        if first == Some(b'{') {
            // It was checked above.
            let _ = self.reader.object_at(path, &mut Reader::new(text), draft);
        } else if !Value::Other(text).is_empty() {
            self.text.clear();
            compact(text, &mut self.text);
            self.reader.sign_in.put(slot, &self.text, draft);
        }
    }

    /// Ends a row; whether it is a sign-in.
    pub(super) fn end(&mut self, draft: &mut Draft) -> bool {
        let sign_in = &mut self.reader.sign_in;
        let log = signin::log_of(&self.table_name).or(signin::log_of(&self.category));
        sign_in.set_log(log);
        let other_code = sign_in.outer_code(&self.code, draft);
        if !sign_in.end(draft) {
            return false;
        }
        draft.outer_time(1, "TimeGenerated", Value::Plain(&self.generated));
        draft.outer(&[Column::ResultReason], "ResultDescription", Value::Plain(&self.description));
        let names = [Column::ActorName, Column::ActorUpn, Column::ActorServicePrincipalName, Column::ActorAppId];
        draft.outer(&names, "Identity", Value::Plain(&self.identity));
        let says_more = |text: &[u8]| signin::log_of(text) != log || text.eq_ignore_ascii_case(b"ADFSSignInLogs");
        let others: [(&[u8], &Vec<u8>, bool); 4] = [
            (b"ResultType", &self.code, other_code),
            (b"Type", &self.table_name, says_more(&self.table_name)),
            (b"Category", &self.category, says_more(&self.category)),
            (b"OperationName", &self.operation, self.operation != b"Sign-in activity"),
        ];
        for (name, text, says_more) in others {
            if says_more {
                draft.extra("", name, Value::Plain(text));
            }
        }
        true
    }
}
