//! Audit records as JSON of Microsoft Graph: an array as the portal saves it, or a page.

use super::audit::{Actor, Event, Target};
use crate::time::iso;
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    id: &'a str,
    category: &'a str,
    correlation_id: &'a str,
    result: &'a str,
    result_reason: &'a str,
    activity_display_name: &'a str,
    activity_date_time: String,
    logged_by_service: &'a str,
    operation_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent: Option<&'a str>,
    initiated_by: InitiatedBy<'a>,
    target_resources: Vec<Resource<'a>>,
    additional_details: Vec<Pair<'a>>,
}

#[derive(Serialize)]
struct InitiatedBy<'a> {
    user: Option<User<'a>>,
    app: Option<App<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names)] // Graph's names
struct User<'a> {
    id: Option<&'a str>,
    display_name: Option<&'a str>,
    user_principal_name: Option<&'a str>,
    ip_address: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_tenant_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_tenant_name: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names)] // Graph's names
struct App<'a> {
    app_id: Option<&'a str>,
    display_name: Option<&'a str>,
    service_principal_id: Option<&'a str>,
    service_principal_name: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Resource<'a> {
    id: Option<&'a str>,
    display_name: Option<&'a str>,
    #[serde(rename = "type")]
    kind: &'a str,
    user_principal_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group_type: Option<&'a str>,
    modified_properties: Vec<Property<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Property<'a> {
    display_name: &'a str,
    old_value: Option<&'a str>,
    new_value: Option<&'a str>,
}

#[derive(Serialize)]
struct Pair<'a> {
    key: &'a str,
    value: &'a str,
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn initiated_by(actor: &Actor) -> InitiatedBy<'_> {
    if actor.app {
        let app = App {
            app_id: some(&actor.app_id),
            display_name: some(&actor.name),
            service_principal_id: some(&actor.id),
            service_principal_name: some(&actor.principal_name),
        };
        return InitiatedBy { user: None, app: Some(app) };
    }
    let user = User {
        id: some(&actor.id),
        display_name: some(&actor.name),
        user_principal_name: some(&actor.upn),
        ip_address: some(&actor.ip),
        user_type: some(actor.user_type),
        home_tenant_id: some(&actor.tenant),
        home_tenant_name: some(&actor.tenant_name),
    };
    InitiatedBy { user: Some(user), app: None }
}

fn resource(target: &Target) -> Resource<'_> {
    Resource {
        id: some(&target.id),
        display_name: some(&target.name),
        kind: target.kind,
        user_principal_name: some(&target.upn),
        group_type: some(target.group_type),
        modified_properties: target
            .changes
            .iter()
            .map(|(name, old, new)| Property {
                display_name: name,
                old_value: old.as_deref(),
                new_value: new.as_deref(),
            })
            .collect(),
    }
}

fn record(event: &Event) -> Record<'_> {
    Record {
        id: &event.id,
        category: event.category,
        correlation_id: &event.correlation,
        result: event.result,
        result_reason: event.reason,
        activity_display_name: event.activity,
        activity_date_time: iso(event.time),
        logged_by_service: event.service,
        operation_type: event.operation,
        user_agent: some(event.user_agent),
        initiated_by: initiated_by(&event.by),
        target_resources: event.targets.iter().map(resource).collect(),
        additional_details: event.details.iter().map(|(key, value)| Pair { key, value }).collect(),
    }
}

/// Values after one another, a line each.
fn list<T: Serialize>(values: impl Iterator<Item = T>, bytes: &mut Vec<u8>) {
    bytes.push(b'[');
    for (number, value) in values.enumerate() {
        bytes.extend_from_slice(if number == 0 { b"\n" } else { b",\n" });
        // Plain structs of strings always become JSON.
        serde_json::to_writer(&mut *bytes, &value).unwrap_or_default();
    }
    bytes.extend_from_slice(b"\n]");
}

/// The portal's download: an array.
pub(super) fn array(events: &[&Event]) -> Vec<u8> {
    let mut bytes = Vec::new();
    list(events.iter().map(|event| record(event)), &mut bytes);
    bytes
}

/// Graph's answer to a query of the audit log.
pub(super) fn audit_page(events: &[&Event]) -> Vec<u8> {
    enveloped("auditLogs/directoryAudits", events.iter().map(|event| record(event)))
}

/// Graph's answer to a query of anything else.
pub(super) fn page(segment: &str, values: &[Value]) -> Vec<u8> {
    enveloped(segment, values.iter())
}

fn enveloped<T: Serialize>(segment: &str, values: impl Iterator<Item = T>) -> Vec<u8> {
    let mut bytes = format!("{{\"@odata.context\":\"https://graph.microsoft.com/v1.0/$metadata#{segment}\",\"value\":")
        .into_bytes();
    list(values, &mut bytes);
    bytes.push(b'}');
    bytes
}
