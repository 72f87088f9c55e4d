//! Access packages: requests for them and what became of these.

pub mod requests;
