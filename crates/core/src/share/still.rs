//! A report does not answer to clicks: sentences that say what one leads to are none of it.

use crate::report::Block;

/// What such a sentence holds, in lower case.
const LIVE: [&str; 14] = [
    "click opens",
    "click shows",
    "leads to the ",
    "leads to its ",
    "leads to both ",
    "sets the threshold",
    "select a ",
    "select packages",
    "select one ",
    "select the ",
    "choose ",
    "list is chosen",
    "match the filters",
    "drop the file",
];

/// A text without such sentences.
fn told(text: &mut String) {
    let live = |sentence: &str| {
        let sentence = sentence.to_lowercase();
        LIVE.iter().any(|words| sentence.contains(words))
    };
    if !live(text) {
        return;
    }
    let kept: Vec<&str> = text.split_inclusive(". ").filter(|sentence| !live(sentence)).collect();
    kept.concat().trim_end().clone_into(text);
}

/// A block without them.
pub(super) fn still(block: &mut Block) {
    match block {
        Block::Stats { stats } => stats.iter_mut().for_each(|stat| told(&mut stat.help)),
        Block::Table(table) => told(&mut table.help),
        Block::Lanes(lanes) => told(&mut lanes.help),
        Block::Chart(chart) => told(&mut chart.help),
        Block::Matrix(matrix) => told(&mut matrix.help),
        Block::Heading { text, .. } => told(text),
        Block::Note(note) => told(&mut note.text),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_report_can_do_is_said() {
        let check = |text: &str, expect: &str| {
            let mut own = text.to_owned();
            told(&mut own);
            assert_eq!(own, expect);
        };
        check("Each guest once. A click opens the life line, and says why.", "Each guest once.");
        check("A bar sets the threshold. In days.", "In days.");
        check("Decisions of one click on a selection.", "Decisions of one click on a selection.");
        check("", "");
    }
}
