//! What holds the page back from sending anything, and what no page can hold back.

use super::{
    dialog::Modal,
    door_test::{DoorTest, FileHash},
    icon::{Glyph, Icon},
};
use crate::{action::Action, format, host};
use yew::prelude::*;

/// Properties of [`ProofDialog`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// Closes the dialog.
    pub on_action: Callback<Action>,
}

/// The dialog.
#[component]
pub fn ProofDialog(props: &Props) -> Html {
    let counted = || (u64::from(host::blocked()), u64::from(host::blocked_by_test()));
    let counts = use_state_eq(counted);
    let on_end = {
        let counts = counts.clone();
        Callback::from(move |()| counts.set(counted()))
    };
    let (blocked, by_test) = *counts;
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
                <Icon glyph={if is_good { Glyph::Shield } else { Glyph::Warning }} />
                <span>{ "Nothing was sent. The browser has refused " }
                <span data-testid="blocked" data-value={blocked.to_string()}>{ format::count(blocked) }</span>
                { if blocked == 1 { " attempt to send something" } else { " attempts to send something" } }{ own }</span>
            </p>
            <p>{ "Your files are read by a program inside this page. The page has no way to send them: it has no \
                connection, no form, no link and no storage, and the browser enforces the policy below on it." }</p>
            <DoorTest {on_end} />
            <h3>{ "The policy in force" }</h3>
            <pre class="proof__policy" tabindex="0" data-testid="policy">{ for rules.map(|rule| format!("{rule};\n")) }</pre>
            <p>{ "To check for yourself: disconnect from the network, reload this page and use it; or watch the \
                network tab of the browser's developer tools stay empty." }</p>
            <h3>{ "This very file" }</h3>
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
