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
pub fn finding_list(
    key: String,
    findings: &[FindingCard],
    zone: &Zone,
    open: Option<&str>,
    on_action: &Callback<Action>,
) -> Html {
    if findings.is_empty() {
        return html! { <p class="empty" {key}>{ "No finding." }</p> };
    }
    html! { <ul class="findings" {key}>{ for findings.iter().map(|finding| card(finding, zone, open, on_action)) }</ul> }
}

fn card(finding: &FindingCard, zone: &Zone, opened: Option<&str>, on_action: &Callback<Action>) -> Html {
    let FindingCard { key, rule, title, level, subject, sentence, time, events: count, expected, door } = finding;
    let (glyph, tone) = level_mark(*level);
    let open = {
        let key = key.clone();
        on_action.reform(move |_: MouseEvent| Action::Open(Some(key.clone())))
    };
    let evidence = door.clone().map(|door| {
        let onclick = on_action.reform(move |_: MouseEvent| Action::Go(door.clone()));
        html! { <button type="button" class="finding__door" data-testid="evidence" {onclick}>{ events(u64::from(*count)) }{ icon(Glyph::Door) }</button> }
    });
    let is_open = opened == Some(key);
    html! {
        <li class={classes!("finding", expected.is_some().then_some("finding--expected"))} key={key.clone()} data-testid="finding" data-rule={rule.clone()}
            data-level={level.id()} data-subject={subject.clone()} data-expected={expected.is_some().to_string()} aria-current={is_open.then_some("true")}>
            <span class={classes!("finding__level", format!("value--{tone}"))}>{ icon(glyph) }{ level.label() }</span>
            <div class="finding__body">
                <h2 class="finding__title">
                    <button type="button" class="finding__open" aria-expanded={is_open.to_string()} onclick={open}>
                        { title }<span class="finding__subject">{ file_text(subject) }</span>
                    </button>
                </h2>
                <p class="finding__sentence">{ file_text(sentence) }</p>
                if let Some(note) = expected {
                    <p class="finding__note">{ icon(Glyph::Check) }{ "Expected" }if !note.is_empty() { { ": " }{ file_text(note) } }</p>
                }
            </div>
            <div class="finding__side">
                if let Some(ticks) = time { <span class="finding__time">{ time::told(*ticks, zone, 0) }</span> }
                <span class="finding__rule">{ rule }</span>
                { evidence }
            </div>
        </li>
    }
}
