//! Pseudonyms: labels that only the holder of a key could have made.
//!
//! A label is the begin of HMAC-SHA-256 over the kind of subject and its canonical name, in Crockford's
//! base32. Without the key nobody can try names until one fits, as with a plain hash. Source: RFC 2104;
//! ENISA, "Pseudonymisation techniques and best practices" (2019), on keyed functions.

use crate::arrange::Arrange as _;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Bytes of a key.
pub const KEY_BYTES: usize = 32;

/// Digits without those that are taken for others (I, L, O, U). Source: Crockford, "Base 32".
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// All digits that a label could have.
pub(super) type Digits = [u8; 24];

/// The least and greatest number of digits of a label.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=24;

/// The secret that pseudonyms are made with: random for each report, or kept for an engagement.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

impl Key {
    /// A key of random bytes. They come from outside: the core has no randomness of its own.
    pub fn new(bytes: &[u8; KEY_BYTES]) -> Self {
        // HMAC takes keys of every length, so this cannot fail.
        Self(Hmac::new_from_slice(bytes).unwrap_or_else(|_| Hmac::new(&[0; 64].into())))
    }

    fn mac(&self, kind: &str, canonical: &[u8]) -> [u8; 32] {
        let mut mac = self.0.clone();
        mac.update(kind.as_bytes());
        mac.update(&[0]);
        mac.update(canonical);
        mac.finalize().into_bytes().into()
    }

    /// All digits of a subject's label, of which a report shows the first few: 120 bits.
    pub(super) fn digits(&self, kind: &str, canonical: &str) -> Digits {
        let mac = self.mac(kind, canonical.as_bytes());
        let mut digits = [0; 24];
        // Eight digits of each five bytes.
        for (digits, five) in digits.chunks_mut(8).zip(mac.chunks(5)) {
            let bits = five.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
            digits
                .iter_mut()
                .zip((0..8).rev())
                .for_each(|(digit, at)| *digit = DIGITS[(bits >> (at * 5) & 31) as usize]);
        }
        digits
    }

    /// Puts things into an order that only the key knows, whatever order they were in.
    pub(super) fn shuffle(&self, things: &mut [u32]) {
        let mut numbers: Vec<u64> = Vec::new();
        for last in (1..things.len()).rev() {
            if numbers.is_empty() {
                let block = self.mac("order", &last.to_le_bytes());
                numbers.extend(block.as_chunks::<8>().0.iter().map(|bytes| u64::from_le_bytes(*bytes)));
            }
            let number = numbers.pop().unwrap_or_default();
            things.swap(last, ((u128::from(number) * (last as u128 + 1)) >> 64) as usize);
        }
    }
}

/// Digits as text.
pub(super) fn shown(digits: &[u8]) -> &str {
    std::str::from_utf8(digits).unwrap_or_default()
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

/// The least length at which no two of these differ only beyond it.
pub(super) fn label_length(digits: &[Digits]) -> usize {
    let mut sorted: Vec<&str> = digits.iter().map(|digits| shown(digits)).collect();
    sorted.arrange_by_text(|digits| digits);
    let common = |pair: &[&str]| pair[0].bytes().zip(pair[1].bytes()).take_while(|(a, b)| a == b).count();
    let longest = sorted.windows(2).map(common).max().unwrap_or(0);
    (longest + 1).clamp(*LENGTHS.start(), *LENGTHS.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_needs_the_key() {
        let (one, two) = (Key::new(&[1; 32]), Key::new(&[2; 32]));
        let label = one.digits("person", "dana@fabrikam.example");
        assert!(label.iter().all(|digit| DIGITS.contains(digit)));
        assert_eq!(label, one.digits("person", "dana@fabrikam.example"));
        assert_ne!(label, two.digits("person", "dana@fabrikam.example"));
        assert_ne!(label, one.digits("group", "dana@fabrikam.example"));
    }

    #[test]
    fn is_the_hmac_of_the_standard() {
        // RFC 4231, test case 1, with the zero byte that stands between kind and name as part of the data
        // cannot be checked directly; so the same is made by hand from SHA-256.
        use sha2::Digest;
        let key = [7_u8; 32];
        let pad = |with: u8| {
            let mut block = [with; 64];
            block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
            block
        };
        let inner = Sha256::new().chain_update(pad(0x36)).chain_update(b"person\0x").finalize();
        let outer = Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize();
        let first = outer[..5].iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        let digits: String = (0..8).rev().map(|at| DIGITS[(first >> (at * 5) & 31) as usize] as char).collect();
        assert_eq!(shown(&Key::new(&key).digits("person", "x")[..8]), digits);
    }

    #[test]
    fn labels_are_as_long_as_they_must_be() {
        let digits = |text: &str| {
            let mut digits = [b'A'; 24];
            digits[..text.len()].copy_from_slice(text.as_bytes());
            digits
        };
        assert_eq!(label_length(&[digits("AAAAAAAA"), digits("AAAABBBB")]), 5);
        assert_eq!(label_length(&[digits("AAAAAAAA"), digits("BAAABBBB")]), 4);
        let key = Key::new(&[3; 32]);
        let all: Vec<Digits> = (0..5000).map(|number| key.digits("person", &number.to_string())).collect();
        let length = label_length(&all);
        let short: std::collections::HashSet<&str> = all.iter().map(|digits| shown(&digits[..length])).collect();
        assert_eq!(short.len(), 5000);
    }

    #[test]
    fn an_order_needs_the_key() {
        let shuffled = |key: u8| {
            let mut things: Vec<u32> = (0..1000).collect();
            Key::new(&[key; 32]).shuffle(&mut things);
            things
        };
        assert_eq!(shuffled(1), shuffled(1));
        assert_ne!(shuffled(1), shuffled(2));
        let mut sorted = shuffled(1);
        assert!(sorted.iter().enumerate().filter(|(at, thing)| *at == **thing as usize).count() < 10);
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(0..1000));
    }
}
