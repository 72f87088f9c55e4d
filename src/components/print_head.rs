//! What stands on top of a printed view, and nowhere else.

use super::{sample_data::sample_mark, words};
use crate::{format, state::AppState};
use guestlens_core::store::SourceState;
use yew::prelude::*;

/// Title, filters, coverage.
pub fn print_head(state: &AppState) -> Html {
    let answer = &state.answer;
    let read = state.files.dropped().filter(|source| source.state == SourceState::Done).count();
    let files = format::counted(state.files.dropped().count() as u64, "file", "files");
    html! {
        <div class="print-head">
            <p class="print-head__title">{ format!("Guestlens: {}", state.view.label()) }</p>
            if state.files.has_sample() { <p>{ sample_mark() }</p> }
            <dl>
                <div><dt>{ "Filters" }</dt><dd>{ words::filters(state) }</dd></div>
                <div><dt>{ "Events" }</dt><dd>{ format!("{} of {}", format::count(answer.matching), format::count(answer.total)) }</dd></div>
                <div><dt>{ "Coverage" }</dt><dd>{ format!("{}, {files}, {read} read whole", words::period(answer.period, &state.zone())) }</dd></div>
            </dl>
        </div>
    }
}
