//! What leaves the page because the reader asked for it: files, images, the clipboard.

use crate::host;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

/// Saves a text.
pub fn text(name: &str, mime: &str, text: &str) {
    host::save(name, mime, &[Uint8Array::from(text.as_bytes())]);
}

/// Puts a text on the clipboard.
pub fn copy(text: &str) {
    if let Some(window) = web_sys::window() {
        let clipboard = window.navigator().clipboard();
        // Only secure origins have one: not http, but file and https.
        if wasm_bindgen::JsValue::is_undefined(&clipboard) {
            return;
        }
        let done = clipboard.write_text(text);
        spawn_local(async move {
            let _ = JsFuture::from(done).await;
        });
    }
}

/// Saves a drawing as an image of twice the size; without a word if the browser cannot draw it.
pub fn png(name: String, svg: &str, width: u32, height: u32) {
    let address = format!("data:image/svg+xml,{}", js_sys::encode_uri_component(svg));
    spawn_local(async move {
        let _ = draw(&name, &address, width, height).await;
    });
}

async fn draw(name: &str, address: &str, width: u32, height: u32) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let image: HtmlImageElement = document.create_element("img")?.unchecked_into();
    image.set_attribute("src", address)?;
    JsFuture::from(image.decode()).await?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
    canvas.set_width(2 * width);
    canvas.set_height(2 * height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.unchecked_into();
    let (wide, high) = (f64::from(2 * width), f64::from(2 * height));
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, wide, high)?;
    let name = name.to_owned();
    let done = Closure::once_into_js(move |blob: Option<Blob>| {
        let Some(blob) = blob else { return };
        spawn_local(async move {
            if let Ok(buffer) = JsFuture::from(blob.array_buffer()).await {
                host::save(&name, "image/png", &[Uint8Array::new(&buffer)]);
            }
        });
    });
    canvas.to_blob(done.unchecked_ref())
}
