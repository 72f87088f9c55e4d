//! One wasm module, two roles: the page and the engine worker.
fn main() {
    guestlens::run();
}
