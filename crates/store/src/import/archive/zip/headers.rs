//! The records of a ZIP file, as PKWARE's APPNOTE 6.3.10 lays them out.

/// "Local file header signature", 4.3.7.
pub(super) const LOCAL: u32 = 0x0403_4b50;
/// "Central file header signature", 4.3.12.
pub(super) const CENTRAL: u32 = 0x0201_4b50;
/// "End of central dir signature", 4.3.16.
pub(super) const END: u32 = 0x0605_4b50;
/// "Zip64 end of central dir signature", 4.3.14.
pub(super) const END_64: u32 = 0x0606_4b50;
/// "Zip64 end of central dir locator signature", 4.3.15.
pub(super) const LOCATOR_64: u32 = 0x0706_4b50;
/// "Header signature" of the digital signature, 4.3.13.
pub(super) const SIGNATURE: u32 = 0x0505_4b50;
/// The data descriptor's signature, 4.3.9.3; also the mark of a split archive, 8.5.3.
pub(super) const DESCRIPTOR: u32 = 0x0807_4b50;
/// The mark of an archive that was to be split but is not, 8.5.4.
pub(super) const NOT_SPLIT: u32 = 0x3030_4b50;

/// An end of the central directory as large as this is not believed.
const LARGEST_END: u64 = 64 << 10;

pub(super) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).and_then(|two| two.try_into().ok()).map_or(0, u16::from_le_bytes)
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()).map_or(0, u64::from_le_bytes)
}

/// How many bytes the record that begins like that has; the answer may grow with the bytes. `None`
/// where no record begins like that.
pub(super) fn length(bytes: &[u8]) -> Option<usize> {
    if bytes.len() < 4 {
        return Some(4);
    }
    let with = |fixed: usize, lengths: &[usize]| {
        let variable: usize = lengths.iter().map(|at| u16_at(bytes, *at) as usize).sum();
        Some(if bytes.len() < fixed { fixed } else { fixed + variable })
    };
    match u32_at(bytes, 0) {
        LOCAL => with(30, &[26, 28]),
        CENTRAL => with(46, &[28, 30, 32]),
        END => with(22, &[20]),
        SIGNATURE => with(6, &[4]),
        LOCATOR_64 => Some(20),
        DESCRIPTOR | NOT_SPLIT => Some(4),
        END_64 if bytes.len() < 12 => Some(12),
        END_64 => {
            let size = u64_at(bytes, 4);
            (size <= LARGEST_END).then_some(12 + size as usize)
        }
        _ => None,
    }
}

/// What a local header or the central directory says of an entry.
#[derive(Clone, Copy, Default)]
pub(super) struct Said {
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) crc: u32,
    pub(super) packed: u64,
    pub(super) unpacked: u64,
    /// Place of the local header; only in the central directory.
    pub(super) offset: u64,
    /// Whether it has sizes of 64 bits.
    pub(super) zip64: bool,
}

impl Said {
    /// Bit 0: encrypted; bit 6: strongly; bit 13: with masked headers. Method 99 is AES.
    pub(super) fn is_encrypted(&self) -> bool {
        self.flags & (1 | 1 << 6 | 1 << 13) != 0 || self.method == 99
    }

    /// Bit 3: checksum and sizes follow the data.
    pub(super) fn has_descriptor(&self) -> bool {
        self.flags & 1 << 3 != 0
    }

    /// Bit 11: the name is UTF-8.
    pub(super) fn is_utf8(&self) -> bool {
        self.flags & 1 << 11 != 0
    }

    /// Reads a whole local header; with name and extra fields.
    pub(super) fn local(bytes: &[u8]) -> (Self, &[u8], &[u8]) {
        let said = Self {
            flags: u16_at(bytes, 6),
            method: u16_at(bytes, 8),
            crc: u32_at(bytes, 14),
            packed: u32_at(bytes, 18) as u64,
            unpacked: u32_at(bytes, 22) as u64,
            offset: 0,
            zip64: false,
        };
        said.with_names(&bytes[30..], u16_at(bytes, 26) as usize, u16_at(bytes, 28) as usize)
    }

    /// Reads a whole header of the central directory; with name and extra fields.
    pub(super) fn central(bytes: &[u8]) -> (Self, &[u8], &[u8]) {
        let said = Self {
            flags: u16_at(bytes, 8),
            method: u16_at(bytes, 10),
            crc: u32_at(bytes, 16),
            packed: u32_at(bytes, 20) as u64,
            unpacked: u32_at(bytes, 24) as u64,
            offset: u32_at(bytes, 42) as u64,
            zip64: false,
        };
        said.with_names(&bytes[46..], u16_at(bytes, 28) as usize, u16_at(bytes, 30) as usize)
    }

    fn with_names(mut self, rest: &[u8], name: usize, extra: usize) -> (Self, &[u8], &[u8]) {
        let (name, rest) = rest.split_at(name.min(rest.len()));
        let extra = &rest[..extra.min(rest.len())];
        if let Some(large) = field(extra, 1) {
            // 4.5.3: those values are there that did not fit, in this order.
            self.zip64 = true;
            let mut at = 0;
            for value in [&mut self.unpacked, &mut self.packed, &mut self.offset] {
                if *value == u32::MAX as u64 && large.len() >= at + 8 {
                    *value = u64_at(large, at);
                    at += 8;
                }
            }
        }
        (self, name, extra)
    }
}

/// The extra field with that number.
pub(super) fn field(mut extra: &[u8], number: u16) -> Option<&[u8]> {
    while extra.len() >= 4 {
        let (own, length) = (u16_at(extra, 0), u16_at(extra, 2) as usize);
        let rest = &extra[4..];
        let (data, after) = rest.split_at(length.min(rest.len()));
        if own == number {
            return Some(data);
        }
        extra = after;
    }
    None
}

/// How long the data descriptor at the beginning of these bytes is, by what it should say. One that
/// says something else is told by the record that follows it.
pub(super) fn descriptor(bytes: &[u8], crc: u32, packed: u64, unpacked: u64) -> Option<(usize, Said)> {
    let mark = if u32_at(bytes, 0) == DESCRIPTOR && bytes.len() >= 4 { 4 } else { 0 };
    let forms = [(mark, false), (mark, true), (0, false), (0, true)].map(|(mark, zip64)| {
        let length = mark + if zip64 { 20 } else { 12 };
        let size = |at: usize| if zip64 { u64_at(bytes, at) } else { u32_at(bytes, at) as u64 };
        let packed = size(mark + 4);
        let unpacked = size(mark + if zip64 { 12 } else { 8 });
        (length, Said { crc: u32_at(bytes, mark), packed, unpacked, zip64, ..Said::default() })
    });
    let there = || forms.into_iter().filter(|(length, _)| bytes.len() >= *length);
    let true_ones = |said: &Said| said.crc == crc && said.packed == packed && said.unpacked == unpacked;
    let followed = |length: usize| matches!(u32_at(bytes, length), LOCAL | CENTRAL);
    let right = there().find(|(_, said)| true_ones(said));
    right.or_else(|| there().find(|(length, _)| followed(*length)))
}
