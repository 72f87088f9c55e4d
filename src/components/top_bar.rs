//! The bar on top of every view: search, time, filters, counts, what leads back and out.

use super::{
    export_menu::ExportMenu,
    file_buttons::file_buttons,
    filter_chips::filter_chips,
    icon::{Glyph, icon},
    sample_data::sample_mark,
    search_box::{SearchBox, searching},
    time_inputs::TimeInputs,
};
use crate::{
    action::{Action, Dialog, ShareStep},
    blocks::TimeHistogram,
    format,
    state::AppState,
    url,
};
use yew::prelude::*;

/// The bar.
pub fn top_bar(state: &AppState, on_action: &Callback<Action>) -> Html {
    let query = state.query();
    // What is being read may still bring them.
    let absent = if state.files.is_loading() { &[] } else { &*state.answer.absent };
    html! {
        <header class="top-bar">
            <div class="top-bar__tools">
                { menu_button(on_action) }
                <SearchBox id="search" label="Search all fields" text={query.text.clone()} on_text={searching(on_action)} />
                <TimeInputs from={query.from} to={query.to} zone={state.zone()} on_action={on_action.clone()} />
                { guests_switch(query.guests_only, on_action) }
                <div class="top-bar__buttons">
                    { icon_button("undo", Glyph::Undo, "Undo (u)", !state.history.can_undo(), Action::Undo, on_action) }
                    { icon_button("redo", Glyph::Redo, "Redo (U)", !state.history.can_redo(), Action::Redo, on_action) }
                    { icon_button("print", Glyph::Print, "Print (Ctrl+P)", false, Action::Print, on_action) }
                    if !state.files.is_report() {
                        { share_button(state.share.pins.len(), on_action) }
                        { screen_switch(state.share.screen_safe, on_action) }
                    }
                    <ExportMenu open={state.export_open} matching={state.answer.matching} on_action={on_action.clone()} />
                    if !state.files.is_report() { { file_buttons(true, on_action) } }
                </div>
            </div>
            <div class="top-bar__time">
                <TimeHistogram series={(*state.answer.histogram).clone()} uncovered={state.answer.uncovered.clone()} window={window(state)} period={state.answer.period}
                    zone={state.zone()} on_action={on_action.clone()} />
            </div>
            <div class="top-bar__state">
                <h1 class="top-bar__title">{ state.view.label() }</h1>
                if state.files.has_sample() { { sample_mark() } }
                { counts(state) }
                { filter_chips(query, absent, &state.files.sources, &state.zone(), on_action) }
                { link_note(state) }
            </div>
        </header>
    }
}

/// The window as the brush knows it: an open end is the end of the data.
fn window(state: &AppState) -> Option<(i64, i64)> {
    let (query, (first, last)) = (state.query(), state.answer.period?);
    let is_open = query.from.is_none() && query.to.is_none();
    (!is_open).then(|| (query.from.unwrap_or(first), query.to.unwrap_or(last + 1)))
}

fn icon_button(
    id: &'static str,
    glyph: Glyph,
    words: &'static str,
    disabled: bool,
    action: Action,
    on_action: &Callback<Action>,
) -> Html {
    let onclick = on_action.reform(move |_: MouseEvent| action.clone());
    html! {
        <button type="button" class="button button--icon" data-testid={id} aria-label={words} title={words} {disabled} {onclick}>{ icon(glyph) }</button>
    }
}

fn menu_button(on_action: &Callback<Action>) -> Html {
    let onclick = on_action.reform(|_: MouseEvent| Action::Dialog(Some(Dialog::Menu)));
    html! {
        <button type="button" class="button button--icon top-bar__menu" aria-label="Menu" {onclick}>{ icon(Glyph::Menu) }</button>
    }
}

fn guests_switch(on: bool, on_action: &Callback<Action>) -> Html {
    let onclick = on_action.reform(move |_: MouseEvent| Action::GuestsOnly(!on));
    html! {
        <button type="button" class="button button--toggle" data-testid="guests-only" aria-pressed={on.to_string()}
            title="Only events that a guest takes part in" {onclick}>
            { icon(Glyph::Guest) }<span>{ "Guests only" }</span>
        </button>
    }
}

fn share_button(pins: usize, on_action: &Callback<Action>) -> Html {
    let onclick = on_action.reform(|_: MouseEvent| Action::Share(ShareStep::Open));
    html! {
        <button type="button" class="button" data-testid="share" title="A report without names, verified" {onclick}>
            { icon(Glyph::Shield) }<span class="button__words">{ "Share" }</span>
            <span data-testid="pins" data-value={pins.to_string()}>
                if pins > 0 { { format!("{pins} pinned") } }
            </span>
        </button>
    }
}

fn screen_switch(on: bool, on_action: &Callback<Action>) -> Html {
    let onclick = on_action.reform(move |_: MouseEvent| Action::Share(ShareStep::ScreenSafe(!on)));
    html! {
        <button type="button" class="button button--toggle" data-testid="screen-safe" aria-pressed={on.to_string()}
            title="Labels instead of names on the screen, for screenshots and calls. Filters and undo steps are cleared." {onclick}>
            <span>{ "Screen-safe" }</span>
        </button>
    }
}

/// What a copied link leaves out, because it may name somebody: whoever opens it must not take the rest for the whole.
fn link_note(state: &AppState) -> Html {
    let query = state.query();
    let filters = url::hides_filters(query);
    let what = match (query.text.is_empty(), filters) {
        (true, false) => return Html::default(),
        (false, false) => "the search",
        (true, true) => "filters that may name somebody",
        (false, true) => "the search, and filters that may name somebody",
    };
    html! {
        <p class="top-bar__link" data-testid="link-note"
            title="The address holds the view and Microsoft's own words only. A text, a name or an id may be about a person. A session file keeps all of it.">
            { format!("Not in the link: {what}") }
        </p>
    }
}

fn counts(state: &AppState) -> Html {
    let number = |id: &'static str, value: u64| {
        html! { <span class="count__number" data-testid={id} data-value={value.to_string()}>{ format::count(value) }</span> }
    };
    let answer = &state.answer;
    html! {
        <p class="count" role="status" aria-busy={state.is_waiting().to_string()}>
            { number("count-matching", answer.matching) }{ " of " }{ number("count-total", answer.total) }{ " events" }
            if answer.without_time > 0 {
                <span class="count__note" title="They are missing from time charts and time filters">
                    { format!(", {} without a time", format::count(answer.without_time)) }
                </span>
            }
        </p>
    }
}
