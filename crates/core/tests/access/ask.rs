//! Loads files into an engine and asks it for views of blocks.

use guestlens_core::{
    engine::Engine,
    protocol::{Ask, Query, ViewRequest},
    report::{Block, BlocksRequest, Lanes, Matrix, Opened, Report, Table, TableLine, Value, View},
    time::Zone,
};
use std::path::PathBuf;

pub struct Answer {
    pub blocks: Vec<Block>,
    pub opened: Option<Box<Opened>>,
}

pub fn load(engine: &mut Engine, name: &str, bytes: &[u8]) {
    let id = engine.open(name, bytes.len() as u64);
    bytes.chunks(4000).for_each(|piece| engine.feed(id, piece));
    engine.end(id);
}

/// The folder of shared samples, if it is there.
pub fn shared(folder: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(folder);
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return None;
    }
    Some(folder)
}

pub fn request(of: View, params: &[(&str, &str)]) -> BlocksRequest {
    let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    BlocksRequest { of, params, ..BlocksRequest::default() }
}

pub fn ask_with(engine: &mut Engine, request: BlocksRequest, query: Query) -> Answer {
    let ask = Ask {
        query,
        view: ViewRequest::Blocks(request),
        facets: Vec::new(),
        facet_text: Vec::new(),
        stack: None,
        zone: Zone { name: "UTC".into(), offsets: Vec::new(), ..Zone::default() },
        bins: 10,
    };
    let Report::Blocks { blocks, opened, .. } = engine.ask(1, &ask).report else { panic!("no view of blocks") };
    Answer { blocks, opened }
}

pub fn ask(engine: &mut Engine, of: View, params: &[(&str, &str)]) -> Answer {
    ask_with(engine, request(of, params), Query::default())
}

pub fn open(engine: &mut Engine, of: View, params: &[(&str, &str)], key: &str) -> Opened {
    let request = BlocksRequest { open: Some(key.into()), ..request(of, params) };
    *ask_with(engine, request, Query::default()).opened.expect("details")
}

pub fn table<'a>(blocks: &'a [Block], id: &str) -> &'a Table {
    let found = blocks.iter().find_map(|block| match block {
        Block::Table(table) if table.id == id => Some(table),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("no table {id}"))
}

pub fn lanes(blocks: &[Block]) -> &Lanes {
    let found = blocks.iter().find_map(|block| match block {
        Block::Lanes(lanes) => Some(lanes),
        _ => None,
    });
    found.expect("lanes")
}

pub fn matrix(blocks: &[Block]) -> &Matrix {
    let found = blocks.iter().find_map(|block| match block {
        Block::Matrix(matrix) => Some(matrix),
        _ => None,
    });
    found.expect("a matrix")
}

pub fn stat(blocks: &[Block], id: &str) -> Option<u64> {
    blocks.iter().find_map(|block| match block {
        Block::Stats { stats } => stats.iter().find(|stat| stat.id == id).map(|stat| stat.value.unwrap_or(u64::MAX)),
        _ => None,
    })
}

/// An attribute of a line.
pub fn data<'a>(line: &'a TableLine, name: &str) -> &'a str {
    line.data.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
}

/// The cell of a column.
pub fn cell<'a>(table: &'a Table, line: &'a TableLine, column: &str) -> &'a Value {
    let at = table.columns.iter().position(|own| own.id == column).unwrap_or_else(|| panic!("no column {column}"));
    &line.cells[at]
}
