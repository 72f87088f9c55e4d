//! Trends with their numbers.

use super::Parts;
use crate::report::blocks::Block;

pub(super) fn blocks(_parts: &Parts) -> Vec<Block> {
    Vec::new()
}
