//! The browser shell of Guestlens.

pub mod action;
pub mod blocks;
pub mod components;
pub mod host;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Worker};
use yew::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = shell, js_name = newEngine)]
    fn new_engine() -> Worker;
}

/// Starts the role of this instance: instantiating the module runs `main` in the page and in each worker.
pub fn run() {
    if web_sys::window().is_some() {
        yew::Renderer::<App>::new().render();
    } else {
        let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
        let _ = scope.post_message(&Array::of1(&"ready".into()));
    }
}

#[component]
fn App() -> Html {
    let ready = use_state(|| false);
    let files = use_state(|| 0);
    {
        let (ready, files) = (ready.clone(), files.clone());
        use_effect_with((), move |()| {
            let worker = new_engine();
            let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |_| ready.set(true));
            worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            on_message.forget();
            let _ = worker.post_message(&wasm_bindgen::module());
            host::connect(move |message| match message {
                host::FromOuter::Files(list) => {
                    host::loaded(!list.is_empty());
                    files.set(list.len());
                }
                host::FromOuter::Print => host::print(),
                host::FromOuter::Bench { id, .. } => host::answer_bench(id, "true"),
                host::FromOuter::Hash(_) => {}
            });
        });
    }
    let export = |_| host::save("test.txt", "text/plain", &[js_sys::Uint8Array::from(&b"saved"[..])]);
    let push = |_| host::push_hash("#view=second");
    html! {
        <main data-testid="app" data-state="empty" data-engine={if *ready { "ready" } else { "starting" }}>
            <h1>{ "Guestlens" }</h1>
            <p>{ format!("{} files, {} refused", *files, host::blocked()) }</p>
            <button onclick={export}>{ "Save" }</button>
            <button onclick={push}>{ "Push" }</button>
        </main>
    }
}
