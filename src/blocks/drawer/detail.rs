//! One named value of an event: the value, the old beside the new one, JSON unpacked, and what can be
//! done with it.

use crate::{
    action::Action,
    blocks::value::Value,
    components::{Glyph, file_text, icon, text::escape},
};
use guestlens_core::{
    chart::thousands,
    report::{DetailField, Line},
};
use yew::prelude::*;

/// Characters of a long value that are shown at first.
const SHOWN: usize = 240;
/// From so many characters on, a value is long.
const LONG: usize = 320;
/// Lines of unpacked JSON that are shown at first.
const LINES: usize = 16;
/// The deepest indentation that has a class.
const DEEPEST: u32 = 8;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The value with its name.
    pub field: DetailField,
    /// Takes [`Action::Include`], [`Action::Exclude`] and [`Action::Copy`].
    pub on_action: Callback<Action>,
}

/// One named value.
#[component]
pub fn Detail(props: &Props) -> Html {
    let DetailField { id, label, value, old, lines, old_lines, field } = &props.field;
    let all = use_state_eq(|| false);
    let side = |value: &str, lines: &[Line]| match lines {
        [] => text(*field, value, &all),
        lines => unpacked(lines, &all),
    };
    html! {
        <div class="detail" data-testid="detail" data-field={id.clone()} data-value={value.clone()}>
            <dt class="detail__label">{ file_text(label) }</dt>
            if let Some(old) = old {
                <dd class="detail__change">
                    <div class="detail__side detail__side--old"><span class="detail__which">{ "Old value" }</span>{ side(old, old_lines) }</div>
                    <span class="detail__arrow" aria-hidden="true">{ "→" }</span>
                    <div class="detail__side detail__side--new"><span class="detail__which">{ "New value" }</span>{ side(value, lines) }</div>
                </dd>
            } else {
                <dd class="detail__value">{ side(value, lines) }</dd>
            }
            <dd class="detail__tools">{ tools(props) }</dd>
        </div>
    }
}

fn more(all: &UseStateHandle<bool>, words: String) -> Html {
    let onclick = {
        let all = all.clone();
        move |_: MouseEvent| all.set(!*all)
    };
    let words = if **all { "Show less".to_owned() } else { words };
    html! { <button type="button" class="detail__more" aria-expanded={all.to_string()} {onclick}>{ words }</button> }
}

fn text(field: Option<guestlens_core::model::Field>, value: &str, all: &UseStateHandle<bool>) -> Html {
    let length = value.chars().count();
    if length < LONG {
        return html! { <Value {field} value={value.to_owned()} whole={true} /> };
    }
    let shown = if **all { value.to_owned() } else { value.chars().take(SHOWN).chain(['…']).collect() };
    html! {
        <>
            <Value {field} value={shown} whole={true} />
            { more(all, format!("Show all {} characters", thousands(length as u64))) }
        </>
    }
}

fn unpacked(lines: &[Line], all: &UseStateHandle<bool>) -> Html {
    let shown = if **all { lines.len() } else { lines.len().min(LINES) };
    let line = |(number, line): (usize, &Line)| {
        html! {
            <li key={number} class={format!("detail__line depth-{}", line.depth.min(DEEPEST))}>
                if !line.key.is_empty() { <span class="detail__key">{ file_text(&line.key) }</span> }
                if !line.value.is_empty() { { file_text(&line.value) } }
            </li>
        }
    };
    html! {
        <>
            <ul class="detail__lines">{ for lines[..shown].iter().enumerate().map(line) }</ul>
            if lines.len() > LINES { { more(all, format!("Show all {} lines", thousands(lines.len() as u64))) } }
        </>
    }
}

fn tools(props: &Props) -> Html {
    let DetailField { label, value, field, .. } = &props.field;
    let button = |glyph: Glyph, words: &str, action: Action| {
        let name = format!("{words}: {}", escape(label));
        let onclick = props.on_action.reform(move |_: MouseEvent| action.clone());
        html! { <button type="button" class="detail__tool" aria-label={name} title={words.to_owned()} {onclick}>{ icon(glyph) }</button> }
    };
    html! {
        <>
            if let Some(field) = *field {
                { button(Glyph::Add, "Include this value", Action::Include { field, value: value.clone() }) }
                { button(Glyph::Minus, "Exclude this value", Action::Exclude { field, value: value.clone() }) }
            }
            { button(Glyph::Copy, "Copy", Action::Copy(value.clone())) }
        </>
    }
}
