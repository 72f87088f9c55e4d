//! Names and values in two columns, and sentences in plain words.

use super::cell::cell;
use crate::{
    action::Action,
    components::{Glyph, file_text, icon},
};
use guestlens_core::{report::Fact, time::Zone};
use yew::prelude::*;

/// Names and values.
pub fn facts(key: String, facts: &[Fact], zone: &Zone, on_action: &Callback<Action>) -> Html {
    let fact = |(at, fact): (usize, &Fact)| {
        let Fact { label, value, help, door } = fact;
        let leads = door.clone().map(|door| {
            let onclick = on_action.reform(move |_: MouseEvent| Action::Go(door.clone()));
            html! { <button type="button" class="facts__door" data-testid="fact-door" title="Show what is behind it" aria-label={format!("Show what is behind {label}")} {onclick}>{ icon(Glyph::Door) }</button> }
        });
        html! {
            <div class="facts__fact" key={at} data-testid="fact" data-fact={label.clone()}>
                <dt class="facts__label">{ file_text(label) }</dt>
                <dd class="facts__value">
                    { cell(value, zone, true) }
                    { leads }
                    if !help.is_empty() { <span class="facts__help">{ file_text(help) }</span> }
                </dd>
            </div>
        }
    };
    html! { <dl class="facts" {key}>{ for facts.iter().enumerate().map(fact) }</dl> }
}

/// Sentences, one a paragraph.
pub fn story(key: String, sentences: &[String]) -> Html {
    let sentence = |sentence: &String| html! { <p>{ file_text(sentence) }</p> };
    html! { <div class="story" {key} data-testid="story">{ for sentences.iter().map(sentence) }</div> }
}

/// A heading over what follows.
pub fn heading(key: String, title: &str, text: &str) -> Html {
    html! {
        <div class="block-heading" {key}>
            <h2 class="block-heading__title">{ file_text(title) }</h2>
            if !text.is_empty() { <p class="block-heading__text">{ file_text(text) }</p> }
        </div>
    }
}
