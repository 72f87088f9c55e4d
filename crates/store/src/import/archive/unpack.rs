//! Inflates step by step into one buffer, and counts what comes out.

use super::Limits;
use flate2::{Crc, Decompress, FlushDecompress, Status};

/// How much is inflated before it is handed on.
const BUFFER: usize = 1 << 20;

/// Unpacks the entries of an archive, one after another.
pub(super) struct Unpacker {
    limits: Limits,
    stream: Decompress,
    buffer: Vec<u8>,
    filled: usize,
    crc: Crc,
    /// Compressed bytes of this entry.
    pub(super) consumed: u64,
    /// Inflated bytes of this entry.
    pub(super) inflated: u64,
    /// Inflated bytes of all entries.
    total: u64,
}

/// What came of a step.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// All of the input was used.
    More,
    /// The compressed data ended.
    Ended,
    /// It is not compressed data.
    Damaged,
    /// It inflates to more than is read.
    TooMuch,
}

impl Unpacker {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            limits,
            stream: Decompress::new(false),
            buffer: Vec::new(),
            filled: 0,
            crc: Crc::new(),
            consumed: 0,
            inflated: 0,
            total: 0,
        }
    }

    /// Begins an entry.
    pub(super) fn begin(&mut self) {
        self.stream.reset(false);
        self.crc.reset();
        (self.filled, self.consumed, self.inflated) = (0, 0, 0);
    }

    /// CRC-32 of what came out.
    pub(super) fn crc(&self) -> u32 {
        self.crc.sum()
    }

    /// Inflates; gives full buffers, and the last one, to `sink`. Says how many bytes of the input it used.
    pub(super) fn inflate(&mut self, input: &[u8], mut sink: impl FnMut(&[u8])) -> (usize, Step) {
        if self.buffer.is_empty() {
            self.buffer = vec![0; BUFFER];
        }
        let mut used = 0;
        loop {
            let (before_in, before_out) = (self.stream.total_in(), self.stream.total_out());
            let output = &mut self.buffer[self.filled..];
            let result = self.stream.decompress(&input[used..], output, FlushDecompress::None);
            let (taken, given) = (self.stream.total_in() - before_in, self.stream.total_out() - before_out);
            used += taken as usize;
            self.filled += given as usize;
            self.consumed += taken;
            self.inflated += given;
            self.total += given;
            let step = match result {
                Err(_) => Step::Damaged,
                Ok(_) if self.is_too_much() => Step::TooMuch,
                Ok(Status::StreamEnd) => Step::Ended,
                Ok(_) if taken == 0 && given == 0 && used < input.len() => Step::Damaged,
                Ok(_) => Step::More,
            };
            if self.filled == BUFFER || step != Step::More {
                self.flush(&mut sink);
            }
            if step != Step::More || (taken == 0 && given == 0) {
                return (used, step);
            }
        }
    }

    /// Hands on what waits in the buffer.
    pub(super) fn flush(&mut self, mut sink: impl FnMut(&[u8])) {
        let bytes = &self.buffer[..self.filled];
        self.crc.update(bytes);
        sink(bytes);
        self.filled = 0;
    }

    /// Counts bytes that are stored as they are.
    pub(super) fn pass(&mut self, bytes: &[u8]) -> Step {
        self.crc.update(bytes);
        let length = bytes.len() as u64;
        self.consumed += length;
        self.inflated += length;
        self.total += length;
        if self.is_too_much() { Step::TooMuch } else { Step::More }
    }

    fn is_too_much(&self) -> bool {
        let bomb = self.inflated > self.limits.entry && self.inflated / self.limits.ratio.max(1) > self.consumed;
        bomb || self.total > self.limits.total
    }
}
