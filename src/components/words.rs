//! Conditions, periods and values in words.

use super::text::escape;
use crate::state::AppState;
use guestlens_core::{
    model::Field,
    protocol::{Clause, Query},
    store::SourceInfo,
    time::{self, Zone},
};

/// What a value is called: files by their name, no value as such.
pub fn value_label(field: Field, value: &str, sources: &[SourceInfo]) -> String {
    if value.is_empty() {
        return "(none)".into();
    }
    if field == Field::Result {
        let known = ["Success", "Failure", "Timeout"].into_iter().find(|word| word.to_lowercase() == value);
        return known.unwrap_or(value).to_owned();
    }
    let source = sources.iter().find(|source| field == Field::Source && source.key() == value);
    source.map_or_else(|| value.to_owned(), |source| source.name.clone())
}

/// The values of a condition: the first two, and how many more there are.
pub fn values_label(clause: &Clause, sources: &[SourceInfo]) -> String {
    let shown: Vec<_> = clause.values.iter().take(2).map(|value| value_label(clause.field, value, sources)).collect();
    let more = clause.values.len() - shown.len();
    let text = shown.join(" or ");
    if more == 0 { text } else { format!("{text} or {more} more") }
}

/// `from 1 Jun 2026 00:00:00 to 2 Jun 2026 00:00:00`, with an open end where there is one.
pub fn window(query: &Query, zone: &Zone) -> Option<String> {
    let said = |word: &str, ticks: Option<i64>| ticks.map(|ticks| format!("{word} {}", time::plain(ticks, zone)));
    let ends: Vec<_> = [said("from", query.from), said("to", query.to)].into_iter().flatten().collect();
    (!ends.is_empty()).then(|| format!("{} {}", ends.join(" "), zone.name))
}

/// All conditions as one line of text, for print and for pictures.
pub fn filters(state: &AppState) -> String {
    let query = state.query();
    let mut parts: Vec<String> = Vec::new();
    if !query.text.is_empty() {
        parts.push(format!("contains \u{201c}{}\u{201d}", escape(&query.text)));
    }
    for clause in &query.clauses {
        let not = if clause.exclude { "not " } else { "" };
        let values = values_label(clause, &state.files.sources);
        parts.push(format!("{}: {not}{}", clause.field.label(), escape(&values)));
    }
    if let Some(picked) = &query.picked {
        parts.push(format!("exactly {}", escape(&picked.label)));
    }
    if query.guests_only {
        parts.push("only events with a guest".into());
    }
    parts.extend(query.hour.map(|hour| format!("on {}", hour_of_week(hour))));
    parts.extend(window(query, &state.zone()));
    if parts.is_empty() { "no filters".into() } else { parts.join("; ") }
}

/// `Mondays 14:00–15:00`.
pub fn hour_of_week(hour: u8) -> String {
    const DAYS: [&str; 7] = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"];
    let from = hour % 24;
    format!("{} {from:02}:00\u{2013}{:02}:00", DAYS[usize::from(hour / 24) % 7], (from + 1) % 24)
}

/// `1 Jun 2026 to 30 Jun 2026 UTC`.
pub fn period(period: Option<(i64, i64)>, zone: &Zone) -> String {
    match period {
        Some((first, last)) => {
            format!("{} to {} {}", time::plain_day(first, zone), time::plain_day(last, zone), zone.name)
        }
        None => "no event with a time".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_conditions_in_words() {
        let clause = |values: &[&str]| Clause {
            field: Field::Source,
            values: values.iter().map(|&value| value.into()).collect(),
            exclude: false,
        };
        let sources = [SourceInfo { name: "a.csv".into(), ..SourceInfo::default() }];
        assert_eq!(values_label(&clause(&["0", ""]), &sources), "a.csv or (none)");
        assert_eq!(values_label(&clause(&["0", "", "7", "8"]), &sources), "a.csv or (none) or 2 more");
    }
}
