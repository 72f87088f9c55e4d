//! What a change of the state asks of the world around it.

use crate::action::Theme;
use guestlens_core::protocol::ToEngine;

/// What has to happen outside of the state.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send a message to the engine; the handle of a file to open goes with it.
    Send(ToEngine),
    /// End the engine and start a new one, with the handles of these files, renumbered in this order.
    Restart(Vec<u32>),
    /// End the engine for good.
    Stop,
    /// Act as [`Action::CancelOverdue`] in two seconds.
    CancelTimer,
    /// Set the end of the address; as a step of the browser's history or not.
    Hash {
        /// Begins with `#`.
        text: String,
        /// Whether the Back button leads to the address before.
        push: bool,
    },
    /// Closing the page has to ask first, or no longer.
    Loaded(bool),
    /// Find out the offsets of the reader's zone.
    FindLocalZone,
    /// Show the page light or dark.
    Theme(Theme),
    /// Save a text.
    SaveText {
        /// File name.
        name: String,
        /// Media type.
        mime: String,
        /// The content.
        text: String,
    },
    /// Save a drawing as PNG.
    SavePng {
        /// File name.
        name: String,
        /// The drawing.
        svg: String,
        /// Width in CSS pixels.
        width: u32,
        /// Height in CSS pixels.
        height: u32,
    },
    /// Ask the outer page for its own file.
    AskOwnFile,
    /// Save the report of that request.
    SaveReport(u32),
    /// End the verification, and forget the report that was written.
    StopShare,
    /// Save its key file.
    SaveKeyFile(u32),
    /// Put a text on the clipboard.
    Copy(String),
    /// Print.
    Print,
}
