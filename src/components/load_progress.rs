//! How far reading is: a bar a file. It lies over the view, so that nothing moves when it goes.

use super::text::FileText;
use crate::{action::Action, format, state::Files};
use guestlens_core::store::{SourceInfo, SourceState};
use yew::prelude::*;

/// How many files are listed at once.
const LISTED: usize = 6;

/// Properties of [`LoadProgress`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The files.
    pub files: Files,
    /// Takes [`Action::CancelLoad`].
    pub on_action: Callback<Action>,
}

fn is_open(source: &SourceInfo) -> bool {
    matches!(source.state, SourceState::Waiting | SourceState::Reading)
}

/// The bars.
#[component]
pub fn LoadProgress(props: &Props) -> Html {
    let files = &props.files;
    if !files.is_loading() {
        return html! {};
    }
    let open: Vec<_> = files.sources.iter().filter(|source| is_open(source)).collect();
    let done = files.sources.len() - open.len();
    let cancel = props.on_action.reform(|_: MouseEvent| Action::CancelLoad);
    html! {
        <section class="load" data-testid="load-progress" aria-label="Reading files">
            <header class="load__head">
                <h2 class="load__title">{ format!("Reading file {} of {}", done + 1, files.sources.len()) }</h2>
                <span class="load__events">{ format::counted(files.events, "event", "events") }</span>
                <button type="button" class="button" data-testid="cancel-load" disabled={files.cancelling} onclick={cancel}>
                    { if files.cancelling { "Stopping" } else { "Cancel" } }
                </button>
            </header>
            <ul class="load__list">{ for open.iter().take(LISTED).map(|source| line(source)) }</ul>
            if open.len() > LISTED { <p class="load__more">{ format!("and {} more", open.len() - LISTED) }</p> }
        </section>
    }
}

fn line(source: &SourceInfo) -> Html {
    let (read, size) = (source.read.min(source.size), source.size.max(1));
    let mut parts = vec![format!("{} of {}", format::size(read), format::size(source.size))];
    parts.push(format::counted(source.events, "event", "events"));
    if source.problems > 0 {
        parts.push(format::counted(source.problems, "problem", "problems"));
    }
    html! {
        <li class="load__line" key={source.id} data-name={source.name.clone()} data-read={read.to_string()}>
            <span class="load__name"><FileText text={source.name.clone()} /></span>
            <progress class="load__bar" max={size.to_string()} value={read.to_string()} aria-label={format!("Bytes read of file {}", source.id + 1)} />
            <span class="load__numbers">{ parts.join(", ") }</span>
        </li>
    }
}
