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

/// The panel: the values of the fields, texts that values must contain, files for their names, and whether it lies
/// over the view.
pub fn facet_panel(
    facets: &[Facet],
    texts: &[(Field, String)],
    sources: &Rc<Vec<SourceInfo>>,
    open: bool,
    on_action: &Callback<Action>,
) -> Html {
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
            <button type="button" class="button facets__show" aria-expanded={open.to_string()} onclick={show}>
                { icon(Glyph::Filter) }{ "Filters" }
            </button>
            <aside class="facets" aria-label="Filters" data-open={open.to_string()}>
                <header class="facets__head">
                    <h2 class="facets__title">{ "Filters" }</h2>
                    <button type="button" class="button button--icon facets__close" aria-label="Close the filters" onclick={close}>{ icon(Glyph::Close) }</button>
                </header>
                { for FACETS.iter().filter_map(list) }
            </aside>
        </>
    }
}
