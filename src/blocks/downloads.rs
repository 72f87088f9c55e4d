//! Files that a view offers: each is made by the engine when it is asked for.

use crate::{
    action::Action,
    components::{Glyph, icon},
};
use guestlens_core::report::Download;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// Heading.
    pub title: String,
    /// What they are for.
    pub text: String,
    /// In reading order.
    pub downloads: Vec<Download>,
    /// Takes [`Action::Download`].
    pub on_action: Callback<Action>,
}

/// Files that a view offers.
#[component]
pub fn Downloads(props: &Props) -> Html {
    let Props { title, text, downloads, on_action } = props;
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
        <section class="downloads">
            <h3 class="downloads__title">{ title }</h3>
            <p class="downloads__text">{ text }</p>
            { for downloads.iter().map(button) }
        </section>
    }
}
