//! Single parts of views that a sender has pinned: a chart, a table, an event.

use super::compose::words_of;
use crate::{
    report::{self, Block, Fact, Note, Value},
    store::Store,
    time::Zone,
};

/// The name that a part is pinned by; empty for what cannot be pinned.
pub(super) fn name(block: &Block) -> String {
    match block {
        Block::Table(table) => format!("table-{}", table.id),
        Block::BarList(list) => format!("chart-{}", list.id),
        Block::Heatmap(map) => format!("chart-{}", map.id),
        Block::Lanes(lanes) => format!("chart-{}", lanes.id),
        Block::Chart(chart) => format!("chart-{}", chart.id),
        Block::Matrix(matrix) => format!("chart-{}", matrix.id),
        // The names that the page gives them.
        Block::TimeSeries(_) => "chart-events-over-time".into(),
        Block::Coverage(_) => "chart-coverage".into(),
        _ => String::new(),
    }
}

/// Says that there is nothing to show.
pub(super) fn gone(text: &str) -> Block {
    Block::Note(Note { id: "pin-gone".into(), text: text.into(), ..Note::default() })
}

fn place(store: &Store, name: &str) -> Option<usize> {
    let (source, record) = name.split_once('-')?;
    let place = (source.parse().ok()?, record.parse::<u32>().ok()?);
    (0..store.len()).find(|event| place == (store.source.get(*event), store.record[*event]))
}

/// What became of an event there.
const NO_EVENT: &str = "The pinned event is not in this report: it does not leave.";

/// What happened in an event, in a sentence.
pub(super) fn sentence(store: &Store, name: &str, zone: &Zone) -> String {
    place(store, name).map_or_else(|| NO_EVENT.into(), |event| report::details(store, event, 0, zone).sentence)
}

/// What pinned parts say, line by line, in forms that have no pictures.
pub(super) fn lines(blocks: &[Block], zone: &Zone) -> Vec<Vec<String>> {
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Table(_) => {}
            Block::Story { sentences } => lines.extend(sentences.iter().map(|sentence| vec![sentence.clone()])),
            Block::Heading { title, .. } => lines.push(vec![title.clone()]),
            Block::Note(note) => lines.push(vec![note.text.clone()]),
            Block::Facts { facts } => {
                lines.extend(facts.iter().map(|fact| vec![fact.label.clone(), words_of(&fact.value, zone)]));
            }
            Block::BarList(list) => {
                lines.extend(list.bars.iter().map(|bar| vec![bar.value.clone(), bar.count.to_string()]));
            }
            _ => lines.push(vec!["A chart: it is in the form that is a page.".into()]),
        }
    }
    lines
}

/// All of an event, by the number of its source and its record: `3-17`.
pub(super) fn event(store: &Store, name: &str, zone: &Zone) -> (String, Vec<Block>) {
    let Some(event) = place(store, name) else { return ("Event".into(), vec![gone(NO_EVENT)]) };
    let details = report::details(store, event, 0, zone);
    let mut blocks = vec![Block::Story { sentences: vec![details.sentence] }];
    for section in details.sections {
        blocks.push(Block::Heading { title: section.title, text: String::new() });
        let fact = |field: report::DetailField| {
            let value = match field.old {
                Some(old) if !old.is_empty() => format!("{}, before: {old}", field.value),
                _ => field.value,
            };
            Fact { label: field.label, value: Value::Text(value), help: String::new(), door: None }
        };
        blocks.push(Block::Facts { facts: section.fields.into_iter().map(fact).collect() });
    }
    ("Event".into(), blocks)
}
