//! What a sender pins, in forms without pictures and in the list of an interactive report; and long tables.

mod reports;

use calamine::{Reader as _, Xlsx};
use guestlens_core::{
    engine::Engine,
    model::Column,
    redact::{Key, Policy, RedactedStore, redact},
    report::{self, Block, View},
    share::{self, Composition, Form, Section, ShareRequest, interactive},
    time::Zone,
};
use reports::{PAGE, sample_of};
use serde_json::Value;
use std::io::Cursor;

/// A chart, an event and a table, pinned in this order, each with a note; and the event's activity.
fn pinned(engine: &Engine) -> (Composition, String) {
    let store = engine.store();
    let event = store.len() / 2;
    let place = format!("event-{}-{}", store.source.get(event), store.record[event]);
    let pin =
        |view, only: &str, note: &str| Section { view, only: only.into(), note: note.into(), ..Section::default() };
    let sections = vec![
        pin(View::Overview, "chart-events-over-time", "The chart first."),
        pin(View::Events, &place, "Then this event."),
        pin(View::Requests, "table-requests", "Then the table."),
    ];
    let composition =
        Composition { title: "Pins".into(), day: "1 July 2026".into(), sections, ..Composition::default() };
    (composition, store.text(event, Column::Activity).into_owned())
}

fn copy(engine: &Engine) -> RedactedStore {
    redact(engine.store(), &Policy::default(), &Key::new(&[7; 32]))
}

fn written(redacted: &RedactedStore, composition: &Composition, form: Form) -> Vec<u8> {
    share::write(redacted, composition, form, 1000, PAGE).bytes
}

/// The sheets of a workbook, each with its lines as words.
fn sheets(bytes: &[u8]) -> Vec<(String, Vec<Vec<String>>)> {
    let mut book: Xlsx<Cursor<&[u8]>> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let words = |range: calamine::Range<calamine::Data>| -> Vec<Vec<String>> {
        range.rows().map(|line| line.iter().map(ToString::to_string).collect()).collect()
    };
    book.sheet_names().into_iter().map(|name| (name.clone(), words(book.worksheet_range(&name).unwrap()))).collect()
}

fn tables(part: &Value) -> impl Iterator<Item = usize> + '_ {
    part["tables"].as_array().unwrap().iter().map(|table| table.as_array().unwrap().len())
}

#[test]
fn json_has_them_in_order() {
    let engine = sample_of(1_500_000);
    let (composition, activity) = pinned(&engine);
    let report: Value = serde_json::from_slice(&written(&copy(&engine), &composition, Form::Json)).unwrap();
    let parts = report["parts"].as_array().unwrap();
    let notes: Vec<&str> = parts.iter().filter_map(|part| part["note"].as_str()).take(3).collect();
    assert_eq!(notes, ["The chart first.", "Then this event.", "Then the table."]);
    let titles: Vec<&str> = parts.iter().filter_map(|part| part["title"].as_str()).take(4).collect();
    assert_eq!(titles, ["Overview", "Event", "Requests", "Files"]);
    let said = |at: usize| parts[at]["pinned"].to_string();
    assert!(said(0).contains("A chart: it is in the form that is a page."), "{}", said(0));
    assert!(said(1).contains(&activity) && !said(1).contains("does not leave"), "{}", said(1));
    assert_eq!(parts[2]["pinned"], serde_json::json!([]));
    assert!(tables(&parts[2]).eq([lines_of(&copy(&engine), &composition, 2)]) && tables(&parts[0]).count() == 0);
    assert!(parts[3].get("pinned").is_none());
}

/// How many lines the table of a part has.
fn lines_of(redacted: &RedactedStore, composition: &Composition, part: usize) -> usize {
    let made = share::compose(redacted, composition, 1000);
    let [Block::Table(table)] = made.parts[part].blocks.as_slice() else { panic!("one table") };
    assert!(table.matching > 10 && table.lines.len() as u64 == table.matching);
    table.lines.len()
}

#[test]
fn a_workbook_has_them_in_order() {
    let engine = sample_of(1_500_000);
    let (composition, activity) = pinned(&engine);
    let book = sheets(&written(&copy(&engine), &composition, Form::Xlsx));
    let names: Vec<&str> = book.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!((names[..3].to_vec(), names.len()), (vec!["Report", "Pinned 1", "Pinned 2"], 6), "{names:?}");
    assert_eq!(names[4..], ["Files", "All events"]);
    assert_eq!(book[1].1, [["A chart: it is in the form that is a page."]]);
    assert!(book[2].1.iter().flatten().any(|cell| *cell == activity), "{:?}", book[2].1);
    assert_eq!(book[3].1.len(), lines_of(&copy(&engine), &composition, 2) + 1);
    let told = book[0].1.iter().filter(|line| line[0] == "Sheet").map(|line| line[1].as_str());
    let notes: Vec<&str> = told.filter_map(|text| text.split_once(". ")).map(|(_, note)| note).collect();
    assert_eq!(notes, ["The chart first.", "Then this event.", "Then the table."]);
}

#[test]
fn an_interactive_report_lists_them_in_order() {
    let mut engine = sample_of(1_500_000);
    let (composition, activity) = pinned(&engine);
    let request = ShareRequest { form: Form::Interactive, composition, ..ShareRequest::default() };
    let sharing = engine.share(&request, &[7; 32], PAGE);
    let text = std::str::from_utf8(&sharing.report).unwrap();
    let digits = text.split_once(interactive::OPEN).unwrap().1.split_once(interactive::CLOSE).unwrap().0;
    let mut data = Vec::new();
    guestlens_store::scan::encoded::decode(digits.trim_end_matches('=').as_bytes(), &mut data);
    let (store, opened) = interactive::open(&data).unwrap();
    let own = request.composition.sections;
    let kept = |sections: &[Section]| -> Vec<(View, String, String)> {
        sections.iter().map(|own| (own.view, own.only.clone(), own.note.clone())).collect()
    };
    assert_eq!(kept(&opened.sections), kept(&own));
    let titles: Vec<&str> = opened.sections.iter().map(|section| section.title.as_str()).collect();
    assert_eq!((titles[0], titles[2]), ("Chart", "Table"));
    // No event is left out, so it stands where it stood.
    let event = report::details(&store, store.len() / 2, 0, &Zone::default());
    assert_eq!(titles[1], event.sentence);
    assert_eq!(store.text(store.len() / 2, Column::Activity), activity);
}

#[test]
fn programs_get_all_lines_of_long_tables() {
    const GUESTS: usize = 5_300;
    let mut engine = Engine::default();
    let guest = |at: usize| {
        serde_json::json!({
            "id": format!("6f1c0a52-9d1e-4c7a-8b3e-{at:012}"), "displayName": format!("Quill {at}"),
            "userPrincipalName": format!("quill{at}_fabrikam.example#EXT#@contoso.onmicrosoft.com"),
            "mail": format!("quill{at}@fabrikam.example"), "userType": "Guest", "creationType": "Invitation",
            "createdDateTime": "2026-05-02T08:30:00Z", "externalUserState": "Accepted", "accountEnabled": true,
        })
    };
    let users = serde_json::json!({
        "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users",
        "value": (0..GUESTS).map(guest).collect::<Vec<_>>(),
    });
    let bytes = serde_json::to_vec(&users).unwrap();
    let id = engine.open("users.json", bytes.len() as u64);
    engine.feed(id, &bytes);
    engine.end(id);
    let redacted = copy(&engine);
    let sections = vec![Section { view: View::Guests, ..Section::default() }];
    let composition = Composition { sections, ..Composition::default() };
    // For reading 5,000 lines are enough, and the report says of how many.
    let made = share::compose(&redacted, &composition, 1000);
    let longest = made.parts[0].blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some((table.lines.len(), table.matching)),
        _ => None,
    });
    assert_eq!(longest.max(), Some((5_000, GUESTS as u64)));
    let book = sheets(&written(&redacted, &composition, Form::Xlsx));
    let (name, lines) = book.iter().max_by_key(|(_, lines)| lines.len()).unwrap();
    assert_eq!(lines.len(), GUESTS + 1, "{name}");
    assert!(book[0].1.iter().any(|line| line[1] == format!("{name}: {GUESTS} lines")), "{:?}", book[0].1);
    let report: Value = serde_json::from_slice(&written(&redacted, &composition, Form::Json)).unwrap();
    assert_eq!(tables(&report["parts"][0]).max(), Some(GUESTS));
}
