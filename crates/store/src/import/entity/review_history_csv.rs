//! The review history report. Source: Microsoft's page "Create and manage downloadable access review history
//! report" (2025), 30 columns; an import schema of the same file has four more at its end.

use super::{
    header::{Columns, Header, plain},
    table_csv::{TableRows, mention_target},
};
use crate::{
    import::{Format, draft::Draft},
    model::{Attribute as A, EntityKind, Origin},
};

/// Decisions of past and current reviews.
pub(in crate::import) const FORMAT: Format = Format {
    id: "review-history-csv",
    label: "Access review history (CSV)",
    sniff: |head| {
        const SIGNS: [&str; 4] = ["reviewresult", "principalid", "reviewname", "submissionresult"];
        let names: Vec<String> = head.header().iter().map(|name| plain(&String::from_utf8_lossy(name))).collect();
        let has = |name: &str| names.iter().any(|own| own == name);
        has("accessreviewid") && SIGNS.iter().any(|sign| has(sign))
    },
    begin: |head| {
        let rows = TableRows::new(EntityKind::Decision, Header::read(head, &COLUMNS)).with(|draft, row| {
            mention_target(draft, row);
            mention_review(draft, row);
        });
        rows.importer(head)
    },
};

/// The review is a row of its own, the same for all of its decisions.
fn mention_review(draft: &mut Draft, row: usize) {
    const SHARED: [A; 12] = [
        A::SeriesId,
        A::ReviewType,
        A::ResourceName,
        A::ResourceId,
        A::Created,
        A::Started,
        A::Ends,
        A::Status,
        A::OwnerId,
        A::OwnerName,
        A::OwnerUpn,
        A::TotalStages,
    ];
    let review = draft.open_row(EntityKind::Review, Origin::Mentioned);
    for (from, to) in [(A::ReviewId, A::Id), (A::ReviewName, A::Name)].into_iter().chain(SHARED.map(|own| (own, own))) {
        let code = draft.rows.row(row).code(from);
        draft.rows.row(review).set(to, code);
    }
    let times = &draft.rows.row(row).times;
    let times: Vec<(A, i64)> = times.iter().filter(|(own, _)| SHARED.contains(own)).copied().collect();
    draft.rows.row(review).times.extend(times);
}

pub(super) const COLUMNS: Columns = Columns {
    known: &[
        ("accessreviewid", A::ReviewId),
        ("accessreviewseriesid", A::SeriesId),
        ("reviewtype", A::ReviewType),
        ("resourcedisplayname", A::ResourceName),
        ("resourceid", A::ResourceId),
        ("reviewname", A::ReviewName),
        ("createddatetime", A::Created),
        ("reviewstartdate", A::Started),
        ("reviewenddate", A::Ends),
        ("reviewstatus", A::Status),
        ("ownerid", A::OwnerId),
        ("ownername", A::OwnerName),
        ("ownerupn", A::OwnerUpn),
        ("principalid", A::TargetId),
        ("principalname", A::TargetName),
        ("principalupn", A::TargetUpn),
        ("principaltype", A::TargetType),
        ("reviewdate", A::Reviewed),
        ("reviewresult", A::Decision),
        ("justification", A::Justification),
        ("reviewerid", A::ReviewerId),
        ("reviewername", A::ReviewerName),
        ("reviewerupn", A::ReviewerUpn),
        ("revieweremailaddress", A::ReviewerMail),
        ("appliedbyname", A::AppliedByName),
        ("appliedbyupn", A::AppliedByUpn),
        ("appliedbyemailaddress", A::AppliedByMail),
        ("applieddate", A::Applied),
        ("accessrecommendation", A::Recommendation),
        ("submissionresult", A::ApplyResult),
        ("stage", A::Stage),
        ("totalstages", A::TotalStages),
        ("lastmultistagedecision", A::LastStageDecision),
        ("lastsignindate", A::LastSignIn),
    ],
    guesses: &[],
};
