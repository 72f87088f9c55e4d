//! The share dialog: whom a report is for, what it looks like before and after, what leaves, and the verdict.

mod outcome;
pub use outcome::leaving;
mod parts;
mod way_back;

use super::dialog::Modal;
use crate::{
    action::{Action, ShareStep},
    state::ShareState,
};
use guestlens_core::{redact::ShareLevel, share::Form};
use yew::prelude::*;

/// Properties of [`ShareDialog`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// What the dialog knows.
    pub share: ShareState,
    /// Takes what is done.
    pub on_action: Callback<Action>,
}

/// The dialog.
#[component]
pub fn ShareDialog(props: &Props) -> Html {
    let Props { share, on_action } = props;
    let on_step = on_action.reform(Action::Share);
    html! {
        <Modal id="share" title="Share a report" on_action={on_action.clone()}>
            <fieldset class="share__group">
                <legend>{ "For whom" }</legend>
                <div class="share__choices">{ for ShareLevel::ALL.into_iter().map(|level| level_button(share, level, &on_step)) }</div>
                <p class="share__help">{ share.policy.level.help() }</p>
                { parts::choices(share, &on_step) }
            </fieldset>
            <fieldset class="share__group">
                <legend>{ "As what" }</legend>
                <div class="share__choices">{ for Form::ALL.into_iter().map(|form| form_button(share, form, &on_step)) }</div>
                { for Form::ALL.into_iter().filter_map(|form| form.lacks(share.policy.level)).map(|why| html! { <p class="share__help">{ why }</p> }) }
            </fieldset>
            if share.policy.level != ShareLevel::Board { { parts::composition(share, &on_step) } }
            { outcome::outcome(share, &on_step) }
            { way_back::way_back(share, &on_step) }
        </Modal>
    }
}

fn level_button(share: &ShareState, level: ShareLevel, on_step: &Callback<ShareStep>) -> Html {
    let onclick = on_step.reform(move |_: MouseEvent| ShareStep::Level(level));
    let pressed = (share.policy.level == level).to_string();
    html! {
        <button type="button" class="button button--toggle" data-testid="share-level" data-level={level.id()} aria-pressed={pressed} {onclick}>{ level.label() }</button>
    }
}

fn form_button(share: &ShareState, form: Form, on_step: &Callback<ShareStep>) -> Html {
    let onclick = on_step.reform(move |_: MouseEvent| ShareStep::Form(form));
    let pressed = (share.form == form).to_string();
    let lacks = form.lacks(share.policy.level);
    html! {
        <button type="button" class="button button--toggle" data-testid="share-form" data-form={form.id()} aria-pressed={pressed}
            disabled={lacks.is_some()} title={lacks} {onclick}>{ form.label_at(share.policy.level) }</button>
    }
}
