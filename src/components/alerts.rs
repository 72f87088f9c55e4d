//! Messages that something did not work: what, in which file and record, and what to do.

use super::{
    icon::{Glyph, Icon},
    text::FileText,
};
use crate::{
    action::Action,
    format,
    state::{Alert, Tone},
};
use yew::prelude::*;

/// Properties of [`Alerts`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The messages, oldest first.
    pub alerts: Vec<Alert>,
    /// Takes [`Action::Dismiss`] and what a message lets the reader choose.
    pub on_action: Callback<Action>,
}

/// The messages.
#[component]
pub fn Alerts(props: &Props) -> Html {
    let show = |alert: &Alert| {
        let (tone, glyph) = match alert.tone {
            Tone::Attention => ("attention", Glyph::Warning),
            Tone::Serious => ("serious", Glyph::Serious),
        };
        let id = alert.id;
        let dismiss = props.on_action.reform(move |_: MouseEvent| Action::Dismiss(id));
        let choice = alert.choice.clone().map(|(words, action)| {
            let onclick = props.on_action.reform(move |_: MouseEvent| action.clone());
            html! { <button type="button" class="button" {onclick}>{ words }</button> }
        });
        html! {
            <div class="alert" role="alert" data-testid="alert" data-tone={tone} key={id}>
                <Icon {glyph} />
                <p class="alert__text">
                    if let Some(file) = &alert.file { <strong class="alert__file"><FileText text={file.clone()} /></strong>{ ": " } }
                    { &alert.what }
                    if let Some(record) = alert.record { { format!(", record {}", format::count(record)) } }
                    { ". " }<span class="alert__remedy">{ &alert.remedy }</span>
                </p>
                { choice }
                <button type="button" class="button button--icon" aria-label="Dismiss this message" onclick={dismiss}><Icon glyph={Glyph::Close} /></button>
            </div>
        }
    };
    html! { <div class="alerts">{ for props.alerts.iter().map(show) }</div> }
}
