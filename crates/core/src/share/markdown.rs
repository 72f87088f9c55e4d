//! A report as a summary in Markdown: figures, findings, the first lines of each table.

use super::compose::{Made, words_of};
use crate::{
    report::{Block, Table},
    time::Zone,
};
use std::fmt::Write as _;

/// Lines of a table that a summary holds.
const LINES: usize = 25;

pub(super) fn summary(made: &Made, zone: &Zone) -> Vec<u8> {
    let mut out = format!("# {}\n\n", plain(&made.title));
    for text in [&made.purpose, &made.made].into_iter().filter(|text| !text.is_empty()) {
        let _ = writeln!(out, "{}\n", plain(text));
    }
    for part in &made.parts {
        let _ = writeln!(out, "## {}\n", plain(&part.title));
        if !part.note.is_empty() {
            let _ = writeln!(out, "> {}\n", plain(&part.note));
        }
        part.blocks.iter().for_each(|own| block(&mut out, own, zone));
    }
    out.push_str("## Certificate\n\n");
    for line in &made.certificate.lines {
        let _ = writeln!(out, "{}\n", plain(line));
    }
    out.into_bytes()
}

/// A text whose letters mean nothing to Markdown.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '~' => out.extend(['\\', letter]),
            '&' => out.push_str("&amp;"),
            _ if letter.is_control() => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}

fn block(out: &mut String, block: &Block, zone: &Zone) {
    match block {
        Block::Stats { stats } => {
            for stat in stats {
                let value = stat.value.map(crate::chart::thousands).unwrap_or_default();
                let _ =
                    writeln!(out, "- {}: {}", plain(&stat.label), plain([&value, stat.text.as_str()].join(" ").trim()));
            }
            out.push('\n');
        }
        Block::Heading { title, .. } => {
            let _ = writeln!(out, "### {}\n", plain(title));
        }
        Block::Note(note) => {
            let _ = writeln!(out, "> {} {}\n", plain(&note.title), plain(&note.text));
        }
        Block::BarList(list) => {
            let _ = writeln!(out, "### {}\n", plain(&list.title));
            for bar in &list.bars {
                let _ = writeln!(
                    out,
                    "- {}: {}",
                    plain(if bar.value.is_empty() { "No value" } else { &bar.value }),
                    bar.count
                );
            }
            out.push('\n');
        }
        Block::Table(own) => table(out, own, zone),
        Block::Facts { facts } => {
            for fact in facts {
                let _ = writeln!(out, "- {}: {}", plain(&fact.label), plain(&words_of(&fact.value, zone)));
            }
            out.push('\n');
        }
        Block::Story { sentences } => {
            for sentence in sentences {
                let _ = writeln!(out, "{}\n", plain(sentence));
            }
        }
        Block::Findings { findings } => {
            for card in findings {
                let _ = writeln!(
                    out,
                    "- **{} {}** {}: {}",
                    card.rule,
                    card.level.label(),
                    plain(&card.title),
                    plain(&card.sentence)
                );
            }
            out.push('\n');
        }
        Block::Heatmap(_)
        | Block::TimeSeries(_)
        | Block::Controls { .. }
        | Block::Downloads { .. }
        | Block::Lanes(_)
        | Block::Chart(_)
        | Block::Matrix(_)
        | Block::Coverage(_) => {}
    }
}

fn table(out: &mut String, table: &Table, zone: &Zone) {
    if !table.title.is_empty() {
        let _ = writeln!(out, "### {}\n", plain(&table.title));
    }
    if table.lines.is_empty() {
        let _ = writeln!(out, "{}\n", plain(&table.empty));
        return;
    }
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    out.push_str(&line(table.columns.iter().map(|column| plain(&column.label)).collect()));
    out.push_str(&line(table.columns.iter().map(|_| "---".to_owned()).collect()));
    for own in table.lines.iter().take(LINES) {
        out.push_str(&line(own.cells.iter().map(|value| plain(&words_of(value, zone))).collect()));
    }
    out.push('\n');
    let shown = table.lines.len().min(LINES) as u64;
    if table.matching > shown {
        let _ = writeln!(out, "{shown} of {} lines.\n", table.matching);
    }
}
