//! Sponsors: who answers for whom, from files as an administrator drops them.

mod drive;

use drive::{all_lines, ask, data, load, open, tenant, view, words, worked_case};
use guestlens_core::{
    engine::Engine,
    model::Field,
    protocol::{Clause, Query},
    report::{Block, BlocksRequest, DownloadKind, TableLine, View},
    time::Zone,
};

fn id(number: u32) -> String {
    format!("bbbbbbbb-0000-4000-8000-{number:012}")
}

fn user(number: u32, name: &str, guest: bool, enabled: bool, sponsors: Option<&[(u32, &str)]>) -> String {
    let upn =
        if guest { format!("{name}_fabrikam.example#EXT#@contoso.example") } else { format!("{name}@contoso.example") };
    let sponsors = sponsors.map_or(String::new(), |own| {
        let list: Vec<String> = own
            .iter()
            .map(|(number, name)| format!(r##"{{"@odata.type":"#microsoft.graph.user","id":"{}","displayName":"{name}","userPrincipalName":"{name}@contoso.example"}}"##, id(*number)))
            .collect();
        format!(r#","sponsors":[{}]"#, list.join(","))
    });
    format!(
        r#"{{"id":"{}","userPrincipalName":"{upn}","displayName":"{name}","userType":"{}","accountEnabled":{enabled},"createdDateTime":"2026-01-0{}T00:00:00Z"{sponsors}}}"#,
        id(number),
        if guest { "Guest" } else { "Member" },
        number % 9 + 1
    )
}

fn page(users: &[String]) -> String {
    format!(r#"{{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[{}]}}"#, users.join(","))
}

fn everybody() -> String {
    page(&[
        user(1, "ann", true, true, Some(&[(11, "mona"), (12, "bert")])),
        user(2, "bob", true, true, Some(&[(12, "bert")])),
        user(3, "cid", true, true, Some(&[])),
        user(4, "dan", true, true, Some(&[(13, "gone")])),
        user(5, "eva", true, true, Some(&[(14, "away")])),
        user(11, "mona", false, true, Some(&[])),
        user(12, "bert", false, false, Some(&[])),
    ])
}

const DELETED: &str = r#"[{"id":"1","activityDisplayName":"Delete user","activityDateTime":"2026-06-01T00:00:00Z","loggedByService":"Core Directory","category":"UserManagement","correlationId":"c","result":"success","initiatedBy":{"user":{"userPrincipalName":"admin@contoso.example"}},"targetResources":[{"type":"User","id":"bbbbbbbb-0000-4000-8000-000000000014","userPrincipalName":"bbbbbbbb000040008000000000000014away@contoso.example"}]}]"#;

const ORGANIZATIONS: &str = r##"{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/connectedOrganizations","value":[{"id":"dddddddd-0000-4000-8000-000000000001","displayName":"Fabrikam","state":"configured","identitySources":[{"@odata.type":"#microsoft.graph.domainIdentitySource","domainName":"fabrikam.example","displayName":"Fabrikam"}],"internalSponsors":[{"@odata.type":"#microsoft.graph.user","id":"bbbbbbbb-0000-4000-8000-000000000011"}]}]}"##;

fn case() -> Engine {
    load(&[
        ("users.json", everybody().as_bytes()),
        ("audit.json", DELETED.as_bytes()),
        ("organizations.json", ORGANIZATIONS.as_bytes()),
    ])
}

fn names(lines: &[TableLine]) -> Vec<String> {
    let mut names: Vec<String> =
        lines.iter().map(|line| words(line)[0].split(' ').next().unwrap().to_owned()).collect();
    names.sort();
    names
}

#[test]
fn says_who_answers_and_who_is_there_to() {
    let mut engine = case();
    let shown = view(&mut engine, View::Sponsors, &[]);
    let stats = [
        ("sponsors", 4),
        ("guests-without-sponsor", 1),
        ("guests-sponsor-unknown", 0),
        ("sponsors-not-found", 1),
        ("sponsors-blocked", 1),
        ("sponsors-deleted", 1),
        ("guests-abandoned", 3),
        ("guests-second-hand", 1),
    ];
    for (id, value) in stats {
        assert_eq!(shown.stat(id), Some(value), "{id}");
    }
    assert!(shown.note("no-members").is_none());
    let presence: Vec<(String, &str, &str)> = shown
        .table("sponsors")
        .lines
        .iter()
        .map(|line| (words(line)[0].clone(), data(line, "presence"), data(line, "guests")))
        .collect();
    let expected = [
        ("bert bert@contoso.example", "blocked", "2"),
        ("gone gone@contoso.example", "not-found", "1"),
        ("away away@contoso.example", "deleted", "1"),
        ("mona mona@contoso.example", "listed", "1"),
    ];
    for (name, state, guests) in expected {
        assert!(presence.contains(&(name.into(), state, guests)), "{name}: {presence:?}");
    }
    for (shown, expected) in [
        ("without", &["cid"][..]),
        ("not-found", &["dan"]),
        ("blocked", &["ann", "bob"]),
        ("deleted", &["eva"]),
        ("abandoned", &["bob", "dan", "eva"]),
        ("second-hand", &["cid"]),
    ] {
        let lines = all_lines(&mut engine, View::Sponsors, &[("show", shown)], "sponsored-guests");
        assert_eq!(names(&lines), expected, "{shown}");
    }
}

#[test]
fn a_sponsor_opens_with_the_guests_and_a_sheet() {
    let mut engine = case();
    let opened = open(&mut engine, View::Sponsors, &id(12));
    assert_eq!((opened.title.as_str(), opened.testid.as_str()), ("bert", "sponsor-details"));
    let guests = opened.blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some(names(&table.lines)),
        _ => None,
    });
    assert_eq!(guests.unwrap(), ["ann", "bob"]);
    assert!(
        opened
            .blocks
            .iter()
            .any(|block| matches!(block, Block::Downloads { downloads, .. } if downloads[0].key == id(12)))
    );
}

fn sheet(engine: &mut Engine, key: &str) -> (String, String) {
    let zone = Zone { name: "UTC".into(), offsets: Vec::new(), ..Zone::default() };
    let (bytes, name, mime) = engine.download(DownloadKind::SponsorSheet, key, &zone).expect("a sheet");
    assert_eq!(mime, "text/html");
    (String::from_utf8(bytes).unwrap(), name)
}

/// The values of a `data-*` attribute in the text of a sheet, in order, unescaped.
fn attributes(html: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    html.match_indices(&start)
        .map(|(at, _)| html[at + start.len()..].split('"').next().unwrap())
        .map(|text| {
            ["&lt;<", "&gt;>", "&quot;\"", "&#39;'", "&amp;&"].iter().fold(text.to_owned(), |text, pair| {
                let (from, to) = pair.split_at(pair.len() - 1);
                text.replace(from, to)
            })
        })
        .collect()
}

/// What the sheet's script saves once these are answered, in the order of its lines.
fn answers(html: &str, given: &[(&str, &str, &str)]) -> String {
    let all = ["data-id", "data-upn", "data-mail", "data-name"].map(|name| attributes(html, name));
    let own = |name: &str| attributes(html, name).remove(0);
    let lines: Vec<serde_json::Value> = given
        .iter()
        .enumerate()
        .map(|(at, (answer, time, comment))| {
            serde_json::json!({
                "sponsorAnswer": answer, "answeredDateTime": time, "comment": comment,
                "guestId": all[0][at + 1], "guestUpn": all[1][at + 1], "guestMail": all[2][at + 1], "guestName": all[3][at + 1],
                "sheetId": own("data-sheet"), "sheetName": own("data-title"), "sheetFrom": own("data-from"),
                "sponsorId": all[0][0], "sponsorUpn": all[1][0], "sponsorMail": all[2][0], "sponsorName": all[3][0],
            })
        })
        .collect();
    serde_json::json!({ "format": "guestlens-sponsor-answers", "version": 1, "value": lines }).to_string()
}

#[test]
fn a_sheet_holds_the_guests_of_its_sponsor_alone_and_its_answers_come_back() {
    let mut engine = case();
    let (html, name) = sheet(&mut engine, &id(12));
    assert_eq!(name, "guestlens sheet of bert.html");
    assert_eq!(attributes(&html, "data-id"), [id(12), id(1), id(2)]);
    assert!(!html.contains("cid") && !html.contains("dan_"));
    let given = [("Approve", "2026-07-01T10:00:00Z", "still here"), ("Deny", "2026-07-01T10:01:00Z", "left us")];
    let text = answers(&html, &given);
    let load_all = |order: [usize; 3]| {
        let (users, files) = (everybody(), ["users.json", "answers.json", "audit.json"]);
        let bytes = [users.as_bytes(), text.as_bytes(), DELETED.as_bytes()];
        load(&order.map(|at| (files[at], bytes[at])))
    };
    let mut engine = load_all([0, 1, 2]);
    assert_eq!(engine.store().sources[1].format, "sponsor-answers-json");
    let shown = view(&mut engine, View::Reviews, &[]);
    assert_eq!((shown.stat("decisions"), shown.stat("approved"), shown.stat("denied")), (Some(2), Some(1), Some(1)));
    let review = &shown.table("reviews").lines[0];
    assert_eq!((data(review, "name"), words(review)[2].as_str()), ("Sponsor sheet", "Answers of a sponsor"));
    let denied = &shown.table("decisions").lines[0];
    let said = words(denied);
    assert_eq!(
        (data(denied, "id"), said[3].as_str(), said[9].as_str()),
        (id(2).as_str(), "bert bert@contoso.example", "left us")
    );
    let lines = |engine: &mut Engine| all_lines(engine, View::Sponsors, &[], "sponsored-guests");
    let told: Vec<String> = lines(&mut engine).iter().map(|line| words(line)[4].clone()).collect();
    assert_eq!(told, ["Keep", "Remove", "", "", ""]);
    // The sheet of the same guests has the same id, and the order of files does not matter.
    assert_eq!(attributes(&sheet(&mut engine, &id(12)).0, "data-id"), [id(12), id(1), id(2)]);
    assert_eq!(lines(&mut load_all([1, 2, 0])), lines(&mut engine));
}

#[test]
fn guests_without_a_sponsor_are_asked_about_elsewhere() {
    let mut engine = case();
    let (html, name) = sheet(&mut engine, "-without-sponsor:");
    assert_eq!(name, "guestlens sheet of Administrator.html");
    assert!(html.contains("Nobody is named as the sponsor of this guest."));
    assert_eq!(attributes(&html, "data-id"), [String::new(), id(3)]);
    // Nobody is known to have invited the guest.
    let zone = Zone { name: "UTC".into(), offsets: Vec::new(), ..Zone::default() };
    assert!(engine.download(DownloadKind::SponsorSheet, &format!("-without-sponsor:{}", id(12)), &zone).is_none());
    let invited = format!(
        r#"{{"value":[{{"id":"1","activityDisplayName":"Invite external user","activityDateTime":"2026-05-01T00:00:00Z","result":"success","category":"UserManagement","loggedByService":"Invited Users","initiatedBy":{{"user":{{"id":"{}"}}}},"targetResources":[{{"type":"User","id":"{}"}}],"additionalDetails":[]}}]}}"#,
        id(12),
        id(3)
    );
    let mut engine = load(&[("users.json", everybody().as_bytes()), ("audit.json", invited.as_bytes())]);
    let (html, name) = sheet(&mut engine, &format!("-without-sponsor:{}", id(12)));
    assert_eq!(name, "guestlens sheet of bert.html");
    assert!(html.contains("<h1>Guests that bert invited</h1>"));
    assert_eq!(attributes(&html, "data-id"), [id(12), id(3)]);
    let shown = view(&mut engine, View::Sponsors, &[]);
    let offered = shown.blocks.iter().find_map(|block| match block {
        Block::Downloads { downloads, .. } => Some(downloads.iter().map(|one| one.label.as_str()).collect::<Vec<_>>()),
        _ => None,
    });
    assert_eq!(offered.unwrap(), ["For the administrator (1)", "For bert (1)"]);
    // What comes back is an answer as any other.
    let text = answers(&html, &[("Deny", "2026-07-01T10:00:00Z", "")]);
    let files =
        [("users.json", everybody()), ("audit.json", invited), ("answers.json", text)].map(|(name, text)| (name, text));
    let mut engine = load(&files.each_ref().map(|(name, text)| (*name, text.as_bytes())));
    let told: Vec<String> = all_lines(&mut engine, View::Sponsors, &[("show", "without")], "sponsored-guests")
        .iter()
        .map(|line| words(line)[4].clone())
        .collect();
    assert_eq!(told, ["Remove"]);
}

#[test]
fn answers_given_again_replace_those_before() {
    let mut engine = case();
    let (html, _) = sheet(&mut engine, &id(12));
    let first = answers(&html, &[("Approve", "2026-07-01T10:00:00Z", ""), ("Deny", "2026-07-01T10:01:00Z", "")]);
    let second =
        answers(&html, &[("Approve", "2026-07-01T10:00:00Z", ""), ("Approve", "2026-07-03T10:01:00Z", "found him")]);
    for order in [[&first, &second], [&second, &first]] {
        let files = [("1.json", order[0].as_bytes()), ("2.json", order[1].as_bytes())];
        let shown = view(&mut load(&files), View::Reviews, &[]);
        assert_eq!((shown.stat("approved"), shown.stat("denied")), (Some(2), Some(0)));
    }
}

#[test]
fn a_hostile_name_stays_text() {
    let evil = r"<script>alert(1)</script>\u0022 onload=x \u0027&amp;";
    let users = page(&[
        user(1, "ann", true, true, Some(&[(12, "bert")]))
            .replace("\"displayName\":\"ann\"", &format!("\"displayName\":\"{evil}\"")),
        user(12, "bert", false, true, Some(&[]))
            .replace("\"displayName\":\"bert\"", &format!("\"displayName\":\"{evil}\"")),
    ]);
    let mut engine = load(&[("users.json", users.as_bytes())]);
    let (html, name) = sheet(&mut engine, &id(12));
    assert_eq!(html.matches("<script").count(), 1);
    assert_eq!(html.matches(" onload=").count(), html.matches("&quot; onload=").count());
    assert_eq!(attributes(&html, "data-name"), vec!["<script>alert(1)</script>\" onload=x '&amp;"; 2]);
    assert!(name.chars().all(|c| c.is_alphanumeric() || " .".contains(c)), "{name}");
    // The policy lets nothing in but the one script and the one style.
    let policy = attributes(&html, "content").remove(0);
    assert!(policy.starts_with("default-src 'none'; script-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
    assert!(!html.contains("http:") && !html.contains("https:") && !html.contains(" src=") && !html.contains(" href="));
    let zone = Zone { name: "UTC".into(), offsets: Vec::new(), ..Zone::default() };
    assert!(engine.download(DownloadKind::SponsorSheet, "nobody", &zone).is_none());
}

#[test]
fn what_no_export_lists_is_unknown_and_not_none() {
    let users = page(&[user(1, "ann", true, true, None), user(11, "mona", false, true, None)]);
    let mut engine = load(&[("users.json", users.as_bytes())]);
    let shown = view(&mut engine, View::Sponsors, &[]);
    assert_eq!((shown.stat("guests-without-sponsor"), shown.stat("guests-sponsor-unknown")), (Some(0), Some(1)));
    assert!(shown.note("export-users").is_some());
    assert!(view(&mut Engine::default(), View::Sponsors, &[]).note("export-users").is_some());
    // Nobody at all has a sponsor: the empty lists say so.
    let users = page(&[user(1, "ann", true, true, Some(&[]))]);
    let shown = view(&mut load(&[("users.json", users.as_bytes())]), View::Sponsors, &[]);
    assert_eq!((shown.stat("guests-without-sponsor"), shown.stat("guests-sponsor-unknown")), (Some(1), Some(0)));
}

#[test]
fn the_order_of_files_does_not_matter() {
    let later = page(&[user(2, "bob", true, true, Some(&[(11, "mona")])), user(12, "bert", false, true, None)])
        .replace("2026-01-0", "2026-02-0");
    let everybody = everybody();
    let files: [(&str, &[u8]); 4] = [
        ("users.json", everybody.as_bytes()),
        ("later.json", later.as_bytes()),
        ("audit.json", DELETED.as_bytes()),
        ("organizations.json", ORGANIZATIONS.as_bytes()),
    ];
    let look = |order: [usize; 4]| {
        let mut engine = load(&order.map(|at| files[at]));
        ["sponsors", "sponsored-guests"].map(|table| {
            let lines = all_lines(&mut engine, View::Sponsors, &[], table);
            lines.into_iter().map(|line| (line.key, line.data, line.cells)).collect::<Vec<_>>()
        })
    };
    let first = look([0, 1, 2, 3]);
    for order in [[1, 0, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
        assert_eq!(look(order), first, "{order:?}");
    }
}

#[test]
fn filters_leave_those_who_take_part() {
    let mut engine = tenant();
    let all = view(&mut engine, View::Sponsors, &[]).table("sponsored-guests").total;
    let clause = Clause { field: Field::Activity, values: vec!["Consent to application".into()], exclude: false };
    let query = Query { clauses: vec![clause], ..Query::default() };
    let shown = ask(&mut engine, BlocksRequest { of: View::Sponsors, ..BlocksRequest::default() }, query);
    let lines = &shown.table("sponsored-guests").lines;
    assert!(!lines.is_empty() && shown.table("sponsored-guests").total < all, "{lines:?}");
    assert!(shown.note("filtered").unwrap().text.contains("left out"));
}

#[test]
fn the_invented_tenant_has_guests_without_and_a_sponsor_who_is_gone() {
    let mut engine = tenant();
    let shown = view(&mut engine, View::Sponsors, &[]);
    assert_eq!(shown.stat("guests-without-sponsor"), Some(11));
    let gone = shown.table("sponsors").lines.iter().find(|line| words(line)[0].starts_with("Viktor Saar")).unwrap();
    assert_eq!((data(gone, "presence"), data(gone, "guests")), ("deleted", "3"));
}

#[test]
fn the_worked_case_has_its_answers() {
    let Some(files) = worked_case() else { return };
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let mut engine = load(&files);
    let without = all_lines(&mut engine, View::Sponsors, &[("show", "without")], "sponsored-guests");
    assert_eq!(names(&without), ["Never", "Old"]);
    let shown = view(&mut engine, View::Sponsors, &[("show", "not-found")]);
    assert_eq!(shown.stat("guests-without-sponsor"), Some(2));
    assert_eq!((shown.stat("sponsors-not-found"), shown.stat("sponsors-blocked")), (Some(1), Some(0)));
    let table = shown.table("sponsored-guests");
    assert_eq!(names(&table.lines), ["Failonly"]);
    let left = &shown.table("sponsors").lines[0];
    assert_eq!(
        (words(left)[0].as_str(), words(left)[1].as_str()),
        ("Left left@contoso.com", "Not found in the loaded users")
    );
    // Nothing says that the sponsor has left.
    let all = format!("{:?}", shown.blocks);
    assert!(!all.contains("has left") && !all.contains("departed"));
}
