//! Text as it may be written: entities, percent signs, escapes, JSON in strings, base64, compressed parts.

/// A text with what is encoded in it read once; `None` where nothing is.
pub(super) fn decoded(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out: Vec<u8> = Vec::new();
    let (mut at, mut copied) = (0, 0);
    while at < bytes.len() {
        let read = match bytes[at] {
            b'%' => percent(&bytes[at..]),
            b'&' => entity(&text[at..]),
            b'\\' => escape(&bytes[at..]),
            b'=' => quoted(&bytes[at..]),
            b'_' => workbook(&bytes[at..]),
            _ => None,
        };
        let Some((letter, length)) = read else {
            at += 1;
            continue;
        };
        out.extend_from_slice(&bytes[copied..at]);
        match letter {
            Read::Byte(byte) => out.push(byte),
            Read::Letter(letter) => out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes()),
        }
        at += length;
        copied = at;
    }
    if copied == 0 {
        return None;
    }
    out.extend_from_slice(&bytes[copied..]);
    Some(String::from_utf8_lossy(&out).into_owned())
}

enum Read {
    Byte(u8),
    Letter(char),
}

fn hex(bytes: &[u8]) -> Option<u32> {
    let text = std::str::from_utf8(bytes).ok()?;
    u32::from_str_radix(text, 16).ok()
}

fn percent(bytes: &[u8]) -> Option<(Read, usize)> {
    Some((Read::Byte(hex(bytes.get(1..3)?)? as u8), 3))
}

/// Quoted-printable, as in mail: `=40`.
fn quoted(bytes: &[u8]) -> Option<(Read, usize)> {
    let digits = bytes.get(1..3)?;
    let upper = digits.iter().all(|digit| digit.is_ascii_digit() || (b'A'..=b'F').contains(digit));
    let byte = hex(digits).filter(|_| upper)? as u8;
    matches!(byte, b'@' | b'#' | b'.' | b'_' | b'-').then_some((Read::Byte(byte), 3))
}

/// A letter of UTF-16 as workbooks have it: `_x0040_`.
fn workbook(bytes: &[u8]) -> Option<(Read, usize)> {
    let is_one = bytes.get(1) == Some(&b'x') && bytes.get(6) == Some(&b'_');
    let code = hex(bytes.get(2..6).filter(|_| is_one)?)?;
    char::from_u32(code).map(|letter| (Read::Letter(letter), 7))
}

fn escape(bytes: &[u8]) -> Option<(Read, usize)> {
    let letter = |code: u32, length| char::from_u32(code).map(|letter| (Read::Letter(letter), length));
    match bytes.get(1)? {
        b'u' if bytes.get(2) == Some(&b'{') => {
            let end = bytes.iter().take(12).position(|byte| *byte == b'}')?;
            letter(hex(&bytes[3..end])?, end + 1)
        }
        b'u' => letter(hex(bytes.get(2..6)?)?, 6),
        b'x' => letter(hex(bytes.get(2..4)?)?, 4),
        // JSON's quotes, and what Markdown would take for a mark.
        byte if byte.is_ascii_punctuation() => Some((Read::Byte(*byte), 2)),
        // CSS: `\40 `.
        _ => {
            let digits = bytes[1..].iter().take(6).take_while(|byte| byte.is_ascii_hexdigit()).count();
            if digits < 2 {
                return None;
            }
            letter(hex(&bytes[1..=digits])?, 1 + digits + usize::from(bytes.get(1 + digits) == Some(&b' ')))
        }
    }
}

fn entity(text: &str) -> Option<(Read, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let letter = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "commat" => '@',
        "num" => '#',
        "period" => '.',
        "lowbar" => '_',
        "hyphen" | "dash" => '-',
        "nbsp" => ' ',
        "shy" | "zwj" | "zwnj" | "lrm" | "rlm" => '\u{200b}',
        _ => {
            let number = name.strip_prefix('#')?;
            let hexadecimal = number.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16));
            char::from_u32(hexadecimal.unwrap_or_else(|| number.parse()).ok()?)?
        }
    };
    Some((Read::Letter(letter), end + 1))
}

/// HTML without its comments and tags that stand within words.
pub(super) fn without_marks(text: &str) -> Option<String> {
    const WITHIN: [&str; 12] =
        ["b", "i", "em", "strong", "span", "mark", "bdi", "bdo", "wbr", "tspan", "code", "small"];
    let mut out = String::new();
    let mut rest = text;
    let mut changed = false;
    while let Some(at) = rest.find('<') {
        let after = &rest[at + 1..];
        let end = if after.starts_with("!--") {
            after.find("-->").map(|end| end + 3)
        } else {
            after.find('>').map(|end| end + 1)
        };
        let name = after
            .trim_start_matches('/')
            .split(|letter: char| !letter.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        let is_within = after.starts_with("!--") || WITHIN.iter().any(|own| own.eq_ignore_ascii_case(name));
        match end {
            Some(end) if is_within => {
                out.push_str(&rest[..at]);
                rest = &after[end..];
                changed = true;
            }
            _ => {
                out.push_str(&rest[..=at]);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    changed.then_some(out)
}

/// Calls back with the innermost texts of JSON in a text, or with the text itself.
pub(super) fn innermost(text: &str, each: &mut dyn FnMut(&str)) {
    walk(text, 4, each);
}

fn walk(text: &str, depth: u32, each: &mut dyn FnMut(&str)) {
    use serde_json::Value;
    fn inside(value: &Value, depth: u32, each: &mut dyn FnMut(&str)) {
        match value {
            Value::String(text) => walk(text, depth, each),
            Value::Array(values) => values.iter().for_each(|value| inside(value, depth, each)),
            Value::Object(members) => members.values().for_each(|value| inside(value, depth, each)),
            _ => {}
        }
    }
    let begins = text.trim_start().starts_with(['[', '{', '"']);
    if !begins || depth == 0 {
        return each(text);
    }
    match serde_json::from_str::<Value>(text) {
        Ok(value) => inside(&value, depth - 1, each),
        _ => each(text),
    }
}

/// Runs of base64 in a text that are long enough to hold an id, with where they begin.
pub(super) fn base64_runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_');
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            while at < bytes.len() && !is_digit(bytes[at]) {
                at += 1;
            }
            if at >= bytes.len() {
                return None;
            }
            let start = at;
            while at < bytes.len() && is_digit(bytes[at]) {
                at += 1;
            }
            if at - start >= 12 {
                return Some((start, &text[start..at]));
            }
        }
    })
}

/// The bytes behind a run of base64 digits.
pub(super) fn base64(run: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        _ => 63,
    };
    let mut out = Vec::with_capacity(run.len() * 3 / 4);
    for four in run.as_bytes().chunks(4) {
        let bits = four.iter().fold(0_u32, |bits, byte| bits << 6 | u32::from(value(*byte))) << (6 * (4 - four.len()));
        out.extend_from_slice(&bits.to_be_bytes()[1..four.len().max(1)]);
    }
    out
}

/// The members of a ZIP archive with their names. `None` unless every byte of it is accounted for: members one behind
/// the other, then the directory that says the same of each, no times, comments or extra fields, and nothing else.
pub(super) fn zip_members(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let number = |bytes: &[u8], at: usize, width: usize| {
        let digits = bytes.get(at..at + width)?;
        Some(digits.iter().rev().fold(0_usize, |number, byte| number << 8 | usize::from(*byte)))
    };
    let end = bytes.len().checked_sub(22)?;
    let (mut at, mut local, count) = (number(bytes, end + 16, 4)?, 0, number(bytes, end + 10, 2)?);
    let directory = at;
    let is_end = bytes[end..].starts_with(b"PK\x05\x06\0\0\0\0") && number(bytes, end + 8, 2)? == count;
    let is_whole = number(bytes, end + 12, 4)? == end.checked_sub(directory)? && number(bytes, end + 20, 2)? == 0;
    (is_end && is_whole).then_some(())?;
    let mut members = Vec::new();
    for _ in 0..count {
        let head = bytes.get(at..at + 46)?;
        let (packed, size, name_length) = (number(head, 20, 4)?, number(head, 24, 4)?, number(head, 28, 2)?);
        let name = bytes.get(at + 46..at + 46 + name_length)?;
        let own = bytes.get(local..local + 30)?;
        // What it is for, no flags, packed, 1 January 1980; no extra field, comment or attribute.
        let is_plain = head.starts_with(b"PK\x01\x02\x14\0\x14\0\0\0\x08\0\0\0\x21\0") && head[30..42] == [0; 12];
        let is_same = own.starts_with(b"PK\x03\x04") && own[4..] == head[6..32] && number(head, 42, 4)? == local;
        let start = local + 30 + name_length;
        (is_plain && is_same && bytes.get(local + 30..start)? == name).then_some(())?;
        let content = inflated(bytes.get(start..start + packed)?, size)?;
        let mut sum = flate2::Crc::new();
        sum.update(&content);
        (sum.sum() as usize == number(head, 16, 4)?).then_some(())?;
        members.push((String::from_utf8(name.to_vec()).ok()?, content));
        (at, local) = (at + 46 + name_length, start + packed);
    }
    (local == directory && at == end).then_some(members)
}

/// What deflate holds: so many bytes, and nothing behind them.
fn inflated(packed: &[u8], size: usize) -> Option<Vec<u8>> {
    use std::io::Read as _;
    let mut content = Vec::new();
    let mut decoder = flate2::bufread::DeflateDecoder::new(packed);
    decoder.by_ref().take(size as u64 + 1).read_to_end(&mut content).ok()?;
    (content.len() == size && decoder.into_inner().is_empty()).then_some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_encoded() {
        for text in [
            "dana%40x",
            "dana&#64;x",
            "dana&#x40;x",
            "dana&commat;x",
            "dana\\u0040x",
            "dana\\40 x",
            "dana=40x",
            "dana_x0040_x",
            "dana\\@x",
        ] {
            assert_eq!(decoded(text).as_deref(), Some("dana@x"), "{text}");
        }
        assert_eq!(decoded("50 % of R&D"), None);
        assert_eq!(without_marks("da<b>na</b><!-- x --> <td>Vale").as_deref(), Some("dana <td>Vale"));
    }

    #[test]
    fn reads_base64() {
        let runs: Vec<_> = base64_runs("x \"ZGFuYUBmYWJyaWthbS5leGFtcGxl\" y").collect();
        assert_eq!(runs.len(), 1);
        assert_eq!(base64(runs[0].1), b"dana@fabrikam.example");
        assert_eq!(base64("ZGFuYQ"), b"dana");
    }

    #[test]
    fn finds_texts_in_texts() {
        let mut found = Vec::new();
        innermost(r#"["a","{\"b\":\"c\"}"]"#, &mut |text| found.push(text.to_owned()));
        assert_eq!(found, ["a", "c"]);
    }
}
