//! Drives views of blocks through the engine, and finds parts in their answers.
#![allow(dead_code, reason = "each test file uses its own part of this")]

pub mod records;

use guestlens_core::{
    engine::Engine,
    protocol::{Ask, Query, ViewRequest},
    report::{Block, BlocksRequest, Chart, Lanes, Note, Opened, Report, Table, TableLine, TableWindow, Value, View},
    time::Zone,
};
use std::{fs, path::PathBuf};

/// A file: name and bytes.
pub type File = (String, Vec<u8>);

/// What was answered.
pub struct Asked {
    pub blocks: Vec<Block>,
    pub opened: Option<Opened>,
}

/// Files of the shared folder, all of a folder where no name is given; `None`, said, where it is missing.
pub fn shared(folder: &str, names: &[&str]) -> Option<Vec<File>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(folder);
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return None;
    }
    let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    if names.is_empty() {
        let entries = fs::read_dir(&folder).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file());
        names.extend(entries.map(|entry| entry.file_name().into_string().unwrap()));
        names.sort();
    }
    Some(names.into_iter().map(|name| (name.clone(), fs::read(folder.join(name)).unwrap())).collect())
}

/// A small invented file beside this one.
pub fn fixture(name: &str) -> File {
    let at = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/views").join(name);
    (name.to_owned(), fs::read(at).unwrap())
}

/// An engine that has read files in this order.
pub fn engine(files: &[File]) -> Engine {
    let mut engine = Engine::default();
    for (name, bytes) in files {
        let id = engine.open(name, bytes.len() as u64);
        engine.feed(id, bytes);
        engine.end(id);
    }
    engine
}

/// Asks for a view with parameters, and with something open.
pub fn ask(engine: &mut Engine, of: View, params: &[(&str, &str)], open: Option<&str>) -> Asked {
    ask_for(engine, Query::default(), of, params, open)
}

/// The same under a query.
pub fn ask_for(engine: &mut Engine, query: Query, of: View, params: &[(&str, &str)], open: Option<&str>) -> Asked {
    ask_windows(engine, query, of, params, open, Vec::new())
}

/// The same with windows of tables.
pub fn ask_windows(
    engine: &mut Engine,
    query: Query,
    of: View,
    params: &[(&str, &str)],
    open: Option<&str>,
    tables: Vec<TableWindow>,
) -> Asked {
    let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let request = BlocksRequest { of, params, tables, open: open.map(str::to_owned) };
    let ask = Ask {
        query,
        view: ViewRequest::Blocks(request),
        facets: Vec::new(),
        facet_text: Vec::new(),
        stack: None,
        zone: Zone::default(),
        bins: 40,
    };
    let Report::Blocks { blocks, opened, .. } = engine.ask(1, &ask).report else { panic!("a view of blocks") };
    Asked { blocks, opened: opened.map(|opened| *opened) }
}

/// The table of that id, of the view or of what is open.
pub fn table<'a>(asked: &'a Asked, id: &str) -> &'a Table {
    let opened = asked.opened.iter().flat_map(|opened| &opened.blocks);
    let found = asked.blocks.iter().chain(opened).find_map(|block| match block {
        Block::Table(table) if table.id == id => Some(table),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("no table {id}"))
}

/// The cell of a column.
pub fn cell<'a>(table: &Table, line: &'a TableLine, column: &str) -> &'a Value {
    let at = table.columns.iter().position(|own| own.id == column).unwrap_or_else(|| panic!("no column {column}"));
    &line.cells[at]
}

/// How many events match a query.
pub fn matching(engine: &mut Engine, query: Query) -> u64 {
    let view = ViewRequest::Events { from: 0, count: 0, columns: Vec::new() };
    let ask =
        Ask { query, view, facets: Vec::new(), facet_text: Vec::new(), stack: None, zone: Zone::default(), bins: 1 };
    engine.ask(1, &ask).matching
}

impl Asked {
    /// A remark.
    pub fn note(&self, id: &str) -> Option<&Note> {
        self.blocks.iter().find_map(|block| match block {
            Block::Note(note) if note.id == id => Some(note),
            _ => None,
        })
    }

    /// A figure.
    pub fn stat(&self, id: &str) -> Option<u64> {
        let stats = self.blocks.iter().flat_map(|block| match block {
            Block::Stats { stats } => &stats[..],
            _ => &[],
        });
        stats.into_iter().find(|stat| stat.id == id).and_then(|stat| stat.value)
    }

    /// A chart.
    pub fn chart(&self, id: &str) -> &Chart {
        let found = self.blocks.iter().find_map(|block| match block {
            Block::Chart(chart) if chart.id == id => Some(chart),
            _ => None,
        });
        found.unwrap_or_else(|| panic!("no chart {id}"))
    }

    /// The sentences of what is open.
    pub fn story(&self) -> Vec<String> {
        let blocks = &self.opened.as_ref().expect("something is open").blocks;
        blocks
            .iter()
            .find_map(|block| if let Block::Story { sentences } = block { Some(sentences.clone()) } else { None })
            .expect("a story")
    }

    /// The lanes of what is open.
    pub fn opened_lanes(&self, id: &str) -> &Lanes {
        let blocks = &self.opened.as_ref().expect("something is open").blocks;
        let found = blocks.iter().find_map(|block| match block {
            Block::Lanes(lanes) if lanes.id == id => Some(lanes),
            _ => None,
        });
        found.expect("lanes")
    }
}
