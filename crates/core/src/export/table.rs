//! A table of a view as a file, all of its lines in their order.

use super::csv::{cell, end, finish, writer};
use crate::{
    protocol::SheetFormat,
    report::{Table, TableLine, Value},
    time,
};
use serde_json::{Map, json};

/// Writes all lines of the table; lines below others follow them.
pub fn table(table: &Table, format: SheetFormat) -> Vec<u8> {
    match format {
        SheetFormat::Csv => csv(table),
        SheetFormat::Json => json(table),
    }
}

/// A value as text that a program reads: times in ISO 8601 UTC, lengths of time in seconds.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::None(_) => String::new(),
        Value::Person { name, address } if name.is_empty() || name == address => address.clone(),
        Value::Person { name, address } if address.is_empty() => name.clone(),
        Value::Person { name, address } => format!("{name} <{address}>"),
        Value::Number(number) => number.to_string(),
        Value::Share(tenths) => format!("{}.{}", tenths / 10, tenths % 10),
        Value::Time(ticks) => time::iso(*ticks),
        Value::Day(ticks) => time::iso(*ticks)[..10].to_owned(),
        Value::Duration(ticks) => (ticks / time::SECOND).to_string(),
        Value::Days(days) => days.to_string(),
        Value::List(texts) => texts.join("; "),
        Value::State { .. } | Value::Text(_) | Value::Name(_) | Value::Id(_) | Value::Said(_) | Value::Raw(_) => {
            value.words()
        }
    }
}

fn csv(table: &Table) -> Vec<u8> {
    let mut out = writer();
    table.columns.iter().for_each(|column| cell(&mut out, &column.label));
    end(&mut out);
    for line in table.lines.iter().flat_map(|line| std::iter::once(line).chain(&line.lines)) {
        line.cells.iter().for_each(|value| cell(&mut out, &plain(value)));
        end(&mut out);
    }
    finish(out)
}

/// An object of these members. Collecting them would sort them first, by code of its own.
pub fn object_of(members: &mut dyn Iterator<Item = (String, serde_json::Value)>) -> Map<String, serde_json::Value> {
    let mut object = Map::new();
    for (name, value) in members {
        object.insert(name, value);
    }
    object
}

fn json(table: &Table) -> Vec<u8> {
    fn object(table: &Table, line: &TableLine) -> serde_json::Value {
        let number = |value: &Value| match value {
            Value::None(_) => serde_json::Value::Null,
            Value::Number(number) => json!(number),
            Value::Days(days) => json!(days),
            Value::List(texts) => json!(texts),
            other => json!(plain(other)),
        };
        let cells = table.columns.iter().zip(&line.cells);
        let mut members = object_of(&mut cells.map(|(column, value)| (column.id.clone(), number(value))));
        if !line.lines.is_empty() {
            members.insert("lines".into(), line.lines.iter().map(|line| object(table, line)).collect());
        }
        members.into()
    }
    let lines: Vec<_> = table.lines.iter().map(|line| object(table, line)).collect();
    let mut bytes = serde_json::to_vec_pretty(&lines).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::TableColumn;

    #[test]
    fn a_formula_is_harmless_and_times_are_plain() {
        let column = |id: &str| TableColumn { id: id.into(), label: id.into(), ..TableColumn::default() };
        let cells = vec![Value::Text("=1+1".into()), Value::Time(0), Value::none("why")];
        let line = TableLine { cells, ..TableLine::default() };
        let made =
            Table { columns: vec![column("a"), column("b"), column("c")], lines: vec![line], ..Table::default() };
        let csv = String::from_utf8(table(&made, SheetFormat::Csv)).unwrap();
        let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines, [r#""a","b","c""#, r#""'=1+1","1970-01-01T00:00:00Z","""#]);
        let json: serde_json::Value = serde_json::from_slice(&table(&made, SheetFormat::Json)).unwrap();
        assert_eq!(json, json!([{ "a": "=1+1", "b": "1970-01-01T00:00:00Z", "c": null }]));
    }
}
