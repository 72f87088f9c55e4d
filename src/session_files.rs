//! Tells saved sessions among dropped files, by content. All else goes to the engine unread.

use guestlens_core::session::Session;
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;

/// A session is smaller than this, bytes.
const LARGEST: f64 = (4 << 20) as f64;
/// How much of a file tells whether it is one, bytes.
const BEGINNING: f64 = 256.0;

/// Files and sessions among them: name and text.
pub type Sorted = (Vec<File>, Vec<(String, String)>);

/// Whether a file may be a session, by what is known without reading it.
pub fn may_be_session(file: &File) -> bool {
    file.size() < LARGEST && file.name().to_lowercase().ends_with(".json")
}

fn text(buffer: &JsValue) -> String {
    String::from_utf8_lossy(&Uint8Array::new(buffer).to_vec()).into_owned()
}

/// Looks into the files that may be sessions. Where one cannot be read, the engine will say so.
pub fn sort(files: Vec<File>, done: impl FnOnce(Sorted) + 'static) {
    spawn_local(async move {
        let head = |file: &File| {
            file.slice_with_f64_and_f64(0.0, BEGINNING).ok().map(|head| JsFuture::from(head.array_buffer()))
        };
        // All are asked for before the first is waited for.
        let heads: Vec<_> = files.iter().map(|file| may_be_session(file).then(|| head(file)).flatten()).collect();
        let (mut others, mut sessions) = (Vec::new(), Vec::new());
        for (file, head) in files.into_iter().zip(heads) {
            let is_one = match head {
                Some(head) => head.await.is_ok_and(|head| Session::is_one(&text(&head))),
                None => false,
            };
            let whole = if is_one { JsFuture::from(file.array_buffer()).await.ok() } else { None };
            match whole {
                Some(whole) => sessions.push((file.name(), text(&whole))),
                None => others.push(file),
            }
        }
        done((others, sessions));
    });
}
