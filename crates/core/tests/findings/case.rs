//! The worked case, which stands beside the repository and not in it.

use crate::{found, listed, load, shared};
use guestlens_core::{engine::Engine, findings::Status};
use std::fs;

const AUDIT: [&str; 3] =
    ["audit-A-2026-06-01_06-15.json", "audit-B-2026-06-10_06-30.json", "audit-C-2026-07-05_07-10.json"];

pub fn case(names: &[&str]) -> Option<Engine> {
    let folder = shared("fixture")?;
    let files: Vec<_> = names.iter().map(|name| ((*name).to_owned(), fs::read(folder.join(name)).unwrap())).collect();
    Some(load(&files))
}

const FOUND: [&str; 17] = [
    "U12 high mallory@evil.example",
    "U08 high mallory@evil.example",
    "U07 medium mallory@evil.example",
    "U11 medium mallory@evil.example",
    "U01 medium ivan@contoso.com",
    "U03 medium megan@contoso.com",
    "U14 medium Evil Example",
    "U13 medium Mail Merge Pro",
    "U15 medium Partners - all",
    "U16 medium Quarterly guests",
    "U31 medium dana@fabrikam.example",
    "U05 medium tess@fabrikam.example",
    "U35 low ivan@contoso.com",
    "U35 low megan@contoso.com",
    "U26 low eli@fabrikam.example",
    "U25 low eli@fabrikam.example",
    "U31 low pia@woodgrove.example",
];

#[test]
fn the_worked_case_has_these_findings_and_no_other() {
    let Some(engine) = case(&AUDIT) else { return };
    let found = found(&engine, &[]);
    assert_eq!(listed(&found), FOUND);
    // Evidence: the exact events.
    let of = |rule: &str| found.findings.iter().find(|finding| finding.id == rule).unwrap();
    let counts = ["U07", "U08", "U11", "U12", "U01", "U31"].map(|rule| of(rule).events.len());
    assert_eq!(counts, [3, 1, 1, 3, 1, 3]);
    assert!(of("U07").sentence.contains("after 6 minutes") && of("U07").sentence.contains("40 minutes"));
    assert!(of("U12").sentence.contains("deleted 11 hours later by alex@contoso.com"));
    assert!(of("U11").sentence.contains("the role Reader of Payroll by ivan@contoso.com"));
    assert_eq!(of("U07").inviter, "ivan@contoso.com");
    // Scenario 6: the baseline is short, and the finding says so.
    assert_eq!(of("U01").caution, "Short baseline: of the 14 days before, the loaded logs cover 9 days 13 hours.");
}

#[test]
fn what_was_not_looked_at_is_told_apart_from_what_is_clear() {
    let Some(engine) = case(&AUDIT) else { return };
    let found = found(&engine, &[]);
    let status = |rule: &str| &found.outcomes.iter().find(|outcome| outcome.rule.id == rule).unwrap().status;
    for rule in ["U20", "U21", "U22", "U23"] {
        assert_eq!(*status(rule), Status::Lacking("sign-in logs".into()), "{rule}");
    }
    for rule in ["U04", "U06", "U17", "U18", "U19", "U36"] {
        assert_eq!(*status(rule), Status::Clear, "{rule}");
    }
    let lacking = ["U02", "U09", "U10", "U24", "U27", "U29", "U30"];
    assert!(lacking.iter().all(|rule| status(rule).id() == "lacking"));
}

#[test]
fn users_add_sponsors_and_those_who_never_came() {
    let names = [AUDIT[0], AUDIT[1], AUDIT[2], "users.json"];
    let Some(engine) = case(&names) else { return };
    let found = found(&engine, &[]);
    let of = |rule: &str| {
        let mut all: Vec<_> = listed(&found).into_iter().filter(|line| line.starts_with(rule)).collect();
        all.sort_unstable();
        all
    };
    assert_eq!(
        of("U27"),
        ["U27 low failonly@tailspin.example", "U27 low never@tailspin.example", "U27 low old@fabrikam.example"]
    );
    assert_eq!(of("U26"), ["U26 low eli@fabrikam.example", "U26 low never@tailspin.example"]);
    // On dana nothing but the stuck request.
    let dana: Vec<_> = listed(&found).into_iter().filter(|line| line.ends_with("dana@fabrikam.example")).collect();
    assert_eq!(dana, ["U31 medium dana@fabrikam.example"]);
}

#[test]
fn what_the_reader_sets_shows_at_once() {
    let Some(engine) = case(&AUDIT) else { return };
    let count = |params: &[(&str, &str)], rule: &str| {
        let all = listed(&found(&engine, params));
        all.iter().filter(|line| line.starts_with(rule)).count()
    };
    assert_eq!(count(&[("U12.hours", "10")], "U12"), 0);
    assert_eq!(count(&[("U07.redeem", "5")], "U07"), 0);
    assert_eq!(count(&[("U01.least", "10")], "U01"), 0);
    assert_eq!(count(&[("approved-inviters", "adele@contoso.com")], "U02"), 1);
    assert_eq!(count(&[("approved-groups", "Marketing")], "U09"), 1);
    assert_eq!(count(&[("approved-groups", "Project Falcon")], "U09"), 0);
    assert_eq!(count(&[("governed-groups", "Project Falcon")], "U10"), 1);
    assert_eq!(count(&[("U11.members", "1")], "U11"), 1);
    // Out of bounds is the nearest bound.
    assert_eq!(count(&[("U12.hours", "-5")], "U12"), 0);
    let marked = found(&engine, &[("expected.U13.app:mail merge pro", "Agreed")]);
    assert_eq!(marked.findings.last().unwrap().expected.as_deref(), Some("Agreed"));
    assert_eq!(listed(&marked).len(), 16);
    let domain = found(&engine, &[("expected.U31.domain:fabrikam.example", "Agreed")]);
    assert_eq!(domain.findings.last().unwrap().subject.name, "dana@fabrikam.example");
}

#[test]
fn no_sample_makes_a_rule_panic() {
    fn walk(folder: &std::path::Path, files: &mut Vec<std::path::PathBuf>) {
        for path in fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
            if path.is_dir() { walk(&path, files) } else { files.push(path) }
        }
    }
    let Some(folder) = shared("samples") else { return };
    let mut paths = Vec::new();
    walk(&folder, &mut paths);
    paths.sort();
    let files: Vec<(String, Vec<u8>)> = paths
        .iter()
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap()))
        .collect();
    let everything = [
        ("approved-inviters", "nobody@contoso.example"),
        ("approved-groups", "nothing"),
        ("governed-groups", "nothing"),
        ("approved-domains", "contoso.example"),
    ];
    for file in &files {
        let one = load(std::slice::from_ref(file));
        assert_eq!(found(&one, &everything).outcomes.len(), 36, "{}", file.0);
    }
    let all = found(&load(&files), &everything);
    let lacking = all.outcomes.iter().filter(|outcome| outcome.status.id() == "lacking").count();
    println!("{} findings in {} samples, {lacking} rules lack data", all.findings.len(), files.len());
    assert!(!all.findings.is_empty() && lacking < 8);
}
