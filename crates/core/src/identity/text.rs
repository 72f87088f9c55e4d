//! What names say by themselves: a guest's user principal name, that of a deleted user, and the
//! sentence that redemptions hold in a target's name.

use std::borrow::Cow;

/// Hexadecimal digits of the object id, without hyphens, that deleting a user puts before the name.
/// Source: Azure Sentinel rules that parse `Delete user` events.
const DELETION_MARK: usize = 32;

/// The sentence `UPN: .., Email: .., InvitationId: .., Source: ..` of a redemption.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sentence<'a> {
    /// User principal name; empty where there is none, as are the others.
    pub upn: &'a str,
    /// The e-mail address that the invitation was redeemed with.
    pub mail: &'a str,
    /// The invitation.
    pub invitation: &'a str,
    /// How the guest proved who they are, for example `One Time Passcode`.
    pub source: &'a str,
}

/// Reads the sentence of a redemption.
pub fn sentence(text: &str) -> Option<Sentence<'_>> {
    if !text.starts_with("UPN:") {
        return None;
    }
    let mut found = Sentence::default();
    for part in text.split(',') {
        let Some((key, value)) = part.split_once(':') else { continue };
        let value = value.trim();
        match key.trim() {
            "UPN" => found.upn = value,
            "Email" => found.mail = value,
            "InvitationId" => found.invitation = value,
            "Source" => found.source = value,
            _ => {}
        }
    }
    (!found.upn.is_empty() || !found.mail.is_empty()).then_some(found)
}

/// A user principal name apart from the object id, 32 hexadecimal digits, that a deletion put before it;
/// the id with its hyphens.
pub fn deletion_mark(upn: &str) -> Option<(String, &str)> {
    let is_marked = upn.len() > DELETION_MARK + 1
        && upn.contains('@')
        && upn.bytes().take(DELETION_MARK).all(|byte| byte.is_ascii_hexdigit())
        && upn.as_bytes()[DELETION_MARK] != b'@';
    is_marked.then(|| (hyphened(&upn[..DELETION_MARK]), &upn[DELETION_MARK..]))
}

fn hyphened(digits: &str) -> String {
    let digits = digits.to_ascii_lowercase();
    [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
}

/// Where `#EXT#` stands.
pub fn external_at(upn: &str) -> Option<usize> {
    let bytes = upn.as_bytes();
    memchr::memchr_iter(b'#', bytes)
        .find(|at| bytes[*at..].get(..5).is_some_and(|part| part.eq_ignore_ascii_case(b"#EXT#")))
}

/// Whether it is the label of a guest in a redacted store: `guest-7F3K2`, `guest-7F3K2@org-9XQ2M`. No address
/// looks so, as its domain has a dot.
pub fn is_guest_label(upn: &str) -> bool {
    let mut parts = upn.split('@');
    parts.next().is_some_and(|guest| is_label_of(guest, "guest")) && parts.all(|home| is_label_of(home, "org"))
}

fn is_label_of(text: &str, kind: &str) -> bool {
    let digits = text.strip_prefix(kind).and_then(|rest| rest.strip_prefix('-')).unwrap_or_default();
    is_code(digits)
}

fn is_code(digits: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (byte.is_ascii_uppercase() && !b"ILOU".contains(&byte));
    (4..=24).contains(&digits.len()) && digits.bytes().all(is_digit)
}

/// Lower case for ids, addresses and domains. Labels of a redacted store have one spelling, which stays.
pub trait Lower {
    /// The text as it is compared.
    fn lower(&self) -> String;
}

impl Lower for str {
    fn lower(&self) -> String {
        let is_label = |part: &str| {
            let parts = part.split_once('-');
            parts.is_some_and(|(kind, code)| kind.bytes().all(|byte| byte.is_ascii_lowercase()) && is_code(code))
        };
        match () {
            () if self.split('@').all(is_label) => self.to_owned(),
            () if self.is_ascii() => self.to_ascii_lowercase(),
            () => self.to_lowercase(),
        }
    }
}

/// A label of somebody that was typed in any letter case, in its own spelling; none for other text.
pub fn label_in_any_case(text: &str) -> Option<String> {
    let spelt = |part: &str| {
        let (kind, code) = part.split_once('-')?;
        Some(format!("{}-{}", kind.to_ascii_lowercase(), code.to_ascii_uppercase()))
    };
    let text = text.split('@').map(spelt).collect::<Option<Vec<_>>>()?.join("@");
    text.split('@').next().is_some_and(is_label).then_some(text)
}

/// Whether it is what stands for an object id of somebody in a redacted store.
fn is_label(text: &str) -> bool {
    ["guest", "member", "person", "object"].iter().any(|kind| is_label_of(text, kind))
}

/// An address as it is compared: lower case, without spaces around it; a guest's name whose tenant lost
/// its `@` gets it back.
pub fn folded(address: &str) -> String {
    let mut text = address.trim().lower();
    if let Some(end) = external_at(&text).map(|at| at + 5)
        && end < text.len()
        && text.as_bytes()[end] != b'@'
    {
        text.insert(end, '@');
    }
    text
}

/// The e-mail address behind `dana_fabrikam.example#EXT#@..`, and whether it is the only reading:
/// `user_name_fabrikam.example` may also stand for an address whose own underscores or other letters
/// were replaced.
pub fn home_address(upn: &str) -> Option<(String, bool)> {
    let local = &upn[..external_at(upn)?];
    let (user, domain) = local.rsplit_once('_')?;
    (!user.is_empty() && domain.contains('.')).then(|| (format!("{user}@{domain}"), !user.contains('_')))
}

/// The domain of an address, in lower case; empty where there is none.
pub fn domain(address: &str) -> String {
    let address = match home_address(address) {
        Some((home, _)) => Cow::Owned(home),
        None => Cow::Borrowed(address),
    };
    address.rsplit_once('@').map(|(_, domain)| domain.trim().lower()).unwrap_or_default()
}

/// An object id in its usual spelling, whatever the letter case, braces or missing hyphens, or the label that
/// stands for one; none for other text and for the id of nothing.
pub fn guid(text: &str) -> Option<Cow<'_, str>> {
    if is_usual(text.as_bytes()) {
        return Some(Cow::Borrowed(text));
    }
    let text = text.trim().trim_start_matches('{').trim_end_matches('}');
    let digits: String = match text.len() {
        36 if text.is_ascii() && [8, 13, 18, 23].iter().all(|at| text.as_bytes()[*at] == b'-') => text.replace('-', ""),
        32 => text.to_owned(),
        _ => return is_label(text).then_some(Cow::Borrowed(text)),
    };
    let is_id = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_id && digits.bytes().any(|byte| byte != b'0')).then(|| Cow::Owned(hyphened(&digits)))
}

/// Whether it is an id in its usual spelling, and not that of nothing.
fn is_usual(text: &[u8]) -> bool {
    let is_right = |(at, byte): (usize, &u8)| match at {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
    };
    text.len() == 36 && text.iter().enumerate().all(is_right) && text.iter().any(|byte| !matches!(byte, b'0' | b'-'))
}

/// The text in a modified property's value: `"\"Guest\""`, `["Guest"]` and `Guest` all say Guest.
pub fn plain_value(value: &str) -> &str {
    value.trim_matches(|letter: char| matches!(letter, '[' | ']' | '"' | '\\') || letter.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_labels_of_guests() {
        assert!(is_guest_label("guest-7F3K2") && is_guest_label("guest-7F3K2@org-9XQ2M"));
        for text in [
            "",
            "guest-",
            "guest-user",
            "member-7F3K2",
            "guest-7F3K2@fabrikam.example",
            "Guest-7F3K2",
            "guest-7f3k2",
            "guest-7F3K2@org-a.b",
        ] {
            assert!(!is_guest_label(text), "{text}");
        }
    }

    #[test]
    fn reads_the_sentence() {
        let text =
            "UPN: d_f.example#EXT#@contoso.example, Email: d@f.example, InvitationId: 1, Source: One Time Passcode";
        let found = sentence(text).unwrap();
        assert_eq!((found.upn, found.mail), ("d_f.example#EXT#@contoso.example", "d@f.example"));
        assert_eq!((found.invitation, found.source), ("1", "One Time Passcode"));
        assert_eq!(sentence("UPN: , Email: "), None);
        assert_eq!(sentence("Dana"), None);
    }

    #[test]
    fn takes_a_deletion_mark_off() {
        let marked = "000a4b8b30f352c7b90e58c467e3c817mallory_evil.example#EXT#@contoso.example";
        let (id, upn) = deletion_mark(marked).unwrap();
        assert_eq!(id, "000a4b8b-30f3-52c7-b90e-58c467e3c817");
        assert_eq!(upn, "mallory_evil.example#EXT#@contoso.example");
        assert_eq!(deletion_mark("000a4b8b30f352c7b90e58c467e3c817@contoso.example"), None);
        assert_eq!(deletion_mark("dana@contoso.example"), None);
    }

    #[test]
    fn knows_home_addresses_and_their_doubt() {
        let home = |upn| home_address(upn);
        assert_eq!(home("dana_f.example#EXT#@c.example"), Some(("dana@f.example".into(), true)));
        assert_eq!(home("a_b_f.example#ext#@c.example"), Some(("a_b@f.example".into(), false)));
        assert_eq!(home("dana@f.example"), None);
        assert_eq!(home("localhost#EXT#@c.example"), None);
        assert_eq!(domain("a_b_F.example#EXT#@c.example"), "f.example");
        assert_eq!(domain("dana@Contoso.example"), "contoso.example");
        assert_eq!(domain("dana"), "");
    }

    #[test]
    fn folds_spellings() {
        assert_eq!(folded(" D_F.example#EXT#contoso.example "), "d_f.example#ext#@contoso.example");
        assert_eq!(folded("D@F.example"), "d@f.example");
        assert_eq!(folded("guest-7F3K2@org-9XQ2M"), "guest-7F3K2@org-9XQ2M");
        assert_eq!(folded("guest-7F3K2@F.example"), "guest-7f3k2@f.example");
        assert_eq!(domain("guest-7F3K2@org-9XQ2M"), "org-9XQ2M");
        assert_eq!(label_in_any_case("Guest-7f3k2@org-9xq2M").as_deref(), Some("guest-7F3K2@org-9XQ2M"));
        assert_eq!((label_in_any_case("dana@f.example"), label_in_any_case("group-7f3k2")), (None, None));
        assert_eq!(guid("{000A4B8B-30F3-52C7-B90E-58C467E3C817}").unwrap(), "000a4b8b-30f3-52c7-b90e-58c467e3c817");
        assert_eq!(guid("00000000-0000-0000-0000-000000000000"), None);
        assert_eq!(guid("123456789"), None);
        assert_eq!(guid("member-7F3K2").as_deref(), Some("member-7F3K2"));
        assert_eq!((guid("member-list"), guid("member-7F3K2@org-9XQ2M")), (None, None));
        assert_eq!(plain_value(r#"["Guest"]"#), "Guest");
        assert_eq!(plain_value(r#""\"x#EXT#@y\"""#), "x#EXT#@y");
    }
}
