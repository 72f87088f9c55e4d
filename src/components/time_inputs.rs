//! The ends of the time window, to the second.

use crate::{action::Action, zone};
use guestlens_core::time::Zone;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`TimeInputs`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// Earliest time, inclusive.
    pub from: Option<i64>,
    /// Latest time, exclusive.
    pub to: Option<i64>,
    /// Calendar of the inputs.
    pub zone: Zone,
    /// Takes [`Action::WindowEnds`].
    pub on_action: Callback<Action>,
}

/// Two inputs.
#[component]
pub fn TimeInputs(props: &Props) -> Html {
    let Props { from, to, zone, on_action } = props;
    let input = |id: &'static str, words: &str, ticks: Option<i64>, is_from: bool| {
        let (from, to, zone) = (*from, *to, zone.clone());
        let value = ticks.map(|ticks| zone::to_input(ticks, &zone)).unwrap_or_default();
        let onchange = on_action.reform(move |event: Event| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            let typed = zone::from_input(&text, &zone);
            if is_from { Action::WindowEnds(typed, to) } else { Action::WindowEnds(from, typed) }
        });
        html! {
            <label class="time-input">
                <span class="time-input__label">{ format!("{words} ({})", props.zone.name) }</span>
                <input type="datetime-local" step="1" data-testid={id} data-empty={value.is_empty().to_string()} value={value.clone()} {onchange} />
            </label>
        }
    };
    let is_reversed = from.zip(*to).is_some_and(|(from, to)| from >= to);
    html! {
        <div class="time-inputs">
            { input("time-from", "From", *from, true) }
            { input("time-to", "Before", *to, false) }
            if is_reversed { <span class="time-inputs__hint" role="status">{ "The window ends before it begins, so no event matches." }</span> }
        </div>
    }
}
