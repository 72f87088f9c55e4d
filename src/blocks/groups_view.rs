//! Counts by one field or two: charts, then a table whose lines lead to the events.

use super::{csv::csv, marks::value_words, report_blocks::ReportBlocks, time_histogram::zone_name, value::Value};
use crate::{
    action::Action,
    components::{Glyph, Icon},
};
use guestlens_core::{
    chart::{events, thousands},
    model::Field,
    protocol::Clause,
    report::{Block, Door, Group, Groups},
    time::{Zone, iso, plain},
};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The table.
    pub groups: Groups,
    /// The charts that go with it.
    pub blocks: Vec<Block>,
    /// Calendar of times.
    pub zone: Zone,
    /// Takes [`Action::GroupBy`], [`Action::Go`] and what is saved.
    pub on_action: Callback<Action>,
}

/// By what the lines are ordered.
#[derive(Clone, Copy, PartialEq)]
enum Key {
    Value,
    Count,
    First,
    Last,
}

/// Groups and their charts.
#[component]
pub fn GroupsView(props: &Props) -> Html {
    let Props { groups, blocks, zone, on_action } = props;
    let order = use_state_eq(|| (Key::Count, true));
    let lines = sorted(&groups.groups, *order);
    html! {
        <div class="groups">
            { pickers(props) }
            <ReportBlocks blocks={blocks.clone()} zone={zone.clone()} title_context="" on_action={on_action.clone()} />
            if groups.groups.is_empty() {
                <p class="empty">{ "No event matches, so there is nothing to group. Widen the time window or remove a filter." }</p>
            } else {
                <div class="groups__scroll" tabindex="0" role="region" aria-label={format!("Events by {}", groups.by.label())}>
                    <table class="groups__table">
                        <caption class="visually-hidden">{ format!("Events by {}", groups.by.label()) }</caption>
                        { head(props, &order) }
                        <tbody>{ for body(props, &lines) }</tbody>
                    </table>
                </div>
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
                <Icon glyph={Glyph::Export} />{ "CSV" }
            </button>
        </div>
    }
}

fn sorted(groups: &[Group], (key, descending): (Key, bool)) -> Vec<Group> {
    let mut lines = groups.to_vec();
    match key {
        Key::Value => lines.sort_by(|a, b| a.value.cmp(&b.value)),
        Key::Count => lines.sort_by(|a, b| a.count.cmp(&b.count).then_with(|| b.value.cmp(&a.value))),
        Key::First => lines.sort_by_key(|group| group.first),
        Key::Last => lines.sort_by_key(|group| group.last),
    }
    if descending {
        lines.reverse();
    }
    lines
}

fn head(props: &Props, order: &UseStateHandle<(Key, bool)>) -> Html {
    let Groups { by, then, columns, columns_other, .. } = &props.groups;
    let sort = |key: Key, label: &str, class: &'static str| {
        let (now, descending) = **order;
        let is_sorted = now == key;
        let state = if !is_sorted {
            None
        } else if descending {
            Some("descending")
        } else {
            Some("ascending")
        };
        let onclick = {
            let order = order.clone();
            move |_: MouseEvent| order.set((key, if is_sorted { !descending } else { key != Key::Value }))
        };
        html! {
            <th scope="col" {class} aria-sort={state}>
                <button type="button" class="groups__sort" {onclick}>
                    { label }<span class="groups__arrow" aria-hidden="true">{ match state { Some("descending") => "↓", Some(_) => "↑", None => "" } }</span>
                </button>
            </th>
        }
    };
    let last = columns.len().saturating_sub(1);
    let pivot = |(number, name): (usize, &String)| {
        let is_other = *columns_other && number == last;
        html! { <th scope="col" class="groups__number">{ if is_other { html! { "All others" } } else { html! { <Value field={*then} value={name.clone()} in_words={true} /> } } }</th> }
    };
    let zone = zone_name(&props.zone);
    html! {
        <thead>
            <tr>
                { sort(Key::Value, by.label(), "groups__value") }
                { sort(Key::Count, "Events", "groups__number") }
                { sort(Key::First, &format!("First seen ({zone})"), "groups__time") }
                { sort(Key::Last, &format!("Last seen ({zone})"), "groups__time") }
                { for columns.iter().enumerate().map(pivot) }
            </tr>
        </thead>
    }
}

fn body(props: &Props, lines: &[Group]) -> Vec<Html> {
    let Props { groups, zone, on_action, .. } = props;
    let max = lines.iter().map(|group| group.count).max().unwrap_or(1).max(1);
    let moment = |ticks: Option<i64>| match ticks {
        Some(ticks) => html! { <td class="groups__time">{ plain(ticks, zone) }</td> },
        None => html! { <td class="groups__time" title="These events have no time">{ "-" }</td> },
    };
    let line = |group: &Group| {
        let clause = Clause { field: groups.by, values: vec![group.value.clone()], exclude: false };
        let door = Door { clauses: vec![clause], ..Door::default() };
        let open = on_action.reform(move |_| Action::Go(door.clone()));
        let label = format!("Show {} with {}", events(group.count), value_words(Some(groups.by), &group.value));
        let width = format!("{:.2}%", (group.count as f64 / max as f64 * 100.0).max(0.5));
        html! {
            <tr key={group.value.clone()} data-testid="group-value" data-value={group.value.clone()} data-count={group.count.to_string()}>
                <th scope="row" class="groups__value">
                    <button type="button" class="groups__open" aria-label={label} onclick={open}>
                        <Value field={groups.by} value={group.value.clone()} in_words={true} />
                    </button>
                </th>
                <td class="groups__number">
                    <span class="groups__count">{ thousands(group.count) }</span>
                    <svg class="groups__track" width="100%" height="4" aria-hidden="true"><rect class="mark mark--plain" {width} height="4" rx="1" /></svg>
                </td>
                { moment(group.first) }
                { moment(group.last) }
                { for group.cells.iter().map(|count| html! { <td class={classes!("groups__number", (*count == 0).then_some("groups__zero"))}>{ thousands(u64::from(*count)) }</td> }) }
            </tr>
        }
    };
    lines.iter().map(line).collect()
}

/// The table as a file: times in ISO 8601 UTC, numbers without separators.
fn save(groups: &Groups, zone: &Zone) -> Action {
    let time = |ticks: Option<i64>| ticks.map(iso).unwrap_or_default();
    let local = |ticks: Option<i64>| ticks.map(|ticks| plain(ticks, zone)).unwrap_or_default();
    let mut head =
        vec![groups.by.label().to_owned(), "Events".into(), "First seen (UTC)".into(), "Last seen (UTC)".into()];
    if !zone.is_utc() {
        head.extend([format!("First seen ({})", zone.name), format!("Last seen ({})", zone.name)]);
    }
    let last = groups.columns.len().saturating_sub(1);
    head.extend(
        groups.columns.iter().enumerate().map(|(number, name)| {
            if groups.columns_other && number == last { "All others".into() } else { name.clone() }
        }),
    );
    let line = |group: &Group| {
        let mut cells = vec![group.value.clone(), group.count.to_string(), time(group.first), time(group.last)];
        if !zone.is_utc() {
            cells.extend([local(group.first), local(group.last)]);
        }
        cells.extend(group.cells.iter().map(u32::to_string));
        cells
    };
    let text = csv(std::iter::once(head).chain(groups.groups.iter().map(line)));
    Action::SaveText { name: format!("guestlens-by-{}.csv", groups.by.id()), mime: "text/csv".into(), text }
}
