//! Access reviews.
//!
//! Source: Microsoft Graph reference, `accessReviewScheduleDefinition`, `accessReviewInstance`,
//! `accessReviewStage`, `accessReviewInstanceDecisionItem`, v1.0 and beta.

use super::{Act, Links, common, subjects::person};
use crate::model::{
    Attribute as A,
    EntityKind::{Decision, Person, Review},
    List,
};

/// A definition, an instance or a stage.
pub(in crate::import::entity) fn review(key: &[u8]) -> Act {
    match key {
        b"status" => Act::Put(A::Status),
        b"startdatetime" | b"startdate" => Act::Put(A::Started),
        b"enddatetime" | b"enddate" => Act::Put(A::Ends),
        b"descriptionforadmins" => Act::Put(A::Description),
        b"scope" => Act::Into(query),
        b"createdby" => Act::Into(owner),
        b"reviewers" | b"contactedreviewers" => Act::List(List::Reviewer),
        b"instances" => Act::Rows(Review, review, &[(A::Id, A::SeriesId), (A::Name, A::Name)]),
        b"decisions" => Act::Rows(Decision, decision, &[(A::Id, A::ReviewId), (A::Name, A::ReviewName)]),
        _ => common(key),
    }
}

fn query(key: &[u8]) -> Act {
    match key {
        b"query" => Act::Put(A::Scope),
        b"@odata.type" => Act::Skip,
        _ => Act::Keep,
    }
}

fn owner(key: &[u8]) -> Act {
    match key {
        b"id" => Act::Put(A::OwnerId),
        b"displayname" => Act::Put(A::OwnerName),
        b"userprincipalname" => Act::Put(A::OwnerUpn),
        _ => Act::Keep,
    }
}

/// A decision item.
pub(in crate::import::entity) fn decision(key: &[u8]) -> Act {
    const PRINCIPAL: Links = &[(A::Id, A::TargetId), (A::Name, A::TargetName), (A::Upn, A::TargetUpn)];
    match key {
        b"accessreviewid" => Act::Put(A::ReviewId),
        b"revieweddatetime" => Act::Put(A::Reviewed),
        b"decision" => Act::Put(A::Decision),
        b"justification" => Act::Put(A::Justification),
        b"applieddatetime" => Act::Put(A::Applied),
        b"applyresult" => Act::Put(A::ApplyResult),
        b"recommendation" => Act::Put(A::Recommendation),
        b"reviewedby" => Act::Into(reviewer),
        b"appliedby" => Act::Into(applied_by),
        b"principal" => Act::Row(Person, principal, PRINCIPAL),
        b"target" => Act::Into(target),
        b"resource" => Act::Into(resource),
        b"instance" => Act::Into(instance),
        _ => common(key),
    }
}

/// A sponsor's answer about a guest, see `sponsor_answers`.
pub(in crate::import::entity) fn answer(key: &[u8]) -> Act {
    match key {
        b"sponsoranswer" => Act::Put(A::Decision),
        b"answereddatetime" => Act::Put(A::Reviewed),
        b"comment" => Act::Put(A::Justification),
        b"guestid" => Act::Put(A::TargetId),
        b"guestupn" => Act::Put(A::TargetUpn),
        b"guestmail" => Act::Put(A::TargetMail),
        b"guestname" => Act::Put(A::TargetName),
        b"sheetid" => Act::Put(A::ReviewId),
        b"sheetname" => Act::Put(A::ReviewName),
        b"sheetfrom" => Act::Put(A::Started),
        b"sponsorid" => Act::Put(A::ReviewerId),
        b"sponsorupn" => Act::Put(A::ReviewerUpn),
        b"sponsormail" => Act::Put(A::ReviewerMail),
        b"sponsorname" => Act::Put(A::ReviewerName),
        _ => Act::Keep,
    }
}

fn principal(key: &[u8]) -> Act {
    match key {
        b"@odata.type" | b"odata.type" => Act::Skip,
        b"type" => Act::Put(A::SubjectType),
        _ => person(key),
    }
}

fn reviewer(key: &[u8]) -> Act {
    match key {
        b"id" => Act::Put(A::ReviewerId),
        b"displayname" => Act::Put(A::ReviewerName),
        b"userprincipalname" => Act::Put(A::ReviewerUpn),
        _ => Act::Keep,
    }
}

fn applied_by(key: &[u8]) -> Act {
    match key {
        b"id" => Act::Put(A::AppliedById),
        b"displayname" => Act::Put(A::AppliedByName),
        b"userprincipalname" => Act::Put(A::AppliedByUpn),
        _ => Act::Keep,
    }
}

fn target(key: &[u8]) -> Act {
    match key {
        b"userid" => Act::Put(A::TargetId),
        b"userdisplayname" => Act::Put(A::TargetName),
        b"userprincipalname" => Act::Put(A::TargetUpn),
        b"@odata.type" => Act::Type(A::TargetType),
        _ => Act::Keep,
    }
}

fn resource(key: &[u8]) -> Act {
    match key {
        b"id" => Act::Put(A::ResourceId),
        b"displayname" => Act::Put(A::ResourceName),
        b"type" => Act::Put(A::ResourceType),
        b"@odata.type" | b"odata.type" => Act::Skip,
        _ => Act::Keep,
    }
}

fn instance(key: &[u8]) -> Act {
    match key {
        b"id" => Act::Put(A::ReviewId),
        b"startdate" | b"startdatetime" => Act::Put(A::Started),
        b"enddate" | b"enddatetime" => Act::Put(A::Ends),
        b"definition" => Act::Into(definition),
        _ => Act::Keep,
    }
}

fn definition(key: &[u8]) -> Act {
    match key {
        b"id" => Act::Put(A::SeriesId),
        b"displayname" => Act::Put(A::ReviewName),
        _ => Act::Keep,
    }
}
