//! Messages that something did not work: what, in which file and record, and what to do.

use super::{
    icon::{Glyph, icon},
    text::file_text,
};
use crate::{
    action::Action,
    format,
    state::{Alert, Tone},
};
use yew::prelude::*;

/// How many files a message lists.
const LISTED: usize = 50;

/// Whom a message is about: one file, or several in a list that unfolds.
fn files(alert: &Alert) -> Html {
    let Some(file) = &alert.file else { return html! {} };
    if alert.more.is_empty() {
        return html! { <><strong class="alert__file">{ file_text(file) }</strong>{ ": " }</> };
    }
    let names = std::iter::once(file).chain(&alert.more).take(LISTED);
    let count = 1 + alert.more.len();
    html! {
        <>
            <strong class="alert__file">{ format::counted(count as u64, "file", "files") }</strong>{ ": " }
            <details class="alert__files"><summary>{ "Which" }</summary>
                <ul>{ for names.map(|name| html! { <li>{ file_text(name) }</li> }) }
                    if count > LISTED { <li>{ format!("and {} more, see Sources", format::count((count - LISTED) as u64)) }</li> }</ul>
            </details>
        </>
    }
}

/// The messages.
pub fn alerts(alerts: &[Alert], on_action: &Callback<Action>) -> Html {
    let show = |alert: &Alert| {
        let (tone, glyph) = match alert.tone {
            Tone::Attention => ("attention", Glyph::Warning),
            Tone::Serious => ("serious", Glyph::Serious),
        };
        let id = alert.id;
        let dismiss = on_action.reform(move |_: MouseEvent| Action::Dismiss(id));
        let choice = alert.choice.clone().map(|(words, action)| {
            let onclick = on_action.reform(move |_: MouseEvent| action.clone());
            html! { <button type="button" class="button" {onclick}>{ words }</button> }
        });
        html! {
            <div class="alert" role="alert" data-testid="alert" data-tone={tone} key={id}>
                { icon(glyph) }
                <div class="alert__text">
                    { files(alert) }
                    { &alert.what }
                    if let Some(record) = alert.record.filter(|_| alert.more.is_empty()) { { format!(", record {}", format::count(record)) } }
                    { ". " }<span class="alert__remedy">{ &alert.remedy }</span>
                </div>
                { choice }
                <button type="button" class="button button--icon" aria-label="Dismiss this message" onclick={dismiss}>{ icon(Glyph::Close) }</button>
            </div>
        }
    };
    html! { <div class="alerts">{ for alerts.iter().map(show) }</div> }
}
