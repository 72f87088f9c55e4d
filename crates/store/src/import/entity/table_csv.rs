//! Rows of a CSV as rows of entities, whatever its columns were taken for.

use super::{
    draft::{Place, Word, is_nobody},
    graph_rows,
    header::Header,
};
use crate::{
    import::{
        Importer,
        csv_import::{CsvImport, Row, RowMap},
        draft::Draft,
        intake::Intake,
        json_read::Reader,
        sniff::Head,
    },
    model::{Attribute, EntityKind, Origin},
    store::Mapping,
};

/// What is done with a column.
enum Use {
    Put(Attribute),
    /// Kept as an extra, unless it is JSON that Graph's member of that name would be.
    Extra,
    /// Not kept at all.
    Drop,
}

/// A column of the file.
struct Column {
    at: usize,
    name: Vec<u8>,
    plan: Use,
    last: Last,
}

/// The value of a column in the record before: many columns say the same again and again.
#[derive(Default)]
struct Last {
    text: Vec<u8>,
    word: Word,
    /// Rises where it was the same, falls where it was not; at the lowest nobody looks again.
    trust: i8,
}

impl Last {
    const LOWEST: i8 = -32;

    /// The codes of a text, if it is the same again.
    #[inline]
    fn get(&mut self, text: &[u8]) -> Option<Word> {
        if self.trust == Self::LOWEST {
            return None;
        }
        let same = self.text == text;
        self.trust = if same { self.trust.saturating_add(1) } else { self.trust - 1 };
        same.then_some(self.word)
    }

    #[inline]
    fn set(&mut self, text: &[u8], word: Word) {
        if self.trust > Self::LOWEST {
            self.text.clear();
            self.text.extend_from_slice(text);
            self.word = word;
        }
    }
}

/// Reads each record as one row of a kind.
pub(super) struct TableRows {
    kind: EntityKind,
    origin: Origin,
    columns: Vec<Column>,
    mapping: Vec<Mapping>,
    notes: Vec<&'static str>,
    /// Adds what else a row tells of.
    more: fn(&mut Draft, usize),
}

impl TableRows {
    pub(super) fn new(kind: EntityKind, header: Header) -> Self {
        let columns = header.columns.iter().enumerate().map(|(at, column)| {
            let plan = column.attribute.map_or(Use::Extra, Use::Put);
            // Extras are named as JSON keys are, in which a backslash would begin an escape.
            let name = column.column.replace('\\', "\\\\").into_bytes();
            Column { at, name, plan, last: Last::default() }
        });
        let columns = columns.collect();
        let mut rows =
            Self { kind, origin: Origin::Own, columns, mapping: header.columns, notes: Vec::new(), more: |_, _| () };
        if rows.mapping.iter().any(|column| column.guessed) {
            rows.note(
                "No public source names the columns of this download: what they are was guessed from their words.",
            );
        }
        rows
    }

    /// Has the rows be templates.
    pub(super) fn template(mut self) -> Self {
        self.origin = Origin::Template;
        self
    }

    /// Adds what else a row tells of.
    pub(super) fn with(mut self, more: fn(&mut Draft, usize)) -> Self {
        self.more = more;
        self
    }

    /// Does not keep the columns of such names.
    pub(super) fn without(mut self, drop: impl Fn(&str) -> bool) -> Self {
        for (Column { plan, .. }, column) in self.columns.iter_mut().zip(&mut self.mapping) {
            if drop(&column.column) {
                *plan = Use::Drop;
                (column.attribute, column.guessed) = (None, false);
            }
        }
        self
    }

    /// Adds something to be said about the file.
    pub(super) fn note(&mut self, note: &'static str) {
        self.notes.push(note);
    }

    /// The importer of such a file.
    pub(super) fn importer(self, head: &Head) -> Box<dyn Importer> {
        Box::new(CsvImport::new(self, head.header().len()).delimited(head.delimiter()))
    }
}

impl RowMap for TableRows {
    fn read(&mut self, row: &Row, draft: &mut Draft) -> bool {
        let at = draft.open_row(self.kind, self.origin);
        let mut buffer = std::mem::take(&mut draft.texts.second);
        for Column { at: column, name, plan, last } in &mut self.columns {
            if row.is_empty(*column) {
                continue;
            }
            let text = row.get(*column, &mut buffer).trim_ascii();
            let place = Place { path: "", key: name };
            match plan {
                Use::Put(attribute) => put(draft, at, *attribute, place, text, last),
                Use::Extra => extra(draft, at, self.kind, place, text),
                Use::Drop => {}
            }
        }
        draft.texts.second = buffer;
        let example = self.origin == Origin::Template && row.get(0, &mut Vec::new()).starts_with(b"Example:");
        if example || !draft.rows.has_value(at) {
            return false;
        }
        (self.more)(draft, at);
        true
    }

    fn finish(&mut self, intake: &mut Intake) {
        intake.source().mapping = std::mem::take(&mut self.mapping);
        for note in std::mem::take(&mut self.notes) {
            intake.note(note);
        }
    }
}

/// Sets an attribute, by the codes that the same text had in the record before.
#[inline]
fn put(draft: &mut Draft, row: usize, attribute: Attribute, place: Place, text: &[u8], last: &mut Last) {
    let Some(domain) = attribute.domain().filter(|_| !text.is_empty() && !is_nobody(attribute, text)) else {
        return draft.put(row, attribute, place, text);
    };
    let word = last.get(text).unwrap_or_else(|| {
        let word = draft.word(attribute, domain, text);
        // What had to be repaired is noted in each record.
        if !draft.event.repaired() {
            last.set(text, word);
        }
        word
    });
    draft.put_word(row, attribute, place, word, text);
}

/// Keeps a cell that no attribute takes. Columns of complex properties hold JSON.
fn extra(draft: &mut Draft, row: usize, kind: EntityKind, place: Place, text: &[u8]) {
    if matches!(text.first(), Some(b'{' | b'[')) && Reader::new(text).skip().is_ok() {
        let table = graph_rows::table(kind);
        let mut reader = Reader::new(text);
        if graph_rows::read_member(&mut reader, draft, row, table, place).is_ok() {
            return;
        }
    }
    draft.row_extra(row, place, text);
}

/// A person that a row names besides: attributes of the row, by those of a person.
pub(super) fn mention(draft: &mut Draft, row: usize, attributes: &[(Attribute, Attribute)]) {
    let known = attributes.iter().map(|(own, theirs)| (draft.rows.row(row).code(*own), *theirs));
    let known: Vec<(u32, Attribute)> = known.filter(|(code, _)| *code != 0).collect();
    if known.len() > 1 {
        let person = draft.open_row(EntityKind::Person, Origin::Mentioned);
        for (code, attribute) in known {
            draft.rows.row(person).set(attribute, code);
        }
    }
}

/// Whoever has the assignment, or is reviewed.
pub(super) fn mention_target(draft: &mut Draft, row: usize) {
    use Attribute as A;
    mention(
        draft,
        row,
        &[(A::TargetId, A::Id), (A::TargetName, A::Name), (A::TargetUpn, A::Upn), (A::TargetMail, A::Mail)],
    );
}
