//! Invitations, redemptions and what befalls guest accounts before and after.

use super::{
    audit::{CORE, Event, INVITED, Log, Target},
    directory::{ACCEPTANCE_PORTAL, Directory, deleted},
    people::{Guest, People, Sponsor, guest_target},
};
use crate::time::{SECOND, iso};

/// The browser of someone at the admin center.
pub(super) const BROWSER: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Edg/137.0";

/// Invitation and redemption of everybody who was invited in the period.
pub(super) fn write(people: &People, directory: &Directory, log: &mut Log, since: i64) {
    for guest in people.guests.iter().filter(|guest| guest.created >= since) {
        invite(people, guest, log);
        if let Some(time) = guest.redeemed {
            redeem(people, directory, guest, time, log);
        }
    }
}

/// The account is made, invited and given a sponsor: three records of one operation.
fn invite(people: &People, guest: &Guest, log: &mut Log) {
    let inviter = people.inviter_actor(guest);
    let operation = log.correlation();
    log.add(
        Event::new(guest.created - SECOND, CORE, "UserManagement", "Add user")
            .by(&inviter)
            .on(guest_target(guest)
                .list_change("AccountEnabled", "", "true")
                .list_change("UserType", "", "Guest")
                .list_change("UserState", "", "PendingAcceptance")
                .list_change("CreationType", "", "Invitation"))
            .detail("UserType", "Guest")
            .correlated(&operation),
    );
    log.add(invitation(people, guest, "Invite external user", guest.created).correlated(&operation));
    if let Sponsor::Member(sponsor) = guest.sponsor {
        let sponsor = &people.members[sponsor];
        log.add(
            Event::new(guest.created + SECOND, CORE, "UserManagement", "Add user sponsor")
                .by(&inviter)
                .on(guest_target(guest).change("Sponsor.UPN", None, Some(&sponsor.upn)))
                .on(Target { upn: sponsor.upn.clone(), ..Target::new("User", &sponsor.id, &sponsor.name) })
                .detail("UserType", "Guest")
                .correlated(&operation),
        );
    }
}

/// The record of an invitation alone.
pub(super) fn invitation(people: &People, guest: &Guest, activity: &'static str, time: i64) -> Event {
    let inviter = people.inviter_actor(guest);
    let event = Event::new(time, INVITED, "UserManagement", activity)
        .by(&inviter)
        .on(guest_target(guest))
        .detail("oid", &inviter.id)
        .detail("tid", &people.tenant_id)
        .detail("ipaddr", &inviter.ip)
        .detail("InvitationId", &guest.invitation)
        .detail("invitedUserEmailAddress", &guest.mail);
    Event { user_agent: BROWSER, ..event }
}

/// The guest accepts, under whatever address: the sentence of service B2B Auth and the change of state.
fn redeem(people: &People, directory: &Directory, guest: &Guest, time: i64, log: &mut Log) {
    let (mut actor, mail) = (people.guest_actor(guest), &guest.redeemed_as);
    // The actor of a redemption is known by the e-mail address alone.
    (actor.id, actor.name, actor.upn, actor.user_type) = (String::new(), String::new(), mail.clone(), "");
    let source = if guest.partner.is_multiple_of(2) { "One Time Passcode" } else { "Azure AD" };
    let sentence = format!("UPN: {}, Email: {mail}, InvitationId: {}, Source: {source}", guest.upn, guest.invitation);
    let operation = log.correlation();
    log.add(
        Event::new(time, "B2B Auth", "UserManagement", "Redeem external user invite")
            .by(&actor)
            .on(Target { upn: guest.upn.clone(), ..Target::new("User", &guest.id, &sentence) })
            .correlated(&operation),
    );
    log.add(
        Event::new(time + SECOND / 3, CORE, "UserManagement", "Update user")
            .by(directory.robot(ACCEPTANCE_PORTAL))
            .on(guest_target(guest)
                .list_change("UserState", "PendingAcceptance", "Accepted")
                .list_change("UserStateChangedOn", &iso(guest.created), &iso(time))
                .change("Included Updated Properties", None, Some("UserState, UserStateChangedOn")))
            .detail("UserType", "Guest")
            .correlated(&operation),
    );
}

/// Someone deletes the account.
pub(super) fn delete(people: &People, guest: &Guest, by: usize, time: i64, log: &mut Log) {
    log.add(
        Event::new(time, CORE, "UserManagement", "Delete user")
            .by(&people.member_actor(by))
            .on(deleted(guest).list_change("IsSoftDeleted", "false", "true").change(
                "Included Updated Properties",
                None,
                Some("IsSoftDeleted"),
            ))
            .detail("UserType", "Guest"),
    );
}
