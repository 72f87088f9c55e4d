//! The instructions themselves. Every step, role and licence is from the pages named with it; the
//! addresses are those of the Graph reference. `MicrosoftDocs/entra-docs` has the pages of the portal,
//! `microsoftgraph/microsoft-graph-docs-contrib` those of Graph.

use super::{Need, Recipe};

const LOG_ROLE: &str = "Reports Reader (or Security Reader, Security Administrator, Global Reader)";
const GOVERNANCE_ROLE: &str = "Identity Governance Administrator (for one catalog: Catalog owner, Access package manager or Access package \
     assignment manager)";
const GOVERNANCE: &str = "Microsoft Entra ID P2 or Microsoft Entra ID Governance";
const SIGN_IN: &str = "Sign in to the Microsoft Entra admin center, entra.microsoft.com";
const ENTITLEMENT: &str = "Browse to ID Governance \u{203a} Entitlement management \u{203a} Access packages";
const NO_DOWNLOAD: &str = "The portal has no download of this: use Microsoft Graph or PowerShell below";

/// Addresses of entitlement management begin so.
macro_rules! entitlement {
    ($rest:literal) => {
        concat!("v1.0/identityGovernance/entitlementManagement/", $rest)
    };
}

pub(super) fn of(need: Need) -> &'static Recipe {
    match need {
        Need::Users => &USERS,
        Need::AuditLogs => &AUDIT,
        Need::SignIns => &SIGN_INS,
        Need::Assignments => &ASSIGNMENTS,
        Need::Requests => &REQUESTS,
        Need::Packages => &PACKAGES,
        Need::Policies => &POLICIES,
        Need::Organizations => &ORGANIZATIONS,
        Need::Reviews => &REVIEWS,
        Need::B2c => &B2C,
        Need::Resources => &RESOURCES,
    }
}

const USERS: Recipe = Recipe {
    title: "users",
    answers: "Users say who is a guest, who the sponsors are, which invitation was never accepted, and when somebody \
              signed in last, also before the logs begin. The portal's CSV has no sign-in dates and no sponsors; \
              Graph has both.",
    role: "any user may download the list; sign-in dates through Graph need Reports Reader",
    licence: "none for the list; Microsoft Entra ID P1 or P2 for sign-in dates",
    steps: &[
        SIGN_IN,
        "Browse to Entra ID \u{203a} Users \u{203a} All users, without a filter",
        "Select Download users, then Start; the file is under Bulk operation results",
    ],
    scopes: "User.Read.All, AuditLog.Read.All",
    queries: &[
        (
            "users with sign-in dates",
            "v1.0/users?$select=id,displayName,userPrincipalName,mail,otherMails,userType,accountEnabled,\
             createdDateTime,creationType,externalUserState,externalUserStateChangeDateTime,companyName,department,\
             jobTitle,identities,signInActivity",
        ),
        (
            "guests with their sponsors",
            "v1.0/users?$filter=userType eq 'Guest'&$select=id,displayName,userPrincipalName,mail,userType&$expand=sponsors",
        ),
    ],
    file: "users.json",
    sources: &[
        "entra-docs: Download a list of users (users-bulk-download)",
        "entra-docs: How to manage inactive user accounts (howto-manage-inactive-user-accounts)",
        "Graph reference: List users; user resource (signInActivity, sponsors)",
    ],
};

const AUDIT: Recipe = Recipe {
    title: "audit logs",
    answers: "Audit logs say who did what to whom: invitations, redemptions, role and group changes, requests and \
              approvals. JSON keeps all of a record; the CSV ends at 3 targets with 5 changes each.",
    role: LOG_ROLE,
    licence: "all editions for the download, which reaches back 7 days (free) or 30 days (P1 or P2); Microsoft Graph \
              needs P1 or P2",
    steps: &[
        SIGN_IN,
        "Browse to Entra ID \u{203a} Monitoring & health \u{203a} Audit logs",
        "Set Date to the longest range, and no other filter: the download holds what the filter shows",
        "Select Download, JSON, Download; above 250,000 records the file is cut off, so take shorter ranges",
    ],
    scopes: "AuditLog.Read.All",
    queries: &[(
        "audit events since a day",
        "v1.0/auditLogs/directoryAudits?$filter=activityDateTime ge 2026-01-01T00:00:00Z",
    )],
    file: "audit.json",
    sources: &[
        "entra-docs: How to download logs in Microsoft Entra ID (howto-download-logs)",
        "entra-docs: Microsoft Entra data retention (reference-reports-data-retention)",
        "entra-docs: Auditing and reporting a B2B collaboration user",
        "Graph reference: List directoryAudits",
    ],
};

const SIGN_INS: Recipe = Recipe {
    title: "sign-ins",
    answers: "Sign-ins say which guests really come, from where, to which application, and who only tried. Without \
              them, silence in the audit log means nothing.",
    role: LOG_ROLE,
    licence: "all editions for the download, which reaches back 7 days (free) or 30 days (P1 or P2); Microsoft Graph \
              needs P1 or P2",
    steps: &[
        SIGN_IN,
        "Browse to Entra ID \u{203a} Monitoring & health \u{203a} Sign-in logs",
        "Set Date to the longest range; to keep it small add the filter User type: Guest",
        "Select Download, then JSON for user sign-ins (interactive) and again for user sign-ins (non-interactive); above \
         100,000 records a file is cut off",
    ],
    scopes: "AuditLog.Read.All, Directory.Read.All",
    queries: &[
        ("interactive sign-ins since a day", "beta/auditLogs/signIns?$filter=createdDateTime ge 2026-01-01T00:00:00Z"),
        (
            "non-interactive sign-ins since a day",
            "beta/auditLogs/signIns?$filter=createdDateTime ge 2026-01-01T00:00:00Z and signInEventTypes/any(t: t eq \
             'nonInteractiveUser')",
        ),
    ],
    file: "sign-ins.json",
    sources: &[
        "entra-docs: How to download logs in Microsoft Entra ID (howto-download-logs)",
        "Graph reference, beta: List signIns (v1.0 leaves out user type and home tenant)",
    ],
};

const ASSIGNMENTS: Recipe = Recipe {
    title: "access package assignments",
    answers: "Assignments say who has access through which package and policy, since when and until when. The audit \
              log knows only what changed while it was kept.",
    role: GOVERNANCE_ROLE,
    licence: GOVERNANCE,
    steps: &[
        SIGN_IN,
        ENTITLEMENT,
        "Open a package, select Assignments, then Download; repeat for each package, as the file does not name it",
    ],
    scopes: "EntitlementManagement.Read.All",
    queries: &[(
        "assignments of all packages, current and expired",
        entitlement!("assignments?$expand=target,accessPackage,assignmentPolicy"),
    )],
    file: "assignments.json",
    sources: &[
        "entra-docs: View reports and logs in entitlement management",
        "entra-docs: View, add, and remove assignments for an access package",
        "Graph reference: List assignments",
    ],
};

const REQUESTS: Recipe = Recipe {
    title: "access package requests",
    answers: "Requests say who asked for what and why, in which state each stands, and which are stuck.",
    role: GOVERNANCE_ROLE,
    licence: GOVERNANCE,
    steps: &[SIGN_IN, ENTITLEMENT, "Open a package, select Requests, then Download; repeat for each package"],
    scopes: "EntitlementManagement.Read.All",
    queries: &[(
        "requests for all packages",
        entitlement!("assignmentRequests?$expand=requestor,accessPackage,assignment"),
    )],
    file: "requests.json",
    sources: &[
        "entra-docs: View reports and logs in entitlement management",
        "Graph reference: List assignmentRequests",
    ],
};

const PACKAGES: Recipe = Recipe {
    title: "access packages and catalogs",
    answers: "Packages have the names, descriptions and catalogs behind the ids in the log, also of packages that \
              nobody touched while it was kept.",
    role: GOVERNANCE_ROLE,
    licence: GOVERNANCE,
    steps: &[SIGN_IN, ENTITLEMENT, NO_DOWNLOAD],
    scopes: "EntitlementManagement.Read.All",
    queries: &[
        ("access packages", entitlement!("accessPackages?$expand=catalog")),
        ("catalogs", entitlement!("catalogs")),
    ],
    file: "packages.json",
    sources: &["Graph reference: List accessPackages, List catalogs"],
};

const POLICIES: Recipe = Recipe {
    title: "assignment policies",
    answers: "Policies say who may request a package, whether somebody has to approve, and for how long access lasts.",
    role: GOVERNANCE_ROLE,
    licence: GOVERNANCE,
    steps: &[SIGN_IN, ENTITLEMENT, NO_DOWNLOAD],
    scopes: "EntitlementManagement.Read.All",
    queries: &[("policies of all packages", entitlement!("assignmentPolicies?$expand=accessPackage,catalog"))],
    file: "policies.json",
    sources: &["Graph reference: List assignmentPolicies"],
};

const ORGANIZATIONS: Recipe = Recipe {
    title: "connected organizations",
    answers: "Connected organizations say which partners may request access, through which tenant or domain, and who \
              sponsors them.",
    role: GOVERNANCE_ROLE,
    licence: GOVERNANCE,
    steps: &[
        SIGN_IN,
        "Browse to ID Governance \u{203a} Entitlement management \u{203a} Connected organizations",
        "Select Download",
    ],
    scopes: "EntitlementManagement.Read.All",
    queries: &[(
        "connected organizations with their sponsors",
        entitlement!("connectedOrganizations?$expand=internalSponsors,externalSponsors"),
    )],
    file: "connected-organizations.json",
    sources: &[
        "entra-docs: View reports and logs in entitlement management",
        "Graph reference: List connectedOrganizations",
    ],
};

const REVIEWS: Recipe = Recipe {
    title: "access review decisions",
    answers: "Decisions say who looked at whose access, what they decided and why, and whether it was applied.",
    role: "Identity Governance Administrator, User Administrator, Security Reader or Global Reader",
    licence: GOVERNANCE,
    steps: &[
        SIGN_IN,
        "Browse to ID Governance \u{203a} Access Reviews \u{203a} Review History",
        "Select New report, give begin and end, tick all types and results, Create",
        "Open the report when it is ready and download it: it stays there for 30 days",
    ],
    scopes: "AccessReview.Read.All",
    queries: &[
        ("reviews with their instances", "v1.0/identityGovernance/accessReviews/definitions?$expand=instances"),
        (
            "decisions of one instance",
            "v1.0/identityGovernance/accessReviews/definitions/{review id}/instances/{instance id}/decisions",
        ),
    ],
    file: "access-reviews.json",
    sources: &[
        "entra-docs: Create and manage downloadable access review history report",
        "Graph reference: List definitions, List decisions",
    ],
};

const B2C: Recipe = Recipe {
    title: "audit logs of the Azure AD B2C tenant",
    answers: "They say what consumers did in user flows: sign-ins and tokens, by policy and application, and who \
              changed keys and policies. They are kept for seven days, whatever the licence.",
    role: LOG_ROLE,
    licence: "none beyond Azure AD B2C",
    steps: &[
        "Sign in to the Azure portal, portal.azure.com, and switch to the B2C directory",
        "Browse to Azure AD B2C \u{203a} Activities \u{203a} Audit logs",
        "Set Category to B2C and Date to the last seven days",
        "Select Download; repeat at least every seven days",
    ],
    scopes: "AuditLog.Read.All",
    queries: &[("audit events of B2C", "v1.0/auditLogs/directoryAudits?$filter=loggedByService eq 'B2C'")],
    file: "b2c-audit.json",
    sources: &["Microsoft: Accessing Azure AD B2C audit logs", "Graph reference: List directoryAudits"],
};

const RESOURCES: Recipe = Recipe {
    title: "resources of access packages",
    answers: "They say which group, application or site each package gives, in which role, and what an assignment has \
              really delivered.",
    role: GOVERNANCE_ROLE,
    licence: GOVERNANCE,
    steps: &[SIGN_IN, ENTITLEMENT, NO_DOWNLOAD],
    scopes: "EntitlementManagement.Read.All",
    queries: &[
        (
            "what each assignment delivered",
            "beta/identityGovernance/entitlementManagement/accessPackageAssignmentResourceRoles?$expand=\
             accessPackageSubject,accessPackageResourceRole,accessPackageResourceScope,accessPackageAssignments",
        ),
        (
            "what one package gives",
            entitlement!("accessPackages/{package id}?$expand=resourceRoleScopes($expand=role,scope)"),
        ),
    ],
    file: "resources.json",
    sources: &[
        "entra-docs: View reports and logs in entitlement management (Resource assignments for a user)",
        "Graph reference, beta: List accessPackageAssignmentResourceRoles; v1.0: List resourceRoleScopes",
    ],
};
