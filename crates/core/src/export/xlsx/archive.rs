//! A ZIP archive whose every byte follows from its content: no times, no comments, no extra fields.

use flate2::{Compression, Crc, write::DeflateEncoder};
use std::io::Write as _;

/// 1 January 1980, the first day that the format knows: no time is in a workbook.
const DAY: [u8; 4] = [0, 0, 0x21, 0];

/// An archive that is being written.
#[derive(Default)]
pub(super) struct Archive {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
}

/// Packs as it is written, and counts.
pub(super) struct Packer {
    encoder: DeflateEncoder<Vec<u8>>,
    sum: Crc,
}

impl Packer {
    pub(super) fn new() -> Self {
        Self { encoder: DeflateEncoder::new(Vec::new(), Compression::fast()), sum: Crc::new() }
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.sum.update(bytes);
        // A vector takes all that is written.
        let _ = self.encoder.write_all(bytes);
    }

    /// The packed bytes, CRC-32 and the number of the others.
    pub(super) fn finish(self) -> (Vec<u8>, u32, u32) {
        (self.encoder.finish().unwrap_or_default(), self.sum.sum(), self.sum.amount())
    }
}

impl Archive {
    pub(super) fn add(&mut self, name: &str, content: &str) {
        let mut packer = Packer::new();
        packer.add(content.as_bytes());
        let (packed, sum, size) = packer.finish();
        self.packed(name, &packed, sum, size);
    }

    /// Adds what is packed already. `sum`, `size`: CRC-32 and length of the content.
    pub(super) fn packed(&mut self, name: &str, packed: &[u8], sum: u32, size: u32) {
        let at = self.bytes.len() as u32;
        // Version 2.0, no flags, deflate.
        let mut common = vec![20, 0, 0, 0, 8, 0];
        common.extend(DAY);
        for number in [sum, packed.len() as u32, size] {
            common.extend(number.to_le_bytes());
        }
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&common);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(packed);
        self.directory.extend(b"PK\x01\x02\x14\0");
        self.directory.extend(&common);
        // No comment, first disk, no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(at.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.count += 1;
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        let at = self.bytes.len() as u32;
        self.bytes.extend(&self.directory);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        for _ in 0..2 {
            self.bytes.extend(self.count.to_le_bytes());
        }
        self.bytes.extend((self.directory.len() as u32).to_le_bytes());
        self.bytes.extend(at.to_le_bytes());
        self.bytes.extend([0, 0]);
        self.bytes
    }
}
