//! The export of users: a Graph page of all members and guests as of 30 June, with sponsors, state
//! of the invitation and last sign-in.

use super::{
    calendar::day,
    cast::{Cast, GONE, PARTNERS},
    people::{Guest, Member, People, Sponsor},
    signins::{SignIn, Who},
    write_json::page,
};
use crate::time::{SECOND, iso};
use serde_json::{Value, json};

/// The file.
pub(super) fn file(people: &People, signins: &[SignIn]) -> Vec<u8> {
    let last = |who: Who| signins.iter().rev().find(|signin| signin.who == who).map(|signin| signin.time);
    let members = people.members.iter().enumerate().filter(|(number, _)| *number != GONE);
    let guests = people.guests.iter().enumerate().filter(|(_, guest)| guest.is_listed());
    let values: Vec<Value> = members
        .map(|(number, member)| member_value(member, last(Who::Member(number))))
        .chain(guests.map(|(number, guest)| guest_value(people, number, guest, last(Who::Guest(number)))))
        .collect();
    page("users", &values)
}

/// Sign-in activity, in whole seconds; none for those who never signed in.
fn activity(last: Option<i64>) -> Option<Value> {
    last.map(|time| {
        let time = iso(time - time.rem_euclid(SECOND));
        json!({ "lastSignInDateTime": time, "lastNonInteractiveSignInDateTime": null })
    })
}

fn member_value(member: &Member, last: Option<i64>) -> Value {
    json!({
        "id": member.id,
        "displayName": member.name,
        "mail": member.upn,
        "userPrincipalName": member.upn,
        "userType": "Member",
        "accountEnabled": true,
        "createdDateTime": iso(member.created - member.created.rem_euclid(SECOND)),
        "creationType": null,
        "companyName": "Contoso Example",
        "department": member.department,
        "externalUserState": null,
        "externalUserStateChangeDateTime": null,
        "onPremisesSyncEnabled": true,
        "signInActivity": activity(last),
        "sponsors": [],
    })
}

fn guest_value(people: &People, number: usize, guest: &Guest, last: Option<i64>) -> Value {
    let sponsors: Vec<Value> = match guest.sponsor {
        Sponsor::Nobody => Vec::new(),
        Sponsor::Member(sponsor) => {
            let member = &people.members[sponsor];
            vec![json!({
                "@odata.type": "#microsoft.graph.user",
                "id": member.id,
                "displayName": member.name,
                "mail": member.upn,
                "userPrincipalName": member.upn,
            })]
        }
    };
    // Whoever has no sign-in in June was last seen before.
    let last = last.or(guest.redeemed.map(|redeemed| guest.until.min(day(60)).max(redeemed)));
    json!({
        "id": guest.id,
        "displayName": guest.name,
        "mail": guest.mail,
        "userPrincipalName": guest.upn,
        "userType": if number == Cast::Converted as usize { "Member" } else { "Guest" },
        "accountEnabled": true,
        "createdDateTime": iso(guest.created - guest.created.rem_euclid(SECOND)),
        "creationType": "Invitation",
        "companyName": PARTNERS[guest.partner].1,
        "department": null,
        "externalUserState": if guest.redeemed.is_some() { "Accepted" } else { "PendingAcceptance" },
        "externalUserStateChangeDateTime": iso(guest.redeemed.unwrap_or(guest.created)),
        "onPremisesSyncEnabled": null,
        "signInActivity": activity(last),
        "sponsors": sponsors,
    })
}
