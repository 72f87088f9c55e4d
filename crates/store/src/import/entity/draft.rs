//! How importers fill the rows of a record.

use super::uniform::{is_no_date, uniform};
use crate::{
    import::{
        draft::Draft,
        json_value::{Value, unescape},
        time_text::{TimeText, read_time},
    },
    model::{Attribute, Domain, EntityKind, ItemColumn, List, Origin},
    store::ProblemKind,
};

/// Where a value stands in its record: its key and what leads there, for values that no attribute takes.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    pub(super) path: &'p str,
    /// May have JSON's escapes.
    pub(super) key: &'p [u8],
}

/// Codes of a value.
#[derive(Clone, Copy, Default)]
pub(super) struct Word {
    /// Of the uniform word.
    code: u32,
    /// Of what the file says, where it is kept and is another.
    written: u32,
}

/// An id that stands for none.
const NOBODY: &[u8] = b"00000000-0000-0000-0000-000000000000";

/// Whether an attribute has the id that it has where there is nobody, or no series.
pub(super) fn is_nobody(attribute: Attribute, text: &[u8]) -> bool {
    use Attribute as A;
    matches!(attribute, A::ReviewerId | A::AppliedById | A::OwnerId | A::SeriesId) && text == NOBODY
}

impl Draft<'_> {
    /// Opens a row; the first one is what the record is about.
    pub(super) fn open_row(&mut self, kind: EntityKind, origin: Origin) -> usize {
        self.rows.open(kind, origin)
    }

    /// Sets an attribute. A value that cannot be one, or that contradicts an earlier one, becomes an extra.
    pub(super) fn put(&mut self, row: usize, attribute: Attribute, place: Place, text: &[u8]) {
        if text.is_empty() || is_nobody(attribute, text) {
            return;
        }
        match attribute.domain() {
            None => self.put_time(row, attribute, place, text),
            Some(domain) => {
                let word = self.word(attribute, domain, text);
                self.put_word(row, attribute, place, word, text);
            }
        }
    }

    /// The codes of a value that is no time.
    #[inline]
    pub(super) fn word(&mut self, attribute: Attribute, domain: Domain, text: &[u8]) -> Word {
        let word = uniform(attribute, text);
        let code = self.event.code(domain, &word);
        let differs = *word != *text && attribute.as_written().is_some();
        Word { code, written: if differs { self.event.code(Domain::State, text) } else { 0 } }
    }

    /// Sets an attribute by the codes of its value.
    #[inline]
    pub(super) fn put_word(&mut self, row: usize, attribute: Attribute, place: Place, word: Word, text: &[u8]) {
        if !self.rows.row(row).set(attribute, word.code) {
            return self.row_extra(row, place, text);
        }
        if let Some(written) = attribute.as_written().filter(|_| word.written != 0) {
            self.rows.row(row).set(written, word.written);
        }
    }

    fn put_time(&mut self, row: usize, attribute: Attribute, place: Place, text: &[u8]) {
        match read_time(text) {
            TimeText::Absent => {}
            TimeText::At(ticks) => {
                let times = &mut self.rows.row(row).times;
                match times.iter().find(|(own, _)| *own == attribute) {
                    None => times.push((attribute, ticks)),
                    Some((_, known)) if *known == ticks => {}
                    Some(_) => self.row_extra(row, place, text),
                }
            }
            either @ TimeText::Either { .. } => self.rows.date(row, attribute, either),
            TimeText::Unknown if is_no_date(text) => {}
            TimeText::Unknown => {
                self.row_extra(row, place, text);
                self.note(ProblemKind::BadDate);
            }
        }
    }

    /// Sets an attribute from a JSON value.
    pub(super) fn put_value(&mut self, row: usize, attribute: Attribute, place: Place, value: Value) {
        let mut bad = false;
        let mut buffer = std::mem::take(&mut self.texts.third);
        self.put(row, attribute, place, value.text(&mut buffer, &mut bad));
        self.texts.third = buffer;
        if bad {
            self.note(ProblemKind::BadText);
        }
    }

    /// Keeps a value that no attribute takes.
    pub(super) fn row_extra(&mut self, row: usize, place: Place, text: &[u8]) {
        if text.is_empty() {
            return;
        }
        let mut name = std::mem::take(&mut self.texts.first);
        name.clear();
        name.extend_from_slice(place.path.as_bytes());
        let bad = unescape(place.key, &mut name);
        let pair = (self.event.code(Domain::ExtraKey, &name), self.event.code(Domain::ExtraValue, text));
        self.rows.row(row).extras.push(pair);
        self.texts.first = name;
        if bad {
            self.note(ProblemKind::BadText);
        }
    }

    /// Keeps a JSON value that no attribute takes.
    pub(super) fn row_extra_value(&mut self, row: usize, place: Place, value: Value) {
        if value.is_empty() {
            return;
        }
        let mut bad = false;
        let mut buffer = std::mem::take(&mut self.texts.third);
        self.row_extra(row, place, value.text(&mut buffer, &mut bad));
        self.texts.third = buffer;
        if bad {
            self.note(ProblemKind::BadText);
        }
    }

    /// Adds an empty value to a list; its index in the row.
    pub(super) fn open_item(&mut self, row: usize, list: List) -> usize {
        let items = &mut self.rows.row(row).items;
        items.push((list, [0; ItemColumn::COUNT]));
        items.len() - 1
    }

    /// Sets what is known of a list's value. False if something else is known already.
    pub(super) fn put_item(&mut self, row: usize, item: usize, column: ItemColumn, value: Value) -> bool {
        let mut bad = false;
        let mut buffer = std::mem::take(&mut self.texts.third);
        let code = self.event.code(column.domain(), value.text(&mut buffer, &mut bad));
        self.texts.third = buffer;
        if bad {
            self.note(ProblemKind::BadText);
        }
        let own = &mut self.rows.row(row).items[item].1[column as usize];
        let free = *own == 0 || code == 0 || *own == code;
        if free && code != 0 {
            *own = code;
        }
        free
    }

    /// Keeps a cell beyond the header's last.
    pub(in crate::import) fn extra_cell(&mut self, number: usize, text: &[u8]) {
        let name = format!("cell {number}");
        if self.rows.any() {
            self.row_extra(0, Place { path: "", key: name.as_bytes() }, text);
        } else {
            self.event.extra(name.as_bytes(), text);
        }
    }
}
