//! The name by which a reader best knows an actor or a target.

use crate::{
    model::{Column, TargetColumn},
    store::Store,
};
use std::borrow::Cow;

/// Words that stand where a name should be.
/// Source: Microsoft Graph samples of directory audits.
const NO_NAME: [&str; 4] = ["NotSet", "N/A", "null", "<null>"];

/// The actor's display name, else mail address or user principal name, else application, else id.
pub(super) fn actor(store: &Store, event: usize) -> Option<String> {
    let text = |column| store.text(event, column);
    best(&text(Column::ActorName), &text(Column::ActorUpn))
        .or_else(|| best(&text(Column::ActorServicePrincipalName), &text(Column::Actor)))
}

/// The target's display name, else mail address or user principal name, else id.
pub(super) fn target(store: &Store, target: usize) -> Option<String> {
    let text = |column| store.target_text(target, column);
    best(&text(TargetColumn::Name), &text(TargetColumn::Upn))
        .or_else(|| Some(text(TargetColumn::Id).into_owned()).filter(|id| !id.is_empty()))
}

fn best(name: &str, upn: &str) -> Option<String> {
    if let Some(mail) = redeemer(name).or_else(|| redeemer(upn)) {
        return Some(mail.into());
    }
    if !name.is_empty() && !NO_NAME.contains(&name) {
        return Some(address(name).into_owned());
    }
    (!upn.is_empty()).then(|| address(upn).into_owned())
}

/// The e-mail address in the sentence `UPN: .., Email: .., InvitationId: ..` that redemptions hold in
/// a target's name or user principal name.
pub(super) fn redeemer(text: &str) -> Option<&str> {
    let after = |key: &str| {
        let rest = &text[text.find(key)? + key.len()..];
        let value = rest.split(',').next()?.trim();
        (!value.is_empty()).then_some(value)
    };
    text.starts_with("UPN:").then(|| after("Email:").or_else(|| after("UPN:"))).flatten()
}

/// The mail address behind a guest's user principal name `dana_fabrikam.example#EXT#@...`; anything
/// else as it is.
pub(super) fn address(upn: &str) -> Cow<'_, str> {
    let upn = without_deletion_mark(upn);
    let external = upn
        .char_indices()
        .map(|(at, _)| at)
        .find(|&at| upn.as_bytes().get(at..at + 5).is_some_and(|part| part.eq_ignore_ascii_case(b"#EXT#")));
    match external.and_then(|end| upn[..end].rsplit_once('_')) {
        Some((user, domain)) if !user.is_empty() && domain.contains('.') => Cow::Owned(format!("{user}@{domain}")),
        _ => Cow::Borrowed(upn),
    }
}

/// A user principal name without the object id, 32 hexadecimal digits, that deleting a user puts before it.
pub(super) fn without_deletion_mark(upn: &str) -> &str {
    const MARK: usize = 32;
    let is_marked = upn.len() > MARK && upn.contains('@') && upn.bytes().take(MARK).all(|b| b.is_ascii_hexdigit());
    if is_marked { &upn[MARK..] } else { upn }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_redeem_sentence() {
        let text = "UPN: d_f.example#EXT#@contoso.com, Email: d@f.example, InvitationId: 1, Source: One Time Passcode";
        assert_eq!(redeemer(text), Some("d@f.example"));
        assert_eq!(redeemer("UPN: d@f.example"), Some("d@f.example"));
        assert_eq!(redeemer("Adele"), None);
    }

    #[test]
    fn prefers_a_name_then_an_address() {
        let check = |name: &str, upn: &str, expect: Option<&str>| assert_eq!(best(name, upn).as_deref(), expect);
        check("Adele Vance", "adele@contoso.com", Some("Adele Vance"));
        check("NotSet", "adele@contoso.com", Some("adele@contoso.com"));
        check("", "dana_fabrikam.example#EXT#@contoso.onmicrosoft.com", Some("dana@fabrikam.example"));
        check("", "a_b_fabrikam.example#ext#@x", Some("a_b@fabrikam.example"));
        check("", "é#EXT#@x", Some("é#EXT#@x"));
        check("", "", None);
        let deleted = "000a4b8b30f352c7b90e58c467e3c817mallory_evil.example#EXT#@contoso.com";
        check("", deleted, Some("mallory@evil.example"));
        check("nora_woodgrove.example#EXT#", "", Some("nora@woodgrove.example"));
    }
}
