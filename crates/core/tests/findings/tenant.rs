//! The invented tenant: what is found in it is counted, so that a change of a rule shows.
//! `docs/findings.md` explains each finding that means nothing.

use crate::{found, listed, load};
use guestlens_core::sample;
use std::collections::BTreeMap;

/// Findings of each rule by default settings.
const COUNTS: [(&str, usize); 31] = [
    ("U01", 7),
    ("U03", 1),
    ("U04", 1),
    ("U05", 1),
    ("U07", 1),
    ("U08", 1),
    ("U10", 7),
    ("U11", 1),
    ("U12", 1),
    ("U13", 1),
    ("U14", 1),
    ("U15", 1),
    ("U16", 1),
    ("U17", 1),
    ("U18", 1),
    ("U19", 1),
    ("U21", 1),
    ("U22", 1),
    ("U23", 1),
    ("U24", 1),
    ("U25", 4),
    ("U26", 12),
    ("U27", 14),
    ("U28", 3),
    ("U29", 10),
    ("U30", 3),
    ("U31", 14),
    ("U32", 1),
    ("U34", 1),
    ("U35", 4),
    ("U36", 1),
];

#[test]
fn the_sample_tenant_has_these_findings() {
    let files: Vec<_> = sample::files(sample::SEED).into_iter().map(|file| (file.name, file.bytes)).collect();
    let engine = load(&files);
    let found = found(&engine, &[]);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &found.findings {
        *counts.entry(&*finding.id).or_default() += 1;
    }
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), COUNTS);
    let of = |subject: &str| {
        let mut all: Vec<_> = listed(&found).into_iter().filter(|line| line.ends_with(subject)).collect();
        all.sort_unstable();
        all
    };
    // Story 2: the suspicious guest leads the list.
    let raven = of("mika.raven@nightowl.example");
    let rules: Vec<&str> = raven.iter().map(|line| &line[..3]).collect();
    assert_eq!(rules, ["U07", "U08", "U11", "U12", "U23", "U24"]);
    // Story 3: the stuck request.
    assert_eq!(of("omar.stein@fabrikam.example"), ["U31 medium omar.stein@fabrikam.example"]);
    // Story 1: a quiet guest is nothing to any rule.
    assert!(of("ines.calder@woodgrove.example").is_empty());
    // Story 4: redeemed in a gap of the audit log; the export of users knows.
    assert!(of("lena.fischer@litware.example").is_empty());
}

#[test]
fn the_page_counts_the_same() {
    let page = include_str!("../../../../docs/findings.md");
    for (rule, count) in COUNTS {
        assert!(page.contains(&format!("| {rule} | {count} | ")), "docs/findings.md on {rule}");
    }
    let all: usize = COUNTS.iter().map(|(_, count)| count).sum();
    assert!(page.contains(&format!("| all | {all} | ")), "docs/findings.md on all {all}");
}
