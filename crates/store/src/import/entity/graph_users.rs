//! Users as Graph lists them, their sponsors, and answers to invitations.
//!
//! Source: Microsoft Graph reference, `user`, `directoryObject`, `invitation`, v1.0 and beta; PowerShell's
//! `ConvertTo-Json` writes the keys with capitals.

use super::{
    graph_context::{Subject, is_json_of, own_segment, segment, type_name},
    graph_members::subjects,
    graph_rows::read_record,
};
use crate::{
    import::{
        Format,
        draft::Draft,
        json_import::{JsonImport, RecordMap},
        json_read::{Read, Reader},
        json_value::Value,
        sniff::Shape,
    },
    model::{EntityKind::Person, Origin},
};

/// Users.
pub(in crate::import) const FORMAT: Format = Format {
    id: "graph-users-json",
    label: "Graph users (JSON)",
    sniff: |head| is_json_of(head, |page, record| subject(page, record).is_some()),
    begin: |head| Box::new(JsonImport::new(Users { page: segment(head.context()) })),
};

/// What a record is, if it is a user or the like.
fn subject(page: &str, record: &Shape) -> Option<Subject> {
    match page {
        "users" | "guests" | "deleteditems" | "invitations" => return Some((Person, Origin::Own)),
        "directoryobjects" | "sponsors" | "members" | "owners" => return Some((Person, Origin::Reference)),
        _ => {}
    }
    match type_name(record.odata_type()).as_str() {
        "user" | "invitation" => return Some((Person, Origin::Own)),
        _ => {}
    }
    let signs = ["userprincipalname", "usertype", "signinactivity", "externaluserstate", "inviteduseremailaddress"];
    let only_names = record.names().iter().len() > 0
        && record.names().iter().all(|key| matches!(key.as_str(), "displayname" | "mail"));
    (signs.iter().any(|sign| record.has(sign)) || only_names).then_some((Person, Origin::Own))
}

struct Users {
    /// The last segment of the page's context.
    page: String,
}

impl RecordMap for Users {
    fn read(&mut self, reader: &mut Reader, draft: &mut Draft) -> Read<bool> {
        let Value::Other(text @ [b'{', ..]) = reader.value()? else { return Ok(false) };
        let (record, read) = Shape::read(text);
        read?;
        // A user may be listed with nothing but an id.
        let known = subject(&own_segment(&self.page, &record), &record);
        let Some((kind, origin)) = known.or(record.has("id").then_some((Person, Origin::Own))) else {
            return Ok(false);
        };
        let table = if record.has("inviteduseremailaddress") { subjects::invitation } else { subjects::person };
        read_record(text, draft, kind, origin, table)
    }

    fn page_member(&mut self, key: &[u8], value: &[u8]) {
        if key == b"@odata.context" {
            self.page = segment(String::from_utf8_lossy(value).trim_matches('"'));
        }
    }
}
