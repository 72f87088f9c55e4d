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
}
