//! U27: nobody answers for a guest.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "U27",
    title: "Guest without a sponsor, or with one who is gone",
    level: Level::Low,
    checks: "A guest of the users export has no sponsor; or a sponsor's account is deleted in the loaded logs, disabled \
             in the export, or found in no loaded file but as a sponsor (which does not mean that they left).",
    why: "The sponsor is who can say whether the guest is still needed.",
    false_positives: &["Exports of guests alone: sponsors who never act in the loaded logs are then found nowhere."],
    references: &["Microsoft, sponsors of B2B users", "microsoft/zerotrustassessment, test 21877"],
    params: &[],
    needs: &[Need::Users, Need::Sponsors],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let people = run.store.entities(EntityKind::Person);
    let identity = &run.facts.identity;
    let deleted = run.deleted();
    let newest: Vec<usize> = people.newest().into_iter().filter(|row| people.origin(*row) == Origin::Own).collect();
    let listed: HashMap<PersonId, usize> =
        newest.iter().filter_map(|row| Some((identity.person_of(*row)?, *row))).collect();
    for row in newest {
        let is_guest = people.text(row, Attribute::UserType).eq_ignore_ascii_case("guest");
        let Some(guest) = identity.person_of(row).filter(|_| is_guest) else { continue };
        if deleted.contains_key(&guest) {
            continue;
        }
        let sponsors: Vec<usize> = people.list(row, List::Sponsor).collect();
        let name = run.address(guest);
        let mut add = |sentence: String, events: Vec<u32>| {
            let draft = out.add(run.person(guest), events, sentence);
            draft.rows.push((EntityKind::Person, row as u32));
        };
        if sponsors.is_empty() {
            add(format!("{name} has no sponsor in the export of users."), Vec::new());
        }
        for sponsor in sponsors {
            let (id, address) =
                (people.item_text(sponsor, ItemColumn::Id), people.item_text(sponsor, ItemColumn::Address));
            if people.item_text(sponsor, ItemColumn::Type).to_lowercase().contains("group") {
                continue;
            }
            let shown = if address.is_empty() { people.item_text(sponsor, ItemColumn::Name) } else { address.clone() };
            let shown = if shown.is_empty() { id.clone() } else { shown };
            let known =
                [&id, &address].into_iter().filter(|name| !name.is_empty()).find_map(|name| identity.find(name));
            let row = known.and_then(|person| listed.get(&person).copied());
            if let Some(event) = known.and_then(|person| deleted.get(&person)) {
                let when = run.when(run.time(*event));
                add(format!("The sponsor {shown} of {name} was deleted on {when}."), vec![*event]);
            } else if row.is_some_and(|row| people.flag(row, Attribute::AccountEnabled) == Some(false)) {
                add(format!("The sponsor {shown} of {name} is disabled in the export of users."), Vec::new());
            } else if row.is_none() && known.is_none_or(|person| run.facts.first_seen[person as usize].is_none()) {
                add(
                    format!(
                        "The sponsor {shown} of {name} is found neither among the loaded users nor in the loaded logs."
                    ),
                    Vec::new(),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use serde_json::{Value, json};

    fn user(name: &str, kind: &str, enabled: bool, sponsors: &[&str]) -> Value {
        let sponsor = |upn: &&str| json!({"@odata.type": "#microsoft.graph.user", "id": format!("id-{upn}"), "displayName": "", "userPrincipalName": upn, "mail": upn});
        let all: Vec<Value> = sponsors.iter().map(sponsor).collect();
        json!({"id": format!("id-{name}"), "userPrincipalName": name, "mail": name, "userType": kind,
            "accountEnabled": enabled, "sponsors": all, "externalUserState": "Accepted"})
    }

    #[test]
    fn none_gone_disabled_and_well() {
        let users = |all: &[Value]| [("users.json", json!({ "value": all }).to_string())];
        let adele = user("adele@contoso.example", "Member", true, &[]);
        let off = user("off@contoso.example", "Member", false, &[]);
        let well = user("dana@fabrikam.example", "Guest", true, &["adele@contoso.example"]);
        assert_eq!(check_files("U27", &users(&[adele.clone(), well.clone()]), &[]).status, Status::Clear);
        let none = user("old@fabrikam.example", "Guest", true, &[]);
        let found = check_files("U27", &users(&[adele.clone(), well.clone(), none.clone()]), &[]);
        assert_eq!(subjects(&found), ["old@fabrikam.example"]);
        let gone = user("eve@fabrikam.example", "Guest", true, &["left@contoso.example"]);
        let found = check_files("U27", &users(&[adele.clone(), gone]), &[]);
        assert!(found.findings[0].sentence.contains("found neither"), "{}", found.findings[0].sentence);
        let disabled = user("eve@fabrikam.example", "Guest", true, &["off@contoso.example"]);
        let found = check_files("U27", &users(&[off, disabled]), &[]);
        assert!(found.findings[0].sentence.contains("is disabled"), "{}", found.findings[0].sentence);
        let found = check_files("U27", &users(&[adele, none]), &[]);
        assert_eq!(found.status.id(), "lacking");
    }
}
