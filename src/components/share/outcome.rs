//! What a report has become: before and after, what leaves, the verdict, and the way out.

use crate::{action::ShareStep, components::text::file_text, format, state::ShareState};
use guestlens_core::{
    redact::{Leaving, ShareLevel},
    share::{BeforeAfter, Counted, Shared, key_bytes, verify::Verdict},
};
use yew::prelude::*;

const HEADS: [&str; 5] = ["Time", "Activity", "Initiated by", "Target", "IP address"];

pub(super) fn outcome(share: &ShareState, on_step: &Callback<ShareStep>) -> Html {
    let Some(shared) = &share.shared else {
        if share.policy.level == ShareLevel::Partner && share.policy.partner.is_empty() {
            return html! { <p role="status">{ "Say whose guests may be named." }</p> };
        }
        if !share.key.is_empty() && key_bytes(&share.key).is_none() {
            return html! { <p role="status">{ "An engagement key has 64 digits from 0 to 9 and a to f." }</p> };
        }
        if share.stopped {
            let again = on_step.reform(|_: MouseEvent| ShareStep::Again);
            return html! {
                <p role="status">{ "Stopped: there is no file. " }
                    <button type="button" class="button" data-testid="share-again" onclick={again}>{ "Write it after all" }</button></p>
            };
        }
        return progress(share, "Writing the report", on_step);
    };
    html! {
        <>
            { preview(shared) }
            { leaving(&shared.leaving) }
            { verdict(share, shared, on_step) }
            { way_out(share, shared, on_step) }
        </>
    }
}

/// The tables of a report that holds counts alone.
fn counts(shared: &Shared) -> Html {
    let line = |cells: &Vec<String>| {
        html! { <tr>{ for cells.iter().enumerate().map(|(at, text)| match at {
            0 => html! { <th scope="row">{ text }</th> },
            _ => html! { <td class="share__number">{ text }</td> },
        }) }</tr> }
    };
    let table = |one: &Counted| {
        html! {
            <>
                <h4>{ &one.title }</h4>
                <div class="share__scroll" tabindex="0"><table class="share__table"><tbody>{ for one.lines.iter().map(line) }</tbody></table></div>
            </>
        }
    };
    html! {
        <section class="share__part" data-testid="share-preview">
            <h3>{ "The counts that leave" }</h3>
            <p class="share__help">{ "No event leaves, and nothing about anybody." }</p>
            { for shared.counts.iter().map(table) }
        </section>
    }
}

fn preview(shared: &Shared) -> Html {
    if !shared.counts.is_empty() {
        return counts(shared);
    }
    let cells = |texts: &[String]| {
        if texts.is_empty() {
            return html! { <td colspan="5" class="share__gone">{ "does not leave" }</td> };
        }
        html! { { for texts.iter().map(|text| html! { <td>{ file_text(text) }</td> }) } }
    };
    let line = |one: &BeforeAfter| {
        html! {
            <>
                <tr><th scope="row">{ "Before" }</th>{ cells(&one.before) }</tr>
                <tr class="share__after"><th scope="row">{ "After" }</th>{ cells(&one.after) }</tr>
            </>
        }
    };
    let (stay, all) = shared.events;
    html! {
        <section class="share__part" data-testid="share-preview">
            <h3>{ "Before and after" }</h3>
            <p class="share__help">{ format!("The report is made of {} of {} events.", format::count(stay), format::count(all)) }</p>
            <div class="share__scroll"><table class="share__table">
                <thead><tr><th></th>{ for HEADS.map(|head| html! { <th scope="col">{ head }</th> }) }</tr></thead>
                <tbody>{ for shared.before_after.iter().map(line) }</tbody>
            </table></div>
        </section>
    }
}

/// What leaves, class by class.
pub fn leaving(all: &[Leaving]) -> Html {
    let line = |one: &Leaving| {
        html! {
            <tr data-testid="leaving" data-class={one.id()} data-count={one.real().to_string()} data-labels={one.pseudonyms.to_string()}
                data-coarser={one.coarser.to_string()} data-dropped={one.dropped.to_string()}>
                <th scope="row">{ one.label() }</th>
                { for [one.kept, one.pseudonyms, one.coarser, one.dropped].map(|count| html! { <td class="share__number">{ format::count(count) }</td> }) }
            </tr>
        }
    };
    html! {
        <section class="share__part">
            <h3>{ "What leaves" }</h3>
            <div class="share__scroll"><table class="share__table">
                <thead><tr><th scope="col">{ "Different values" }</th><th scope="col">{ "As they are" }</th><th scope="col">{ "As labels" }</th><th scope="col">{ "Made coarser" }</th><th scope="col">{ "Left out" }</th></tr></thead>
                <tbody>{ for all.iter().map(line) }</tbody>
            </table></div>
        </section>
    }
}

/// How far it is, and the way to stop it.
fn progress(share: &ShareState, words: &'static str, on_step: &Callback<ShareStep>) -> Html {
    let stop = on_step.reform(|_: MouseEvent| ShareStep::Stop);
    let (done, of) = share.progress;
    html! {
        <div class="share__choices" role="status" aria-busy="true" data-testid="share-progress">
            <span>{ words }</span>
            <progress max={of.max(1).to_string()} value={done.to_string()} aria-label={words} />
            <button type="button" class="button" data-testid="share-stop" onclick={stop}>{ "Stop" }</button>
        </div>
    }
}

fn verdict(share: &ShareState, shared: &Shared, on_step: &Callback<ShareStep>) -> Html {
    if shared.is_real {
        return html! {
            <section class="share__part">
                <p class="share__verdict" data-testid="share-verdict" data-hits="" data-tone="attention">{ "Real names are in this report. It was not searched for them." }</p>
                <p class="share__hash">{ "SHA-256 of the file " }<code data-testid="share-sha256">{ shared.sha256.clone() }</code></p>
            </section>
        };
    }
    if share.lost {
        return html! { <p class="share__verdict" data-testid="share-verdict" data-hits="" data-tone="attention">{ "The verification stopped before its end. So there is no file." }</p> };
    }
    let Some(verdict) = &share.verdict else {
        return progress(share, "Reading the finished file again", on_step);
    };
    let count = verdict.count;
    let tone = if verdict.is_clean() { "good" } else { "attention" };
    let words = if verdict.is_clean() {
        let (known, rules) = (format::count(verdict.identifiers), verdict.rules);
        format!("Verified: 0 of {known} identifiers of your files are in the finished file (rules version {rules}).")
    } else {
        format!("There is no file: {} would name somebody.", format::counted(count, "place", "places"))
    };
    html! {
        <section class="share__part">
            <p class="share__verdict" role="status" data-testid="share-verdict" data-hits={count.to_string()} data-tone={tone}>{ words }</p>
            if !verdict.is_clean() {
                { hits(verdict) }
                <p class="share__help" data-testid="share-advice">{ advice(share.policy.level) }</p>
            }
            <p class="share__hash">{ "SHA-256 of the file " }<code data-testid="share-sha256">{ verdict.sha256.clone() }</code></p>
            if !verdict.data.is_empty() { <p class="share__hash">{ "SHA-256 of the data inside " }<code>{ verdict.data.clone() }</code></p> }
        </section>
    }
}

/// What to change where a report is refused.
fn advice(level: ShareLevel) -> &'static str {
    match level {
        ShareLevel::Partner => {
            "What to change: take the names out of title, purpose and notes. If the places are in a view, leave that view out below; the CSV has the events alone."
        }
        _ => {
            "What to change: take the names out of title, purpose and notes; have names of things and free text replaced as well, not kept or scrubbed. If the places are in a view, leave that view out below."
        }
    }
}

fn hits(verdict: &Verdict) -> Html {
    html! {
        <ul class="share__hits">
            { for verdict.hits.iter().map(|hit| html! {
                <li>{ format!("{}: {}: ", hit.place, hit.what) }{ file_text(&hit.text) }</li>
            }) }
        </ul>
    }
}

fn way_out(share: &ShareState, shared: &Shared, on_step: &Callback<ShareStep>) -> Html {
    let download = on_step.reform(|_: MouseEvent| ShareStep::Download);
    let key = on_step.reform(|_: MouseEvent| ShareStep::DownloadKey);
    let words = format!("Save {} ({})", shared.name, format::size(u64::from(shared.sizes[0])));
    let has_labels = share.policy.level == ShareLevel::Auditor;
    html! {
        <div class="share__choices">
            <button type="button" class="button button--primary" data-testid="download" disabled={!share.may_leave()} onclick={download}>{ words }</button>
            if has_labels {
                <button type="button" class="button" data-testid="download-key" disabled={!share.may_leave()} onclick={key}>{ "Save the key file, which names everybody" }</button>
            }
        </div>
    }
}
