//! The inactive guest report, "Download all data". Its existence and its meaning are documented ("Monitor and
//! clean up stale guest accounts"), its columns are not: they are guessed.

use super::{
    header::{Columns, Header, any_with, is_log},
    table_csv::TableRows,
};
use crate::{
    import::Format,
    model::{Attribute as A, EntityKind},
};

/// Guests with how long they have been inactive.
pub(in crate::import) const FORMAT: Format = Format {
    id: "inactive-guests-csv",
    label: "Inactive guest report (CSV)",
    sniff: |head| {
        let header = Header::read(head, &COLUMNS);
        let inactive =
            any_with(head, &["inactive"]) || any_with(head, &["inactivity"]) || any_with(head, &["days", "signin"]);
        !is_log(head) && inactive && header.count() >= 2 && header.has_any(&[A::Upn, A::Mail, A::Name, A::Id])
    },
    begin: |head| TableRows::new(EntityKind::Person, Header::read(head, &COLUMNS)).importer(head),
};

pub(super) const COLUMNS: Columns = Columns {
    known: &[],
    guesses: &[
        (A::Upn, &["user principal name", "upn", "principal name", "username"]),
        (A::Mail, &["email", "mail", "email address"]),
        (A::Name, &["display name", "name", "guest", "user", "user name", "guest name"]),
        (A::Id, &["object id", "id", "user id", "guest id"]),
        (A::LastSignIn, &["last signin", "last interactive signin", "last login", "last activity", "last active"]),
        (A::LastNonInteractiveSignIn, &["last non interactive signin", "last noninteractive signin"]),
        (A::LastSuccessfulSignIn, &["last successful signin"]),
        (
            A::InactiveDays,
            &["inactive days", "days inactive", "days since last signin", "inactivity days", "inactivity"],
        ),
        (A::Created, &["created", "creation", "created date", "creation date", "account created"]),
        (A::Activity, &["activity state", "activity status", "state", "status", "active", "inactive"]),
        (A::InvitationState, &["invitation state", "invitation status", "external user state", "redemption status"]),
        (A::AccountEnabled, &["account enabled", "enabled"]),
        (A::Company, &["company", "company name", "organization"]),
        (A::UserType, &["user type"]),
    ],
};
