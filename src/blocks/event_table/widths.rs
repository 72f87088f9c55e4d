//! How wide each column is, as the reader left it.

use guestlens_core::model::Field;
use yew::prelude::*;

/// Width of the column that marks guests.
const MARK: u32 = 32;
const NARROWEST: u32 = 64;
const WIDEST: u32 = 1_200;

/// Widths that differ from the usual ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Widths(Vec<(Field, u32)>);

impl Widths {
    /// The width of a column, pixels.
    pub fn of(&self, field: Field) -> u32 {
        self.0.iter().find(|(one, _)| *one == field).map_or_else(|| usual(field), |(_, width)| *width)
    }

    /// The same with one column changed.
    pub fn with(&self, field: Field, width: u32) -> Self {
        let others = self.0.iter().copied().filter(|(one, _)| *one != field);
        Self(others.chain([(field, width.clamp(NARROWEST, WIDEST))]).collect())
    }

    /// The least width of the whole table.
    pub fn table_width(&self, columns: &[Field], is_narrow: bool) -> f64 {
        if is_narrow { 0.0 } else { f64::from(MARK + columns.iter().map(|field| self.of(*field)).sum::<u32>()) }
    }

    /// The columns; the first of the wordy ones that was not resized takes what room is left.
    pub fn columns(&self, columns: &[Field]) -> Html {
        let is_free = |field: Field| self.0.iter().all(|(one, _)| *one != field);
        let elastic = [Field::Activity, Field::Target, Field::Actor]
            .into_iter()
            .find(|field| columns.contains(field) && is_free(*field))
            .or(columns.last().copied());
        let column = |field: &Field| {
            let width = (elastic != Some(*field)).then(|| self.of(*field).to_string());
            html! { <col key={field.id()} {width} /> }
        };
        html! { <colgroup><col width={MARK.to_string()} />{ for columns.iter().map(column) }</colgroup> }
    }
}

fn usual(field: Field) -> u32 {
    match field {
        Field::Time => 172,
        Field::Result => 100,
        // So that these stand beside each other, and beside the filters, in a window of 1,440 pixels.
        Field::Activity | Field::Actor | Field::Target => 176,
        Field::ResultReason | Field::UserAgent | Field::PropertyValue => 224,
        Field::IpAddress => 120,
        Field::CorrelationId | Field::EventId | Field::ActorId | Field::TargetId => 124,
        _ => 144,
    }
}
