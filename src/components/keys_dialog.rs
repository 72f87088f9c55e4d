//! All keys, and the switch that turns single keys off.

use super::dialog::Modal;
use crate::{action::Action, keys};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The dialog.
pub fn keys_dialog(single_keys: bool, on_action: &Callback<Action>) -> Html {
    let onchange = on_action
        .reform(|event: Event| Action::SingleKeys(event.target_unchecked_into::<HtmlInputElement>().checked()));
    html! {
        <Modal id="keys" title="Keys" on_action={on_action.clone()}>
            <label class="switch">
                <input type="checkbox" data-testid="single-keys" checked={single_keys} {onchange} />
                { "Single keys on" }
            </label>
            <dl class="keys">
                { for keys::LIST.iter().map(|(key, what)| html! {
                    <div class="keys__line"><dt><kbd>{ *key }</kbd></dt><dd>{ *what }</dd></div>
                }) }
            </dl>
        </Modal>
    }
}
