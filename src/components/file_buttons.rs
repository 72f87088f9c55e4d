//! Choosing files and folders. Dropping them works anywhere on the page; the outer page sees to that.

use super::icon::{Glyph, icon};
use crate::action::Action;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

/// The chosen files; the same ones can be chosen again afterwards.
fn chosen(event: &Event) -> Vec<File> {
    let input = event.target_unchecked_into::<HtmlInputElement>();
    let files = input.files().map_or_else(Vec::new, |list| (0..list.length()).filter_map(|at| list.get(at)).collect());
    input.set_value("");
    files
}

/// A small button, or two large ones: labels, whose inputs are there for keyboards and screen readers, but not to be seen.
pub fn file_buttons(small: bool, on_action: &Callback<Action>) -> Html {
    let onchange = on_action.reform(|event: Event| Action::OpenFiles(chosen(&event)));
    let class = if small { "button file-button" } else { "button button--primary button--large file-button" };
    html! {
        <>
            <label {class} title="Add files">
                <input class="file-button__input" type="file" multiple=true data-testid="file-input" onchange={onchange.clone()} />
                { icon(if small { Glyph::Add } else { Glyph::File }) }
                <span class="button__words">{ if small { "Add files" } else { "Choose files" } }</span>
            </label>
            if !small {
                <label class="button button--large file-button">
                    <input class="file-button__input" type="file" webkitdirectory=true data-testid="folder-input" {onchange} />
                    { icon(Glyph::Folder) }<span class="button__words">{ "Choose a folder" }</span>
                </label>
            }
        </>
    }
}
