//! Reports as workbooks, read by a reader that is not ours.

mod reports;

use calamine::{Data, Reader as _, Xlsx};
use guestlens_core::{
    engine::Engine,
    export::xlsx::{self, Cell, Sheet},
    redact::{Key, Policy, RedactedStore, ShareLevel, Step, redact},
    report::View,
    share::{self, Composition, Form, Section, ShareRequest, verify::Identifiers},
};
use reports::{identity, sample_of};
use std::io::Cursor;

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

/// The lines of a sheet.
fn lines(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Vec<Vec<Data>> {
    book.worksheet_range(name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

fn words(line: &[Data]) -> Vec<String> {
    line.iter().map(ToString::to_string).collect()
}

/// The tenant without its larger logs, which hold nothing of another kind.
fn tenant() -> Engine {
    tenant_of(200_000)
}

/// The same with files of less than so many bytes.
fn tenant_of(most: usize) -> Engine {
    let mut engine = sample_of(most);
    // Words that no list knows, in fields that no list knows.
    let odd = br#"[{"id":"9d1e4c7a-0000-4000-8000-0f2d4c5b9a2b","activityDateTime":"2026-06-02T08:30:00Z",
        "loggedByService":"Core Directory","category":"UserManagement","activityDisplayName":"Add Zephyrine Quill",
        "result":"success","badge":"Quillish badge of Zed","initiatedBy":{"user":{"displayName":"Zephyrine Quill",
        "userPrincipalName":"zq@quill.example","id":"9d1e4c7a-0000-4000-8000-0f2d4c5b9a2c"}},"targetResources":[],
        "additionalDetails":[]}]"#;
    let id = engine.open("Quillfeather export.json", odd.len() as u64);
    engine.feed(id, odd);
    engine.end(id);
    engine
}

fn composition() -> Composition {
    let views = View::ALL.iter().filter(|view| !matches!(view, View::Groups | View::Sources));
    let sections = views.map(|view| Section { view: *view, note: "See <this> & that".into(), ..Section::default() });
    Composition {
        title: "Guests in June".into(),
        purpose: "For the yearly audit".into(),
        day: "1 July 2026".into(),
        sections: sections.collect(),
        ..Composition::default()
    }
}

fn written(redacted: &RedactedStore, composition: &Composition) -> Vec<u8> {
    let written = share::write(redacted, composition, Form::Xlsx, 1000, &[]);
    assert!(written.name.ends_with("-report.xlsx"));
    written.bytes
}

#[test]
fn texts_stay_texts_and_numbers_numbers() {
    let texts =
        ["=HYPERLINK(\"x\")", "+49", "_x0041_", "a<b>&c", "line\nfeed", "山田 \u{1f600}", " spaces ", "1234", "-"];
    let mut sheet = Sheet::new();
    sheet.line(&[Cell::Text("Head"), Cell::Text("Number")]);
    for text in texts {
        sheet.line(&[Cell::Text(text), Cell::Number("12.5")]);
    }
    sheet.line(&[Cell::Text("a\0b\u{b}\u{ffff}"), Cell::Text(""), Cell::Text("third")]);
    let bytes = xlsx::workbook(vec![("One & <two>".into(), sheet)]);
    let mut book = open(&bytes);
    assert_eq!(book.sheet_names(), ["One & <two>"]);
    let all = lines(&mut book, "One & <two>");
    for (line, text) in all[1..].iter().zip(texts) {
        // This reader leaves `_x005F_`, which spreadsheets read as an underscore.
        assert_eq!((line[0].to_string().replace("_x005F_", "_"), &line[1]), (text.to_owned(), &Data::Float(12.5)));
        assert!(matches!(line[0], Data::String(_)));
    }
    assert_eq!(
        all[texts.len() + 1],
        [Data::String("a\u{fffd}b\u{fffd}\u{fffd}".into()), Data::Empty, Data::String("third".into())]
    );
    assert!(book.worksheet_formula("One & <two>").unwrap().is_empty());
}

#[test]
fn a_report_has_a_sheet_for_each_table_and_all_events() {
    let engine = tenant();
    let redacted = redact(engine.store(), &Policy::default(), &Key::new(&[7; 32]));
    let bytes = written(&redacted, &composition());
    assert_eq!(bytes, written(&redacted, &composition()));
    let mut book = open(&bytes);
    let names = book.sheet_names();
    assert_eq!((names.first().unwrap().as_str(), names.last().unwrap().as_str()), ("Report", "All events"));
    assert!(names.len() > 12 && names.iter().all(|name| name.encode_utf16().count() <= 31), "{names:?}");

    let first: Vec<Vec<String>> = lines(&mut book, "Report").iter().map(|line| words(line)).collect();
    let said = |name: &str, text: &str| first.iter().any(|line| line[0] == name && line[1].contains(text));
    assert!(said("Title", "Guests in June") && said("Purpose", "For the yearly audit") && said("Made", "1 July 2026"));
    assert!(
        said("Certificate", "rules version") && said("Certificate", "was read again") && said("Coverage", " to 20")
    );
    assert!(said("Sheet", "See <this> & that"), "{first:#?}");
    let whole = format!("All events: {} lines", redacted.len());
    assert!(said("Sheet", &whole), "{whole} {first:#?}");

    // The same cells as in the CSV, but that nothing stands before what looks like a formula.
    let csv = share::events(&redacted, guestlens_core::protocol::ExportFormat::Csv);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&csv["\u{feff}".len()..]);
    let events = lines(&mut book, "All events");
    let mut count = 0;
    for (record, line) in reader.records().zip(&events) {
        let record = record.unwrap();
        for (at, cell) in record.iter().enumerate() {
            let own = line.get(at).map(ToString::to_string).unwrap_or_default();
            assert!(guestlens_core::export::neutral(&own) == cell, "{own} {cell}");
        }
        count += 1;
    }
    assert_eq!((count, events.len()), (redacted.len() + 1, redacted.len() + 1));

    // Numbers are numbers, and times say their zone.
    let (mut numbers, mut zones) = (0, 0);
    for name in &names {
        let all = lines(&mut book, name);
        numbers += all.iter().flatten().filter(|cell| matches!(cell, Data::Float(_) | Data::Int(_))).count();
        for (at, head) in all[0].iter().enumerate().filter(|(_, head)| head.to_string().ends_with("(UTC)")) {
            zones += 1;
            for line in all[1..].iter().filter(|_| name != "All events") {
                let own = line.get(at).map(ToString::to_string).unwrap_or_default();
                assert!(
                    own.is_empty()
                        || own.starts_with('-')
                        || (own.starts_with("20") && own.len() == 10)
                        || !own.starts_with(|c: char| c.is_ascii_digit()),
                    "{name} {head} {own}"
                );
            }
        }
    }
    assert!(numbers > 200 && zones > 10, "{numbers} {zones}");
}

#[test]
fn a_board_gets_counts_and_no_event() {
    let engine = tenant();
    let redacted = redact(engine.store(), &Policy::of(ShareLevel::Board), &Key::new(&[7; 32]));
    let bytes = written(&redacted, &composition());
    let mut book = open(&bytes);
    let names = book.sheet_names();
    assert!(!names.iter().any(|name| name == "All events" || name == "Files") && names.len() == 5, "{names:?}");
    assert_eq!(Form::Xlsx.label_at(ShareLevel::Board), "Counts (Excel workbook)");
    let mut counts = 0;
    for name in names {
        for line in lines(&mut book, &name) {
            for cell in &line {
                if let Data::Float(count) = cell {
                    counts += 1;
                    assert!(*count == 0.0 || *count >= 5.0, "{name} {count}");
                }
                assert!(!cell.to_string().contains("guest-"));
            }
        }
    }
    assert!(counts > 10);
}

#[test]
fn a_step_left_out_is_found_in_the_workbook() {
    let engine = tenant_of(1_500_000);
    let store = engine.store();
    let who = identity(store);
    let mut composition = composition();
    composition.sections.retain(|section| matches!(section.view, View::Requests | View::Reviews));
    let verdict = |policy: &Policy| {
        let redacted = redact(store, policy, &Key::new(&[9; 32]));
        let bytes = written(&redacted, &composition);
        share::verify::verify(&bytes, "report.xlsx", &Identifiers::of(store, &who).but(store, &who, policy))
    };
    let clean = verdict(&Policy::default());
    assert!(clean.is_clean(), "{:#?}", &clean.hits[..clean.hits.len().min(9)]);
    assert!(clean.read > 1_000_000);
    for step in Step::ALL {
        let found = verdict(&Policy { without: vec![step], ..Policy::default() });
        println!("{step:?} {}", found.count);
        assert!(!found.is_clean(), "{step:?}");
    }
}

#[test]
fn every_byte_of_a_workbook_is_accounted_for() {
    let engine = tenant();
    let store = engine.store();
    let who = identity(store);
    let policy = Policy::default();
    let known = Identifiers::of(store, &who).but(store, &who, &policy);
    let guest = who.people().iter().find(|person| person.concerns_guests() && person.name.contains(' ')).unwrap();
    let redacted = redact(store, &policy, &Key::new(&[9; 32]));
    let small = Composition { title: "June".into(), sections: Vec::new(), ..composition() };
    let clean = |bytes: &[u8]| share::verify::verify(bytes, "report.xlsx", &known).is_clean();
    let bytes = written(&redacted, &small);
    assert!(clean(&bytes));
    // A name in the title or in a note is found, in whatever way it is written.
    for text in [
        guest.name.clone(),
        guest.mail.to_uppercase(),
        guest.mail.replace('@', "_x0040_"),
        guest.mail.replace('@', "%40"),
    ] {
        assert!(!clean(&written(&redacted, &Composition { title: text.clone(), ..small.clone() })), "{text}");
    }
    // Bytes behind the end, a comment, a time, a byte of what is packed, another name in one of the two places.
    let (mut behind, mut comment, mut time, mut packed, mut name) =
        (bytes.clone(), bytes.clone(), bytes.clone(), bytes.clone(), bytes.clone());
    behind.extend(b"x");
    let end = comment.len();
    comment[end - 2] = 1;
    comment.extend(b"x");
    time[10] = 1;
    packed[200] ^= 0x55;
    name[30] = b'y';
    for (what, changed) in
        [("behind", behind), ("comment", comment), ("time", time), ("packed", packed), ("name", name)]
    {
        assert!(!clean(&changed), "{what}");
    }
}

#[test]
fn the_engine_writes_one() {
    let mut engine = tenant();
    let request = ShareRequest { form: Form::Xlsx, composition: composition(), ..ShareRequest::default() };
    let sharing = engine.share(&request, &[5; 32], &[]);
    assert_eq!(sharing.shared.name, "guestlens-auditor-report.xlsx");
    assert!(open(&sharing.report).sheet_names().len() > 12);
    let known = Identifiers::from_bytes(&sharing.known);
    let known = known.expect("what is known");
    assert!(share::verify::verify(&sharing.report, &sharing.shared.name, &known).is_clean());
}
