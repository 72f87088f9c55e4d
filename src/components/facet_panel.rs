//! The filters beside the table; on a narrow window a sheet over it.

use super::{
    facet::FacetList,
    icon::{Glyph, icon},
};
use crate::{
    action::{Action, Dialog},
    state::FACETS,
};
use guestlens_core::{model::Field, report::Facet, store::SourceInfo};
use std::rc::Rc;
use yew::prelude::*;

/// Fields whose lists are unfolded at first.
const OPEN: [Field; 6] =
    [Field::Log, Field::Service, Field::Category, Field::Activity, Field::Result, Field::ActorType];

/// Properties of [`FacetPanel`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The values of the fields.
    pub facets: Rc<Vec<Facet>>,
    /// Texts that values must contain.
    pub texts: Vec<(Field, String)>,
    /// For the names of files.
    pub sources: Rc<Vec<SourceInfo>>,
    /// Whether it lies over the view, where the window is narrow.
    pub open: bool,
    /// Takes what is chosen.
    pub on_action: Callback<Action>,
}

/// The panel.
#[component]
pub fn FacetPanel(props: &Props) -> Html {
    let Props { facets, texts, sources, on_action, .. } = props;
    let show = on_action.reform(|_: MouseEvent| Action::Dialog(Some(Dialog::Filters)));
    let close = on_action.reform(|_: MouseEvent| Action::Dialog(None));
    let list = |field: &Field| {
        let facet = facets.iter().find(|facet| facet.field == *field)?;
        let text = texts.iter().find(|(other, _)| other == field).map_or("", |(_, text)| text.as_str());
        let says_nothing = facet.values.iter().all(|value| value.value.is_empty()) && text.is_empty();
        let chosen = facet.values.iter().any(|value| value.included || value.excluded);
        let one_value = facet.values.len() < 2 && !chosen && text.is_empty();
        if (*field == Field::ActivityType && says_nothing) || (*field == Field::Log && one_value) {
            return None;
        }
        let sources = if *field == Field::Source { sources.clone() } else { Rc::default() };
        Some(html! {
            <FacetList key={field.id()} facet={facet.clone()} text={text.to_owned()} open={OPEN.contains(field)} {sources} on_action={on_action.clone()} />
        })
    };
    html! {
        <>
            <button type="button" class="button facets__show" aria-expanded={props.open.to_string()} onclick={show}>
                { icon(Glyph::Filter) }{ "Filters" }
            </button>
            <aside class="facets" aria-label="Filters" data-open={props.open.to_string()}>
                <header class="facets__head">
                    <h2 class="facets__title">{ "Filters" }</h2>
                    <button type="button" class="button button--icon facets__close" aria-label="Close the filters" onclick={close}>{ icon(Glyph::Close) }</button>
                </header>
                { for FACETS.iter().filter_map(list) }
            </aside>
        </>
    }
}
