//! Codes of short strings met before, found without hashing or comparing text.

/// A cache of codes, by strings of 1 to 16 bytes: these are their own key. A string displaces another
/// that falls into the same place.
#[derive(Clone, Default)]
pub(super) struct Recent {
    places: Vec<(Key, u32)>,
}

/// All bytes of a short string.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Key {
    first: u64,
    last: u64,
    length: usize,
}

impl Recent {
    const BITS: u32 = 9;

    /// The key of a short string.
    #[inline]
    pub(super) fn key(text: &[u8]) -> Option<Key> {
        let length = text.len();
        let four =
            |at: usize| text.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes);
        let eight =
            |at: usize| text.get(at..at + 8).and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_le_bytes);
        let (first, last) = match length {
            8..=16 => (eight(0), eight(length - 8)),
            4..=7 => (four(0) as u64, four(length - 4) as u64),
            1..=3 => (text[0] as u64, (text[length / 2] as u64) << 8 | text[length - 1] as u64),
            _ => return None,
        };
        Some(Key { first, last, length })
    }

    #[inline]
    fn place(key: Key) -> usize {
        let mixed = key.first ^ key.last.rotate_left(29) ^ key.length as u64;
        (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - Self::BITS)) as usize
    }

    /// The code of a string.
    #[inline]
    pub(super) fn get(&self, key: Key) -> Option<u32> {
        let (known, code) = self.places.get(Self::place(key))?;
        (*known == key).then_some(*code)
    }

    /// Keeps the code of a string.
    pub(super) fn put(&mut self, key: Key, code: u32) {
        if self.places.is_empty() {
            self.places = vec![(Key::default(), 0); 1 << Self::BITS];
        }
        self.places[Self::place(key)] = (key, code);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_holds_all_of_a_short_string() {
        let text = b"0123456789abcdef";
        let mut seen = Vec::new();
        for length in 1..=16 {
            for changed in 0..=length {
                let mut other = text[..length].to_vec();
                if changed < length {
                    other[changed] = b'x';
                }
                let key = Recent::key(&other).unwrap();
                assert!(!seen.contains(&key), "{length} {changed}");
                seen.push(key);
            }
        }
        assert!(Recent::key(b"").is_none() && Recent::key(b"0123456789abcdefg").is_none());
    }
}
