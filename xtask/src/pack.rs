//! Makes the module small enough to lie in a page: LZMA, then text. `crates/unpack` is the way back.

use anyhow::Result;
use guestlens_unpack::{lzma::LITERAL_CONTEXT, seven};
use lzma_rust2::{LzmaOptions, LzmaWriter};
use std::io::Write;

/// The text of bytes.
pub fn pack(bytes: &[u8]) -> Result<String> {
    let mut options = LzmaOptions::with_preset(9);
    // WebAssembly has no alignment that would be worth a context; the byte before says more.
    (options.lc, options.lp, options.pb) = (LITERAL_CONTEXT, 0, 0);
    options.nice_len = LzmaOptions::NICE_LEN_MAX;
    options.dict_size = (bytes.len() as u32).next_power_of_two().max(1 << 16);
    let length = (bytes.len() as u32).to_le_bytes().to_vec();
    let mut writer = LzmaWriter::new_no_header(length, &options, false)?;
    writer.write_all(bytes)?;
    Ok(seven::write(&writer.finish()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpack(text: &str, piece: usize) -> Option<Vec<u8>> {
        let mut unpacking = guestlens_unpack::unpack(text.as_bytes())?;
        loop {
            let before = unpacking.bytes().len();
            unpacking.advance(piece)?;
            if unpacking.bytes().len() == before {
                return Some(unpacking.bytes().to_vec());
            }
        }
    }

    #[test]
    fn comes_back_piece_by_piece() {
        let texts = (0..3000_u32).map(|n| format!("local.get {} i32.add", n * n % 977)).collect::<Vec<_>>().join(" ");
        for bytes in [texts.as_bytes(), b"", b"\0asm", &[255; 10_000]] {
            let text = pack(bytes).unwrap();
            for piece in [1, 1000, 1 << 20] {
                assert_eq!(unpack(&text, piece).as_deref(), Some(bytes));
            }
        }
    }

    #[test]
    fn a_damaged_text_gives_no_other_module() {
        let bytes: Vec<u8> = (0..20_000_u32).map(|n| ((n * n) >> 7) as u8).collect();
        let text = pack(&bytes).unwrap();
        let short = &text[..text.floor_char_boundary(text.len() / 2)];
        assert_ne!(unpack(short, 1000), Some(bytes));
        assert_eq!(unpack("x", 1000), None);
    }
}
