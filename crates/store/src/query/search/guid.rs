//! Part of a GUID, looked for in packed GUIDs without writing them out.

/// Where hyphens stand in a GUID's usual spelling of 36 characters.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

/// One way in which the text can lie in a GUID: the digits it fixes and their values.
pub(super) struct Pattern {
    mask: u128,
    value: u128,
}

impl Pattern {
    #[inline]
    pub(super) fn fits(&self, guid: u128) -> bool {
        guid & self.mask == self.value
    }

    fn at(text: &[u8], start: usize) -> Option<Self> {
        let mut pattern = Self { mask: 0, value: 0 };
        for (place, byte) in (start..).zip(text) {
            let hyphens = HYPHENS.iter().filter(|hyphen| **hyphen < place).count();
            match (HYPHENS.contains(&place), *byte) {
                (true, b'-') => {}
                (false, b'0'..=b'9' | b'a'..=b'f') => {
                    let digit = (*byte as char).to_digit(16)?;
                    let shift = 4 * (31 - (place - hyphens));
                    pattern.mask |= 0xf << shift;
                    pattern.value |= u128::from(digit) << shift;
                }
                _ => return None,
            }
        }
        Some(pattern)
    }
}

/// All ways in which a folded text can lie in a GUID; none if it cannot.
pub(super) fn patterns(text: &[u8]) -> Vec<Pattern> {
    let starts = 0..(36_usize + 1).saturating_sub(text.len());
    starts.filter_map(|start| Pattern::at(text, start)).collect()
}
