//! What a Graph page or record is about, by its `@odata.context`, its `@odata.type` or its keys.

use crate::{
    import::sniff::{Head, Shape},
    model::{EntityKind, Origin},
};

/// What a record is.
pub(super) type Subject = (EntityKind, Origin);

/// The last segment of a context's path, in lower case: of `…#users(displayName)` it is `users`, of
/// `…/definitions('x')/instances('y')/decisions/$entity` it is `decisions`.
pub(super) fn segment(context: &str) -> String {
    let path = context.rsplit('#').next().unwrap_or_default();
    let path = path.split('?').next().unwrap_or_default();
    let (mut plain, mut depth) = (String::new(), 0_u32);
    for c in path.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let plain = plain.to_lowercase();
    let plain = plain.trim_end_matches('/').trim_end_matches("/$entity");
    plain.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The last part of a type's name, in lower case: of `#microsoft.graph.user` it is `user`.
pub(super) fn type_name(odata_type: &str) -> String {
    odata_type.rsplit('.').next().unwrap_or_default().to_lowercase()
}

/// Whether a record is one of a log.
pub(super) fn is_log(record: &Shape) -> bool {
    const SIGNS: [&str; 12] = [
        "activitydisplayname",
        "activitydatetime",
        "operationname",
        "appdisplayname",
        "ipaddress",
        "correlationid",
        "clientappused",
        "auditdata",
        "recordtype",
        "loggedbyservice",
        "targetresources",
        "initiatedby",
    ];
    SIGNS.iter().any(|sign| record.has(sign))
}

/// Whether a file is JSON of which `like` knows a page's context or a record.
pub(super) fn is_json_of(head: &Head, like: impl Fn(&str, &Shape) -> bool) -> bool {
    let page = segment(head.context());
    head.is_json()
        && !head.is_tables()
        && !head.any_record(is_log)
        && (like(&page, &Shape::default()) || head.any_record(|record| like(&own_segment(&page, record), record)))
}

/// The segment of a record's own context, else of its page's.
pub(super) fn own_segment(page: &str, record: &Shape) -> String {
    if record.context().is_empty() { page.to_owned() } else { segment(record.context()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_last_segment() {
        let check = |context: &str, expected: &str| assert_eq!(segment(context), expected);
        check("https://graph.microsoft.com/beta/$metadata#users(displayName,signInActivity)", "users");
        check("https://graph.microsoft.com/beta/users?$filter=startswith(displayName,'Eric')&$select=id", "users");
        check(
            "https://graph.microsoft.com/v1.0/$metadata#identityGovernance/accessReviews/definitions('5e')/instances('64')/decisions/$entity",
            "decisions",
        );
        assert_eq!(type_name("#microsoft.graph.accessPackageAssignment"), "accesspackageassignment");
    }
}
