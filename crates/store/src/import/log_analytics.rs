//! Rows of Log Analytics' tables of audit records and sign-ins, in three wrappings: the portal's CSV, JSON
//! rows, and the query API's `tables`. Dynamic columns hold JSON, in CSV and often in JSON rows as text.
//!
//! Source: Azure Monitor's table reference, `AuditLogs` and `SigninLogs`, and public exports of them.

use super::{
    Format,
    csv_import::{CsvImport, Row, RowMap},
    draft::Draft,
    intake::Intake,
    json_import::{JsonImport, RecordMap},
    json_read::{Read, Reader},
    json_value::Value,
    log_analytics_table::{Column, Rows, Tables, signs_in},
    sniff::Head,
};

/// The portal's CSV of a query.
pub(super) const CSV: Format = Format {
    id: "log-analytics-csv",
    label: "Log Analytics query result (CSV)",
    sniff: |head| {
        let names: Vec<String> =
            head.header().iter().map(|name| String::from_utf8_lossy(name).to_lowercase()).collect();
        let has = |name: &str| names.iter().any(|own| own.trim() == name);
        let utc = names.iter().any(|name| name.contains(" [utc]"));
        let others = ["targetresources", "initiatedby", "timegenerated", "sourcesystem", "aadoperationtype"];
        utc || signs_in(&names) || (has("operationname") && others.iter().any(|other| has(other)))
    },
    begin: |head| Box::new(CsvImport::new(CsvRows::new(head), head.header().len()).delimited(head.delimiter())),
};

/// JSON rows.
pub(super) const JSON: Format = Format {
    id: "log-analytics-json",
    label: "Log Analytics rows (JSON)",
    sniff: |head| {
        let signs = ["operationname", "timegenerated", "aadoperationtype", "sourcesystem"];
        head.is_json()
            && !head.is_tables()
            && head.any_record(|record| !record.has_object("properties") && signs.iter().any(|sign| record.has(sign)))
    },
    begin: |head| Box::new(JsonImport::new(JsonRows::new(head))),
};

/// The query API's answer.
pub(super) const TABLES: Format = Format {
    id: "log-analytics-tables",
    label: "Log Analytics query API answer (JSON)",
    sniff: |head| head.is_json() && head.is_tables(),
    begin: |_| Box::new(JsonImport::new(TableRows::default())),
};

struct CsvRows {
    columns: Vec<Column>,
    /// Columns whose cells name the table.
    names: Vec<usize>,
    tables: Tables,
    rows: Rows,
    cell: Vec<u8>,
}

impl CsvRows {
    fn new(head: &Head) -> Self {
        let columns: Vec<_> = head.header().iter().map(|name| Column::new(name)).collect();
        let names = (0..columns.len()).filter(|at| columns[*at].names_table()).collect();
        Self { tables: Tables::of(&columns), columns, names, rows: Rows::default(), cell: Vec::new() }
    }
}

impl RowMap for CsvRows {
    fn read(&mut self, row: &Row, draft: &mut Draft) -> bool {
        let Self { columns, names, tables, rows, cell } = self;
        let sign_in = tables.is_sign_in(|| names.iter().any(|at| Column::is_sign_in(row.get(*at, cell))));
        let Some(sign_in) = sign_in else { return false };
        rows.begin(sign_in);
        for (at, column) in columns.iter_mut().enumerate() {
            if !row.is_empty(at) {
                rows.cell(column, row.get(at, cell), draft);
            }
        }
        rows.end(draft)
    }

    fn finish(&mut self, intake: &mut Intake) {
        self.rows.finish(intake);
    }
}

struct JsonRows {
    /// The members of the last record, in order: the next one most likely has the same.
    columns: Vec<Column>,
    tables: Tables,
    rows: Rows,
    cell: Vec<u8>,
}

impl JsonRows {
    fn new(head: &Head) -> Self {
        Self { columns: Vec::new(), tables: Tables::of_records(head), rows: Rows::default(), cell: Vec::new() }
    }
}

/// Whether a row names a table of sign-ins.
fn names_sign_ins(mut reader: Reader) -> bool {
    let mut found = false;
    // What is wrong with the row shows when it is read.
    let _ = reader.object(|reader, key| {
        let value = reader.value()?;
        found |= Column::new(key).names_table() && matches!(value, Value::Plain(text) if Column::is_sign_in(text));
        Ok(())
    });
    found
}

impl RecordMap for JsonRows {
    fn read(&mut self, reader: &mut Reader, draft: &mut Draft) -> Read<bool> {
        let Self { columns, tables, rows, cell } = self;
        let sign_in = tables.is_sign_in(|| names_sign_ins(reader.clone())).unwrap_or(false);
        rows.begin(sign_in);
        let mut at = 0;
        reader.object(|reader, key| {
            if columns.get(at).is_none_or(|column| column.name != key) {
                columns.truncate(at);
                columns.push(Column::new(key));
            }
            let column = &mut columns[at];
            at += 1;
            let value = reader.value()?;
            json_cell(rows, column, value, cell, draft);
            Ok(())
        })?;
        Ok(rows.end(draft))
    }

    fn finish(&mut self, intake: &mut Intake) {
        self.rows.finish(intake);
    }
}

#[derive(Default)]
struct TableRows {
    columns: Vec<Column>,
    tables: Tables,
    rows: Rows,
    cell: Vec<u8>,
}

/// Whether a row of a table names a table of sign-ins.
fn row_names_sign_ins(mut reader: Reader, columns: &[Column]) -> bool {
    let (mut found, mut columns) = (false, columns.iter());
    let _ = reader.array(|reader| {
        let (value, column) = (reader.value()?, columns.next());
        let names = column.is_some_and(Column::names_table);
        found |= names && matches!(value, Value::Plain(text) if Column::is_sign_in(text));
        Ok(())
    });
    found
}

impl RecordMap for TableRows {
    fn read(&mut self, reader: &mut Reader, draft: &mut Draft) -> Read<bool> {
        let Self { columns, tables, rows, cell } = self;
        let sign_in = tables.is_sign_in(|| row_names_sign_ins(reader.clone(), columns));
        let Some(sign_in) = sign_in.filter(|_| matches!(reader.peek(), Ok(b'['))) else {
            reader.skip()?;
            return Ok(false);
        };
        rows.begin(sign_in);
        let mut at = 0;
        reader.array(|reader| {
            let value = reader.value()?;
            if let Some(column) = columns.get_mut(at) {
                json_cell(rows, column, value, cell, draft);
            }
            at += 1;
            Ok(())
        })?;
        Ok(rows.end(draft))
    }

    fn page_member(&mut self, key: &[u8], value: &[u8]) {
        if !key.eq_ignore_ascii_case(b"columns") {
            return;
        }
        self.columns.clear();
        // What is wrong with the columns shows in the rows.
        let _ = Reader::new(value).array(|reader| {
            let mut name = Vec::new();
            reader.object(|reader, key| {
                let value = reader.value()?;
                if key.eq_ignore_ascii_case(b"name") || key.eq_ignore_ascii_case(b"columnname") {
                    name = value.text(&mut Vec::new(), &mut false).to_vec();
                }
                Ok(())
            })?;
            self.columns.push(Column::new(&name));
            Ok(())
        });
        self.tables = Tables::of(&self.columns);
    }

    fn finish(&mut self, intake: &mut Intake) {
        self.rows.finish(intake);
    }
}

fn json_cell(rows: &mut Rows, column: &mut Column, value: Value, cell: &mut Vec<u8>, draft: &mut Draft) {
    match value {
        _ if value.is_empty() => {}
        // Read from the text itself: a compact copy is not needed.
        Value::Other(text) if rows.reads_json(column) => rows.cell(column, text, draft),
        _ => {
            let mut bad = false;
            rows.cell(column, value.text(cell, &mut bad), draft);
            if bad {
                draft.note(crate::store::ProblemKind::BadText);
            }
        }
    }
}
