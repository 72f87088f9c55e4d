//! The way to the views.

use super::{
    brand::Brand,
    icon::{Glyph, Icon},
    rail_foot::RailFoot,
};
use crate::action::{Action, Dialog, Theme, View, ZoneChoice};
use yew::prelude::*;

/// Properties of [`Rail`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The view in sight.
    pub view: View,
    /// Whether it shows names beside its icons.
    pub open: bool,
    /// How many problems the files have.
    pub problems: u64,
    /// Light or dark.
    pub theme: Theme,
    /// The calendar of times.
    pub zone: ZoneChoice,
    /// Takes what is chosen.
    pub on_action: Callback<Action>,
}

fn glyph(view: View) -> Glyph {
    match view {
        View::Overview => Glyph::Overview,
        View::Events => Glyph::Events,
        View::Groups => Glyph::Groups,
        _ => Glyph::Sources,
    }
}

/// The rail.
#[component]
pub fn Rail(props: &Props) -> Html {
    let on = |action: Action| props.on_action.reform(move |_: MouseEvent| action.clone());
    let tab = |view: View| {
        let current = (view == props.view).then_some("page");
        html! {
            <li>
                <button type="button" class="rail__item" data-testid="view-tab" data-view={view.id()} title={view.label()}
                    aria-current={current} onclick={on(Action::Show(view))}>
                    <Icon glyph={glyph(view)} />
                    <span class="rail__words">{ view.label() }</span>
                    if view == View::Sources && props.problems > 0 {
                        <span class="rail__badge" title={format!("{} problems", props.problems)}><Icon glyph={Glyph::Warning} /></span>
                    }
                </button>
            </li>
        }
    };
    let fold = if props.open { "Fold the rail" } else { "Unfold the rail" };
    html! {
        <nav class="rail" aria-label="Views">
            <div class="rail__head">
                <Brand />
                <button type="button" class="button button--icon rail__fold" title={fold} aria-label={fold}
                    aria-expanded={props.open.to_string()} onclick={on(Action::Rail(!props.open))}><Icon glyph={Glyph::Rail} /></button>
                <button type="button" class="button button--icon rail__close" aria-label="Close the menu"
                    onclick={on(Action::Dialog(None::<Dialog>))}><Icon glyph={Glyph::Close} /></button>
            </div>
            <ul class="rail__list">{ for View::ALL.iter().copied().filter(|view| !view.is_made_of_blocks()).map(tab) }</ul>
            <RailFoot theme={props.theme} zone={props.zone} on_action={props.on_action.clone()} />
        </nav>
    }
}
