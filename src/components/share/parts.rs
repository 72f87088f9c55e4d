//! What a report may say and what it consists of.

use super::way_back::opened;
use crate::{
    action::ShareStep,
    components::text::{escape, file_text},
    state::{ShareState, share},
};
use guestlens_core::{
    redact::{Network, Precision, ShareLevel, Treatment},
    report::View,
    share::{Form, Section},
};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

fn text(event: &Event) -> String {
    event.target_unchecked_into::<HtmlInputElement>().value()
}

fn is_checked(event: &Event) -> bool {
    event.target_unchecked_into::<HtmlInputElement>().checked()
}

fn switch(id: &'static str, words: &'static str, checked: bool, onchange: Callback<Event>) -> Html {
    html! { <label class="switch"><input type="checkbox" data-testid={id} {checked} {onchange} /><span>{ words }</span></label> }
}

fn input(id: &'static str, words: &'static str, value: &str, onchange: Callback<Event>) -> Html {
    html! {
        <label class="share__field"><span>{ words }</span>
            <input type="text" class="share__input" data-testid={id} value={value.to_owned()} {onchange} />
        </label>
    }
}

/// Choices within a level.
pub(super) fn choices(share: &ShareState, on_step: &Callback<ShareStep>) -> Html {
    let policy = &share.policy;
    match policy.level {
        ShareLevel::Team | ShareLevel::Board => Html::default(),
        ShareLevel::Partner => input(
            "share-partner",
            "Home domain of the organization, for example fabrikam.example",
            &policy.partner,
            on_step.reform(|event: Event| ShareStep::Partner(text(&event))),
        ),
        ShareLevel::Auditor => {
            let time = on_step.reform(|event: Event| {
                let value = event.target_unchecked_into::<HtmlSelectElement>().value();
                let known = share::TIMES.into_iter().find(|time| time.label() == value);
                ShareStep::Time(known.unwrap_or(Precision::Day))
            });
            html! {
                <div class="share__options">
                    <label class="share__field"><span>{ "Times" }</span>
                        <select data-testid="share-time" onchange={time}>
                            { for share::TIMES.into_iter().map(|time| html! { <option value={time.label()} selected={policy.time == time}>{ time.label() }</option> }) }
                        </select>
                    </label>
                    { switch("share-networks", "Networks instead of no IP addresses (/24, /48)", policy.network == Network::Small, on_step.reform(|event: Event| ShareStep::Networks(is_checked(&event)))) }
                    { switch("share-things", "Names of groups, packages and applications as they are", policy.things == Treatment::Keep, on_step.reform(|event: Event| ShareStep::Things(is_checked(&event)))) }
                    { switch("share-scrub", "Free text, with every known identifier replaced", policy.text == Treatment::Scrub, on_step.reform(|event: Event| ShareStep::Scrub(is_checked(&event)))) }
                    { input("share-key", "Engagement key, so that labels are the same in several reports (64 hexadecimal digits, as in a key file; empty: new labels each time)", &share.key, on_step.reform(|event: Event| ShareStep::Key(text(&event)))) }
                    <label class="share__field"><span>{ "The same key from the key file of an earlier report" }</span><input type="file" accept=".json" data-testid="share-key-file" onchange={opened(on_step, ShareStep::KeyFrom)} /></label>
                    if !share.key_from_problem.is_empty() { <p role="alert">{ share.key_from_problem }</p> }
                </div>
            }
        }
    }
}

/// Title, purpose, and views in their order.
pub(super) fn composition(share: &ShareState, on_step: &Callback<ShareStep>) -> Html {
    let view = |view: View| {
        let onchange = on_step.reform(move |event: Event| ShareStep::Take(view, is_checked(&event)));
        let checked = share.sections.iter().any(|(own, _)| *own == view);
        html! {
            <label class="switch"><input type="checkbox" data-testid="share-view" data-view={view.id()} {checked} {onchange} /><span>{ view.label() }</span></label>
        }
    };
    let section = |(at, (view, note)): (usize, &(View, String))| {
        let earlier = on_step.reform(move |_: MouseEvent| ShareStep::Earlier(at));
        let onchange = on_step.reform(move |event: Event| ShareStep::Note(at, text(&event)));
        html! {
            <li class="share__section" key={view.id()}>
                <span>{ view.label() }</span>
                <input type="text" class="share__input" aria-label={format!("Note on {}", view.label())} placeholder="Note" value={note.clone()} {onchange} />
                <button type="button" class="button" disabled={at == 0} onclick={earlier}>{ "Earlier" }</button>
            </li>
        }
    };
    let last = share.pins.len().saturating_sub(1);
    let pin = |(at, (pin, title)): (usize, &(Section, String))| {
        let step = |step: ShareStep| on_step.reform(move |_: MouseEvent| step.clone());
        let onchange = on_step.reform(move |event: Event| ShareStep::PinNote(at, text(&event)));
        html! {
            <li class="share__section" key={format!("{} {}", pin.view.id(), pin.only)} data-testid="share-pin" data-pin={pin.only.clone()} data-view={pin.view.id()}>
                <span>{ file_text(title) }</span>
                <input type="text" class="share__input" aria-label={escape(&format!("Note on {title}"))} placeholder="Note" value={pin.note.clone()} {onchange} />
                <button type="button" class="button" disabled={at == 0} onclick={step(ShareStep::PinMove(at, false))}>{ "Earlier" }</button>
                <button type="button" class="button" disabled={at == last} onclick={step(ShareStep::PinMove(at, true))}>{ "Later" }</button>
                <button type="button" class="button" onclick={step(ShareStep::Unpin(at))}>{ "Remove" }</button>
            </li>
        }
    };
    html! {
        <fieldset class="share__group">
            <legend>{ "What is in it" }</legend>
            { input("share-title", "Title", &share.title, on_step.reform(|event: Event| ShareStep::Title(text(&event)))) }
            { switch("share-filtered", "Only events that match the filters", share.filtered, on_step.reform(|event: Event| ShareStep::Filtered(is_checked(&event)))) }
            { input("share-purpose", "Purpose", &share.purpose, on_step.reform(|event: Event| ShareStep::Purpose(text(&event)))) }
            <div class="share__views">{ for share::views().map(view) }</div>
            <ol class="share__sections">{ for share.sections.iter().enumerate().map(section) }</ol>
            if share.form == Form::Csv {
                <p class="share__help">{ "The CSV is a table of events: views, notes and pinned parts are in the other forms." }</p>
            }
            if !share.pins.is_empty() {
                <p class="share__help">{ "Pinned, behind the views:" }</p>
                <ol class="share__sections">{ for share.pins.iter().enumerate().map(pin) }</ol>
            }
        </fieldset>
    }
}
