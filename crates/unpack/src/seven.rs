//! Bytes as UTF-8 text, eight bytes for every seven. Base64 takes a third more, as it leaves half of
//! ASCII unused.
//!
//! Bits are taken seven at a time, the highest first; the last seven are filled up with zeros. A value
//! is the ASCII character of that number. A few may not stand in a page: in place of one of them and
//! of the value behind it stands one character of two bytes that says which it was and what follows.

use alloc::vec::Vec;

/// What HTML would change or read as markup, and what ends a text in the eyes of some programs.
const KEPT_OUT: [u8; 4] = [0, b'\r', b'<', 0x1a];
/// Characters of two bytes say which value was kept out from this bit on; 0 would be ASCII, 1 control
/// characters.
const WHICH: u32 = 7;
const FIRST: u32 = 2;

/// Writes bytes as text.
#[must_use]
pub fn write(bytes: &[u8]) -> alloc::string::String {
    let bits = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
    let mut values = Vec::new();
    let (mut value, mut held) = (0, 0);
    for bit in bits.chain(core::iter::repeat_n(0, (7 - bytes.len() * 8 % 7) % 7)) {
        value = value << 1 | bit;
        held += 1;
        if held == 7 {
            values.push(value);
            (value, held) = (0, 0);
        }
    }
    let mut values = values.into_iter();
    let mut text = alloc::string::String::new();
    while let Some(value) = values.next() {
        match KEPT_OUT.iter().position(|kept| *kept == value) {
            None => text.push(value as char),
            Some(which) => {
                let next = u32::from(values.next().unwrap_or(0));
                text.extend(char::from_u32((which as u32 + FIRST) << WHICH | next));
            }
        }
    }
    text
}

/// Reads what [`write`] wrote: the bytes, behind them up to two that are 0. `None` for any other text.
#[must_use]
pub fn read(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 8 * 7 + 16);
    let (mut word, mut held) = (0_u32, 0);
    let mut put = |value: u8| {
        word = word << 7 | u32::from(value);
        held += 7;
        if held >= 8 {
            held -= 8;
            bytes.push((word >> held) as u8);
        }
    };
    let mut at = 0;
    while at < text.len() {
        let byte = text[at];
        if byte < 0x80 {
            put(byte);
            at += 1;
        } else {
            let code = u32::from(byte & 0x1f) << 6 | u32::from(text.get(at + 1)? & 0x3f);
            put(*KEPT_OUT.get((code >> WHICH).checked_sub(FIRST)? as usize)?);
            put((code & 0x7f) as u8);
            at += 2;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_back_as_it_was() {
        for length in 0..70_usize {
            for seed in [0, 1, 13, 26, 60, 120, 255_usize] {
                let bytes: Vec<u8> = (0..length).map(|at| (at * seed + at / 7) as u8).collect();
                let text = write(&bytes);
                let back = read(text.as_bytes()).unwrap();
                assert_eq!(back[..length], bytes, "{seed}");
                assert!(back.len() <= length + 2 && back[length..].iter().all(|byte| *byte == 0));
                assert!(!text.bytes().any(|byte| KEPT_OUT.contains(&byte)));
                assert!(text.chars().all(|letter| !('\u{80}'..'\u{100}').contains(&letter)));
                assert!(text.len() <= length * 8 / 7 + 2);
            }
        }
    }

    #[test]
    fn other_texts_are_refused() {
        assert!(read("é".as_bytes()).is_none());
        assert!(read("山".as_bytes()).is_none());
        assert!(read(b"a\xc4").is_none());
    }
}
