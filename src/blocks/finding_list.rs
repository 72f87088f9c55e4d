//! Findings as cards: how serious, whom it is about, what happened in one sentence, and its evidence.

use crate::{
    action::Action,
    components::{Glyph, file_text, icon},
};
use guestlens_core::{
    chart::events,
    report::{FindingCard, Level},
    time::{self, Zone},
};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// Most serious first.
    pub findings: Vec<FindingCard>,
    /// Calendar of times.
    pub zone: Zone,
    /// The key of what is open.
    pub open: Option<String>,
    /// Takes [`Action::Open`] and [`Action::Go`].
    pub on_action: Callback<Action>,
}

/// The icon and the class of a level.
pub fn level_mark(level: Level) -> (Glyph, &'static str) {
    match level {
        Level::High => (Glyph::Serious, "serious"),
        Level::Medium => (Glyph::Warning, "attention"),
        Level::Low => (Glyph::Finding, "unknown"),
        Level::Info => (Glyph::Info, "plain"),
    }
}

/// Findings.
#[component]
pub fn FindingList(props: &Props) -> Html {
    if props.findings.is_empty() {
        return html! { <p class="empty">{ "No finding." }</p> };
    }
    html! { <ul class="findings">{ for props.findings.iter().map(|finding| card(props, finding)) }</ul> }
}

fn card(props: &Props, finding: &FindingCard) -> Html {
    let FindingCard { key, rule, title, level, subject, sentence, time, events: count, expected, door } = finding;
    let (glyph, tone) = level_mark(*level);
    let open = {
        let key = key.clone();
        props.on_action.reform(move |_: MouseEvent| Action::Open(Some(key.clone())))
    };
    let evidence = door.clone().map(|door| {
        let onclick = props.on_action.reform(move |_: MouseEvent| Action::Go(door.clone()));
        html! { <button type="button" class="finding__door" data-testid="evidence" {onclick}>{ events(u64::from(*count)) }{ icon(Glyph::Door) }</button> }
    });
    let is_open = props.open.as_ref() == Some(key);
    html! {
        <li class={classes!("finding", expected.is_some().then_some("finding--expected"))} key={key.clone()} data-testid="finding" data-rule={rule.clone()}
            data-level={level.id()} data-subject={subject.clone()} data-expected={expected.is_some().to_string()} aria-current={is_open.then_some("true")}>
            <span class={classes!("finding__level", format!("value--{tone}"))}>{ icon(glyph) }{ level.label() }</span>
            <div class="finding__body">
                <h2 class="finding__title">
                    <button type="button" class="finding__open" aria-expanded={is_open.to_string()} onclick={open}>
                        { title }<span class="finding__subject">{ file_text(&subject) }</span>
                    </button>
                </h2>
                <p class="finding__sentence">{ file_text(&sentence) }</p>
                if let Some(note) = expected {
                    <p class="finding__note">{ icon(Glyph::Check) }{ "Expected" }if !note.is_empty() { { ": " }{ file_text(&note) } }</p>
                }
            </div>
            <div class="finding__side">
                if let Some(ticks) = time { <span class="finding__time">{ time::told(*ticks, &props.zone, 0) }</span> }
                <span class="finding__rule">{ rule }</span>
                { evidence }
            </div>
        </li>
    }
}
