//! The spellings under which one identifier goes: GUIDs with and without hyphens, in braces, in base64, as a
//! security identifier; names in other letter case, encoded, with invisible characters between the letters.

pub(crate) use guestlens_store::plain::{fold, fold_into, fold_letter};

use crate::store::is_guid;

/// A GUID in its usual spelling, read from any: with hyphens, braces or parentheses, as 32 digits, in base64
/// (its bytes as .NET orders them, or as they are written), or as `S-1-12-1-..`, which is the object id in
/// four numbers. Source: Microsoft, "Microsoft Entra object ID to SID".
pub(crate) fn guid(text: &str) -> Option<String> {
    let text = text.trim();
    let inner = text.trim_start_matches(['{', '(']).trim_end_matches(['}', ')']);
    let digits: String = match inner.len() {
        36 => {
            let lower = inner.to_ascii_lowercase();
            return is_guid(&lower).then_some(lower);
        }
        32 => inner.to_owned(),
        22 | 24 => return from_base64(inner),
        _ => return from_sid(inner),
    };
    hyphenated(&digits)
}

fn hyphenated(digits: &str) -> Option<String> {
    let is_guid = digits.len() == 32 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_guid.then(|| {
        let d = digits.to_ascii_lowercase();
        format!("{}-{}-{}-{}-{}", &d[..8], &d[8..12], &d[12..16], &d[16..20], &d[20..])
    })
}

fn of_bytes(bytes: &[u8]) -> Option<String> {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    hyphenated(&digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect::<String>())
}

fn from_sid(text: &str) -> Option<String> {
    let rest = text.strip_prefix("S-1-12-1-").or_else(|| text.strip_prefix("s-1-12-1-"))?;
    let numbers: Vec<u32> = rest.split('-').map(str::parse).collect::<Result<_, _>>().ok()?;
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    net_order(&bytes)
}

/// Bytes as .NET keeps a GUID: the first three parts with their lowest byte first.
fn net_order(bytes: &[u8]) -> Option<String> {
    let bytes: &[u8; 16] = bytes.try_into().ok()?;
    let order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
    of_bytes(&order.map(|at| bytes[at]))
}

fn from_base64(text: &str) -> Option<String> {
    let bytes = base64(text)?;
    // Base64 of 16 bytes ends in A, Q, g or w; anything else of that length is a word.
    (bytes.len() == 16).then(|| net_order(&bytes)).flatten()
}

/// Bytes of a text in base64, of either alphabet, with or without padding; `None` for any other text.
pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0_u32, 0);
    for digit in text.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    (bits == 0).then_some(bytes)
}

/// Whether a text looks like an address: something, `@`, a domain.
pub(crate) fn is_address(text: &str) -> bool {
    let text = text.trim();
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    !local.is_empty()
        && domain.contains('.')
        && !text.contains(char::is_whitespace)
        && domain.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUID: &str = "01234567-89ab-cdef-fedc-ba9876543210";

    #[test]
    fn reads_a_guid_in_every_spelling() {
        for text in [
            GUID,
            "01234567-89AB-CDEF-FEDC-BA9876543210",
            "{01234567-89ab-cdef-fedc-ba9876543210}",
            "0123456789abcdeffedcba9876543210",
            "Z0UjAauJ783+3LqYdlQyEA==",
            "Z0UjAauJ783-3LqYdlQyEA",
            "S-1-12-1-19088743-3455027627-2562383102-271733878",
        ] {
            assert_eq!(guid(text).as_deref(), Some(GUID), "{text}");
        }
        for text in
            ["", "01234567-89ab-cdef-fedc-ba987654321", "0123456789abcdeffedcba987654321g", "Not a GUID", "S-1-5-21-1"]
        {
            assert_eq!(guid(text), None, "{text}");
        }
    }

    #[test]
    fn knows_addresses() {
        for text in ["dana@fabrikam.example", "a_b#EXT#@contoso.onmicrosoft.com"] {
            assert!(is_address(text), "{text}");
        }
        for text in ["dana", "@", "a@b", "two words@fabrikam.example", "@fabrikam.example", "x@y z.example"] {
            assert!(!is_address(text), "{text}");
        }
    }
}
