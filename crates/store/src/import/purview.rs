//! Purview's unified audit log as CSV: `Search-UnifiedAuditLog | Export-Csv`, and the portal's download.
//! The record itself is JSON in the column `AuditData`; the other columns say some of it again.
//!
//! Source: Microsoft's pages on `Search-UnifiedAuditLog` and on exporting audit log records, and public
//! exports.

use super::{
    Format,
    csv_import::{CsvImport, Row, RowMap},
    draft::Draft,
    intake::Intake,
    json_read::{Reader, is_whole},
    json_value::Value,
    portal_header::plain,
    purview_record::{RecordReader, record_type, without_dot},
    sniff::Head,
};
use crate::model::{Column, Log};

/// The unified audit log's CSV.
pub(super) const FORMAT: Format = Format {
    id: "purview-ual-csv",
    label: "Purview unified audit log (CSV)",
    sniff: |head| {
        let cells: Vec<Cell> = head.header().iter().map(|name| cell(name)).collect();
        let others = [Cell::Type, Cell::Time, Cell::User, Cell::Operation];
        cells.contains(&Cell::Data) && others.iter().filter(|other| cells.contains(other)).count() >= 2
    },
    begin: |head| Box::new(CsvImport::new(AuditRows::new(head), head.header().len()).delimited(head.delimiter())),
};

/// What a column is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cell {
    Data,
    Type,
    Time,
    User,
    Operation,
    Id,
    /// About the search, not the record.
    Other,
}

fn cell(name: &[u8]) -> Cell {
    match plain(name).as_str() {
        "auditdata" => Cell::Data,
        "recordtype" => Cell::Type,
        "creationdate" => Cell::Time,
        "userids" | "userid" => Cell::User,
        "operations" | "operation" => Cell::Operation,
        "identity" | "recordid" => Cell::Id,
        _ => Cell::Other,
    }
}

struct AuditRows {
    columns: Vec<(Cell, Vec<u8>)>,
    data: usize,
    kind: Option<usize>,
    record: RecordReader,
    cell: Vec<u8>,
    unreadable: u64,
}

impl AuditRows {
    fn new(head: &Head) -> Self {
        let columns: Vec<_> = head.header().iter().map(|name| (cell(name), name.trim_ascii().to_vec())).collect();
        let place = |place| columns.iter().position(|(cell, _)| *cell == place);
        let (data, kind) = (place(Cell::Data).unwrap_or(0), place(Cell::Type));
        Self { columns, data, kind, record: RecordReader::default(), cell: Vec::new(), unreadable: 0 }
    }

    /// Reads the record. Text that is cut off or no JSON is kept as it is.
    fn data(&mut self, row: &Row, draft: &mut Draft) {
        let text = row.get(self.data, &mut self.cell);
        if text.trim_ascii_start().first() == Some(&b'{') && is_whole(text) {
            // It was checked above.
            let _ = self.record.read(&mut Reader::new(text), draft);
        } else if !text.is_empty() {
            self.unreadable += 1;
            draft.event.extra(&self.columns[self.data].1, text);
        }
    }
}

impl RowMap for AuditRows {
    fn read(&mut self, row: &Row, draft: &mut Draft) -> bool {
        draft.log = Log::Unified;
        self.record.begin();
        self.data(row, draft);
        let named = self.kind.map_or(&b""[..], |kind| row.get(kind, &mut self.cell));
        self.record.end(named, draft);
        for (at, (cell, name)) in self.columns.iter().enumerate() {
            if row.is_empty(at) {
                continue;
            }
            let text = row.get(at, &mut self.cell);
            let name = String::from_utf8_lossy(name);
            match cell {
                Cell::Data => {}
                Cell::Type => draft.outer(&[Column::Category], &name, Value::Plain(record_type(text))),
                Cell::Time => draft.outer_time(1, &name, Value::Plain(text)),
                Cell::User => {
                    let mut columns = [Column::ActorUpn, Column::ActorName, Column::ActorId];
                    if !text.contains(&b'@') {
                        columns.swap(0, 1);
                    }
                    draft.outer(&columns, &name, Value::Plain(text));
                }
                Cell::Operation => draft.outer(&[Column::Activity], &name, Value::Plain(without_dot(text))),
                Cell::Id => draft.outer(&[Column::EventId], &name, Value::Plain(text)),
                Cell::Other => draft.event.extra(name.as_bytes(), text),
            }
        }
        draft.event.has(Column::Activity) || draft.event.has(Column::EventId)
    }

    fn finish(&mut self, intake: &mut Intake) {
        match self.unreadable {
            0 => {}
            1 => intake.note("1 AuditData cell is cut off or holds no JSON; it is kept as text."),
            cells => {
                intake.note(&format!("{cells} AuditData cells are cut off or hold no JSON; they are kept as text."));
            }
        }
    }
}
