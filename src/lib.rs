//! The browser shell of Guestlens: one wasm module in two roles, the page and the engine worker.

pub mod action;
pub mod app;
pub mod blocks;
pub mod components;
pub mod engine_link;
pub mod file_action;
pub mod focus;
pub mod format;
pub mod history;
pub mod host;
pub mod keys;
pub mod saving;
pub mod session_files;
pub mod state;
pub mod url;
pub mod verifier;
pub mod worker;
pub mod zone;

/// Starts the role of this instance: instantiating the module runs `main` in the page and in each worker.
pub fn run() {
    if web_sys::window().is_some() {
        app::run();
    } else {
        worker::run();
    }
}
