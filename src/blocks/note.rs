//! A remark: what is missing and how to get it, how far the files reach, what a rule is.

use super::cell::{tone_glyph, tone_id};
use crate::{
    action::Action,
    components::{Glyph, file_text, icon},
};
use guestlens_core::report::{Note as Data, Tone};
use yew::prelude::*;

/// A remark.
pub fn note(key: String, note: &Data, on_action: &Callback<Action>) -> Html {
    let Data { id, tone, title, text, steps, code, door } = note;
    let glyph = tone_glyph(*tone).unwrap_or(Glyph::Info);
    let word = match tone {
        Tone::Serious => Some("To be acted on: "),
        Tone::Attention => Some("To be looked at: "),
        _ => None,
    };
    let copy = |(what, line): &(String, String)| {
        let text = line.clone();
        let onclick = on_action.reform(move |_: MouseEvent| Action::Copy(text.clone()));
        html! {
            <div class="note__copy" key={what.clone()}>
                <span class="note__what">{ what }</span>
                <pre class="note__code" tabindex="0" aria-label={what.clone()}><code>{ file_text(line) }</code></pre>
                <button type="button" class="note__button" data-testid="copy-code" title="Copy" aria-label={format!("Copy: {what}")} {onclick}>{ icon(Glyph::Copy) }</button>
            </div>
        }
    };
    let leads = door.as_ref().map(|(words, door)| {
        let door = door.clone();
        let onclick = on_action.reform(move |_: MouseEvent| Action::Go(door.clone()));
        html! { <button type="button" class="note__door" data-testid="note-door" {onclick}>{ words }{ icon(Glyph::Door) }</button> }
    });
    html! {
        <div class={classes!("note", format!("note--{}", tone_id(*tone)))} {key} role="note" data-testid="note" data-note={id.clone()} data-tone={tone_id(*tone)}>
            { icon(glyph) }
            <div class="note__body">
                if let Some(word) = word { <span class="visually-hidden">{ word }</span> }
                if !title.is_empty() { <p class="note__title">{ file_text(title) }</p> }
                if !text.is_empty() { <p class="note__text">{ file_text(text) }</p> }
                if !steps.is_empty() { <ol class="note__steps">{ for steps.iter().map(|step| html! { <li>{ file_text(step) }</li> }) }</ol> }
                { for code.iter().map(copy) }
                { leads }
            </div>
        </div>
    }
}
