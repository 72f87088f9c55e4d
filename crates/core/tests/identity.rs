//! Who is who, whatever the order of files and records.

use guestlens_core::{engine::Engine, identity::Identity};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Value, json};

/// An engine that has read these files.
fn load(files: &[(String, Vec<u8>)]) -> Engine {
    let mut engine = Engine::default();
    for (name, bytes) in files {
        let source = engine.open(name, bytes.len() as u64);
        bytes.chunks(4_000).for_each(|piece| engine.feed(source, piece));
        engine.end(source);
    }
    engine
}

/// Everything that identity says, without numbers that count records.
fn said(engine: &Engine) -> Vec<String> {
    let identity = Identity::new(engine.store());
    let mut lines: Vec<String> = Vec::new();
    for (at, person) in identity.people().iter().enumerate() {
        let id = at as u32;
        let standing = (person.standing.user_type, person.standing.how, person.standing.changes.len());
        let joins: Vec<String> = identity.joins(id).iter().map(guestlens_core::identity::Join::sentence).collect();
        let names = [&person.key, &person.id, &person.upn, &person.mail, &person.name, &person.domain];
        lines.push(format!("{names:?} {standing:?} {:?} {:?} {joins:?}", person.seen, identity.names(id)));
    }
    let store = engine.store();
    let key = |person: Option<u32>| person.map_or("-", |person| identity.person(person).key.as_str());
    let mut events: Vec<String> = (0..store.len())
        .map(|event| {
            let targets: Vec<&str> = store.targets_of(event).map(|target| key(identity.target(target))).collect();
            let subjects: Vec<&str> = store.targets_of(event).map(|target| key(identity.subject(target))).collect();
            format!("{} {} {targets:?} {subjects:?}", store.time[event], key(identity.actor(event)))
        })
        .collect();
    events.sort();
    lines.extend(events);
    lines
}

const USERS: [&str; 6] = ["dana", "eli", "user_name", "old", "o'neil", "Zoë"];
const DOMAINS: [&str; 2] = ["fabrikam.example", "tailspin.example"];

fn id(number: u32) -> String {
    format!("{number:08x}-1111-4111-8111-111111111111")
}

fn mail(user: usize, domain: usize) -> String {
    format!("{}@{}", USERS[user], DOMAINS[domain])
}

fn upn(user: usize, domain: usize) -> String {
    format!("{}_{}#EXT#@contoso.example", USERS[user], DOMAINS[domain])
}

/// What one record says of a guest, in one of the ways that logs have.
fn record() -> impl Strategy<Value = Value> {
    (0..9_u32, 0..USERS.len(), 0..DOMAINS.len(), 0..5_u32, 0..40_u32, select(vec!["Guest", "Member", ""])).prop_map(
        |(shape, user, domain, number, minute, user_type)| {
            let (mail, upn, id) = (mail(user, domain), upn(user, domain), id(number));
            let user = |id: &str, upn: &str, name: &str| {
                json!({"id": id, "userPrincipalName": upn, "displayName": name, "type": "User",
                    "modifiedProperties": [{"displayName": "UserType", "oldValue": "[]", "newValue": format!("[\"{user_type}\"]")}]})
            };
            let invitation = format!("{number:08x}-9999-4999-8999-999999999999");
            let sentence = format!("UPN: {upn}, Email: {mail}, InvitationId: {invitation}, Source: Mail");
            let deleted = format!("{}{upn}", id.replace('-', ""));
            let (activity, actor, target) = match shape {
                0 => ("Invite external user", user(&self::id(90), "adele@contoso.example", "Adele"), user(&id, &upn, "")),
                1 => ("Redeem external user invite", user("", &mail, ""), user("", "", &sentence)),
                2 => ("Redeem external user invite", user("", &mail, ""), user(&id, &sentence, "")),
                3 => ("Delete user", user(&self::id(90), "adele@contoso.example", "Adele"), user("", &deleted, "")),
                4 => ("Update user", user(&id, "", ""), user(&id, &upn.to_uppercase(), "Guest of ours")),
                5 => ("Update user", user(&id, &mail, "Somebody"), user("", &upn, "")),
                6 => ("Update user", user("", &mail, ""), user(&id.to_uppercase(), "", "Other")),
                7 => ("Update user", user("", &upn, ""), user("", &mail, "")),
                _ => ("Update user", user(&id, "john@contoso.example", "John"), user("", "john@contoso.example", "")),
            };
            json!({
                "id": format!("Directory_{shape}{number}{minute}{mail}{user_type}"),
                "activityDateTime": format!("2026-06-01T09:{minute:02}:00Z"),
                "activityDisplayName": activity, "loggedByService": "Core Directory", "category": "UserManagement",
                "result": "success", "correlationId": invitation,
                "initiatedBy": {"user": actor}, "targetResources": [target],
                "additionalDetails": [{"key": "invitedUserEmailAddress", "value": mail}, {"key": "InvitationId", "value": invitation}]
            })
        },
    )
}

/// A user of an export.
fn user() -> impl Strategy<Value = Value> {
    (0..USERS.len(), 0..DOMAINS.len(), 0..5_u32, select(vec!["Guest", "Member"])).prop_map(|(user, domain, number, kind)| {
        json!({"id": id(number), "userPrincipalName": upn(user, domain), "mail": mail(user, domain), "displayName": USERS[user],
            "userType": kind, "createdDateTime": "2026-05-01T00:00:00Z", "otherMails": [mail(0, 0)]})
    })
}

fn file(name: &str, records: &[Value]) -> (String, Vec<u8>) {
    (name.to_owned(), serde_json::to_vec(&json!({ "value": records })).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_files_and_records_changes_nothing(
        (records, shuffled) in vec(record(), 1..24).prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        users in vec(user(), 0..5),
        cut in 0..24_usize,
    ) {
        // An id counts once in a users export.
        let mut known = Vec::new();
        let users: Vec<Value> = users.into_iter().filter(|user| {
            let is_new = !known.contains(&user["id"]);
            known.push(user["id"].clone());
            is_new
        }).collect();
        let cut = cut.min(records.len());
        let forth = load(&[file("a.json", &records[..cut]), file("b.json", &records[cut..]), file("users.json", &users)]);
        let cut = cut.min(shuffled.len());
        let mut back: Vec<Value> = users;
        back.reverse();
        let back = load(&[file("users.json", &back), file("b.json", &shuffled[cut..]), file("a.json", &shuffled[..cut])]);
        let (forth, back) = (said(&forth), said(&back));
        let other: Vec<_> = forth.iter().zip(&back).filter(|(one, other)| one != other).take(2).collect();
        prop_assert!(forth == back, "{} and {} lines; {other:#?}", forth.len(), back.len());
    }
}

#[test]
fn the_invented_tenant_in_any_order() {
    let files: Vec<(String, Vec<u8>)> =
        guestlens_core::sample::files(7).into_iter().map(|file| (file.name, file.bytes)).collect();
    let forth = said(&load(&files));
    let back: Vec<_> = files.into_iter().rev().collect();
    assert_eq!(forth, said(&load(&back)));
}
