//! The page before anything is loaded: where to drop, what to drop, where to find it.

use super::{
    brand::Brand,
    file_buttons::FileButtons,
    icon::{Glyph, icon},
    rail_foot::RailFoot,
    sample_data::SampleButton,
    session_panel::OpenSession,
    text::file_text,
};
use crate::action::{Action, Dialog, Theme, View, ZoneChoice};
use guestlens_core::store::SourceInfo;
use std::rc::Rc;
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

/// Properties of [`DropArea`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// Light or dark.
    pub theme: Theme,
    /// The calendar of times.
    pub zone: ZoneChoice,
    /// Files that were read in vain.
    #[prop_or_default]
    pub sources: Rc<Vec<SourceInfo>>,
    /// Takes what is chosen.
    pub on_action: Callback<Action>,
}

/// The page before anything is loaded.
#[component]
pub fn DropArea(props: &Props) -> Html {
    let proof = props.on_action.reform(|_: MouseEvent| Action::Dialog(Some(Dialog::Proof)));
    html! {
        <main class="start">
            <header class="start__head">
                <h1 class="start__title"><Brand /></h1>
                <p class="start__lead">{ "What guests and everybody else did in your Microsoft Entra tenant, from the exports you already have." }</p>
            </header>
            { in_vain(props) }
            <section class="start__drop" aria-label="Open files">
                <p class="start__call">{ "Drop exports here" }</p>
                <div class="start__buttons"><FileButtons on_action={props.on_action.clone()} />
                    <SampleButton large=true on_action={props.on_action.clone()} /></div>
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
            <footer class="start__foot"><RailFoot theme={props.theme} zone={props.zone} on_action={props.on_action.clone()} />
                <OpenSession on_action={props.on_action.clone()} /></footer>
        </main>
    }
}

/// That nothing could be read of the files dropped so far.
fn in_vain(props: &Props) -> Html {
    let dropped: Vec<&SourceInfo> = props.sources.iter().filter(|source| source.parent.is_none()).collect();
    let [first, rest @ ..] = &*dropped else { return Html::default() };
    let show = props.on_action.reform(|_: MouseEvent| Action::Show(View::Sources));
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
