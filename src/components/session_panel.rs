//! The reader's notes, and the session: saved, opened, and how it fits the loaded files.

use super::{
    icon::{Glyph, icon},
    text::file_text,
};
use crate::{
    action::{Action, FileAction},
    state::OpenedSession,
};
use guestlens_core::{session::FileCheck, store::SourceInfo};
use std::rc::Rc;
use web_sys::{File, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// Properties of [`SessionPanel`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// What the reader wrote.
    pub notes: String,
    /// The session that was opened.
    pub session: Option<OpenedSession>,
    /// The files.
    pub sources: Rc<Vec<SourceInfo>>,
    /// Takes what is done.
    pub on_action: Callback<Action>,
}

/// Notes, and the buttons.
#[component]
pub fn SessionPanel(props: &Props) -> Html {
    let on_action = &props.on_action;
    let write = on_action.reform(|event: Event| {
        Action::Files(FileAction::Notes(event.target_unchecked_into::<HtmlTextAreaElement>().value()))
    });
    let save = on_action.reform(|_: MouseEvent| Action::Files(FileAction::SaveSession));
    html! {
        <section class="session" aria-labelledby="session-title">
            <h2 id="session-title" class="section-title">{ "Session" }</h2>
            <p class="quiet">{ "A session file keeps the view, filters, columns, notes and what columns mean, and knows the files by their SHA-256. \
                It holds what you typed and filtered by, but nothing else of the files." }</p>
            <label class="session__notes"><span>{ "Notes" }</span>
                <textarea data-testid="notes" rows="3" onchange={write} value={props.notes.clone()} /></label>
            <div class="session__buttons">
                <button type="button" class="button" data-testid="save-session" onclick={save}>{ icon(Glyph::Export) }{ "Save session" }</button>
                { open_session(on_action) }
            </div>
            { session_files(props.session.as_ref(), &props.sources, on_action) }
        </section>
    }
}

/// Chooses a session's file; dropping it works as well.
pub fn open_session(on_action: &Callback<Action>) -> Html {
    let onchange = on_action.reform(|event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        let file: Option<File> = input.files().and_then(|list| list.get(0));
        input.set_value("");
        Action::OpenFiles(file.into_iter().collect())
    });
    html! {
        <label class="button file-button" title="Open a session that was saved">
            <input class="file-button__input" type="file" accept=".json" data-testid="open-session" {onchange} />
            { icon(Glyph::File) }<span>{ "Open session" }</span>
        </label>
    }
}

/// Which of the session's files are loaded.
pub fn session_files(session: Option<&OpenedSession>, sources: &[SourceInfo], on_action: &Callback<Action>) -> Html {
    let Some(opened) = session else { return html! {} };
    let close = on_action.reform(|_: MouseEvent| Action::Files(FileAction::CloseSession));
    let line = |(name, check): (String, FileCheck)| {
        let (id, tone, glyph, words) = said(check);
        html! {
            <li class="session__file" data-testid="session-file" data-name={name.clone()} data-state={id}>
                { file_text(&name) }<span class="state" data-tone={tone}>{ icon(glyph) }{ words }</span>
            </li>
        }
    };
    html! {
        <div class="session__opened" role="status">
            <p><strong>{ file_text(&opened.name) }</strong>{ " is open. Its files:" }
                <button type="button" class="button button--icon" aria-label="Close the session" onclick={close}>{ icon(Glyph::Close) }</button></p>
            <ul>{ for opened.files(sources).into_iter().map(line) }</ul>
        </div>
    }
}

fn said(check: FileCheck) -> (&'static str, &'static str, Glyph, &'static str) {
    match check {
        FileCheck::Same { .. } => ("same", "good", Glyph::Check, "the same file is loaded"),
        FileCheck::Changed { .. } => {
            ("changed", "attention", Glyph::Warning, "a file of that name with other content is loaded")
        }
        FileCheck::Unknown { .. } => {
            ("unknown", "unknown", Glyph::Unknown, "a file of that name and size is loaded; its SHA-256 is not known")
        }
        FileCheck::Missing => ("missing", "serious", Glyph::Minus, "not loaded: drop it, or a newer export"),
    }
}
