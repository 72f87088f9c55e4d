//! Words that files spell differently, in the spelling of Microsoft Graph v1.0.

use crate::model::Attribute;
use std::borrow::Cow;

/// States of assignments, requests, catalogs and organizations.
/// Source: Graph v1.0 reference, `accessPackageAssignmentState`, `accessPackageRequestState`,
/// `accessPackageCatalogState`, `connectedOrganizationState`.
const STATES: &[&str] = &[
    "delivering",
    "partiallyDelivered",
    "delivered",
    "expired",
    "deliveryFailed",
    "submitted",
    "pendingApproval",
    "denied",
    "scheduled",
    "canceled",
    "configured",
    "proposed",
    "published",
    "unpublished",
];
/// Source: Graph v1.0 reference, `accessPackageRequestType`.
const REQUEST_TYPES: &[&str] = &[
    "userAdd",
    "userUpdate",
    "userRemove",
    "adminAdd",
    "adminUpdate",
    "adminRemove",
    "systemAdd",
    "systemUpdate",
    "systemRemove",
    "onBehalfAdd",
];
/// Source: Graph reference, `accessReviewInstanceDecisionItem`.
const DECISIONS: &[&str] = &["Approve", "Deny", "NotReviewed", "DontKnow"];

/// The uniform word of a value.
pub(super) fn uniform(attribute: Attribute, text: &[u8]) -> Cow<'_, [u8]> {
    use Attribute as A;
    let words = match attribute {
        A::State => STATES,
        A::RequestType => REQUEST_TYPES,
        A::Decision => DECISIONS,
        A::UserType => &["Guest", "Member"],
        A::SubjectType | A::TargetType => &["user", "group", "servicePrincipal"],
        A::CatalogType => &["userManaged", "serviceDefault", "serviceManaged"],
        A::AccountEnabled
        | A::DirectorySynced
        | A::IsExtended
        | A::ValidationOnly
        | A::Hidden
        | A::CanExtend
        | A::ApprovalRequired
        | A::ExtensionApprovalRequired
        | A::JustificationRequired
        | A::ExternallyVisible
        | A::IsRootScope => return flag(text),
        _ => return Cow::Borrowed(text),
    };
    if words.iter().any(|word| word.as_bytes() == text) {
        return Cow::Borrowed(text);
    }
    let plain: Vec<u8> = text.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase).collect();
    let plain: &[u8] = match (attribute, plain.as_slice()) {
        (A::State, b"cancelled") => b"canceled",
        (A::Decision, b"approved") => b"approve",
        (A::Decision, b"denied") => b"deny",
        (_, plain) => plain,
    };
    let found = words.iter().find(|word| word.as_bytes().eq_ignore_ascii_case(plain));
    Cow::Borrowed(found.map_or(text, |word| word.as_bytes()))
}

/// `true` or `false`.
fn flag(text: &[u8]) -> Cow<'_, [u8]> {
    let is = |words: &[&[u8]]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    Cow::Borrowed(match () {
        () if is(&[b"true", b"yes"]) => b"true",
        () if is(&[b"false", b"no"]) => b"false",
        () => text,
    })
}

/// Whether a text stands for no value where a date is due.
pub(super) fn is_no_date(text: &[u8]) -> bool {
    const WORDS: [&[u8]; 9] = [b"null", b"-", b"--", b"n/a", b"na", b"none", b"never", b"<null>", b"unknown"];
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Whether an assignment can be in such a state.
pub(super) fn is_state(text: &[u8]) -> bool {
    let word = uniform(Attribute::State, text);
    STATES[..5].iter().chain(["scheduled"].iter()).any(|state| state.as_bytes() == &*word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speaks_as_graph_does() {
        let check = |attribute, text: &str, expected: &str| {
            assert_eq!(String::from_utf8_lossy(&uniform(attribute, text.as_bytes())), expected);
        };
        check(Attribute::State, "Partially delivered", "partiallyDelivered");
        check(Attribute::State, "PendingApproval", "pendingApproval");
        check(Attribute::State, "Something new", "Something new");
        check(Attribute::RequestType, "UserAdd", "userAdd");
        check(Attribute::Decision, "Not reviewed", "NotReviewed");
        check(Attribute::Decision, "Denied", "Deny");
        check(Attribute::AccountEnabled, "True", "true");
        check(Attribute::UserType, "guest", "Guest");
        assert!(is_state(b"Delivered") && !is_state(b"Success"));
    }
}
