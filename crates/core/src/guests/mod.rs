//! Facts about guests and those who answer for them, worked out from the store.

pub mod compare;
pub mod party;
pub mod reviews;
pub mod roster;
pub mod sponsors;
