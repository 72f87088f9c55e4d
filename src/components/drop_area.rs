//! The page before anything is loaded: where to drop, what to drop, where to find it.

use super::{
    brand::brand,
    file_buttons::file_buttons,
    icon::{Glyph, icon},
    rail_foot::rail_foot,
    sample_data::sample_button,
    session_panel::open_session,
    text::file_text,
};
use crate::action::{Action, Dialog, Theme, View, ZoneChoice};
use guestlens_core::store::SourceInfo;
use yew::prelude::*;

/// What can be dropped, where it is found, and in which formats.
const EXPORTS: &[(&str, &str, &str)] = &[
    (
        "Audit logs",
        "Entra admin center \u{203a} Monitoring & health \u{203a} Audit logs, or Microsoft Graph, every page",
        "CSV or JSON",
    ),
    ("Sign-in logs", "Monitoring & health \u{203a} Sign-in logs, interactive and non-interactive", "CSV or JSON"),
    (
        "Users",
        "Users \u{203a} All users \u{203a} Download users; Microsoft Graph adds sponsors and sign-in dates",
        "CSV or JSON",
    ),
    (
        "Access packages",
        "Entitlement management: assignments, requests, policies, connected organizations",
        "CSV or JSON",
    ),
    ("Access reviews", "Review history, or the results of one review", "CSV or JSON"),
    ("Azure Monitor", "Storage account, event hub, Log Analytics: AuditLogs and SignInLogs", "JSON, CSV"),
    ("Azure AD B2C", "The B2C tenant's Audit logs, also exports from 2018 on", "CSV or JSON"),
];

/// The page before anything is loaded.
pub fn drop_area(theme: Theme, zone: ZoneChoice, sources: &[SourceInfo], on_action: &Callback<Action>) -> Html {
    let proof = on_action.reform(|_: MouseEvent| Action::Dialog(Some(Dialog::Proof)));
    html! {
        <main class="start">
            <header class="start__head">
                <h1 class="start__title">{ brand() }</h1>
                <p class="start__lead">{ "What guests and everybody else did in your Microsoft Entra tenant, from the exports you already have." }</p>
            </header>
            { in_vain(sources, on_action) }
            <section class="start__drop" aria-label="Open files">
                <p class="start__call">{ "Drop exports here" }</p>
                <div class="start__buttons">{ file_buttons(false, on_action) }
                    { sample_button(true, on_action) }</div>
                <p class="start__hint">{ "All kinds at once, several months, some twice: they become one picture. Folders, zip and gz files and pasted text work, too." }</p>
            </section>
            <p class="start__proof">
                { icon(Glyph::Shield) }
                <span>{ "Nothing leaves this page. " }</span>
                <button type="button" class="button button--link" onclick={proof}>{ "See the proof" }</button>
            </p>
            <section class="start__exports" aria-labelledby="exports">
                <h2 id="exports" class="start__subtitle">{ "Where to find an export" }</h2>
                <dl class="exports">
                    { for EXPORTS.iter().map(|(name, path, formats)| html! {
                        <div class="exports__line">
                            <dt>{ *name }</dt><dd>{ *path }</dd><dd class="exports__formats">{ *formats }</dd>
                        </div>
                    }) }
                </dl>
                <p class="start__hint">{ "The format is recognised by content, not by name. Once files are loaded, Sources says what each missing kind would answer and how to export it. UTF-8 and UTF-16 are read, of any size the browser has memory for." }</p>
            </section>
            <footer class="start__foot">{ rail_foot(theme, zone, on_action) }
                { open_session(on_action) }</footer>
        </main>
    }
}

/// That nothing could be read of the files dropped so far.
fn in_vain(sources: &[SourceInfo], on_action: &Callback<Action>) -> Html {
    let dropped: Vec<&SourceInfo> = sources.iter().filter(|source| source.parent.is_none()).collect();
    let [first, rest @ ..] = &*dropped else { return Html::default() };
    let show = on_action.reform(|_: MouseEvent| Action::Show(View::Sources));
    let others = match rest.len() {
        0 => String::new(),
        1 => " and one other file".into(),
        more => format!(" and {more} other files"),
    };
    html! {
        <p class="start__vain" role="status" data-testid="in-vain">
            { icon(Glyph::Warning) }
            <span><strong>{ file_text(&first.name) }</strong>{ others }{ " held nothing that Guestlens reads. Drop an export below; Sources says what is wrong and what to do." }</span>
            <button type="button" class="button" onclick={show}>{ "Show sources" }</button>
        </p>
    }
}
