//! A modal dialog: the browser keeps the focus in it, and gives it back.

use super::icon::{Glyph, icon};
use crate::action::Action;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// Properties of [`Modal`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// Heading.
    pub title: AttrValue,
    /// What it is called for automation.
    pub id: AttrValue,
    /// Its content.
    pub children: Html,
    /// Takes [`Action::Dialog`].
    pub on_action: Callback<Action>,
}

/// A dialog that is open as long as it exists.
#[component]
pub fn Modal(props: &Props) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let dialog = node.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog {
                let _ = dialog.show_modal();
            }
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    let close = props.on_action.reform(|_: MouseEvent| Action::Dialog(None));
    let oncancel = props.on_action.reform(|event: Event| {
        event.prevent_default();
        Action::Dialog(None)
    });
    html! {
        <dialog ref={node} class="dialog" data-testid={format!("dialog-{}", props.id)} aria-labelledby="dialog-title" {oncancel}>
            <header class="dialog__head">
                <h2 id="dialog-title" class="dialog__title">{ props.title.clone() }</h2>
                <button type="button" class="button button--icon" aria-label="Close" onclick={close}>{ icon(Glyph::Close) }</button>
            </header>
            <div class="dialog__body">{ props.children.clone() }</div>
        </dialog>
    }
}
