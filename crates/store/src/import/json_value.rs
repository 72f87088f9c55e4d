//! JSON values as text of the store: strings unescaped, anything else in compact form.

/// A value as it stands in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// `null`, or no value at all.
    #[default]
    Null,
    /// What stands between the quotes.
    Plain(&'a [u8]),
    /// What stands between the quotes and has escapes.
    Escaped(&'a [u8]),
    /// A number, `true`, `false`, an array or an object.
    Other(&'a [u8]),
}

impl<'a> Value<'a> {
    /// The string, or any other value as compact JSON; empty for null. `bad` is set where half of a
    /// surrogate pair was replaced.
    pub(super) fn text<'t>(&self, buffer: &'t mut Vec<u8>, bad: &mut bool) -> &'t [u8]
    where
        'a: 't,
    {
        match *self {
            Self::Null => &[],
            Self::Plain(text) => text,
            Self::Escaped(text) => {
                buffer.clear();
                *bad |= unescape(text, buffer);
                buffer
            }
            Self::Other(text) => {
                if !matches!(text.first(), Some(b'[' | b'{')) {
                    return text;
                }
                buffer.clear();
                compact(text, buffer);
                buffer
            }
        }
    }

    /// Whether there is something in it: not null, `""`, `[]` or `{}`.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Plain(text) | Self::Escaped(text) => text.is_empty(),
            Self::Other([b'[' | b'{', inner @ .., _]) => inner.iter().all(u8::is_ascii_whitespace),
            Self::Other(_) => false,
        }
    }
}

/// Appends the string of checked text with escapes. True where half of a surrogate pair became U+FFFD.
pub(super) fn unescape(text: &[u8], out: &mut Vec<u8>) -> bool {
    let (mut at, mut bad) = (0, false);
    while let Some(found) = memchr::memchr(b'\\', &text[at..]) {
        out.extend_from_slice(&text[at..at + found]);
        at += found + 2;
        match text.get(at - 1) {
            Some(b'b') => out.push(8),
            Some(b'f') => out.push(12),
            Some(b'n') => out.push(b'\n'),
            Some(b'r') => out.push(b'\r'),
            Some(b't') => out.push(b'\t'),
            Some(b'u') => {
                let first = unit(text, at);
                at += 4;
                let pair = if text.get(at..at + 2) == Some(b"\\u") { unit(text, at + 2) } else { 0 };
                let character = if let Some(Ok(character)) = char::decode_utf16([first, pair]).next() {
                    at += if character.len_utf16() == 2 { 6 } else { 0 };
                    character
                } else {
                    bad = true;
                    char::REPLACEMENT_CHARACTER
                };
                out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            Some(&byte) => out.push(byte),
            None => at = text.len(),
        }
    }
    out.extend_from_slice(&text[at..]);
    bad
}

fn unit(text: &[u8], at: usize) -> u16 {
    let digits = text.get(at..at + 4).unwrap_or_default();
    digits.iter().fold(0, |unit, &byte| unit << 4 | (byte as char).to_digit(16).unwrap_or_default() as u16)
}

/// Appends checked JSON text without the white space between its tokens.
pub(super) fn compact(text: &[u8], out: &mut Vec<u8>) {
    let (mut in_string, mut escaped) = (false, false);
    for &byte in text {
        if in_string {
            in_string = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
        } else if byte.is_ascii_whitespace() {
            continue;
        } else {
            in_string = byte == b'"';
        }
        out.push(byte);
    }
}
