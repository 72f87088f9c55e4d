//! One pass over the events: what happened to each guest, and what each did.

use super::{
    Roster,
    guest::{Answers, At, From, Guest, later},
    kind::{Kind, Thing, kinds},
    life::{Step, Turn},
};
use crate::{
    identity::{Identity, PersonId, text},
    model::{Column, Domain, Log},
    store::Store,
};

/// No guest.
const NONE: u32 = u32::MAX;
/// Set in an event's number where the guest did it and it is not about the guest.
pub(super) const DID: u32 = 1 << 31;

/// How an event turned out, and what it is, by codes.
struct Words {
    kinds: Vec<Kind>,
    failed: Vec<bool>,
    /// 1 interactive, 2 non-interactive, 3 another sign-in.
    sign_in: Vec<u8>,
    /// 1 `AccountEnabled`, 2 `UserState`.
    properties: Vec<u8>,
}

impl Words {
    fn new(store: &Store) -> Self {
        let all = |domain: Domain| (0..store.dictionary(domain).len() as u32).map(move |code| (domain, code));
        let text = |(domain, code): (Domain, u32)| store.dictionary(domain).get(code).to_ascii_lowercase();
        let failed = |word: String| ["failure", "timeout", "interrupted", "failed", "false"].contains(&word.as_str());
        let log = |at| match Log::from_label(store.dictionary(Domain::Log).get(at).as_bytes()) {
            Some(Log::Interactive) => 1,
            Some(Log::NonInteractive) => 2,
            Some(Log::Audit | Log::Unified) | None => 0,
            Some(_) => 3,
        };
        let property = |word: String| match word.as_str() {
            "accountenabled" => 1,
            "userstate" => 2,
            _ => 0,
        };
        Self {
            kinds: kinds(store),
            failed: all(Domain::Result).map(|at| failed(text(at))).collect(),
            sign_in: all(Domain::Log).map(|(_, code)| log(code)).collect(),
            properties: all(Domain::PropertyName).map(|at| property(text(at))).collect(),
        }
    }
}

/// What the pass finds besides what it keeps of each guest.
#[derive(Default)]
pub(super) struct Found {
    /// Guests and, for each, an event with [`DID`].
    pub(super) parts: (Vec<u32>, Vec<u32>),
    /// Guests and, for each, what made, ended or changed the account.
    pub(super) steps: (Vec<u32>, Vec<Step>),
    /// Sponsors set and taken away: guest, when, whether set, who.
    pub(super) sponsors: Vec<(u32, i64, bool, Answers)>,
}

impl Found {
    fn part(&mut self, guest: u32, event: u32) {
        self.parts.0.push(guest);
        self.parts.1.push(event);
    }

    fn step(&mut self, guest: u32, step: Step) {
        self.steps.0.push(guest);
        self.steps.1.push(step);
    }
}

impl Roster {
    fn guest_of(&self, person: Option<PersonId>) -> u32 {
        person.map_or(NONE, |person| self.of_person[person as usize])
    }

    /// Walks all events.
    pub(super) fn collect(&mut self, store: &Store, identity: &Identity) -> Found {
        let words = Words::new(store);
        let mut found = Found::default();
        let mut about: Vec<u32> = Vec::new();
        let [actors, targets] = identity.followed(&self.of_person);
        let [results, logs, activities] = [Column::Result, Column::Log, Column::Activity].map(|of| store.column(of));
        for (event, actor) in actors.into_iter().enumerate() {
            let time = store.time[event];
            let at = At { time, from: From::Event(event as u32) };
            let failed = words.failed[results.get(event) as usize];
            let sign_in = words.sign_in[logs.get(event) as usize];
            if sign_in != 0 {
                if actor != NONE {
                    found.part(actor, event as u32 | DID);
                    self.guests[actor as usize].sign_in(at, sign_in, failed);
                }
                continue;
            }
            about.clear();
            let mut first = NONE;
            for target in store.targets_of(event) {
                let guest = match targets[target] {
                    NONE if identity.target(target).is_none() => self.guest_of(identity.subject(target)),
                    guest => guest,
                };
                if guest != NONE && !about.contains(&guest) {
                    about.push(guest);
                    first = if first == NONE { guest } else { first };
                    found.part(guest, event as u32);
                }
            }
            let kind = words.kinds[activities.get(event) as usize];
            if actor != NONE {
                let guest = &mut self.guests[actor as usize];
                if !failed {
                    later(&mut guest.action, at);
                }
                if !about.contains(&actor) {
                    found.part(actor, event as u32 | DID);
                }
            }
            if first == NONE {
                continue;
            }
            if failed {
                continue;
            }
            let turn = match kind {
                Kind::Invited => Some(Turn::Invited),
                Kind::InvitedAgain => Some(Turn::InvitedAgain),
                Kind::Redeemed => Some(Turn::Redeemed),
                Kind::Created => Some(Turn::Created),
                Kind::Deleted | Kind::Purged => Some(Turn::Deleted),
                Kind::Restored => Some(Turn::Restored),
                Kind::Blocked => Some(Turn::Blocked),
                Kind::Unblocked => Some(Turn::Unblocked),
                _ => None,
            };
            let event = event as u32;
            if let Some(turn) = turn {
                found.step(first, Step { time, turn, event });
            }
            match kind {
                // An account that is made may be said to be disabled or accepted in its properties.
                Kind::Updated | Kind::Created => {
                    self.updated(store, identity, &words, event, &mut found);
                }
                Kind::Gained(thing) => self.count(&about, thing, true),
                Kind::Lost(thing) => self.count(&about, thing, false),
                Kind::SponsorAdded | Kind::SponsorRemoved => {
                    let is_added = kind == Kind::SponsorAdded;
                    if let Some(sponsor) = sponsor(store, identity, event as usize) {
                        found.sponsors.push((first, time, is_added, sponsor));
                    }
                }
                _ => {}
            }
        }
        found
    }

    fn count(&mut self, about: &[u32], thing: Thing, is_gained: bool) {
        for guest in about {
            let guest = &mut self.guests[*guest as usize];
            let counts = if is_gained { &mut guest.gained } else { &mut guest.lost };
            counts[thing as usize] = counts[thing as usize].saturating_add(1);
        }
    }

    /// Sign-in allowed or blocked, or an invitation accepted, as changed properties.
    fn updated(&self, store: &Store, identity: &Identity, words: &Words, event: u32, found: &mut Found) {
        for target in store.targets_of(event as usize) {
            let guest = self.guest_of(identity.target(target));
            if guest == NONE {
                continue;
            }
            for change in store.changes_of(target) {
                let property = words.properties[store.change_name.get(change) as usize];
                if property == 0 {
                    continue;
                }
                let texts = store.dictionary(Domain::PropertyValue);
                let (old, new) = (texts.get(store.change_old.get(change)), texts.get(store.change_new.get(change)));
                let new = text::plain_value(&new).to_ascii_lowercase();
                let old = text::plain_value(&old).to_ascii_lowercase();
                let turn = match (property, old.as_str(), new.as_str()) {
                    (1, _, "false") => Turn::Blocked,
                    (1, "false", "true") => Turn::Unblocked,
                    (2, _, "accepted") => Turn::Accepted,
                    _ => continue,
                };
                found.step(guest, Step { time: store.time[event as usize], turn, event });
            }
        }
    }
}

impl Guest {
    fn sign_in(&mut self, at: At, kind: u8, failed: bool) {
        match kind {
            1 => later(&mut self.interactive, at),
            2 => later(&mut self.non_interactive, at),
            _ => return,
        }
        if failed {
            self.failed_sign_ins += 1;
        } else {
            self.sign_ins += 1;
            later(&mut self.succeeded, at);
        }
    }
}

/// The sponsor that an event is about: the user among its targets that is not the first one.
fn sponsor(store: &Store, identity: &Identity, event: usize) -> Option<Answers> {
    let mut people = store.targets_of(event).filter_map(|target| Some((target, identity.target(target)?)));
    let guest = people.next()?.1;
    let (_, person) = people.find(|(_, person)| *person != guest)?;
    Some(Answers { person: Some(person), name: identity.person(person).label().to_owned() })
}
