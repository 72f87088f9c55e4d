//! Reports on the invented tenant are clean; with any step of the redaction left out they are not.

#[cfg(test)]
use super::*;
use crate::{
    derived::{Derived, Memory},
    engine::Engine,
    identity::Identity,
    model::Domain,
    protocol::ExportFormat,
    redact::{Key, Network, Policy, RedactedStore, ShareLevel, Step, Treatment, redact},
    sample, share,
    store::Store,
};
use std::rc::Rc;

fn sample_engine() -> Engine {
    let mut engine = Engine::default();
    // The largest logs are left out: they hold nothing of another kind.
    for file in sample::files(sample::SEED).into_iter().filter(|file| file.bytes.len() < 1_500_000) {
        let id = engine.open(&file.name, file.bytes.len() as u64);
        engine.feed(id, &file.bytes);
        engine.end(id);
    }
    let odd = br#"[{"id":"9d1e4c7a-0000-4000-8000-0f2d4c5b9a2b","activityDateTime":"2026-06-02T08:30:00Z",
        "loggedByService":"Core Directory","category":"UserManagement","activityDisplayName":"Add Zephyrine Quill",
        "result":"success","badge":"Quillish badge of Zed","initiatedBy":{"user":{"displayName":"Zephyrine Quill","userPrincipalName":"zq@quill.example",
        "id":"9d1e4c7a-0000-4000-8000-0f2d4c5b9a2c"}},"targetResources":[],"additionalDetails":[]}]"#;
    let id = engine.open("Quillfeather export.json", odd.len() as u64);
    engine.feed(id, odd);
    engine.end(id);
    engine
}

fn identity(store: &Store) -> Rc<Identity> {
    let mut memory = Memory::default();
    memory.refresh(store);
    Derived::new(store, &memory).get::<Identity>()
}

/// Every text that a report on a store can show.
fn all_texts(redacted: &RedactedStore) -> Vec<u8> {
    let mut bytes = Vec::new();
    for domain in Domain::ALL {
        redacted.store().dictionary(*domain).for_each(|_, text| {
            bytes.extend_from_slice(text);
            bytes.push(b'\n');
        });
    }
    redacted.store().sources.iter().for_each(|source| bytes.extend_from_slice(source.name.as_bytes()));
    bytes
}

fn verdict(store: &Store, policy: &Policy, bytes: impl Fn(&RedactedStore) -> Vec<u8>) -> Verdict {
    let identity = identity(store);
    let redacted = redact(store, policy, &Key::new(&[9; 32]));
    verify(&bytes(&redacted), "report", &Identifiers::of(store, &identity).but(store, &identity, policy))
}

#[test]
fn the_invented_tenant_is_clean_at_every_level() {
    let engine = sample_engine();
    for policy in [
        Policy::of(ShareLevel::Auditor),
        Policy { text: Treatment::Scrub, network: Network::Small, ..Policy::default() },
        Policy { things: Treatment::Keep, ..Policy::default() },
        Policy { domains: Treatment::Drop, network: Network::Large, ..Policy::default() },
        Policy::partner("fabrikam.example"),
    ] {
        let verdict = verdict(engine.store(), &policy, all_texts);
        assert!(verdict.is_clean(), "{policy:?}: {} {:#?}", verdict.count, &verdict.hits[..verdict.hits.len().min(12)]);
        assert!(verdict.identifiers > 1000 && verdict.read > 1_000);
    }
    for format in ExportFormat::ALL {
        let verdict = verdict(engine.store(), &Policy::default(), |redacted| share::events(redacted, format));
        assert!(verdict.is_clean(), "{format:?}: {} {:#?}", verdict.count, &verdict.hits[..verdict.hits.len().min(12)]);
    }
}

#[test]
fn a_step_left_out_is_found() {
    let engine = sample_engine();
    for step in Step::ALL {
        let policy = Policy { without: vec![step], ..Policy::default() };
        let verdict = verdict(engine.store(), &policy, all_texts);
        println!("{step:?} {}", verdict.count);
        assert!(!verdict.is_clean(), "{step:?}");
    }
}
