//! Entitlement management: catalogs, access packages with their resources, policies, connected
//! organizations.

use super::{
    audit::Target,
    calendar::{at, on},
    cast::PARTNERS,
    random::Random,
};

/// Of each package: name, catalog, group and application role it gives, whether approval is needed,
/// days until an assignment ends.
const PACKAGES: [(&str, usize, usize, usize, bool, i64); 7] = [
    ("Supplier Portal", 0, 3, 0, true, 90),
    ("Design Partners", 1, 4, 2, true, 60),
    ("Project Heron", 1, 0, 4, true, 45),
    ("Project Juniper", 1, 1, 4, false, 45),
    ("Audit Support", 2, 5, 1, true, 20),
    ("Field Service", 0, 6, 6, false, 120),
    ("Press and Agencies", 2, 7, 5, true, 30),
];
const CATALOGS: [&str; 3] = ["Suppliers", "Projects", "Advisers"];
pub(super) const SUPPLIER_PORTAL: usize = 0;
pub(super) const PROJECT_JUNIPER: usize = 3;
/// The package whose policy is weakened.
pub(super) const WEAKENED: usize = 1;
/// When, and by when the connected organization was made.
pub(super) fn weakened() -> i64 {
    at(6, 11, 14, 20)
}

/// A collection of packages.
pub(super) struct Catalog {
    pub id: String,
    pub name: &'static str,
}

/// What can be requested, with its one policy.
pub(super) struct Package {
    pub id: String,
    pub name: &'static str,
    pub catalog: usize,
    pub group: usize,
    pub app: usize,
    pub policy_id: String,
    pub policy_name: String,
    pub approval: bool,
    pub days: i64,
    pub created: i64,
}

impl Package {
    /// Whether a request of that moment has to be approved.
    pub fn asks_approver(&self, number: usize, time: i64) -> bool {
        self.approval && !(number == WEAKENED && time > weakened())
    }

    pub fn target(&self) -> Target {
        Target::new("AccessPackage", &self.id, self.name)
    }

    pub fn policy_target(&self) -> Target {
        Target::new("AccessPackageAssignmentPolicy", &self.policy_id, &self.policy_name)
    }
}

/// A partner organization known to entitlement management.
pub(super) struct Organization {
    pub id: String,
    pub partner: usize,
    pub created: i64,
}

/// The configuration of entitlement management.
pub(super) struct Catalogs {
    pub all: Vec<Catalog>,
    pub packages: Vec<Package>,
    pub organizations: Vec<Organization>,
}

impl Catalogs {
    pub fn new(seed: u64) -> Self {
        let random = &mut Random::new(seed, "packages");
        let all = CATALOGS.iter().map(|name| Catalog { id: random.guid(), name }).collect();
        let packages = PACKAGES
            .iter()
            .enumerate()
            .map(|(number, (name, catalog, group, app, approval, days))| Package {
                id: random.guid(),
                name,
                catalog: *catalog,
                group: *group,
                app: *app,
                policy_id: random.guid(),
                policy_name: format!("{name} - external"),
                approval: *approval,
                days: *days,
                created: on(2025, 3 + number as u32, 10),
            })
            .collect();
        // The first seven partners are connected since long, the last one since June.
        let nightowl = PARTNERS.len() - 1;
        let organizations = (0..7)
            .chain([nightowl])
            .map(|partner| Organization {
                id: random.guid(),
                partner,
                created: if partner == nightowl { at(6, 11, 14, 32) } else { on(2025, 2 + partner as u32, 3) },
            })
            .collect();
        Self { all, packages, organizations }
    }
}
