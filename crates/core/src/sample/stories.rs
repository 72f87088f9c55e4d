//! What a reader should find: events that are written by hand. See the module's own documentation
//! for the stories; what they share with everybody else (invitation, redemption, requests, reviews)
//! is written there.

use super::{
    audit::{CORE, ENTITLEMENT, Event, INVITED, Log, Target},
    calendar::at,
    cast::{ADMIN, Cast, FIRST_TIME_INVITER, GONE, GOVERNANCE_ADMIN, PARTNERS, SECOND_ADMIN, WITHOUT_THE_RIGHT},
    directory::{CONSENTED, Directory, PAYROLL, PIM, deleted_account},
    invitations::{delete, invitation},
    packages::{Catalogs, SUPPLIER_PORTAL, WEAKENED, weakened},
    people::{People, guest_target, member_target},
};
use crate::time::{DAY, SECOND};

/// Failed invitations within four minutes.
pub(super) const FAILED_INVITATIONS: usize = 7;

/// All stories.
pub(super) fn write(people: &People, directory: &Directory, catalogs: &Catalogs, log: &mut Log) {
    suspicious_guest(people, directory, log);
    failed_invitations(people, log);
    weakened_governance(people, directory, catalogs, log);
    accounts(people, log);
    again(people, log);
    quiet_guest(people, directory, log);
    consent_by_guest(people, directory, log);
    outside_settings(people, directory, catalogs, log);
}

/// Redeemed after 6 minutes, an administrator after 40, gone after 11 hours.
fn suspicious_guest(people: &People, directory: &Directory, log: &mut Log) {
    let raven = people.cast(Cast::Raven);
    let by = people.member_actor(FIRST_TIME_INVITER);
    let role = Target::new("Role", &directory.helpdesk_role, "Helpdesk Administrator");
    log.add(
        Event::new(at(6, 16, 20, 22), CORE, "RoleManagement", "Add member to role")
            .by(&by)
            .on(guest_target(raven).change("Role.ObjectID", None, Some(&directory.helpdesk_role)).change(
                "Role.DisplayName",
                None,
                Some("Helpdesk Administrator"),
            ))
            .on(role)
            .detail("UserType", "Guest"),
    );
    let payroll = &directory.apps[PAYROLL];
    log.add(
        Event::new(at(6, 16, 20, 31), CORE, "UserManagement", "Add app role assignment grant to user")
            .by(&by)
            .on(payroll.role_target(0, &raven.id, &raven.upn))
            .on(guest_target(raven))
            .detail("UserType", "Guest"),
    );
    delete(people, raven, ADMIN, at(6, 17, 6, 42), log);
}

/// Somebody without the right to invite tries seven times.
fn failed_invitations(people: &People, log: &mut Log) {
    let by = people.member_actor(WITHOUT_THE_RIGHT);
    for number in 0..FAILED_INVITATIONS {
        let mail = format!("sales{}@brightwell.example", number + 1);
        log.add(
            Event::new(
                at(4, 28, 15, 10) + number as i64 * 35 * SECOND,
                INVITED,
                "UserManagement",
                "Invite external user",
            )
            .by(&by)
            .on(Target::new("User", "", &mail))
            .detail("oid", &by.id)
            .detail("tid", &people.tenant_id)
            .detail("invitedUserEmailAddress", &mail)
            .failed("Insufficient privileges to complete the operation."),
        );
    }
}

/// Approval switched off and a partner connected within a quarter of an hour; the review goes the next day.
fn weakened_governance(people: &People, directory: &Directory, catalogs: &Catalogs, log: &mut Log) {
    let by = people.member_actor(GOVERNANCE_ADMIN);
    let package = &catalogs.packages[WEAKENED];
    log.add(
        Event::new(weakened(), ENTITLEMENT, "EntitlementManagement", "Update access package assignment policy")
            .by(&by)
            .on(package.policy_target().change("IsApprovalRequiredForAdd", Some("True"), Some("False")))
            .on(package.target())
            .detail("IsApprovalRequiredForAdd", "False")
            .operation("UpdateEntitlementGrantPolicy"),
    );
    for organization in &catalogs.organizations {
        let (domain, name, _) = PARTNERS[organization.partner];
        // Those of last year are outside the period and are left out of the files.
        let description = format!("{domain}\n{}", people.partner_tenants[organization.partner]);
        log.add(
            Event::new(organization.created, ENTITLEMENT, "EntitlementManagement", "Create connected organization")
                .by(&by)
                .on(Target::new("ConnectedOrganization", &organization.id, name))
                .detail("Description", &description),
        );
    }
    log.add(Event::new(at(6, 12, 9, 24), "PIM", "RoleManagement", "Disable PIM alert").by(&by).on(Target::new(
        "Other",
        "",
        "Roles are being assigned outside of Privileged Identity Management",
    )));
    let target = Target::new("Role", &directory.helpdesk_role, "Helpdesk Administrator");
    log.add(
        Event::new(at(6, 12, 9, 40), "PIM", "RoleManagement", "Update role setting in PIM")
            .by(&by)
            .on(target)
            .on(Target::new("ServicePrincipal", &directory.robot(PIM).id, "MS-PIM")),
    );
}

/// A guest becomes a member; an account is deleted, and invited again three weeks later; a sponsor leaves.
fn accounts(people: &People, log: &mut Log) {
    let converted = people.cast(Cast::Converted);
    log.add(
        Event::new(at(5, 12, 13, 5), CORE, "UserManagement", "Update user")
            .by(&people.member_actor(SECOND_ADMIN))
            .on(guest_target(converted).list_change("UserType", "Guest", "Member").change(
                "Included Updated Properties",
                None,
                Some("UserType"),
            ))
            .detail("UserType", "Member"),
    );
    delete(people, people.cast(Cast::Deleted), ADMIN, at(5, 13, 11, 0), log);
    let gone = &people.members[GONE];
    log.add(
        Event::new(at(4, 20, 13, 0), CORE, "UserManagement", "Delete user")
            .by(&people.member_actor(ADMIN))
            .on(deleted_account(&gone.id, &gone.name, &gone.upn).list_change("IsSoftDeleted", "false", "true"))
            .detail("UserType", "Member"),
    );
}

/// Three of the invitations that nobody accepted are sent again ten days later.
fn again(people: &People, log: &mut Log) {
    let pending = people.guests.iter().filter(|guest| guest.redeemed.is_none());
    for guest in pending.filter(|guest| guest.created < at(5, 8, 0, 0)).take(3) {
        let activity = "Invite external user with reset invitation status";
        log.add(invitation(people, guest, activity, guest.created + 10 * DAY));
    }
}

/// The quiet guest is let into one group on the day of the invitation, and does nothing.
fn quiet_guest(people: &People, directory: &Directory, log: &mut Log) {
    let quiet = people.cast(Cast::Quiet);
    let group = &directory.groups[1];
    log.add(
        Event::new(quiet.created + 300 * SECOND, CORE, "GroupManagement", "Add member to group")
            .by(&people.member_actor(quiet.inviter))
            .on(group.joined_by(guest_target(quiet)))
            .on(group.target())
            .detail("UserType", "Guest"),
    );
}

/// A guest lets an application read what the guest may read.
fn consent_by_guest(people: &People, directory: &Directory, log: &mut Log) {
    let guest = people.cast(Cast::Consenting);
    let app = &directory.apps[CONSENTED];
    let by = people.guest_actor(guest);
    let operation = log.correlation();
    let target = || Target::new("ServicePrincipal", &app.id, app.name);
    log.add(
        Event::new(at(5, 5, 8, 44), CORE, "ApplicationManagement", "Add delegated permission grant")
            .by(&by)
            .on(target().change("DelegatedPermissionGrant.Scope", None, Some("User.Read Mail.Read Files.Read.All")))
            .correlated(&operation),
    );
    log.add(
        Event::new(at(5, 5, 8, 44) + SECOND, CORE, "ApplicationManagement", "Consent to application")
            .by(&by)
            .on(target()
                .change("ConsentContext.IsAdminConsent", None, Some("False"))
                .change("ConsentContext.OnBehalfOfAll", None, Some("False"))
                .change("ConsentAction.Permissions", None, Some("User.Read Mail.Read Files.Read.All")))
            .correlated(&operation),
    );
}

/// A partner is added to the cross-tenant access settings; a custom extension runs, and fails once.
fn outside_settings(people: &People, directory: &Directory, catalogs: &Catalogs, log: &mut Log) {
    let activity = "Add a partner to cross-tenant access setting";
    log.add(
        Event::new(at(6, 4, 7, 52), CORE, "CrossTenantAccessSettings", activity)
            .by(&people.member_actor(SECOND_ADMIN))
            .on(Target::new("Policy", &people.partner_tenants[12], PARTNERS[12].1).change(
                "tenantId",
                None,
                Some(&people.partner_tenants[12]),
            )),
    );
    let package = &catalogs.packages[SUPPLIER_PORTAL];
    for (day, failed) in [(9, false), (18, true), (26, false)] {
        let event = Event::new(at(6, day, 10, 15), ENTITLEMENT, "EntitlementManagement", "Execute custom extension")
            .by(directory.robot(super::directory::GOVERNANCE))
            .on(package.target())
            .detail("CustomExtensionName", "Open a ticket");
        log.add(if failed { event.failed("The logic app answered with status 503.") } else { event });
    }
    let member = &people.members[WITHOUT_THE_RIGHT];
    log.add(
        Event::new(at(4, 29, 6, 35), CORE, "UserManagement", "Update user")
            .by(&people.member_actor(ADMIN))
            .on(member_target(member).list_change("JobTitle", "Sales", "Sales, may not invite")),
    );
}
