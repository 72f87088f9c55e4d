//! From a label back to the person, for whoever has the key file.

use crate::{action::ShareStep, components::text::file_text, state::ShareState};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What is done with the text of a file that is chosen.
pub(super) fn opened(on_step: &Callback<ShareStep>, step: fn(String) -> ShareStep) -> Callback<Event> {
    let on_step = on_step.clone();
    Callback::from(move |event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        let on_step = on_step.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let Ok(buffer) = JsFuture::from(file.array_buffer()).await else { return };
            let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
            on_step.emit(step(String::from_utf8_lossy(&bytes).into_owned()));
        });
    })
}

pub(super) fn way_back(share: &ShareState, on_step: &Callback<ShareStep>) -> Html {
    let open = opened(on_step, ShareStep::KeyFile);
    let oninput =
        on_step.reform(|event: InputEvent| ShareStep::Label(event.target_unchecked_into::<HtmlInputElement>().value()));
    let found = share.key_file.as_ref().and_then(|file| file.reidentify(&share.label));
    let state = match (&share.key_file, found) {
        (None, _) if !share.key_problem.is_empty() => html! { <p role="alert">{ share.key_problem }</p> },
        (Some(_), None) if !share.label.trim().is_empty() => {
            html! { <p>{ "The key file does not have this label." }</p> }
        }
        (_, Some(person)) => html! {
            <p data-testid="reidentified">{ file_text(&person.name) }{ " " }{ file_text(&person.address) }</p>
        },
        _ => Html::default(),
    };
    html! {
        <details class="share__part">
            <summary>{ "Who is behind a label" }</summary>
            <p class="share__help">{ "Somebody asks about a label of a report you have sent. With the key file that you saved beside it you see who that is. Whoever has only the report cannot." }</p>
            <label class="share__field"><span>{ "Key file" }</span><input type="file" accept=".json" data-testid="key-file" onchange={open} /></label>
            <label class="share__field"><span>{ "Label" }</span>
                <input type="text" class="share__input" data-testid="reidentify" value={share.label.clone()} placeholder="guest-7F3K2" {oninput} />
            </label>
            { state }
        </details>
    }
}
