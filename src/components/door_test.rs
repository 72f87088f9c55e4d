//! Tries every way in which a page could send something, and shows that each is refused; the checksum of the
//! page's own file.

use crate::host::{self, Attempt};
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

/// What became of it, in words.
fn outcome(attempt: Attempt) -> &'static str {
    match attempt {
        Attempt::Reported => "refused by the policy",
        Attempt::Gone => "removed beforehand",
        Attempt::Open => "not refused",
    }
}

/// What the whole test says.
fn verdict(results: &[(String, Attempt)]) -> String {
    let count = |of: Attempt| results.iter().filter(|(_, attempt)| *attempt == of).count();
    let (all, reported, gone, open) =
        (results.len(), count(Attempt::Reported), count(Attempt::Gone), count(Attempt::Open));
    match (all, open) {
        (0, _) => String::new(),
        (_, 0) => format!(
            "All {all} doors are closed: the browser refused {reported} by the policy below and counted them above; \
             {gone} were removed beforehand, by the page's first script or by the frame it runs in, so that the \
             browser was not even asked."
        ),
        _ => format!("{open} of {all} doors are not refused. Do not load files into this copy."),
    }
}

/// Properties of [`DoorTest`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The test has ended: the browser may have refused more since the panel was painted.
    pub on_end: Callback<()>,
}

/// The self-test.
#[component]
pub fn DoorTest(props: &Props) -> Html {
    let results = use_state(Vec::<(String, Attempt)>::new);
    let running = use_state(|| false);
    let onclick = {
        let (results, running, on_end) = (results.clone(), running.clone(), props.on_end.clone());
        Callback::from(move |_: MouseEvent| {
            let (results, running, on_end) = (results.clone(), running.clone(), on_end.clone());
            if *running {
                return;
            }
            running.set(true);
            spawn_local(async move {
                results.set(host::try_doors().await);
                running.set(false);
                on_end.emit(());
            });
        })
    };
    html! {
        <section class="proof__doors">
            <p>{ "Try it: the page attempts each way of sending something, to an address that cannot exist." }</p>
            <button type="button" class="button" data-testid="proof-test" aria-disabled={running.to_string()} {onclick}>{ "Try every door" }</button>
            <p role="status" aria-busy={running.to_string()}>{ verdict(&results) }</p>
            <ul>
                { for results.iter().map(|(door, attempt)| html! {
                    <li data-testid="proof-door" data-door={door.clone()} data-result={if *attempt == Attempt::Open { "open" } else { "refused" }}
                        data-by={match attempt { Attempt::Reported => Some("policy"), Attempt::Gone => Some("page"), Attempt::Open => None }}>
                        { format!("{}: {}", words(door), outcome(*attempt)) }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_add_up() {
        let door = |attempt| ("x".to_owned(), attempt);
        let mut results = vec![door(Attempt::Reported), door(Attempt::Reported), door(Attempt::Gone)];
        let said = verdict(&results);
        assert!(said.contains("All 3 doors") && said.contains("refused 2 by") && said.contains("1 were removed"));
        results.push(door(Attempt::Open));
        assert!(verdict(&results).starts_with("1 of 4 doors are not refused"));
        assert!(verdict(&[]).is_empty());
    }
}
