//! Reports on the invented tenant: every level in every form, read again by the verification.

mod reports;

use guestlens_core::{
    redact::{Key, Policy, RedactedStore, ShareLevel, redact},
    report::View,
    share::{self, Composition, Form, KeyFile, Section, verify::Identifiers},
    time::Zone,
};
use reports::{PAGE, identity, read_again, sample_engine};
use std::collections::HashSet;

fn composition() -> Composition {
    let views = View::ALL.iter().filter(|view| !matches!(view, View::Groups | View::Sources));
    Composition {
        title: "Guests in June".into(),
        purpose: "For the yearly audit".into(),
        day: "1 July 2026".into(),
        sections: views
            .map(|view| Section { view: *view, note: "See the figures.".into(), ..Section::default() })
            .collect(),
        zone: Zone::default(),
    }
}

fn policies() -> Vec<Policy> {
    let mut all: Vec<Policy> = [ShareLevel::Auditor, ShareLevel::Board].map(Policy::of).into();
    all.push(Policy::partner("fabrikam.example"));
    all
}

fn write(redacted: &RedactedStore, composition: &Composition, form: Form) -> share::Written {
    share::write(redacted, composition, form, 1000, PAGE)
}

#[test]
fn every_level_in_every_form_is_clean() {
    let engine = sample_engine();
    let store = engine.store();
    let who = identity(store);
    for policy in policies() {
        let known = Identifiers::of(store, &who).but(store, &who, &policy);
        let redacted = redact(store, &policy, &Key::new(&[7; 32]));
        for form in Form::ALL.into_iter().filter(|form| form.lacks(policy.level).is_none()) {
            let written = write(&redacted, &composition(), form);
            if let Ok(folder) = std::env::var("GUESTLENS_REPORTS") {
                std::fs::write(std::path::Path::new(&folder).join(&written.name), &written.bytes).unwrap();
            }
            let verdict = read_again(&written, form, &policy, &known);
            let first = &verdict.hits[..verdict.hits.len().min(20)];
            assert!(verdict.is_clean(), "{:?} {form:?}: {} {first:#?}", policy.level, verdict.count);
            assert!(written.bytes.len() > 500, "{:?} {form:?}", policy.level);
        }
    }
}

#[test]
fn a_name_in_the_title_or_a_note_stops_the_report() {
    let engine = sample_engine();
    let store = engine.store();
    let who = identity(store);
    let policy = Policy::default();
    let known = Identifiers::of(store, &who).but(store, &who, &policy);
    let redacted = redact(store, &policy, &Key::new(&[7; 32]));
    let guest = who.people().iter().find(|person| person.concerns_guests() && person.name.contains(' ')).unwrap();
    for text in [
        guest.name.clone(),
        guest.mail.to_uppercase(),
        guest.mail.replace('@', "%40"),
        guest.name.split(' ').next_back().unwrap().to_owned(),
        guest.mail.replace('@', "_"),
        guest.id.replace('-', ""),
    ] {
        let sections = vec![Section { view: View::Coverage, ..Section::default() }];
        let in_title = Composition { title: text.clone(), sections: sections.clone(), ..composition() };
        let in_note = Composition {
            sections: vec![Section { note: format!("Ask {text} about it."), ..sections[0].clone() }],
            ..composition()
        };
        for composition in [in_title, in_note] {
            for form in [Form::Html, Form::Markdown, Form::Interactive] {
                let written = write(&redacted, &composition, form);
                let verdict = read_again(&written, form, &policy, &known);
                assert!(!verdict.is_clean(), "{text} in {form:?}");
            }
        }
        assert!(!share::verify::verify(b"nothing", &format!("report {text}.html"), &known).is_clean(), "{text}");
    }
}

#[test]
fn two_reports_share_no_label_and_the_key_file_leads_back() {
    let engine = sample_engine();
    let store = engine.store();
    let key = [7; 32];
    let redacted = redact(store, &Policy::default(), &Key::new(&key));
    let other = redact(store, &Policy::default(), &Key::new(&[8; 32]));
    let labels = |redacted: &RedactedStore| -> HashSet<String> {
        let written = write(redacted, &composition(), Form::Html);
        let text = String::from_utf8(written.bytes).unwrap();
        text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')
            .filter(|word| word.starts_with("guest-") && word.bytes().any(|byte| byte.is_ascii_digit()))
            .map(str::to_owned)
            .collect()
    };
    let (one, two) = (labels(&redacted), labels(&other));
    assert!(one.len() > 10, "{one:?}");
    assert_eq!(one.intersection(&two).count(), 0);
    let file = KeyFile::written(redacted.labels().to_vec(), &key, "abc");
    let read = KeyFile::read(std::str::from_utf8(&file).unwrap()).unwrap();
    assert_eq!((read.key(), read.labels.as_slice()), (Some(key), redacted.labels()));
    let who = identity(store);
    for label in one {
        let found = read.reidentify(&label.to_uppercase()).unwrap_or_else(|| panic!("{label}"));
        assert!(who.find(&found.address).is_some(), "{found:?}");
    }
    assert!(read.reidentify("guest-0000").is_none());
    assert!(KeyFile::read("{}").is_err());
}

#[test]
fn a_board_sees_no_small_count() {
    let engine = sample_engine();
    let redacted = redact(engine.store(), &Policy::of(ShareLevel::Board), &Key::new(&[7; 32]));
    let csv = String::from_utf8(write(&redacted, &composition(), Form::Csv).bytes).unwrap();
    let cells = csv.split(['\n', ',']).map(|cell| cell.trim().trim_matches('"'));
    let counts: Vec<u64> = cells.filter_map(|cell| cell.parse().ok()).collect();
    assert!(counts.len() > 10 && counts.iter().all(|count| *count == 0 || *count >= 5), "{counts:?}");
    assert!(csv.contains("suppressed") && !csv.contains("guest-"));
}

#[test]
fn a_page_has_no_script_and_loads_nothing() {
    let engine = sample_engine();
    let redacted = redact(engine.store(), &Policy::default(), &Key::new(&[7; 32]));
    let page = String::from_utf8(write(&redacted, &composition(), Form::Html).bytes).unwrap();
    for word in ["<script", "<link", "<img", "<iframe", " style=", "javascript:", "url(", " on"] {
        let hit = page.find(word).filter(|at| {
            word != " on"
                || page[at + 3..].starts_with(char::is_alphabetic)
                    && page[*at..].split('>').next().is_some_and(|tag| tag.contains('='))
                    && page[..*at].rfind('<') > page[..*at].rfind('>')
        });
        assert!(hit.is_none(), "{word}: {}", &page[hit.unwrap_or(0)..][..60]);
    }
    // Links lead to parts of the page itself.
    assert!(page.contains("<a href=\"#part-1\">") && page.contains("<section id=\"part-1\">"));
    assert_eq!(page.matches("<a ").count(), page.matches("<a href=\"#part-").count());
    assert!(page.contains("default-src 'none'") && page.contains("<svg") && page.contains("<table"));
}

#[test]
fn pinned_parts_stand_behind_the_views_in_their_order() {
    let engine = sample_engine();
    let store = engine.store();
    let policy = Policy::default();
    let redacted = redact(store, &policy, &Key::new(&[7; 32]));
    let pin =
        |view, only: &str, note: &str| Section { view, only: only.into(), note: note.into(), ..Section::default() };
    let event = store.len() / 2;
    let event = format!("event-{}-{}", store.source.get(event), store.record[event]);
    let sections = vec![
        Section { view: View::Coverage, ..Section::default() },
        pin(View::Events, &event, "This one."),
        pin(View::Requests, "table-requests", ""),
        pin(View::Overview, "chart-events-over-time", ""),
        pin(View::Overview, "chart-nothing", ""),
        pin(View::Events, "event-900-1", ""),
    ];
    let made = share::compose(&redacted, &Composition { sections, ..composition() }, 1000);
    let parts: Vec<_> = made.parts.iter().map(|part| (part.title.as_str(), part.blocks.len())).collect();
    assert_eq!(parts[0].0, "Coverage");
    assert!(parts[1].0 == "Event" && parts[1].1 > 4 && made.parts[1].note == "This one.", "{parts:?}");
    assert_eq!(parts[2..6], [("Requests", 1), ("Overview", 1), ("Overview", 1), ("Event", 1)]);
    let words = |at: usize| serde_json::to_string(&made.parts[at].blocks).unwrap();
    assert!(
        words(2).contains("\"requests\"") && words(4).contains("does not leave") && words(5).contains("does not leave")
    );
    // It is the same event: what may be told of it is told as it is.
    assert!(redacted.place_of(store.len() / 2).is_some());
    let activity = store.text(store.len() / 2, guestlens_core::model::Column::Activity).into_owned();
    assert!(words(1).contains(&activity), "{activity}");
    let who = identity(store);
    let known = Identifiers::of(store, &who).but(store, &who, &policy);
    for form in [Form::Html, Form::Markdown, Form::Json, Form::Xlsx] {
        let sections = vec![pin(View::Events, &event, ""), pin(View::Requests, "table-requests", "")];
        let written = write(&redacted, &Composition { sections, ..composition() }, form);
        let verdict = read_again(&written, form, &policy, &known);
        assert!(verdict.is_clean(), "{form:?} {:#?}", verdict.hits);
    }
    // A name in the note on a pin stops the report like any other.
    let guest = who.people().iter().find(|person| person.concerns_guests() && person.name.contains(' ')).unwrap();
    let sections = vec![pin(View::Requests, "table-requests", &guest.name)];
    let written = write(&redacted, &Composition { sections, ..composition() }, Form::Html);
    assert!(!read_again(&written, Form::Html, &policy, &known).is_clean());
}
