//! Redaction over the invented tenant.

#[cfg(test)]
use super::*;
use crate::{
    engine::Engine,
    model::{Column, Domain},
    sample,
    time::DAY,
};
use std::collections::{HashMap, HashSet};

fn sample_engine() -> Engine {
    let mut engine = Engine::default();
    for file in sample::files(sample::SEED).into_iter().filter(|file| file.bytes.len() < 1_500_000) {
        let id = engine.open(&file.name, file.bytes.len() as u64);
        engine.feed(id, &file.bytes);
        engine.end(id);
    }
    engine
}

fn texts(redacted: &RedactedStore, domain: Domain) -> Vec<String> {
    let mut all = Vec::new();
    redacted.store().dictionary(domain).for_each(|_, text| all.push(String::from_utf8_lossy(text).into_owned()));
    all
}

#[test]
fn everybody_has_one_label_everywhere() {
    let engine = sample_engine();
    let store = engine.store();
    let (policy, key) = (Policy::default(), Key::new(&[9; 32]));
    let redacted = redact(store, &policy, &key);
    let mut memory = Memory::default();
    memory.refresh(store);
    let identity = Derived::new(store, &memory).get::<Identity>();
    let new = redacted.store();
    assert_eq!(new.len(), store.len());
    let mut labels: HashMap<u32, String> = HashMap::new();
    for event in 0..store.len() {
        let Some(person) = identity.actor(event) else { continue };
        let label = new.text(event, Column::Actor).into_owned();
        let known = labels.entry(person).or_insert_with(|| label.clone());
        assert_eq!(*known, label);
        let address = new.text(event, Column::ActorUpn).into_owned();
        assert!(address.is_empty() || address.split('@').next() == Some(label.as_str()), "{address} {label}");
        let id = new.text(event, Column::ActorId).into_owned();
        assert!(id.is_empty() || id == label, "{id} {label}");
    }
    let different: HashSet<&String> = labels.values().collect();
    assert_eq!(different.len(), labels.len());
    assert!(labels.len() > 40, "{}", labels.len());
    // The same key gives the same labels, another key none of them.
    let labels_of = |key: [u8; 32]| -> HashSet<String> {
        redact(store, &policy, &Key::new(&key)).labels().iter().map(|label| label.label.clone()).collect()
    };
    assert_eq!(labels_of([9; 32]), labels_of([9; 32]));
    assert_eq!(labels_of([9; 32]).intersection(&labels_of([8; 32])).count(), 0);
}

#[test]
fn codes_follow_the_labels_and_times_their_precision() {
    let engine = sample_engine();
    let redacted = redact(engine.store(), &Policy::default(), &Key::new(&[9; 32]));
    for domain in [Domain::Principal, Domain::Upn, Domain::ObjectId, Domain::Name] {
        let all = texts(&redacted, domain);
        assert!(all.is_sorted(), "{domain:?}");
        assert!(all.len() > 5, "{domain:?}");
    }
    let store = redacted.store();
    assert!(store.time.iter().all(|ticks| ticks % DAY == 0));
    assert!(texts(&redacted, Domain::EventId).len() == 1 && texts(&redacted, Domain::ExtraValue).len() == 1);
    let lengths: HashSet<usize> = texts(&redacted, Domain::Principal)
        .iter()
        .filter_map(|text| text.strip_prefix("guest-").map(str::len))
        .collect();
    assert_eq!(lengths.len(), 1, "{lengths:?}");
    let policy = Policy { time: Precision::Week, network: Network::Small, ..Policy::default() };
    let redacted = redact(engine.store(), &policy, &Key::new(&[9; 32]));
    let monday = |ticks: &i64| crate::time::hour_and_weekday(*ticks) == (0, 0);
    assert!(redacted.store().time.iter().all(monday));
    let networks = texts(&redacted, Domain::IpAddress);
    assert!(
        networks.len() > 2 && networks.iter().skip(1).all(|text| text.ends_with("/24") || text.ends_with("/48")),
        "{networks:?}"
    );
}

#[test]
fn a_dictionary_attack_without_the_key_finds_nobody() {
    let engine = sample_engine();
    let store = engine.store();
    let redacted = redact(store, &Policy::default(), &Key::new(&[9; 32]));
    let labels: HashSet<String> =
        redacted.labels().iter().filter_map(|label| label.label.split('-').nth(1).map(str::to_owned)).collect();
    let length = labels.iter().next().unwrap().len();
    let guesses = [Key::new(&[0; 32]), Key::new(&[1; 32])];
    let (mut tried, mut broken) = (0, 0);
    for domain in [Domain::Upn, Domain::ObjectId, Domain::Name] {
        store.dictionary(domain).for_each(|_, text| {
            let text = String::from_utf8_lossy(text).to_lowercase();
            let hash = crate::share::verify::sha256(text.as_bytes());
            let mut candidates = vec![hash[..length].to_owned(), hash[hash.len() - length..].to_owned()];
            for kind in ["person", "guest", ""] {
                candidates.extend(guesses.iter().map(|key| key::shown(&key.digits(kind, &text)[..length]).to_owned()));
            }
            tried += candidates.len();
            broken += candidates.iter().filter(|guess| labels.contains(*guess)).count();
        });
    }
    // Labels are short, so some guesses meet some label by chance: as many as random ones would.
    let chance = tried as f64 * labels.len() as f64 / 32_f64.powi(length as i32);
    assert!((broken as f64) < chance * 3.0 + 3.0, "{broken} of {tried}, by chance {chance:.1}");
}

#[test]
fn a_partner_sees_its_own_guests_and_nobody_else() {
    let engine = sample_engine();
    let store = engine.store();
    let redacted = redact(store, &Policy::partner("Fabrikam.example"), &Key::new(&[9; 32]));
    let addresses = texts(&redacted, Domain::Upn);
    assert!(addresses.iter().filter(|text| text.ends_with("@fabrikam.example")).count() > 3, "{addresses:?}");
    assert!(
        addresses.iter().all(|text| text.is_empty() || text == "not shared" || text.ends_with("@fabrikam.example"))
    );
    assert!(!redacted.store().is_empty() && redacted.store().len() < store.len());
    let people = redacted.store().entities(crate::model::EntityKind::Person).len();
    assert!(people > 0 && people < store.entities(crate::model::EntityKind::Person).len());
    // Nobody's guests: nothing.
    let nobody = redact(store, &Policy::partner("nobody.example"), &Key::new(&[9; 32]));
    assert!(nobody.store().is_empty() && nobody.store().entity_count() == 0);
    assert!(redact(store, &Policy::partner(""), &Key::new(&[9; 32])).store().is_empty());
}

#[test]
fn a_team_gets_what_is_there() {
    let engine = sample_engine();
    let store = engine.store();
    let redacted = redact(store, &Policy::of(ShareLevel::Team), &Key::new(&[9; 32]));
    assert_eq!(redacted.store().time, store.time);
    for event in (0..store.len()).step_by(37) {
        for column in Column::ALL {
            assert_eq!(redacted.store().text(event, *column), store.text(event, *column));
        }
    }
}
