//! GUIDs in their usual spelling (36 characters, lower-case hexadecimal digits, hyphens) as 16 bytes.

/// Packs a GUID; `None` for any other text.
#[inline]
pub(super) fn read_guid(text: &[u8]) -> Option<[u8; 16]> {
    let text: &[u8; 36] = text.try_into().ok()?;
    if [8, 13, 18, 23].iter().any(|&at| text[at] != b'-') {
        return None;
    }
    let digits = |at: usize, then: usize| {
        let mut word = [0; 8];
        word[..4].copy_from_slice(&text[at..at + 4]);
        word[4..].copy_from_slice(&text[then..then + 4]);
        pack(u64::from_le_bytes(word))
    };
    let mut guid = [0; 16];
    for (part, word) in [(0, 4), (9, 14), (19, 24), (28, 32)].into_iter().map(|(at, then)| digits(at, then)).enumerate()
    {
        guid[part * 4..part * 4 + 4].copy_from_slice(&word?.to_le_bytes());
    }
    Some(guid)
}

/// Packs eight hexadecimal digits, the first of them in the lowest byte, all at once.
#[inline]
fn pack(digits: u64) -> Option<u32> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    if digits & HIGH != 0 {
        return None;
    }
    // With so much added, a byte reaches its highest bit exactly if it is at least so large.
    let at_least = |byte: u8| digits + (0x80 - byte as u64) * EACH;
    let digit = at_least(b'0') & !at_least(b'9' + 1);
    let letter = at_least(b'a') & !at_least(b'f' + 1);
    if (digit | letter) & HIGH != HIGH {
        return None;
    }
    let values = (digits & (0x0f * EACH)) + 9 * ((digits >> 6) & EACH);
    let pairs = (values << 4 | values >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs | pairs >> 8) & 0x0000_ffff_0000_ffff;
    Some((fours | fours >> 16) as u32)
}

/// Whether a text is a GUID in its usual spelling.
pub fn is_guid(text: &str) -> bool {
    read_guid(text.as_bytes()).is_some()
}

/// Writes a packed GUID in its usual spelling.
pub fn write_guid(guid: &[u8; 16], text: &mut [u8; 36]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut at = 0;
    for (index, byte) in guid.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text[at] = b'-';
            at += 1;
        }
        text[at] = DIGITS[(byte >> 4) as usize];
        text[at + 1] = DIGITS[(byte & 15) as usize];
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packs_and_writes() {
        let text = *b"01234567-89ab-cdef-fedc-ba9876543210";
        let guid = read_guid(&text).unwrap();
        assert_eq!(guid[..8], [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef]);
        let mut written = [0; 36];
        write_guid(&guid, &mut written);
        assert_eq!(written, text);
    }

    #[test]
    fn takes_only_the_usual_spelling() {
        let text = *b"01234567-89ab-cdef-fedc-ba9876543210";
        for at in 0..36 {
            for byte in 0..=255_u8 {
                let mut other = text;
                other[at] = byte;
                let digit = byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
                let usual = if text[at] == b'-' { byte == b'-' } else { digit };
                assert_eq!(read_guid(&other).is_some(), usual, "{byte} at {at}");
            }
        }
        assert_eq!(read_guid(&text[..35]), None);
    }
}
