//! Which time the loaded files cover, per kind of log: spans, overlaps, gaps, files that the portal has
//! probably cut off, and the day by which the next export has to be taken.
//!
//! A span reaches from a file's first event to its last, duplicates included. Where the file's name
//! holds a range of dates that meets these events, the span is widened to it: an export of a quiet week
//! covers all of the week. Gaps are counted in whole days of the reader's zone.

use crate::arrange::Arrange as _;
use crate::{
    files::{covered, named},
    store::{LogSpan, SourceInfo, Store},
    time::{DAY, Zone},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Records at which the portal ends a download of audit logs.
/// Source: Microsoft, "How to download logs in Microsoft Entra ID" (howto-download-logs).
pub const AUDIT_LIMIT: u64 = 250_000;
/// Records at which the portal ends a download of sign-in logs. Source: as for [`AUDIT_LIMIT`].
pub const SIGN_IN_LIMIT: u64 = 100_000;
/// Days that B2C keeps its audit logs, whatever the licence.
/// Source: Microsoft, "Accessing Azure AD B2C audit logs".
pub const B2C_RETENTION: u32 = 7;

/// The time that the files cover.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Begin and end of the axis that all kinds share, ticks.
    pub period: Option<(i64, i64)>,
    /// How long the tenant keeps its logs, in days.
    pub retention_days: u32,
    /// The kinds of log there are, by their name.
    pub kinds: Vec<CoverageKind>,
}

/// The time that one kind of log covers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageKind {
    /// A stable kebab-case word, for example `audit` or `b2c-audit`.
    pub kind: String,
    /// Its name for a reader.
    pub label: String,
    /// What each file covers, earliest first.
    pub spans: Vec<CoverageSpan>,
    /// What all of them cover together, ticks, both ends inclusive.
    pub covered: Vec<(i64, i64)>,
    /// Time that two files cover, each with the file that began earlier first.
    pub overlaps: Vec<Overlap>,
    /// Days that no file covers, between the first and the last.
    pub gaps: Vec<Gap>,
    /// Files that are as long as the portal lets them be.
    pub cut_off: Vec<CutOff>,
    /// How long the tenant keeps this log, in days.
    pub retention_days: u32,
    /// When the first event that no file covers is lost, ticks: export again before that.
    pub next_export_by: Option<i64>,
}

/// What a file covers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageSpan {
    /// Id of the source.
    pub source: u32,
    /// Its name.
    pub name: String,
    /// Records of this kind in it.
    pub records: u64,
    /// Begin, ticks.
    pub from: i64,
    /// End, ticks, inclusive.
    pub to: i64,
    /// Whether the name of the file says more than its events.
    pub by_name: bool,
}

/// Time that two files cover.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overlap {
    /// Ids of the sources.
    pub sources: [u32; 2],
    /// Begin, ticks.
    pub from: i64,
    /// End, ticks, inclusive.
    pub to: i64,
}

/// Time that no file covers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Begin of the last day before it that is covered, ticks.
    pub after: i64,
    /// Begin of the first day behind it that is covered, ticks.
    pub before: i64,
    /// Whole days in it.
    pub days: u32,
}

impl Gap {
    /// Its whole days: begin and end, ticks.
    pub fn whole_days(&self) -> (i64, i64) {
        (self.after + DAY, self.before)
    }
}

/// A file that is as long as the portal lets it be: probably it is not whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutOff {
    /// Id of the source.
    pub source: u32,
    /// Its name.
    pub name: String,
    /// Its records.
    pub records: u64,
    /// The portal's limit.
    pub limit: u64,
}

/// Finds out what the files cover. Days are those of the zone.
pub fn coverage(store: &Store, retention_days: u32, zone: &Zone) -> Coverage {
    let mut kinds = kinds(store, retention_days, zone);
    for kind in &mut kinds {
        overlap(kind);
        cover(kind, zone);
    }
    let from = kinds.iter().flat_map(|kind| &kind.spans).map(|span| span.from).min();
    let to = kinds.iter().flat_map(|kind| &kind.spans).map(|span| span.to).max();
    Coverage { period: from.zip(to), retention_days, kinds }
}

/// The kinds of log and the files of each, earliest first.
fn kinds(store: &Store, retention_days: u32, zone: &Zone) -> Vec<CoverageKind> {
    let mut kinds: BTreeMap<String, CoverageKind> = BTreeMap::new();
    for source in &store.sources {
        let named = named(source);
        for log in &source.logs {
            let Some((from, to)) = covered(&named, log, zone) else { continue };
            let (label, retention_days) = kind(log, retention_days);
            let entry = kinds.entry(label.clone()).or_insert_with(|| CoverageKind {
                kind: label.trim_end_matches(" logs").replace(' ', "-").to_lowercase(),
                label,
                retention_days,
                ..CoverageKind::default()
            });
            let (name, by_name) = (source.name.clone(), (Some(from), Some(to)) != (log.first, log.last));
            entry.spans.push(CoverageSpan { source: source.id, name, records: log.records, from, to, by_name });
            entry.cut_off.extend(cut_off(source, log));
        }
    }
    let mut kinds: Vec<CoverageKind> = kinds.into_values().collect();
    for kind in &mut kinds {
        arrange(&mut kind.spans);
    }
    kinds
}

fn arrange(spans: &mut [CoverageSpan]) {
    spans.arrange_by_key(|span| (span.from, span.to, span.source));
}

/// The directory's audit log, see [`Log`](crate::model::Log).
const AUDIT: &str = "Audit";

/// What a log is called, and how many days it is kept. An audit log that is all of B2C is a kind of
/// its own, as B2C keeps it for a shorter time.
fn kind(log: &LogSpan, retention_days: u32) -> (String, u32) {
    match log.log.as_str() {
        AUDIT if log.is_b2c() => ("B2C audit logs".into(), retention_days.min(B2C_RETENTION)),
        AUDIT => ("Audit logs".into(), retention_days),
        other => (other.to_owned(), retention_days),
    }
}

/// Whole days that no file covers, whatever its kind, between the first and the last: begin and end, ticks.
pub fn uncovered(store: &Store, zone: &Zone) -> Vec<(i64, i64)> {
    let mut spans: Vec<_> = kinds(store, 0, zone).into_iter().flat_map(|kind| kind.spans).collect();
    arrange(&mut spans);
    let mut all = CoverageKind { spans, ..CoverageKind::default() };
    cover(&mut all, zone);
    all.gaps.iter().map(Gap::whole_days).collect()
}

/// Only downloads of the Entra portal have these limits; diagnostic settings and Log Analytics hand out
/// all there is, and Purview has its own ways.
fn cut_off(source: &SourceInfo, log: &LogSpan) -> Option<CutOff> {
    let from_portal =
        !["azure-monitor", "log-analytics", "purview"].iter().any(|other| source.format.starts_with(other));
    let limit = if log.log.contains("sign-in") { SIGN_IN_LIMIT } else { AUDIT_LIMIT };
    let cut = CutOff { source: source.id, name: source.name.clone(), records: log.records, limit };
    (from_portal && log.records >= limit).then_some(cut)
}

/// Finds the time that two files cover.
fn overlap(kind: &mut CoverageKind) {
    for (at, span) in kind.spans.iter().enumerate() {
        let later = kind.spans[at + 1..].iter().take_while(|other| other.from <= span.to);
        kind.overlaps.extend(later.map(|other| Overlap {
            sources: [span.source, other.source],
            from: other.from,
            to: span.to.min(other.to),
        }));
    }
}

/// Finds what the files cover together, the gaps between, and when to export again.
fn cover(kind: &mut CoverageKind, zone: &Zone) {
    let midnight = |ticks: i64| {
        let local = ticks + zone.offset(ticks);
        local.div_euclid(DAY) * DAY
    };
    for span in &kind.spans {
        match kind.covered.last_mut() {
            Some((_, to)) if span.from <= to.saturating_add(1) => *to = span.to.max(*to),
            Some((_, to)) => {
                let (after, before) = (midnight(*to), midnight(span.from));
                let days = ((before - after) / DAY - 1).max(0) as u32;
                if days > 0 {
                    kind.gaps.push(Gap { after: zone.to_utc(after), before: zone.to_utc(before), days });
                }
                kind.covered.push((span.from, span.to));
            }
            None => kind.covered.push((span.from, span.to)),
        }
    }
    kind.next_export_by = kind.covered.last().map(|(_, to)| to + i64::from(kind.retention_days) * DAY);
}
