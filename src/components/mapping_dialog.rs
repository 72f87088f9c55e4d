//! What the columns of a file were taken for, with some of their values, to be corrected.

use super::{
    dialog::Modal,
    icon::{Glyph, icon},
    text::{escape, file_text},
};
use crate::action::{Action, FileAction};
use guestlens_core::{
    model::Attribute,
    report::{MappingColumn, MappingSheet},
    store::{ColumnChoice, MappingChoice},
};
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Properties of [`MappingDialog`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The columns.
    pub sheet: Rc<MappingSheet>,
    /// Takes [`FileAction::ReadAs`] and [`FileAction::CloseColumns`].
    pub on_action: Callback<Action>,
}

/// The dialog.
#[component]
pub fn MappingDialog(props: &Props) -> Html {
    let Props { sheet, on_action } = props;
    let format = use_state_eq(|| sheet.format.clone());
    let chosen = use_state_eq(|| sheet.columns.iter().map(|column| column.attribute).collect::<Vec<_>>());
    let is_same = *format == sheet.format;
    let read = {
        let (sheet, format, chosen) = (sheet.clone(), (*format).clone(), (*chosen).clone());
        on_action.reform(move |_: MouseEvent| {
            let column = |(column, attribute): (&MappingColumn, &Option<Attribute>)| ColumnChoice {
                column: column.column.clone(),
                attribute: *attribute,
            };
            let columns = if is_same { sheet.columns.iter().zip(&chosen).map(column).collect() } else { Vec::new() };
            let mapping = MappingChoice { format: Some(format.clone()), columns };
            Action::Files(FileAction::ReadAs { file: sheet.file, entry: sheet.entry.clone(), mapping })
        })
    };
    let close = on_action.reform(|_: Action| Action::Files(FileAction::CloseColumns));
    let choose_format = {
        let format = format.clone();
        Callback::from(move |event: Event| format.set(event.target_unchecked_into::<HtmlSelectElement>().value()))
    };
    html! {
        <Modal id="mapping" title="What the columns are" on_action={close.clone()}>
            <div class="mapping" data-testid="mapping-dialog" data-name={sheet.name.clone()}>
                <p><strong>{ file_text(&sheet.name) }</strong>{ ". Where no public source names the columns of a download, \
                    they are guessed from their words. Correct what is wrong; a column that is nothing of the list keeps its values as a further field." }</p>
                <label class="mapping__format"><span>{ "The file holds" }</span>
                    <select data-testid="mapping-format" onchange={choose_format}>
                        if sheet.format.is_empty() { <option value="" selected={format.is_empty()}>{ "Choose" }</option> }
                        { for sheet.formats.iter().map(|(id, label)| html! { <option value={id.clone()} selected={*id == *format}>{ label }</option> }) }
                    </select>
                </label>
                if is_same {
                    { columns(sheet, &chosen) }
                } else {
                    <p class="quiet">{ "Once it is read as that, its columns can be corrected here." }</p>
                }
                <div class="mapping__buttons">
                    <button type="button" class="button button--primary" data-testid="mapping-apply" disabled={format.is_empty()} onclick={read}>
                        { "Read again with this mapping" }</button>
                    <button type="button" class="button" onclick={close.reform(|_: MouseEvent| Action::Dialog(None))}>{ "Cancel" }</button>
                </div>
            </div>
        </Modal>
    }
}

fn columns(sheet: &MappingSheet, chosen: &UseStateHandle<Vec<Option<Attribute>>>) -> Html {
    if sheet.columns.is_empty() {
        return html! {};
    }
    let line = |(at, column): (usize, &MappingColumn)| {
        let now = chosen.get(at).copied().flatten();
        let choose = {
            let chosen = chosen.clone();
            Callback::from(move |event: Event| {
                let id = event.target_unchecked_into::<HtmlSelectElement>().value();
                let mut next = (*chosen).clone();
                if let Some(own) = next.get_mut(at) {
                    *own = Attribute::from_id(&id);
                }
                chosen.set(next);
            })
        };
        let label = escape(&format!("Meaning of the column {}", column.column));
        let option = |attribute: &Attribute| {
            html! { <option value={attribute.id()} selected={now == Some(*attribute)}>{ attribute.label() }</option> }
        };
        // An earlier choice may be of another list.
        let other = now.filter(|now| !sheet.attributes.contains(now));
        html! {
            <tr key={at} data-testid="mapping-column" data-name={column.column.clone()} data-attribute={now.map(Attribute::id)}
                data-guessed={column.guessed.to_string()}>
                <th scope="row">{ file_text(&column.column) }
                    if column.guessed { <span class="state" data-tone="attention">{ icon(Glyph::Warning) }{ "guessed" }</span> }</th>
                <td><ul class="mapping__samples">{ for column.samples.iter().map(|value| html! { <li>{ file_text(value) }</li> }) }
                    if column.samples.is_empty() { <li class="quiet">{ "no values" }</li> }</ul></td>
                <td><select aria-label={label} onchange={choose}>
                    <option value="" selected={now.is_none()}>{ "Nothing of this list" }</option>
                    { for other.iter().chain(&sheet.attributes).map(option) }
                </select></td>
            </tr>
        }
    };
    html! {
        <div class="table-box" role="region" aria-label="Columns" tabindex="0">
            <table class="table mapping__table">
                <thead><tr><th scope="col">{ "Column" }</th><th scope="col">{ "Some of its values" }</th><th scope="col">{ "Meaning" }</th></tr></thead>
                <tbody>{ for sheet.columns.iter().enumerate().map(line) }</tbody>
            </table>
        </div>
    }
}
