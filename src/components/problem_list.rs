//! What could not be read, where, and what to do about it. Positions and kinds, never a value.

use super::{
    icon::{Glyph, icon},
    sheet_buttons::sheet_buttons,
    text::file_text,
};
use crate::{action::Action, format};
use guestlens_core::{
    protocol::Sheet,
    store::{Problem, SourceInfo},
};
use std::rc::Rc;
use yew::prelude::*;

/// How many problems are listed at first.
const SHORT: usize = 100;

/// Properties of [`ProblemList`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The problems.
    pub problems: Rc<Vec<Problem>>,
    /// For the names of files.
    pub sources: Rc<Vec<SourceInfo>>,
    /// Takes the saving of the sheet.
    pub on_action: Callback<Action>,
}

/// The list.
#[component]
pub fn ProblemList(props: &Props) -> Html {
    let long = use_state_eq(|| false);
    let problems = &props.problems;
    let shown = if *long { problems.len() } else { SHORT.min(problems.len()) };
    let count: u64 = problems.iter().map(|problem| 1 + problem.more).sum();
    let lengthen = Callback::from(move |_: MouseEvent| long.set(true));
    html! {
        <section class="problems" aria-labelledby="problems-title">
            <header class="sources__head">
            <h2 id="problems-title" class="section-title">{ if count == 0 { "No problems".to_owned() } else { format::counted(count, "problem", "problems") } }</h2>
            if count > 0 { { sheet_buttons(Sheet::Problems, &props.on_action) } }
            </header>
            if count == 0 {
                <p class="quiet">{ "Every record of every file was understood." }</p>
            } else {
                <ul class="problems__list">{ for problems.iter().take(shown).map(|problem| line(problem, &props.sources)) }</ul>
            }
            if shown < problems.len() {
                <button type="button" class="button" onclick={lengthen}>{ format!("Show {} more", format::count((problems.len() - shown) as u64)) }</button>
            }
        </section>
    }
}

fn line(problem: &Problem, sources: &[SourceInfo]) -> Html {
    let name = sources.get(problem.source as usize).map_or_else(String::new, |source| source.name.clone());
    let mut place = Vec::new();
    place.extend(problem.record.map(|record| format!("record {}", format::count(record))));
    place.extend(problem.offset.map(|offset| format!("at byte {} of its text", format::count(offset))));
    let kind = serde_json::to_value(problem.kind).ok().and_then(|value| value.as_str().map(str::to_owned));
    html! {
        <li class="problem" data-testid="problem" data-kind={kind} data-source={problem.source.to_string()} data-name={name.clone()}
            data-record={problem.record.map(|record| record.to_string())} data-offset={problem.offset.map(|offset| offset.to_string())}
            data-more={problem.more.to_string()}>
            { icon(Glyph::Warning) }
            <div class="problem__text">
                <p class="problem__what"><strong>{ problem.kind.label() }</strong>
                    <span class="problem__place">{ " in " }{ file_text(&name) }{ for place.iter().map(|part| format!(", {part}")) }</span>
                    if problem.more > 0 { <span class="problem__more">{ format!(" and {} more", format::count(problem.more)) }</span> }
                </p>
                <p class="problem__remedy">{ problem.kind.remedy() }</p>
            </div>
        </li>
    }
}
