//! A store as one run of bytes, for the page that reads it again. What a report with data inside carries.
//!
//! After [`MAGIC`] come sections, each behind a head of 16 bytes: kind, three bytes of key, width of a number,
//! domain (255: none), two zeros, count and length (little-endian, four bytes each). Kinds: `J` JSON, `T` the
//! texts of a dictionary from code 1 on (each behind its length in LEB128), `N` numbers of that width, `M` moments
//! (eight bytes, ticks). Nothing else stands in it, so that a reader can account for every byte. Records are
//! numbered anew within each source.

mod unpack;

use super::{Codes, Dictionary, NO_TIME, Pairs, Store};
use crate::model::{Attribute, Column, Domain, EntityKind, ItemColumn, TargetColumn};
use std::io::{self, Write};

type Result = io::Result<()>;

/// How it begins.
pub const MAGIC: &[u8; 8] = b"GLSTORE1";

/// Bytes of the head of a section.
pub const HEAD: usize = 16;

/// How many bytes are written at a time.
const PIECE: usize = 1 << 16;

/// What a section belongs to: the first byte of its key. Entities of a kind have `ENTITY + kind`.
mod table {
    pub(super) const HEADER: u8 = 0;
    pub(super) const EVENT: u8 = 1;
    pub(super) const TARGET: u8 = 2;
    pub(super) const CHANGE: u8 = 3;
    pub(super) const DETAIL: u8 = 4;
    pub(super) const EXTRA: u8 = 5;
    pub(super) const DICTIONARY: u8 = 6;
    pub(super) const ENTITY: u8 = 32;
}

/// Parts of a table that are no columns: the second byte of the key.
mod part {
    pub(super) const COLUMN: u8 = 0;
    pub(super) const TIME: u8 = 1;
    pub(super) const SOURCE: u8 = 2;
    pub(super) const FLAG: u8 = 3;
    pub(super) const COUNT: u8 = 4;
    pub(super) const ITEM_COUNT: u8 = 5;
    pub(super) const ITEM_LIST: u8 = 6;
    pub(super) const ITEM: u8 = 7;
    pub(super) const EXTRA_COUNT: u8 = 8;
    pub(super) const EXTRA: u8 = 9;
}

struct Packer<'a> {
    out: &'a mut dyn Write,
}

impl Packer<'_> {
    fn head(
        &mut self,
        kind: u8,
        key: [u8; 3],
        width: u8,
        domain: Option<Domain>,
        count: usize,
        length: usize,
    ) -> Result {
        self.out.write_all(&[kind, key[0], key[1], key[2], width, domain.map_or(255, |domain| domain as u8), 0, 0])?;
        self.out.write_all(&(count as u32).to_le_bytes())?;
        self.out.write_all(&(length as u32).to_le_bytes())
    }

    fn json(&mut self, part: u8, text: &[u8]) -> Result {
        self.head(b'J', [table::HEADER, part, 0], 1, None, text.len(), text.len())?;
        self.out.write_all(text)
    }

    fn texts(&mut self, domain: Domain, dictionary: &Dictionary) -> Result {
        let mut length = 0;
        dictionary.for_each(|code, text| length += if code == 0 { 0 } else { written_length(text.len()) + text.len() });
        self.head(b'T', [table::DICTIONARY, domain as u8, 0], 1, Some(domain), dictionary.len() - 1, length)?;
        let (mut piece, mut result) = (Vec::new(), Ok(()));
        dictionary.for_each(|code, text| {
            if code > 0 {
                write_length(&mut piece, text.len());
                piece.extend_from_slice(text);
            }
            if piece.len() >= PIECE && result.is_ok() {
                result = self.out.write_all(&piece);
                piece.clear();
            }
        });
        result?;
        self.out.write_all(&piece)
    }

    fn numbers(&mut self, key: [u8; 3], domain: Option<Domain>, values: Vec<u32>) -> Result {
        self.codes(key, domain, &Codes::of(values))
    }

    fn codes(&mut self, key: [u8; 3], domain: Option<Domain>, codes: &Codes) -> Result {
        let width: u8 = match codes {
            Codes::Narrow(_) => 1,
            Codes::Middle(_) => 2,
            Codes::Wide(_) => 4,
        };
        self.head(b'N', key, width, domain, codes.len(), codes.len() * usize::from(width))?;
        codes.write(self.out)
    }

    fn moments(&mut self, key: [u8; 3], values: &[i64]) -> Result {
        self.head(b'M', key, 8, None, values.len(), values.len() * 8)?;
        let mut bytes = Vec::new();
        values.chunks(PIECE / 8).try_for_each(|piece| {
            bytes.clear();
            for moment in piece {
                bytes.extend_from_slice(&moment.to_le_bytes());
            }
            self.out.write_all(&bytes)
        })
    }

    fn pairs(&mut self, of: u8, pairs: &Pairs, key: Domain, value: Domain) -> Result {
        self.numbers([of, part::COUNT, 0], None, counts(&pairs.start))?;
        self.codes([of, part::COLUMN, 0], Some(key), &pairs.key)?;
        self.codes([of, part::COLUMN, 1], Some(value), &pairs.value)
    }
}

fn counts(start: &[u32]) -> Vec<u32> {
    start.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

impl Store {
    /// All of it but the texts of rules, as bytes. `head` is JSON of the caller's, see [`Store::unpack`].
    pub fn pack(&self, head: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        // A vector takes all that is written.
        let _ = self.pack_into(head, &mut bytes);
        bytes
    }

    /// The same, piece by piece.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn pack_into(&self, head: &[u8], out: &mut dyn Write) -> Result {
        let mut packer = Packer { out };
        packer.out.write_all(MAGIC)?;
        packer.json(0, head)?;
        packer.json(1, &serde_json::to_vec(&self.sources).unwrap_or_default())?;
        packer.json(2, &serde_json::to_vec(self.problems.list()).unwrap_or_default())?;
        packer.moments([table::HEADER, part::TIME, 0], &[self.rounding])?;
        for domain in Domain::ALL {
            packer.texts(*domain, self.dictionary(*domain))?;
        }
        packer.moments([table::EVENT, part::TIME, 0], &self.time)?;
        packer.codes([table::EVENT, part::SOURCE, 0], None, &self.source)?;
        let guests = self.guest.iter().map(|guest| u32::from(*guest)).collect();
        packer.numbers([table::EVENT, part::FLAG, 0], None, guests)?;
        for column in Column::ALL {
            packer.codes([table::EVENT, part::COLUMN, *column as u8], Some(column.domain()), self.column(*column))?;
        }
        packer.numbers([table::TARGET, part::COUNT, 0], None, counts(&self.target_start))?;
        for column in TargetColumn::ALL {
            let codes = self.target_column(*column);
            packer.codes([table::TARGET, part::COLUMN, *column as u8], Some(column.domain()), codes)?;
        }
        packer.numbers([table::CHANGE, part::COUNT, 0], None, counts(&self.change_start))?;
        packer.codes([table::CHANGE, part::COLUMN, 0], Some(Domain::PropertyName), &self.change_name)?;
        packer.codes([table::CHANGE, part::COLUMN, 1], Some(Domain::PropertyValue), &self.change_old)?;
        packer.codes([table::CHANGE, part::COLUMN, 2], Some(Domain::PropertyValue), &self.change_new)?;
        packer.pairs(table::DETAIL, &self.details, Domain::DetailKey, Domain::DetailValue)?;
        packer.pairs(table::EXTRA, &self.extras, Domain::ExtraKey, Domain::ExtraValue)?;
        EntityKind::ALL.iter().try_for_each(|kind| self.pack_entities(*kind, &mut packer))
    }

    fn pack_entities(&self, kind: EntityKind, packer: &mut Packer) -> Result {
        let (rows, of) = (self.entity_table(kind), table::ENTITY + kind as u8);
        if rows.is_empty() {
            return Ok(());
        }
        packer.codes([of, part::SOURCE, 0], None, &rows.source)?;
        let origins = (0..rows.len()).map(|row| rows.origin(row) as u32).collect();
        packer.numbers([of, part::FLAG, 0], None, origins)?;
        for attribute in Attribute::ALL.iter().copied().filter(|attribute| rows.has(*attribute)) {
            if let Some(domain) = attribute.domain() {
                let codes = (0..rows.len()).map(|row| rows.code(row, attribute)).collect();
                packer.numbers([of, part::COLUMN, attribute as u8], Some(domain), codes)?;
            } else {
                let moments: Vec<i64> = (0..rows.len()).map(|row| rows.ticks(row, attribute)).collect();
                packer.moments([of, part::TIME, attribute as u8], &moments)?;
            }
        }
        packer.numbers([of, part::ITEM_COUNT, 0], None, counts(&rows.items.start))?;
        let lists: Vec<u32> = rows.items.list.iter().map(|list| *list as u32).collect();
        let items = lists.len();
        packer.numbers([of, part::ITEM_LIST, 0], None, lists)?;
        for column in ItemColumn::ALL.iter().copied() {
            let codes = (0..items).map(|item| rows.items.code(item, column)).collect();
            packer.numbers([of, part::ITEM, column as u8], Some(column.domain()), codes)?;
        }
        packer.numbers([of, part::EXTRA_COUNT, 0], None, counts(&rows.extras.start))?;
        packer.codes([of, part::EXTRA, 0], Some(Domain::ExtraKey), &rows.extras.key)?;
        packer.codes([of, part::EXTRA, 1], Some(Domain::ExtraValue), &rows.extras.value)
    }

    /// Whether its times are rounded to a day or coarser.
    pub fn has_only_days(&self) -> bool {
        self.rounding >= crate::time::DAY
    }

    /// Whether its times are kept at least so exactly, ticks.
    pub fn keeps_times_of(&self, step: i64) -> bool {
        self.rounding <= step
    }
}

/// How many bytes [`write_length`] writes.
fn written_length(length: usize) -> usize {
    (usize::BITS - length.max(1).leading_zeros()).div_ceil(7) as usize
}

fn write_length(out: &mut Vec<u8>, mut length: usize) {
    while length >= 0x80 {
        out.push(length as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
}

/// Whether a moment is what is left of one that was rounded to a step: weeks begin on Mondays.
pub fn is_rounded(ticks: i64, step: i64) -> bool {
    // 1970 began on a Thursday, so that its fifth day was a Monday.
    let monday = if step == 7 * crate::time::DAY { 4 * crate::time::DAY } else { 0 };
    ticks == NO_TIME || step <= 0 || (ticks - monday).rem_euclid(step) == 0
}
