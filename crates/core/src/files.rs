//! What files say of themselves beside their records: days and an access package in their names, how far their
//! logs reach, and the day that all views are as of. A store whose files have lost their names still knows it.

mod date_range;

use crate::{
    model::Log,
    store::{LogSpan, Named, SourceInfo, Store},
    time::{self, DAY, Zone},
};
use date_range::{date_range, last_date};

/// Days that a date in a file's name may be later than anything in the file.
const LATER: i64 = 400;

/// What the name of a file tells.
pub fn named(source: &SourceInfo) -> Named {
    source.named.clone().unwrap_or_else(|| Named {
        days: date_range(&source.name),
        day: last_date(&source.name),
        package: package(&source.name),
    })
}

/// What a log of a file covers, ticks, both ends inclusive: from its first event to its last, widened to the days
/// in the file's name where these meet it. Days are those of the zone.
pub fn covered(named: &Named, log: &LogSpan, zone: &Zone) -> Option<(i64, i64)> {
    let (first, last) = log.first.zip(log.last)?;
    let range = named.days.map(|(from, to)| (zone.to_utc(from), zone.to_utc(to + DAY) - 1));
    Some(match range.filter(|(from, to)| *from <= last && first <= *to) {
        Some((from, to)) => (from.min(first), to.max(last)),
        None => (first, last),
    })
}

/// The moment that all views are as of, and how it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsOf {
    /// Ticks.
    pub moment: i64,
    /// Where it comes from, in words.
    pub because: String,
}

impl AsOf {
    /// Its day in UTC: midnight, ticks.
    pub fn day(&self) -> i64 {
        time::rounded(self.moment, DAY)
    }
}

/// The latest moment that the files tell of: the newest event or entity, the end of what logs cover, or a later
/// day in the name of an export. Never today: files do not know what came after them. None without any.
pub fn as_of(store: &Store) -> Option<AsOf> {
    let utc = Zone::default();
    let mut best: Option<AsOf> = None;
    let mut offer = |moment: i64, because: &dyn Fn() -> String| {
        if best.as_ref().is_none_or(|known| known.moment < moment) {
            best = Some(AsOf { moment, because: because() });
        }
    };
    for source in &store.sources {
        let known = source.last.max(source.snapshot);
        let Some(known) = known else { continue };
        offer(known, &|| "the latest moment in the loaded files".into());
    }
    for source in &store.sources {
        let named = named(source);
        for (_, to) in source.logs.iter().filter_map(|log| covered(&named, log, &utc)) {
            offer(to, &|| "the last day that the names of the loaded logs cover".into());
        }
        if let (Some(day), Some(known)) = (named.day, source.last.max(source.snapshot))
            && (0..=LATER * DAY).contains(&(day - time::rounded(known, DAY)))
        {
            offer(day, &|| format!("the date in the name of {}", source.name));
        }
    }
    best
}

/// The end of what the loaded audit logs cover, those of B2C aside, ticks.
pub fn audit_end(store: &Store) -> Option<i64> {
    let utc = Zone::default();
    let is_audit = |log: &&LogSpan| {
        let of_directory = matches!(Log::from_label(log.log.as_bytes()), Some(Log::Audit | Log::Unified));
        of_directory && !log.is_b2c()
    };
    let ends = |source: &SourceInfo| {
        let named = named(source);
        source.logs.iter().filter(is_audit).filter_map(|log| covered(&named, log, &utc)).map(|(_, to)| to).max()
    };
    store.sources.iter().filter_map(ends).max()
}

/// The package that a download without a column for it is of, from the file's name:
/// `assignments-Western-Territory.csv` is of Western Territory.
fn package(name: &str) -> String {
    let name = name.rsplit(['\u{203a}', '/', '\\']).next().unwrap_or_default().trim();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words: Vec<&str> = stem.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect();
    // A date at the end, `2026-07-10` or `20260710T0800Z`, is none of the name; a number that is no year is.
    let is_number = |word: &&&str| word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'T' || byte == b'Z');
    let numbers = words.len() - words.iter().rev().take_while(is_number).count();
    let is_year = |word: &&str| word.len() >= 4 && word.starts_with("20");
    let end = words[numbers..].iter().position(is_year).map_or(words.len(), |at| numbers + at);
    let known = ["access", "package", "assignments", "assignment", "accesspackageassignments"];
    let lead = words.iter().take_while(|word| known.iter().any(|known| known.eq_ignore_ascii_case(word))).count();
    let is_kind = |word: &&str| word.to_ascii_lowercase().contains("assignment");
    let first = words[..lead].iter().rposition(is_kind).map_or(0, |at| at + 1);
    let kept = words.get(first..end).unwrap_or_default();
    if kept.is_empty() { stem.to_owned() } else { kept.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_names_its_package() {
        for (file, expect) in [
            ("assignments-Western-Territory.csv", "Western Territory"),
            ("all.zip \u{203a} x/Assignments_Build Farm_2026-07-10.csv", "Build Farm"),
            ("assignments.csv", "assignments"),
            ("assignments-Package-365.csv", "Package 365"),
            ("Access package assignments 20260710T0800Z.csv", "Access package assignments 20260710T0800Z"),
            ("Access-Board.csv", "Access Board"),
        ] {
            assert_eq!(package(file), expect);
        }
    }
}
