//! Phrases that columns of several kinds of CSV share.

use crate::model::Attribute as A;

/// Phrases by what they mean.
pub(super) type Guess = (A, &'static [&'static str]);

pub(super) const PACKAGE: Guess =
    (A::PackageName, &["access package", "access package name", "package", "package name"]);
pub(super) const PACKAGE_ID: Guess = (A::PackageId, &["access package id", "package id"]);
pub(super) const POLICY: Guess = (A::PolicyName, &["policy", "policy name", "assignment policy"]);
pub(super) const POLICY_ID: Guess = (A::PolicyId, &["policy id", "assignment policy id"]);
pub(super) const CATALOG: Guess = (A::CatalogName, &["catalog", "catalog name"]);
pub(super) const CATALOG_ID: Guess = (A::CatalogId, &["catalog id"]);
pub(super) const ORGANIZATION: Guess =
    (A::OrganizationName, &["connected organization", "organization", "company", "directory"]);
pub(super) const STARTED: Guess = (A::Started, &["start", "start date", "start time", "assigned", "from"]);
pub(super) const ENDS: Guess =
    (A::Ends, &["end", "end date", "end time", "expires", "expiration", "expiration date", "expiry", "until"]);
pub(super) const JUSTIFICATION: Guess =
    (A::Justification, &["justification", "business justification", "reason", "comment"]);
pub(super) const TARGET_ID: Guess =
    (A::TargetId, &["object id", "user id", "user object id", "target id", "target object id", "principal id"]);
pub(super) const TARGET_NAME: Guess = (
    A::TargetName,
    &[
        "name",
        "display name",
        "user",
        "user name",
        "user display name",
        "target",
        "principal",
        "principal name",
        "guest",
    ],
);
pub(super) const TARGET_UPN: Guess =
    (A::TargetUpn, &["user principal name", "upn", "username", "principal upn", "target upn", "signin name"]);
pub(super) const TARGET_MAIL: Guess = (A::TargetMail, &["email", "mail", "email address", "user email"]);
