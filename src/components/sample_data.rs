//! The invented tenant: the button that loads it, and the mark on whatever shows it.

use super::icon::{Glyph, icon};
use crate::action::{Action, FileAction};
use yew::prelude::*;

/// Properties of [`SampleButton`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// A large button, as on the page before anything is loaded.
    #[prop_or_default]
    pub large: bool,
    /// Takes [`FileAction::Sample`].
    pub on_action: Callback<Action>,
}

/// Loads the invented tenant.
#[component]
pub fn SampleButton(props: &Props) -> Html {
    let onclick = props.on_action.reform(|_: MouseEvent| Action::Files(FileAction::Sample));
    let class = if props.large { "button button--large" } else { "button" };
    html! {
        <button type="button" {class} data-testid="sample-data" {onclick}>{ icon(Glyph::Sources) }
            { if props.large { "Try the sample tenant" } else { "Add the sample tenant" } }</button>
    }
}

/// Says that what is shown is invented.
#[component]
pub fn SampleMark() -> Html {
    html! {
        <span class="sample-mark" data-testid="sample-mark" title="An invented tenant: nobody in it exists">
            { icon(Glyph::Warning) }{ "Sample data" }
        </span>
    }
}
