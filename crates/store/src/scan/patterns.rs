//! Shapes that only identifiers have, known or not: addresses, ids, networks, tokens, links.

/// What a place looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// Something, `@`, a domain.
    Address,
    /// With hyphens, or 32 digits.
    Guid,
    /// IPv4 or IPv6, unless it is a network as reports name them.
    Network,
    /// A JSON web token.
    Token,
    /// Of a person or device.
    Sid,
    /// `onmicrosoft.com`.
    Tenant,
    /// `#EXT#` within a name.
    External,
    /// With a plus sign.
    Phone,
    /// To a host that reports do not name.
    Link,
}

impl Shape {
    /// What it is, in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Address => "an e-mail address",
            Self::Guid => "an object ID",
            Self::Network => "an IP address",
            Self::Token => "a token",
            Self::Sid => "a security identifier",
            Self::Tenant => "a tenant's domain",
            Self::External => "a guest's user principal name",
            Self::Phone => "a telephone number",
            Self::Link => "a link",
        }
    }
}

/// Hosts that reports may name: Microsoft's documentation and portals, and names of formats.
const HOSTS: [&str; 10] = [
    "learn.microsoft.com",
    "graph.microsoft.com",
    "entra.microsoft.com",
    "portal.azure.com",
    "myaccess.microsoft.com",
    "purview.microsoft.com",
    "www.w3.org",
    "schemas.openxmlformats.org",
    "schemas.microsoft.com",
    "purl.org",
];

/// Bytes of a GUID in its usual spelling or as 32 digits, in the order of the digits.
pub fn guid_bytes(text: &str) -> Option<[u8; 16]> {
    let text = text.as_bytes();
    let has_hyphens = text.len() == 36 && [8, 13, 18, 23].iter().all(|at| text[*at] == b'-');
    if !has_hyphens && text.len() != 32 {
        return None;
    }
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    };
    let (mut bytes, mut at) = ([0; 16], 0);
    for byte in &mut bytes {
        if has_hyphens && matches!(at, 8 | 13 | 18 | 23) {
            at += 1;
        }
        *byte = value(text[at])? << 4 | value(text[at + 1])?;
        at += 2;
    }
    Some(bytes)
}

/// Calls back with the begin and end of everything of such a shape in a folded text.
pub fn each(text: &str, found: &mut dyn FnMut(Shape, usize, usize)) {
    let bytes = text.as_bytes();
    let word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let before = |at: usize| at.checked_sub(1).and_then(|at| bytes.get(at));
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'@' => address(bytes, at, found),
            b'0'..=b'9' | b'a'..=b'f' | b':' if !word(before(at)) => {
                hexadecimal(text, at, found);
                if byte.is_ascii_digit() && before(at) != Some(&b'.') {
                    network_v4(bytes, at, found);
                }
                if !matches!(before(at), Some(b':' | b'.')) {
                    network_v6(text, at, found);
                }
            }
            // By itself it is a word about such names; in a name something stands beside it.
            b'#' if bytes[at..].starts_with(b"#ext#") && (word(before(at)) || bytes.get(at + 5) == Some(&b'@')) => {
                found(Shape::External, at, at + 5);
            }
            b'+' if !word(before(at)) => phone(bytes, at, found),
            _ => {}
        }
        match byte {
            b'e' if !word(before(at)) && bytes[at..].starts_with(b"eyj") => {
                let end = run(bytes, at, |byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
                if end - at >= 16 {
                    found(Shape::Token, at, end);
                }
            }
            b's' if !word(before(at))
                && (bytes[at..].starts_with(b"s-1-12-1-") || bytes[at..].starts_with(b"s-1-5-21-")) =>
            {
                found(Shape::Sid, at, run(bytes, at, |byte| byte.is_ascii_alphanumeric() || byte == b'-'));
            }
            b'o' if bytes[at..].starts_with(b"onmicrosoft.com") => found(Shape::Tenant, at, at + 15),
            b':' if bytes[at..].starts_with(b"://") => {
                let end = run(bytes, at + 3, |byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
                if end > at + 3 && !HOSTS.contains(&&text[at + 3..end]) {
                    found(Shape::Link, at, end);
                }
            }
            _ => {}
        }
    }
}

fn run(bytes: &[u8], from: usize, is_part: impl Fn(u8) -> bool) -> usize {
    from + bytes[from..].iter().take_while(|byte| is_part(**byte)).count()
}

fn address(bytes: &[u8], at: usize, found: &mut dyn FnMut(Shape, usize, usize)) {
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+'-#!$&*/=?^`{|}~".contains(byte) || *byte >= 0x80;
    let start = at - bytes[..at].iter().rev().take_while(|byte| is_local(byte)).count();
    let end = run(bytes, at + 1, |byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte) || byte >= 0x80);
    let domain = &bytes[at + 1..end];
    let dot = domain.iter().rposition(|byte| *byte == b'.');
    if start < at && dot.is_some_and(|dot| dot > 0 && domain.len() - dot > 2) {
        found(Shape::Address, start, end);
    }
}

/// GUIDs: 36 characters with hyphens, or exactly 32 digits.
fn hexadecimal(text: &str, at: usize, found: &mut dyn FnMut(Shape, usize, usize)) {
    let bytes = text.as_bytes();
    let end = run(bytes, at, |byte| byte.is_ascii_hexdigit() || byte == b'-');
    let after = bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
    for length in [36, 32] {
        let exact = !after && (end == at + length || (end > at + length && bytes[at + length] == b'-' && length == 36));
        if exact && bytes[at..at + length].is_ascii() && guid_bytes(&text[at..at + length]).is_some() {
            found(Shape::Guid, at, at + length);
            return;
        }
    }
}

fn network_v4(bytes: &[u8], at: usize, found: &mut dyn FnMut(Shape, usize, usize)) {
    let end = run(bytes, at, |byte| byte.is_ascii_digit() || byte == b'.');
    let Ok(text) = std::str::from_utf8(&bytes[at..end]) else { return };
    let text = text.trim_end_matches('.');
    let Ok(address) = text.parse::<std::net::Ipv4Addr>() else { return };
    let octets = address.octets();
    let rest = &bytes[at + text.len()..];
    // A network says how much of it counts, and the rest is zero.
    let is_network =
        (rest.starts_with(b"/24") && octets[3] == 0) || (rest.starts_with(b"/16") && octets[2..] == [0, 0]);
    if !is_network {
        found(Shape::Network, at, at + text.len());
    }
}

fn network_v6(text: &str, at: usize, found: &mut dyn FnMut(Shape, usize, usize)) {
    let bytes = text.as_bytes();
    let end = run(bytes, at, |byte| byte.is_ascii_hexdigit() || byte == b':' || byte == b'.');
    let candidate = text[at..end].trim_end_matches('.');
    let groups = candidate.split(':').filter(|group| !group.is_empty()).count();
    if groups < 2 || candidate.matches(':').count() < 2 || bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        return;
    }
    let Ok(address) = candidate.parse::<std::net::Ipv6Addr>() else { return };
    let is_network = text[at + candidate.len()..].starts_with("/48") && address.segments()[3..] == [0; 5];
    if !is_network {
        found(Shape::Network, at, at + candidate.len());
    }
}

fn phone(bytes: &[u8], at: usize, found: &mut dyn FnMut(Shape, usize, usize)) {
    let end = run(bytes, at + 1, |byte| byte.is_ascii_digit() || b" -()/".contains(&byte));
    let digits = bytes[at..end].iter().filter(|byte| byte.is_ascii_digit()).count();
    if (8..=15).contains(&digits) && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
        found(Shape::Phone, at, end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[Shape]) {
        let mut shapes = Vec::new();
        each(text, &mut |shape, _, _| shapes.push(shape));
        shapes.sort_unstable();
        shapes.dedup();
        assert_eq!(shapes, expect, "{text}");
    }

    #[test]
    fn finds_each_shape() {
        check("<td>dana@fabrikam.example</td>", &[Shape::Address]);
        check("01234567-89ab-cdef-fedc-ba9876543210", &[Shape::Guid]);
        check("x {01234567-89ab-cdef-fedc-ba9876543210} y", &[Shape::Guid]);
        check("0123456789abcdeffedcba9876543210", &[Shape::Guid]);
        check("from 203.0.113.77.", &[Shape::Network]);
        check("2001:db8:1:2:3::9", &[Shape::Network]);
        check("::ffff:203.0.113.7", &[Shape::Network]);
        check("eyjhbgcioijiuzi1nij9.eyjzdwiioixmj", &[Shape::Token]);
        check("s-1-12-1-1-2-3-4", &[Shape::Sid]);
        check("contoso.onmicrosoft.com", &[Shape::Tenant]);
        check("a#ext#", &[Shape::External]);
        check("call +49 170 1234567 now", &[Shape::Phone]);
        check("https://fabrikam/login", &[Shape::Link]);
    }

    #[test]
    fn leaves_alone_what_is_none() {
        for text in [
            "@media print { a::before { } }",
            "08:30:15 and 2026-06-02t08:30:15z",
            "203.0.113.0/24 203.0.0.0/16 2001:db8:1::/48",
            "guest-7F3K2@org-9XQ2M",
            "1.2.3 and 0.1.0",
            "sha-256 0123456789abcdeffedcba98765432100123456789abcdeffedcba9876543210",
            "https://learn.microsoft.com/entra",
            "a + 3 b",
            "font: 12px/1.5 a",
            "no name with #ext#.",
            "1:2:3",
        ] {
            check(text, &[]);
        }
    }
}
