//! Which line stands where, with lines unfolded below others, and how wide each column is.

use crate::blocks::cell::words;
use guestlens_core::arrange::Arrange as _;
use guestlens_core::{
    report::{Table, TableLine, Value},
    time::Zone,
};

/// What stands in one place of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A line, by its position in the table.
    Line(u32),
    /// A line below another: that one's position, and which of those below it.
    Below(u32, u32),
}

/// A line that is unfolded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfolded {
    /// Its key.
    pub key: String,
    /// Its position.
    pub at: u32,
    /// How many lines stand below it.
    pub lines: u32,
}

/// How many places there are, given the lines of the table and those unfolded (by position).
pub fn places(lines: u32, unfolded: &[Unfolded]) -> u32 {
    lines + unfolded.iter().map(|line| line.lines).sum::<u32>()
}

/// What stands in a place.
pub fn place(index: u32, unfolded: &[Unfolded]) -> Place {
    let mut below = 0;
    for line in unfolded {
        let own = line.at + below;
        if index <= own {
            break;
        }
        if index <= own + line.lines {
            return Place::Below(line.at, index - own - 1);
        }
        below += line.lines;
    }
    Place::Line(index - below)
}

/// The place of a line.
pub fn index_of(line: u32, unfolded: &[Unfolded]) -> u32 {
    line + unfolded.iter().filter(|other| other.at < line).map(|other| other.lines).sum::<u32>()
}

/// Unfolds a line, or folds it.
pub fn toggle(unfolded: &[Unfolded], line: Unfolded) -> Vec<Unfolded> {
    let mut lines: Vec<Unfolded> = unfolded.iter().filter(|other| other.key != line.key).cloned().collect();
    if lines.len() == unfolded.len() {
        lines.push(line);
        lines.arrange_by_key(|line| line.at);
    }
    lines
}

const NARROWEST: u32 = 72;
const WIDEST: u32 = 320;
/// About how wide a character of 14 px is, with tabular numerals.
const CHARACTER: f64 = 8.4;

/// How wide each column wants to be, pixels, by its heading and the lines at hand.
pub fn widths(table: &Table, zone: &Zone) -> Vec<u32> {
    let lines = || table.lines.iter().flat_map(|line| std::iter::once(line).chain(line.lines.iter().take(8)));
    let width = |(at, label): (usize, &str)| {
        let own = lines().filter_map(|line: &TableLine| line.cells.get(at)).map(|value| width(value, zone)).max();
        let heading = pixels(label.chars().count()) + 8;
        let edge = if at == 0 { 24 } else { 0 };
        own.unwrap_or(0).max(heading).clamp(NARROWEST, WIDEST) + edge
    };
    table.columns.iter().enumerate().map(|(at, column)| width((at, &column.label))).collect()
}

/// The widths in so much room: words give way step by step until all columns fit. Where they never do, they are short,
/// so that as many columns as possible are in sight; the first one says whom or what a line is about and keeps more.
pub fn fit(widths: &[u32], room: f64) -> Vec<u32> {
    const STEPS: [u32; 4] = [WIDEST + 24, 280, 240, 208];
    let cut = |most: u32, first: u32| -> Vec<u32> {
        widths.iter().enumerate().map(|(at, width)| (*width).min(if at == 0 { first } else { most })).collect()
    };
    let fits = |widths: &Vec<u32>| f64::from(widths.iter().sum::<u32>()) <= room;
    STEPS.iter().map(|most| cut(*most, WIDEST + 24)).find(fits).unwrap_or_else(|| cut(208, 280))
}

fn pixels(characters: usize) -> u32 {
    (characters as f64 * CHARACTER) as u32 + 24
}

fn width(value: &Value, zone: &Zone) -> u32 {
    match value {
        Value::None(_) => NARROWEST,
        Value::Id(_) => 112,
        Value::Time(_) => 192,
        Value::Day(_) => 124,
        Value::State { word, .. } => pixels(word.chars().count()) + 24,
        Value::List(texts) => {
            let first = texts.first().map_or(0, |text| text.chars().count());
            pixels(first) + if texts.len() > 1 { 32 } else { 0 }
        }
        Value::Person { name, address } => pixels(name.chars().count().max(4) + address.chars().count().min(24)),
        other => pixels(words(other, zone).chars().count()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unfolded() -> Vec<Unfolded> {
        [(1, 2), (4, 1)].map(|(at, lines)| Unfolded { key: at.to_string(), at, lines }).to_vec()
    }

    #[test]
    fn lines_below_stand_between_lines() {
        use Place::{Below, Line};
        let found: Vec<Place> = (0..9).map(|index| place(index, &unfolded())).collect();
        let expect = [Line(0), Line(1), Below(1, 0), Below(1, 1), Line(2), Line(3), Line(4), Below(4, 0), Line(5)];
        assert_eq!(found, expect);
        assert_eq!(places(6, &unfolded()), 9);
        assert_eq!([0, 1, 2, 4, 5].map(|line| index_of(line, &unfolded())), [0, 1, 4, 6, 8]);
    }

    #[test]
    fn words_give_way_until_all_columns_fit() {
        assert_eq!(fit(&[300, 300, 100], 720.0), [300, 300, 100]);
        assert_eq!(fit(&[300, 300, 100], 690.0), [300, 280, 100]);
        assert_eq!(fit(&[300, 300, 300, 100], 300.0), [280, 208, 208, 100]);
    }

    #[test]
    fn unfolding_twice_folds() {
        let line = Unfolded { key: "x".into(), at: 2, lines: 3 };
        let once = toggle(&unfolded(), line.clone());
        assert_eq!(once.iter().map(|line| line.at).collect::<Vec<_>>(), [1, 2, 4]);
        assert_eq!(toggle(&once, line), unfolded());
    }
}
