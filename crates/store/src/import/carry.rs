//! Joins what pushes cut apart: the incomplete end of one push is kept and put before the next.

/// A piece larger than this is not kept in memory.
pub(super) const LARGEST_RECORD: usize = 16 << 20;

/// The text not used yet.
#[derive(Default)]
pub(super) struct Carry {
    rest: Vec<u8>,
    /// Length of `rest` from which another attempt is worth its cost.
    worth: usize,
    /// Place in the file's text of the first byte of `rest`.
    offset: u64,
}

impl Carry {
    /// Calls `step` with text and its place in the file. It uses what is complete and says how much that
    /// was; the rest comes again with more text behind it. The number of calls is such that each byte is
    /// given a bounded number of times.
    pub(super) fn push(&mut self, new: &[u8], mut step: impl FnMut(&[u8], u64) -> usize) {
        let mut taken = 0;
        while !self.rest.is_empty() {
            let before = self.rest.len();
            let take = (new.len() - taken).min(before.max(4096));
            self.rest.extend_from_slice(&new[taken..taken + take]);
            taken += take;
            if self.rest.len() < self.worth && taken == new.len() {
                return;
            }
            let used = step(&self.rest, self.offset);
            self.offset += used as u64;
            let left = self.rest.len() - used;
            if left <= taken {
                self.rest.clear();
                taken -= left;
                break;
            }
            self.rest.drain(..used);
            self.worth = left + left / 2;
            if taken == new.len() {
                return;
            }
        }
        let used = step(&new[taken..], self.offset);
        self.offset += used as u64;
        self.rest.extend_from_slice(&new[taken + used..]);
        self.worth = self.rest.len() + self.rest.len() / 2;
    }

    /// Takes the text that is left and its place in the file.
    pub(super) fn finish(&mut self) -> (Vec<u8>, u64) {
        (std::mem::take(&mut self.rest), self.offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_each_line_once_however_cut() {
        let text: Vec<u8> =
            (0..200_u32).flat_map(|n| format!("line {n} {}\n", "x".repeat(n as usize)).into_bytes()).collect();
        for step in [1, 2, 7, 1000, 100_000] {
            let (mut carry, mut lines, mut given) = (Carry::default(), Vec::new(), 0);
            for piece in text.chunks(step) {
                carry.push(piece, |text, offset| {
                    given += text.len();
                    let used = text.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
                    assert_eq!(offset as usize, lines.len());
                    lines.extend_from_slice(&text[..used]);
                    used
                });
            }
            lines.extend_from_slice(&carry.finish().0);
            assert!(lines == text);
            assert!(given < text.len() * 8, "{given}");
        }
    }
}
