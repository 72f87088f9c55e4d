//! What the columns of a CSV were taken for, with a few of their values, for whoever knows better.

use crate::{
    model::{Attribute, EntityKind, Origin},
    store::{SourceInfo, Store},
    time,
};
use serde::{Deserialize, Serialize};

/// The columns of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingSheet {
    /// Id of the source.
    pub source: u32,
    /// Number of the dropped file.
    pub file: u32,
    /// Its name.
    pub name: String,
    /// Its name in the archive that it lies in; empty for a dropped file.
    pub entry: String,
    /// Id of the format it was read as; empty if it was not recognised.
    pub format: String,
    /// The formats it can be read as: id and name.
    pub formats: Vec<(String, String)>,
    /// What a column of that format can be.
    pub attributes: Vec<Attribute>,
    /// In the order of the file; none where it was not recognised.
    pub columns: Vec<MappingColumn>,
}

/// A column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingColumn {
    /// Its name in the file.
    pub column: String,
    /// What it was taken for; none if its values are kept as further fields.
    pub attribute: Option<Attribute>,
    /// Whether that is a guess.
    pub guessed: bool,
    /// Some of its values: texts of the file, cut after [`LONGEST`] characters.
    pub samples: Vec<String>,
}

/// How many values of a column are shown.
const SAMPLES: usize = 3;
/// How many lines are searched for them.
const SEARCHED: usize = 2_000;
/// Characters of a value that are shown.
pub const LONGEST: usize = 120;

/// The columns of a source; none if there is no such source. `formats` are those of which a reader can say
/// that a file is one, `attributes` what a column of its format can be.
pub fn mapping(
    store: &Store,
    source: u32,
    formats: Vec<(String, String)>,
    attributes: Vec<Attribute>,
) -> Option<MappingSheet> {
    let info = store.sources.get(source as usize)?;
    let lines = lines(store, source);
    let columns = info.mapping.iter().map(|column| MappingColumn {
        column: column.column.clone(),
        attribute: column.attribute,
        guessed: column.guessed,
        samples: samples(store, &lines, &column.column, column.attribute),
    });
    let columns = columns.collect();
    let SourceInfo { file, name, format, .. } = info;
    let (file, name, format) = (*file, name.clone(), format.clone());
    let archive = info.parent.and_then(|parent| store.sources.get(parent as usize));
    let entry = archive.and_then(|archive| name.strip_prefix(&archive.name)?.strip_prefix(SourceInfo::WITHIN));
    let entry = entry.unwrap_or_default().to_owned();
    Some(MappingSheet { source, file, name, entry, format, formats, attributes, columns })
}

/// The rows that records of the source are about.
fn lines(store: &Store, source: u32) -> Vec<(EntityKind, usize)> {
    let of = |kind: &EntityKind| {
        let entities = store.entities(*kind);
        let own = move |row: &usize| matches!(entities.origin(*row), Origin::Own | Origin::Template);
        entities.of_source(source).filter(own).take(SEARCHED).map(|row| (*kind, row)).collect::<Vec<_>>()
    };
    EntityKind::ALL.iter().flat_map(of).collect()
}

fn samples(store: &Store, lines: &[(EntityKind, usize)], column: &str, attribute: Option<Attribute>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (kind, row) in lines {
        let entities = store.entities(*kind);
        let text = |attribute: Attribute| match attribute.domain() {
            Some(_) => entities.text(*row, attribute).into_owned(),
            None => entities.time(*row, attribute).map(time::iso).unwrap_or_default(),
        };
        // The file's own spelling, where it is another; a value that cannot be what it was taken for is kept
        // under the column's name.
        let written = attribute.and_then(Attribute::as_written).map(text).filter(|text| !text.is_empty());
        let known = written.or_else(|| attribute.map(text)).filter(|text| !text.is_empty());
        let kept = || entities.extras(*row).find(|(key, _)| key == column).map(|(_, value)| value.into_owned());
        if let Some(value) = known.or_else(kept) {
            let value: String = value.chars().take(LONGEST).collect();
            if !found.contains(&value) {
                found.push(value);
            }
        }
        if found.len() == SAMPLES {
            break;
        }
    }
    found
}
