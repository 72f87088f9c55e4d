//! Requests for an access package, the portal's download. Its columns are not documented: they are guessed.

use super::{
    columns as c,
    header::{Columns, Header, any_with, is_log},
    table_csv::{TableRows, mention, mention_target},
};
use crate::{
    import::Format,
    model::{Attribute as A, EntityKind},
};

/// Requests.
pub(in crate::import) const FORMAT: Format = Format {
    id: "requests-csv",
    label: "Access package requests (CSV)",
    sniff: |head| {
        let header = Header::read(head, &COLUMNS);
        let asked = ["request", "requests", "requested", "requestor", "requester"];
        let whose = [A::RequestorId, A::RequestorName, A::RequestorUpn, A::RequestorMail];
        !is_log(head)
            && asked.iter().any(|word| any_with(head, &[word]))
            && header.has_any(&whose)
            && header.has_any(&[A::State, A::RequestType, A::PackageId, A::PackageName, A::PolicyName])
            && header.count() >= 3
    },
    begin: |head| {
        let rows = TableRows::new(EntityKind::Request, Header::read(head, &COLUMNS)).with(|draft, row| {
            let requestor = [
                (A::RequestorId, A::Id),
                (A::RequestorName, A::Name),
                (A::RequestorUpn, A::Upn),
                (A::RequestorMail, A::Mail),
            ];
            mention(draft, row, &requestor);
            mention_target(draft, row);
        });
        rows.importer(head)
    },
};

pub(super) const COLUMNS: Columns = Columns {
    known: &[],
    guesses: &[
        (A::Id, &["request id", "id"]),
        (A::AssignmentId, &["assignment id"]),
        (
            A::RequestorName,
            &[
                "requestor",
                "requester",
                "requested by",
                "requestor name",
                "requestor display name",
                "user",
                "user name",
                "name",
                "display name",
            ],
        ),
        (A::RequestorUpn, &["requestor upn", "requestor principal name", "user principal name", "upn", "username"]),
        (A::RequestorMail, &["requestor email", "requester email", "email", "mail", "email address"]),
        (A::RequestorId, &["requestor id", "requestor object id", "user id", "object id"]),
        (A::TargetName, &["requested for", "target", "assigned to"]),
        c::PACKAGE,
        c::PACKAGE_ID,
        c::POLICY,
        c::POLICY_ID,
        c::CATALOG,
        (A::RequestType, &["request type", "type", "action"]),
        (A::State, &["request status", "request state", "status", "state"]),
        (A::Status, &["substatus", "sub status", "request substatus", "status detail", "status details"]),
        (
            A::Created,
            &["requested", "requested on", "request date", "submitted", "created", "request created", "request"],
        ),
        (A::Completed, &["completed", "completed date", "decided", "processed"]),
        c::JUSTIFICATION,
        c::STARTED,
        c::ENDS,
        c::ORGANIZATION,
    ],
};
