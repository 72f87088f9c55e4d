//! A value of the core's report, by what it is: the same in tables, facts and details.

use crate::{
    components::{Glyph, file_text, icon, text::escape},
    format,
};
use guestlens_core::{
    chart::{short_id, thousands},
    report::{Tone, Value},
    time::{self, Zone},
};
use yew::prelude::*;

/// A value; `whole` where there is room for all of it: ids in full, all of a list.
pub fn cell(value: &Value, zone: &Zone, whole: bool) -> Html {
    let plain = |text: String| html! { <span class="value">{ text }</span> };
    match value {
        Value::None(why) => html! {
            <span class="value value--none" title={escape(why)}>
                <span aria-hidden="true">{ "-" }</span><span class="visually-hidden">{ format!("Unknown: {}", escape(why)) }</span>
            </span>
        },
        Value::Text(text) | Value::Name(text) => html! { <span class="value">{ file_text(text) }</span> },
        Value::Person { name, address } => person(name, address),
        Value::Id(id) if whole => html! { <span class="value value--id">{ file_text(id) }</span> },
        Value::Id(id) => html! { <span class="value value--id">{ file_text(&short_id(id)) }</span> },
        Value::Number(number) => plain(thousands(*number)),
        Value::Share(tenths) => plain(format!("{}.{} %", tenths / 10, tenths % 10)),
        // Columns name their zone once; a fact has none.
        Value::Time(ticks) if whole => plain(time::told(*ticks, zone, 0)),
        Value::Time(ticks) => plain(time::plain(*ticks, zone)),
        Value::Day(ticks) => plain(time::plain_day(*ticks, zone)),
        Value::Duration(ticks) => plain(format::duration(*ticks)),
        Value::Days(days) => plain(format::days(*days)),
        Value::State { word, tone } => state(word, *tone),
        Value::Said(words) => html! { <span class="value">{ file_text(words) }</span> },
        Value::List(texts) => list(texts, whole),
        Value::Raw(text) => html! { <span class="value value--raw">{ file_text(text) }</span> },
    }
}

/// The value as one line of text: for `title`, for widths, and for the table of a chart.
pub fn words(value: &Value, zone: &Zone) -> String {
    match value {
        Value::None(why) => escape(why),
        Value::Person { name, address } if name.is_empty() || name == address => escape(address),
        Value::Person { name, address } => escape(&format!("{name} {address}")).trim_end().to_owned(),
        Value::Number(number) => thousands(*number),
        Value::Share(tenths) => format!("{}.{} %", tenths / 10, tenths % 10),
        Value::Time(ticks) => format!("{} {}", time::plain(*ticks, zone), zone.name),
        Value::Day(ticks) => time::plain_day(*ticks, zone),
        Value::Duration(ticks) => format::duration(*ticks),
        Value::Days(days) => format::days(*days),
        Value::List(texts) => escape(&texts.join("\n")),
        Value::Text(_) | Value::Name(_) | Value::Id(_) | Value::State { .. } | Value::Said(_) | Value::Raw(_) => {
            escape(&value.words())
        }
    }
}

fn person(name: &str, address: &str) -> Html {
    let is_same = name.eq_ignore_ascii_case(address);
    html! {
        <span class="value value--person">
            if name.is_empty() || is_same {
                { file_text(address) }
            } else {
                <span class="value__name">{ file_text(name) }</span>
                <span class="value__address">{ file_text(address) }</span>
            }
        </span>
    }
}

/// The icon of a tone; none where nothing is to be said.
pub fn tone_glyph(tone: Tone) -> Option<Glyph> {
    match tone {
        Tone::Plain => None,
        Tone::Good => Some(Glyph::Check),
        Tone::Attention => Some(Glyph::Warning),
        Tone::Serious => Some(Glyph::Serious),
        Tone::Unknown => Some(Glyph::Unknown),
    }
}

/// The stable word of a tone, for classes and `data-tone`.
pub fn tone_id(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Good => "good",
        Tone::Attention => "attention",
        Tone::Serious => "serious",
        Tone::Unknown => "unknown",
    }
}

fn state(word: &str, tone: Tone) -> Html {
    html! {
        <span class={classes!("value", format!("value--{}", tone_id(tone)))}>
            if let Some(glyph) = tone_glyph(tone) { { icon(glyph) } }
            { file_text(word) }
        </span>
    }
}

fn list(texts: &[String], whole: bool) -> Html {
    match texts {
        [] => html! {
            <span class="value value--none"><span aria-hidden="true">{ "-" }</span><span class="visually-hidden">{ "None" }</span></span>
        },
        [first] => html! { <span class="value">{ file_text(first) }</span> },
        _ if whole => html! {
            <ul class="value-list">{ for texts.iter().map(|text| html! { <li>{ file_text(text) }</li> }) }</ul>
        },
        [first, rest @ ..] => html! {
            <span class="value">
                <span class="value__first">{ file_text(first) }</span>
                <span class="value__more">{ format!("+{}", rest.len()) }</span>
            </span>
        },
    }
}
