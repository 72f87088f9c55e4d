//! What holds the page back from sending anything, and what no page can hold back.

use super::{
    dialog::Modal,
    door_test::{DoorTest, FileHash},
    icon::{Glyph, icon},
};
use crate::{action::Action, format, host, state::OwnFile};
use yew::prelude::*;

/// Properties of [`ProofDialog`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The page's own file and what it has loaded, once the outer page has said so.
    pub own: Option<std::rc::Rc<OwnFile>>,
    /// Closes the dialog.
    pub on_action: Callback<Action>,
}

/// The dialog.
#[component]
pub fn ProofDialog(props: &Props) -> Html {
    let counted = || (host::blocked(), host::blocked_by_test());
    let counts = use_state_eq(counted);
    let on_end = {
        let counts = counts.clone();
        Callback::from(move |()| counts.set(counted()))
    };
    let (refused, by_test) = &*counts;
    let (blocked, by_test) = (refused.len() as u64, *by_test as u64);
    let policy = host::policy();
    let rules = policy.split(';').map(str::trim).filter(|rule| !rule.is_empty());
    // What the test below has tried is no reason to worry.
    let is_good = blocked == by_test;
    let tone = if is_good { "good" } else { "attention" };
    let own = match (by_test, blocked.saturating_sub(by_test)) {
        (0, _) => ".",
        (_, 0) => ", all of them the test below.",
        _ => ", those of the test below among them.",
    };
    html! {
        <Modal id="proof" title="Nothing is sent" on_action={props.on_action.clone()}>
            <p class="proof__state" data-tone={tone}>
                { icon(if is_good { Glyph::Shield } else { Glyph::Warning }) }
                <span>{ "Nothing was sent. The browser has refused " }
                <span data-testid="blocked" data-value={blocked.to_string()}>{ format::count(blocked) }</span>
                { if blocked == 1 { " attempt to send something" } else { " attempts to send something" } }{ own }</span>
            </p>
            <p>{ "Your files are read by a program inside this page. The page has no way to send them: it has no \
                connection, no form, no link and no storage, and the browser enforces the policy below on it." }</p>
            if blocked > 0 { <ul class="share__hits">{ for refused.iter().map(|what| html! { <li data-testid="refused">{ what }</li> }) }</ul> }
            { loaded(props.own.as_deref()) }
            <DoorTest {on_end} />
            <h3>{ "The policy in force" }</h3>
            <pre class="proof__policy" tabindex="0" data-testid="policy">{ for rules.map(|rule| format!("{rule};\n")) }</pre>
            <p>{ "To check for yourself: disconnect from the network, reload this page and use it; or watch the \
                network tab of the browser's developer tools stay empty." }</p>
            <h3>{ "This very file" }</h3>
            if let Some(own) = &props.own {
                <p class="share__hash">{ "SHA-256 of the page that you see: " }<code data-testid="own-sha256">{ own.sha256.clone() }</code></p>
                <p>{ "It is that of the page without the data of a report, if there are any. Compare it with the published one \
                    (guestlens.html.sha256 beside each release). A modified copy could say anything here: the file itself cannot." }</p>
            }
            <FileHash />
            <h3>{ "What no page can stop" }</h3>
            <ul>
                <li>{ "Browser extensions, which may read any page they have been allowed to." }</li>
                <li>{ "A modified copy of this file. Compare its checksum with the published one." }</li>
                <li>{ "Somebody who leads this tab to another address: the browser then leaves this page. It asks first while files are loaded." }</li>
                <li>{ "The browser and the operating system themselves, and who can see the screen." }</li>
            </ul>
        </Modal>
    }
}

/// What the page has loaded beside itself.
fn loaded(own: Option<&OwnFile>) -> Html {
    let Some(own) = own else { return Html::default() };
    let words = match own.loaded.len() {
        0 => "The page has loaded nothing beside this file.".to_owned(),
        count => {
            format!("Beside this file the browser has loaded {}:", format::counted(count as u64, "thing", "things"))
        }
    };
    html! {
        <>
            <p data-testid="loaded" data-count={own.loaded.len().to_string()}>{ words }</p>
            if !own.loaded.is_empty() { <ul class="share__hits">{ for own.loaded.iter().map(|name| html! { <li>{ name }</li> }) }</ul> }
        </>
    }
}
