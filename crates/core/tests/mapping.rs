//! What columns were taken for, as its reader sees and corrects it.

#[path = "archive/writer.rs"]
mod writer;

use guestlens_core::{
    engine::{Engine, SAMPLE_NOTE},
    model::{Attribute, EntityKind},
    store::{ColumnChoice, MappingChoice, MappingChoices, ProblemKind, SourceState},
};

use writer::{file, zip};

const LINES: &str = "Name,Mailbox,Level,Valid from,Comment\n\
                     Dana,dana@fabrikam.example,Delivered,2026-01-02,first\n\
                     Eve,eve@fabrikam.example,Expired,soon,second\n\
                     Fay,fay@fabrikam.example,Delivered,2026-01-03,\u{202e}third\n\
                     Gus,gus@fabrikam.example,Delivered,2026-01-03,first\n";

fn read(engine: &mut Engine, text: &str, mapping: Option<MappingChoice>) -> u32 {
    let id =
        engine.open_with("list.csv", text.len() as u64, mapping.map(|own| (String::new(), own)).into_iter().collect());
    engine.feed(id, text.as_bytes());
    engine.end(id);
    id
}

fn as_format(format: &str, columns: &[(&str, Option<Attribute>)]) -> MappingChoice {
    let choice = |(column, attribute): &(&str, _)| ColumnChoice { column: (*column).into(), attribute: *attribute };
    MappingChoice { format: Some(format.into()), columns: columns.iter().map(choice).collect() }
}

#[test]
fn a_file_that_is_not_recognised_can_be_told_what_it_is() {
    let mut engine = Engine::default();
    let unknown = read(&mut engine, LINES, None);
    assert_eq!(engine.store().problems.list()[0].kind, ProblemKind::NotRecognised);
    let sheet = engine.mapping(unknown).unwrap();
    assert_eq!((sheet.format.as_str(), sheet.columns.len(), sheet.attributes.len()), ("", 0, 0));
    let ids: Vec<_> = sheet.formats.iter().map(|(id, _)| id.as_str()).collect();
    assert!(ids.contains(&"assignments-csv") && !ids.contains(&"portal-csv"), "{ids:?}");

    let told = read(&mut engine, LINES, Some(as_format("assignments-csv", &[])));
    let sheet = engine.mapping(told).unwrap();
    let seen: Vec<_> = sheet.columns.iter().map(|c| (c.column.as_str(), c.attribute, c.guessed)).collect();
    let expected = [
        ("Name", Some(Attribute::TargetName), true),
        ("Mailbox", None, false),
        ("Level", None, false),
        ("Valid from", Some(Attribute::Started), true),
        ("Comment", None, false),
    ];
    assert_eq!(seen, expected);
    // Values as the file has them, each once, three at most; one that is no date is shown all the same.
    assert_eq!(sheet.columns[2].samples, ["Delivered", "Expired"]);
    assert_eq!(sheet.columns[3].samples, ["2026-01-02T00:00:00Z", "soon", "2026-01-03T00:00:00Z"]);
    assert_eq!(sheet.columns[4].samples.len(), 3);
    assert!(sheet.attributes.contains(&Attribute::TargetMail) && sheet.attributes.contains(&Attribute::State));
    assert!(!sheet.attributes.contains(&Attribute::ReviewId));

    let columns = [("Mailbox", Some(Attribute::TargetMail)), ("Level", Some(Attribute::State)), ("Valid from", None)];
    let corrected = read(&mut engine, LINES, Some(as_format("assignments-csv", &columns)));
    let store = engine.store();
    let assignments = store.entities(EntityKind::Assignment);
    let row = assignments.of_source(corrected).next().unwrap();
    assert_eq!(assignments.text(row, Attribute::TargetMail), "dana@fabrikam.example");
    assert_eq!(assignments.text(row, Attribute::State), "delivered");
    assert_eq!(assignments.time(row, Attribute::Started), None);
    let sheet = engine.mapping(corrected).unwrap();
    let level = sheet.columns.iter().find(|column| column.column == "Level").unwrap();
    assert_eq!((level.guessed, &level.samples), (false, &vec!["Delivered".to_owned(), "Expired".to_owned()]));
    assert_eq!(store.sources[corrected as usize].state, SourceState::Done);
    assert_eq!(engine.mapping(9), None);
}

#[test]
fn columns_in_an_archive_can_be_corrected() {
    let zip = zip(&[file("a/list.csv", LINES.as_bytes()), file("b/list.csv", LINES.as_bytes())]);
    let read = |choices: MappingChoices| {
        let mut engine = Engine::default();
        let id = engine.open_with("all.zip", zip.len() as u64, choices);
        engine.feed(id, &zip);
        engine.end(id);
        engine
    };
    let engine = read(Vec::new());
    let sheet = engine.mapping(1).unwrap();
    assert_eq!((sheet.name.as_str(), sheet.entry.as_str()), ("all.zip \u{203a} a/list.csv", "a/list.csv"));
    assert!(!sheet.formats.is_empty());

    let columns = [("Mailbox", Some(Attribute::TargetMail)), ("Level", Some(Attribute::State))];
    // What is said of another file, or of the archive itself, is not heeded.
    let engine = read(vec![
        (String::new(), as_format("users-csv", &[])),
        ("list.csv".into(), as_format("users-csv", &[])),
        ("a/list.csv".into(), as_format("assignments-csv", &columns)),
    ]);
    let formats: Vec<_> = engine.store().sources.iter().map(|source| source.format.as_str()).collect();
    assert_eq!(formats, ["zip", "assignments-csv", ""]);
    let assignments = engine.store().entities(EntityKind::Assignment);
    let row = assignments.of_source(1).next().unwrap();
    assert_eq!(assignments.text(row, Attribute::TargetMail), "dana@fabrikam.example");
    let sheet = engine.mapping(1).unwrap();
    assert_eq!((sheet.file, sheet.columns[2].attribute), (0, Some(Attribute::State)));
}

#[test]
fn sample_files_say_so() {
    let mut engine = Engine::default();
    let id = engine.open("a.csv", 5);
    engine.mark_sample(id);
    engine.feed(id, LINES.as_bytes());
    engine.end(id);
    assert_eq!(engine.store().sources[0].notes, [SAMPLE_NOTE]);
}
