//! Trends that can be checked by hand: volumes against the same weekday of earlier weeks, and what was
//! seen for the first time. Only plain counts; each says what it was compared with.

use super::{Kind, Look, facts::Facts, invitations::Invitations, signins};
use crate::arrange::Arrange as _;
use crate::{
    derived::{Derive, Derived},
    model::Domain,
    time::{DAY, Zone},
};
use hashbrown::HashMap;
use std::{cell::RefCell, rc::Rc};

/// What the reader can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How many earlier weeks count.
    pub weeks: i64,
    /// By how many percent of their mean a day has to exceed it.
    pub share: i64,
    /// And by at least so many events.
    pub least: i64,
    /// How many days of log have to lie before what is called new.
    pub baseline: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { weeks: 4, share: 50, least: 5, baseline: 14 }
    }
}

/// A day with more events of a kind than the same weekday of the weeks before.
#[derive(Clone, Debug, PartialEq)]
pub struct Volume {
    /// What is counted.
    pub what: &'static str,
    /// The day: begin, ticks UTC.
    pub day: i64,
    /// Its events.
    pub events: Vec<u32>,
    /// Counts of the same weekday of earlier weeks that the logs cover, newest first.
    pub before: Vec<usize>,
}

impl Volume {
    /// Tenths of the mean of the earlier weeks.
    pub fn mean_tenths(&self) -> i64 {
        (self.before.iter().sum::<usize>() * 10 / self.before.len().max(1)) as i64
    }
}

/// Something that was not seen before.
#[derive(Clone, Debug, PartialEq)]
pub struct First {
    /// What it is.
    pub what: &'static str,
    /// Its name; a text of a file.
    pub name: String,
    /// The first event.
    pub event: u32,
    /// When, ticks.
    pub time: i64,
    /// Whose event it is; a text of a file.
    pub by: String,
    /// How many events have it.
    pub count: u64,
    /// How much log lies before, ticks.
    pub before: i64,
}

/// All trends.
#[derive(Clone, Debug, Default)]
pub struct Trends {
    /// Largest excess first.
    pub volumes: Vec<Volume>,
    /// Newest first.
    pub firsts: Vec<First>,
    /// How many names were first seen with too little log before them to be called new.
    pub unjudged: usize,
    /// How many days had an earlier week to be compared with, over all kinds.
    pub compared: usize,
}

const COUNTED: [(&str, &[Kind], bool); 8] = [
    ("Invitations", &[Kind::Invite, Kind::InviteAgain], true),
    ("Failed invitations", &[Kind::Invite, Kind::InviteAgain], false),
    ("Redemptions", &[Kind::Redeem], true),
    ("Accounts deleted", &[Kind::DeleteUser], true),
    ("Members added to groups", &[Kind::AddMember], true),
    ("Application roles changed", &[Kind::AppRole], true),
    ("Directory roles given", &[Kind::AddRole, Kind::RoleOutsidePim], true),
    ("Requests", &[Kind::Request], true),
];

/// The trends that were worked out last, with what was set.
#[derive(Default)]
pub struct Known(RefCell<Option<(Settings, Zone, Rc<Trends>)>>);

impl Derive for Known {
    fn derive(_: &Derived) -> Self {
        Self::default()
    }
}

/// Works the trends out, or takes what is known of them.
pub fn known(derived: &Derived, zone: &Zone, set: Settings) -> Rc<Trends> {
    let kept = derived.get::<Known>();
    if let Some((known, of, trends)) = &*kept.0.borrow()
        && (*known, of) == (set, zone)
    {
        return trends.clone();
    }
    let (facts, invitations) = (derived.get::<Facts>(), derived.get::<Invitations>());
    let look = Look { store: derived.store, facts: &facts, zone };
    let new = Rc::new(trends(&look, &invitations, set));
    *kept.0.borrow_mut() = Some((set, zone.clone(), new.clone()));
    new
}

/// Works the trends out.
pub fn trends(look: &Look, invitations: &Invitations, set: Settings) -> Trends {
    let mut trends = Trends::default();
    for (what, kinds, well) in COUNTED {
        let events = look.facts.of_any(look.store, kinds);
        let events = events.into_iter().filter(|event| look.facts.succeeded(look.store, *event) == well).collect();
        let is_covered = |from: i64, to: i64| look.facts.covered(from, to) >= to - from;
        trends.volume(look, what, events, is_covered, set);
    }
    let time = |sign_in: &&signins::SignIn| look.time(sign_in.event);
    let of_guests: Vec<&signins::SignIn> = look
        .facts
        .sign_ins
        .iter()
        .filter(|sign_in| sign_in.person.is_some_and(|person| look.is_guest(person)))
        .collect();
    let times = || look.facts.sign_ins.iter().filter_map(|sign_in| time(&sign_in));
    let span = times().min().zip(times().max());
    let is_covered = |from: i64, to: i64| span.is_some_and(|(first, last)| first <= from && to <= last);
    for (what, well) in [("Sign-ins of guests", true), ("Failed sign-ins of guests", false)] {
        let own = of_guests.iter().filter(|sign_in| sign_in.code.is_some_and(|code| (code == 0) == well));
        trends.volume(look, what, own.map(|sign_in| sign_in.event).collect(), is_covered, set);
    }
    let excess = |volume: &Volume| volume.mean_tenths() - volume.events.len() as i64 * 10;
    trends.volumes.arrange_by_cached_key(|volume| (excess(volume), volume.day, volume.what));
    trends.firsts(look, invitations, &of_guests, span, set);
    trends
}

impl Trends {
    fn volume(
        &mut self,
        look: &Look,
        what: &'static str,
        events: Vec<u32>,
        is_covered: impl Fn(i64, i64) -> bool,
        set: Settings,
    ) {
        let mut days: HashMap<i64, Vec<u32>> = HashMap::new();
        for event in events {
            if let Some(time) = look.time(event) {
                days.entry(local_day(time, look.zone)).or_default().push(event);
            }
        }
        let begin = |day: i64| look.zone.to_utc(day * DAY);
        let covered = |day: i64| is_covered(begin(day), begin(day + 1));
        let mut all: Vec<i64> = days.keys().copied().collect();
        all.arrange();
        for day in all {
            let weeks = (1..=set.weeks).map(|week| day - week * 7).filter(|day| covered(*day));
            let before: Vec<usize> = weeks.map(|day| days.get(&day).map_or(0, Vec::len)).collect();
            if before.is_empty() {
                continue;
            }
            self.compared += 1;
            let volume = Volume { what, day: begin(day), events: days[&day].clone(), before };
            let (now, mean) = (volume.events.len() as i64 * 10, volume.mean_tenths());
            if now - mean >= set.least * 10 && now * 100 > mean * (100 + set.share) {
                self.volumes.push(volume);
            }
        }
    }

    fn firsts(
        &mut self,
        look: &Look,
        invitations: &Invitations,
        sign_ins: &[&signins::SignIn],
        span: Option<(i64, i64)>,
        set: Settings,
    ) {
        let mut seen: HashMap<(&'static str, String), First> = HashMap::new();
        let mut note =
            |what: &'static str, name: String, event: u32, before: &dyn Fn(i64) -> i64, by: &dyn Fn() -> String| {
                let Some(time) = look.time(event).filter(|_| !name.is_empty()) else { return };
                let known = seen.entry((what, name.clone())).or_insert_with(|| First {
                    what,
                    name,
                    event,
                    time,
                    by: by(),
                    count: 0,
                    before: before(time),
                });
                known.count += 1;
                if time < known.time {
                    (known.event, known.time, known.by, known.before) = (event, time, by(), before(time));
                }
            };
        let audit = |time: i64| look.facts.begin().map_or(0, |begin| look.facts.covered(begin, time));
        let signed = |time: i64| span.map_or(0, |(first, _)| time - first);
        let either = |time: i64| audit(time).max(signed(time));
        for (at, event) in look.facts.first_seen.iter().enumerate() {
            let person = at as u32;
            if let Some(event) = event.filter(|_| look.is_guest(person)) {
                note("Domain", look.person(person).domain, event, &either, &|| look.address(person));
            }
        }
        for invitation in &invitations.all {
            let inviter = look.actor_name(invitation.event);
            note("Inviter", inviter, invitation.event, &audit, &|| invitation.address.clone());
        }
        let text = |domain: Domain, code: u32| look.store.dictionary(domain).get(code).into_owned();
        for sign_in in sign_ins {
            let who = || sign_in.person.map_or(String::new(), |person| look.address(person));
            let place = text(Domain::DetailValue, sign_in.place);
            note("Country or region", signins::country(&place).to_owned(), sign_in.event, &signed, &who);
            note("Application", text(Domain::Principal, sign_in.app), sign_in.event, &signed, &who);
            note("User agent", text(Domain::UserAgent, sign_in.agent), sign_in.event, &signed, &who);
        }
        let all = seen.len();
        let mut firsts: Vec<First> = seen.into_values().filter(|first| first.before >= set.baseline * DAY).collect();
        self.unjudged = all - firsts.len();
        firsts.arrange_by(|a, b| (b.time, a.what, &a.name).cmp(&(a.time, b.what, &b.name)));
        self.firsts = firsts;
    }
}

fn local_day(time: i64, zone: &Zone) -> i64 {
    (time + zone.offset(time)).div_euclid(DAY)
}
