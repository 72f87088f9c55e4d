//! Audit records of requests, a line each.

use super::File;
use serde_json::{Value, json};

/// A record to be written.
#[derive(Clone)]
pub struct Record {
    pub time: &'static str,
    pub activity: &'static str,
    /// User principal name of who did it; an application where empty.
    pub by: &'static str,
    /// Name of the request; none where empty.
    pub request: &'static str,
    pub correlation: &'static str,
    pub receiver: &'static str,
    pub package: &'static str,
    pub result: &'static str,
    pub reason: &'static str,
    /// The request's name in a target of type `Other`, as the approval service writes it.
    pub other: &'static str,
    pub justification: &'static str,
}

/// A record of a request for a guest and a package; the rest is empty.
pub fn record(time: &'static str, activity: &'static str, request: &'static str) -> Record {
    Record {
        time,
        activity,
        by: "",
        request,
        correlation: request,
        receiver: "dana_fabrikam.example#EXT#@contoso.example",
        package: "Partner Portal",
        result: "success",
        reason: "",
        other: "",
        justification: "",
    }
}

fn guid(name: &str) -> String {
    let number = name.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(131).wrapping_add(u64::from(byte)));
    format!("{:08x}-0000-4000-8000-{:012x}", number >> 40, number & 0xffff_ffff_ffff)
}

/// The id of what goes by a name.
pub fn id(name: &str) -> String {
    guid(name)
}

impl Record {
    /// As Graph writes it.
    pub fn json(&self) -> Value {
        let target = |kind: &str, id: String, name: &str, upn: &str| json!({ "id": id, "displayName": name, "type": kind, "userPrincipalName": upn, "modifiedProperties": [] });
        let mut targets = Vec::new();
        if !self.package.is_empty() {
            targets.push(target("AccessPackage", guid(self.package), self.package, ""));
        }
        if !self.receiver.is_empty() {
            targets.push(target("User", guid(self.receiver), "", self.receiver));
        }
        if !self.request.is_empty() {
            targets.push(target("AccessPackageAssignmentRequest", guid(self.request), "", ""));
        }
        if !self.other.is_empty() {
            targets.push(target("Other", guid(self.other), "", ""));
        }
        let by = match self.by {
            "" => json!({ "app": { "displayName": "Azure AD Identity Governance - User Management" } }),
            upn => json!({ "user": { "id": guid(upn), "userPrincipalName": upn } }),
        };
        let details = match self.justification {
            "" => json!([]),
            text => json!([{ "key": "Justification", "value": text }]),
        };
        let service = if self.other.is_empty() { "Entitlement Management" } else { "Access Reviews" };
        let correlation = if self.correlation.is_empty() {
            "00000000-0000-0000-0000-000000000000".to_owned()
        } else {
            guid(&format!("c-{}", self.correlation))
        };
        json!({
            "id": guid(&[self.time, self.activity, self.request, self.other, self.package, self.receiver].concat()),
            "category": "EntitlementManagement",
            "correlationId": correlation,
            "result": self.result,
            "resultReason": self.reason,
            "activityDisplayName": self.activity,
            "activityDateTime": format!("2026-06-{}Z", self.time),
            "loggedByService": service,
            "initiatedBy": by,
            "targetResources": targets,
            "additionalDetails": details,
        })
    }
}

/// A file of records.
pub fn file(name: &str, records: &[Record]) -> File {
    let all: Vec<Value> = records.iter().map(Record::json).collect();
    (name.to_owned(), serde_json::to_vec(&all).unwrap())
}
