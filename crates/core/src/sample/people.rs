//! Who belongs to the tenant: members, guests of partner domains, and the cast of the stories.

use super::{
    audit::{Actor, Target},
    calendar::{DAYS, answered, at, day, end, is_working, moment, on, start},
    cast::{
        BEFORE, CAST, Cast, DEPARTMENTS, DOMAIN, FIRST, FIRST_TIME_INVITER, GONE, GOVERNANCE_ADMIN, HELPDESK, INVITERS,
        LAST, MEMBER_COUNT, MEMBERS, NEVER_REDEEMED, NEW_DOMAIN_GUESTS, OTHERS, PARTNERS, SPONSORS, TENANT,
    },
    random::Random,
};
use crate::time::{DAY, HOUR, MINUTE};

/// A member of the tenant.
pub(super) struct Member {
    pub id: String,
    pub name: String,
    pub upn: String,
    pub department: &'static str,
    pub ip: String,
    pub created: i64,
}

/// Who vouches for a guest.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Sponsor {
    Nobody,
    Member(usize),
}

/// A guest of the tenant.
pub(super) struct Guest {
    pub id: String,
    pub name: String,
    pub mail: String,
    pub upn: String,
    pub partner: usize,
    pub ip: String,
    pub created: i64,
    /// The member who invited the guest.
    pub inviter: usize,
    pub sponsor: Sponsor,
    /// The guest who invited this one, where it was not the member.
    pub invited_by: Option<usize>,
    pub invitation: String,
    pub redeemed: Option<i64>,
    /// The address under which the guest redeemed.
    pub redeemed_as: String,
    /// From then on nothing is heard of the guest.
    pub until: i64,
    /// Part of a story: left out of what happens at random.
    pub cast: bool,
    pub deleted: Option<i64>,
}

impl Guest {
    /// Whether the guest is someone who does something at that moment.
    pub fn is_active(&self, time: i64) -> bool {
        !self.cast && self.redeemed.is_some_and(|since| since + HOUR < time) && time < self.until
    }

    /// Whether the export of users, made at the end of June, has the guest.
    pub fn is_listed(&self) -> bool {
        self.deleted.is_none()
    }
}

/// Everybody.
pub(super) struct People {
    pub tenant_id: String,
    pub members: Vec<Member>,
    pub guests: Vec<Guest>,
    pub partner_tenants: Vec<String>,
}

impl People {
    pub fn new(seed: u64) -> Self {
        let random = &mut Random::new(seed, "people");
        let tenant_id = random.guid();
        let partner_tenants = PARTNERS.iter().map(|_| random.guid()).collect();
        let members = (0..MEMBER_COUNT).map(|number| member(random, number)).collect();
        let mut guests: Vec<Guest> = CAST.iter().map(|(name, partner)| guest(random, name, *partner)).collect();
        for number in 0..OTHERS {
            let partner = if number >= OTHERS - NEW_DOMAIN_GUESTS {
                12
            } else {
                random.weighted(PARTNERS.iter().map(|partner| partner.2))
            };
            // Walks through all pairs of a first and a last name before any comes again.
            let (first, last) = (FIRST[number % FIRST.len()], LAST[(number * 5 + number / FIRST.len()) % LAST.len()]);
            let mut guest = guest(random, &format!("{first} {last}"), partner);
            fate(random, &mut guest, number);
            guests.push(guest);
        }
        cast(&mut guests);
        Self { tenant_id, members, guests, partner_tenants }
    }

    pub fn cast(&self, who: Cast) -> &Guest {
        &self.guests[who as usize]
    }

    pub fn member_actor(&self, number: usize) -> Actor {
        let member = &self.members[number];
        Actor {
            id: member.id.clone(),
            name: member.name.clone(),
            upn: member.upn.clone(),
            ip: member.ip.clone(),
            ..Actor::default()
        }
    }

    /// Whoever invited the guest.
    pub fn inviter_actor(&self, guest: &Guest) -> Actor {
        match guest.invited_by {
            Some(inviting) => self.guest_actor(&self.guests[inviting]),
            None => self.member_actor(guest.inviter),
        }
    }

    pub fn guest_actor(&self, guest: &Guest) -> Actor {
        Actor {
            id: guest.id.clone(),
            name: guest.name.clone(),
            upn: guest.upn.clone(),
            ip: guest.ip.clone(),
            user_type: "Guest",
            tenant: self.partner_tenants[guest.partner].clone(),
            tenant_name: PARTNERS[guest.partner].1.into(),
            ..Actor::default()
        }
    }
}

/// The account as target of an event.
pub(super) fn member_target(member: &Member) -> Target {
    Target { upn: member.upn.clone(), ..Target::new("User", &member.id, &member.name) }
}

/// The account as target of an event.
pub(super) fn guest_target(guest: &Guest) -> Target {
    Target { upn: guest.upn.clone(), ..Target::new("User", &guest.id, &guest.name) }
}

fn local_part(name: &str) -> String {
    name.to_lowercase().replace(' ', ".")
}

fn member(random: &mut Random, number: usize) -> Member {
    let name = MEMBERS.get(number).map_or_else(
        || format!("{} {}", FIRST[(number * 7) % FIRST.len()], LAST[(number * 11 + 3) % LAST.len()]),
        |name| (*name).to_owned(),
    );
    Member {
        id: random.guid(),
        upn: format!("{}@{DOMAIN}", local_part(&name)),
        name,
        department: if number <= GOVERNANCE_ADMIN || number == HELPDESK { "IT" } else { random.word(&DEPARTMENTS) },
        ip: if random.percent(25) {
            format!("2001:db8:c0de::{:x}", 16 + number)
        } else {
            format!("203.0.113.{}", 10 + number)
        },
        created: on(2021, 1, 4) + random.between(0, 1800 * DAY),
    }
}

fn guest(random: &mut Random, name: &str, partner: usize) -> Guest {
    let domain = PARTNERS[partner].0;
    let mail = format!("{}@{domain}", local_part(name));
    Guest {
        id: random.guid(),
        name: name.to_owned(),
        upn: format!("{}#EXT#@{TENANT}", mail.replace('@', "_")),
        redeemed_as: mail.clone(),
        mail,
        partner,
        ip: if random.percent(12) {
            format!("2001:db8:{:x}::{:x}", 0x100 + partner, random.between(2, 4000))
        } else {
            format!("198.51.100.{}", 10 + partner * 16 + random.below(15))
        },
        created: 0,
        inviter: *random.pick(&INVITERS),
        sponsor: Sponsor::Nobody,
        invited_by: None,
        invitation: random.guid(),
        redeemed: None,
        until: end(),
        cast: false,
        deleted: None,
    }
}

/// Decides when the guest came, redeemed and fell silent. Three kinds of sponsor trouble and the
/// invitations that were never redeemed go by number, so that their counts are certain.
fn fate(random: &mut Random, guest: &mut Guest, number: usize) {
    guest.sponsor = match number {
        _ if number % 19 == 7 => Sponsor::Nobody,
        _ if number % 31 == 11 && number < BEFORE => Sponsor::Member(GONE),
        _ if number.is_multiple_of(3) => Sponsor::Member(*random.pick(&SPONSORS)),
        _ => Sponsor::Member(guest.inviter),
    };
    if number < BEFORE {
        guest.created = on(2024, 2, 1) + random.between(0, 780 * DAY);
        let redeemed = guest.created + random.between(HOUR, 6 * DAY);
        guest.redeemed = Some(redeemed);
        guest.until = match random.below(10) {
            0..3 => redeemed + random.between(HOUR, (start() - redeemed).max(2 * HOUR)),
            3 => day(random.between(5, 80)),
            _ => end(),
        };
        return;
    }
    let never = (BEFORE..BEFORE + NEVER_REDEEMED).contains(&number);
    let mut from = match number {
        _ if never => random.between(0, 50),
        _ if number == OTHERS - NEW_DOMAIN_GUESTS => 64,
        _ if number > OTHERS - NEW_DOMAIN_GUESTS => random.between(65, 86),
        // More and more of them as the weeks go by.
        _ => random.between(0, DAYS - 2).max(random.between(0, DAYS - 2)),
    };
    // No invitation on a day off, none in the gap of the exports.
    while !is_working(day(from)) || (50..54).contains(&from) {
        from -= 1;
    }
    guest.created = moment(random, day(from));
    if never {
        return;
    }
    let redeemed = match random.below(10) {
        0..4 => guest.created + random.between(12 * MINUTE, 8 * HOUR),
        4..8 => {
            let hours = random.between(8, 50);
            answered(random, guest.created, hours)
        }
        _ => {
            let hours = random.between(48, 260);
            answered(random, guest.created, hours)
        }
    };
    let latest = end() - HOUR - random.between(0, DAY / 2);
    // Only the cast redeems in the gap, so that the number of invitations without redemption is certain.
    let redeemed = if (day(50)..day(54)).contains(&redeemed) { redeemed + 5 * DAY } else { redeemed };
    guest.redeemed = Some(redeemed.min(latest).max(guest.created + 12 * MINUTE));
}

/// Gives the cast their dates.
fn cast(guests: &mut [Guest]) {
    let mut play = |who: Cast, inviter, created, redeemed| {
        let guest = &mut guests[who as usize];
        (guest.inviter, guest.created, guest.redeemed, guest.cast) = (inviter, created, redeemed, true);
        guest.sponsor = Sponsor::Member(inviter);
    };
    play(Cast::Quiet, 3, at(4, 7, 9, 20), Some(at(4, 9, 8, 12)));
    play(Cast::Raven, FIRST_TIME_INVITER, at(6, 16, 19, 42), Some(at(6, 16, 19, 48)));
    play(Cast::Stuck, 4, at(5, 11, 8, 30), Some(at(5, 11, 13, 5)));
    play(Cast::Converted, 7, on(2024, 9, 10), Some(on(2024, 9, 11)));
    play(Cast::Inviting, 5, on(2025, 3, 4), Some(on(2025, 3, 4) + HOUR));
    play(Cast::Invited, 5, at(5, 19, 10, 5), Some(at(5, 20, 7, 40)));
    play(Cast::Consenting, 5, at(4, 22, 8, 15), Some(at(4, 23, 6, 50)));
    play(Cast::InGap, 6, at(5, 20, 13, 30), Some(at(5, 22, 7, 5)));
    play(Cast::Deleted, 3, on(2025, 6, 12), Some(on(2025, 6, 13)));
    play(Cast::InvitedAgain, 3, at(6, 3, 9, 10), Some(at(6, 3, 12, 25)));
    play(Cast::OtherMail, 6, at(5, 6, 7, 55), Some(at(5, 7, 9, 30)));
    play(Cast::Denied, 7, on(2025, 1, 20), Some(on(2025, 1, 20) + DAY));
    guests[Cast::Raven as usize].deleted = Some(at(6, 17, 6, 42));
    guests[Cast::Deleted as usize].deleted = Some(at(5, 13, 11, 0));
    guests[Cast::Invited as usize].invited_by = Some(Cast::Inviting as usize);
    guests[Cast::OtherMail as usize].redeemed_as = "r.lindt@lucernegroup.example".into();
    guests[Cast::Quiet as usize].until = at(4, 9, 8, 13);
}
