//! Finds ASCII text in bytes, letter case aside, many bytes at a time.

use crate::arrange::Arrange as _;

/// Candidates looked at in one go: a loop over so many bytes becomes vector instructions.
const BLOCK: usize = 64;

/// Bytes of logs, the most common first; those not listed are taken for rare.
const COMMON: &[u8] = b"e0123456789-adcbftoniris \"lu.mpgh,_@:/ysvwkxjqz";

/// An ASCII text in lower case, and which two of its bytes tell most.
pub(super) struct AsciiNeedle<'a> {
    text: &'a [u8],
    first: usize,
    second: usize,
}

impl<'a> AsciiNeedle<'a> {
    pub(super) fn new(text: &'a [u8]) -> Self {
        let mut places: Vec<usize> = (0..text.len()).collect();
        let rank = |byte: u8| COMMON.iter().position(|common| *common == byte).unwrap_or(COMMON.len());
        places.arrange_by_key(|at| std::cmp::Reverse(rank(text[*at])));
        let first = places.first().copied().unwrap_or(0);
        Self { text, first, second: places.get(1).copied().unwrap_or(first) }
    }

    /// Where the text next stands at or after `from`.
    pub(super) fn find(&self, bytes: &[u8], from: usize) -> Option<usize> {
        // The last place at which it could begin.
        let last = bytes.len().checked_sub(self.text.len())?;
        let mut at = from;
        while at + BLOCK <= last + 1 {
            let first = &bytes[at + self.first..][..BLOCK];
            let second = &bytes[at + self.second..][..BLOCK];
            if any_pair(first, second, self.text[self.first] | 0x20, self.text[self.second] | 0x20)
                && let Some(hit) = (at..at + BLOCK).find(|at| self.is_at(bytes, *at))
            {
                return Some(hit);
            }
            at += BLOCK;
        }
        (at..=last).find(|at| self.is_at(bytes, *at))
    }

    #[inline]
    fn is_at(&self, bytes: &[u8], at: usize) -> bool {
        bytes[at + self.first].eq_ignore_ascii_case(&self.text[self.first])
            && bytes[at..at + self.text.len()].eq_ignore_ascii_case(self.text)
    }
}

/// Whether the two bytes stand at the same place of the two blocks. Setting bit 0x20 makes letters
/// lower-case and confuses a few other bytes, so this may say yes too often, but never no.
#[inline]
fn any_pair(first: &[u8], second: &[u8], a: u8, b: u8) -> bool {
    let mut any = 0;
    for (x, y) in first.iter().zip(second) {
        any |= u8::from(x | 0x20 == a) & u8::from(y | 0x20 == b);
    }
    any != 0
}

/// Where the next byte of a character beyond ASCII stands at or after `from`.
pub(super) fn find_beyond(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    for block in bytes.get(from..)?.chunks(BLOCK) {
        if block.iter().fold(0, |all, byte| all | byte) >= 0x80 {
            return block.iter().position(|byte| *byte >= 0x80).map(|hit| at + hit);
        }
        at += block.len();
    }
    None
}
