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
    let blocked = u64::from(host::blocked());
    let policy = host::policy();
    let rules = policy.split(';').map(str::trim).filter(|rule| !rule.is_empty());
    let tone = if blocked == 0 { "good" } else { "attention" };
    html! {
        <Modal id="proof" title="Nothing is sent" on_action={props.on_action.clone()}>
            <p class="proof__state" data-tone={tone}>
                <Icon glyph={if blocked == 0 { Glyph::Shield } else { Glyph::Warning }} />
                <span>{ "Nothing was sent. The browser has refused " }
                <span data-testid="blocked" data-value={blocked.to_string()}>{ format::count(blocked) }</span>
                { if blocked == 1 { " attempt to." } else { " attempts to." } }</span>
            </p>
            <p>{ "Your files are read by a program inside this page. The page has no way to send them: it has no \
                connection, no form, no link and no storage, and the browser enforces the policy below on it." }</p>
            <DoorTest />
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
