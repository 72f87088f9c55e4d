//! Files that a view offers: each is made by the engine when it is asked for.

use crate::{
    action::Action,
    components::{Glyph, icon},
};
use guestlens_core::report::Download;
use yew::prelude::*;

/// Files that a view offers.
pub fn downloads(key: String, title: &str, text: &str, downloads: &[Download], on_action: &Callback<Action>) -> Html {
    let button = |download: &Download| {
        let Download { kind, key, label } = download.clone();
        let id = key.clone();
        let onclick = on_action.reform(move |_: MouseEvent| Action::Download { kind, key: key.clone() });
        html! {
            <button type="button" class="button" key={format!("{} {id}", kind.id())} data-testid="download" data-kind={kind.id()} data-id={id} {onclick}>
                { icon(Glyph::Export) }{ label }
            </button>
        }
    };
    html! {
        <section class="downloads" {key}>
            <h3 class="downloads__title">{ title }</h3>
            <p class="downloads__text">{ text }</p>
            { for downloads.iter().map(button) }
        </section>
    }
}
