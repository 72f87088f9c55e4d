//! Unpacks what `cargo xtask build` packs: bytes, made small by LZMA, written as text at seven bits a
//! character. A module of its own, as it runs before the one that it unpacks.

#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;

pub mod lzma;
pub mod seven;

#[cfg(target_arch = "wasm32")]
mod exports;

use lzma::Lzma;

/// Begins to unpack a text: the number of bytes, four bytes with the lowest first, then the packed bytes.
/// `None` where it is no such text.
#[must_use]
pub fn unpack(text: &[u8]) -> Option<Lzma> {
    let mut packed = seven::read(text)?;
    let length = u32::from_le_bytes(*packed.first_chunk()?);
    packed.drain(..4);
    Lzma::new(packed, length as usize)
}
