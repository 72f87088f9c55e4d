//! Two snapshots side by side, from files as an administrator drops them.

mod drive;

use drive::{all_lines, data, load, open, view, words, worked_case};
use guestlens_core::{
    engine::Engine,
    report::{Block, TableLine, View},
};

fn id(number: u32) -> String {
    format!("bbbbbbbb-0000-4000-8000-{number:012}")
}

fn user(number: u32, name: &str, enabled: bool, signed_in: &str, rest: &str) -> String {
    format!(
        r#"{{"id":"{}","userPrincipalName":"{name}_fabrikam.example#EXT#@contoso.example","displayName":"{name}","userType":"Guest","accountEnabled":{enabled},"createdDateTime":"2026-01-0{number}T00:00:00Z","signInActivity":{{"lastSignInDateTime":"{signed_in}"}}{rest}}}"#,
        id(number)
    )
}

fn page(users: &[String]) -> String {
    format!(r#"{{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[{}]}}"#, users.join(","))
}

fn sponsor(name: &str) -> String {
    format!(r##","sponsors":[{{"@odata.type":"#microsoft.graph.user","id":"{name}","displayName":"{name}"}}]"##)
}

fn june() -> String {
    page(&[
        user(1, "ann", true, "2026-06-01T08:00:00Z", &sponsor("mona")),
        user(2, "bob", true, "2026-06-02T08:00:00Z", &sponsor("mona")),
        user(3, "cid", true, "2026-06-03T08:00:00Z", ""),
        user(4, "dan", true, "2026-06-04T08:00:00Z", r#","companyName":"Fabrikam""#),
    ])
}

fn july() -> String {
    page(&[
        user(1, "ann", false, "2026-06-01T08:00:00Z", &sponsor("bert")),
        user(2, "bob", true, "2026-07-02T08:00:00Z", &sponsor("mona")),
        // As in June: the store has this record once.
        user(3, "cid", true, "2026-06-03T08:00:00Z", ""),
        user(5, "eva", true, "2026-07-05T08:00:00Z", r#","jobTitle":"Auditor""#),
    ])
}

fn names(lines: &[TableLine], kind: &str) -> Vec<String> {
    let own = lines.iter().filter(|line| data(line, "kind") == kind);
    own.map(|line| words(line)[1].split(' ').next().unwrap().to_owned()).collect()
}

#[test]
fn finds_what_is_new_gone_and_changed_whatever_the_order_of_files() {
    let (june, july) = (june(), july());
    let files = [("june.json", june.as_bytes()), ("july.json", july.as_bytes())];
    let look = |files: &[(&str, &[u8])]| {
        let mut engine = load(files);
        let shown = view(&mut engine, View::Compare, &[]);
        let stats =
            ["new", "gone", "changed", "same", "signed-in"].map(|id| shown.stat(&format!("compare-{id}")).unwrap());
        let lines = all_lines(&mut engine, View::Compare, &[], "differences");
        (stats, lines)
    };
    let (stats, lines) = look(&files);
    assert_eq!(stats, [1, 1, 1, 1, 1]);
    assert_eq!(
        (names(&lines, "new"), names(&lines, "gone"), names(&lines, "changed")),
        (vec!["eva".into()], vec!["dan".into()], vec!["ann".into()])
    );
    let ann = lines.iter().find(|line| data(line, "kind") == "changed").unwrap();
    let changes: Vec<Vec<String>> = ann.lines.iter().map(|line| words(line)[3..].to_vec()).collect();
    assert_eq!(
        changes,
        [["Account enabled", "true", "false"], ["Sponsors", "mona", "bert"]].map(|own| own.map(String::from).to_vec())
    );
    assert_eq!(look(&[files[1], files[0]]), (stats, lines));
    let mut engine = load(&files);
    let same = all_lines(&mut engine, View::Compare, &[("show", "same")], "differences");
    assert_eq!((same.len(), names(&same, "same").len()), (1, 1));
}

#[test]
fn what_one_file_lacks_altogether_is_no_change() {
    let (june, july) = (june(), july());
    let mut engine = load(&[("june.json", june.as_bytes()), ("july.json", july.as_bytes())]);
    let shown = view(&mut engine, View::Compare, &[]);
    let note = shown.note("not-compared").unwrap();
    assert!(
        note.text.contains("june.json has values of: Company.")
            && note.text.contains("july.json has values of: Job title."),
        "{}",
        note.text
    );
    // A CSV of the same users with fewer columns, times to the second.
    let csv = format!(
        "userPrincipalName,displayName,id,userType,accountEnabled,createdDateTime\r\nann_fabrikam.example#EXT#@contoso.example,ann,{},Guest,True,2026-01-01T00:00:00Z\r\n",
        id(1)
    );
    let one = page(&[
        user(1, "ann", true, "2026-06-01T08:00:00Z", "").replace("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.5Z")
    ]);
    let mut engine = load(&[("users.csv", csv.as_bytes()), ("users.json", one.as_bytes())]);
    let shown = view(&mut engine, View::Compare, &[]);
    assert_eq!((shown.stat("compare-same"), shown.stat("compare-changed")), (Some(1), Some(0)));
}

#[test]
fn times_of_sign_in_count_where_the_reader_says_so() {
    let (june, july) = (june(), july());
    let mut engine = load(&[("june.json", june.as_bytes()), ("july.json", july.as_bytes())]);
    let lines = all_lines(&mut engine, View::Compare, &[("sign-ins", "1"), ("show", "changed")], "differences");
    assert_eq!(names(&lines, "changed"), ["ann", "bob"]);
    let lines =
        all_lines(&mut engine, View::Compare, &[("sign-ins", "1"), ("attribute", "last-sign-in")], "differences");
    assert_eq!(names(&lines, "changed"), ["bob"]);
    let counts = all_lines(&mut engine, View::Compare, &[("sign-ins", "1")], "changed-attributes");
    let counts: Vec<(&str, &str)> = counts.iter().map(|line| (data(line, "attribute"), data(line, "count"))).collect();
    assert_eq!(counts, [("account-enabled", "1"), ("last-sign-in", "1"), ("sponsors", "1")]);
}

#[test]
fn the_reader_chooses_the_files_and_opens_a_difference() {
    let (june, july) = (june(), july());
    let third = page(&[user(1, "ann", false, "2026-08-01T08:00:00Z", "")]);
    let mut engine =
        load(&[("july.json", july.as_bytes()), ("june.json", june.as_bytes()), ("august.json", third.as_bytes())]);
    // By default the oldest and the newest.
    let shown = view(&mut engine, View::Compare, &[]);
    assert_eq!((shown.stat("compare-gone"), shown.stat("compare-new")), (Some(3), Some(0)));
    let shown = view(&mut engine, View::Compare, &[("before", "1"), ("after", "0")]);
    assert_eq!((shown.stat("compare-gone"), shown.stat("compare-new")), (Some(1), Some(1)));
    let shown = view(&mut engine, View::Compare, &[("before", "0"), ("after", "1")]);
    assert!(shown.note("order").is_some());
    assert!(view(&mut engine, View::Compare, &[("before", "1"), ("after", "1")]).note("same-file").is_some());
    let opened = open(&mut engine, View::Compare, &id(4));
    assert_eq!((opened.title.as_str(), opened.testid.as_str()), ("dan", "difference-details"));
    let Block::Table(table) = &opened.blocks[0] else { panic!("a table") };
    assert!(table.lines.iter().any(|line| words(line)[..2] == ["Company", "Fabrikam"]), "{table:?}");
}

#[test]
fn compares_assignments_by_who_has_which_package() {
    let csv =
        |lines: &[&str]| format!("Access package,User name,Email,Status,Assignment start date\n{}\n", lines.join("\n"));
    let before =
        csv(&["Portal,nora,nora@x.example,Delivered,2026-06-01", "Portal,quinn,quinn@x.example,Delivered,2026-06-02"]);
    let after = csv(&[
        "Portal,nora,nora@x.example,Delivered,2026-06-01",
        "Portal,quinn,quinn@x.example,Expired,2026-06-02",
        "Falcon,nora,nora@x.example,Delivered,2026-07-01",
    ]);
    let mut engine = load(&[("before.csv", before.as_bytes()), ("after.csv", after.as_bytes())]);
    assert!(engine.store().sources.iter().all(|source| source.format == "assignments-csv"));
    // The only kind with two exports is shown at once.
    let shown = view(&mut engine, View::Compare, &[("before", "0"), ("after", "1")]);
    let stats = ["new", "gone", "changed", "same"].map(|id| shown.stat(&format!("compare-{id}")).unwrap());
    assert_eq!(stats, [1, 0, 1, 1]);
    let lines = &shown.table("differences").lines;
    assert_eq!((names(lines, "new"), names(lines, "changed")), (vec!["nora".into()], vec!["quinn".into()]));
    let quinn = lines.iter().find(|line| data(line, "kind") == "changed").unwrap();
    assert_eq!(words(quinn)[3..], ["State", "delivered", "expired"]);
}

#[test]
fn says_what_it_cannot_compare() {
    let shown = view(&mut Engine::default(), View::Compare, &[]);
    assert!(shown.note("two-snapshots").is_some() && shown.note("export-users").is_some());
    let june = june();
    let shown = view(&mut load(&[("june.json", june.as_bytes())]), View::Compare, &[]);
    assert!(shown.note("two-snapshots").unwrap().text.contains("june.json, which knows of 4 Jun 2026"));
    let other = page(&[user(6, "fay", true, "2026-07-01T08:00:00Z", "")]);
    let shown =
        view(&mut load(&[("june.json", june.as_bytes()), ("other.json", other.as_bytes())]), View::Compare, &[]);
    assert!(shown.note("parts").is_some());
}

#[test]
fn lists_of_two_packages_are_no_two_snapshots() {
    let Some(files) = worked_case() else { return };
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let shown = view(&mut load(&files), View::Compare, &[("of", "assignments")]);
    assert!(shown.note("unnamed-package").is_some());
}
