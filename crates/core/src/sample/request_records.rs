//! The audit records that a request for an access package leaves: entitlement management's own, the
//! approval's in service Access Reviews, and the directory changes it brings about.

use super::{
    audit::{Actor, CORE, ENTITLEMENT, Event, Log, REVIEWS, Target},
    cast::GOVERNANCE_ADMIN,
    directory::{Directory, GOVERNANCE},
    packages::{Catalogs, Package},
    people::{Guest, People, guest_target},
    requests::{Ending, Removal, Request},
};
use crate::time::{HOUR, MINUTE, SECOND};

/// Records of all requests.
pub(super) fn write(people: &People, directory: &Directory, catalogs: &Catalogs, requests: &[Request], log: &mut Log) {
    for request in requests {
        let guest = &people.guests[request.guest];
        let correlation = log.correlation();
        let package = &catalogs.packages[request.package];
        Chain { people, directory, package, guest, request, correlation, log }.write();
    }
}

struct Chain<'a> {
    people: &'a People,
    directory: &'a Directory,
    package: &'a Package,
    guest: &'a Guest,
    request: &'a Request,
    correlation: String,
    log: &'a mut Log,
}

impl Chain<'_> {
    fn write(mut self) {
        self.ask();
        self.decide();
        if self.request.ending == Ending::Canceled {
            return;
        }
        if !matches!(self.request.ending, Ending::Denied | Ending::TimedOut) {
            self.deliver();
        }
        if self.request.gives_access() {
            self.end();
        }
    }

    /// A record of entitlement management.
    fn record(&self, time: i64, activity: &'static str, by: &Actor) -> Event {
        let subject = guest_target(self.guest).change("TargetUserType", None, Some("Guest"));
        Event::new(time, ENTITLEMENT, "EntitlementManagement", activity)
            .by(by)
            .on(self.request_target("AccessPackageAssignmentRequest"))
            .on(self.package.target())
            .on(subject)
            .detail("GovernanceLicenseFeatureUsed", "True")
            .operation("")
            .correlated(&self.correlation)
    }

    fn request_target(&self, kind: &'static str) -> Target {
        Target::new(kind, &self.request.id, "")
    }

    fn governance(&self) -> Actor {
        self.directory.robot(GOVERNANCE).clone()
    }

    fn ask(&mut self) {
        let (request, governance) = (self.request, self.governance());
        if request.ending == Ending::Assigned {
            let activity = "Administrator directly assigns user to access package";
            let by = self.people.member_actor(GOVERNANCE_ADMIN);
            self.log.add(self.record(request.created, activity, &by));
            return;
        }
        let by = self.people.guest_actor(self.guest);
        let record = self
            .record(request.created, "User requests access package assignment", &by)
            .on(self.package.policy_target())
            .operation("CreateEntitlementGrantUserAddRequest")
            .detail("Justification", request.justification);
        self.log.add(record);
        if let Some(approver) = request.approver {
            let approver = &self.people.members[approver];
            for (seconds, activity) in [(2, "Create request approval"), (3, "Add approver to request approval")] {
                let event = Event::new(request.created + seconds * SECOND, REVIEWS, "UserManagement", activity)
                    .by(&governance)
                    .on(self.request_target("Other"))
                    .on(Target { upn: approver.upn.clone(), ..Target::new("User", &approver.id, &approver.name) });
                self.log.add(event.correlated(&self.correlation));
            }
        }
    }

    fn decide(&mut self) {
        let (request, governance) = (self.request, self.governance());
        let (own, reviews) = match (request.ending, request.approver) {
            (Ending::Assigned, _) => return,
            (Ending::Canceled, _) => {
                let by = self.people.guest_actor(self.guest);
                self.log.add(self.record(request.decided, "Cancel access package assignment request", &by));
                return;
            }
            (Ending::TimedOut, _) => {
                let activity = "Access package assignment request timed out (no approver action taken)";
                self.log.add(self.record(request.decided, activity, &governance));
                return;
            }
            (Ending::Denied, _) => ("Deny access package assignment request", "Request denied"),
            (_, Some(_)) => ("Approve access package assignment request", "Request approved"),
            (_, None) => {
                let record = self
                    .record(request.decided, "Auto approve access package assignment request", &governance)
                    .operation("AutoApproveEntitlementGrantRequest");
                self.log.add(record);
                return;
            }
        };
        let by = self.people.member_actor(request.approver.unwrap_or(GOVERNANCE_ADMIN));
        self.log.add(self.record(request.decided, own, &by));
        let why = if request.ending == Ending::Denied { "Not part of the contract" } else { "Known partner, fine" };
        let event = Event::new(request.decided + SECOND / 4, REVIEWS, "UserManagement", reviews)
            .by(&by)
            .on(self.request_target("Other"))
            .detail("Justification", why);
        self.log.add(event);
        if request.ending != Ending::Denied {
            let activity = "Approval stage completed for access package assignment request";
            self.log.add(self.record(request.decided + SECOND, activity, &governance));
        }
    }

    fn deliver(&mut self) {
        let (request, governance) = (self.request, self.governance());
        let activity = "Ready to fulfill access package assignment request";
        self.log.add(self.record(request.decided + 10 * SECOND, activity, &governance));
        let fulfilled = "Fulfill access package assignment request";
        match request.ending {
            Ending::Stuck => {}
            Ending::Failed => {
                let record = self.record(request.completed, "Failed access package assignment request", &governance);
                self.log.add(record.failed("The resource is not available: the group no longer accepts members"));
            }
            Ending::Partly | Ending::PartlyFirst => {
                let activity = "Partially fulfill access package assignment request";
                self.join_group();
                self.log.add(self.record(request.completed, activity, &governance));
                if request.ending == Ending::PartlyFirst {
                    self.get_role(request.completed + 3 * HOUR - SECOND);
                    self.log.add(self.record(request.completed + 3 * HOUR, fulfilled, &governance));
                }
            }
            _ => {
                self.join_group();
                self.get_role(request.completed - SECOND);
                let activity = "Fulfill access package resource assignment";
                self.log.add(self.record(request.completed - SECOND / 2, activity, &governance));
                self.log.add(self.record(request.completed, fulfilled, &governance));
            }
        }
    }

    fn join_group(&mut self) {
        let group = &self.directory.groups[self.package.group];
        let event = Event::new(self.request.completed - MINUTE, CORE, "GroupManagement", "Add member to group")
            .by(self.directory.robot(GOVERNANCE))
            .on(group.joined_by(guest_target(self.guest)))
            .on(group.target())
            .detail("UserType", "Guest");
        self.log.add(event);
    }

    fn get_role(&mut self, time: i64) {
        let app = &self.directory.apps[self.package.app];
        let event = Event::new(time, CORE, "UserManagement", "Add app role assignment grant to user")
            .by(self.directory.robot(GOVERNANCE))
            .on(app.role_target(0, &self.guest.id, &self.guest.upn))
            .on(guest_target(self.guest))
            .detail("UserType", "Guest");
        self.log.add(event);
    }

    /// Access ends: the assignment first, then what it gave.
    fn end(&mut self) {
        let (time, governance) = (self.request.ended, self.governance());
        self.correlation = self.log.correlation();
        let record = match self.request.removal {
            Removal::Expiry => {
                let activity = "Entitlement Management removes access package assignment request for user";
                self.record(time, activity, &governance)
            }
            Removal::ByGuest => {
                let by = self.people.guest_actor(self.guest);
                self.record(time, "User requests to remove access package assignment", &by)
            }
            Removal::ByAdmin => {
                let by = self.people.member_actor(GOVERNANCE_ADMIN);
                self.record(time, "Administrator directly removes user access package assignment", &by)
            }
        };
        self.log.add(record);
        let group = &self.directory.groups[self.package.group];
        let event = Event::new(time + 2 * MINUTE, CORE, "GroupManagement", "Remove member from group")
            .by(&governance)
            .on(group.left_by(guest_target(self.guest)))
            .on(group.target())
            .detail("UserType", "Guest");
        self.log.add(event);
        let app = &self.directory.apps[self.package.app];
        let event = Event::new(time + 2 * MINUTE, CORE, "UserManagement", "Remove app role assignment from user")
            .by(&governance)
            .on(app.lost_role_target(0, &self.guest.id, &self.guest.upn))
            .on(guest_target(self.guest))
            .detail("UserType", "Guest");
        self.log.add(event);
        let activity = "Remove access package resource assignment";
        self.log.add(self.record(time + 3 * MINUTE, activity, &governance));
    }
}
