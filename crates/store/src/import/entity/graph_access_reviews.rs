//! Access reviews as Graph lists them: definitions, instances, stages, decision items, reviewers.
//!
//! Source: Microsoft Graph reference, access reviews, v1.0 and beta. Requests for the review history report
//! are no reviews; the report itself is a CSV.

use super::{
    graph_context::{Subject, is_json_of, own_segment, segment, type_name},
    graph_rows::{read_record, table},
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
    model::{EntityKind as E, Origin},
};

/// Access reviews.
pub(in crate::import) const FORMAT: Format = Format {
    id: "graph-access-reviews-json",
    label: "Graph access reviews (JSON)",
    sniff: |head| is_json_of(head, |page, record| is_history(record) || subject(page, record).is_some()),
    begin: |head| Box::new(JsonImport::new(Reviews { page: segment(head.context()) })),
};

/// Whether a record asks for a report of the past.
fn is_history(record: &Shape) -> bool {
    record.names().iter().any(|key| key.starts_with("reviewhistoryperiod"))
}

/// What a record is, if it is one of access reviews.
fn subject(page: &str, record: &Shape) -> Option<Subject> {
    if is_history(record) {
        return None;
    }
    let has = |key: &str| record.has(key);
    let kind = match type_name(record.odata_type()).as_str() {
        "accessreviewscheduledefinition" | "accessreviewinstance" | "accessreviewstage" => E::Review,
        "accessreviewinstancedecisionitem" => E::Decision,
        _ if page == "contactedreviewers" => return Some((E::Person, Origin::Reference)),
        _ if matches!(page, "decisions" | "accessreviewinstancedecisionitems") => E::Decision,
        _ if matches!(page, "definitions" | "accessreviewinstances" | "stages" | "instances") => E::Review,
        _ if has("decision") && (has("recommendation") || has("reviewedby") || has("applyresult")) => E::Decision,
        _ if has("principal") && has("instance") => E::Decision,
        _ if has("reviewers") && (has("scope") || has("settings") || has("status")) => E::Review,
        _ if has("scope") && has("startdatetime") && has("enddatetime") => E::Review,
        _ => return None,
    };
    Some((kind, Origin::Own))
}

struct Reviews {
    /// The last segment of the page's context.
    page: String,
}

impl RecordMap for Reviews {
    fn read(&mut self, reader: &mut Reader, draft: &mut Draft) -> Read<bool> {
        let Value::Other(text @ [b'{', ..]) = reader.value()? else { return Ok(false) };
        let (record, read) = Shape::read(text);
        read?;
        match subject(&own_segment(&self.page, &record), &record) {
            Some((kind, origin)) => read_record(text, draft, kind, origin, table(kind)),
            None => Ok(false),
        }
    }

    fn page_member(&mut self, key: &[u8], value: &[u8]) {
        if key == b"@odata.context" {
            self.page = segment(String::from_utf8_lossy(value).trim_matches('"'));
        }
    }
}
