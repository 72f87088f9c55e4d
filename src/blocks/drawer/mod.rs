//! All of one event, beside the table: the sentence, then the sections in the portal's order. Not
//! modal, so that the table keeps its place; as wide as the reader drags it.

mod detail;

use super::{chart_figure::pin, measure::set_css, time_histogram::zone_name};
use crate::{
    action::Action,
    components::{Glyph, file_text, icon},
};
use detail::Detail;
use guestlens_core::{
    chart::thousands,
    report::{DetailSection, Details},
    time::{Zone, plain},
};
use web_sys::Element;
use yew::prelude::*;

const NARROWEST: f64 = 320.0;
const WIDEST: f64 = 900.0;
const STEP: f64 = 32.0;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The event; `None` while the drawer is closed.
    pub details: Option<Details>,
    /// Calendar of times.
    pub zone: Zone,
    /// How many lines the table has.
    pub matching: u64,
    /// Takes [`Action::Select`], [`Action::Include`], [`Action::Exclude`] and [`Action::Copy`].
    pub on_action: Callback<Action>,
}

/// The details of one event.
#[component]
pub fn Drawer(props: &Props) -> Html {
    let node = use_node_ref();
    let width = use_drawer_width(&node, 440.0);
    let Some(details) = &props.details else { return Html::default() };
    html! {
        <aside class="drawer" ref={node} aria-label="Event details" data-testid="event-details" data-index={details.index.to_string()}>
            { edge(&width) }
            <header class="drawer__head">
                { tools(props, details) }
                <h2 class="drawer__sentence">{ file_text(&details.sentence) }</h2>
                <p class="drawer__time">{ moment(details.time, &props.zone) }</p>
            </header>
            <div class="drawer__body" key={details.index} tabindex="0" role="region" aria-label="All fields of the event">
                { for details.sections.iter().map(|part| section(part, &props.on_action)) }
            </div>
        </aside>
    }
}

/// The width of a drawer, as the reader drags it.
#[hook]
pub fn use_drawer_width(node: &NodeRef, initial: f64) -> UseStateHandle<f64> {
    let width = use_state_eq(|| initial);
    let (element, now) = (node.clone(), *width);
    // Each time: the element comes and goes with what it shows.
    use_effect(move || set_css(&element, "--drawer-width", &format!("{now}px")));
    width
}

/// A button in the head of a drawer; without anything to do it is disabled.
pub fn tool(
    glyph: Glyph,
    words: &'static str,
    title: &'static str,
    action: Option<Action>,
    on_action: &Callback<Action>,
) -> Html {
    let (disabled, on_action) = (action.is_none(), on_action.clone());
    let onclick = move |_: MouseEvent| {
        if let Some(action) = &action {
            on_action.emit(action.clone());
        }
    };
    html! { <button type="button" class="drawer__tool" aria-label={words} {title} {disabled} {onclick}>{ icon(glyph) }</button> }
}

fn moment(time: Option<i64>, zone: &Zone) -> String {
    match time {
        Some(ticks) => format!("{} {}", plain(ticks, zone), zone_name(zone)),
        None => "The file has no time for this event".into(),
    }
}

fn tools(props: &Props, details: &Details) -> Html {
    let Props { matching, on_action, .. } = props;
    let at = details.index;
    let button = |glyph: Glyph, words: &'static str, title: &'static str, to: Option<Option<u32>>| {
        tool(glyph, words, title, to.map(Action::Select), on_action)
    };
    let next = (u64::from(at) + 1 < *matching).then(|| Some(at + 1));
    html! {
        <div class="drawer__tools">
            <span class="drawer__place">{ format!("{} of {}", thousands(u64::from(at) + 1), thousands(*matching)) }</span>
            { pin(format!("event-{}-{}", details.record.0, details.record.1), &details.sentence, on_action) }
            { button(Glyph::Previous, "Previous event", "Previous event ( [ )", at.checked_sub(1).map(Some)) }
            { button(Glyph::Next, "Next event", "Next event ( ] )", next) }
            { button(Glyph::Close, "Close the details", "Close the details (Esc)", Some(None)) }
        </div>
    }
}

fn section(part: &DetailSection, on_action: &Callback<Action>) -> Html {
    let field =
        |(number, field)| html! { <Detail key={number} field={Clone::clone(field)} on_action={on_action.clone()} /> };
    html! {
        <section class="drawer__section">
            <h3 class="drawer__title">{ &part.title }</h3>
            <dl class="drawer__fields">{ for part.fields.iter().enumerate().map(field) }</dl>
        </section>
    }
}

/// The left edge, by which the drawer is made wider.
pub fn edge(width: &UseStateHandle<f64>) -> Html {
    let held = |event: &PointerEvent| {
        event.target_dyn_into::<Element>().filter(|edge| edge.has_pointer_capture(event.pointer_id()))
    };
    let onpointerdown = |event: PointerEvent| {
        event.prevent_default();
        if let Some(edge) = event.target_dyn_into::<Element>() {
            let _ = edge.set_pointer_capture(event.pointer_id());
        }
    };
    let onpointermove = {
        let width = width.clone();
        move |event: PointerEvent| {
            if let Some(drawer) = held(&event).and_then(|edge| edge.parent_element()) {
                let right = drawer.get_bounding_client_rect().right();
                width.set((right - f64::from(event.client_x())).clamp(NARROWEST, WIDEST));
            }
        }
    };
    let onkeydown = {
        let width = width.clone();
        move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowLeft" => *width + STEP,
                "ArrowRight" => *width - STEP,
                "Home" => WIDEST,
                "End" => NARROWEST,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            width.set(to.clamp(NARROWEST, WIDEST));
        }
    };
    html! {
        <div class="drawer__edge" role="separator" tabindex="0" aria-orientation="vertical" aria-label="Width of the details"
            aria-valuemin={NARROWEST.to_string()} aria-valuemax={WIDEST.to_string()} aria-valuenow={width.round().to_string()}
            {onpointerdown} {onpointermove} {onkeydown} />
    }
}
