//! What a comparison cannot say.

use super::{Comparing, ViewScope};
use crate::{
    guests::compare::{Snapshot, What},
    report::blocks::{Block, Note, Tone},
    time::plain_day,
};

/// There are no two snapshots.
pub(super) fn too_few(name: &str, all: &[Snapshot], scope: &ViewScope) -> Block {
    let words = name.to_lowercase();
    let text = match all {
        [one] => {
            let until = one.at.map_or(String::new(), |at| format!(", which knows of {}", plain_day(at, scope.zone())));
            format!("One export of {words} is loaded, {}{until}. Load another one of another day.", one.name)
        }
        _ => format!("No export of {words} is loaded. Load two, of different days."),
    };
    let title = "Two snapshots are needed".into();
    Block::Note(Note { id: "two-snapshots".into(), tone: Tone::Unknown, title, text, ..Note::default() })
}

pub(super) fn remarks(comparing: &Comparing, name: &str, before: &Snapshot, after: &Snapshot) -> Vec<Block> {
    let words = name.to_lowercase();
    let note = |id: &str, tone, title: &str, text: String| {
        Block::Note(Note { id: id.into(), tone, title: title.into(), text, ..Note::default() })
    };
    let mut found = Vec::new();
    let comparison = comparing.comparison;
    if before.source == after.source {
        let text = "The same file is chosen on both sides.".to_owned();
        found.push(note("same-file", Tone::Attention, "One file", text));
    } else if before.at.zip(after.at).is_some_and(|(before, after)| before > after) {
        let text = "The file chosen as before knows of more recent moments than the one chosen as after: what is shown as new may be gone, and as gone new.".to_owned();
        found.push(note("order", Tone::Attention, "Perhaps the wrong way round", text));
    } else if comparison.common() == 0 {
        let text = format!(
            "Nothing is in both files. Perhaps they are two parts of one export of {words}, and not two snapshots: then nothing here is new or gone."
        );
        found.push(note("parts", Tone::Attention, "Nothing in common", text));
    }
    if comparison.of_unnamed_package && before.source != after.source {
        let text = "A list of assignments does not say of which access package it is. Compare two lists of one package: those of two packages are no two snapshots.".to_owned();
        found.push(note("unnamed-package", Tone::Attention, "Of which access package", text));
    }
    let names = |list: &[What]| -> Vec<String> { list.iter().map(|what| what.label(&comparing.rows)).collect() };
    let missing = [(&comparison.only_before, &before.name), (&comparison.only_after, &after.name)];
    let missing: Vec<String> = missing
        .into_iter()
        .filter(|(list, _)| !list.is_empty())
        .map(|(list, name)| format!("Only {name} has values of: {}.", names(list).join(", ")))
        .collect();
    if !missing.is_empty() {
        let text = format!("What one of the files lacks altogether is not compared. {}", missing.join(" "));
        found.push(note("not-compared", Tone::Unknown, "Not compared", text));
    }
    found
}
