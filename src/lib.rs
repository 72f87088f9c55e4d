//! The browser shell of Guestlens.
pub fn run() {}
