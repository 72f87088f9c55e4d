//! Counts by one field or two: charts, then a table whose lines lead to the events.

mod save;
mod table;

use super::{report_blocks::ReportBlocks, uncovered::Uncovered};
use crate::{
    action::Action,
    components::{Glyph, icon},
};
use guestlens_core::{
    chart::thousands,
    model::Field,
    report::{Block, Groups},
    time::Zone,
};
use save::save;
use table::{Key, body, head, sorted};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Lines that are shown before the reader asks for all.
const AT_FIRST: usize = 500;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The table.
    pub groups: Groups,
    /// The charts that go with it.
    pub blocks: Vec<Block>,
    /// The conditions in words, for saved pictures.
    #[prop_or_default]
    pub title_context: String,
    /// Whole days that no file covers.
    #[prop_or_default]
    pub uncovered: Uncovered,
    /// Whether events were asked for by any condition.
    #[prop_or_default]
    pub is_filtered: bool,
    /// Calendar of times.
    pub zone: Zone,
    /// Takes [`Action::GroupBy`], [`Action::Go`] and what is saved.
    pub on_action: Callback<Action>,
}

/// Groups and their charts.
#[component]
pub fn GroupsView(props: &Props) -> Html {
    let Props { groups, blocks, title_context, uncovered, is_filtered, zone, on_action } = props;
    let order = use_state_eq(|| (Key::Count, true));
    let all = use_state_eq(|| false);
    let lines = sorted(&groups.groups, *order);
    let shown = if *all { lines.len() } else { lines.len().min(AT_FIRST) };
    let show_all = {
        let all = all.clone();
        move |_: MouseEvent| all.set(true)
    };
    html! {
        <div class="groups">
            { pickers(props) }
            <ReportBlocks blocks={blocks.clone()} zone={zone.clone()} title_context={title_context.clone()} uncovered={uncovered.clone()} is_filtered={*is_filtered} on_action={on_action.clone()} />
            if groups.groups.is_empty() {
                <p class="empty">{ "No event matches, so there is nothing to group. Widen the time window or remove a filter." }</p>
            } else {
                <div class="groups__scroll" tabindex="0" role="region" aria-label={format!("Events by {}", groups.by.label())}>
                    <table class="groups__table">
                        <caption class="visually-hidden">{ format!("Events by {}", groups.by.label()) }</caption>
                        { head(props, &order) }
                        <tbody>{ for body(props, &lines[..shown]) }</tbody>
                    </table>
                </div>
                if shown < lines.len() {
                    <button type="button" class="groups__all" onclick={show_all}>
                        { format!("Show all {} lines", thousands(lines.len() as u64)) }
                    </button>
                }
            }
        </div>
    }
}

fn pickers(props: &Props) -> Html {
    let Props { groups, on_action, .. } = props;
    let (by, then) = (groups.by, groups.then);
    let field =
        |event: &Event| event.target_dyn_into::<HtmlSelectElement>().and_then(|select| Field::from_id(&select.value()));
    let pick_by = {
        let on_action = on_action.clone();
        move |event: Event| {
            if let Some(by) = field(&event) {
                on_action.emit(Action::GroupBy(by, then.filter(|then| *then != by)));
            }
        }
    };
    let pick_then = on_action.reform(move |event: Event| Action::GroupBy(by, field(&event)));
    let option = |chosen: Option<Field>| move |one: &Field| html! { <option value={one.id()} selected={chosen == Some(*one)}>{ one.label() }</option> };
    let fields = || Field::ALL.iter().filter(|one| **one != Field::Time);
    let shown = groups.groups.len() as u64;
    let save = {
        let props = (groups.clone(), props.zone.clone());
        on_action.reform(move |_| save(&props.0, &props.1))
    };
    html! {
        <div class="groups__bar">
            <label class="groups__picker">{ "Group by" }
                <select data-testid="group-by" onchange={pick_by}>{ for fields().map(option(Some(by))) }</select>
            </label>
            <label class="groups__picker">{ "then by" }
                <select data-testid="group-then" onchange={pick_then}>
                    <option value="" selected={then.is_none()}>{ "nothing" }</option>
                    { for fields().filter(|one| **one != by).map(option(then)) }
                </select>
            </label>
            <span class="groups__shown">
                { if groups.distinct > shown { format!("top {} of {} values", thousands(shown), thousands(groups.distinct)) }
                  else { format!("{} {}", thousands(shown), if shown == 1 { "value" } else { "values" }) } }
            </span>
            <button type="button" class="groups__save" disabled={shown == 0} onclick={save}>
                { icon(Glyph::Export) }{ "CSV" }
            </button>
        </div>
    }
}
