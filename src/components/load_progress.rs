//! How far reading is: a bar a file. It lies over the view, so that nothing moves when it goes.

use super::text::file_text;
use crate::{action::Action, format, state::Files};
use guestlens_core::store::SourceInfo;
use yew::prelude::*;

/// How many files are listed at once.
const LISTED: usize = 6;

/// The bars.
pub fn load_progress(files: &Files, on_action: &Callback<Action>) -> Html {
    if !files.is_loading() {
        return html! {};
    }
    let open: Vec<_> = files.dropped().filter(|source| source.is_open()).collect();
    let count = files.dropped().count();
    let done = count - open.len();
    let cancel = on_action.reform(|_: MouseEvent| Action::CancelLoad);
    html! {
        <section class="load" data-testid="load-progress" aria-label="Reading files">
            <header class="load__head">
                <h2 class="load__title">{ format!("Reading file {} of {}", done + 1, count) }</h2>
                <span class="load__events">{ format::counted(files.events, "event", "events") }</span>
                <button type="button" class="button" data-testid="cancel-load" disabled={files.cancelling} onclick={cancel}>
                    { if files.cancelling { "Stopping" } else { "Cancel" } }
                </button>
            </header>
            <ul class="load__list">{ for open.iter().take(LISTED).map(|source| line(files, source)) }</ul>
            if open.len() > LISTED { <p class="load__more">{ format!("and {} more", open.len() - LISTED) }</p> }
        </section>
    }
}

fn line(files: &Files, source: &SourceInfo) -> Html {
    let all = || files.sources.iter().filter(|other| other.file == source.file);
    let (events, problems) = (all().map(|one| one.events).sum(), all().map(|one| one.problems).sum());
    let (read, size) = (source.read.min(source.size), source.size.max(1));
    let mut parts = vec![format!("{} of {}", format::size(read), format::size(source.size))];
    parts.push(format::counted(events, "event", "events"));
    if problems > 0 {
        parts.push(format::counted(problems, "problem", "problems"));
    }
    html! {
        <li class="load__line" key={source.id} data-name={source.name.clone()} data-read={read.to_string()}>
            <span class="load__name">{ file_text(&source.name) }</span>
            <progress class="load__bar" max={size.to_string()} value={read.to_string()} aria-label={format!("Bytes read of file {}", source.file + 1)} />
            <span class="load__numbers">{ parts.join(", ") }</span>
        </li>
    }
}
