//! Which guests are listed: the figures above the roster, and the controls that narrow it.

use super::{Sheet, words};
use crate::arrange::Arrange as _;
use crate::{
    guests::roster::State,
    report::{
        blocks::{Block, Control, Stat},
        views::as_of::AsOf,
    },
    time::calendar,
};
use hashbrown::HashMap;

/// How many values a list of domains, inviters or sponsors offers.
const OFFERED: usize = 100;

/// What a guest may be asked to be. One guest may be several of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trait {
    /// The state of the roster.
    Is(State),
    /// Invited, and not redeemed as far as is known.
    Pending,
    /// Never signed in, by the export of users.
    NeverSignedIn,
    /// No sponsor, where files tell of sponsors.
    WithoutSponsor,
    /// Of no connected organization.
    WithoutOrganization,
    /// The user type is not stated anywhere.
    TypeUnknown,
    /// Perhaps the same person as another.
    Uncertain,
}

impl Trait {
    const ALL: [Self; 12] = [
        Self::Is(State::Active),
        Self::Pending,
        Self::NeverSignedIn,
        Self::Is(State::Inactive),
        Self::Is(State::Blocked),
        Self::Is(State::Converted),
        Self::Is(State::Deleted),
        Self::Is(State::Unknown),
        Self::WithoutSponsor,
        Self::WithoutOrganization,
        Self::TypeUnknown,
        Self::Uncertain,
    ];

    fn id(self) -> &'static str {
        match self {
            Self::Is(state) => state.id(),
            Self::Pending => "pending",
            Self::NeverSignedIn => "never-signed-in",
            Self::WithoutSponsor => "without-sponsor",
            Self::WithoutOrganization => "without-organization",
            Self::TypeUnknown => "type-unknown",
            Self::Uncertain => "uncertain",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Is(state) => state.label(),
            Self::Pending => "Pending acceptance",
            Self::NeverSignedIn => "Never signed in",
            Self::WithoutSponsor => "Without a sponsor",
            Self::WithoutOrganization => "Of no connected organization",
            Self::TypeUnknown => "User type not stated",
            Self::Uncertain => "Perhaps the same as another",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Is(State::Active) => "Signed in, or did something, within the threshold before the chosen day.",
            Self::Is(State::Inactive) => {
                "No sign-in for at least the threshold's days before the chosen day; who never signed in counts from creation."
            }
            Self::Is(State::Blocked) => "Sign-in is blocked, by the users export or the audit log.",
            Self::Is(State::Converted) => "Was a guest, and is a member now.",
            Self::Is(State::Deleted) => "Deleted by the audit log, and not back since.",
            Self::Is(_) => "The loaded files do not tell how these guests stand.",
            Self::Pending => "Invited and not redeemed; some of them may also be inactive.",
            Self::NeverSignedIn => "The users export has no sign-in of theirs, nor has a loaded log.",
            Self::WithoutSponsor => "The users export has sponsors, and none for these guests.",
            Self::WithoutOrganization => "Their domain is in no loaded connected organization.",
            Self::TypeUnknown => "External accounts: #EXT# is in the name, but no file states the user type.",
            Self::Uncertain => "Another name is perhaps theirs; it was not joined.",
        }
    }

    /// Whether a guest is it.
    pub(super) fn holds(self, sheet: &Sheet, at: u32) -> bool {
        let (guest, state) = (sheet.guest(at), sheet.states[at as usize]);
        let is_there = !matches!(state, State::Deleted | State::Converted);
        match self {
            Self::Is(wanted) => state == wanted,
            Self::Pending => is_there && guest.is_waiting(),
            Self::NeverSignedIn => is_there && guest.never_signed_in(),
            Self::WithoutSponsor => is_there && guest.stated.sponsors && guest.sponsors.is_empty(),
            Self::WithoutOrganization => {
                is_there
                    && sheet.roster.has_organizations()
                    && sheet.roster.organization(&sheet.person(at).domain).is_none()
            }
            Self::TypeUnknown => sheet.person(at).standing.user_type == crate::identity::UserType::Unknown,
            Self::Uncertain => sheet.roster.identity.is_uncertain(guest.person),
        }
    }

    fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.id() == id)
    }
}

/// The figures: each leads to its guests.
pub(super) fn stats(sheet: &Sheet, present: &[u32]) -> Block {
    let total = Stat {
        id: "guests-total".into(),
        label: "Guests".into(),
        value: Some(present.len() as u64),
        text: String::new(),
        help: "Everybody whose user type is or was Guest, and external accounts whose user type no file states. Deleted and converted ones are among them.".into(),
        door: Some(words::guests(&[("state", "")])),
    };
    let mut stats = vec![total];
    for one in Trait::ALL {
        let count = present.iter().filter(|at| one.holds(sheet, **at)).count() as u64;
        let is_asked = matches!(
            one,
            Trait::Is(State::Active | State::Inactive) | Trait::Pending | Trait::NeverSignedIn | Trait::WithoutSponsor
        );
        if count == 0 && !is_asked {
            continue;
        }
        // A zero is only said where the files could tell otherwise.
        let is_known = match one {
            Trait::WithoutSponsor => present.iter().any(|at| sheet.guest(*at).stated.sponsors),
            Trait::NeverSignedIn => present.iter().any(|at| sheet.guest(*at).stated.sign_ins),
            _ => true,
        };
        stats.push(Stat {
            id: format!("guests-{}", one.id()),
            label: one.label().into(),
            value: is_known.then_some(count),
            text: if is_known { String::new() } else { "-".into() },
            help: if is_known { one.help().into() } else { format!("{} No loaded users export has it.", one.help()) },
            door: is_known.then(|| words::guests(&[("state", one.id())])),
        });
    }
    Block::Stats { stats }
}

/// What a guest is grouped and narrowed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Domain,
    Inviter,
    Sponsor,
    State,
    Month,
}

impl Side {
    pub(super) const ALL: [Self; 5] = [Self::Domain, Self::Inviter, Self::Sponsor, Self::State, Self::Month];

    /// The parameter, and the value of `group`.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Inviter => "inviter",
            Self::Sponsor => "sponsor",
            Self::State => "state",
            Self::Month => "month",
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Domain => "Home domain",
            Self::Inviter => "Inviter",
            Self::Sponsor => "Sponsor",
            Self::State => "State",
            Self::Month => "Month of invitation or creation",
        }
    }

    /// The group that a guest falls into: a key, and how it is shown. Of several sponsors the first.
    pub(super) fn of(self, sheet: &Sheet, at: u32) -> (String, String) {
        let guest = sheet.guest(at);
        match self {
            Self::Domain => {
                let domain = &sheet.person(at).domain;
                if domain.is_empty() { unknown() } else { (domain.clone(), domain.clone()) }
            }
            Self::Inviter => match guest.inviter {
                Some(person) => {
                    let person = sheet.roster.identity.person(person);
                    (person.key.clone(), person.label().to_owned())
                }
                None => match sheet.roster.inviter(sheet.store, guest) {
                    name if name.is_empty() => unknown(),
                    name => (name.clone(), name),
                },
            },
            Self::Sponsor => match guest.sponsors.first() {
                Some(sponsor) => (sponsor_key(sheet, sponsor), sponsor.name.clone()),
                None if guest.stated.sponsors => ("-none".into(), "No sponsor".into()),
                None => unknown(),
            },
            Self::State => {
                let state = sheet.states[at as usize];
                (state.id().into(), state.label().into())
            }
            Self::Month => match begin(guest) {
                Some(time) => {
                    let (year, month, _) = calendar(time + sheet.scope.zone().offset(time));
                    let text = format!("{year:04}-{month:02}");
                    (text.clone(), text)
                }
                None => unknown(),
            },
        }
    }

    /// A number for the group, quick to find: the same for the same group.
    pub(super) fn code(self, sheet: &Sheet, at: u32) -> u64 {
        const BY_NAME: u64 = 1 << 40;
        const NONE: u64 = 1 << 42;
        let guest = sheet.guest(at);
        match self {
            Self::Domain => sheet.roster.domain(at as usize).into(),
            Self::Inviter => guest.inviter.map_or(BY_NAME | u64::from(guest.inviter_name), u64::from),
            Self::Sponsor => match guest.sponsors.first() {
                Some(sponsor) => sponsor.person.map_or_else(|| BY_NAME | (hash(&sponsor.name) >> 25), u64::from),
                None => NONE | u64::from(guest.stated.sponsors),
            },
            Self::State => sheet.states[at as usize] as u64,
            Self::Month => begin(guest).map_or(NONE, |time| {
                let (year, month, _) = calendar(time + sheet.scope.zone().offset(time));
                year as u64 * 12 + u64::from(month)
            }),
        }
    }

    fn has(self, sheet: &Sheet, at: u32, wanted: &str) -> bool {
        match self {
            Self::State => Trait::from_id(wanted).is_none_or(|one| one.holds(sheet, at)),
            Self::Sponsor if !wanted.starts_with('-') => {
                sheet.guest(at).sponsors.iter().any(|sponsor| sponsor_key(sheet, sponsor) == wanted)
            }
            _ => self.of(sheet, at).0 == wanted,
        }
    }
}

fn hash(text: &str) -> u64 {
    // Two names that fall together would only share a group.
    text.to_lowercase()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

fn unknown() -> (String, String) {
    ("-unknown".into(), "Not known".into())
}

fn sponsor_key(sheet: &Sheet, sponsor: &crate::guests::roster::Answers) -> String {
    match sponsor.person {
        Some(person) => sheet.roster.identity.person(person).key.clone(),
        None => sponsor.name.to_lowercase(),
    }
}

/// When a guest came: invited, else created.
pub(super) fn begin(guest: &crate::guests::roster::Guest) -> Option<i64> {
    let ticks = |at: Option<crate::guests::roster::At>| at.and_then(crate::guests::roster::At::ticks);
    ticks(guest.invited).or_else(|| ticks(guest.created))
}

/// What the reader narrowed the roster to.
pub(super) struct Filter {
    set: Vec<(Side, String)>,
    /// What the roster is grouped by.
    pub(super) group: Option<Side>,
}

impl Filter {
    pub(super) fn new(sheet: &Sheet) -> Self {
        let param = |side: Side| Some((side, sheet.scope.param(side.id())?.to_owned()));
        let group = sheet.scope.param("group").and_then(|id| Side::ALL.into_iter().find(|side| side.id() == id));
        Self { set: Side::ALL.into_iter().filter_map(param).collect(), group }
    }

    pub(super) fn has(&self, sheet: &Sheet, at: u32) -> bool {
        self.set.iter().all(|(side, wanted)| side.has(sheet, at, wanted))
    }

    pub(super) fn controls(&self, sheet: &Sheet, present: &[u32], as_of: Option<&AsOf>) -> Block {
        let mut groups = vec![(String::new(), "Nothing".to_owned())];
        groups.extend(Side::ALL.map(|side| (side.id().to_owned(), side.label().to_owned())));
        let mut controls = vec![choice("group", "Group by", self.group.map_or("", Side::id), groups)];
        for side in Side::ALL {
            let value = self.set.iter().find(|(own, _)| *own == side).map_or("", |(_, value)| value.as_str());
            let mut options = vec![(String::new(), "All".to_owned())];
            if side == Side::State {
                options.extend(Trait::ALL.map(|one| (one.id().to_owned(), one.label().to_owned())));
            } else {
                options.extend(offered(sheet, side, present, value));
            }
            controls.push(choice(side.id(), side.label(), value, options));
        }
        controls.extend(as_of.map(AsOf::control));
        controls.push(super::super::inactive::threshold(sheet.threshold));
        Block::Controls { controls }
    }
}

fn choice(name: &str, label: &str, value: &str, options: Vec<(String, String)>) -> Control {
    let testid = format!("guests-{name}");
    Control::Choice { name: name.into(), label: label.into(), testid, value: value.into(), options }
}

/// A group: a guest in it, and how many there are.
pub(super) struct Counted {
    pub(super) one: u32,
    pub(super) count: u32,
}

/// The most frequent groups of a side, and the one that is chosen: months by time, others by number.
fn offered(sheet: &Sheet, side: Side, present: &[u32], chosen: &str) -> Vec<(String, String)> {
    let all = counted(sheet, side, present);
    let name = |group: &Counted| {
        let (key, name) = side.of(sheet, group.one);
        (key, format!("{name} ({})", group.count))
    };
    let mut options: Vec<(String, String)> = all.iter().take(OFFERED).map(name).collect();
    if !chosen.is_empty() && options.iter().all(|(key, _)| key != chosen) {
        let rest = all.iter().skip(OFFERED).find(|group| side.of(sheet, group.one).0 == chosen);
        options.push(rest.map_or_else(|| (chosen.to_owned(), chosen.to_owned()), name));
    }
    options
}

/// The groups of a side: months by time, newest first, others by number, ties by name.
pub(super) fn counted(sheet: &Sheet, side: Side, guests: &[u32]) -> Vec<Counted> {
    let mut counts: HashMap<u64, Counted> = HashMap::new();
    for at in guests {
        counts.entry(side.code(sheet, *at)).or_insert(Counted { one: *at, count: 0 }).count += 1;
    }
    let mut all: Vec<(String, Counted)> =
        counts.into_values().map(|group| (side.of(sheet, group.one).0, group)).collect();
    if side == Side::Month {
        all.arrange_by(|one, other| other.0.cmp(&one.0));
    } else {
        all.arrange_by(|one, other| (other.1.count, &one.0).cmp(&(one.1.count, &other.0)));
    }
    all.into_iter().map(|(_, group)| group).collect()
}
