//! Drives an engine as the page does: load files, ask for a view of blocks, look at what it shows.
#![allow(dead_code)]

use guestlens_core::{
    engine::Engine,
    protocol::{Ask, Query, ViewRequest},
    report::{Block, BlocksRequest, Note, Opened, Report, Table, TableLine, TableWindow, Value, View},
    sample,
    time::Zone,
};
use std::{fs, path::PathBuf};

/// A view and what is open beside it.
pub struct Shown {
    pub blocks: Vec<Block>,
    pub opened: Option<Opened>,
}

/// Loads files in this order.
pub fn load(files: &[(&str, &[u8])]) -> Engine {
    let mut engine = Engine::default();
    for (name, bytes) in files {
        let id = engine.open(name, bytes.len() as u64);
        bytes.chunks(4000).for_each(|piece| engine.feed(id, piece));
        engine.end(id);
    }
    engine
}

/// The invented tenant.
pub fn tenant() -> Engine {
    let files = sample::files(sample::SEED);
    let files: Vec<(&str, &[u8])> = files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect();
    load(&files)
}

/// The files of the worked case; none where they are not there.
pub fn worked_case() -> Option<Vec<(String, Vec<u8>)>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixture");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: the worked case is not there");
        return None;
    };
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| ["json", "csv"].iter().any(|end| path.extension().is_some_and(|own| own == *end)));
    paths.retain(|path| name(path) != "EXPECTED.json");
    paths.sort();
    Some(paths.iter().map(|path| (name(path), fs::read(path).unwrap())).collect())
}

pub fn ask(engine: &mut Engine, request: BlocksRequest, query: Query) -> Shown {
    let ask = Ask {
        query,
        view: ViewRequest::Blocks(request),
        facets: Vec::new(),
        facet_text: Vec::new(),
        stack: None,
        zone: Zone { name: "UTC".into(), offsets: Vec::new(), ..Zone::default() },
        bins: 20,
    };
    let Report::Blocks { blocks, opened, .. } = engine.ask(1, &ask).report else { panic!("a view of blocks") };
    Shown { blocks, opened: opened.map(|opened| *opened) }
}

/// A view with these parameters.
pub fn view(engine: &mut Engine, of: View, params: &[(&str, &str)]) -> Shown {
    let params = params.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    ask(engine, BlocksRequest { of, params, ..BlocksRequest::default() }, Query::default())
}

/// A view with something open beside it.
pub fn open(engine: &mut Engine, of: View, key: &str) -> Opened {
    let request = BlocksRequest { of, open: Some(key.into()), ..BlocksRequest::default() };
    ask(engine, request, Query::default()).opened.expect("something opens")
}

/// All lines of a table, whatever window.
pub fn all_lines(engine: &mut Engine, of: View, params: &[(&str, &str)], table: &str) -> Vec<TableLine> {
    let window = TableWindow { id: table.into(), count: u32::MAX, ..TableWindow::default() };
    let params = params.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    let request = BlocksRequest { of, params, tables: vec![window], open: None };
    ask(engine, request, Query::default()).table(table).lines.clone()
}

impl Shown {
    pub fn stat(&self, id: &str) -> Option<u64> {
        let stats = self.blocks.iter().filter_map(|block| match block {
            Block::Stats { stats } => Some(stats),
            _ => None,
        });
        stats.flatten().find(|stat| stat.id == id).unwrap_or_else(|| panic!("no figure {id}")).value
    }

    pub fn table(&self, id: &str) -> &Table {
        let mut tables = self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        tables.find(|table| table.id == id).unwrap_or_else(|| panic!("no table {id}"))
    }

    pub fn has_table(&self, id: &str) -> bool {
        self.blocks.iter().any(|block| matches!(block, Block::Table(table) if table.id == id))
    }

    pub fn note(&self, id: &str) -> Option<&Note> {
        self.blocks.iter().find_map(|block| match block {
            Block::Note(note) if note.id == id => Some(note),
            _ => None,
        })
    }
}

/// A `data-*` attribute of a line.
pub fn data<'a>(line: &'a TableLine, name: &str) -> &'a str {
    line.data.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
}

/// The words of a line's cells.
pub fn words(line: &TableLine) -> Vec<String> {
    line.cells.iter().map(Value::words).collect()
}
