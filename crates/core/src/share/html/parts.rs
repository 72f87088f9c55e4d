//! Each block of a report as markup.

use super::{LINES, charts, text::Markup};
use crate::{
    report::{Block, Coverage, FindingCard, Level, Matrix, Table, TableLine, Tone, Value},
    share::compose::words_of,
    time::{self, Zone},
};

pub(super) fn block(out: &mut Markup, block: &Block, zone: &Zone) {
    match block {
        Block::Stats { stats } => {
            out.open("ul", "stats");
            for stat in stats {
                out.open("li", "");
                let number = stat.value.map(crate::chart::thousands).unwrap_or_default();
                out.element("b", "", [number.as_str(), &stat.text].join(" ").trim());
                out.element("span", "", &stat.label);
                out.close("li");
            }
            out.close("ul");
        }
        Block::BarList(list) => charts::bar_list(out, list),
        Block::Heatmap(map) => charts::heatmap(out, map),
        Block::TimeSeries(series) => charts::time_series(out, series, zone),
        Block::Heading { title, text } => {
            out.element("h3", "", title);
            if !text.is_empty() {
                out.element("p", "help", text);
            }
        }
        Block::Note(note) => {
            out.open("div", "note");
            if !note.title.is_empty() {
                out.element("strong", tone(note.tone), &note.title);
                out.raw(" ");
            }
            out.text(&note.text);
            out.close("div");
        }
        Block::Controls { .. } | Block::Downloads { .. } => {}
        Block::Table(own) => table(out, own, zone),
        Block::Lanes(lanes) => charts::lanes(out, lanes, zone),
        Block::Chart(chart) => charts::chart(out, chart),
        Block::Matrix(own) => matrix(out, own),
        Block::Facts { facts } => {
            out.open("table", "");
            for fact in facts {
                out.raw("<tr>");
                out.element("th", "", &fact.label);
                cell(out, &fact.value, false, zone);
                out.raw("</tr>");
            }
            out.close("table");
        }
        Block::Story { sentences } => sentences.iter().for_each(|sentence| out.element("p", "", sentence)),
        Block::Findings { findings } => findings.iter().for_each(|card| finding(out, card, zone)),
        Block::Coverage(own) => coverage(out, own, zone),
    }
}

fn heading(out: &mut Markup, title: &str, help: &str) {
    if !title.is_empty() {
        out.element("h3", "", title);
    }
    if !help.is_empty() {
        out.element("p", "help", help);
    }
}

fn table(out: &mut Markup, table: &Table, zone: &Zone) {
    heading(out, &table.title, &table.help);
    if table.lines.is_empty() {
        out.element("p", "", &table.empty);
        return;
    }
    out.raw("<div class=\"wide\" tabindex=\"0\">");
    out.open("table", "");
    out.raw("<thead><tr>");
    table.columns.iter().for_each(|column| out.element("th", "", &column.label));
    out.raw("</tr></thead><tbody>\n");
    for line in table.lines.iter().take(LINES) {
        table_line(out, table, line, "", zone);
        line.lines.iter().for_each(|below| table_line(out, table, below, "below", zone));
    }
    out.raw("</tbody>");
    out.close("table");
    out.close("div");
    let shown = table.lines.len().min(LINES) as u64;
    if table.matching > shown {
        out.element("p", "help", &format!("{shown} of {} lines. The CSV has all of them.", table.matching));
    }
}

fn table_line(out: &mut Markup, table: &Table, line: &TableLine, class: &str, zone: &Zone) {
    out.open("tr", class);
    for (at, value) in line.cells.iter().enumerate() {
        cell(out, value, table.columns.get(at).is_some_and(|column| column.is_number), zone);
    }
    out.close("tr");
}

fn cell(out: &mut Markup, value: &Value, is_number: bool, zone: &Zone) {
    let class = match value {
        Value::None(_) => "unknown",
        Value::State { tone: own, .. } => tone(*own),
        _ if is_number => "number",
        _ => "",
    };
    out.open("td", class);
    out.raw("<bdi>");
    out.text(&words_of(value, zone));
    out.raw("</bdi>");
    out.close("td");
}

pub(super) fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "",
        Tone::Good => "good",
        Tone::Attention => "attention",
        Tone::Serious => "serious",
        Tone::Unknown => "unknown",
    }
}

fn finding(out: &mut Markup, card: &FindingCard, zone: &Zone) {
    let class = if card.level == Level::High { "serious" } else { "" };
    out.open("div", "note");
    out.element("strong", class, &format!("{} {}: {}", card.rule, card.level.label(), card.title));
    out.element("p", "", &card.sentence);
    let mut facts = vec![crate::chart::events(card.events.into())];
    facts.extend(card.time.map(|ticks| time::plain(ticks, zone)));
    facts.extend(card.expected.iter().map(|note| format!("expected: {note}")));
    out.element("p", "help", &facts.join(", "));
    out.close("div");
}

fn matrix(out: &mut Markup, matrix: &Matrix) {
    heading(out, &matrix.title, &matrix.help);
    out.open("table", "");
    out.raw("<thead><tr><th></th>");
    matrix.names.iter().for_each(|name| out.element("th", "", name));
    out.raw("</tr></thead>");
    for (a, name) in matrix.names.iter().enumerate() {
        out.raw("<tr>");
        out.element("th", "", name);
        for b in 0..matrix.names.len() {
            let of = matrix.cells.iter().find(|cell| (cell.a as usize, cell.b as usize) == (a, b));
            out.element("td", "number", &of.map_or_else(String::new, |cell| cell.count.to_string()));
        }
        out.raw("</tr>\n");
    }
    out.close("table");
}

fn coverage(out: &mut Markup, coverage: &Coverage, zone: &Zone) {
    for kind in &coverage.kinds {
        out.element("h3", "", &kind.label);
        out.open("table", "");
        out.raw("<thead><tr><th>File</th><th>Records</th><th>From</th><th>To</th></tr></thead>");
        for span in &kind.spans {
            out.raw("<tr>");
            out.element("td", "", &span.name);
            out.element("td", "number", &span.records.to_string());
            out.element("td", "", &time::plain_day(span.from, zone));
            out.element("td", "", &time::plain_day(span.to, zone));
            out.raw("</tr>");
        }
        out.close("table");
        for gap in &kind.gaps {
            let (after, before) = (time::plain_day(gap.after, zone), time::plain_day(gap.before, zone));
            out.element(
                "p",
                "attention",
                &format!("No file covers the time between {after} and {before}: {} days.", gap.days),
            );
        }
    }
}
