//! The invented tenant: what is found in it is counted, so that a change of a rule shows.
//! `docs/findings.md` explains each finding that means nothing.

use crate::{found, listed, load};
use guestlens_core::sample;
use std::collections::BTreeMap;

#[test]
fn the_sample_tenant_has_these_findings() {
    let files: Vec<_> = sample::files(sample::SEED).into_iter().map(|file| (file.name, file.bytes)).collect();
    let engine = load(&files);
    let found = found(&engine, &[]);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &found.findings {
        println!("{} [{}] {} {}", finding.rule.id, finding.level.id(), finding.sentence, finding.caution);
        *counts.entry(finding.rule.id).or_default() += 1;
    }
    println!("{counts:?}");
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
