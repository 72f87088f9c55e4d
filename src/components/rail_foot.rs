//! Proof, keys, theme and zone: the foot of the rail, and of the page before anything is loaded.

use super::icon::{Glyph, icon};
use crate::action::{Action, Dialog, Theme, ZoneChoice};
use yew::prelude::*;

/// The buttons.
pub fn rail_foot(theme: Theme, zone: ZoneChoice, on_action: &Callback<Action>) -> Html {
    let on = |action: Action| on_action.reform(move |_: MouseEvent| action.clone());
    let (next, glyph, theme) = match theme {
        Theme::System => (Theme::Light, Glyph::System, "Theme: system"),
        Theme::Light => (Theme::Dark, Glyph::Light, "Theme: light"),
        Theme::Dark => (Theme::System, Glyph::Dark, "Theme: dark"),
    };
    let (other, zone) = match zone {
        ZoneChoice::Utc => (ZoneChoice::Local, "Times: UTC"),
        ZoneChoice::Local => (ZoneChoice::Utc, "Times: local"),
    };
    let button = |id: &'static str, glyph: Glyph, words: &'static str, action: Action| {
        html! {
            <button type="button" class="rail__item" data-testid={id} title={words} onclick={on(action)}>
                { icon(glyph) }<span class="rail__words">{ words }</span>
            </button>
        }
    };
    html! {
        <div class="rail__foot">
            { button("proof", Glyph::Shield, "Nothing sent: proof", Action::Dialog(Some(Dialog::Proof))) }
            { button("keys", Glyph::Help, "Keys", Action::Dialog(Some(Dialog::Keys))) }
            { button("theme", glyph, theme, Action::Theme(next)) }
            { button("zone", Glyph::Clock, zone, Action::Zone(other)) }
        </div>
    }
}
