//! Interactive reports: what was packed is what is opened, and what was changed on the way is noticed.

mod reports;

use guestlens_core::{
    engine::Engine,
    model::{Column, EntityKind},
    protocol::{Ask, ExportFormat, Query, ViewRequest},
    redact::{Key, Network, Policy, Precision, ShareLevel, redact},
    share::{self, Form, ShareRequest, interactive, verify},
    store::{ProblemKind, SourceState, Store},
    time::Zone,
};
use reports::{PAGE, sample_engine};

fn request(policy: Policy) -> ShareRequest {
    ShareRequest { form: Form::Interactive, policy, ..ShareRequest::default() }
}

fn base64(text: &str) -> Vec<u8> {
    let value =
        |byte: u8| "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".find(byte as char).unwrap();
    let mut bytes = Vec::new();
    for four in text.trim_end_matches('=').as_bytes().chunks(4) {
        let bits = four.iter().fold(0, |bits, byte| bits << 6 | value(*byte)) << (6 * (4 - four.len()));
        bytes.extend_from_slice(&(bits as u32).to_be_bytes()[1..four.len()]);
    }
    bytes
}

fn to_base64(bytes: &[u8]) -> String {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let four = |three: &[u8]| {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        let digit = |place: usize| char::from(digits[(bits >> (18 - 6 * place) & 63) as usize]);
        (0..4).map(|place| if place <= three.len() { digit(place) } else { '=' }).collect::<String>()
    };
    bytes.chunks(3).map(four).collect()
}

fn data(report: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(report).unwrap();
    let (before, rest) = text.split_once(interactive::OPEN).unwrap();
    let (data, after) = rest.split_once(interactive::CLOSE).unwrap();
    assert_eq!(format!("{before}{after}").as_bytes(), PAGE, "the page is as it was");
    base64(data)
}

fn opened(data: &[u8]) -> Engine {
    let mut engine = Engine::default();
    let id = engine.open("report", data.len() as u64);
    engine.mark_report(id);
    data.chunks(1000).for_each(|piece| engine.feed(id, piece));
    engine.end(id);
    engine
}

/// Everything that a store says of events and rows, as exports of them.
fn said(store: &Store) -> (Vec<u8>, Vec<String>) {
    let all: Vec<u32> = (0..store.len() as u32).collect();
    let mut rows = Vec::new();
    for kind in EntityKind::ALL.iter().copied() {
        let table = store.entities(kind);
        for row in table.rows() {
            let sources: Vec<u32> = store.entity_table(kind).sources_of(row).collect();
            let mut line = format!("{kind:?} {sources:?}");
            for attribute in guestlens_core::model::Attribute::ALL.iter().copied() {
                line.extend(["|", &table.text(row, attribute), &format!(" {:?}", table.time(row, attribute))]);
            }
            for list in guestlens_core::model::List::ALL.iter().copied() {
                for item in table.list(row, list) {
                    for column in guestlens_core::model::ItemColumn::ALL.iter().copied() {
                        line.extend(["|", &table.item_text(item, column)]);
                    }
                }
            }
            rows.push(line);
        }
    }
    (guestlens_core::export::export(store, &all, ExportFormat::JsonLines, &[]), rows)
}

#[test]
fn what_is_opened_is_what_was_packed() {
    let mut engine = sample_engine();
    for policy in [Policy::default(), Policy::of(ShareLevel::Team), Policy::partner("fabrikam.example")] {
        let sharing = engine.share(&request(policy.clone()), &[7; 32], PAGE);
        let redacted = redact(engine.store(), &policy, &Key::new(&[7; 32]));
        let (events, name) = (redacted.len(), sharing.shared.name.clone());
        assert_eq!(name, format!("guestlens-{}-report.html", policy.level.id()));
        let report = opened(&data(&sharing.report));
        let facts = report.opened_report().unwrap();
        assert_eq!(facts.certificate.level, policy.level.label());
        assert_eq!(facts.sha256, verify::sha256(&data(&sharing.report)));
        assert_eq!((report.store().len(), report.store().rounding), (events, policy.time.step()));
        // The events as the report of the same redaction in another form has them.
        let (json, rows) = said(report.store());
        assert_eq!(json, share::events(&redacted, ExportFormat::JsonLines));
        assert!(rows.len() > 20 || policy.level == ShareLevel::Partner, "{}", rows.len());
        let (again, _) = Store::unpack(&report.store().pack(b"{}")).unwrap();
        assert_eq!(said(&again), (json, rows));
        assert_eq!(again.pack(b"{}"), report.store().pack(b"{}"));
        assert!(report.store().sources.iter().all(|source| source.state == SourceState::Done));
        assert_eq!(report.store().problems.list(), engine.store().problems.list());
    }
}

#[test]
fn a_report_answers_like_what_it_was_made_of() {
    let mut engine = sample_engine();
    let sharing = engine.share(&request(Policy::default()), &[7; 32], PAGE);
    let mut report = opened(&data(&sharing.report));
    let guests = |guests_only: bool| Ask {
        query: Query { guests_only, ..Query::default() },
        view: ViewRequest::Overview,
        facets: vec![guestlens_core::model::Field::Activity],
        facet_text: Vec::new(),
        stack: None,
        zone: Zone::default(),
        bins: 50,
    };
    for guests_only in [false, true] {
        let (own, shared) = (engine.ask(1, &guests(guests_only)), report.ask(1, &guests(guests_only)));
        assert_eq!((own.total, own.matching), (shared.total, shared.matching));
        assert!(shared.matching > 10);
        assert_eq!(own.facets[0].values.len(), shared.facets[0].values.len());
    }
}

#[test]
fn a_report_of_a_selection_holds_it_alone() {
    let mut engine = sample_engine();
    let query = Query { guests_only: true, ..Query::default() };
    let sharing = engine.share(&ShareRequest { selection: Some(query), ..request(Policy::default()) }, &[7; 32], PAGE);
    let report = opened(&data(&sharing.report));
    let (of, all) = sharing.shared.events;
    assert!(of > 0 && of < all);
    assert_eq!(report.store().len() as u64, of);
    assert!(report.store().guest.iter().all(|guest| *guest));
}

#[test]
fn what_was_changed_is_noticed() {
    let mut engine = sample_engine();
    let policy = Policy { network: Network::Small, ..Policy::default() };
    let sharing = engine.share(&request(policy.clone()), &[7; 32], PAGE);
    let known = verify::Identifiers::from_bytes(&sharing.known).unwrap();
    let step = policy.time.step();
    let verdict = |bytes: &[u8], page: &[u8], step| {
        verify::verify_interactive(bytes, &sharing.shared.name, &known, (page, step), &mut |_, _| {})
    };
    let clean = verdict(&sharing.report, PAGE, step);
    assert!(clean.is_clean(), "{:#?}", clean.hits);
    assert_eq!(clean.data, verify::sha256(&data(&sharing.report)));
    // Times that are finer than the report says, another page, and no page.
    assert!(!verdict(&sharing.report, PAGE, 7 * Precision::Day.step()).is_clean());
    let other = [&b"<!doctype html>\n<html><body>\n<iframe id=\"app\"> </iframe>\n</body></html>\n"[..], b""];
    assert!(other.iter().all(|page| !verdict(&sharing.report, page, step).is_clean()));
    assert!(!verdict(&[&sharing.report[..], b"dana"].concat(), PAGE, step).is_clean());
    assert!(!verdict(PAGE, PAGE, step).is_clean());

    // Something more, or something else, in the data.
    let packed = {
        use std::io::Read;
        let data = data(&sharing.report);
        let mut packed = Vec::new();
        flate2::read::GzDecoder::new(data.as_slice()).read_to_end(&mut packed).unwrap();
        packed
    };
    let report_of = |packed: &[u8], behind: &[u8]| {
        use std::io::Write;
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(packed).unwrap();
        let data = [gzip.finish().unwrap(), behind.to_vec()].concat();
        let text = to_base64(&data);
        let (before, after) = std::str::from_utf8(PAGE).unwrap().split_once("<iframe").unwrap();
        format!("{before}{}{text}{}<iframe{after}", interactive::OPEN, interactive::CLOSE).into_bytes()
    };
    assert!(verdict(&report_of(&packed, b""), PAGE, step).is_clean());
    assert!(!verdict(&report_of(&packed, b"dana"), PAGE, step).is_clean());
    assert!(!verdict(&report_of(&[&packed[..], b"dana"].concat(), b""), PAGE, step).is_clean());
    let store = engine.store();
    let actors = (0..store.len()).map(|event| store.text(event, Column::ActorUpn).into_owned());
    let guest = actors.into_iter().find(|actor| actor.contains('@')).unwrap();
    let section = |content: &[u8]| {
        let mut head = vec![b'N', 99, 0, 0, 1, 255, 0, 0];
        head.extend_from_slice(&(content.len() as u32).to_le_bytes());
        head.extend_from_slice(&(content.len() as u32).to_le_bytes());
        [&packed[..], &head, content].concat()
    };
    assert!(verdict(&report_of(&section(&[0; 50]), b""), PAGE, step).is_clean());
    assert!(!verdict(&report_of(&section(guest.as_bytes()), b""), PAGE, step).is_clean());

    // Whatever is done to the bytes, opening them neither stops the program nor invents a store of another size.
    let mut state = 5_u64;
    for _ in 0..100 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut bad = packed.clone();
        let at = (state >> 33) as usize % bad.len();
        match state % 3 {
            0 => bad[at] ^= 1 << (state >> 60 & 7),
            1 => bad.truncate(at),
            _ => bad.insert(at, (state >> 20) as u8),
        }
        if let Some((store, _)) = Store::unpack(&bad) {
            let _ = (said(&store), store.heap_bytes());
        }
    }
    assert!(Store::unpack(&packed[..packed.len() - 1]).is_none() && Store::unpack(b"").is_none());
    let broken = opened(b"not gzip");
    assert!(broken.opened_report().is_none());
    assert_eq!(broken.store().problems.list()[0].kind, ProblemKind::BadReport);
}

#[test]
fn rules_that_need_finer_times_say_so() {
    use guestlens_core::{
        derived::{Derived, Memory},
        findings::{Status, find},
    };
    let mut engine = sample_engine();
    let lacking = |store: &Store| -> Vec<&'static str> {
        let mut memory = Memory::default();
        memory.refresh(store);
        let found = find(&Derived::new(store, &memory), &std::collections::BTreeMap::new(), &Zone::default());
        let is_lacking =
            |status: &Status| matches!(status, Status::Lacking(why) if why.contains("finer than the rounded ones"));
        found.outcomes.iter().filter(|outcome| is_lacking(&outcome.status)).map(|outcome| outcome.rule.id).collect()
    };
    assert!(lacking(engine.store()).is_empty());
    let mut of = |time: Precision| {
        let sharing = engine.share(&request(Policy { time, ..Policy::default() }), &[7; 32], PAGE);
        lacking(opened(&data(&sharing.report)).store())
    };
    assert_eq!(of(Precision::Exact), Vec::<&str>::new());
    assert_eq!(of(Precision::Hour), ["U07"]);
    assert_eq!(of(Precision::Day), ["U07", "U12", "U21", "U24", "U31", "U33", "U35"]);
    assert!(of(Precision::Week).contains(&"U22"));
    // The views say so as well.
    let sharing = engine.share(&request(Policy::default()), &[7; 32], PAGE);
    let ask = Ask {
        query: Query::default(),
        view: ViewRequest::Overview,
        facets: Vec::new(),
        facet_text: Vec::new(),
        stack: None,
        zone: Zone::default(),
        bins: 50,
    };
    let overview = |engine: &mut Engine| format!("{:?}", engine.ask(1, &ask).report);
    assert!(overview(&mut engine).contains("Heatmap"));
    let shared = overview(&mut opened(&data(&sharing.report)));
    assert!(!shared.contains("Heatmap") && shared.contains("rounded-hours"));
}
