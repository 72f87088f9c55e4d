//! A column of dictionary codes, as narrow as its largest code allows.

/// Codes of one column. Starts with one byte a code and widens when a larger code comes.
#[derive(Clone, Debug)]
pub enum Codes {
    /// All codes so far are below 256.
    Narrow(Vec<u8>),
    /// All codes so far are below 65,536.
    Middle(Vec<u16>),
    /// Any code.
    Wide(Vec<u32>),
}

impl Default for Codes {
    fn default() -> Self {
        Self::Narrow(Vec::new())
    }
}

/// Runs one body for whichever width the codes have, so that hot loops are compiled for each.
#[macro_export]
macro_rules! with_codes {
    ($codes:expr, $values:ident => $body:expr) => {
        match $codes {
            $crate::store::Codes::Narrow($values) => $body,
            $crate::store::Codes::Middle($values) => $body,
            $crate::store::Codes::Wide($values) => $body,
        }
    };
}

impl Codes {
    /// Of numbers, as narrow as the largest allows.
    pub fn of(codes: Vec<u32>) -> Self {
        match codes.iter().copied().max().unwrap_or(0) {
            0..=0xff => Self::Narrow(codes.into_iter().map(|code| code as u8).collect()),
            0x100..=0xffff => Self::Middle(codes.into_iter().map(|code| code as u16).collect()),
            _ => Self::Wide(codes),
        }
    }

    /// How many codes there are.
    pub fn len(&self) -> usize {
        with_codes!(self, values => values.len())
    }

    /// Whether there is no code.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The code at an index.
    #[inline]
    pub fn get(&self, index: usize) -> u32 {
        match self {
            Self::Narrow(values) => values[index] as u32,
            Self::Middle(values) => values[index] as u32,
            Self::Wide(values) => values[index],
        }
    }

    /// Appends a code.
    #[inline]
    pub fn push(&mut self, code: u32) {
        match self {
            Self::Narrow(values) if u8::try_from(code).is_ok() => values.push(code as u8),
            Self::Middle(values) if u16::try_from(code).is_ok() => values.push(code as u16),
            Self::Wide(values) => values.push(code),
            _ => self.widen(code),
        }
    }

    /// Replaces the code at an index.
    pub fn set(&mut self, index: usize, code: u32) {
        match self {
            Self::Narrow(values) if u8::try_from(code).is_ok() => values[index] = code as u8,
            Self::Middle(values) if u16::try_from(code).is_ok() => values[index] = code as u16,
            Self::Wide(values) => values[index] = code,
            _ => {
                self.widen(code);
                self.truncate(self.len() - 1);
                self.set(index, code);
            }
        }
    }

    /// Drops the codes from an index on.
    pub fn truncate(&mut self, length: usize) {
        with_codes!(self, values => values.truncate(length));
    }

    /// The codes at these places, each as `map` has it; 0 where it has none.
    pub fn mapped(&self, at: &[u32], map: &[u32]) -> Self {
        let new = |code: usize| map.get(code).copied().unwrap_or(0);
        Self::of(with_codes!(self, codes => at.iter().map(|at| new(codes[*at as usize] as usize)).collect()))
    }

    /// Marks the codes at these places.
    pub fn mark(&self, at: &[u32], marks: &mut [bool]) {
        with_codes!(self, codes => at.iter().for_each(|at| marks[codes[*at as usize] as usize] = true));
    }

    /// Writes the codes as numbers of the width that they have, the lowest byte first.
    pub(super) fn write(&self, out: &mut dyn std::io::Write) -> std::io::Result<()> {
        const PIECE: usize = 8192;
        let mut bytes = Vec::new();
        match self {
            Self::Narrow(codes) => out.write_all(codes),
            Self::Middle(codes) => codes.chunks(PIECE).try_for_each(|piece| {
                bytes.clear();
                for code in piece {
                    bytes.extend_from_slice(&code.to_le_bytes());
                }
                out.write_all(&bytes)
            }),
            Self::Wide(codes) => codes.chunks(PIECE).try_for_each(|piece| {
                bytes.clear();
                for code in piece {
                    bytes.extend_from_slice(&code.to_le_bytes());
                }
                out.write_all(&bytes)
            }),
        }
    }

    /// Bytes held.
    pub fn heap_bytes(&self) -> usize {
        match self {
            Self::Narrow(values) => values.capacity(),
            Self::Middle(values) => values.capacity() * 2,
            Self::Wide(values) => values.capacity() * 4,
        }
    }

    #[cold]
    fn widen(&mut self, code: u32) {
        let length = self.len();
        let all = (0..length).map(|index| self.get(index));
        *self = if u16::try_from(code).is_ok() {
            Self::Middle(all.map(|code| code as u16).collect())
        } else {
            Self::Wide(all.collect())
        };
        self.push(code);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widens_without_losing_a_code() {
        let mut codes = Codes::default();
        let values = [0, 255, 256, 7, 65_535, 65_536, 9];
        for code in values {
            codes.push(code);
        }
        assert!((0..7).all(|index| codes.get(index) == values[index]));
        let mut narrow = Codes::default();
        for code in [1, 2, 3] {
            narrow.push(code);
        }
        narrow.set(1, 70_000);
        assert_eq!([narrow.get(0), narrow.get(1), narrow.get(2), narrow.len() as u32], [1, 70_000, 3, 3]);
    }

    #[test]
    fn maps_marks_and_writes_codes_of_every_width() {
        for most in [200, 60_000, 70_000] {
            let codes = Codes::of(vec![3, most, 0]);
            let map: Vec<u32> = (0..=most).map(|code| code * 2).collect();
            let mapped = codes.mapped(&[2, 1, 1], &map);
            assert_eq!([mapped.get(0), mapped.get(1), mapped.get(2)], [0, most * 2, most * 2]);
            assert_eq!(codes.mapped(&[1], &[7]).get(0), 0);
            let mut marks = vec![false; map.len()];
            codes.mark(&[0, 1], &mut marks);
            assert_eq!(marks.iter().filter(|mark| **mark).count(), 2);
            assert!(marks[3] && marks[most as usize]);
            let mut bytes = Vec::new();
            codes.write(&mut bytes).unwrap();
            let number = |bytes: &[u8]| bytes.iter().rev().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
            let numbers: Vec<u32> = bytes.chunks(bytes.len() / 3).map(number).collect();
            assert_eq!(numbers, [3, most, 0]);
        }
    }
}
