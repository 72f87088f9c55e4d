//! The exports of entitlement management: Graph v1.0 pages of catalogs, packages, policies,
//! assignments, requests and connected organizations.

use super::{
    calendar::end,
    cast::{INVITERS, PARTNERS},
    directory::Directory,
    packages::{Catalogs, WEAKENED, weakened},
    people::People,
    requests::{Ending, Removal, Request},
    write_json::page,
};
use crate::time::iso;
use serde_json::{Value, json};

/// The files by name.
pub(super) fn files(
    people: &People,
    directory: &Directory,
    catalogs: &Catalogs,
    requests: &[Request],
) -> Vec<(&'static str, Vec<u8>)> {
    let of = |segment: &str, values: Vec<Value>| {
        page(&format!("identityGovernance/entitlementManagement/{segment}"), &values)
    };
    let assignments = requests.iter().filter(|request| request.gives_access());
    vec![
        ("EntitlementManagement_catalogs.json", of("catalogs", catalog_values(catalogs))),
        (
            "EntitlementManagement_accessPackages.json",
            of("accessPackages(resourceRoleScopes(role(),scope()))", package_values(directory, catalogs)),
        ),
        ("EntitlementManagement_assignmentPolicies.json", of("assignmentPolicies", policy_values(catalogs))),
        (
            "EntitlementManagement_assignments.json",
            of("assignments", assignments.map(|request| assignment(people, catalogs, request)).collect()),
        ),
        (
            "EntitlementManagement_assignmentRequests.json",
            of(
                "assignmentRequests",
                requests
                    .iter()
                    .filter(|request| request.created < end())
                    .map(|request| request_value(people, catalogs, request))
                    .collect(),
            ),
        ),
    ]
}

/// The export of connected organizations.
pub(super) fn connected(people: &People, catalogs: &Catalogs) -> Vec<u8> {
    let values: Vec<Value> = catalogs
        .organizations
        .iter()
        .map(|organization| {
            let (domain, name, _) = PARTNERS[organization.partner];
            let sponsor = &people.members[INVITERS[organization.partner % INVITERS.len()]];
            json!({
                "id": organization.id,
                "displayName": name,
                "description": domain,
                "createdDateTime": iso(organization.created),
                "modifiedDateTime": iso(organization.created),
                "state": "configured",
                "identitySources": [{
                    "@odata.type": "#microsoft.graph.azureActiveDirectoryTenant",
                    "tenantId": people.partner_tenants[organization.partner],
                    "displayName": name,
                }],
                "internalSponsors": [{ "@odata.type": "#microsoft.graph.user", "id": sponsor.id }],
            })
        })
        .collect();
    page("identityGovernance/entitlementManagement/connectedOrganizations", &values)
}

fn catalog_values(catalogs: &Catalogs) -> Vec<Value> {
    let value = |catalog: &super::packages::Catalog| {
        json!({
            "id": catalog.id,
            "displayName": catalog.name,
            "description": format!("What {} may request", catalog.name.to_lowercase()),
            "catalogType": "userManaged",
            "state": "published",
            "isExternallyVisible": true,
            "createdDateTime": iso(catalogs.packages[0].created),
            "modifiedDateTime": iso(catalogs.packages[0].created),
        })
    };
    catalogs.all.iter().map(value).collect()
}

/// What a package gives: a role of a group or of an application.
fn role_scope(system: &str, role: (&str, &str), thing: (&str, &str)) -> Value {
    let (id, name) = thing;
    // Role and scope have ids of their own beside those of the directory.
    let own: String = id.chars().rev().take(8).collect();
    let own = |kind: char| format!("{kind}{}-{}", &own[1..], &id[9..]);
    json!({
        "id": format!("{}_{}", own('1'), own('2')),
        "role": { "id": own('1'), "displayName": role.0, "originSystem": system, "originId": role.1 },
        "scope": {
            "id": own('2'),
            "displayName": name,
            "originId": id,
            "originSystem": system,
            "isRootScope": true,
        },
    })
}

/// Each with the resources it gives, as `$expand=resourceRoleScopes($expand=role,scope)` has them.
fn package_values(directory: &Directory, catalogs: &Catalogs) -> Vec<Value> {
    let value = |package: &super::packages::Package| {
        let catalog = &catalogs.all[package.catalog];
        let (group, app) = (&directory.groups[package.group], &directory.apps[package.app]);
        let member = format!("Member_{}", group.id);
        json!({
            "id": package.id,
            "displayName": package.name,
            "description": format!("Group and application of {}", package.name),
            "isHidden": false,
            "createdDateTime": iso(package.created),
            "modifiedDateTime": iso(package.created),
            "catalog": { "id": catalog.id, "displayName": catalog.name },
            "resourceRoleScopes": [
                role_scope("AadGroup", ("Member", &member), (&group.id, group.name)),
                role_scope("AadApplication", (app.roles[0], &app.client_id), (&app.id, app.name)),
            ],
        })
    };
    catalogs.packages.iter().map(value).collect()
}

fn policy_values(catalogs: &Catalogs) -> Vec<Value> {
    let value = |(number, package): (usize, &super::packages::Package)| {
        json!({
            "id": package.policy_id,
            "displayName": package.policy_name,
            "description": "Members of connected organizations",
            "allowedTargetScope": "allConfiguredConnectedOrganizationUsers",
            "createdDateTime": iso(package.created),
            "modifiedDateTime": iso(if number == WEAKENED { weakened() } else { package.created }),
            "expiration": { "type": "afterDuration", "duration": format!("P{}D", package.days) },
            "requestApprovalSettings": { "isApprovalRequiredForAdd": package.asks_approver(number, end()) },
            "accessPackage": { "id": package.id, "displayName": package.name },
        })
    };
    catalogs.packages.iter().enumerate().map(value).collect()
}

fn subject(people: &People, guest: usize) -> Value {
    let guest = &people.guests[guest];
    // The subject has an id of its own; `objectId` is the account's.
    let own: String = guest.id.chars().rev().take(8).collect();
    let own = format!("{own}-{}", &guest.id[9..]);
    json!({
        "id": own,
        "objectId": guest.id,
        "displayName": guest.name,
        "principalName": guest.upn,
        "email": guest.mail,
        "subjectType": "user",
    })
}

fn schedule(request: &Request, days: i64) -> Value {
    json!({
        "startDateTime": iso(request.completed),
        "expiration": { "type": "afterDuration", "duration": format!("P{days}D") },
    })
}

fn assignment(people: &People, catalogs: &Catalogs, request: &Request) -> Value {
    let package = &catalogs.packages[request.package];
    let over = request.ended < end();
    let (state, status) = match request.ending {
        _ if over => ("expired", "ExpiredNotificationTriggered"),
        _ if request.state() == "partiallyDelivered" => ("partiallyDelivered", "PartiallyDelivered"),
        _ if request.removal == Removal::Expiry && request.ended < end() + crate::time::DAY => {
            ("delivered", "NearExpiry1DayNotificationTriggered")
        }
        _ => ("delivered", "Delivered"),
    };
    json!({
        "id": request.assignment,
        "state": state,
        "status": status,
        "expiredDateTime": over.then(|| iso(request.ended)),
        "schedule": schedule(request, package.days),
        "target": subject(people, request.guest),
        "accessPackage": { "id": package.id, "displayName": package.name },
        "assignmentPolicy": { "id": package.policy_id, "displayName": package.policy_name },
    })
}

fn request_value(people: &People, catalogs: &Catalogs, request: &Request) -> Value {
    let package = &catalogs.packages[request.package];
    let state = request.state();
    let completed = !matches!(state, "pendingApproval" | "delivering" | "partiallyDelivered");
    let status = match state {
        "delivered" => "Delivered",
        "denied" if request.ending == Ending::TimedOut => "ApprovalRequestTimedOut",
        "denied" => "Denied",
        "canceled" => "Canceled",
        "deliveryFailed" => "DeliveryFailed",
        "partiallyDelivered" => "PartiallyDelivered",
        "delivering" => "Delivering",
        _ => "PendingApproval",
    };
    json!({
        "id": request.id,
        "requestType": if request.ending == Ending::Assigned { "adminAdd" } else { "userAdd" },
        "state": state,
        "status": status,
        "createdDateTime": iso(request.created),
        "completedDateTime": completed.then(|| iso(request.finished())),
        "justification": if request.ending == Ending::Assigned { "" } else { request.justification },
        "schedule": schedule(request, package.days),
        "requestor": subject(people, request.guest),
        "assignment": request.gives_access().then(|| json!({ "id": request.assignment })),
        "accessPackage": { "id": package.id, "displayName": package.name },
    })
}
