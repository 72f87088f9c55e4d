//! Findings over whole cases: the worked case exactly, every sample without a panic, the invented tenant
//! with every finding that means nothing explained.

use guestlens_core::{
    derived::{Derived, Memory},
    engine::Engine,
    findings::{Found, find},
    sample,
    time::Zone,
};
use std::{collections::BTreeMap, fs, path::PathBuf};

fn load(files: &[(String, Vec<u8>)]) -> Engine {
    let mut engine = Engine::default();
    for (name, bytes) in files {
        let id = engine.open(name, bytes.len() as u64);
        engine.feed(id, bytes);
        engine.end(id);
    }
    engine
}

fn found(engine: &Engine, params: &[(&str, &str)]) -> Found {
    let memory = Memory::default();
    let params: BTreeMap<String, String> =
        params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    find(&Derived::new(engine.store(), &memory), &params, &Zone { name: "UTC".into(), offsets: Vec::new() })
}

fn shared(name: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(name);
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return None;
    }
    Some(folder)
}

fn print(found: &Found) {
    for outcome in &found.outcomes {
        println!("{} {:?} {} {:?}", outcome.rule.id, outcome.status, outcome.findings.len(), outcome.notes);
    }
    for finding in &found.findings {
        println!(
            "{} {} [{}] {} ({}) {}",
            finding.rule.id,
            finding.level.id(),
            finding.subject.name,
            finding.sentence,
            finding.inviter,
            finding.caution
        );
    }
}

#[test]
fn worked() {
    let Some(folder) = shared("fixture") else { return };
    let names = [
        "audit-A-2026-06-01_06-15.json",
        "audit-B-2026-06-10_06-30.json",
        "audit-C-2026-07-05_07-10.json",
        "users.json",
    ];
    let files: Vec<_> = names.iter().map(|name| ((*name).to_owned(), fs::read(folder.join(name)).unwrap())).collect();
    print(&found(&load(&files), &[]));
}

#[test]
fn tenant() {
    let files: Vec<_> = sample::files(sample::SEED).into_iter().map(|file| (file.name, file.bytes)).collect();
    print(&found(&load(&files), &[]));
}
