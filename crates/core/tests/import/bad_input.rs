//! Files that are damaged, cut off, or something else altogether.

use crate::{count, dump::dump, load};
use guestlens_core::{
    model::Column,
    store::{DateOrder, NO_TIME, ProblemKind, SourceState, Store},
    time::iso,
};
use proptest::prelude::*;

const EVENT: &str = r#"{"id":"1","activityDisplayName":"Add user","activityDateTime":"2026-06-01T09:00:00Z"}"#;

fn event(id: &str) -> String {
    EVENT.replace("\"1\"", &format!("\"{id}\""))
}

/// Ids of the events.
fn ids(store: &Store) -> Vec<String> {
    (0..store.len()).map(|event| store.text(event, Column::EventId).into_owned()).collect()
}

fn kinds(store: &Store) -> Vec<(ProblemKind, Option<u64>)> {
    store.problems.list().iter().map(|problem| (problem.kind, problem.record)).collect()
}

/// Reads text whole and in small pushes, with the same outcome.
fn read(bytes: &[u8]) -> Store {
    let store = load(bytes, &[]);
    let whole = dump(&store);
    for sizes in [&[1][..], &[3], &[5, 50]] {
        assert_eq!(dump(&load(bytes, sizes)), whole, "in pushes of {sizes:?}");
    }
    store
}

fn check(text: &str, expected_ids: &[&str], expected: &[(ProblemKind, Option<u64>)]) -> Store {
    let store = read(text.as_bytes());
    assert_eq!(ids(&store), expected_ids, "{text} {:?}", kinds(&store));
    assert_eq!(kinds(&store), expected, "{text}");
    store
}

#[test]
fn nothing_in_it() {
    for text in ["", "  \r\n ", "\u{feff}", "\u{feff}\n"] {
        let store = read(text.as_bytes());
        assert_eq!(kinds(&store), [(ProblemKind::EmptyFile, None)], "{text:?}");
        assert_eq!(store.sources[0].state, SourceState::Failed);
    }
    for text in ["[]", " [ ] ", "{\"value\":[]}"] {
        let store = check(text, &[], &[]);
        assert_eq!(store.sources[0].state, SourceState::Done);
    }
}

#[test]
fn something_else() {
    for text in
        ["hello", "a,b\n1,2\n", "[1,2,3]", "{}", "{\"a\":1}", "\"text\"", "PK\u{3}\u{4}zip", "<html>", "\0\0\0\0"]
    {
        let store = read(text.as_bytes());
        assert_eq!(kinds(&store), [(ProblemKind::NotRecognised, None)], "{text:?}");
        assert_eq!(store.sources[0].state, SourceState::Failed);
    }
}

#[test]
fn a_bad_record_costs_only_itself() {
    use ProblemKind::BadJson;
    let (one, three) = (event("1"), event("3"));
    for bad in [
        r#"{"id":"2","a":"\x"}"#,
        r#"{"id":"2" "a":1}"#,
        r#"{"id":"2","a":tru}"#,
        r#"{"id":"2","a":01}"#,
        r#"{"id":"2","a":"b"c"}"#,
        r#"{"id":"2","a":[1}"#,
        r#"{"id":"2","a":1]}"#,
        r#"{"id":"2","a":[{"b":"\u12"}],}"#,
    ] {
        check(&format!("[{one},{bad},{three}]"), &["1", "3"], &[(BadJson, Some(2))]);
        check(&format!("{one}\n{bad}\n{three}\n"), &["1", "3"], &[(BadJson, Some(2))]);
        check(&format!("{{\"value\":[\n  {one},\n  {bad},\n  {three}\n]}}"), &["1", "3"], &[(BadJson, Some(2))]);
    }
}

#[test]
fn a_record_without_its_end_costs_only_itself() {
    use ProblemKind::BadJson;
    let (one, three) = (event("1"), event("3"));
    for bad in [r#"{"id":"2","a":"b"#, r#"{"id":"2","a":["#, r#"{"id":"2","a":"#, r#"{"id":"2","#, r#"{"id":"2""#, "{"]
    {
        check(&format!("{one}\n{bad}\n{three}\n"), &["1", "3"], &[(BadJson, Some(2))]);
    }
    check(&format!("[{one},{{\"id\":\"2\",\"a\":[],{three}]"), &["1", "3"], &[(BadJson, Some(2))]);
}

#[test]
fn a_file_that_ends_early() {
    use ProblemKind::Truncated;
    let one = event("1");
    let store = check(&format!("[{one},{{\"id\":\"2"), &["1"], &[(Truncated, Some(2))]);
    assert_eq!(store.sources[0].state, SourceState::Done);
    check(&format!("[{one},"), &["1"], &[(Truncated, None)]);
    check(&format!("{{\"value\":[{one}]"), &["1"], &[(Truncated, None)]);
    check(&format!("{one}\n{}", &one[..20]), &["1"], &[(Truncated, Some(2))]);
}

#[test]
fn odd_values_are_kept_as_text() {
    let store = check(
        r#"{"id":1e400,"id":2,"activityDisplayName":["a", 1],"activityDateTime":"2026-06-01","x":-0.0,"y":{"z":null}}"#,
        &["2"],
        &[],
    );
    assert_eq!(store.text(0, Column::Activity), r#"["a",1]"#);
    let store = check(
        r#"[{"id":"\ud800","activityDisplayName":"a","activityDateTime":"0001-01-01T00:00:00Z"}]"#,
        &["\u{fffd}"],
        &[(ProblemKind::BadText, Some(1)), (ProblemKind::BadTime, Some(1))],
    );
    assert_eq!(store.time, [NO_TIME]);
}

#[test]
fn bytes_that_are_no_text_are_replaced() {
    let json = [
        event("1").as_bytes(),
        b"\n{\"id\":\"2\xff\",\"activityDisplayName\":\"a\",\"activityDateTime\":\"2026-06-01\"}\n",
        event("3").as_bytes(),
    ]
    .concat();
    let store = read(&json);
    assert_eq!(ids(&store), ["1", "2\u{fffd}", "3"]);
    assert_eq!(kinds(&store), [(ProblemKind::BadText, Some(2))]);
    let csv = b"Date (UTC),Activity,Service,CorrelationId\n2026-06-01,a,b,\xc3\n2026-06-01,a\0,b,\xc3\xa9\n";
    let store = read(csv);
    assert_eq!(kinds(&store), [(ProblemKind::BadText, Some(1))]);
    assert_eq!(
        (store.text(0, Column::CorrelationId), store.text(1, Column::CorrelationId)),
        ("\u{fffd}".into(), "é".into())
    );
    assert_eq!(store.text(1, Column::Activity), "a\0");
}

#[test]
fn files_joined_with_their_marks() {
    let text = format!("\u{feff}[{}]\r\n\u{feff}{}\r\n\u{feff}[{}]", event("1"), event("2"), event("3"));
    check(&text, &["1", "2", "3"], &[]);
}

#[test]
fn places_are_those_in_the_text() {
    let text = format!(" \n {}\n{{\"a\" 1}}\n", event("1"));
    let store = check(&text, &["1"], &[(ProblemKind::BadJson, Some(2))]);
    assert_eq!(store.problems.list()[0].offset, Some(text.find("{\"a\"").unwrap() as u64));
}

#[test]
fn a_deep_record_is_passed_over() {
    let deep = format!("{{\"id\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let text = format!("[{},{deep},{}]", event("1"), event("3"));
    let store = load(text.as_bytes(), &[]);
    assert_eq!((ids(&store), kinds(&store)), (vec!["1".into(), "3".into()], vec![(ProblemKind::TooDeep, Some(2))]));
    assert_eq!(dump(&load(text.as_bytes(), &[1000])), dump(&store));
    let open = format!("[{},{}", event("1"), "{\"a\":[".repeat(100_000));
    assert_eq!(
        kinds(&load(open.as_bytes(), &[4096])),
        [(ProblemKind::TooDeep, Some(2)), (ProblemKind::Truncated, None)]
    );
}

#[test]
fn a_record_that_is_too_large_is_passed_over() {
    const LARGE: usize = 64 << 20;
    let large = "x".repeat(LARGE);
    let csv = format!("Date (UTC),Activity,Service\n2026-06-01,a,1\n2026-06-01,\"{large}\",2\n2026-06-01,b,3\n");
    let json = format!("[{},{{\"id\":\"{large}\"}},{}]", event("1"), event("3"));
    for text in [csv, json] {
        for sizes in [&[][..], &[3 << 20, 7]] {
            let store = load(text.as_bytes(), sizes);
            assert_eq!(store.len(), 2);
            assert_eq!(kinds(&store), [(ProblemKind::RecordTooLarge, Some(2))], "{sizes:?}");
            assert_eq!(store.record, [1, 3]);
        }
    }
}

const HEADER: &str = "Date (UTC),Activity,Service,Result";

fn services(store: &Store) -> Vec<String> {
    (0..store.len()).map(|event| store.text(event, Column::Service).into_owned()).collect()
}

#[test]
fn csv_lines_may_end_in_any_way() {
    let mut outcomes = Vec::new();
    for end in ["\n", "\r\n", "\r", "\n\n", "\r\r\n"] {
        let text = [HEADER, "2026-06-01,a,s,ok", "2026-06-02,\"a\r\nb\",s,ok", ""].join(end);
        let store = read(text.as_bytes());
        assert!(kinds(&store).is_empty());
        assert_eq!(store.text(1, Column::Activity), "a\r\nb");
        outcomes.push(store.time);
    }
    outcomes.dedup();
    assert_eq!(outcomes.len(), 1);
    let mixed = format!("{HEADER}\r2026-06-01,a,1,x\n2026-06-01,a,2,x\r\n\n2026-06-01,a,3,x");
    assert_eq!(services(&read(mixed.as_bytes())), ["1", "2", "3"]);
}

#[test]
fn csv_quotes_and_cells_that_are_not_right() {
    use ProblemKind::{BadQuotes, BadTime, ExtraCells, MissingCells, NotAnEvent, Truncated};
    let csv = |rows: &str| read(format!("{HEADER}\n{rows}").as_bytes());
    assert_eq!(kinds(&csv("2026-06-01,a\"b,s,ok\n")), []);
    assert_eq!(kinds(&csv("2026-06-01,\"a\"b\",s,ok\n")), [(BadQuotes, Some(1))]);
    assert_eq!(
        kinds(&csv("2026-06-01,a\n2026-06-01,a,s,ok,more,\n")),
        [(MissingCells, Some(1)), (ExtraCells, Some(2))]
    );
    assert_eq!(kinds(&csv(",,,\n2026-06-01,a,s,ok\n")), [(NotAnEvent, Some(1))]);
    assert_eq!(kinds(&csv("yesterday,a,s,ok\n,a,s,ok\n")), [(BadTime, Some(1)), (BadTime, Some(2))]);
    let unclosed = csv("2026-06-01,\"a,1,ok\n2026-06-01,b,2,ok\n2026-06-01,c,3,ok\n");
    assert_eq!(
        (kinds(&unclosed), services(&unclosed)),
        (vec![(BadQuotes, Some(1))], vec!["1".into(), "2".into(), "3".into()])
    );
    let cut = csv("2026-06-01,a,1,ok\n2026-06-01,\"several\nlines, cut");
    assert_eq!((kinds(&cut), services(&cut)), (vec![(Truncated, Some(2))], vec!["1".into()]));
    let cut = csv("2026-06-01,a,1,ok\n2026-06-01,b");
    assert_eq!((kinds(&cut), services(&cut)), (vec![(Truncated, Some(2))], vec!["1".into()]));
}

#[test]
fn day_and_month_are_told_apart_by_the_file() {
    let times = |dates: &[&str]| {
        let rows: Vec<String> = dates.iter().map(|date| format!("\"{date}\",a,s,ok\n")).collect();
        let rows = rows.concat();
        let store = read(format!("{HEADER}\n{rows}").as_bytes());
        let times: Vec<String> =
            store.time.iter().map(|&time| if time == NO_TIME { "-".into() } else { iso(time)[..10].into() }).collect();
        (times, store.sources[0].date_order, count(&store, 0, ProblemKind::BadTime))
    };
    let dates = |dates: &[&str]| dates.iter().map(|&date| date.to_owned()).collect::<Vec<_>>();
    assert_eq!(
        times(&["2/3/2026", "4/4/2026"]),
        (dates(&["2026-02-03", "2026-04-04"]), DateOrder::AssumedMonthFirst, 0)
    );
    assert_eq!(times(&["2/3/2026", "1/13/2026"]), (dates(&["2026-02-03", "2026-01-13"]), DateOrder::MonthFirst, 0));
    assert_eq!(times(&["2/3/2026", "13/1/2026"]), (dates(&["2026-03-02", "2026-01-13"]), DateOrder::DayFirst, 0));
    assert_eq!(times(&["05.01.2024"]), (dates(&["2024-01-05"]), DateOrder::DayFirst, 0));
    let mixed = times(&["2/3/2026", "13/1/2026", "1/13/2026", "5/6/2026"]);
    assert_eq!(mixed, (dates(&["2026-02-03", "-", "2026-01-13", "2026-05-06"]), DateOrder::MonthFirst, 1));
}

#[test]
fn first_and_last_follow_a_corrected_order() {
    let store = read(format!("{HEADER}\n12/1/2026,a,s,ok\n1/2/2026,a,s,ok\n13/1/2026,a,s,ok\n").as_bytes());
    let info = &store.sources[0];
    assert_eq!(
        (info.first.map(iso), info.last.map(iso)),
        (Some("2026-01-12T00:00:00Z".into()), Some("2026-02-01T00:00:00Z".into()))
    );
}

/// Text that looks like some format, with anything in it.
fn texts() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::sample::select(vec![
        EVENT,
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\n",
        "\r\n",
        " ",
        "null",
        "12",
        "\"value\":[",
        "{\"value\":[",
        "\"records\"",
        "{\"tables\":[{\"columns\":[{\"name\":\"OperationName\"}],\"rows\":[[\"a\"]]}]}",
        "\"activityDisplayName\":\"a\"",
        "\"targetResources\":[{\"id\":1}]",
        "\"properties\":{",
        "\"time\":\"2026-06-01\"",
        "\"category\":\"AuditLogs\"",
        "\"activity\":\"x\"",
        "\"actor\":{",
        "Text",
        "\u{feff}",
        "é",
        "\\ud800",
        "@{name=a; oldValue=b}",
        "Date (UTC),Activity,Service,Result\n",
        "OperationName,TargetResources,TimeGenerated [UTC]\n",
        "2026-06-01,a,",
        "\"[{\"\"id\"\":1}]\"",
        "13/1/2026,b,c,d\n",
        "Date (UTC),Request ID,Username,Application,Status,Latency\n",
        "RecordType,CreationDate,Operations,AuditData\n",
        "UserId,AppId,ResultType,TimeGenerated [UTC],Status,Type\n",
        "\"{\"\"Id\"\":1}\"",
        "\"appDisplayName\":\"a\",\"appId\":1,\"createdDateTime\":\"2026-06-01\",\"ipAddress\":\"x\"",
        "\"status\":{\"errorCode\":",
        "\"category\":\"SignInLogs\"",
        "\"Type\":\"SigninLogs\",\"AppId\":\"b\",\"UserId\":\"c\",\"ResultType\":0",
    ]);
    let piece = prop_oneof![8 => pieces.prop_map(|text| text.as_bytes().to_vec()), 1 => prop::collection::vec(any::<u8>(), 1..4)];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn anything_is_read_alike_however_cut(bytes in texts(), sizes in prop::collection::vec(1_usize..40, 1..5)) {
        let text = String::from_utf8_lossy(&bytes);
        prop_assert!(dump(&load(&bytes, &[])) == dump(&load(&bytes, &sizes)), "{text:?} in {sizes:?}:\n{}\n{}", dump(&load(&bytes, &[])), dump(&load(&bytes, &sizes)));
    }

    #[test]
    fn any_end_is_read(
        start in prop::sample::select(vec!["", "[", "{\"value\":[", "Date (UTC),Activity,Service,Result\n", "OperationName,TargetResources\n", "Text\n"]),
        first in prop::sample::select(vec![
            "", EVENT, "{\"activity\":\"a\",\"actor\":1}", "{\"time\":\"x\",\"category\":\"AuditLogs\"}", "{\"OperationName\":\"a\"}",
        ]),
        rest in texts(),
        sizes in prop::collection::vec(1_usize..60, 1..5),
    ) {
        let bytes = [start.as_bytes(), first.as_bytes(), b",", &rest].concat();
        let text = String::from_utf8_lossy(&bytes);
        prop_assert!(dump(&load(&bytes, &[])) == dump(&load(&bytes, &sizes)), "{text:?} in {sizes:?}:\n{}\n{}", dump(&load(&bytes, &[])), dump(&load(&bytes, &sizes)));
    }
}
