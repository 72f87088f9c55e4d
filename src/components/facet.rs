//! The values of one field, to be asked for or left out.

use super::{
    icon::{Glyph, icon},
    search_box::SearchBox,
    text::{escape, file_text},
    words,
};
use crate::{action::Action, format};
use guestlens_core::{
    report::{Facet, FacetValue},
    store::SourceInfo,
};
use std::rc::Rc;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// How many values are shown at first.
const SHORT: usize = 6;

/// Properties of [`FacetList`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The values.
    pub facet: Facet,
    /// The text that they must contain.
    pub text: AttrValue,
    /// Whether the list is unfolded at first.
    pub open: bool,
    /// For the names of files.
    pub sources: Rc<Vec<SourceInfo>>,
    /// Takes what is chosen.
    pub on_action: Callback<Action>,
}

/// One field of the filter panel.
#[component]
pub fn FacetList(props: &Props) -> Html {
    let Props { facet, text, sources, on_action, .. } = props;
    let open = use_state_eq(|| props.open);
    let long = use_state_eq(|| false);
    let field = facet.field;
    let chosen = facet.values.iter().filter(|value| value.included || value.excluded).count();
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let lengthen = {
        let long = long.clone();
        Callback::from(move |_: MouseEvent| long.set(!*long))
    };
    let shown = if *long { facet.values.len() } else { SHORT.max(chosen).min(facet.values.len()) };
    let hidden = facet.distinct.saturating_sub(shown as u64);
    let is_long = facet.distinct > SHORT as u64 || !text.is_empty();
    let body = format!("facet-{}", field.id());
    // One stop of the Tab key for all values: the one that had the focus last.
    let last = use_state_eq(|| None::<String>);
    let values = || facet.values.iter().take(shown);
    let stop = values().position(|value| Some(&value.value) == last.as_ref()).unwrap_or(0);
    let onfocusin = {
        let last = last.clone();
        Callback::from(move |event: FocusEvent| {
            let button = event.target_dyn_into::<Element>();
            if let Some(value) = button.and_then(|button| button.get_attribute("data-value")) {
                last.set(Some(value));
            }
        })
    };
    html! {
        <section class="facet" data-testid="facet" data-field={field.id()} data-distinct={facet.distinct.to_string()}>
            <h3 class="facet__title">
                <button type="button" class="facet__toggle" aria-expanded={open.to_string()} aria-controls={body.clone()} onclick={toggle}>
                    { icon(if *open { Glyph::ChevronDown } else { Glyph::Chevron }) }
                    <span class="facet__name">{ field.label() }</span>
                    if chosen > 0 { <span class="facet__chosen" aria-label={format!("{chosen} chosen")}>{ chosen }</span> }
                    <span class="facet__distinct">{ format::count(facet.distinct) }</span>
                </button>
            </h3>
            <div class="facet__body" id={body} hidden={!*open}>
                if is_long {
                    <SearchBox id={format!("facet-find-{}", field.id())} label={format!("Find in {}", field.label())} text={text.clone()}
                        on_text={on_action.reform(move |text| Action::FacetText(field, text))} />
                }
                <ul class="facet__list" {onfocusin} onkeydown={|event: KeyboardEvent| on_key(&event)}>
                    { for values().enumerate().map(|(at, value)| line(props, value, at == stop, sources)) }
                </ul>
                if facet.values.is_empty() { <p class="facet__none">{ "No value matches" }</p> }
                if hidden > 0 && !*long && facet.values.len() > shown {
                    <button type="button" class="button button--link" onclick={lengthen}>{ format!("{} more", format::count(hidden)) }</button>
                } else if *long {
                    if hidden > 0 { <p class="facet__none">{ format!("{} more: find them by text", format::count(hidden)) }</p> }
                    <button type="button" class="button button--link" onclick={lengthen}>{ "Fewer" }</button>
                }
            </div>
        </section>
    }
}

/// Arrow keys go from value to value, and to the button beside one.
fn on_key(event: &KeyboardEvent) {
    let Some(button) = event.target_dyn_into::<Element>() else { return };
    let Some(line) = button.closest("li").ok().flatten() else { return };
    let list = line.parent_element();
    let class = if button.get_attribute("class").is_some_and(|class| class == "facet__exclude") {
        ".facet__exclude"
    } else {
        ".facet__value"
    };
    let (to, class) = match event.key().as_str() {
        "ArrowDown" => (line.next_element_sibling(), class),
        "ArrowUp" => (line.previous_element_sibling(), class),
        "Home" => (list.and_then(|list| list.first_element_child()), class),
        "End" => (list.and_then(|list| list.last_element_child()), class),
        "ArrowRight" => (Some(line), ".facet__exclude"),
        "ArrowLeft" => (Some(line), ".facet__value"),
        _ => return,
    };
    event.prevent_default();
    let to = to.and_then(|line| line.query_selector(class).ok().flatten());
    if let Some(to) = to.and_then(|to| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(to).ok()) {
        let _ = to.focus();
    }
}

fn line(props: &Props, value: &FacetValue, is_stop: bool, sources: &[SourceInfo]) -> Html {
    let field = props.facet.field;
    let name = words::value_label(field, &value.value, sources);
    let (included, excluded) = (value.value.clone(), value.value.clone());
    let include = props.on_action.reform(move |_: MouseEvent| Action::ToggleFacet { field, value: included.clone() });
    let exclude = props.on_action.reform(move |_: MouseEvent| Action::Exclude { field, value: excluded.clone() });
    let (words, glyph) = if value.excluded { ("Leave in again", Glyph::Check) } else { ("Exclude", Glyph::Minus) };
    let words = escape(&format!("{words}: {name}"));
    html! {
        <li class="facet__line" key={value.value.clone()} data-excluded={value.excluded.to_string()} data-empty={(value.count == 0).to_string()}>
            <button type="button" class="facet__value" tabindex={if is_stop { "0" } else { "-1" }} data-testid="facet-value" data-field={field.id()} data-value={value.value.clone()}
                data-count={value.count.to_string()} aria-pressed={value.included.to_string()} title={escape(&name)} onclick={include}>
                <span class="facet__box" aria-hidden="true">if value.included { { icon(Glyph::Check) } } else if value.excluded { { icon(Glyph::Minus) } }</span>
                <span class="facet__text" data-none={value.value.is_empty().to_string()}>{ file_text(&name) }</span>
                <span class="facet__count">{ format::count(value.count) }</span>
            </button>
            <button type="button" class="facet__exclude" tabindex="-1" data-testid="facet-exclude" data-field={field.id()} data-value={value.value.clone()}
                aria-pressed={value.excluded.to_string()} aria-label={words.clone()} title={words} onclick={exclude}>{ icon(glyph) }</button>
        </li>
    }
}
