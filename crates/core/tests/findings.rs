//! Findings over whole cases: the worked case exactly, every sample without a panic, the invented tenant
//! counted, and the view that shows them.

#[path = "findings/case.rs"]
mod case;
#[path = "findings/tenant.rs"]
mod tenant;
#[path = "findings/view.rs"]
mod view;

use guestlens_core::{
    derived::{Derived, Memory},
    engine::Engine,
    findings::{Found, find},
    time::Zone,
};
use std::{collections::BTreeMap, env, path::PathBuf};

fn load(files: &[(String, Vec<u8>)]) -> Engine {
    let mut engine = Engine::default();
    for (name, bytes) in files {
        let id = engine.open(name, bytes.len() as u64);
        engine.feed(id, bytes);
        engine.end(id);
    }
    engine
}

fn utc() -> Zone {
    Zone { name: "UTC".into(), offsets: Vec::new(), ..Zone::default() }
}

fn found(engine: &Engine, params: &[(&str, &str)]) -> Found {
    let memory = Memory::default();
    let params: BTreeMap<String, String> =
        params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    find(&Derived::new(engine.store(), &memory), &params, &utc())
}

/// Rule, level and subject of each finding that is not expected, in their order.
fn listed(found: &Found) -> Vec<String> {
    let open = found.findings.iter().filter(|finding| finding.expected.is_none());
    open.map(|finding| format!("{} {} {}", finding.id, finding.level.id(), finding.subject.name)).collect()
}

/// A folder beside the workspace, or in the one that `GUESTLENS_SHARED` names.
fn shared(folder: &str) -> Option<PathBuf> {
    let beside = || [env!("CARGO_MANIFEST_DIR"), "..", "..", "..", "shared"].iter().collect();
    let path = env::var_os("GUESTLENS_SHARED").map_or_else(beside, PathBuf::from).join(folder);
    if !path.is_dir() {
        println!("skipped: there is no {folder} beside the repository");
        return None;
    }
    Some(path)
}
