//! Texts of files as rules compare them: values of changes without their JSON, addresses behind guests'
//! user principal names.

use crate::identity::text::Lower as _;
use std::borrow::Cow;

/// A modified property's value without quotes and brackets: `"\"Member\""`, `["Member"]` and `Member`
/// are all Member. Several values are joined by commas.
pub fn plain(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if !text.starts_with(['"', '[']) {
        return Cow::Borrowed(text);
    }
    match serde_json::from_str(text) {
        Ok(serde_json::Value::String(inner)) if inner.len() < text.len() => Cow::Owned(plain(&inner).into_owned()),
        Ok(serde_json::Value::Array(all)) => {
            let word = |value: &serde_json::Value| match value {
                serde_json::Value::String(text) => plain(text).into_owned(),
                other => other.to_string(),
            };
            Cow::Owned(all.iter().map(word).collect::<Vec<_>>().join(", "))
        }
        _ => Cow::Borrowed(text),
    }
}

/// Whether a user principal name is that of a guest.
pub fn is_external(upn: &str) -> bool {
    external_at(upn).is_some()
}

fn external_at(upn: &str) -> Option<usize> {
    let is_mark = |at: &usize| upn.as_bytes()[*at..].get(..5).is_some_and(|part| part.eq_ignore_ascii_case(b"#EXT#"));
    upn.match_indices('#').map(|(at, _)| at).find(is_mark)
}

/// The address behind `dana_fabrikam.example#EXT#@...`, without the 32 hexadecimal digits that deleting a
/// user puts before it; lower case. Anything else in lower case as it is.
pub fn address(upn: &str) -> String {
    let marked = upn.len() > 32 && upn.contains('@') && upn.bytes().take(32).all(|byte| byte.is_ascii_hexdigit());
    let upn = if marked { &upn[32..] } else { upn };
    let external = external_at(upn).and_then(|end| upn[..end].rsplit_once('_'));
    match external {
        Some((user, domain)) if !user.is_empty() && domain.contains('.') => format!("{user}@{domain}").lower(),
        _ => upn.lower(),
    }
}

/// The domain of an address, lower case; empty where there is none.
pub fn domain(address: &str) -> String {
    address.rsplit_once('@').map_or(String::new(), |(_, domain)| domain.lower())
}

/// Words of a list that is separated by commas, semicolons or line ends, in lower case.
pub fn words(list: &str) -> Vec<String> {
    list.split([',', ';', '\n']).map(|word| word.trim().lower()).filter(|word| !word.is_empty()).collect()
}

/// A length of time in words, for example `23 hours 30 minutes`; the two largest units.
pub fn length(ticks: i64) -> String {
    use crate::time::{DAY, HOUR, MINUTE, SECOND};
    let units = [(DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"), (SECOND, "second")];
    let mut rest = ticks.max(0);
    let mut parts = Vec::new();
    for (size, name) in units {
        let count = rest / size;
        rest %= size;
        if count > 0 {
            parts.push(format!("{count} {name}{}", if count == 1 { "" } else { "s" }));
        } else if !parts.is_empty() {
            break;
        }
        if parts.len() == 2 {
            break;
        }
    }
    if parts.is_empty() { "less than a second".into() } else { parts.join(" ") }
}

/// A count with its noun: `1 event`, `2 events`.
pub fn count(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", crate::number::thousands(number as u64), if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{HOUR, MINUTE, SECOND};

    #[test]
    fn values_lose_their_json() {
        for text in [r#""Member""#, r#""\"Member\"""#, r#"["Member"]"#, "Member", r#" "[\"Member\"]" "#] {
            assert_eq!(plain(text), "Member", "{text}");
        }
        assert_eq!(plain("[not json"), "[not json");
        assert_eq!(plain(r#"["a",1]"#), "a, 1");
        assert_eq!(plain("\""), "\"");
    }

    #[test]
    fn addresses_behind_names() {
        assert_eq!(address("Dana_fabrikam.example#EXT#@contoso.com"), "dana@fabrikam.example");
        assert_eq!(address("000a4b8b30f352c7b90e58c467e3c817a_b_evil.example#ext#@c.com"), "a_b@evil.example");
        assert_eq!(address("é#EXT#@x"), "é#ext#@x");
        assert_eq!(domain("a@B.example"), "b.example");
        assert_eq!(words(" A@b.c ; d,\n"), ["a@b.c", "d"]);
    }

    #[test]
    fn lengths_have_two_units() {
        assert_eq!(length(23 * HOUR + 30 * MINUTE), "23 hours 30 minutes");
        assert_eq!(length(HOUR + 5 * SECOND), "1 hour");
        assert_eq!(length(0), "less than a second");
        assert_eq!(count(1, "event"), "1 event");
    }
}
