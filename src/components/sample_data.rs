//! The invented tenant: the button that loads it, and the mark on whatever shows it.

use super::icon::{Glyph, icon};
use crate::action::{Action, FileAction};
use yew::prelude::*;

/// Loads the invented tenant; a large button on the page before anything is loaded.
pub fn sample_button(large: bool, on_action: &Callback<Action>) -> Html {
    let onclick = on_action.reform(|_: MouseEvent| Action::Files(FileAction::Sample));
    let class = if large { "button button--large" } else { "button" };
    html! {
        <button type="button" {class} data-testid="sample-data" {onclick}>{ icon(Glyph::Sources) }
            { if large { "Try the sample tenant" } else { "Add the sample tenant" } }</button>
    }
}

/// Says that what is shown is invented.
pub fn sample_mark() -> Html {
    html! {
        <span class="sample-mark" data-testid="sample-mark" title="An invented tenant: nobody in it exists">
            { icon(Glyph::Warning) }{ "Sample data" }
        </span>
    }
}
