//! What to export next: what is loaded, what is not, and what each missing kind would answer.

use super::icon::{Glyph, icon};
use crate::{action::Action, blocks::ReportBlocks};
use guestlens_core::{
    report::{Block, Need, Note, Tone, guide},
    store::SourceInfo,
    time::Zone,
};
use yew::prelude::*;

/// The section.
pub fn what_next(sources: &[SourceInfo], loading: bool, on_action: &Callback<Action>) -> Html {
    let met = |need: &Need| need.is_met_by(sources);
    let (loaded, missing): (Vec<Need>, Vec<Need>) = Need::ALL.into_iter().partition(met);
    html! {
        <section class="what-next" data-testid="what-next" aria-labelledby="what-next-title">
            <h2 id="what-next-title" class="section-title">{ "What to export next" }</h2>
            if loading {
                <p class="quiet">{ "Files are still being read." }</p>
            } else {
                <ul class="what-next__loaded" aria-label="Loaded">
                    { for loaded.iter().map(|need| html! {
                        <li class="state" data-tone="good" key={need.id()}>{ icon(Glyph::Check) }{ capital(need.recipe().title) }</li>
                    }) }
                </ul>
                if missing.is_empty() {
                    <p class="quiet">{ "Every kind of export that a view asks for is loaded." }</p>
                }
                { for missing.into_iter().map(|need| instruction(need, on_action)) }
            }
        </section>
    }
}

/// An instruction, folded to what it would answer.
fn instruction(need: Need, on_action: &Callback<Action>) -> Html {
    let recipe = need.recipe();
    // The summary has said what it is.
    let note = Note { title: String::new(), tone: Tone::Plain, ..guide(need) };
    html! {
        <details class="what-next__need" data-testid="export-guide" data-kind={need.id()} key={need.id()}>
            <summary><span class="state" data-tone="unknown">{ icon(Glyph::Unknown) }{ capital(recipe.title) }</span>
                <span class="what-next__answers">{ recipe.answers.split_inclusive(". ").next().unwrap_or_default() }</span></summary>
            <ReportBlocks blocks={vec![Block::Note(note)]} zone={Zone::default()} title_context={String::new()} on_action={on_action.clone()} />
        </details>
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
