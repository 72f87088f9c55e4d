//! The timeline of findings in Timesketch's import format.
//!
//! Source: Timesketch's user guide, "Create timeline from JSONL or CSV file": `message`, `datetime` in ISO
//! 8601 and `timestamp_desc` are mandatory, any other column may follow. Its importer compares the names
//! of columns byte for byte, so there is no byte order mark.

use super::{
    neutral,
    table::{object_of, plain},
};
use crate::{
    report::{Table, Value},
    time,
};
use csv::Writer;
use serde_json::json;

/// A cell; times as in the guide, `2015-07-24T19:01:01+00:00`.
fn text(value: &Value) -> String {
    match value {
        Value::Time(ticks) => time::iso(*ticks).replace('Z', "+00:00"),
        other => plain(other),
    }
}

/// One line per event, with a head. A cell that a spreadsheet would run is neutralised.
pub fn csv(table: &Table) -> Vec<u8> {
    let mut out = Writer::from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = out.write_record(table.columns.iter().map(|column| column.label.as_str()));
    for line in &table.lines {
        let _ = out.write_record(line.cells.iter().map(|value| neutral(&text(value)).as_bytes().to_vec()));
    }
    out.into_inner().unwrap_or_default()
}

/// One object per event and line; what is unknown is left out.
pub fn json_lines(table: &Table) -> Vec<u8> {
    let mut out = Vec::new();
    for line in &table.lines {
        let cells = table.columns.iter().zip(&line.cells).filter(|(_, value)| !matches!(value, Value::None(_)));
        let members = object_of(&mut cells.map(|(column, value)| match value {
            Value::Number(number) => (column.label.clone(), json!(number)),
            other => (column.label.clone(), json!(text(other))),
        }));
        out.extend(serde_json::to_vec(&members).unwrap_or_default());
        out.push(b'\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{TableColumn, TableLine};

    #[test]
    fn has_what_timesketch_wants_and_no_formula() {
        let column = |name: &str| TableColumn { id: "x".into(), label: name.into(), ..TableColumn::default() };
        let columns = ["message", "datetime", "timestamp_desc", "actor", "record"].map(column).to_vec();
        let cells = vec![
            Value::Text("a, \"b\"".into()),
            Value::Time(1_234_567),
            Value::Said("Evidence of U07".into()),
            Value::Text("=cmd".into()),
            Value::none("No event"),
        ];
        let made = Table { columns, lines: vec![TableLine { cells, ..TableLine::default() }], ..Table::default() };
        assert_eq!(
            String::from_utf8(csv(&made)).unwrap(),
            "message,datetime,timestamp_desc,actor,record\n\
             \"a, \"\"b\"\"\",1970-01-01T00:00:00.1234567+00:00,Evidence of U07,'=cmd,\n"
        );
        let line: serde_json::Value = serde_json::from_slice(&json_lines(&made)).unwrap();
        let expected = json!({
            "message": "a, \"b\"",
            "datetime": "1970-01-01T00:00:00.1234567+00:00",
            "timestamp_desc": "Evidence of U07",
            "actor": "=cmd",
        });
        assert_eq!(line, expected);
    }
}
