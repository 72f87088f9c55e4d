//! Results of one access review, "Download". That they are a CSV in UTF-8 is documented ("Complete an access
//! review"), the columns are not: they are guessed.

use super::{
    columns as c,
    header::{Columns, Header, is_log},
    table_csv::{TableRows, mention_target},
};
use crate::{
    import::Format,
    model::{Attribute as A, EntityKind},
};

/// Results of a review.
pub(in crate::import) const FORMAT: Format = Format {
    id: "review-results-csv",
    label: "Access review results (CSV)",
    sniff: |head| {
        let header = Header::read(head, &COLUMNS);
        let signs = [
            &[A::Decision][..],
            &[A::ReviewerName, A::ReviewerUpn, A::ReviewerMail, A::ReviewerId],
            &[A::Recommendation],
            &[A::ApplyResult, A::AppliedByName, A::Applied],
        ];
        let reviewed = header.has_any(signs[0]) || header.has_any(signs[1]);
        !is_log(head)
            && reviewed
            && signs.iter().filter(|sign| header.has_any(sign)).count() >= 2
            && header.has_any(&[A::TargetId, A::TargetName, A::TargetUpn, A::TargetMail])
    },
    begin: |head| {
        TableRows::new(EntityKind::Decision, Header::read(head, &COLUMNS)).with(mention_target).importer(head)
    },
};

pub(super) const COLUMNS: Columns = Columns {
    known: &[],
    guesses: &[
        c::TARGET_ID,
        c::TARGET_NAME,
        c::TARGET_UPN,
        c::TARGET_MAIL,
        (A::TargetType, &["user type", "type", "principal type"]),
        (A::Decision, &["decision", "outcome", "review result", "result", "review outcome", "review decision"]),
        c::JUSTIFICATION,
        (A::ReviewerName, &["reviewed by", "reviewer", "reviewer name"]),
        (A::ReviewerUpn, &["reviewer upn", "reviewer user principal name"]),
        (A::ReviewerMail, &["reviewer email", "reviewer email address"]),
        (A::ReviewerId, &["reviewer id", "reviewer object id"]),
        (A::Reviewed, &["reviewed", "review date", "reviewed date", "decision date", "reviewed on"]),
        (A::Recommendation, &["recommendation", "recommended action", "recommended", "access recommendation"]),
        (A::ApplyResult, &["apply result", "applied result", "application result", "apply status"]),
        (A::AppliedByName, &["applied by"]),
        (A::Applied, &["applied", "applied on", "applied date"]),
        (A::ReviewName, &["review name", "access review", "review"]),
        (A::ResourceName, &["resource", "resource name", "group", "group name", "application", "role"]),
        (A::LastSignIn, &["last signin"]),
    ],
};
