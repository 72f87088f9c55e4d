//! Connected organizations, the portal's download. Its columns are not documented: they are guessed.

use super::{
    header::{Columns, Header, any_with, is_log},
    table_csv::TableRows,
};
use crate::{
    import::Format,
    model::{Attribute as A, EntityKind},
};

/// Connected organizations.
pub(in crate::import) const FORMAT: Format = Format {
    id: "connected-organizations-csv",
    label: "Connected organizations (CSV)",
    sniff: |head| {
        let header = Header::read(head, &COLUMNS);
        let connected = any_with(head, &["connected", "organization"])
            || any_with(head, &["identity", "source"])
            || any_with(head, &["internal", "sponsors"])
            || any_with(head, &["external", "sponsors"])
            || (header.has_any(&[A::DomainName, A::TenantId]) && header.has_any(&[A::State]));
        let person = ["email", "upn", "user", "username", "package", "policy"];
        !is_log(head)
            && connected
            && header.has_any(&[A::Name])
            && header.count() >= 3
            && !person.iter().any(|word| any_with(head, &[word]))
    },
    begin: |head| TableRows::new(EntityKind::Organization, Header::read(head, &COLUMNS)).importer(head),
};

pub(super) const COLUMNS: Columns = Columns {
    known: &[],
    guesses: &[
        (A::Id, &["id", "organization id", "connected organization id", "object id"]),
        (
            A::Name,
            &[
                "name",
                "display name",
                "organization",
                "organization name",
                "connected organization",
                "connected organization name",
            ],
        ),
        (A::Description, &["description"]),
        (A::State, &["state", "status"]),
        (A::DomainName, &["domain", "domains", "domain name", "directory", "directory name"]),
        (A::TenantId, &["tenant id", "directory id", "tenant"]),
        (A::Created, &["created", "created date", "created on"]),
        (A::CreatedBy, &["created by"]),
        (A::Modified, &["modified", "last modified", "updated", "last updated"]),
        (A::ModifiedBy, &["modified by", "last modified by", "updated by"]),
    ],
};
