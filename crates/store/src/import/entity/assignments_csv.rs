//! Assignments of an access package: the portal's download, and the table of a documented script.
//!
//! The script's names are known (Microsoft's page on assignments, `select-object -Property Id,{$_.Target.id},…`:
//! PowerShell names such columns after their text). The portal's are not: they are guessed.

use super::{
    columns as c,
    header::{Columns, Header, any_with, is_log},
    table_csv::{TableRows, mention_target},
    uniform::is_state,
};
use crate::{
    import::{Format, sniff::Head},
    model::{Attribute as A, EntityKind},
};

/// Assignments.
pub(in crate::import) const FORMAT: Format = Format {
    id: "assignments-csv",
    label: "Access package assignments (CSV)",
    sniff: |head| {
        let header = Header::read(head, columns(head));
        let whose = header.has_any(&[A::TargetId, A::TargetName, A::TargetUpn, A::TargetMail]);
        let what = header.has_any(&[A::PackageId, A::PackageName, A::PolicyId, A::PolicyName])
            || any_with(head, &["assignment"])
            || has_state(head, &header);
        is_script(head) || (!is_log(head) && whose && what && header.count() >= 3)
    },
    begin: |head| {
        TableRows::new(EntityKind::Assignment, Header::read(head, columns(head))).with(mention_target).importer(head)
    },
};

/// Whether the column taken for the state holds one: names like "Status" say little.
fn has_state(head: &Head, header: &Header) -> bool {
    let cell = header.position(A::State).and_then(|at| head.first_row().get(at));
    cell.is_some_and(|cell| is_state(cell.trim_ascii()))
}

fn is_script(head: &Head) -> bool {
    head.header().iter().any(|name| name.starts_with(b"$_.Target."))
}

fn columns(head: &Head) -> &'static Columns {
    if is_script(head) { &SCRIPT } else { &PORTAL }
}

pub(super) const SCRIPT: Columns = Columns {
    known: &[
        ("id", A::Id),
        // A subject has an id of its own, which is not the directory object's.
        ("targetid", A::SubjectId),
        ("targetobjectid", A::TargetId),
        ("targetdisplayname", A::TargetName),
        ("targetprincipalname", A::TargetUpn),
        ("targetemail", A::TargetMail),
    ],
    guesses: PORTAL.guesses,
};

pub(super) const PORTAL: Columns = Columns {
    known: &[],
    guesses: &[
        c::TARGET_ID,
        c::TARGET_NAME,
        c::TARGET_UPN,
        c::TARGET_MAIL,
        (A::Id, &["assignment id", "id"]),
        c::PACKAGE,
        c::PACKAGE_ID,
        c::POLICY,
        c::POLICY_ID,
        c::CATALOG,
        c::CATALOG_ID,
        (A::State, &["status", "state", "assignment status", "assignment state"]),
        c::STARTED,
        c::ENDS,
        (A::Expired, &["expired", "expired date"]),
        (A::TargetType, &["type", "user type", "subject type"]),
        c::ORGANIZATION,
    ],
};
