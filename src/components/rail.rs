//! The way to the views.

use super::{
    brand::brand,
    icon::{Glyph, icon},
    rail_foot::rail_foot,
};
use crate::action::{Action, Dialog, Theme, View, ZoneChoice};
use guestlens_core::report::Section;
use yew::prelude::*;

/// What the rail shows.
pub struct Shown {
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
}

const SECTIONS: [Section; 4] = [Section::Log, Section::Guests, Section::Entitlements, Section::Files];

fn glyph(view: View) -> Glyph {
    match view {
        View::Overview => Glyph::Overview,
        View::Events => Glyph::Events,
        View::Groups => Glyph::Groups,
        View::Findings => Glyph::Finding,
        View::Guests => Glyph::Guest,
        View::Inactive => Glyph::Asleep,
        View::Sponsors => Glyph::Sponsor,
        View::Reviews => Glyph::Review,
        View::Compare => Glyph::Compare,
        View::Requests => Glyph::Request,
        View::Packages => Glyph::Package,
        View::Assignments => Glyph::Key,
        View::AccessBetween => Glyph::Between,
        View::Separation => Glyph::Separation,
        View::Organizations => Glyph::Organization,
        View::AppRoles => Glyph::App,
        View::B2c => Glyph::Customer,
        View::Coverage => Glyph::Coverage,
        View::Sources => Glyph::Sources,
    }
}

/// The views of a section under its name.
fn part(section: Section, tab: impl Fn(View) -> Html) -> Html {
    let views = View::ALL.iter().copied().filter(|view| view.section() == section);
    let heading = format!("rail-{}", section.label().to_lowercase());
    let name = section.label();
    html! {
        <div class="rail__section" key={name}>
            if !name.is_empty() { <h2 class="rail__name" id={heading.clone()}><span class="rail__words">{ name }</span></h2> }
            <ul class="rail__list" aria-labelledby={(!name.is_empty()).then_some(heading)}>{ for views.map(tab) }</ul>
        </div>
    }
}

/// The rail.
pub fn rail(shown: &Shown, on_action: &Callback<Action>) -> Html {
    let on = |action: Action| on_action.reform(move |_: MouseEvent| action.clone());
    let tab = &|view: View| {
        let current = (view == shown.view).then_some("page");
        html! {
            <li>
                <button type="button" class="rail__item" data-testid="view-tab" data-view={view.id()} title={view.label()}
                    aria-current={current} onclick={on(Action::Show(view))}>
                    { icon(glyph(view)) }
                    <span class="rail__words">{ view.label() }</span>
                    if view == View::Sources && shown.problems > 0 {
                        <span class="rail__badge" title={format!("{} problems", shown.problems)}>{ icon(Glyph::Warning) }</span>
                    }
                </button>
            </li>
        }
    };
    let fold = if shown.open { "Fold the rail" } else { "Unfold the rail" };
    html! {
        <nav class="rail" aria-label="Views">
            <div class="rail__head">
                { brand() }
                <button type="button" class="button button--icon rail__fold" title={fold} aria-label={fold}
                    aria-expanded={shown.open.to_string()} onclick={on(Action::Rail(!shown.open))}>{ icon(Glyph::Rail) }</button>
                <button type="button" class="button button--icon rail__close" aria-label="Close the menu"
                    onclick={on(Action::Dialog(None::<Dialog>))}>{ icon(Glyph::Close) }</button>
            </div>
            { for SECTIONS.into_iter().map(|section| part(section, tab)) }
            { rail_foot(shown.theme, shown.zone, on_action) }
        </nav>
    }
}
