//! Files go by their names in answers, not by the keys that the engine gives them. A condition on a
//! file takes a name as well.

use guestlens_core::{
    model::Field,
    report::{Block, Groups, Rows},
    store::SourceInfo,
};

fn name(sources: &[SourceInfo], key: &mut String) {
    if let Some(source) = sources.iter().find(|source| source.key() == *key) {
        key.clone_from(&source.name);
    }
}

/// Names the files in the lines of the table.
pub fn in_rows(sources: &[SourceInfo], rows: &mut Rows) {
    for at in rows.columns.iter().enumerate().filter(|(_, field)| **field == Field::Source).map(|(at, _)| at) {
        rows.rows.iter_mut().filter_map(|row| row.cells.get_mut(at)).for_each(|cell| name(sources, &mut cell.text));
    }
}

/// Names the files in groups and their charts.
pub fn in_groups(sources: &[SourceInfo], groups: &mut Groups, blocks: &mut [Block]) {
    if groups.by == Field::Source {
        groups.groups.iter_mut().for_each(|group| name(sources, &mut group.value));
        for block in blocks {
            match block {
                Block::BarList(list) => list.bars.iter_mut().for_each(|bar| name(sources, &mut bar.value)),
                Block::TimeSeries(time) => {
                    let own = time.series.iter_mut().filter(|series| !series.other);
                    own.for_each(|series| name(sources, &mut series.name));
                }
                _ => {}
            }
        }
    }
    if groups.then == Some(Field::Source) {
        groups.columns.iter_mut().for_each(|column| name(sources, column));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use guestlens_core::report::{Cell, Row};

    #[test]
    fn a_file_goes_by_its_name() {
        let sources = [SourceInfo { name: "a.csv".into(), ..SourceInfo::default() }];
        let cells = vec![Cell { text: sources[0].key(), more: 0 }];
        let row = Row { index: 0, time: None, guest: false, cells };
        let mut rows = Rows { from: 0, columns: vec![Field::Source], rows: vec![row] };
        in_rows(&sources, &mut rows);
        assert_eq!(rows.rows[0].cells[0].text, "a.csv");
    }
}
