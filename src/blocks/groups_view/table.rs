//! The table of groups: its order, its heading and its lines.

use super::Props;
use crate::{
    action::Action,
    blocks::{marks::value_words, time_histogram::zone_name, value::Value},
};
use guestlens_core::arrange::Arrange as _;
use guestlens_core::{
    chart::{events, thousands},
    protocol::Clause,
    report::{Door, Group, Groups},
    time::plain,
};
use yew::prelude::*;

/// By what the lines are ordered.
#[derive(Clone, Copy, PartialEq)]
pub enum Key {
    Value,
    Count,
    First,
    Last,
}

/// The lines in that order.
pub fn sorted(groups: &[Group], (key, descending): (Key, bool)) -> Vec<Group> {
    let mut lines = groups.to_vec();
    match key {
        Key::Value => lines.arrange_by(|a, b| a.value.cmp(&b.value)),
        Key::Count => lines.arrange_by(|a, b| a.count.cmp(&b.count).then_with(|| b.value.cmp(&a.value))),
        Key::First => lines.arrange_by_key(|group| group.first),
        Key::Last => lines.arrange_by_key(|group| group.last),
    }
    if descending {
        lines.reverse();
    }
    lines
}

/// The heading, by which the lines are ordered.
pub fn head(props: &Props, order: &UseStateHandle<(Key, bool)>) -> Html {
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

/// The lines.
pub fn body(props: &Props, lines: &[Group]) -> Vec<Html> {
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
                { for group.cells.iter().enumerate().map(|(column, count)| pair(props, group, column, *count)) }
            </tr>
        }
    };
    lines.iter().map(line).collect()
}

/// A count of the pivot: it leads to the events with both values; that of all other values does not.
fn pair(props: &Props, group: &Group, column: usize, count: u32) -> Html {
    let Props { groups, on_action, .. } = props;
    let is_other = groups.columns_other && column + 1 == groups.columns.len();
    let class = classes!("groups__number", (count == 0).then_some("groups__zero"));
    let number = thousands(u64::from(count));
    let Some((then, value)) = groups.then.zip(groups.columns.get(column)).filter(|_| count > 0 && !is_other) else {
        return html! { <td {class}>{ number }</td> };
    };
    let clause = |field, value: &String| Clause { field, values: vec![value.clone()], exclude: false };
    let door = Door { clauses: vec![clause(groups.by, &group.value), clause(then, value)], ..Door::default() };
    let open = on_action.reform(move |_| Action::Go(door.clone()));
    let words = |field, value: &str| value_words(Some(field), value);
    let label =
        format!("Show {} with {} and {}", events(count.into()), words(groups.by, &group.value), words(then, value));
    html! { <td {class}><button type="button" class="groups__pair" data-testid="group-pair" aria-label={label} onclick={open}>{ number }</button></td> }
}
