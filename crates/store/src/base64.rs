//! Base64 as RFC 4648 has it, padded.

use std::io;

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The bytes in base64.
pub fn encode(bytes: &[u8]) -> String {
    let mut out = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
    append(bytes, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// Writes the bytes in base64 behind what is there.
fn append(bytes: &[u8], out: &mut Vec<u8>) {
    let (whole, rest) = bytes.as_chunks::<3>();
    let letter = |group: u32, place: u32| LETTERS[(group >> (18 - 6 * place) & 63) as usize];
    for [a, b, c] in whole {
        let group = u32::from(*a) << 16 | u32::from(*b) << 8 | u32::from(*c);
        out.extend_from_slice(&[letter(group, 0), letter(group, 1), letter(group, 2), letter(group, 3)]);
    }
    if let Some(first) = rest.first() {
        let group = u32::from(*first) << 16 | u32::from(rest.get(1).copied().unwrap_or(0)) << 8;
        let third = if rest.len() > 1 { letter(group, 2) } else { b'=' };
        out.extend_from_slice(&[letter(group, 0), letter(group, 1), third, b'=']);
    }
}

/// Writes whatever comes in base64 behind what is there.
pub struct Encoder<'a> {
    out: &'a mut Vec<u8>,
    /// Bytes that do not make up a group yet.
    rest: Vec<u8>,
}

impl<'a> Encoder<'a> {
    /// Behind these bytes.
    pub fn new(out: &'a mut Vec<u8>) -> Self {
        Self { out, rest: Vec::new() }
    }

    /// Writes the last group. Without it up to two bytes are missing.
    pub fn finish(self) {
        append(&self.rest, self.out);
    }
}

impl io::Write for Encoder<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let missing = if self.rest.is_empty() { 0 } else { (3 - self.rest.len()).min(bytes.len()) };
        let (first, bytes_left) = bytes.split_at(missing);
        self.rest.extend_from_slice(first);
        if self.rest.len() == 3 {
            append(&self.rest, self.out);
            self.rest.clear();
        }
        let (whole, rest) = bytes_left.split_at(bytes_left.len() / 3 * 3);
        append(whole, self.out);
        self.rest.extend_from_slice(rest);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn encodes_as_the_rfc_says() {
        let pairs =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")];
        for (text, expected) in pairs {
            assert_eq!(encode(text.as_bytes()), expected);
        }
        assert_eq!(encode(&[255, 254, 253]), "//79");
    }

    #[test]
    fn encodes_piece_by_piece() {
        let bytes: Vec<u8> = (0..=255).collect();
        for size in 1..9 {
            let mut out = b"before ".to_vec();
            let mut encoder = Encoder::new(&mut out);
            bytes.chunks(size).for_each(|piece| encoder.write_all(piece).unwrap());
            encoder.finish();
            assert_eq!(String::from_utf8(out).unwrap(), format!("before {}", encode(&bytes)));
        }
    }
}
