//! Tries every way in which a page could send something, and shows that each is refused; the checksum of the
//! page's own file.

use crate::host;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// A door in words.
fn words(door: &str) -> &'static str {
    match door {
        "fetch" => "Request (fetch)",
        "xml-http-request" => "Request (XMLHttpRequest)",
        "beacon" => "Beacon",
        "web-socket" => "WebSocket",
        "event-source" => "Event stream",
        "web-transport" => "WebTransport",
        "webrtc" => "Connection to another browser (WebRTC)",
        "image" => "Image from elsewhere",
        "video" => "Video from elsewhere",
        "style-image" => "Image named in a style",
        "font" => "Font from elsewhere",
        "link" => "Link element, which connects ahead",
        "frame" => "Frame",
        "form" => "Form",
        "script" => "Script element",
        "eval" => "Code made of text",
        "import" => "Script module from elsewhere",
        "worker" => "Worker from elsewhere",
        "window" => "Another window",
        "storage" => "Storage in the browser",
        _ => "Another door",
    }
}

/// The self-test.
#[component]
pub fn DoorTest() -> Html {
    let results = use_state(Vec::<(String, bool)>::new);
    let running = use_state(|| false);
    let onclick = {
        let (results, running) = (results.clone(), running.clone());
        Callback::from(move |_: MouseEvent| {
            let (results, running) = (results.clone(), running.clone());
            running.set(true);
            spawn_local(async move {
                results.set(host::try_doors().await);
                running.set(false);
            });
        })
    };
    let open = results.iter().filter(|(_, refused)| !refused).count();
    let verdict = match (results.len(), open) {
        (0, _) => String::new(),
        (all, 0) => format!("All {all} doors are refused."),
        (all, open) => format!("{open} of {all} doors are not refused. Do not load files into this copy."),
    };
    html! {
        <section class="proof__doors">
            <p>{ "Try it: the page attempts each way of sending something, to an address that cannot exist." }</p>
            <button type="button" class="button" data-testid="proof-test" disabled={*running} {onclick}>{ "Try every door" }</button>
            <p role="status" aria-busy={running.to_string()}>{ verdict }</p>
            <ul>
                { for results.iter().map(|(door, refused)| html! {
                    <li data-testid="proof-door" data-door={door.clone()} data-result={if *refused { "refused" } else { "open" }}>
                        { format!("{}: {}", words(door), if *refused { "refused" } else { "not refused" }) }
                    </li>
                }) }
            </ul>
        </section>
    }
}

/// The checksum of a file that its reader chooses: what a page says of itself, a modified copy could say as well.
#[component]
pub fn FileHash() -> Html {
    let hash = use_state(String::new);
    let onchange = {
        let hash = hash.clone();
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
            let hash = hash.clone();
            spawn_local(async move {
                let Ok(buffer) = JsFuture::from(file.array_buffer()).await else { return };
                hash.set(guestlens_core::share::verify::sha256(&js_sys::Uint8Array::new(&buffer).to_vec()));
            });
        })
    };
    html! {
        <>
            <p>{ "Choose the file you opened, and its SHA-256 is computed from its bytes. To compute it without this page: Get-FileHash guestlens.html in PowerShell, sha256sum guestlens.html elsewhere." }</p>
            <label class="share__field"><span>{ "The page's file" }</span><input type="file" accept=".html" data-testid="proof-file" {onchange} /></label>
            if !hash.is_empty() { <p>{ "SHA-256 " }<code data-testid="proof-sha256">{ (*hash).clone() }</code></p> }
        </>
    }
}
