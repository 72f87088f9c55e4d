//! The conditions in force, each to be dropped by itself.

use super::{
    icon::{Glyph, icon},
    text::{escape, file_text},
    words,
};
use crate::{action::Action, format};
use guestlens_core::{model::Field, protocol::Query, store::SourceInfo, time::Zone};
use yew::prelude::*;

/// The chips. `absent`: values that are nowhere in the files.
pub fn filter_chips(
    query: &Query,
    absent: &[(Field, String)],
    sources: &[SourceInfo],
    zone: &Zone,
    on_action: &Callback<Action>,
) -> Html {
    let chip_of = |id: String, exclude: bool, label: &str, value: String, action: Action, missing: Option<String>| {
        let remove = on_action.reform(move |_: MouseEvent| action.clone());
        let words = escape(&format!("Remove the filter {label}{}{value}", if exclude { " not " } else { " " }));
        html! {
            <li class="chip" data-testid="filter-chip" data-filter={id.clone()} data-exclude={exclude.to_string()} key={id.clone()}>
                <span class="chip__label">{ label }</span>
                if exclude { <span class="chip__not">{ "not" }</span> }
                <span class="chip__value" title={escape(&value)}>{ file_text(&value) }</span>
                if let Some(missing) = missing { <span class="chip__absent">{ missing }</span> }
                <button type="button" class="chip__remove" aria-label={words} onclick={remove}>{ icon(Glyph::Close) }</button>
            </li>
        }
    };
    let chip = |id, exclude, label, value, action| chip_of(id, exclude, label, value, action, None);
    let mut chips = Vec::new();
    if !query.text.is_empty() {
        chips.push(chip("text".into(), false, "Contains", query.text.clone(), Action::Search(String::new())));
    }
    for (at, clause) in query.clauses.iter().enumerate() {
        let id = format!("{}{}", if clause.exclude { "not-" } else { "" }, clause.field.id());
        let values = words::values_label(clause, sources);
        let is_absent = |value: &&String| absent.iter().any(|(field, other)| *field == clause.field && other == *value);
        let missing = match clause.values.iter().filter(is_absent).count() {
            0 => None,
            count if count == clause.values.len() => Some("not in these files".into()),
            count => Some(format!("{count} not in these files")),
        };
        chips.push(chip_of(id, clause.exclude, clause.field.label(), values, Action::RemoveClause(at), missing));
    }
    if let Some(picked) = &query.picked {
        let label = if picked.label.is_empty() {
            format::counted(picked.records.len() as u64, "event", "events")
        } else {
            picked.label.clone()
        };
        chips.push(chip("picked".into(), false, "Exactly", label, Action::DropPicked));
    }
    if let Some(hour) = query.hour {
        chips.push(chip("hour".into(), false, "On", words::hour_of_week(hour), Action::AllHours));
    }
    if query.guests_only {
        chips.push(chip("guests".into(), false, "With", "a guest".into(), Action::GuestsOnly(false)));
    }
    if let Some(window) = words::window(query, zone) {
        chips.push(chip("window".into(), false, "Time", window, Action::Window(None)));
    }
    if chips.is_empty() {
        return html! {};
    }
    let clear = on_action.reform(|_: MouseEvent| Action::ClearFilters);
    html! {
        <ul class="chips" aria-label="Filters in force">
            { for chips }
            <li><button type="button" class="button button--link" data-testid="clear-filters" onclick={clear}>{ "Clear all" }</button></li>
        </ul>
    }
}
