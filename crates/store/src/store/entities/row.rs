//! A row on its way into a table.

use crate::model::{Attribute, EntityKind, ItemColumn, List, Origin};

/// One value of a list: codes by [`ItemColumn`].
pub type Item = (List, [u32; ItemColumn::COUNT]);

/// A row: codes of the dictionaries and ticks. A value that is absent is not in it.
#[derive(Clone, Debug)]
pub struct EntityRow {
    /// Which table it goes to.
    pub kind: EntityKind,
    /// What it rests on.
    pub origin: Origin,
    /// Attributes with a code, in the order they came.
    codes: Vec<(Attribute, u32)>,
    /// Attributes with a time, ticks.
    pub times: Vec<(Attribute, i64)>,
    /// Values of lists.
    pub items: Vec<Item>,
    /// Codes of key and value of fields that no attribute knows.
    pub extras: Vec<(u32, u32)>,
    /// A bit for each attribute that has a code.
    coded: [u64; Attribute::COUNT.div_ceil(64)],
}

impl Default for EntityRow {
    fn default() -> Self {
        Self {
            kind: EntityKind::Person,
            origin: Origin::Own,
            codes: Vec::new(),
            times: Vec::new(),
            items: Vec::new(),
            extras: Vec::new(),
            coded: [0; Attribute::COUNT.div_ceil(64)],
        }
    }
}

impl EntityRow {
    /// Forgets everything, to be filled anew.
    pub fn begin(&mut self, kind: EntityKind, origin: Origin) {
        (self.kind, self.origin) = (kind, origin);
        self.codes.clear();
        self.coded.fill(0);
        self.times.clear();
        self.items.clear();
        self.extras.clear();
    }

    /// The code of an attribute, 0 where there is none.
    pub fn code(&self, attribute: Attribute) -> u32 {
        let (word, bit) = place(attribute);
        if self.coded[word] & bit == 0 {
            return 0;
        }
        self.codes.iter().find(|(own, _)| *own == attribute).map_or(0, |(_, code)| *code)
    }

    /// Attributes with a code, in the order they came.
    pub fn codes(&self) -> &[(Attribute, u32)] {
        &self.codes
    }

    /// Sets an attribute that has no value yet. False if it has another one.
    pub fn set(&mut self, attribute: Attribute, code: u32) -> bool {
        if code == 0 {
            return true;
        }
        let known = self.code(attribute);
        if known == 0 {
            let (word, bit) = place(attribute);
            self.coded[word] |= bit;
            self.codes.push((attribute, code));
        }
        known == 0 || known == code
    }

    /// How many values there are, times included.
    pub fn len(&self) -> usize {
        self.codes.len() + self.times.len() + self.items.len() + self.extras.len()
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn place(attribute: Attribute) -> (usize, u64) {
    (attribute as usize / 64, 1 << (attribute as usize % 64))
}
