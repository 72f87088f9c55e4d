//! Saving a sheet about the files: the integrity sheet, the list of problems.

use super::icon::{Glyph, icon};
use crate::action::{Action, FileAction};
use guestlens_core::protocol::{Sheet, SheetFormat};
use yew::prelude::*;

/// One button a format.
pub fn sheet_buttons(sheet: Sheet, on_action: &Callback<Action>) -> Html {
    let (id, name) = match sheet {
        Sheet::Integrity => ("integrity", "Integrity sheet"),
        Sheet::Problems => ("problems", "Problems"),
    };
    let button = |(format, ending, words): (SheetFormat, &'static str, &'static str)| {
        let onclick = on_action.reform(move |_: MouseEvent| Action::Files(FileAction::Sheet(sheet, format)));
        html! {
            <button type="button" class="button" data-testid="sheet" data-sheet={id} data-format={ending}
                aria-label={format!("{name} as {words}")} {onclick}>{ icon(Glyph::Export) }{ words }</button>
        }
    };
    let formats = [(SheetFormat::Csv, "csv", "CSV"), (SheetFormat::Json, "json", "JSON")];
    html! {
        <div class="sheet-buttons" role="group" aria-label={name}>
            <span class="sheet-buttons__name">{ name }</span>{ for formats.into_iter().map(button) }
        </div>
    }
}
