//! Single parts of views that a sender has pinned: a chart, a table, an event.

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

/// All of an event, by the number of its source and its record: `3-17`.
pub(super) fn event(store: &Store, name: &str, zone: &Zone) -> (String, Vec<Block>) {
    let place =
        name.split_once('-').and_then(|(source, record)| Some((source.parse().ok()?, record.parse::<u32>().ok()?)));
    let is_it = |event: &usize| place == Some((store.source.get(*event), store.record[*event]));
    let Some(event) = (0..store.len()).find(is_it) else {
        return ("Event".into(), vec![gone("The pinned event is not in this report: it does not leave.")]);
    };
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
