//! Messages between the page and the engine as bytes. Both ends are the same build, so nothing in them needs
//! a name: that makes them small, and the code that reads them as well.

use serde::{Serialize, de::DeserializeOwned};

/// A message as bytes.
///
/// # Panics
/// Never: messages are plain data, and a test writes each of them.
pub fn write<T: Serialize>(message: &T) -> Vec<u8> {
    postcard::to_allocvec(message).expect("messages are plain data")
}

/// The message of bytes that [`write`] wrote; `None` for others.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}
