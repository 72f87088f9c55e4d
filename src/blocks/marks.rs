//! Bars of a chart as SVG: one path per series, so that a chart is few elements however many bars
//! it has.

use crate::components::text::escape;
use guestlens_core::{
    chart::{Bar, Paint, palette},
    model::Field,
    report::{Series, TimeSeries},
};
use std::fmt::Write;
use yew::prelude::*;

/// The outline of some bars.
pub fn outline<'a>(bars: impl Iterator<Item = &'a Bar>) -> String {
    let mut path = String::new();
    for bar in bars {
        let Bar { x, y, width, height, .. } = *bar;
        let _ = write!(path, "M{x:.1} {y:.1}h{width:.1}v{height:.1}h-{width:.1}z");
    }
    path
}

/// All bars of a stacked series.
pub fn bars(series: &TimeSeries, bars: &[Bar]) -> Html {
    palette(series.stack, &series.series)
        .into_iter()
        .enumerate()
        .map(|(number, paint)| {
            let path = outline(bars.iter().filter(|bar| bar.series == number));
            html! { <path key={number} class={mark(paint)} d={path} /> }
        })
        .collect()
}

/// The classes of a mark.
pub fn mark(paint: Paint) -> Classes {
    classes!("mark", format!("mark--{}", paint.id()))
}

/// A series' name, safe to stand alone.
pub fn series_name(stack: Option<Field>, series: &Series) -> String {
    if series.other {
        "All others".into()
    } else if stack.is_none() {
        "Events".into()
    } else {
        value_words(stack, &series.name)
    }
}

/// A value as plain text: hidden characters written out, results capitalised, nothing said as such.
pub fn value_words(field: Option<Field>, value: &str) -> String {
    match (field, value) {
        (_, "") => "No value".into(),
        (Some(Field::Result), "success") => "Success".into(),
        (Some(Field::Result), "failure") => "Failure".into(),
        (Some(Field::Result), "timeout") => "Timeout".into(),
        _ => escape(value),
    }
}

/// A square in the colour of a series.
pub fn swatch(paint: Paint) -> Html {
    html! {
        <svg class="swatch" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
            <rect class={mark(paint)} width="10" height="10" rx="2" />
        </svg>
    }
}
