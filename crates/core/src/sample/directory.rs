//! Groups, applications, devices and roles of the tenant, and the applications that act on their own.

use super::{
    audit::{Actor, Change, Target},
    cast::MEMBER_DEVICES,
    people::Guest,
    random::Random,
};

/// A group.
pub(super) struct Group {
    pub id: String,
    pub name: &'static str,
    pub kind: &'static str,
}

/// An application's service principal.
pub(super) struct App {
    pub id: String,
    pub name: &'static str,
    pub client_id: String,
    pub roles: [&'static str; 2],
}

/// A device that a member uses.
pub(super) struct Device {
    pub id: String,
    pub name: String,
}

const GROUPS: [(&str, &str); 18] = [
    ("Project Heron", "unifiedGroups"),
    ("Project Juniper", "unifiedGroups"),
    ("Project Basalt", "unifiedGroups"),
    ("Supplier Portal Users", "azureAD"),
    ("Design Partners", "unifiedGroups"),
    ("Audit Support", "azureAD"),
    ("Field Service", "unifiedGroups"),
    ("Press and Agencies", "unifiedGroups"),
    ("Legal Review", "azureAD"),
    ("Quality Circle", "unifiedGroups"),
    ("Finance Readers", "azureAD"),
    ("VPN Users", "azureAD"),
    ("MFA Exclusions", "azureAD"),
    ("All Guests", "azureAD"),
    ("Engineering", "azureAD"),
    ("Marketing", "azureAD"),
    ("Procurement", "azureAD"),
    ("Town Hall", "unifiedGroups"),
];
/// The first groups are those that take guests.
pub(super) const GUEST_GROUPS: usize = 10;

const APPS: [(&str, [&str; 2]); 8] = [
    ("Supplier Portal", ["Viewer", "Contributor"]),
    ("Payroll", ["Reader", "Clerk"]),
    ("Design Vault", ["Reviewer", "Editor"]),
    ("Ticket Desk", ["Requester", "Agent"]),
    ("Data Room", ["Reader", "Uploader"]),
    ("Time Sheet", ["Reporter", "Approver"]),
    ("Field Map", ["Viewer", "Planner"]),
    ("Mail Merge Studio", ["User", "Owner"]),
];
pub(super) const PAYROLL: usize = 1;
/// The application that a guest consents to.
pub(super) const CONSENTED: usize = 7;

/// Entitlement management, as it acts in the directory.
pub(super) const GOVERNANCE: usize = 0;
pub(super) const ACCEPTANCE_PORTAL: usize = 1;
pub(super) const SYNC: usize = 2;
pub(super) const DEVICE_REGISTRATION: usize = 3;
pub(super) const INTUNE: usize = 4;
pub(super) const LICENSING: usize = 5;
pub(super) const PIM: usize = 6;
pub(super) const REVIEWER: usize = 7;
const ROBOTS: [&str; 8] = [
    "Azure AD Identity Governance - User Management",
    "Microsoft Invitation Acceptance Portal",
    "Contoso Directory Sync",
    "Device Registration Service",
    "Microsoft Intune",
    "Microsoft Azure AD Group-Based Licensing",
    "MS-PIM",
    "Azure AD Access Reviews",
];

/// What the tenant has besides people.
pub(super) struct Directory {
    pub groups: Vec<Group>,
    pub apps: Vec<App>,
    pub devices: Vec<Device>,
    robots: Vec<Actor>,
    /// Id of the role Helpdesk Administrator in this tenant.
    pub helpdesk_role: String,
}

impl Directory {
    pub fn new(seed: u64) -> Self {
        let random = &mut Random::new(seed, "directory");
        let groups = GROUPS.iter().map(|(name, kind)| Group { id: random.guid(), name, kind }).collect();
        let apps = APPS
            .iter()
            .map(|(name, roles)| App { id: random.guid(), name, client_id: random.guid(), roles: *roles })
            .collect();
        let devices = (0..MEMBER_DEVICES)
            .map(|number| Device { id: random.guid(), name: format!("CE-LAPTOP-{:03}", number + 1) })
            .collect();
        let robots = ROBOTS
            .iter()
            .map(|name| Actor { app: true, id: random.guid(), name: (*name).into(), ..Actor::default() })
            .collect();
        Self { groups, apps, devices, robots, helpdesk_role: random.guid() }
    }

    /// An application that acts on its own, by its number above.
    pub fn robot(&self, number: usize) -> &Actor {
        &self.robots[number]
    }
}

impl Group {
    pub fn target(&self) -> Target {
        Target { group_type: self.kind, ..Target::new("Group", &self.id, self.name) }
    }

    /// The account as target of an event that lets it into the group.
    pub fn joined_by(&self, account: Target) -> Target {
        account.change("Group.ObjectID", None, Some(&self.id)).change("Group.DisplayName", None, Some(self.name))
    }

    /// The account as target of an event that takes it out of the group.
    pub fn left_by(&self, account: Target) -> Target {
        account.change("Group.ObjectID", Some(&self.id), None).change("Group.DisplayName", Some(self.name), None)
    }
}

impl App {
    /// The application as target of a role assignment to someone.
    pub fn role_target(&self, role: usize, id: &str, upn: &str) -> Target {
        Target::new("ServicePrincipal", &self.id, self.name)
            .change("AppRole.Value", None, Some(self.roles[role]))
            .change("AppRole.DisplayName", None, Some(self.roles[role]))
            .change("User.ObjectID", None, Some(id))
            .change("User.UPN", None, Some(upn))
    }

    /// The application as target of the removal of a role from someone.
    pub fn lost_role_target(&self, role: usize, id: &str, upn: &str) -> Target {
        let mut target = self.role_target(role, id, upn);
        for (_, old, new) in &mut target.changes as &mut Vec<Change> {
            std::mem::swap(old, new);
        }
        target
    }
}

/// A deleted account as target: its UPN begins with its id without dashes.
pub(super) fn deleted(guest: &Guest) -> Target {
    deleted_account(&guest.id, &guest.name, &guest.upn)
}

/// A deleted account as target.
pub(super) fn deleted_account(id: &str, name: &str, upn: &str) -> Target {
    Target { upn: id.replace('-', "") + upn, ..Target::new("User", id, name) }
}
