//! The order in which files are dropped never changes what the views of sponsors, reviews and snapshots say.

mod drive;

use drive::{all_lines, load};
use guestlens_core::report::{TableLine, Value, View};
use proptest::prelude::*;

/// What a file says of a person: number, version of the name, enabled, sponsors (none: not listed), day.
type Said = (u32, u32, bool, Option<Vec<u32>>, u32);
/// What was decided: subject, reviewer, outcome, minute, whether it is in the log, version of the export.
type Decided = (u32, u32, usize, u32, bool, u32);

fn id(number: u32) -> String {
    format!("bbbbbbbb-0000-4000-8000-{number:012}")
}

fn name(number: u32) -> String {
    if number < 6 {
        format!("g{number}_fabrikam.example#EXT#@contoso.example")
    } else {
        format!("m{number}@contoso.example")
    }
}

fn user((number, version, enabled, sponsors, day): &Said) -> String {
    let sponsor =
        |own: &u32| format!(r#"{{"id":"{}","displayName":"M{own}","userPrincipalName":"{}"}}"#, id(*own), name(*own));
    let list = |own: &Vec<u32>| format!(r#","sponsors":[{}]"#, own.iter().map(sponsor).collect::<Vec<_>>().join(","));
    let kind = if *number < 6 { "Guest" } else { "Member" };
    format!(
        r#"{{"id":"{}","userPrincipalName":"{}","displayName":"V{version}","userType":"{kind}","accountEnabled":{enabled},"createdDateTime":"2026-01-{day:02}T00:00:00Z"{}}}"#,
        id(*number),
        name(*number),
        sponsors.as_ref().map_or(String::new(), list)
    )
}

const WORDS: [(&str, &str); 3] =
    [("Approve", "Approve decision"), ("Deny", "Deny decision"), ("Not reviewed", "Reset decision")];

fn history(decisions: &[Decided], version: u32) -> String {
    let mut text = "AccessReviewId,ResourceDisplayName,ReviewName,ReviewEndDate,PrincipalId,PrincipalUPN,ReviewDate,ReviewResult,ReviewerId,ReviewerUPN,AppliedDate,AccessRecommendation,SubmissionResult\n".to_owned();
    for (subject, reviewer, outcome, minute, _, own) in decisions {
        if *own == version {
            let (word, applied) = (WORDS[*outcome].0, if minute % 2 == 0 { "New" } else { "AppliedSuccessfully" });
            let when = format!("2026-03-01T10:{minute:02}:01Z");
            let line = format!(
                "review-1,Falcon,Guests,2026-03-0{}T00:00:00Z,{},{},{when},{word},{},{},,Deny,{applied}\n",
                3 + version,
                id(*subject),
                name(*subject),
                id(*reviewer),
                name(*reviewer)
            );
            text.push_str(&line);
        }
    }
    text
}

/// One record of the log; its id says all of it, so that no two share one.
fn event(at: &str, activity: &str, actor: u32, subject: u32, further: &str) -> String {
    format!(
        r#"{{"id":"{activity} {at} {actor} {subject}","activityDisplayName":"{activity}","activityDateTime":"{at}","loggedByService":"x","category":"y","correlationId":"c","result":"success","initiatedBy":{{"user":{{"id":"{}","userPrincipalName":"{}"}}}},"targetResources":[{further}{{"type":"User","id":"{}","userPrincipalName":"{}"}}]}}"#,
        id(actor),
        name(actor),
        id(subject),
        name(subject)
    )
}

fn log(decisions: &[Decided], deleted: &[u32]) -> String {
    let review = r#"{"type":"Policy","id":"review-1","displayName":"Guests"},"#;
    let decided = decisions.iter().filter(|own| own.4).enumerate().map(|(at, own)| {
        let time = format!("2026-03-01T10:{:02}:{at:02}Z", own.3);
        event(&time, WORDS[own.2].1, own.1, own.0, review)
    });
    let gone = deleted.iter().map(|number| event("2026-01-15T00:00:00Z", "Delete user", 9, *number, ""));
    format!("[{}]", decided.chain(gone).collect::<Vec<_>>().join(","))
}

type Seen = Vec<(String, Vec<(String, String)>, Vec<Value>)>;

fn look(files: &[(&str, &[u8])]) -> Vec<Seen> {
    let mut engine = load(files);
    let plain = |line: TableLine| (line.key, line.data, line.cells);
    let tables = [
        (View::Sponsors, "sponsors"),
        (View::Sponsors, "sponsored-guests"),
        (View::Reviews, "decisions"),
        (View::Reviews, "reviewers"),
        (View::Reviews, "reviews"),
        (View::Compare, "differences"),
    ];
    // Where there is nothing to list, a view says what to load instead.
    let mut lines = |(view, table): (View, &str)| {
        let is_there = drive::view(&mut engine, view, &[]).has_table(table);
        let lines = if is_there { all_lines(&mut engine, view, &[], table) } else { Vec::new() };
        lines.into_iter().map(plain).collect()
    };
    tables.into_iter().map(&mut lines).collect()
}

fn said() -> impl Strategy<Value = Said> {
    let sponsors = prop::option::of(prop::collection::vec(6..10_u32, 0..3));
    (0..10_u32, 0..3_u32, any::<bool>(), sponsors, 1..28_u32)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_files_does_not_matter(
        a in prop::collection::vec(said(), 1..10),
        b in prop::collection::vec(said(), 1..10),
        decisions in prop::collection::vec((0..6_u32, 6..10_u32, 0..3_usize, 0..6_u32, any::<bool>(), 0..3_u32), 1..12),
        deleted in prop::collection::vec(4..9_u32, 0..3),
        order in Just([0, 1, 2, 3, 4]).prop_shuffle(),
    ) {
        // A file lists each person once.
        let once = |mut own: Vec<Said>| {
            own.sort();
            own.dedup_by_key(|said| said.0);
            format!(r#"{{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[{}]}}"#, own.iter().map(user).collect::<Vec<_>>().join(","))
        };
        let mut decisions = decisions;
        decisions.sort_unstable();
        decisions.dedup_by_key(|own| (own.0, own.5));
        let texts = [once(a), once(b), history(&decisions, 0), history(&decisions, 1), log(&decisions, &deleted)];
        let names = ["a.json", "b.json", "c.csv", "d.csv", "e.json"];
        let file = |at: usize| (names[at], texts[at].as_bytes());
        prop_assert_eq!(look(&order.map(file)), look(&[0, 1, 2, 3, 4].map(file)));
    }
}
