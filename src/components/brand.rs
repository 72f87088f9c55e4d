//! The name and the mark.

use yew::prelude::*;

/// The lens.
pub fn brand() -> Html {
    html! {
        <span class="brand">
            <svg class="brand__mark" width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="currentColor"
                stroke-width="2" stroke-linecap="round" aria-hidden="true">
                <circle cx="8.5" cy="8.5" r="6" />
                <path d="m13 13 5 5M6.2 10.8c.3-1.3 1.1-2 2.3-2s2 .7 2.3 2" />
                <circle cx="8.5" cy="6.4" r="1.2" stroke-width="1.6" />
            </svg>
            <span class="brand__name">{ "Guestlens" }</span>
        </span>
    }
}
