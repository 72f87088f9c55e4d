//! Identity over small stores.

use super::*;
use crate::{
    model::{Column, Domain, TargetColumn},
    store::EventWriter,
    time::DAY,
};

const TENANT: &str = "#EXT#@contoso.example";
const G: [&str; 3] = [
    "11111111-1111-4111-8111-111111111111",
    "22222222-2222-4222-8222-222222222222",
    "33333333-3333-4333-8333-333333333333",
];

fn store(events: &[&dyn Fn(&mut EventWriter)]) -> Store {
    let mut store = Store::default();
    for (at, write) in events.iter().enumerate() {
        let mut writer = store.writer(0);
        writer.time(at as i64 * DAY);
        writer.set(Column::Result, b"success");
        write(&mut writer);
        writer.commit(at as u32 + 1);
    }
    store
}

fn target(w: &mut EventWriter, id: &str, upn: &str, name: &str) {
    w.begin_target();
    w.set_target(TargetColumn::Type, b"User");
    w.set_target(TargetColumn::Id, id.as_bytes());
    w.set_target(TargetColumn::Upn, upn.as_bytes());
    w.set_target(TargetColumn::Name, name.as_bytes());
}

fn actor(w: &mut EventWriter, id: &str, upn: &str) {
    w.set(Column::ActorType, b"User");
    w.set(Column::ActorId, id.as_bytes());
    w.set(Column::ActorUpn, upn.as_bytes());
}

#[test]
fn a_guest_of_many_names_is_one() {
    let upn = format!("dana_fabrikam.example{TENANT}");
    let invitation = "99999999-9999-4999-8999-999999999999";
    let store = store(&[
        &|w| {
            w.set(Column::Activity, b"Invite external user");
            actor(w, G[1], "adele@contoso.example");
            target(w, G[0], &upn, "Dana Vale");
            w.detail(b"invitedUserEmailAddress", b"dana@fabrikam.example");
            w.detail(b"InvitationId", invitation.as_bytes());
        },
        &|w| {
            w.set(Column::Activity, b"Redeem external user invite");
            actor(w, "", "dana@fabrikam.example");
            let sentence =
                format!("UPN: {upn}, Email: dana@fabrikam.example, InvitationId: {invitation}, Source: Mail");
            target(w, "", "", &sentence);
        },
        &|w| {
            w.set(Column::Activity, b"Delete user");
            actor(w, G[1], "adele@contoso.example");
            target(w, "", &format!("{}{upn}", G[0].replace('-', "")), "");
        },
        &|w| actor(w, &G[0].to_uppercase(), ""),
    ]);
    let identity = Identity::new(&store);
    assert_eq!(identity.people().len(), 2, "{:?}", identity.people());
    let dana = identity.find("Dana@Fabrikam.example").unwrap();
    let person = identity.person(dana);
    assert_eq!((person.key.as_str(), person.upn.as_str(), person.name.as_str()), (G[0], upn.as_str(), "Dana Vale"));
    assert_eq!((person.mail.as_str(), person.domain.as_str()), ("dana@fabrikam.example", "fabrikam.example"));
    assert_eq!((person.standing.user_type, person.standing.how), (UserType::Guest, Basis::Invitation));
    assert_eq!(person.seen, Some((0, 3 * DAY)));
    let targets: Vec<_> = (0..3).map(|target| identity.target(target)).collect();
    assert_eq!(targets, [Some(dana); 3]);
    assert_eq!([identity.actor(1), identity.actor(3)], [Some(dana); 2]);
    assert_eq!(identity.find(&upn.to_uppercase()), Some(dana));
    assert!(!identity.is_uncertain(dana));
    let joins = identity.joins(dana);
    assert!(joins.iter().all(|join| join.certain));
    let sentences: Vec<String> = joins.iter().map(Join::sentence).collect();
    assert!(sentences.iter().any(|text| text.contains("one record has both")), "{sentences:?}");
    assert!(sentences.iter().any(|text| text.contains("same invitation")), "{sentences:?}");
    assert_eq!(identity.names(dana).len(), 4);
}

#[test]
fn applications_and_groups_are_no_people() {
    let store = store(&[&|w| {
        w.set(Column::ActorType, b"Application");
        w.set(Column::ActorServicePrincipalId, G[0].as_bytes());
        w.begin_target();
        w.set_target(TargetColumn::Type, b"Group");
        w.set_target(TargetColumn::Id, G[1].as_bytes());
    }]);
    assert!(Identity::new(&store).people().is_empty());
}

#[test]
fn changes_name_who_was_assigned() {
    let upn = format!("nora_woodgrove.example{TENANT}");
    let store = store(&[&|w| {
        w.begin_target();
        w.set_target(TargetColumn::Type, b"ServicePrincipal");
        w.set_target(TargetColumn::Name, b"Payroll");
        w.change(b"User.UPN", b"", format!("\"{upn}\"").as_bytes());
        w.change(b"User.ObjectID", b"", format!("\"{}\"", G[0]).as_bytes());
    }]);
    let identity = Identity::new(&store);
    assert_eq!(
        (identity.target(0), identity.subject(0)),
        (None, identity.find("nora_woodgrove.example#ext#@contoso.example"))
    );
    assert_eq!(identity.people()[0].key, G[0]);
    assert!(identity.people()[0].concerns_guests());
    assert_eq!(identity.everybody(&store, 0).collect::<Vec<_>>(), [0]);
}

#[test]
fn underscores_leave_a_doubt() {
    let upn = format!("user_name_fabrikam.example{TENANT}");
    let store = store(&[&|w| {
        actor(w, "", "user_name@fabrikam.example");
        target(w, G[0], &upn, "");
    }]);
    let identity = Identity::new(&store);
    assert_eq!(identity.people().len(), 2);
    let guest = identity.target(0).unwrap();
    assert_ne!(identity.actor(0), Some(guest));
    let joins = identity.joins(guest);
    let doubt = joins.iter().find(|join| !join.certain).unwrap();
    assert_eq!(doubt.how, How::HomePerhaps);
    assert!(doubt.sentence().starts_with("Perhaps the same person"));
    assert!(identity.is_uncertain(guest));
    // The address is shown, and said to be read from the name.
    assert_eq!(
        (identity.person(guest).mail.as_str(), identity.person(guest).mail_is_stated),
        ("user_name@fabrikam.example", false)
    );
}

#[test]
fn two_accounts_with_one_home_address_stay_apart() {
    let store = store(&[&|w| {
        actor(w, "", "dana@fabrikam.example");
        target(w, G[0], &format!("dana_fabrikam.example{TENANT}"), "");
        target(w, G[1], "dana_fabrikam.example#EXT#@other.example", "");
    }]);
    let identity = Identity::new(&store);
    assert_eq!(identity.people().len(), 3);
    let alone = identity.actor(0).unwrap();
    assert_eq!(identity.joins(alone).iter().filter(|join| !join.certain).count(), 2);
}

#[test]
fn an_address_with_another_account_is_not_joined() {
    let store = store(&[&|w| {
        actor(w, G[1], "dana@fabrikam.example");
        target(w, G[0], &format!("dana_fabrikam.example{TENANT}"), "");
    }]);
    let identity = Identity::new(&store);
    assert_ne!(identity.actor(0), identity.target(0));
    assert!(identity.is_uncertain(identity.actor(0).unwrap()));
}

#[test]
fn a_name_made_again_is_the_same_guest_but_not_the_same_member() {
    let guest = format!("dana_fabrikam.example{TENANT}");
    let guests = store(&[&|w| target(w, G[0], &guest, ""), &|w| target(w, G[1], &guest, "")]);
    let identity = Identity::new(&guests);
    assert_eq!((identity.people().len(), identity.people()[0].key.as_str()), (1, G[1]));
    assert_eq!(identity.ids(0), [G[0], G[1]]);
    assert!(identity.joins(0).iter().any(|join| join.how == How::SameName && join.certain));
    let member = "john@contoso.example";
    let members = store(&[&|w| target(w, G[0], member, ""), &|w| target(w, G[1], member, "")]);
    let identity = Identity::new(&members);
    assert_eq!(identity.people().len(), 2);
    assert!(identity.is_uncertain(0) && identity.is_uncertain(1));
}

#[test]
fn ids_that_are_none_join_nobody() {
    let store = store(&[&|w| target(w, "123456789", &format!("a_f.example{TENANT}"), ""), &|w| {
        target(w, "123456789", &format!("b_f.example{TENANT}"), "");
    }]);
    assert_eq!(Identity::new(&store).people().len(), 2);
}

#[test]
fn the_user_type_decides_and_its_change_is_kept() {
    let upn = format!("tess_fabrikam.example{TENANT}");
    let store = store(&[
        &|w| {
            actor(w, G[0], &upn);
            w.set(Column::ActorUserType, b"guest");
        },
        &|w| {
            w.set(Column::Activity, b"Update user");
            target(w, G[0], &upn, "");
            w.change(b"UserType", b"[\"Guest\"]", b"[\"Member\"]");
        },
    ]);
    let identity = Identity::new(&store);
    let standing = &identity.people()[0].standing;
    assert!(standing.is_converted() && standing.changes.len() == 1);
    let member = super::tests::store(&[&|w| {
        actor(w, G[0], &upn);
        w.set(Column::ActorUserType, b"Member");
    }]);
    let identity = Identity::new(&member);
    assert!(identity.people()[0].is_external() && !identity.people()[0].concerns_guests());
}

#[test]
fn codes_lead_to_people() {
    let store = store(&[&|w| target(w, G[0], "adele@contoso.example", "Adele")]);
    let identity = Identity::new(&store);
    let code = store.dictionary(Domain::ObjectId).find(G[0]).unwrap();
    assert_eq!((identity.of_id(code), identity.of_id(0)), (Some(0), None));
    let upn = store.dictionary(Domain::Upn).find("adele@contoso.example").unwrap();
    assert_eq!(identity.of_codes(0, upn, 0), Some(0));
}
