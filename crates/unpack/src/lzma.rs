//! Decodes LZMA, of the one kind that is packed here: contexts of four bits of the byte before, none of
//! the place, all in memory. Only that makes it small and quick enough to stand before the start of a page.
//! Source of the format: Igor Pavlov's specification of LZMA, public domain.

use alloc::{vec, vec::Vec};

/// Bits of the byte before that a literal is read in the light of.
pub const LITERAL_CONTEXT: u32 = 4;

const STATES: usize = 12;
const HALF: u16 = 1 << 10;
const END: usize = 14; // from this distance slot on, the middle bits have no contexts
const ALIGN: u32 = 4;

/// The range decoder: which of the packed bytes is next, and where in its range the next bit is.
#[derive(Clone, Copy)]
struct Bits {
    at: usize,
    range: u32,
    code: u32,
}

impl Bits {
    #[inline]
    fn normalise(&mut self, packed: &[u8]) {
        if self.range < 1 << 24 {
            self.range <<= 8;
            self.code = self.code << 8 | u32::from(packed.get(self.at).copied().unwrap_or(0));
            self.at += 1;
        }
    }

    /// One bit, and what it teaches.
    #[inline]
    fn bit(&mut self, packed: &[u8], chance: &mut u16) -> u32 {
        let bound = (self.range >> 11) * u32::from(*chance);
        let one = self.code >= bound;
        let taken = if one { bound } else { 0 };
        self.range = if one { self.range - bound } else { bound };
        self.code -= taken;
        *chance = if one { *chance - (*chance >> 5) } else { *chance + ((2048 - *chance) >> 5) };
        self.normalise(packed);
        u32::from(one)
    }

    /// So many bits, the highest first, each in the light of those before.
    #[inline]
    fn tree(&mut self, packed: &[u8], chances: &mut [u16], bits: u32) -> u32 {
        let mut symbol = 1;
        for _ in 0..bits {
            symbol = symbol << 1 | self.bit(packed, &mut chances[symbol as usize]);
        }
        symbol - (1 << bits)
    }

    /// The same, the lowest first.
    fn reverse_tree(&mut self, packed: &[u8], chances: &mut [u16], bits: u32) -> u32 {
        let (mut symbol, mut value) = (1, 0);
        for at in 0..bits {
            let bit = self.bit(packed, &mut chances[symbol as usize]);
            symbol = symbol << 1 | bit;
            value |= bit << at;
        }
        value
    }

    /// Bits that are as likely 0 as 1.
    fn direct(&mut self, packed: &[u8], bits: u32) -> u32 {
        let mut value = 0;
        for _ in 0..bits {
            self.range >>= 1;
            let one = self.code >= self.range;
            self.code -= if one { self.range } else { 0 };
            value = value << 1 | u32::from(one);
            self.normalise(packed);
        }
        value
    }
}

/// How long a match is.
struct Length {
    choice: [u16; 2],
    low: [u16; 8],
    middle: [u16; 8],
    high: [u16; 256],
}

impl Length {
    const NEW: Self = Self { choice: [HALF; 2], low: [HALF; 8], middle: [HALF; 8], high: [HALF; 256] };

    fn read(&mut self, packed: &[u8], bits: &mut Bits) -> usize {
        let length = if bits.bit(packed, &mut self.choice[0]) == 0 {
            bits.tree(packed, &mut self.low, 3)
        } else if bits.bit(packed, &mut self.choice[1]) == 0 {
            8 + bits.tree(packed, &mut self.middle, 3)
        } else {
            16 + bits.tree(packed, &mut self.high, 8)
        };
        length as usize + 2
    }
}

/// Bytes that come out of packed ones.
pub struct Lzma {
    packed: Vec<u8>,
    bits: Bits,
    literals: Vec<[u16; 0x300]>,
    is_match: [u16; STATES],
    is_repeat: [u16; STATES],
    /// Of a repeated distance: whether it is not the last, the last but one, the last but two.
    repeats: [[u16; STATES]; 3],
    is_long: [u16; STATES],
    slots: [[u16; 64]; 4],
    near: [[u16; 32]; END],
    align: [u16; 1 << ALIGN],
    length: Length,
    repeat_length: Length,
    state: usize,
    distances: [usize; 4],
    bytes: Vec<u8>,
    done: usize,
}

impl Lzma {
    /// Begins with the packed bytes of so many. `None` where they do not begin as they must.
    #[must_use]
    pub fn new(packed: Vec<u8>, length: usize) -> Option<Self> {
        let code = u32::from_be_bytes(packed.get(1..5)?.try_into().ok()?);
        Some(Self {
            packed,
            bits: Bits { at: 5, range: u32::MAX, code },
            literals: vec![[HALF; 0x300]; 1 << LITERAL_CONTEXT],
            is_match: [HALF; STATES],
            is_repeat: [HALF; STATES],
            repeats: [[HALF; STATES]; 3],
            is_long: [HALF; STATES],
            slots: [[HALF; 64]; 4],
            near: [[HALF; 32]; END],
            align: [HALF; 1 << ALIGN],
            length: Length::NEW,
            repeat_length: Length::NEW,
            state: 0,
            distances: [1; 4],
            bytes: vec![0; length],
            done: 0,
        })
    }

    /// All bytes so far.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.done]
    }

    /// Goes on until about so many more bytes are there, or all. `None` where the packed bytes are damaged.
    pub fn advance(&mut self, most: usize) -> Option<()> {
        let end = self.bytes.len().min(self.done + most);
        // On the stack, not in this structure, they stay in registers.
        let (packed, mut bits) = (core::mem::take(&mut self.packed), self.bits);
        while self.done < end {
            if bits.bit(&packed, &mut self.is_match[self.state]) == 0 {
                self.literal(&packed, &mut bits);
            } else {
                self.repeat(&packed, &mut bits)?;
            }
        }
        (self.packed, self.bits) = (packed, bits);
        (bits.at <= self.packed.len() + 4).then_some(())
    }

    #[inline]
    fn literal(&mut self, packed: &[u8], bits: &mut Bits) {
        let before = if self.done == 0 { 0 } else { self.bytes[self.done - 1] };
        let chances = &mut self.literals[usize::from(before >> (8 - LITERAL_CONTEXT))];
        let mut symbol = 1;
        if self.state >= 7 {
            // Behind a match stands what did not match: the byte at the same distance tells what it is not.
            let mut other = u32::from(self.bytes[self.done - self.distances[0]]);
            while symbol < 0x100 {
                let expected = other >> 7 & 1;
                other <<= 1;
                let bit = bits.bit(packed, &mut chances[((1 + expected) << 8 | symbol) as usize]);
                symbol = symbol << 1 | bit;
                if bit != expected {
                    break;
                }
            }
        }
        while symbol < 0x100 {
            symbol = symbol << 1 | bits.bit(packed, &mut chances[symbol as usize]);
        }
        self.bytes[self.done] = symbol as u8;
        self.done += 1;
        self.state = match self.state {
            0..4 => 0,
            4..10 => self.state - 3,
            _ => self.state - 6,
        };
    }

    #[inline]
    fn repeat(&mut self, packed: &[u8], bits: &mut Bits) -> Option<()> {
        let state = self.state;
        let length;
        if bits.bit(packed, &mut self.is_repeat[state]) == 0 {
            length = self.length.read(packed, bits);
            self.state = if state < 7 { 7 } else { 10 };
            let slot = bits.tree(packed, &mut self.slots[(length - 2).min(3)], 6);
            let distance = if slot < 4 {
                slot
            } else {
                let low = (slot >> 1) - 1;
                let base = (2 | slot & 1) << low;
                if (slot as usize) < END {
                    base + bits.reverse_tree(packed, &mut self.near[slot as usize], low)
                } else {
                    base + (bits.direct(packed, low - ALIGN) << ALIGN)
                        + bits.reverse_tree(packed, &mut self.align, ALIGN)
                }
            };
            self.distances.rotate_right(1);
            self.distances[0] = distance as usize + 1;
        } else {
            let which = if bits.bit(packed, &mut self.repeats[0][state]) == 0 {
                if bits.bit(packed, &mut self.is_long[state]) == 0 {
                    self.state = if state < 7 { 9 } else { 11 };
                    return self.copy(1);
                }
                0
            } else if bits.bit(packed, &mut self.repeats[1][state]) == 0 {
                1
            } else {
                2 + bits.bit(packed, &mut self.repeats[2][state]) as usize
            };
            self.distances[..=which].rotate_right(1);
            length = self.repeat_length.read(packed, bits);
            self.state = if state < 7 { 8 } else { 11 };
        }
        self.copy(length)
    }

    #[inline]
    fn copy(&mut self, length: usize) -> Option<()> {
        let from = self.done.checked_sub(self.distances[0])?;
        let length = length.min(self.bytes.len() - self.done);
        if self.distances[0] >= length {
            self.bytes.copy_within(from..from + length, self.done);
        } else {
            for at in 0..length {
                self.bytes[self.done + at] = self.bytes[from + at];
            }
        }
        self.done += length;
        Some(())
    }
}
