//! Entitlement management as Graph lists it: assignments, requests, packages, policies, catalogs, resource
//! role scopes, resource assignments, connected organizations and their sponsors.
//!
//! Source: Microsoft Graph reference, entitlement management, v1.0 and beta.

use super::{
    graph_context::{Subject, is_json_of, own_segment, segment, type_name},
    graph_rows::{read_record, table},
};
use crate::{
    import::{
        Format,
        draft::Draft,
        intake::Intake,
        json_import::{JsonImport, RecordMap},
        json_read::{Read, Reader},
        json_value::Value,
        sniff::{Head, Shape},
    },
    model::{EntityKind as E, Origin},
};

/// Entitlement management.
pub(in crate::import) const FORMAT: Format = Format {
    id: "graph-entitlement-json",
    label: "Graph entitlement management (JSON)",
    sniff: |head| is_json_of(head, |page, record| subject(page, record).is_some()) || is_bare(head),
    begin: |head| Box::new(JsonImport::new(Entitlement { page: segment(head.context()), bare: 0 })),
};

/// Whether no record says more than an id and a name, so that nothing says what they are.
fn is_bare(head: &Head) -> bool {
    head.is_json()
        && head.context().is_empty()
        && head.any_record(is_bare_object)
        && !head.any_record(|record| !is_bare_object(record))
}

fn is_bare_object(record: &Shape) -> bool {
    record.has("id")
        && record.names().iter().all(|key| matches!(key.as_str(), "id" | "displayname" | "description" | "@odata.type"))
}

/// What a record is, if it is one of entitlement management.
fn subject(page: &str, record: &Shape) -> Option<Subject> {
    let by_type = match type_name(record.odata_type()).as_str() {
        "accesspackageassignment" => Some(E::Assignment),
        "accesspackageassignmentrequest" | "accesspackageresourcerequest" => Some(E::Request),
        "accesspackage" => Some(E::Package),
        "accesspackageassignmentpolicy" | "accesspackageassignmentrequestrequirements" => Some(E::Policy),
        "accesspackagecatalog" => Some(E::Catalog),
        "accesspackageresourcerolescope" | "accesspackageresource" | "accesspackageresourceenvironment" => {
            Some(E::Resource)
        }
        "accesspackageassignmentresourcerole" => Some(E::ResourceAssignment),
        "connectedorganization" => Some(E::Organization),
        _ => None,
    };
    let by_page = || match page {
        "assignments" | "accesspackageassignments" => Some(E::Assignment),
        "assignmentrequests"
        | "accesspackageassignmentrequests"
        | "resourcerequests"
        | "accesspackageresourcerequests" => Some(E::Request),
        "accesspackages" | "incompatibleaccesspackages" | "accesspackagesincompatiblewith" => Some(E::Package),
        "assignmentpolicies" | "accesspackageassignmentpolicies" => Some(E::Policy),
        "catalogs" | "accesspackagecatalogs" => Some(E::Catalog),
        "resourcerolescopes"
        | "accesspackageresourcerolescopes"
        | "accesspackageresources"
        | "resourceenvironments"
        | "accesspackageresourceenvironments"
        | "incompatiblegroups" => Some(E::Resource),
        "accesspackageassignmentresourceroles" => Some(E::ResourceAssignment),
        "connectedorganizations" => Some(E::Organization),
        _ => None,
    };
    match page {
        "internalsponsors" | "externalsponsors" => return Some((E::Person, Origin::Reference)),
        _ => {}
    }
    Some((by_type.or_else(by_page).or_else(|| by_keys(record))?, Origin::Own))
}

fn by_keys(record: &Shape) -> Option<E> {
    let has = |keys: &[&str]| keys.iter().any(|key| record.has(key));
    let all = |keys: &[&str]| keys.iter().all(|key| record.has(key));
    Some(match () {
        () if has(&["requesttype"]) => E::Request,
        () if has(&["assignmentstate", "assignmentpolicyid"])
            || all(&["state", "schedule"])
            || all(&["target", "accesspackage"]) =>
        {
            E::Assignment
        }
        () if all(&["accesspackageresourcerole", "accesspackageresourcescope"]) || all(&["role", "scope"]) => {
            E::Resource
        }
        () if all(&["originsystem", "status"]) || has(&["accesspackagesubject"]) => E::ResourceAssignment,
        () if all(&["originsystem", "originid"]) => E::Resource,
        () if has(&["identitysources"]) => E::Organization,
        () if has(&["catalogtype", "isexternallyvisible", "catalogstatus"]) => E::Catalog,
        () if has(&[
            "allowedtargetscope",
            "requestapprovalsettings",
            "requestorsettings",
            "durationindays",
            "canextend",
            "policyid",
        ]) =>
        {
            E::Policy
        }
        () if has(&["ishidden", "isrolescopesvisible", "accesspackageresourcerolescopes"])
            || all(&["catalogid", "displayname"]) =>
        {
            E::Package
        }
        () => return None,
    })
}

struct Entitlement {
    /// The last segment of the page's context.
    page: String,
    /// Records that do not say what they are.
    bare: u64,
}

impl RecordMap for Entitlement {
    fn read(&mut self, reader: &mut Reader, draft: &mut Draft) -> Read<bool> {
        let Value::Other(text @ [b'{', ..]) = reader.value()? else { return Ok(false) };
        let (record, read) = Shape::read(text);
        read?;
        let known = subject(&own_segment(&self.page, &record), &record);
        let Some((kind, origin)) = known.or_else(|| bare(&record)) else { return Ok(false) };
        self.bare += u64::from(known.is_none());
        read_record(text, draft, kind, origin, table(kind))
    }

    fn page_member(&mut self, key: &[u8], value: &[u8]) {
        if key == b"@odata.context" {
            self.page = segment(String::from_utf8_lossy(value).trim_matches('"'));
        }
    }

    fn finish(&mut self, intake: &mut Intake) {
        if self.bare > 0 {
            intake.note(
                "Nothing says what some records are: those with an id alone were taken for sponsors, those with a \
                 name for resources. Graph's own answer names it in @odata.context.",
            );
        }
    }
}

/// What a record with hardly more than an id is taken for.
fn bare(record: &Shape) -> Option<Subject> {
    let kind = if record.has("displayname") { E::Resource } else { E::Person };
    is_bare_object(record).then_some((kind, Origin::Reference))
}
