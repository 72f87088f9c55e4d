//! What says that a report is shown, and how it was made.

use super::{
    dialog::Modal,
    icon::{Glyph, icon},
    share::leaving,
    text::file_text,
};
use crate::{
    action::{Action, Dialog, View},
    state::ReportFacts,
};
use guestlens_core::share::Section;
use yew::prelude::*;

/// The banner.
pub fn report_banner(report: &ReportFacts, on_action: &Callback<Action>) -> Html {
    let show = on_action.reform(|_: MouseEvent| Action::Dialog(Some(Dialog::Certificate)));
    let what = match report.certificate.level.as_str() {
        "Team" => "Shared report with real names.",
        "Partner" => "Shared report, made of a part of the data.",
        _ => "Shared report, made of redacted data.",
    };
    html! {
        <div class="report-banner" role="note" data-testid="report" data-level={report.certificate.level.to_lowercase()}>
            { icon(Glyph::Shield) }
            <p class="report-banner__text"><strong>{ file_text(&report.title) }</strong>{ " " }{ what }{ " It can be read and filtered, not changed." }</p>
            <button type="button" class="button" data-testid="certificate" onclick={show}>{ "How it was made" }</button>
        </div>
    }
}

/// How the report was made.
pub fn certificate_dialog(report: &ReportFacts, on_action: &Callback<Action>) -> Html {
    let section = |section: &Section| {
        let view = section.view;
        let show = on_action.reform(move |_: MouseEvent| Action::Show(view));
        html! {
            <li data-testid="report-section" data-pin={section.only.clone()}><button type="button" class="button button--link" onclick={show}>{ view.label() }</button>
                if !section.title.is_empty() { { ", pinned: " }{ file_text(&section.title) } }
                if !section.note.is_empty() { { ": " }{ file_text(&section.note) } }</li>
        }
    };
    let coverage = on_action.reform(|_: MouseEvent| Action::Show(View::Coverage));
    let sources = on_action.reform(|_: MouseEvent| Action::Show(View::Sources));
    html! {
        <Modal id="certificate" title="How this report was made" on_action={on_action.clone()}>
            <p><strong>{ file_text(&report.title) }</strong></p>
            if !report.purpose.is_empty() { <p>{ file_text(&report.purpose) }</p> }
            <p>{ report.made.clone() }</p>
            if !report.sections.is_empty() { <ul class="share__hits">{ for report.sections.iter().map(section) }</ul> }
            <h3>{ "Certificate" }</h3>
            { for report.certificate.lines.iter().map(|line| html! { <p>{ file_text(line) }</p> }) }
            <p class="share__hash">{ "SHA-256 of the data inside: " }<code data-testid="report-sha256">{ report.sha256.clone() }</code></p>
            { leaving(&report.certificate.leaving) }
            <h3>{ "Method" }</h3>
            { for report.method.iter().map(|line| html! { <p>{ line }</p> }) }
            <p>
                <button type="button" class="button" onclick={coverage}>{ "What the files cover" }</button>{ " " }
                <button type="button" class="button" onclick={sources}>{ "The files, with their SHA-256" }</button>
            </p>
        </Modal>
    }
}
