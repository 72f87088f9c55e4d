//! Bytes to UTF-8 text: byte order marks, and UTF-16 of either order with or without one.
//! Nothing is copied where the file is UTF-8 already.

use crate::store::Encoding;

const REPLACEMENT: char = '\u{fffd}';

/// Decodes one file, whatever way its bytes are cut.
#[derive(Default)]
pub(super) struct Decoder {
    encoding: Option<Encoding>,
    /// The file's first bytes, until there are enough to tell the encoding.
    head: Vec<u8>,
    /// Half a UTF-16 unit.
    odd: Option<u8>,
    /// The first half of a surrogate pair.
    high: Option<u16>,
    text: Vec<u8>,
    /// Units that were no text.
    pub(super) replaced: u64,
}

impl Decoder {
    /// How many bytes tell the encoding: a mark of three, or two units of UTF-16.
    const ENOUGH: usize = 4;

    /// The encoding, once known.
    pub(super) fn encoding(&self) -> Option<Encoding> {
        self.encoding
    }

    /// The text of the next bytes; `last` where no more will come.
    pub(super) fn decode<'a>(&'a mut self, bytes: &'a [u8], last: bool) -> &'a [u8] {
        let Some(encoding) = self.encoding else {
            self.head.extend_from_slice(bytes);
            if self.head.len() < Self::ENOUGH && !last {
                return &[];
            }
            let head = std::mem::take(&mut self.head);
            let (encoding, mark) = recognise(&head);
            self.encoding = Some(encoding);
            self.text.clear();
            match encoding {
                Encoding::Utf8 | Encoding::Utf8Bom => self.text.extend_from_slice(&head[mark..]),
                _ => self.utf16(&head[mark..], encoding, last),
            }
            return &self.text;
        };
        if matches!(encoding, Encoding::Utf8 | Encoding::Utf8Bom) {
            return bytes;
        }
        self.text.clear();
        self.utf16(bytes, encoding, last);
        &self.text
    }

    fn utf16(&mut self, bytes: &[u8], encoding: Encoding, last: bool) {
        for &byte in bytes {
            let Some(first) = self.odd.take() else {
                self.odd = Some(byte);
                continue;
            };
            let pair = [first, byte];
            self.unit(if encoding == Encoding::Utf16Le { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) });
        }
        if last && (self.odd.take().is_some() | self.high.take().is_some()) {
            self.replace();
        }
    }

    fn unit(&mut self, unit: u16) {
        if let Some(high) = self.high.take() {
            if let Some(Ok(character)) = char::decode_utf16([high, unit]).next() {
                return self.put(character);
            }
            self.replace();
        }
        match char::from_u32(unit as u32) {
            Some(character) => self.put(character),
            None if unit < 0xdc00 => self.high = Some(unit),
            None => self.replace(),
        }
    }

    fn put(&mut self, character: char) {
        self.text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    }

    fn replace(&mut self) {
        self.replaced += 1;
        self.put(REPLACEMENT);
    }
}

/// The encoding and the length of its mark. Without a mark, text in UTF-16 shows by the NUL in every
/// other byte of its first two characters, which are ASCII in every format there is.
fn recognise(head: &[u8]) -> (Encoding, usize) {
    match head {
        [0xef, 0xbb, 0xbf, ..] => (Encoding::Utf8Bom, 3),
        [0xff, 0xfe, ..] => (Encoding::Utf16Le, 2),
        [0xfe, 0xff, ..] => (Encoding::Utf16Be, 2),
        &[a, 0, b, 0, ..] if a != 0 && b != 0 => (Encoding::Utf16Le, 0),
        &[0, a, 0, b, ..] if a != 0 && b != 0 => (Encoding::Utf16Be, 0),
        _ => (Encoding::Utf8, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8], step: usize) -> (String, Encoding, u64) {
        let mut decoder = Decoder::default();
        let mut text = Vec::new();
        for piece in bytes.chunks(step) {
            text.extend_from_slice(decoder.decode(piece, false));
        }
        text.extend_from_slice(decoder.decode(&[], true));
        (String::from_utf8(text).unwrap(), decoder.encoding().unwrap(), decoder.replaced)
    }

    #[test]
    fn reads_every_encoding_however_cut() {
        let text = "[\"é 山 😀\"]";
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        let with = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for step in [1, 2, 3, 100] {
            let check = |bytes: &[u8], encoding| assert_eq!(decode(bytes, step), (text.to_owned(), encoding, 0));
            check(text.as_bytes(), Encoding::Utf8);
            check(&with(b"\xef\xbb\xbf", text.as_bytes()), Encoding::Utf8Bom);
            check(&little, Encoding::Utf16Le);
            check(&big, Encoding::Utf16Be);
            check(&with(b"\xff\xfe", &little), Encoding::Utf16Le);
            check(&with(b"\xfe\xff", &big), Encoding::Utf16Be);
        }
    }

    #[test]
    fn replaces_halves_of_pairs_and_units() {
        let (text, _, replaced) = decode(b"\xff\xfe\x41\x00\x3d\xd8\x42\x00\x00\xdc\x43", 1);
        assert_eq!((text.as_str(), replaced), ("A\u{fffd}B\u{fffd}\u{fffd}", 3));
        assert_eq!(decode(b"ab", 1).0, "ab");
    }
}
