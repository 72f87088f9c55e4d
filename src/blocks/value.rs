//! One value of a field, the way it looks everywhere: results with an icon and a word, ids shortened
//! and in a fixed-width face, nothing as "-" with the reason, other text as the file has it.

use crate::components::{Glyph, file_text, icon, text::escape};
use guestlens_core::{
    chart::short_id,
    model::{DataClass, Field},
};
use yew::prelude::*;

/// Why a value is "-".
pub const NO_VALUE: &str = "The file has no value here";

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The field, where it is one.
    #[prop_or_default]
    pub field: Option<Field>,
    /// The value, as the file has it.
    pub value: AttrValue,
    /// Whether ids are shown in full.
    #[prop_or_default]
    pub whole: bool,
    /// Whether nothing is said in words, where a list names its lines by the value.
    #[prop_or_default]
    pub in_words: bool,
}

/// A value of a field.
#[component]
pub fn Value(props: &Props) -> Html {
    let Props { field, value, whole, in_words } = props;
    if value.is_empty() && *in_words {
        return html! { <span class="value value--none">{ "No value" }</span> };
    }
    if value.is_empty() {
        return html! {
            <span class="value value--none" title={NO_VALUE}>
                <span aria-hidden="true">{ "-" }</span><span class="visually-hidden">{ "No value" }</span>
            </span>
        };
    }
    match field {
        Some(Field::Result) => outcome(value),
        Some(field) if is_id(*field) && !whole => html! {
            <span class="value value--id" title={escape(value)}>{ file_text(&short_id(value)) }</span>
        },
        Some(field) if is_id(*field) => {
            html! { <span class="value value--id">{ file_text(value) }</span> }
        }
        _ => html! { <span class="value">{ file_text(value) }</span> },
    }
}

/// Whether the field's values are ids, which are read by their ends.
pub fn is_id(field: Field) -> bool {
    field.domain().is_some_and(|domain| domain.class() == DataClass::Identifier)
}

fn outcome(value: &AttrValue) -> Html {
    let (glyph, class, word) = match &**value {
        "success" => (Glyph::Check, "value--good", "Success"),
        "failure" => (Glyph::Serious, "value--serious", "Failure"),
        "timeout" => (Glyph::Clock, "value--attention", "Timeout"),
        _ => {
            return html! {
                <span class="value value--unknown">{ icon(Glyph::Unknown) }{ file_text(value) }</span>
            };
        }
    };
    html! { <span class={classes!("value", class)}>{ icon(glyph) }{ word }</span> }
}
