//! Rows of Log Analytics' `AuditLogs` table, in three wrappings: the portal's CSV, JSON rows, and the
//! query API's `tables`. Dynamic columns hold JSON, in CSV and often in JSON rows as text.
//!
//! Source: Azure Monitor's table reference, `AuditLogs`, and public exports of it.

use super::{
    Format,
    csv_import::{CsvImport, Row, RowMap},
    draft::Draft,
    intake::Intake,
    json_import::{JsonImport, RecordMap},
    json_read::{Read, Reader},
    json_value::Value,
    log_analytics_row::{Field, RowReader, field},
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
        utc || (has("operationname") && others.iter().any(|other| has(other)))
    },
    begin: |head| Box::new(CsvImport::new(CsvRows::new(head), head.header().len())),
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
    begin: |_| Box::new(JsonImport::new(JsonRows::default())),
};

/// The query API's answer.
pub(super) const TABLES: Format = Format {
    id: "log-analytics-tables",
    label: "Log Analytics query API answer (JSON)",
    sniff: |head| head.is_json() && head.is_tables(),
    begin: |_| Box::new(JsonImport::new(TableRows::default())),
};

struct CsvRows {
    fields: Vec<(Field, Vec<u8>)>,
    rows: RowReader,
    /// Without any column that only audit logs have, no row is one.
    audit: bool,
    cell: Vec<u8>,
}

impl CsvRows {
    fn new(head: &Head) -> Self {
        let fields: Vec<_> = head.header().iter().map(|name| (field(name), name.trim_ascii().to_vec())).collect();
        let audit = fields.iter().any(|(field, _)| field.is_sign());
        Self { fields, rows: RowReader::default(), audit, cell: Vec::new() }
    }
}

impl RowMap for CsvRows {
    fn read(&mut self, row: &Row, draft: &mut Draft) -> bool {
        if !self.audit {
            return false;
        }
        self.rows.begin();
        for (column, (field, name)) in self.fields.iter().enumerate() {
            if !row.is_empty(column) {
                self.rows.cell(*field, name, row.get(column, &mut self.cell), draft);
            }
        }
        self.rows.end(draft)
    }

    fn finish(&mut self, intake: &mut Intake) {
        self.rows.finish(intake);
    }
}

#[derive(Default)]
struct JsonRows {
    /// The members of the last record, in order: the next one most likely has the same.
    fields: Vec<(Vec<u8>, Field)>,
    rows: RowReader,
    cell: Vec<u8>,
}

impl RecordMap for JsonRows {
    fn read(&mut self, reader: &mut Reader, draft: &mut Draft) -> Read<bool> {
        let Self { fields, rows, cell } = self;
        rows.begin();
        let mut at = 0;
        reader.object(|reader, key| {
            if fields.get(at).is_none_or(|(name, _)| name != key) {
                fields.truncate(at);
                fields.push((key.to_vec(), field(key)));
            }
            let field = fields[at].1;
            at += 1;
            let value = reader.value()?;
            json_cell(rows, field, key, value, cell, draft);
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
    columns: Vec<(Field, Vec<u8>)>,
    rows: RowReader,
    cell: Vec<u8>,
}

impl RecordMap for TableRows {
    fn read(&mut self, reader: &mut Reader, draft: &mut Draft) -> Read<bool> {
        let Self { columns, rows, cell } = self;
        let audit = columns.iter().any(|(field, _)| field.is_sign());
        if !audit || reader.peek()? != b'[' {
            reader.skip()?;
            return Ok(false);
        }
        rows.begin();
        let mut at = 0;
        reader.array(|reader| {
            let value = reader.value()?;
            if let Some((field, name)) = columns.get(at) {
                json_cell(rows, *field, name, value, cell, draft);
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
            self.columns.push((field(&name), name));
            Ok(())
        });
    }

    fn finish(&mut self, intake: &mut Intake) {
        self.rows.finish(intake);
    }
}

fn json_cell(rows: &mut RowReader, field: Field, name: &[u8], value: Value, cell: &mut Vec<u8>, draft: &mut Draft) {
    match value {
        _ if value.is_empty() => {}
        // Read from the text itself: a compact copy is not needed.
        Value::Other(text) if field.is_dynamic() => rows.cell(field, name, text, draft),
        _ => {
            let mut bad = false;
            rows.cell(field, name, value.text(cell, &mut bad), draft);
            if bad {
                draft.note(crate::store::ProblemKind::BadText);
            }
        }
    }
}
