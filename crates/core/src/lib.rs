//! The pure part of Guestlens: bytes in, a columnar [`store::Store`], queries and reports out.
//!
//! No web types, no clock, no files: whatever runs here runs the same in a native test and in the
//! browser's worker. Dependencies point one way:
//! `engine -> export -> {report, query, protocol} -> store -> model`, and `import -> store`.

pub mod chart;
pub mod derived;
pub mod engine;
pub mod entitlement;
pub mod export;
pub mod files;
pub mod findings;
pub mod guests;
pub mod identity;
pub mod protocol;
pub mod redact;
pub mod report;
pub mod sample;
pub mod session;
pub mod share;
pub mod wire;

pub use guestlens_store::{arrange, import, lists, model, number, query, store, time, vocabulary, with_codes};
