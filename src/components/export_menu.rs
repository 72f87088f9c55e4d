//! The menu of export formats.

use super::icon::{Glyph, icon};
use crate::{action::Action, format, keys};
use guestlens_core::protocol::ExportFormat;
use yew::prelude::*;

/// Properties of [`ExportMenu`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// Whether it is open.
    pub open: bool,
    /// How many events would be exported.
    pub matching: u64,
    /// Takes [`Action::Export`].
    pub on_action: Callback<Action>,
}

fn words(format: ExportFormat) -> (&'static str, &'static str, &'static str) {
    match format {
        ExportFormat::Csv => ("csv", "CSV", "one line an event, safe to open in a spreadsheet"),
        ExportFormat::Json => ("json", "JSON", "one array, as Microsoft Graph writes it"),
        ExportFormat::JsonLines => ("json-lines", "JSON Lines", "one object a line"),
    }
}

/// The button and its menu.
#[component]
pub fn ExportMenu(props: &Props) -> Html {
    use_effect_with(props.open, |open| {
        if *open {
            keys::focus("[data-testid=export]");
        }
    });
    let toggle = {
        let open = props.open;
        props.on_action.reform(move |_: MouseEvent| Action::ExportMenu(!open))
    };
    let item = |format: ExportFormat| {
        let (id, name, help) = words(format);
        let onclick = props.on_action.reform(move |_: MouseEvent| Action::Export(format));
        html! {
            <li><button type="button" class="export__item" data-testid="export" data-format={id} {onclick}>
                <span class="export__name">{ name }</span><span class="export__help">{ help }</span>
            </button></li>
        }
    };
    html! {
        <div class="export">
            <button type="button" class="button" data-testid="export-menu" aria-expanded={props.open.to_string()}
                aria-controls="export-menu" title="Export (e)" onclick={toggle}>
                { icon(Glyph::Export) }<span class="button__words">{ "Export" }</span>{ icon(Glyph::ChevronDown) }
            </button>
            <div class="export__menu" id="export-menu" hidden={!props.open}>
                <p class="export__count">{ format!("The {} in the table\u{2019}s order", format::counted(props.matching, "matching event", "matching events")) }</p>
                <ul class="export__list">{ for ExportFormat::ALL.into_iter().map(item) }</ul>
                <p class="export__warning">{ icon(Glyph::Warning) }<span>{ "Contains raw identifiers. Not for sharing." }</span></p>
            </div>
        </div>
    }
}
