//! The engine's answers against an oracle that goes through plain events one by one.

mod events;
mod oracle;
mod properties;
