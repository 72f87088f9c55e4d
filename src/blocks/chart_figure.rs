//! What every chart has around it: a title, what it shows in a few words, its table, and its picture
//! to take away.

use super::export_svg::Drawing;
use crate::{
    action::{Action, ShareStep},
    components::{Glyph, icon, text::escape},
};
use guestlens_core::time;
use yew::prelude::*;

/// From so many characters on, what one has to know stands on a line of its own.
const LONG: usize = 72;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The class of the chart.
    pub class: AttrValue,
    /// Heading.
    pub title: AttrValue,
    /// Size of a bin, number of values: what one has to know to read it.
    pub note: AttrValue,
    /// Stable kebab-case name: of the element, and of saved files.
    pub name: AttrValue,
    /// Makes a table of the same numbers, once somebody asks for it: it may be longer than all the rest.
    pub table: Callback<(), Html>,
    /// Draws the picture; gets the words for when it is saved.
    pub draw: Callback<String, Drawing>,
    /// Takes [`Action::SaveText`] and [`Action::SavePng`].
    pub on_action: Callback<Action>,
    /// The chart.
    pub children: Html,
}

/// A chart with its heading and tools.
#[component]
pub fn ChartFigure(props: &Props) -> Html {
    let as_table = use_state(|| false);
    let toggle = {
        let as_table = as_table.clone();
        move |_: MouseEvent| as_table.set(!*as_table)
    };
    let is_long = props.note.chars().count() > LONG;
    let heading = format!("chart-{}-title", props.name);
    let (glyph, words) = if *as_table { (Glyph::Chart, "Show as chart") } else { (Glyph::Table, "Show as table") };
    let tool = |text: &'static str, onclick: Callback<MouseEvent>| {
        let label = format!("Save {} as {text}", props.title);
        html! { <button type="button" class="chart__tool" aria-label={label.clone()} title={label} {onclick}>{ text }</button> }
    };
    html! {
        <figure class={classes!("chart", props.class.to_string())} aria-labelledby={heading.clone()} data-testid="chart"
            data-chart={props.name.clone()}>
            <figcaption class="chart__head">
                <h2 class="chart__title" id={heading} title={props.title.clone()}>{ &props.title }</h2>
                if !is_long { <span class="chart__note">{ &props.note }</span> }
                <span class="chart__tools">
                    <button type="button" class="chart__tool" aria-label={format!("{words}: {}", props.title)} title={words}
                        onclick={toggle}>{ icon(glyph) }</button>
                    { pin(format!("chart-{}", props.name), &props.title, &props.on_action) }
                    { tool("SVG", save(props, svg)) }
                    { tool("PNG", save(props, png)) }
                </span>
            </figcaption>
            if is_long { <p class="chart__help">{ &props.note }</p> }
            if *as_table {
                <div class="chart__table" tabindex="0" role="group" aria-label={format!("{}, table", props.title)}>{ props.table.emit(()) }</div>
            } else {
                { props.children.clone() }
            }
        </figure>
    }
}

/// Pins a part of the view for a report; in a report that was opened there is none, see `chart.css`.
pub fn pin(name: String, title: &str, on_action: &Callback<Action>) -> Html {
    let label = escape(&format!("Pin {title} for a report"));
    let title = title.to_owned();
    let data = name.clone();
    let onclick = on_action.reform(move |_: MouseEvent| Action::Share(ShareStep::Pin(name.clone(), title.clone())));
    html! { <button type="button" class="chart__tool pin" data-testid="pin" data-pin={data} aria-label={label.clone()} title={label} {onclick}>{ "Pin" }</button> }
}

fn save(props: &Props, action: fn(&str, Drawing) -> Action) -> Callback<MouseEvent> {
    let (name, draw, on_action) = (props.name.clone(), props.draw.clone(), props.on_action.clone());
    Callback::from(move |_| {
        let today = time::plain_day(js_sys::Date::now() as i64 * (time::SECOND / 1_000), &time::Zone::default());
        on_action.emit(action(&name, draw.emit(format!("saved {today}"))));
    })
}

fn svg(name: &str, drawing: Drawing) -> Action {
    Action::SaveText { name: format!("guestlens-{name}.svg"), mime: "image/svg+xml".into(), text: drawing.svg }
}

fn png(name: &str, Drawing { svg, width, height }: Drawing) -> Action {
    Action::SavePng { name: format!("guestlens-{name}.png"), svg, width, height }
}
