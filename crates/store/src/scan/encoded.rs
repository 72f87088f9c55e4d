//! Text as it may be written: entities, percent signs, escapes, JSON in strings, base64.

/// A text with what is encoded in it read once; `None` where nothing is.
pub fn decoded(text: &str) -> Option<String> {
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
pub fn without_marks(text: &str) -> Option<String> {
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

/// Calls back with the innermost texts of JSON in a text, without the names of members; or with the text itself.
pub fn innermost(text: &str, each: &mut dyn FnMut(&str)) {
    strings(text, 4, each);
}

fn strings(text: &str, depth: u32, each: &mut dyn FnMut(&str)) {
    let begins = text.trim_start().starts_with(['[', '{', '"']);
    if !begins || depth == 0 || serde_json::from_str::<serde::de::IgnoredAny>(text).is_err() {
        return each(text);
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(begin) = memchr::memchr(b'"', &bytes[at..]).map(|found| at + found) {
        let mut end = begin + 1;
        while bytes.get(end).is_some_and(|byte| *byte != b'"') {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        at = end + 1;
        let is_name =
            bytes.get(at..).unwrap_or_default().iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':');
        let Some(quoted) = text.get(begin..at).filter(|_| !is_name) else { continue };
        if quoted.contains('\\') {
            strings(&serde_json::from_str::<String>(quoted).unwrap_or_default(), depth - 1, each);
        } else {
            strings(&quoted[1..quoted.len() - 1], depth - 1, each);
        }
    }
}

/// Runs of base64 in a text that are long enough to hold an id, with where they begin.
pub fn base64_runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
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
pub fn base64(run: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(run.len() * 3 / 4 + 3);
    decode(run.as_bytes(), &mut out);
    out
}

/// Writes the bytes behind base64 digits; only the last of several pieces may have other than a multiple of four.
pub fn decode(digits: &[u8], out: &mut Vec<u8>) {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        _ => 63,
    };
    let (whole, rest) = digits.as_chunks::<4>();
    for four in whole {
        let bits = four.iter().fold(0_u32, |bits, byte| bits << 6 | u32::from(value(*byte)));
        out.extend_from_slice(&bits.to_be_bytes()[1..]);
    }
    if !rest.is_empty() {
        let bits = rest.iter().fold(0_u32, |bits, byte| bits << 6 | u32::from(value(*byte))) << (6 * (4 - rest.len()));
        out.extend_from_slice(&bits.to_be_bytes()[1..rest.len()]);
    }
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
