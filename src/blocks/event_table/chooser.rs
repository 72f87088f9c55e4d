//! Which columns the table has, and in which order.

use crate::{
    action::Action,
    components::{Glyph, icon},
};
use guestlens_core::model::Field;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// Columns, in order.
    pub columns: Vec<Field>,
    /// Takes [`Action::Columns`].
    pub on_action: Callback<Action>,
}

/// The button in the table's corner, and its menu.
#[component]
pub fn Chooser(props: &Props) -> Html {
    let is_open = use_state_eq(|| false);
    let button = use_node_ref();
    let close = {
        let (is_open, button) = (is_open.clone(), button.clone());
        Callback::from(move |()| {
            is_open.set(false);
            if let Some(button) = button.cast::<HtmlElement>() {
                let _ = button.focus();
            }
        })
    };
    let onclick = {
        let is_open = is_open.clone();
        move |_: MouseEvent| is_open.set(!*is_open)
    };
    let onkeydown = {
        let (close, is_open) = (close.clone(), is_open.clone());
        move |event: KeyboardEvent| {
            if event.key() == "Escape" && *is_open {
                event.stop_propagation();
                close.emit(());
            }
        }
    };
    let onfocusout = {
        let is_open = is_open.clone();
        move |event: FocusEvent| {
            let next: Option<Element> =
                event.related_target().and_then(|next| wasm_bindgen::JsCast::dyn_into(next).ok());
            if next.is_some_and(|next| next.closest(".column-chooser").ok().flatten().is_none()) {
                is_open.set(false);
            }
        }
    };
    html! {
        <div class="column-chooser" {onkeydown} {onfocusout}>
            <button type="button" class="column-chooser__button" ref={button} aria-label="Columns" title="Choose columns"
                aria-expanded={is_open.to_string()} aria-haspopup="dialog" {onclick}>{ icon(Glyph::Columns) }</button>
            if *is_open {
                <div class="column-chooser__menu" role="dialog" aria-label="Columns">
                    <ul class="column-chooser__list">{ for lines(props) }</ul>
                    <button type="button" class="column-chooser__done" onclick={close.reform(|_| ())}>{ "Done" }</button>
                </div>
            }
        </div>
    }
}

/// Columns that are shown, in order, then the others.
fn lines(props: &Props) -> Vec<Html> {
    let others = Field::ALL.iter().filter(|field| !props.columns.contains(field));
    let shown = props.columns.iter().enumerate().map(|(at, field)| line(props, *field, Some(at)));
    shown.chain(others.map(|field| line(props, *field, None))).collect()
}

fn line(props: &Props, field: Field, at: Option<usize>) -> Html {
    let columns = &props.columns;
    let toggled: Vec<Field> = match at {
        Some(_) => columns.iter().copied().filter(|one| *one != field).collect(),
        None => columns.iter().copied().chain([field]).collect(),
    };
    let is_last = at.is_some() && columns.len() == 1;
    let onchange = props.on_action.reform(move |_: Event| Action::Columns(toggled.clone()));
    let mover = |words: &str, arrow: &str, to: Option<usize>| {
        let moved = at.zip(to.filter(|to| *to < columns.len())).map(|(at, to)| {
            let mut moved = columns.clone();
            moved.swap(at, to);
            moved
        });
        let disabled = moved.is_none();
        let on_action = props.on_action.clone();
        let onclick = move |_: MouseEvent| {
            if let Some(moved) = &moved {
                on_action.emit(Action::Columns(moved.clone()));
            }
        };
        html! {
            <button type="button" class="column-chooser__move" {disabled} aria-label={format!("Move {} {words}", field.label())} {onclick}>{ arrow.to_owned() }</button>
        }
    };
    html! {
        <li key={field.id()} class="column-chooser__line">
            <label class="column-chooser__name"><input type="checkbox" checked={at.is_some()} disabled={is_last} {onchange} />{ field.label() }</label>
            if at.is_some() {
                { mover("up", "↑", at.and_then(|at| at.checked_sub(1))) }
                { mover("down", "↓", at.map(|at| at + 1)) }
            }
        </li>
    }
}
