//! Makes a [`Table`] of anything: sorts, searches and cuts out the lines in sight. Cells are made for
//! those alone, and for the column that orders them.

use super::blocks::{Order, Table, TableColumn, TableLine, TableWindow, Value};
use crate::arrange::Arrange as _;

type CellOf<'a, T> = Box<dyn Fn(&T) -> Value + 'a>;

/// A table over items, column by column.
pub struct TableOf<'a, T> {
    table: Table,
    cells: Vec<CellOf<'a, T>>,
    order: Vec<Option<CellOf<'a, T>>>,
}

impl<'a, T> TableOf<'a, T> {
    /// A table without columns. `testid` is that of its lines; `empty` is said where there is no line.
    pub fn new(id: &str, title: &str, testid: &str, empty: &str) -> Self {
        let (id, title, testid, empty) = (id.into(), title.into(), testid.into(), empty.into());
        Self { table: Table { id, title, testid, empty, ..Table::default() }, cells: Vec::new(), order: Vec::new() }
    }

    /// Says what the lines are, how they were found.
    pub fn help(mut self, help: &str) -> Self {
        self.table.help = help.into();
        self
    }

    /// A column of texts, states, people, times.
    pub fn column(self, id: &str, label: &str, help: &str, cell: impl Fn(&T) -> Value + 'a) -> Self {
        self.add(id, label, help, false, Box::new(cell))
    }

    /// A column of right-aligned numbers.
    pub fn number(self, id: &str, label: &str, help: &str, cell: impl Fn(&T) -> Value + 'a) -> Self {
        self.add(id, label, help, true, Box::new(cell))
    }

    /// Orders the newest column by other values than it shows, for example states by their rank.
    pub fn ordered_by(mut self, cell: impl Fn(&T) -> Value + 'a) -> Self {
        if let Some(last) = self.order.last_mut() {
            *last = Some(Box::new(cell));
        }
        self
    }

    fn add(mut self, id: &str, label: &str, help: &str, is_number: bool, cell: CellOf<'a, T>) -> Self {
        self.table.columns.push(TableColumn { id: id.into(), label: label.into(), help: help.into(), is_number });
        self.cells.push(cell);
        self.order.push(None);
        self
    }

    /// The table with the lines that the window asks for. `line` gives each its key, attributes, door and
    /// lines below; its cells are filled here. Items keep their order where the window names none.
    pub fn build(mut self, items: &[T], windows: &[TableWindow], line: impl Fn(&T) -> TableLine) -> Table {
        let none = TableWindow::default();
        let window = windows.iter().find(|window| window.id == self.table.id).unwrap_or(&none);
        let needle = window.find.to_lowercase();
        let has = |item: &T| self.cells.iter().any(|cell| cell(item).words().to_lowercase().contains(&needle));
        let mut shown: Vec<usize> = (0..items.len()).filter(|at| needle.is_empty() || has(&items[*at])).collect();
        let sort = window.sort.clone();
        let column = sort.as_ref().and_then(|(id, _)| self.table.columns.iter().position(|column| column.id == *id));
        if let (Some(column), Some((_, descending))) = (column, &sort) {
            let cell = self.order[column].as_ref().unwrap_or(&self.cells[column]);
            let mut keys: Vec<(Order, usize)> = shown.iter().map(|at| (cell(&items[*at]).order(), *at)).collect();
            keys.arrange_by(|(a, _), (b, _)| if *descending { b.cmp(a) } else { a.cmp(b) });
            shown = keys.into_iter().map(|(_, at)| at).collect();
        }
        let count = if window.count == 0 { Table::LINES } else { window.count };
        self.table.lines = shown
            .iter()
            .skip(window.from as usize)
            .take(count as usize)
            .map(|at| {
                let cells = self.cells.iter().map(|cell| cell(&items[*at])).collect();
                TableLine { cells, ..line(&items[*at]) }
            })
            .collect();
        self.table.total = items.len() as u64;
        self.table.matching = shown.len() as u64;
        self.table.find.clone_from(&window.find);
        self.table.from = window.from;
        self.table.sort = column.and(sort);
        self.table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(window: TableWindow) -> (Vec<String>, u64) {
        let items = ["b 2", "a 10", "C 3"];
        let number = |item: &&str| Value::Number(item[2..].parse().unwrap());
        let table = TableOf::new("t", "T", "line", "nothing")
            .column("name", "Name", "", |item: &&str| Value::Text(item[..1].into()))
            .number("count", "Count", "", number)
            .build(&items, &[window], |item| TableLine { key: (*item).into(), ..TableLine::default() });
        (table.lines.into_iter().map(|line| line.key).collect(), table.matching)
    }

    #[test]
    fn sorts_finds_and_cuts() {
        let window = |sort: Option<(&str, bool)>, find: &str, from, count| TableWindow {
            id: "t".into(),
            from,
            count,
            sort: sort.map(|(id, down)| (id.into(), down)),
            find: find.into(),
        };
        assert_eq!(keys(TableWindow::default()).0, ["b 2", "a 10", "C 3"]);
        assert_eq!(keys(window(Some(("name", false)), "", 0, 0)).0, ["a 10", "b 2", "C 3"]);
        assert_eq!(keys(window(Some(("count", true)), "", 0, 2)), (vec!["a 10".into(), "C 3".into()], 3));
        assert_eq!(keys(window(None, "c", 0, 0)), (vec!["C 3".into()], 1));
        assert_eq!(keys(window(Some(("none", true)), "", 2, 0)).0, ["C 3"]);
    }
}
