//! Reading finished files again, as far as it has to be quick: what is looked for, and the passes that look for it.
//! Nothing here is used to make a report.

pub mod encoded;
mod known;
pub mod patterns;
mod search;

pub use known::{Collector, Known, Sort};
pub use search::Search;

/// The greatest of numbers of that width, 1, 2 or 4 bytes; `None` unless there are just so many.
pub fn greatest(content: &[u8], width: u8, count: u32) -> Option<u32> {
    let fits = content.len() == (count as usize).checked_mul(usize::from(width))?;
    let most = match width {
        1 => content.iter().copied().max().map(u32::from),
        2 => content.as_chunks::<2>().0.iter().map(|two| u16::from_le_bytes(*two)).max().map(u32::from),
        4 => content.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).max(),
        _ => return None,
    };
    fits.then_some(most.unwrap_or(0))
}
