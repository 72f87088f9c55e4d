//! The columnar store of Guestlens, what fills it and what counts in it: the part that has to be quick. It is a
//! crate of its own so that it alone is compiled for speed; all that is built on it ([`guestlens_core`], which
//! hands these modules on) is compiled for size, as the page carries it.
//!
//! [`guestlens_core`]: ../guestlens_core/index.html

pub mod arrange;
pub mod ask;
pub mod base64;
pub mod counted;
pub mod import;
pub mod leaves;
pub mod lists;
pub mod model;
pub mod number;
pub mod plain;
pub mod query;
pub mod scan;
pub mod store;
pub mod time;
pub mod vocabulary;
