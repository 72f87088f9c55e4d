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
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

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

    /// What a subject's label is made of: 120 bits.
    pub(super) fn bytes(&self, kind: &str, canonical: &str) -> [u8; 15] {
        let mut mac = self.0.clone();
        mac.update(kind.as_bytes());
        mac.update(&[0]);
        mac.update(canonical.as_bytes());
        let mut bytes = [0; 15];
        bytes.copy_from_slice(&mac.finalize().into_bytes()[..15]);
        bytes
    }

    /// All digits of a subject's label, of which a report shows the first few.
    pub(super) fn digits(&self, kind: &str, canonical: &str) -> String {
        // Eight digits of each five bytes.
        let mut digits = String::with_capacity(24);
        for five in self.bytes(kind, canonical).chunks(5) {
            let bits = five.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
            digits.extend((0..8).rev().map(|at| DIGITS[(bits >> (at * 5) & 31) as usize] as char));
        }
        digits
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

/// The least length at which no two of these differ only beyond it.
pub(super) fn label_length<'a>(digits: impl Iterator<Item = &'a str>) -> usize {
    let mut sorted: Vec<&str> = digits.collect();
    sorted.arrange();
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
        assert_eq!(label.len(), 24);
        assert!(label.bytes().all(|digit| DIGITS.contains(&digit)));
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
        assert_eq!(Key::new(&key).digits("person", "x")[..8], digits);
    }

    #[test]
    fn labels_are_as_long_as_they_must_be() {
        assert_eq!(label_length(["AAAAAAAA", "AAAABBBB"].into_iter()), 5);
        assert_eq!(label_length(["AAAAAAAA", "BAAABBBB"].into_iter()), 4);
        let key = Key::new(&[3; 32]);
        let all: Vec<String> = (0..5000).map(|number| key.digits("person", &number.to_string())).collect();
        let length = label_length(all.iter().map(String::as_str));
        let short: std::collections::HashSet<&str> = all.iter().map(|digits| &digits[..length]).collect();
        assert_eq!(short.len(), 5000);
    }
}
